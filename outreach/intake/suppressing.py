"""Somebody who wants no more messages in; the suppression list with them on it out, its columns and line ends kept.

The list is the one truth about who is left alone: `generate` and `export` read it, and a person can read and mend it. So
an opt-out is written there, byte for byte behind what stands there, in one step, and read back before anybody is told.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from outreach.errors import FileError
from outreach.intake.decoding import detect_encoding
from outreach.intake.headers import known_headers, map_headers
from outreach.intake.suppression import Suppression
from outreach.workspace.writing import write_atomically

#: The list that is always read where it lies in a workspace, and that an opt-out goes to where icp.yaml names none.
DEFAULT_LIST = "do-not-contact.csv"
_COLUMNS = ("type", "value", "reason", "date")
_TEXT_FILES = frozenset({".csv", ".tsv", ".txt", ""})
_DATE_COLUMNS = frozenset({"date", "added", "added on", "since", "fecha", "data", "datum"})
_REASON_COLUMNS = frozenset({"reason", "notes", "note", "why", "motivo", "grund", "motif", "comment"})


@dataclass(frozen=True)
class OptOut:
    """Who is to be left alone, by all that reaches them.

    Attributes:
        name: first and last name.
        company: the firm's name, which makes the name theirs.
        emails: addresses.
        profiles: LinkedIn URLs.
    """

    name: str
    company: str
    emails: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()

    @property
    def entries(self) -> list[tuple[str, str]]:
        """Return `(type, value)` of each entry of a list."""
        found = [("email", email) for email in self.emails] + [("linkedin", url) for url in self.profiles]
        if self.name.strip() and self.company.strip():
            found.append(("person", f"{self.name} ({self.company})"))
        return [(kind, value) for kind, value in found if Suppression.key(kind, value)]


def list_to_write(root: Path, named: str | None) -> Path:
    """Return the list an opt-out goes to: the one icp.yaml names, unless it is a workbook, which is not written to."""
    if named and Path(named).suffix.lower() in _TEXT_FILES:
        return root / named
    return root / DEFAULT_LIST


def suppress(path: Path, who: OptOut, day: date, reason: str, spill: Path | None = None) -> list[str]:
    """Put somebody on the list; return the entries written, none where all stood there.

    Args:
        path: the list; made with a header where it is missing.
        who: the person.
        day: when they asked.
        reason: why, in a few words.
        spill: the list for what this one has no column for, such as a profile in a list of addresses.

    Raises:
        FileError: the list cannot be read or written, or does not hold them afterwards.
    """
    entries = who.entries
    if not entries:
        raise FileError("nothing reaches this person: no address to put on the list", where=path,
                        hint="add a line for them by hand: email,ADDRESS")  # fmt: skip
    if not path.is_file() or not path.read_bytes().strip():
        write_atomically(path, _record(_COLUMNS, ",", "\n"))
    missing = _missing(path, entries)
    if missing:
        write_atomically(path, _appended(path, missing, who, day, reason))
    lost = _missing(path, missing)
    if lost and spill is not None and spill != path:
        suppress(spill, who, day, reason)
    elif any(kind != "person" for kind, _ in lost):
        raise FileError(f"{lost[0][1]} was written and is not found again", where=path,
                        hint="give the list the columns type,value,reason, or add the line by hand")  # fmt: skip
    return [value for _, value in missing]


def _missing(path: Path, entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    known = Suppression.read([path])
    return [(kind, value) for kind, value in entries if not known.holds(kind, value)]


def _appended(
    path: Path, missing: Sequence[tuple[str, str]], who: OptOut, day: date, reason: str
) -> bytes:  # fmt: skip
    """Return the file's bytes with the new lines behind them, in its encoding, columns and line ends."""
    data = path.read_bytes()
    encoding = detect_encoding(path)
    text = data.decode(encoding.name, encoding.errors)
    end = "\r\n" if "\r\n" in text else "\n"
    header = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=header.count)
    cells = next(csv.reader([header.lstrip("\ufeff")], delimiter=mark), [])
    rows = _rows(cells, missing, who, day, reason, path)
    added = "".join(_record(row, mark, end) for row in rows)
    if not text.endswith(("\n", "\r")):
        added = end + added
    return data + added.encode(_without_mark(encoding.name, data), "replace")


def _rows(
    header: Sequence[str], missing: Sequence[tuple[str, str]], who: OptOut, day: date, reason: str, path: Path
) -> list[list[str]]:
    names = [cell.strip().casefold() for cell in header]
    dated = any(name in _DATE_COLUMNS for name in names)
    why = reason if dated else f"{reason}, {day.isoformat()}"
    filled = {"date": day.isoformat(), "reason": why}
    if {"type", "value"} <= set(names):
        return [[_cell(name, {**filled, "type": kind, "value": value}) for name in names] for kind, value in missing]  # fmt: skip
    if known_headers(header) and not any("@" in cell or "linkedin." in cell.lower() for cell in header):
        return _export_rows(header, names, missing, who, filled, path)
    return [[kind, value.replace(",", " ").replace(";", " "), why] for kind, value in missing]


def _export_rows(
    header: Sequence[str], names: Sequence[str], missing: Sequence[tuple[str, str]], who: OptOut, filled: dict[str, str], path: Path
) -> list[list[str]]:  # fmt: skip
    """Return rows for a list with columns of its own: one row holds one address and one profile."""
    columns = map_headers(header, [], None, path).columns
    emails = [value for kind, value in missing if kind == "email"]
    profiles = [value for kind, value in missing if kind == "linkedin"]
    rows = []
    for at in range(max(len(emails), len(profiles), 0)):
        first, _, last = who.name.partition(" ")
        fields = {"email": emails[at : at + 1], "linkedin_url": profiles[at : at + 1], "first_name": [first], "last_name": [last], "full_name": [who.name], "company": [who.company]}  # fmt: skip
        row = [_cell(name, filled) for name in names]
        for name, values in fields.items():
            for place in columns.get(name, ())[:1]:
                row[place] = values[0] if values else ""
        rows.append(row)
    return rows


def _cell(name: str, values: dict[str, str]) -> str:
    if name in _DATE_COLUMNS:
        return values["date"]
    return values["reason"] if name in _REASON_COLUMNS else values.get(name, "")


def _record(cells: Sequence[str], mark: str, end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end).writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()


def _without_mark(name: str, data: bytes) -> str:
    """Return the encoding that goes on behind a byte order mark."""
    if name == "utf-8-sig":
        return "utf-8"
    if name in {"utf-16", "utf-32"}:
        return f"{name}-le" if data[:1] == b"\xff" else f"{name}-be"
    return name
