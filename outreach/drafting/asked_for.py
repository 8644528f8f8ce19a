"""A redraft and what a person asked for in; its verdict with an error for each name or figure that came in by the asking alone.

Whoever asks for "the office in Lima" may be right, but no fact says so, and a reader who knows better stops there.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from outreach.domain.drafts import Draft
from outreach.domain.judgement import Finding, SequenceVerdict, StepVerdict
from outreach.domain.plans import Plan
from outreach.drafting.basis import FAIL_CAP
from outreach.drafting.context import judging_context
from outreach.drafting.written import Written
from outreach.grounding.support import classify_sentence
from outreach.text.folding import folded_words
from outreach.text.languages import pack

_CHECK = "B2"


def with_asked(
    verdict: SequenceVerdict, draft: Draft, plan: Plan, steps: Collection[int], instruction: str
) -> SequenceVerdict:
    """Return the verdict with the findings added. Without a pack for the language there is nothing to look with."""
    if pack(draft.language) is None:
        return verdict
    found = {message.step: list(_ungrounded(draft, message.step, plan, instruction)) for message in draft.messages
             if message.step in steps}  # fmt: skip
    if not any(found.values()):
        return verdict
    judged = tuple(_failed(step, found.get(step.step, [])) for step in verdict.steps)
    return verdict.model_copy(
        update={"verdict": "fail", "score": min(verdict.score, FAIL_CAP), "steps": judged}
    )


def asked_again(written: Written, plan: Plan, instruction: str | None) -> Written:
    """Return a text that is judged anew with what its last instruction brought in held against the plan of today."""
    draft = written.draft
    steps = [message.step for message in draft.messages]
    return replace(written, verdict=with_asked(written.verdict, draft, plan, steps, instruction or ""))


def _ungrounded(draft: Draft, number: int, plan: Plan, instruction: str) -> Iterator[Finding]:
    """Yield a finding for each name or figure of the instruction that a message holds and the ground does not."""
    asked = set(folded_words(instruction))
    context = judging_context(plan)
    message = next(one for one in draft.messages if one.step == number)
    for sentence in (message.subject, *(item.sentence for item in message.basis)):
        support = classify_sentence(sentence or "", context, draft.language)
        for text in (*support.missing_names, *support.missing_numbers):
            if asked & set(folded_words(text)):
                yield Finding(
                    check=_CHECK, severity="error", dimension="grounding", quote=text,
                    message="it was asked for, but no fact or claim holds it",
                    hint="leave it out; to have it said, add it to the facts of the list or to the offer",
                )  # fmt: skip


def _failed(step: StepVerdict, findings: list[Finding]) -> StepVerdict:
    if not findings:
        return step
    return step.model_copy(
        update={
            "verdict": "fail",
            "score": min(step.score, FAIL_CAP),
            "findings": (*dict.fromkeys(findings), *step.findings),
        }
    )
