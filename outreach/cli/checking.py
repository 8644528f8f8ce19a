"""Workspace files and lead lists in; every fault with file and line, and how headers were read, out: `check`."""

from pathlib import Path
from typing import Annotated

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import put, say, table


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(check)


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILES]...", help="Lead lists, or YAML files of a workspace."),
    ] = None,
) -> None:
    """Check the workspace's files and lead lists without calling anything.

    Lints meaning, not only shape: a title that two personas claim, a persona without pains, an offer that answers no
    persona's pain, a claim without proof. Of a lead list it shows which header was read as what.
    """
    from outreach.errors import OutreachError
    from outreach.running.checking import check_list, check_workspace

    session = session_of(context)
    faults: list[OutreachError] = []
    campaign, warnings, found = check_workspace(session.root, session.environment)
    faults += found
    for warning in warnings:
        say(f"warning: {warning}")
    bad_rows = 0
    for path in files or []:
        if campaign is None:
            break
        try:
            report = check_list(path, campaign)
        except OutreachError as error:
            faults.append(error)
            continue
        bad_rows += report.unreadable
        put(f"{path}: {report.title}")
        put(
            table(
                [(f"  {header}", field or "-", note) for header, field, note in report.headers],
                ("  header", "read as", ""),
            )
        )
        put("  " + ", ".join(f"{name} {number}" for name, number in report.counts.items()))
        for note in report.notes:
            say(f"  {note}")
    for fault in faults:
        say(str(fault))
    if faults:
        raise typer.Exit(1)
    if campaign is not None:
        put(f"{campaign.root.name}: {len(campaign.personas)} personas, {len(campaign.offer.claims)} claims, "
            f"sequence {campaign.sequence.id} ({len(campaign.sequence.steps)} steps), rubric {campaign.rubric.id}")  # fmt: skip
    if bad_rows:
        raise typer.Exit(4)
