"""The path of a list in; its table out: headers, and every row with its line, its cells, or why it cannot be read."""

import csv
import itertools
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from outreach.errors import FileError
from outreach.intake.decoding import Encoding, detect_encoding
from outreach.intake.dialect import HEADER_SEARCH_ROWS, Dialect, choose_delimiter, find_header
from outreach.intake.headers import known_headers
from outreach.intake.spreadsheets import read_json_lines, read_workbook
from outreach.intake.table import MAX_RECORD_CHARS, MAX_ROWS, Table, TableRow

#: Like a record that is too long, one over more lines than this is an unclosed quote or an attack.
MAX_RECORD_LINES = 2_000
MAX_COLUMNS = 2_000
_SAMPLE_LINES = 60
_MAX_FOOTER_ROWS = 50
_FOOTER_WORDS = frozenset(
    {"total", "totals", "totales", "gesamt", "summe", "count", "rows", "records", "results", "exported", "generated",
     "page", "end", "source", "confidential", "ende", "fin", "fim", "fuente"}
)  # fmt: skip


def read_table(
    path: Path, *, sheet: str | None = None, known: Callable[[Sequence[str]], int] = known_headers
) -> Table:
    """Read a CSV, TSV, XLSX or JSONL file whose dialect nobody told us.

    Args:
        path: the file.
        sheet: name of the sheet of a workbook; the first one that is not empty by default.
        known: counts the cells of a row that are known column names.

    Raises:
        FileError: the file is no table: missing, empty, of another kind, too big, without header or without rows.
    """
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm", ".xlsb", ".ods"} and path.exists():
        return _finish(
            path,
            read_workbook(path, sheet),
            None,
            encoding=Encoding("xlsx"),
            dialect=Dialect(""),
            known=known,
        )
    encoding = detect_encoding(path)
    if suffix in {".jsonl", ".ndjson"}:
        return read_json_lines(path, encoding)
    # The module's own limit (131,072) is below the profiles people export; ours is checked on the record.
    csv.field_size_limit(MAX_RECORD_CHARS + 1)
    with path.open(encoding=encoding.name, errors=encoding.errors, newline=None) as handle:
        sample = [line for line in (handle.readline(MAX_RECORD_CHARS) for _ in range(_SAMPLE_LINES)) if line]
        dialect = choose_delimiter([line.replace("\0", "") for line in sample], known)
        handle.seek(0)
        records = _Records(handle, dialect.delimiter)
        first_line = 1 if dialect.declared else None
        return _finish(path, records, first_line, encoding=encoding, dialect=dialect, known=known)


class _Records:
    """Splits lines into records: strictly, and where that fails, one line is given up and the next ones are kept."""

    def __init__(self, handle: TextIO, delimiter: str) -> None:
        self._handle = handle
        self._delimiter = delimiter
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._chars = 0
        self._next_line = 1
        self.nul_lines: list[int] = []
        self.notes: list[str] = []

    def _lines(self) -> Iterator[str]:
        """Give one line after the other to the parser, and keep those of the current record."""
        while True:
            line = self._waiting.popleft() if self._waiting else self._handle.readline(MAX_RECORD_CHARS)
            if not line:
                return
            if "\0" in line:
                self.nul_lines.append(self._next_line + len(self._taken))
                line = line.replace("\0", "")
            self._taken.append(line)
            self._chars += len(line)
            if self._chars >= MAX_RECORD_CHARS or len(self._taken) > MAX_RECORD_LINES:
                raise csv.Error("record too long")
            yield line

    def __iter__(self) -> Iterator[TableRow]:
        width = 0
        while True:
            reader = csv.reader(self._lines(), delimiter=self._delimiter, skipinitialspace=True, strict=True)
            try:
                for cells in reader:
                    self._refuse(cells, width)
                    width = max(width, len(cells)) if width == 0 or len(cells) > 1 else width
                    yield TableRow(self._forget(), cells)
            except csv.Error as error:
                yield self._give_up(str(error), width)
                continue
            return

    def _refuse(self, cells: list[str], width: int) -> None:
        """Raise where a record parsed, and yet cannot be one."""
        if len(self._taken) > 1 and self._swallowed_rows(cells, width):
            raise csv.Error("a quote is opened and never closed")
        if len(cells) > MAX_COLUMNS:
            raise _TooWideError(self._next_line, len(cells))

    def _forget(self) -> int:
        """Start a new record; return the line where the last one began."""
        line = self._next_line
        self._next_line += len(self._taken)
        self._taken.clear()
        self._chars = 0
        return line

    def _swallowed_rows(self, cells: list[str], width: int) -> bool:
        """Tell whether a record over several lines is in truth an unclosed quote and whole rows after it."""
        if width < 3:
            return False
        whole = sum(1 for line in self._taken[1:] if self._width_alone(line) == width)
        return whole >= 1 and (len(cells) != width or whole >= 3)

    def _width_alone(self, line: str) -> int:
        try:
            return len(
                next(csv.reader([line], delimiter=self._delimiter, skipinitialspace=True, strict=True), [])
            )
        except csv.Error:
            return 0

    def _give_up(self, why: str, width: int) -> TableRow:
        """Give up the first line of the record at hand and put the others back."""
        first, rest = self._taken[0], self._taken[1:]
        too_long = len(first) >= MAX_RECORD_CHARS and not first.endswith("\n")
        skipped = self._skip_rest_of_line() if too_long and not rest else False
        self._waiting.extendleft(reversed(rest))
        self._taken = [first]
        line = self._forget()
        if skipped or too_long:
            return TableRow(line, [], f"a line of more than {MAX_RECORD_CHARS:,} characters")
        lenient = next(csv.reader([first], delimiter=self._delimiter, skipinitialspace=True), [])
        if len(lenient) == width > 1:
            return TableRow(line, [cell.rstrip("\n") for cell in lenient], flags=("stray_quote",))
        if rest or "end of data" in why or "never closed" in why:
            return TableRow(line, lenient, "a quote is opened and never closed")
        return TableRow(line, lenient, "a quote stands inside a cell")

    def _skip_rest_of_line(self) -> bool:
        while (piece := self._handle.readline(MAX_RECORD_CHARS)) and not piece.endswith("\n"):
            pass
        return True


