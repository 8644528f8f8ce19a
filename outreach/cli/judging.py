"""The optional LLM judge: its criteria, how far it may be believed, and two sets of texts compared: `judge`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.judging_words import doubts, kappa_text, show_calibration, show_comparison
from outreach.cli.session import Session, now, session_of
from outreach.cli.terminal import put, put_raw, say, table

if TYPE_CHECKING:
    from outreach.rubric.rubrics import Rubric
    from outreach.running.judges import Judging

JudgeModel = Annotated[
    str | None,
    typer.Option("--judge", metavar="P:M", help="Let a model judge beside the rules: provider:model."),
]
ThisJudge = Annotated[str, typer.Option("--judge", metavar="P:M", help="The judge: provider:model.")]
MaxUsd = Annotated[
    float | None,
    typer.Option(min=0, help="Stop before a call that could cost more than is left of this."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Take the first so many lines at most.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        invoke_without_command=True, rich_markup_mode=None,
        help="The optional LLM judge: its criteria, how far it agrees with labels, and two sets of texts compared.",
    )  # fmt: skip
    group.callback()(listing)
    for command in (show, calibrate, compare):
        group.command()(command)
    app.add_typer(group, name="judge")


def listing(context: typer.Context) -> None:
    """List the criteria, built-in or the workspace's own, and the calibrations on record."""
    from outreach.judging.calibration_file import read_calibrations
    from outreach.judging.criteria import load_criteria
    from outreach.workspace.library import Library

    if context.invoked_subcommand is not None:
        return
    root = session_of(context).root_if_any
    library = Library(root)
    files = library.names("criteria")
    rows = [
        (
            one.id,
            "built-in" if library.is_builtin(files[one.id]) else "workspace",
            one.kind,
            one.question.strip(),
        )
        for one in load_criteria(library)
    ]
    put(table(rows, ("criteria", "from", "kind", "what is asked; yes means that the fault is there")))
    for found in read_calibrations(root).calibrations if root else ():
        kappas = ", ".join(f"{name} {kappa_text(one)}" for name, one in found.criteria.items())
        put(f"\n{found.model}, {found.at}, {found.source} ({found.records} messages): {kappas}")


def show(context: typer.Context, name: Annotated[str, typer.Argument(help="The criterion.")]) -> None:
    """Print a criterion's file."""
    from outreach.workspace.files import read_text
    from outreach.workspace.library import Library

    path = Library(session_of(context).root_if_any).find("criteria", name)
    put(f"# {path}")
    put_raw(read_text(path))


def calibrate(
    context: typer.Context,
    labelled: Annotated[
        Path, typer.Argument(metavar="LABELLED.jsonl", help="Messages with labels, one a line.")
    ],
    judge: ThisJudge,
    rubric: Annotated[str | None, typer.Option(help="The rubric; default: the workspace's.")] = None,
    limit: Limit = None,
    max_usd: MaxUsd = None,
    as_json: AsJson = False,
) -> None:
    """Compare a judge with labels, criterion by criterion, and put the figures on record.

    From a kappa of 0.6 a criterion of claims may fail a message, for exactly this model and prompt; else it warns.
    """
    from outreach.running.calibrating import read_labelled, run_calibration

    session = session_of(context)
    found = read_labelled(labelled, limit)
    for fault in found.faults:
        say(str(fault))
    judging = open_judge(session, judge, rubric, max_usd)
    report = run_calibration(judging, session.root, labelled, found, now())
    for warning in judging.client.warnings:
        say(f"warning: {warning}")
    if as_json:
        put_raw(report.model_dump_json() + "\n")
    else:
        show_calibration(report)
    for note in doubts(report):
        say(note)
    if report.unreadable or any(one.failed for one in report.criteria.values()):
        raise typer.Exit(4)


def compare(
    context: typer.Context,
    a: Annotated[Path, typer.Argument(metavar="A.jsonl", help="Messages, sequences or lines of generate.")],
    b: Annotated[Path, typer.Argument(metavar="B.jsonl", help="The same ids with other texts.")],
    judge: ThisJudge,
    limit: Limit = None,
    max_usd: MaxUsd = None,
    as_json: AsJson = False,
) -> None:
    """Ask which of two texts for the same person is better: blind, in both orders, and only agreeing answers count."""
    from outreach.running.calibrating import read_pairs, run_comparison
    from outreach.running.judges import choose_pair_judge

    session = session_of(context)
    files = read_pairs(a, b, limit)
    for fault in files.faults:
        say(str(fault))
    settings = session.settings({("generate", "max_usd"): max_usd})
    pair_judge, client, model = choose_pair_judge(judge, session.root, settings, session.environment)
    report = run_comparison(pair_judge, client, model, files, (a.name, b.name))
    if as_json:
        put_raw(report.model_dump_json() + "\n")
    else:
        show_comparison(report)
    if report.unreadable or report.failed:
        raise typer.Exit(4)


def open_judge(
    session: Session, judge: str, rubric: "str | Rubric | None", max_usd: float | None
) -> "Judging":
    """Return the judge of a command that writes nothing, and say who it is."""
    from outreach.rubric.rubrics import Rubric
    from outreach.running.judges import choose_judge
    from outreach.workspace.library import Library

    settings = session.settings({("generate", "max_usd"): max_usd})
    if not isinstance(rubric, Rubric):
        rubric = Library(session.root).read("rubrics", rubric or settings.rubric.name, Rubric)
    judging = choose_judge(judge, session.root, settings, rubric, session.environment)
    for note in judging.notes:
        say(note)
    return judging
