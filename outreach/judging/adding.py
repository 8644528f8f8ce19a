"""A rubric's verdict and a judge's opinions in; the verdict with the judge's findings out. It can only become worse."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from outreach.domain.judgement import Finding, MessageRecord, SequenceVerdict, StepVerdict, Verdict
from outreach.domain.opinions import (
    NOTHING,
    JudgedSequenceVerdict,
    JudgedVerdict,
    JudgeReport,
    Opinion,
)
from outreach.judging.criteria import Criterion
from outreach.judging.spans import find_span
from outreach.rubric.rubrics import Rubric
from outreach.rubric.score import score, sequence_score

#: More findings of one criterion than these say nothing new.
MAX_FINDINGS = 5
_RANK = {"error": 0, "warn": 1, "info": 2}


def findings_of(
    opinions: Iterable[Opinion],
    record: MessageRecord,
    criteria: Sequence[Criterion],
    may_fail: Collection[str],
) -> list[Finding]:
    """Return what the judge's yeses find. All words but the quote are ours: nothing a model says goes further."""
    by_id = {one.id: one for one in criteria}
    found: list[Finding] = []
    for opinion in opinions:
        if opinion.answer != "yes":
            continue
        criterion = by_id[opinion.criterion]
        unsupported = [claim.quote for claim in opinion.claims if claim.rests_on == NOTHING]
        for quote in list(dict.fromkeys(unsupported or [opinion.quote]))[:MAX_FINDINGS]:
            span = find_span(quote, record)
            if span is None:
                continue
            found.append(
                Finding(
                    check=criterion.check, defect=criterion.defect, dimension=criterion.dimension,
                    severity="error" if criterion.id in may_fail else "warn",
                    quote=span.text, start=span.start, end=span.end, message=criterion.message, hint=criterion.hint,
                )
            )  # fmt: skip
    return found


def judged_verdict(
    verdict: Verdict, found: Sequence[Finding], report: JudgeReport, rubric: Rubric
) -> JudgedVerdict:
    """Return a message's verdict with the judge's findings added."""
    changes: dict[str, Any] = {}
    if found:
        findings = _merged(verdict.findings, found)
        points, lines = score(findings, rubric)
        # A verdict that more than the rubric made may stand lower than its findings alone would put it.
        if points <= verdict.score:
            changes = {"score": points, "subtractions": lines}
        changes |= {
            "verdict": _worse(verdict.verdict, found),
            "findings": findings,
            "defects": _defects(findings),
        }
    return JudgedVerdict(**(_fields(verdict) | changes), judge=report)


def judged_sequence(
    verdict: SequenceVerdict, found: Mapping[int, Sequence[Finding]], report: JudgeReport, rubric: Rubric
) -> JudgedSequenceVerdict:
    """Return a sequence's verdict with the judge's findings added to its steps. `found` is by step."""
    steps = tuple(_judged_step(step, found.get(step.step, ()), rubric) for step in verdict.steps)
    changes: dict[str, Any] = {"steps": steps}
    if any(found.values()):
        failed = verdict.verdict == "fail" or any(step.verdict == "fail" for step in steps)
        points, lines = sequence_score(
            [step.score for step in steps], verdict.findings, rubric, failed=failed
        )
        changes["verdict"] = "fail" if failed else "pass"
        if points <= verdict.score:
            changes |= {"score": points, "subtractions": lines}
    return JudgedSequenceVerdict(**(_fields(verdict) | changes), judge=report)


def _judged_step(step: StepVerdict, found: Sequence[Finding], rubric: Rubric) -> StepVerdict:
    if not found:
        return step
    findings = _merged(step.findings, found)
    return StepVerdict(
        step=step.step,
        verdict=_worse(step.verdict, found),
        score=min(step.score, score(findings, rubric)[0]),
        defects=_defects(findings),
        findings=findings,
    )


def _merged(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted((*old, *new), key=lambda one: (_RANK[one.severity], one.start if one.start >= 0 else 1 << 30))
    )


def _worse(verdict: Any, found: Sequence[Finding]) -> Any:
    return "fail" if any(one.severity == "error" for one in found) else verdict


def _defects(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.defect for one in findings if one.defect and one.severity != "info"))


def _fields(record: Verdict) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields if name != "judge"}
