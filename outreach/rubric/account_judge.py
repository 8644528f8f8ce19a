"""A judged sequence and its colleagues in; the verdict with what the account's checks found out, each finding at its step."""

from outreach.domain.judgement import Finding, SequenceVerdict, StepVerdict
from outreach.rubric.account_view import Colleagues, MemberView, Told
from outreach.rubric.judge import is_on, note_findings, speaks
from outreach.rubric.registry import all_checks
from outreach.rubric.rubrics import Rubric

#: The module whose checks look at a message beside its colleagues'.
_ROOM = "outreach.rubric.checks_account"


def account_findings(told: Told, colleagues: Colleagues, rubric: Rubric) -> dict[int, list[Finding]]:
    """Return what the account's checks find, by step; nothing for somebody without colleagues."""
    found: dict[int, list[Finding]] = {}
    if not colleagues:
        return found
    for at, step in enumerate(told.record.steps):
        seen = MemberView(told, at, colleagues)
        for spec in all_checks().values():
            if (
                spec.run.__module__ != _ROOM
                or not is_on(spec, rubric)
                or not speaks(spec, seen.view.language)
            ):
                continue
            findings = list(note_findings(spec, spec.run(seen), rubric, seen.view.raw))
            if findings:
                found.setdefault(step.step, []).extend(findings)
    return found


def with_account(verdict: SequenceVerdict, found: dict[int, list[Finding]], cap: int) -> SequenceVerdict:
    """Return the verdict with these findings at their steps; `fail`, and no score above `cap`, where one is an error."""
    if not found:
        return verdict
    steps = tuple(_step(step, found.get(step.step, []), cap) for step in verdict.steps)
    if not any(finding.severity == "error" for findings in found.values() for finding in findings):
        return verdict.model_copy(update={"steps": steps})
    return verdict.model_copy(update={"verdict": "fail", "score": min(verdict.score, cap), "steps": steps})


def _step(step: StepVerdict, findings: list[Finding], cap: int) -> StepVerdict:
    update: dict[str, object] = {"findings": (*findings, *step.findings)}
    if any(finding.severity == "error" for finding in findings):
        update |= {"verdict": "fail", "score": min(step.score, cap)}
    return step.model_copy(update=update)


def is_account_check(check_id: str) -> bool:
    """Say whether a finding is one about colleagues."""
    spec = all_checks().get(check_id)
    return spec is not None and spec.run.__module__ == _ROOM
