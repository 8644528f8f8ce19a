"""A small table of ours (facts, accounts, suppression, customers) in; its rows by lower-case column name, with lines, out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from outreach.errors import FileError
from outreach.intake.cells import clean_cell, is_blank
from outreach.intake.reader import read_table


def read_side_table(path: Path, needed: Sequence[str], what: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield `(line, {column: text})` of each row. Raises FileError when the file or a needed column is missing."""
    if not path.is_file():
        raise FileError(f"the {what} is missing", where=path, hint="make it, or take its name out of the workspace's files")
    if len(path.read_bytes().strip().splitlines()) <= 1:
        return  # a header alone is an empty list, said on purpose
    table = read_table(path, known=lambda cells: sum(cell.strip().casefold() in needed for cell in cells))
    names = [header.strip().casefold() for header in table.headers]
    for column in needed:
        if column not in names:
            raise FileError(f"the {what} has no column {column!r}", where=path, line=table.header_line,
                            hint=f"its columns: {', '.join(needed)}")  # fmt: skip
    for row in table.rows:
        if row.problem:
            raise FileError(f"the {what} cannot be read: {row.problem}", where=path, line=row.line,
                            hint="mend the line; a list that is half read protects nobody")  # fmt: skip
        cells = {name: clean_cell(cell).text for name, cell in zip(names, row.cells, strict=False)}
        yield row.line, {name: "" if is_blank(text) else text for name, text in cells.items()}
