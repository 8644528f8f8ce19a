"""Approved drafts and a profile in; the rows of the import file, and the steps to paste beside it, out."""

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outreach.domain.branches import day_text
from outreach.domain.lines import DraftedMessage, GenerateLine
from outreach.export.profiles import ExportProfile
from outreach.planning.calendar import Cadence, short_date
from outreach.running.dating import Dating
from outreach.text.cells import guard_cell

#: What a channel's texts are called in a column's name. A sequence has one connection request, so its note has no number.
_SHORT = {
    "connection_request": "connection_note",
    "linkedin_message": "li_msg",
    "inmail": "inmail",
    "email": "email",
}


@dataclass
class ExportFile:
    """The content of an export: the file's text, the steps, and what was left out and why."""

    text: str = ""
    steps: str = ""
    rows: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def text_columns(line: GenerateLine, profile: ExportProfile) -> dict[str, tuple[str, DraftedMessage]]:
    """Return a sequence's texts by column name, such as `email_1_body`, each with its message."""
    seen: dict[str, int] = {}
    columns: dict[str, tuple[str, DraftedMessage]] = {}
    for message in line.messages:
        if message.channel not in profile.channels:
            continue
        short = _SHORT[message.channel]
        number = seen[short] = seen.get(short, 0) + 1
        name = short if message.channel == "connection_request" else f"{short}_{number}"
        if message.subject is not None:
            columns[f"{name}_subject"] = (message.subject, message)
            footer = f"\n\n{message.footer}" if message.footer else ""
            columns[f"{name}_body"] = (message.body + footer, message)
        else:
            columns[name] = (message.body, message)
    return columns


def date_columns(line: GenerateLine, profile: ExportProfile, dates: Cadence) -> dict[str, str]:
    """Return when each text is due by column name, such as `email_1_date`: a date, or days after the acceptance."""
    return {
        f"{name.removesuffix('_subject').removesuffix('_body')}_date": _due(message, dates)
        for name, (_, message) in text_columns(line, profile).items()
    }


def _due(message: DraftedMessage, dates: Cadence) -> str:
    """Return a date as ISO text where it is known. A date after acceptance is not: only how long after it."""
    if message.after == "accepted":
        return f"{message.day} {'day' if message.day == 1 else 'days'} after acceptance"
    return dates.dates[message.step].date.isoformat() + " if not accepted" * (message.after == "not_accepted")


def export_drafts(
    lines: Sequence[GenerateLine], profile: ExportProfile, dating: Dating, *, spreadsheet: bool = False
) -> ExportFile:
    """Return the import file of these drafts. A row without what the tool needs is left out and named, never cut.

    Args:
        lines: drafted sequences that may leave the house.
        profile: the tool's.
        dating: when they start; dates are counted here, not when a draft was written.
        spreadsheet: guard every cell as for a file opened in a spreadsheet.
    """
    found = ExportFile()
    kept: list[tuple[GenerateLine, dict[str, tuple[str, DraftedMessage]]]] = []
    for line in lines:
        fields = _fields(line)
        if profile.required_any and not any(fields[name] for name in profile.required_any):
            found.left_out.append((line.outreach_id, f"the tool needs {' or '.join(profile.required_any)}"))
            continue
        kept.append((line, text_columns(line, profile)))
    due = [date_columns(line, profile, dating.of_line(line)) if profile.dates else {} for line, _ in kept]
    names = _in_order({name for _, texts in kept for name in texts} | {name for row in due for name in row})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*profile.columns.values(), *(profile.header(name) for name in names)])
    for (line, texts), dates in zip(kept, due, strict=True):
        fields = _fields(line)
        said = {name: text for name, (text, _) in texts.items()} | dates
        cells = [fields[field_name] for field_name in profile.columns] + [
            said.get(name, "") for name in names
        ]
        writer.writerow([guard_cell(cell, spreadsheet=spreadsheet) for cell in cells])
    found.text, found.rows = out.getvalue(), len(kept)
    found.steps = _steps(kept, profile, dating)
    return found


def _fields(line: GenerateLine) -> dict[str, str]:
    person = line.prospect
    return {
        "outreach_id": line.outreach_id,
        "variant": line.variant.get("arm") or line.variant.get("sequence", ""),
        "persona": line.persona,
        "sequence": line.sequence,
        "language": line.language,
        "first_name": person.first_name or "",
        "last_name": person.last_name or "",
        "email": person.email or "",
        "linkedin_url": person.linkedin_url or "",
        "company": person.company or "",
        "title": person.title or "",
    }


