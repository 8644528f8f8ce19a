"""A profile's name in; approved drafts as a tool's import file, and the steps to paste beside it, out: `export`."""

from pathlib import Path
from typing import Annotated

import typer

from outreach.cli.drafting import Start, dating_of
from outreach.cli.session import read_date, session_of
from outreach.cli.terminal import put_raw, say


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(export)


def export(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="PROFILE", help="The tool; see: outreach exports")],
    out: Annotated[Path | None, typer.Option(metavar="F", help="The file to write; default: stdout.")] = None,
    start: Start = None,
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet",
            help="Neutralise every cell that begins with a sign, for a file opened in a spreadsheet.",
        ),
    ] = False,
) -> None:
    """Write approved drafts as a tool's import file, and beside it the steps to set up there (F.steps.md).

    Only drafts whose approval still holds: a change of text, facts or recipient voids it. The suppression list is read
    again. Dates are counted from --start, here and now. Nothing is sent: you import the file into the tool that sends.
    """
    from outreach.export.files import export_drafts
    from outreach.export.profiles import ExportProfile
    from outreach.running.exporting import exportable
    from outreach.running.replying import answered_states
    from outreach.workspace.writing import write_atomically

    session = session_of(context)
    campaign = session.campaign()
    profile = campaign.library.read("exports", to, ExportProfile)
    dating = dating_of(campaign.settings.calendar, read_date(None), start)
    with session.store() as store:
        chosen, held_back = exportable(store.drafts(), campaign, answered_states(store))
    file = export_drafts(chosen, profile, dating, spreadsheet=spreadsheet)
    if profile.confidence != "documented":
        say(
            f"warning: the columns of {profile.name} are {profile.confidence}: try one row first. {profile.note}".rstrip()
        )
    if out is None:
        put_raw(file.text)
    else:
        steps = out.with_suffix(".steps.md")
        write_atomically(out, file.text)
        write_atomically(steps, file.steps)
        say(f"{file.rows} prospects written to {out}; the steps to set up are in {steps}")
    for outreach_id, why in [*held_back, *file.left_out]:
        say(f"left out: {outreach_id}: {why}")
    if not file.rows:
        say("nothing approved to export: outreach approve --passing")
