"""Approved drafts and a profile in; the rows of the import file, and the steps to paste beside it, out."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from outreach.domain.lines import DraftedMessage, GenerateLine
from outreach.export.profiles import ExportProfile
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


def export_drafts(
    lines: Sequence[GenerateLine], profile: ExportProfile, *, spreadsheet: bool = False
) -> ExportFile:
    """Return the import file of these drafts. A row without what the tool needs is left out and named, never cut."""
    found = ExportFile()
    kept: list[tuple[GenerateLine, dict[str, tuple[str, DraftedMessage]]]] = []
    for line in lines:
        fields = _fields(line)
        if profile.required_any and not any(fields[name] for name in profile.required_any):
            found.left_out.append((line.outreach_id, f"the tool needs {' or '.join(profile.required_any)}"))
            continue
        kept.append((line, text_columns(line, profile)))
    names = _in_order(kept)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*profile.columns.values(), *(profile.header(name) for name in names)])
    for line, texts in kept:
        fields = _fields(line)
        cells = [fields[field_name] for field_name in profile.columns] + [
            texts[n][0] if n in texts else "" for n in names
        ]
        writer.writerow([guard_cell(cell, spreadsheet=spreadsheet) for cell in cells])
    found.text, found.rows = out.getvalue(), len(kept)
    found.steps = _steps(kept, profile)
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


def _in_order(kept: Sequence[tuple[GenerateLine, dict[str, tuple[str, DraftedMessage]]]]) -> list[str]:
    """Return every text column in use: by channel as in `_SHORT`, then by number."""
    names = {name for _, texts in kept for name in texts}

    def place(name: str) -> tuple[int, int, str]:
        number = next((int(part) for part in name.split("_") if part.isdigit()), 0)
        channel = next(i for i, short in enumerate(_SHORT.values()) if name.startswith(short))
        return channel, number, "0" if name.endswith("subject") else "1"

    return sorted(names, key=place)


def _steps(
    kept: Sequence[tuple[GenerateLine, dict[str, tuple[str, DraftedMessage]]]], profile: ExportProfile
) -> str:
    """Return the step skeleton in Markdown: for each sequence, which variable goes into which step on which day."""
    parts = [f"# Steps to set up in {profile.name}\n"]
    for sequence in dict.fromkeys(line.sequence for line, _ in kept):
        # The longest of the drafts shows every step; shorter ones leave its columns empty.
        _, texts = max((pair for pair in kept if pair[0].sequence == sequence), key=lambda pair: len(pair[1]))
        parts.append(f"## Sequence `{sequence}`\n\n| day | channel | content |\n| --- | --- | --- |")
        bare = [line for line, _ in kept if line.sequence == sequence and line.bare_request]
        if bare:
            parts.append(
                f"| 0 | connection request | send the request without a note: {_for_whom(bare, kept)} |"
            )
        for name, (_, message) in texts.items():
            parts.append(
                f"| {message.day} | {message.channel.replace('_', ' ')} | `{profile.variable(name)}` |"
            )
        parts.append("")
    parts += _later_starts([line for line, _ in kept])
    parts.append(
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
