"""The path of a workbook or a JSONL file in; the same rows as from a CSV out."""

import datetime
import itertools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outreach.errors import FileError
from outreach.intake.decoding import MAX_BYTES, Encoding
from outreach.intake.table import MAX_RECORD_CHARS, MAX_ROWS, Table, TableRow

#: A workbook is a zip archive: what it unpacks to is bounded before it is unpacked.
MAX_UNPACKED_BYTES = 4 * MAX_BYTES


def read_workbook(path: Path, sheet: str | None) -> Iterator[TableRow]:
    """Return the rows of a sheet, cells as text: whole numbers without `.0`, dates as ISO 8601.

    Raises:
        FileError: the `xlsx` extra is not installed, the file is no workbook, too big, or has no such sheet.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # an optional extra
    except ModuleNotFoundError:
        hint = "pip install 'outreach[xlsx]', or save the list as CSV UTF-8"
        raise FileError(
            "reading workbooks needs an extra that is not installed", where=path, hint=hint
        ) from None
    _refuse_bomb(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise FileError(
                f"there is no sheet «{sheet}»", where=path, hint=f"the sheets are: {', '.join(names)}"
            )
        rows: list[list[Any]] = []
        for name in [sheet] if sheet is not None else names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(cell not in ("", None) for cell in row) for row in rows):
                break
    except (CalamineError, OSError) as error:
        hint = "open it in a spreadsheet program and save it again, without a password"
        raise FileError(f"the workbook cannot be read: {error}", where=path, hint=hint) from None
    return (TableRow(number, [_as_text(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise FileError(
            "this is no workbook", where=path, hint="save it again as .xlsx, or as CSV UTF-8"
        ) from None
    if path.stat().st_size > MAX_BYTES or unpacked > MAX_UNPACKED_BYTES:
        what = f"the workbook unpacks to {unpacked / 2**20:,.0f} MB"
        raise FileError(what, where=path, hint="split the list into smaller files")


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime.datetime, datetime.date, datetime.time)):
        return cell.isoformat()
    return str(cell)


def read_json_lines(path: Path, encoding: Encoding) -> Table:
    """Return a table of a file with one JSON object on each line; nested names are joined: `company.name`.

    Raises:
        FileError: no line holds an object.
    """
    objects: list[tuple[int, dict[str, str] | str]] = []
    with path.open(encoding=encoding.name, errors=encoding.errors) as handle:
        for number in itertools.count(1):
            line = handle.readline(MAX_RECORD_CHARS)
            if not line:
                break
            if line.strip():
                objects.append((number, _parse_object(line)))
            if len(objects) > MAX_ROWS:
                hint = "split the list into smaller files"
                raise FileError(f"more than {MAX_ROWS:,} rows", where=path, line=number, hint=hint)
    headers = tuple(dict.fromkeys(name for _, item in objects if isinstance(item, dict) for name in item))
    if not headers:
        hint = "a JSONL file has one JSON object on each line"
        raise FileError("no line is a JSON object", where=path, line=1, hint=hint)
    rows = [
        TableRow(number, [], item)
        if isinstance(item, str)
        else TableRow(number, [item.get(name, "") for name in headers])
        for number, item in objects
    ]
    notes = [encoding.note] if encoding.note else []
    return Table(path, headers, 1, rows, encoding.name, "json", notes)


def _parse_object(line: str) -> dict[str, str] | str:
    """Return the flat object of a line, or why there is none."""
    try:
        value = json.loads(line)
        return dict(_flat("", value)) if isinstance(value, dict) else "this line is no JSON object"
    except (ValueError, RecursionError):
        return "this line is no JSON"


def _flat(prefix: str, value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, item in value.items():
        if isinstance(item, dict):
            yield from _flat(f"{prefix}{name}.", item)
        elif isinstance(item, list):
            yield (
                prefix + name,
                ", ".join(_scalar(part) for part in item if not isinstance(part, (dict, list))),
            )
        else:
            yield prefix + name, _scalar(item)


def _scalar(item: Any) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    return _as_text(item)
