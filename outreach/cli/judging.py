"""The optional LLM judge: its criteria, how far it may be believed, and two sets of texts compared: `judge`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import Session, now, session_of
from outreach.cli.terminal import put, put_raw, say, table

if TYPE_CHECKING:
    from outreach.domain.calibrations import Agreement, CalibrationReport, PairsReport
    from outreach.judging.tally import Tally
    from outreach.rubric.rubrics import Rubric
    from outreach.running.judges import Judging
    from outreach.workspace.library import Library

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
        kappas = ", ".join(f"{name} {_kappa(one)}" for name, one in found.criteria.items())
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
        _show_calibration(report)
    for note in _doubts(report):
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
        _show_comparison(report)
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


def criterion_explained(check: str, library: "Library") -> str | None:
    """Return what a check of the judge means, such as `judge.invention`; None where it is no check of the judge's."""
    from outreach.judging.criteria import Criterion

    name = check.removeprefix("judge.")
    if name == check or name not in library.names("criteria"):
        return None
    found = library.read("criteria", name, Criterion)
    severity = "warn; error once calibrated" if found.kind == "claims" else "warn"
    parts = [
        f"{found.check} ({found.defect or 'no defect: shown and scored only'}): {severity}, {found.dimension}, only with --judge",
        found.question.strip(),
        f"yes:      {found.yes_if.strip()}",
        f"no:       {found.no_if.strip()}",
    ]
    return "\n".join(parts)


def judge_lines_of(judging: "Judging", tally: "Tally") -> list[str]:
    """Return what a person should know of what the judge did in this call, and what it cost."""
    from outreach.running.judges import same_model_note

    client = judging.client
    cost = "cost not known" if client.cost_usd is None else f"{client.cost_usd:.4f} USD"
    first, *rest = tally.lines()
    lines = [
        f"{judging.judge.model}: {first}; {client.calls} calls, {client.cached} from the cache, {cost}",
        *rest,
    ]
    if judging.own_texts:
        lines.append(same_model_note(judging.judge.model))
    return lines


def _show_calibration(report: "CalibrationReport") -> None:
    rows = [
        (
            name,
            one.n,
            f"{one.both_yes}/{one.only_judge}/{one.only_label}/{one.both_no}",
            "-" if one.agreement is None else f"{one.agreement:.2f}",
            _kappa(one),
            one.void,
            one.failed + one.not_asked,
            one.set_aside,
            "error" if name in report.may_fail else "warn",
        )
        for name, one in report.criteria.items()
    ]
    head = (
        "criterion",
        "n",
        "both/judge/label/none",
        "agreement",
        "kappa (95 %)",
        "void",
        "no answer",
        "set aside",
        "a finding is",
    )
    put(table(rows, head))
    cost = "cost not known" if report.cost_usd is None else f"{report.cost_usd:.4f} USD"
    say(f"{report.model} on {report.records} messages of {report.source}: {report.llm_calls} calls, {report.cached} from the cache, {cost}")  # fmt: skip


def _kappa(one: "Agreement") -> str:
    if one.kappa is None:
        return "undefined"
    return f"{one.kappa:.2f} ({one.kappa_low:.2f} to {one.kappa_high:.2f})"


#: With fewer messages of one kind the interval is too wide to lean on.
_FEW = 10


def _doubts(report: "CalibrationReport") -> list[str]:
    notes = []
    for name, one in report.criteria.items():
        yes = one.both_yes + one.only_label
        if one.n == 0:
            notes.append(f"{name}: no answer that counts, so it can only warn")
        elif one.kappa is None:
            notes.append(
                f"{name}: kappa is undefined: labels and answers are all of one kind, so it can only warn"
            )
        elif min(yes, one.n - yes) < _FEW:
            notes.append(
                f"{name}: only {yes} of {one.n} labels say yes: the figure is a rough one, add labelled messages"
            )
    return notes


def _show_comparison(report: "PairsReport") -> None:
    put(
        f"{report.pairs} pairs: {report.a} wins {report.a_wins}, {report.b} wins {report.b_wins}, ties {report.ties}"
    )
    put(f"  of the ties: {report.same_text} with equal texts, {report.first_both_times} where the first place won in both orders, "
        f"{report.second_both_times} the second")  # fmt: skip
    if report.a_share is not None:
        put(f"  of those decided {report.a} wins {report.a_share:.0%} (95 %: {report.a_share_low:.0%} to {report.a_share_high:.0%}), "
            f"sign test p = {report.p_value:.3f}")  # fmt: skip
    else:
        put("  no pair was decided: nothing can be said of a preference")
    left = {
        "without a readable answer": report.void, "without an answer": report.failed, f"only in {report.a}": report.only_a,
        f"only in {report.b}": report.only_b, "for different people, or too long": report.not_comparable,
    }  # fmt: skip
    for what, count in left.items():
        if count:
            put(f"  {count} {what}")
    cost = "cost not known" if report.cost_usd is None else f"{report.cost_usd:.4f} USD"
    say(f"{report.model}: {report.llm_calls} calls, {report.cached} from the cache, {cost}. A model's taste is no prediction of replies.")  # fmt: skip
