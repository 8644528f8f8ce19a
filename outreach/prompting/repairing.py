"""A plan, its draft and the findings in; the plain data of a repair out: what it must know and no more."""

from collections.abc import Sequence

from outreach.domain.branches import meet
from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import Finding
from outreach.domain.plans import Plan
from outreach.prompting.environment import Data
from outreach.prompting.material import HalvedData, fenced_reader, halved, step_terms

#: More findings at once make a repair worse: the rest shows when these are gone.
MAX_HINTS = 5
MAX_HINT_CHARS = 300
_WORST_FIRST = {"error": 0, "warn": 1, "info": 2}


def repair_data(
    plan: Plan,
    draft: Draft,
    findings: dict[int, Sequence[Finding]],
    refused: Sequence[str] = (),
    *,
    secret: bytes,
) -> HalvedData:
    """Return what a repair of the steps with findings needs: their text and hints, facts, and no profile text.

    The other messages are shown only where a finding is about the sequence: then the step must differ from them.
    """
    hints = _hints(findings)
    compares = any(_compares(finding) for found in findings.values() for finding in found)
    mended = [message.after for message in draft.messages if message.step in findings]
    others = [
        message
        for message in draft.messages
        if message.step not in findings and any(meet(message.after, after) for after in mended)
    ]
    own: Data = {
        "reader": fenced_reader(plan, secret),
        "steps": [
            step_terms(plan, step) | {"text": _text(message), "findings": hints.get(step.step, [])}
            for step in plan.steps
            for message in draft.messages
            if message.step == step.step and step.step in findings
        ],
        "others": [{"step": str(message.step), "text": message.body} for message in others]
        if compares
        else [],
        "refused": list(refused)[:MAX_HINTS],
    }
    return halved(plan, own)


def _compares(finding: Finding) -> bool:
    """Say whether a finding sets a message against the others, so that they must be seen to mend it."""
    return finding.dimension == "sequence" or finding.defect == "repeated_step"


def _hints(findings: dict[int, Sequence[Finding]]) -> dict[int, list[str]]:
    """Share the few lines there are among the steps: errors first, then in the order found."""
    ranked = sorted(
        ((finding, step) for step, found in findings.items() for finding in found),
        key=lambda pair: _WORST_FIRST[pair[0].severity],
    )
    hints: dict[int, list[str]] = {}
    for finding, step in ranked[:MAX_HINTS]:
        quote = f' "{finding.quote}"' if finding.quote else ""
        line = " ".join(f"{finding.message}{quote}. {finding.hint}".split())[:MAX_HINT_CHARS]
        if line not in hints.setdefault(step, []):
            hints[step].append(line)
    return hints


def _text(message: Message) -> str:
    return f"[{message.subject}]\n{message.body}" if message.subject else message.body
