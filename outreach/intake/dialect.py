"""The first lines of a table in; its delimiter and the place of its header row out."""

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

#: Rows looked through for a header. LinkedIn puts up to four lines before it, reports a dozen.
HEADER_SEARCH_ROWS = 30
_DELIMITERS = (",", ";", "\t", "|")


class Dialect(NamedTuple):
    """How a table is written. `declared` is the `sep=;` line, counted among the lines before the header."""

    delimiter: str
    declared: bool = False


def choose_delimiter(lines: Sequence[str], known: Callable[[Sequence[str]], int]) -> Dialect:
    """Return the delimiter under which some row names the most known columns, else the one with the steadiest width.

    Args:
        lines: the first physical lines, with or without line ends.
        known: counts the cells of a row that are known column names.
    """
    first = lines[0].strip().strip('"') if lines else ""
    if first.lower().startswith("sep=") and len(first) <= 5:
        return Dialect(first[4:] or "\t", declared=True)
    scored = [(_score(lines, delimiter, known), delimiter) for delimiter in _DELIMITERS]
    best, delimiter = max(scored, key=lambda pair: pair[0])
    return Dialect(delimiter if best > (0, 0.0) else ",")


def _score(lines: Sequence[str], delimiter: str, known: Callable[[Sequence[str]], int]) -> tuple[int, float]:
    rows = [row for row in parse_lines(lines, delimiter) if any(cell.strip() for cell in row)]
    hits = max((known(row) for row in rows[:HEADER_SEARCH_ROWS] if len(row) > 1), default=0)
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
    # A steady width counts; among equally steady ones, the wider table.
    return hits, (count / len(rows) * (1 - 1 / width) if width > 1 else 0.0)


def parse_lines(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the rows of a few lines, read leniently: to look, not to keep."""
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        rows.extend(reader)
    except csv.Error:
        # What came before the fault is enough to judge by.
        return rows
    return rows


def find_header(rows: Sequence[Sequence[str]], known: Callable[[Sequence[str]], int]) -> int | None:
    """Return the index of the header row, or None where none looks like one.

    The first row with two known names, and at least half as many as the best row has; in tables whose columns nobody
    knows, the first row of the usual width in which every cell is a distinct short word that is no value.
    """
    hits = [known(row) for row in rows]
    best = max(hits, default=0)
    enough = max(2, best / 2) if max((len(row) for row in rows), default=0) > 1 else 1
    for index, count in enumerate(hits):
        if count >= enough:
            return index
    widths = Counter(len(row) for row in rows)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    for index, row in enumerate(rows):
        if len(row) >= usual:
            return index if _may_be_header(row) else None
    return None


def _may_be_header(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return (
        len(cells) > len(row) / 2
        and len(set(cells)) == len(cells)
        and not any(_is_value(cell) for cell in cells)
    )


def _is_value(cell: str) -> bool:
    """Tell whether a cell is an address, a link, a number or long prose: none of them names a column."""
    return "@" in cell or "://" in cell or len(cell) > 60 or not any(char.isalpha() for char in cell)
