"""A lead list in; the two verdicts of each row, and counts, out: `qualify`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import read_date, session_of
from outreach.cli.terminal import put, put_raw, say, table

if TYPE_CHECKING:
    from outreach.domain.lines import QualifyLine


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(qualify)


def qualify(
    context: typer.Context,
    prospects: Annotated[Path, typer.Argument(help="The lead list: CSV, XLSX or JSONL.")],
    out: Annotated[Path | None, typer.Option(help="Write a line of JSON for each row.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
    accounts: Annotated[
        Path | None, typer.Option(help="Company attributes to join, over accounts_file.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day that facts are fresh or stale at.")
    ] = None,
) -> None:
    """Judge every row: is the employer your ICP, is the person one of your personas, and what to do about it.

    Decisions: write (there is a fact to open with), write_generic (there is none), ask_for_data (too little is known),
    route (the account fits, the person does not), skip (one of the two does not fit). Nothing is paid for.
    """
    from outreach.running.qualifying import count_decisions, qualify_rows
    from outreach.workspace.writing import write_atomically

    session = session_of(context)
    campaign = session.campaign()
    lines = qualify_rows(prospects, campaign, read_date(as_of), accounts)
    if out is not None:
        write_atomically(out, "".join(line.model_dump_json() + "\n" for line in lines))
        say(f"{len(lines)} rows written to {out}")
    counts = count_decisions(lines)
    if as_json:
        put_raw(json.dumps(counts, ensure_ascii=False) + "\n")
    elif out is None:
        put(_report(lines))
        say("\n" + ", ".join(f"{name} {number}" for name, number in counts.items()))
    if counts["unreadable"]:
        raise typer.Exit(4)


def _report(lines: "list[QualifyLine]") -> str:
    rows = []
    for line in lines:
        person = line.prospect
        who = f"{person.first_name or ''} {person.last_name or ''}".strip() if person else ""
        role = (line.persona.id or "no persona") if line.persona else ""
        icp = f"{line.icp.verdict} {line.icp.score:.0f}" if line.icp else ""
        why = line.decision_reason or line.reason or ""
        rows.append(
            (
                line.row,
                line.decision or line.disposition,
                who,
                (person.company if person else "") or "",
                role,
                icp,
                why,
            )
        )
    return table(rows, ("row", "decision", "who", "company", "persona", "ICP", "why"))
