"""A small table of ours (facts, accounts, suppression, customers) in; its rows by column name, with their lines, out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from outreach.errors import FileError
from outreach.intake.cells import clean_cell, is_blank
from outreach.intake.decoding import detect_encoding
from outreach.intake.headers import known_headers, map_headers
from outreach.intake.reader import read_table
from outreach.intake.table import Table


def read_side_table(path: Path, needed: Sequence[str], what: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield `(line, {column: text})` of each row, columns in small letters. A header alone is an empty table.

    Raises:
        FileError: the file or a needed column is missing, or a line cannot be read.
    """
    table = side_table(path, needed, what)
    if table is None:
        return
    names = [header.strip().casefold() for header in table.headers]
    for column in needed:
        if column not in names:
            raise FileError(f"the {what} has no column {column!r}", where=path, line=table.header_line,
                            hint=f"its columns: {', '.join(needed)}")  # fmt: skip
    for row in table.rows:
        yield row.line, _cleaned(names, row.cells)


def read_fields(path: Path, what: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield `(line, {field: text})` of each row of a table whose columns are named as in any lead list."""
    table = side_table(path, (), what)
    if table is None:
        return
    columns = map_headers(table.headers, [row.cells for row in table.rows[:200]], None, path)
    for row in table.rows:
        cells = _cleaned(range(len(row.cells)), row.cells)
        yield (
            row.line,
            {
                field: next((cells[place] for place in places if cells.get(place)), "")
                for field, places in columns.columns.items()
            },
        )


def side_table(path: Path, needed: Sequence[str], what: str) -> Table | None:
    """Return the table of a file, or None where it has a header alone. Half a list protects nobody: bad lines raise."""
    if not path.is_file():
        hint = "make it, or take its name out of the workspace's files"
        raise FileError(f"the {what} is missing", where=path, hint=hint)
    if is_header_alone(path, needed):
        return None
    table = read_table(
        path, known=lambda cells: known_headers(cells) + sum(c.strip().casefold() in needed for c in cells)
    )
    for row in table.rows:
        problem = row.problem or ("more cells than columns: an unquoted comma?" if row.extra else "")
        if problem:
            raise FileError(f"the {what} cannot be read: {problem}", where=path, line=row.line,
                            hint="mend the line; a list that is half read protects nobody")  # fmt: skip
    return table


def is_header_alone(path: Path, needed: Sequence[str]) -> bool:
    """Tell whether a file has one line, and that one names columns: an empty list, said on purpose."""
    encoding = detect_encoding(path)
    with path.open(encoding=encoding.name, errors=encoding.errors) as handle:
        lines = [line for line in (handle.readline(10_000) for _ in range(20)) if line.strip()]
    if len(lines) != 1:
        return False
    cells = [cell.strip(' "\r\n') for cell in lines[0].replace(";", ",").replace("\t", ",").split(",")]
    return any(cell.casefold() in needed for cell in cells) or known_headers(cells) > 0


def _cleaned(names: "Sequence[str] | range", cells: Sequence[str]) -> dict:  # type: ignore[type-arg]
    found = {}
    for name, cell in zip(names, cells, strict=False):
        text = clean_cell(cell).text
        found[name] = "" if is_blank(text) else text
    return found
