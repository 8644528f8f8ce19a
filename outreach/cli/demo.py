"""An empty folder in; the whole path on a shipped example out, offline and without a key: `demo`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import Session, session_of
from outreach.cli.terminal import heading, put, say

if TYPE_CHECKING:
    from outreach.domain.lines import GenerateLine


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(demo)


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="A new folder for the example.")] = Path(
        "outreach-demo"
    ),
    example: Annotated[str, typer.Option(help="Which example: saas-en or latam.")] = "saas-en",
) -> None:
    """Show the whole path on a shipped example: qualify a list, draft, judge, and what to do next. Offline, no key.

    People, firms and figures of the examples are invented.
    """
    from outreach.cli.drafted import show_sequence
    from outreach.cli.drafting import dating_of, run_generate, triage_options
    from outreach.running.qualifying import count_decisions, qualify_rows
    from outreach.workspace.scaffold import make_workspace

    make_workspace(folder, example)
    session = Session(folder, verbose=session_of(context).verbose)
    campaign = session.campaign({("model", "name"): "offline"})
    options = triage_options(session, DEMO_DAY, None, None, everyone=False)
    prospects = folder / "prospects.csv"
    counts = count_decisions(qualify_rows(prospects, campaign, options.as_of))
    put(heading(f"1. Whom: {counts['rows']} rows of prospects.csv, two verdicts each"))
    put("   " + ", ".join(f"{name} {number}" for name, number in counts.items() if number and name != "rows"))
    put(heading("\n2. What to say: drafts by the built-in offline writer, each judged by the rubric"))
    dating = dating_of(campaign.settings.calendar, options.as_of, None)
    run = run_generate(session, campaign, prospects, options, out=folder / "drafts.md")
    for line in _worth_reading(run.lines):
        put("\n" + show_sequence(line, dating).rstrip())
    put(heading("\n3. Next"))
    put(f"   cd {folder}")
    for command, what in NEXT:
        put(f"   {command:50} {what}")
    say(
        f"\nEverything is in {folder}/: the list, the ICP, the offer, and drafts.md with every sequence. Names and firms are invented."
    )


#: The day the examples' facts were gathered around: fixed, so that the demo shows the same drafts at any time.
DEMO_DAY = "2026-11-20"

#: What to try next, and why.
NEXT = (
    ("outreach qualify prospects.csv", "why each row is where it is"),
    (f"outreach generate prospects.csv --as-of {DEMO_DAY}", "again: nothing is done twice"),
    ("outreach approve --passing", "decide; then: outreach export --to generic_csv --out approved.csv"),
)


def _worth_reading(lines: "list[GenerateLine]") -> "list[GenerateLine]":
    """Return up to three sequences that show most: written on a fact, and each for another buying role."""
    chosen: list[GenerateLine] = []
    for line in sorted(lines, key=lambda found: (found.decision != "write", -found.score, found.row)):
        if line.verdict == "pass" and line.buying_role not in {found.buying_role for found in chosen}:
            chosen.append(line)
        if len(chosen) == 3:
            break
    return chosen
