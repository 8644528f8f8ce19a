"""Drafted sequences in; a .jsonl, .csv or .md file out."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from outreach.domain.lines import GenerateLine
from outreach.errors import UsageError
from outreach.running.dating import Dating, calendar_lines, heading_of
from outreach.workspace.writing import write_atomically


def check_suffix(path: Path) -> None:
    """Raise UsageError before any work is done where `--out` has a suffix we do not write."""
    if path.suffix.lower() not in _FORMATS:
        raise UsageError(
            f"--out {path.name}: unknown suffix {path.suffix!r}", hint=f"take one of {' '.join(_FORMATS)}"
        )


def write_lines(path: Path, lines: Sequence[GenerateLine], dating: Dating) -> None:
    """Write the sequences in the format of the suffix, all or nothing."""
    write_atomically(path, _FORMATS[path.suffix.lower()](lines, dating))


def _jsonl(lines: Sequence[GenerateLine], _dating: Dating) -> str:
    return "".join(line.model_dump_json() + "\n" for line in lines)


def _csv(lines: Sequence[GenerateLine], _dating: Dating) -> str:
    """One row a message, for reading in a spreadsheet: hence the stricter guard on every cell."""
    from outreach.text.cells import guard_cell

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["outreach_id", "row", "first_name", "last_name", "company", "title", "persona", "step", "channel", "day",
         "after", "date", "subject", "body", "verdict", "score", "defects"]
    )  # fmt: skip
    for line in lines:
        person = line.prospect
        for message in line.messages:
            cells = [
                line.outreach_id, line.row, person.first_name, person.last_name, person.company, person.title, line.persona,
                message.step, message.channel, message.day, message.after, message.date, message.subject, message.body, message.verdict,
                message.score, " ".join(message.defects),
            ]  # fmt: skip
            writer.writerow(
                [guard_cell("" if cell is None else str(cell), spreadsheet=True) for cell in cells]
            )
    return out.getvalue()


def _markdown(lines: Sequence[GenerateLine], dating: Dating) -> str:
    parts = []
    for line in lines:
        person = line.prospect
        name = f"{person.first_name or ''} {person.last_name or ''}".strip()
        parts.append(f"## {name}, {person.title or '–'}, {person.company or '–'}\n")
        parts.append(
            f"`{line.outreach_id}` · {line.persona} ({line.buying_role}) · {line.verdict} {line.score}{_place(line)}\n"
        )
        if line.bare_request:
            parts.append(f"Day 0: send the connection request without a note ({line.bare_request}).\n")
        dates = dating.of_line(line)
        parts += [f"_{note}_\n" for note in calendar_lines(dates)]
        for message in line.messages:
            subject = f"\n**{message.subject}**\n" if message.subject else ""
            parts.append(f"### {heading_of(message, line, dates)}\n{subject}")
            parts.append("\n".join(f"> {row}" if row else ">" for row in message.body.split("\n")) + "\n")
            parts += [
                f"- {finding.severity} {finding.check}: {finding.message}" for finding in message.findings
            ]
    return "\n".join(parts) + "\n"


def _place(line: GenerateLine) -> str:
    if line.committee is None:
        return f" · from day {line.start_day}" if line.start_day else ""
    return f" · {line.committee.place} of {line.committee.size} at the account, from day {line.start_day}"


_FORMATS: dict[str, Callable[[Sequence[GenerateLine], Dating], str]] = {
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".md": _markdown,
}