class _TooWideError(Exception):
    """A row has more columns than any list; carries line and width."""


def _finish(
    path: Path,
    records: "_Records | Iterator[TableRow]",
    declared_line: int | None,
    *,
    encoding: Encoding,
    dialect: Dialect,
    known: Callable[[Sequence[str]], int],
) -> Table:
    """Find the header, fit the rows to it and drop what is no row: preamble, blank lines, footer."""
    notes = [encoding.note] if encoding.note else []
    try:
        filled = (
            row
            for row in records
            if row.line != declared_line and (row.problem or any(c.strip() for c in row.cells))
        )
        head = list(itertools.islice(filled, HEADER_SEARCH_ROWS))
        at = find_header([row.cells for row in head], known)
        if at is None:
            what = "there is no header row" if head else "the file is empty"
            raise FileError(
                what,
                where=path,
                line=1,
                hint="add a first line that names the columns: First Name,Last Name,Email,…",
            )
        header = head[at]
        width = len(header.cells)
        while width > 1 and not header.cells[width - 1].strip():
            width -= 1
        if at:
            notes.append(f"{at} lines before the header (line {header.line}) were left out")
        usual = _usual_width(len(header.cells), head[at + 1 :])
        fitted = _fit(itertools.chain(head[at + 1 :], filled), width, path, notes)
        rows = [_fitted(row, width, usual) for row in fitted]
    except _TooWideError as error:
        line, count = error.args
        raise FileError(
            f"{count:,} columns", where=path, line=line, hint=f"a list has at most {MAX_COLUMNS:,}"
        ) from None
    if not rows:
        hint = "export the list again: only its column names are there"
        raise FileError("there are no rows under the header", where=path, line=header.line, hint=hint)
    if isinstance(records, _Records) and records.nul_lines:
        lines = ", ".join(str(line) for line in records.nul_lines[:5])
        notes.append(f"NUL characters were removed from {len(records.nul_lines)} lines (first: {lines})")
    headers = tuple(cell.strip() for cell in header.cells[:width])
    return Table(path, headers, header.line, rows, encoding.name, dialect.delimiter, notes)


def _fit(rows: Iterator[TableRow], width: int, path: Path, notes: list[str]) -> Iterator[TableRow]:
    """Count the rows, and hold back lone cells, which at the end are the footer."""
    held: list[TableRow] = []
    count = 0
    for row in rows:
        if len(held) < _MAX_FOOTER_ROWS and not row.problem and _may_be_footer(row.cells, width):
            held.append(row)
            continue
        count += len(held) + 1
        yield from held
        held.clear()
        if count > MAX_ROWS:
            hint = "split the list into smaller files"
            raise FileError(f"more than {MAX_ROWS:,} rows", where=path, line=row.line, hint=hint)
        yield row
    for row in held:
        text = " ".join(row.cells).strip()
        if _is_footer(text):
            notes.append(f"line {row.line} is a footer and was left out: {text[:60]}")
        else:
            yield row


def _may_be_footer(cells: list[str], width: int) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    if width < 3 or len(filled) > 2:
        return False
    return (len(filled) == 1 and len(cells) < width) or filled[0].casefold().strip(" :") in _FOOTER_WORDS


def _is_footer(text: str) -> bool:
    words = text.casefold().replace(":", " ").split()
    return len(words) > 3 or bool(_FOOTER_WORDS & set(words))


def _usual_width(header_width: int, rows: list[TableRow]) -> int:
    """Return the width that rows have where each ends in a delimiter that the header lacks, else the header's."""
    widths = Counter(len(row.cells) for row in rows if not row.problem)
    width, count = widths.most_common(1)[0] if widths else (header_width, 0)
    return max(header_width, width) if count >= max(3, 0.8 * widths.total()) else header_width


def _fitted(row: TableRow, width: int, usual: int) -> TableRow:
    """Give a row as many cells as the header has, and say how many it had too many."""
    cells = row.cells
    if row.problem or len(cells) == width:
        return row
    if len(cells) < width:
        return TableRow(row.line, cells + [""] * (width - len(cells)), flags=(*row.flags, "short_row"))
    # A wider row has a stray comma somewhere, even if what stands at its end is empty.
    extra = sum(1 for cell in cells[width:] if cell.strip()) or max(0, len(cells) - usual)
    flags = (*row.flags, "extra_cells") if extra else row.flags
    return TableRow(row.line, cells[:width], flags=flags, extra=extra)
