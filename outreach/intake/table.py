"""A list as it was written, whatever kind of file it came in: headers, rows of text, and the bounds of both."""

from dataclasses import dataclass, field
from pathlib import Path

#: A record longer than this is an unclosed quote or an attack. Profiles have up to 150,000 characters.
MAX_RECORD_CHARS = 1_000_000
MAX_ROWS = 250_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row. `cells` has one text for each header; `problem` says why the row cannot be read, else empty."""

    line: int
    cells: list[str]
    problem: str = ""
    flags: tuple[str, ...] = ()
    extra: int = 0


@dataclass(frozen=True)
class Table:
    """A list as it was written: nothing is interpreted but its dialect. Rows come in file order."""

    path: Path
    headers: tuple[str, ...]
    header_line: int
    rows: list[TableRow]
    encoding: str
    delimiter: str
    notes: list[str] = field(default_factory=list)
