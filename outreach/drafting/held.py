"""A judged text in; its verdict with what only its history shows: what came in by a person's asking alone, what it rested on and is gone.

Whoever asks for "the office in Lima" may be right, but no fact says so, and a reader who knows better stops there. A text that
was signed with a fact falls with the fact, however harmless its words are without it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import Finding, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.drafting.basis import OFFER, READER, with_errors
from outreach.drafting.context import judging_context
from outreach.drafting.written import Written
from outreach.grounding.support import classify_sentence
from outreach.text.folding import folded_words
from outreach.text.languages import pack

#: Checks beside the rubric's, as B1 of `outreach.drafting.basis`.
_ASKED, _GONE = "B2", "B3"


def held(
    verdict: SequenceVerdict,
    draft: Draft,
    plan: Plan,
    steps: Collection[int] = (),
    instruction: str | None = "",
) -> SequenceVerdict:
    """Return a verdict with what the history of the text adds.

    Args:
        verdict: what the rubric says of it by the plan.
        draft: the text with the basis that its sentences were signed with.
        plan: the plan of today.
        steps: the steps that an instruction changed.
        instruction: what a person asked for there, if anything.
    """
    found = {message.step: list(_gone(message, plan)) for message in draft.messages}
    if instruction and pack(draft.language) is not None:  # without a pack there is nothing to look with
        for number in steps:
            found[number] += _ungrounded(draft, number, plan, instruction)
    return with_errors(verdict, {step: _each_once(findings) for step, findings in found.items()})


def held_again(written: Written, signed: Draft, plan: Plan, instruction: str | None) -> Written:
    """Return a text that is judged anew, held against its history; the basis that it was signed with stays with it."""
    steps = [message.step for message in signed.messages]
    return replace(written, draft=signed, verdict=held(written.verdict, signed, plan, steps, instruction))


def _gone(message: Message, plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each sentence that was signed with what the plan does not hold any more."""
    held = {"fact": plan.fact, "claim": plan.claim, "ask": plan.ask}
    for item in message.basis:
        for one in item.rests_on:
            kind, _, name = one.partition(":")
            if kind in held and one not in {READER, OFFER} and held[kind](name) is None:
                yield Finding(
                    check=_GONE, severity="error", dimension="grounding", quote=item.sentence,
                    message=f"it rests on a {kind} that is not fresh any more, or gone",
                    hint="redraft the step, or draft it anew",
                )  # fmt: skip


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
                    check=_ASKED, severity="error", dimension="grounding", quote=text,
                    message="it was asked for, but no fact or claim holds it",
                    hint="leave it out; to have it said, add it to the facts of the list or to the offer",
                )  # fmt: skip


def _each_once(findings: list[Finding]) -> list[Finding]:
    return [one for at, one in enumerate(findings) if one not in findings[:at]]
