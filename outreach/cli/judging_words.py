"""What an LLM judge did, agreed with or preferred in; the lines a person reads of it out."""

from typing import TYPE_CHECKING

from outreach.cli.terminal import put, say, table

if TYPE_CHECKING:
    from outreach.domain.calibrations import Agreement, CalibrationReport, PairsReport
    from outreach.judging.tally import Tally
    from outreach.running.judges import Judging
    from outreach.workspace.library import Library


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


def show_calibration(report: "CalibrationReport") -> None:
    """Print the figures of a calibration, a row for each criterion."""
    rows = [
        (
            name,
            one.n,
            f"{one.both_yes}/{one.only_judge}/{one.only_label}/{one.both_no}",
            "-" if one.agreement is None else f"{one.agreement:.2f}",
            kappa_text(one),
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


def kappa_text(one: "Agreement") -> str:
    """Return a kappa with its interval."""
    if one.kappa is None:
        return "undefined"
    return f"{one.kappa:.2f} ({one.kappa_low:.2f} to {one.kappa_high:.2f})"


#: With fewer messages of one kind the interval is too wide to lean on.
_FEW = 10


def doubts(report: "CalibrationReport") -> list[str]:
    """Return what makes the figures of a calibration weak."""
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


def show_comparison(report: "PairsReport") -> None:
    """Print how two sets of texts compare."""
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