def _in_order(names: set[str]) -> list[str]:
    """Return every text column in use: by channel as in `_SHORT`, then by number, then subject, text, date."""

    def place(name: str) -> tuple[int, int, int]:
        number = next((int(part) for part in name.split("_") if part.isdigit()), 0)
        channel = next(i for i, short in enumerate(_SHORT.values()) if name.startswith(short))
        part = 2 if name.endswith("_date") else 0 if name.endswith("_subject") else 1
        return channel, number, part

    return sorted(names, key=place)


def _steps(
    kept: Sequence[tuple[GenerateLine, dict[str, tuple[str, DraftedMessage]]]],
    profile: ExportProfile,
    dating: Dating,
) -> str:
    """Return the step skeleton in Markdown: for each sequence, which variable goes into which step on which day."""
    parts = [f"# Steps to set up in {profile.name}\n"]
    for sequence in dict.fromkeys(line.sequence for line, _ in kept):
        of_sequence = [pair for pair in kept if pair[0].sequence == sequence]
        # The longest of the drafts shows every step; shorter ones leave its columns empty.
        longest, texts = max(of_sequence, key=lambda pair: len(pair[1]))
        parts.append(
            f"## Sequence `{sequence}`\n\n| when | dates | channel | content |\n| --- | --- | --- | --- |"
        )
        bare = [line for line, _ in of_sequence if line.bare_request]
        if bare:
            whose = _for_whom(bare, kept)
            parts.append(f"| day 0 |  | connection request | send the request without a note: {whose} |")
        dates = _dates_by_column(of_sequence, texts, dating)
        for name, (_, message) in texts.items():
            when = day_text(message.day, message.after, longest.wait_days)
            parts.append(
                f"| {when} | {dates.get(name, '')} | {message.channel.replace('_', ' ')} | `{profile.variable(name)}` |"
            )
        parts.append("")
        if longest.wait_days is not None:
            parts.append(
                f"Set up two branches: a request that is accepted by day {longest.wait_days} leads to the steps after accepting, "
                "any other to the steps if not accepted. Whoever accepts later stays on the branch that has begun.\n"
            )
            if any(line.wait_days is None and line.messages[0].channel == "email" for line, _ in of_sequence):
                parts.append("Rows without a connection note start with the first email at once.\n")
    parts += _later_starts([line for line, _ in kept])
    parts.append(
        "Days are calendar days. A step that falls on a weekend or a public holiday of the reader moves to the next business day, "
        "and what follows moves with it: dates differ by country.\n\n"
        "Stop the sequence as soon as somebody answers. LinkedIn messages count their days from the accepted request."
    )
    return "\n".join(parts) + "\n"


def _for_whom(bare: Sequence[GenerateLine], kept: Sequence[tuple[GenerateLine, object]]) -> str:
    """Return whose request goes out bare: everybody's, or the ids."""
    if all(line.bare_request for line, _ in kept):
        return "everybody"
    return ", ".join(f"`{line.outreach_id}`" for line in bare)


def _later_starts(lines: Sequence[GenerateLine]) -> list[str]:
    """Return on which day of the list each sequence starts, where they do not all start together."""
    starts: dict[int, list[str]] = {}
    for line in lines:
        starts.setdefault(line.start_day, []).append(f"`{line.outreach_id}`")
    if set(starts) <= {0}:
        return []
    rows = [f"| {day} | {', '.join(ids)} |" for day, ids in sorted(starts.items())]
    return ["## When to start each sequence\n\n| day of the list | sequences |\n| --- | --- |", *rows, ""]


def _dates_by_column(
    kept: Sequence[tuple[GenerateLine, dict[str, tuple[str, DraftedMessage]]]],
    shown: Mapping[str, tuple[str, DraftedMessage]],
    dating: Dating,
) -> dict[str, str]:
    """Return the first and last date of each shown column over the readers for whom it counts from the same event.

    Steps after accepting have none.
    """
    found: dict[str, set[datetime.date]] = {}
    for line, texts in kept:
        dates = dating.of_line(line).dates
        for name, (_, message) in texts.items():
            if name in shown and message.after == shown[name][1].after != "accepted":
                found.setdefault(name, set()).add(dates[message.step].date)
    return {
        name: " to ".join(dict.fromkeys(short_date(day) for day in (min(days), max(days))))
        for name, days in found.items()
    }
