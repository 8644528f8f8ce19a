"""A draft, its plan and what a person asks for in; some steps written anew out, accepted or refused with the reasons.

A redraft is judged as part of the whole sequence. It is accepted where the sequence passes, or where the draft failed before
and no error is new or in a step that was redone. Else the draft stays as it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from outreach.domain.completions import Completion, Prompt
from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import Finding, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.drafting.answers import read_answer
from outreach.drafting.basis import verified
from outreach.drafting.held import held
from outreach.drafting.judged import Examiner, judge_draft
from outreach.drafting.llm_writer import PromptSource, first_readable, merged, repaired, step_named
from outreach.drafting.tries import Bill, Try
from outreach.drafting.written import Written
from outreach.errors import AnswerError
from outreach.llm.provider import CompletionSource
from outreach.rubric.account_view import NOBODY, Colleagues
from outreach.rubric.rubrics import Rubric


class RedraftSource(PromptSource, Protocol):
    """Whoever makes the prompts of a redraft and its repairs."""

    def redraft(self, plan: Plan, draft: Draft, steps: Collection[int], instruction: str) -> Prompt:
        """Return the prompt that writes some steps of a draft anew."""
        ...


@dataclass(frozen=True)
class Request:
    """What a person asks for: these steps of this draft, as the instruction says."""

    plan: Plan
    draft: Draft
    steps: tuple[int, ...]
    instruction: str


@dataclass(frozen=True)
class Redrafted:
    """What came of a request. Refused: `reasons` say why, one line each. `notes`: steps that were left as they are."""

    written: Written
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the redraft may take the place of the draft."""
        return not self.reasons


async def redraft_with_llm(
    request: Request,
    client: CompletionSource,
    prompts: RedraftSource,
    rubric: Rubric,
    max_repairs: int,
    *,
    sample: int = 0,
    examiner: Examiner | None = None,
    colleagues: Colleagues = NOBODY,
) -> Redrafted:
    """Have a model write some steps anew.

    Args:
        request: what to redo, and how.
        client: answers prompts.
        prompts: makes them.
        rubric: judges the whole sequence.
        max_repairs: calls after the first, at most; an answer that cannot be read takes one too.
        sample: tells a redraft from an earlier one with the same prompt, so that the cache does not give the same text.
        examiner: judges beside the rubric.
        colleagues: who else of the account is written to, and what they get.

    Raises:
        AnswerError: no answer could be read.
        CallError: the first call failed for good.
        ProviderError: the provider refuses the run as a whole.
    """
    plan, bill = request.plan, Bill()

    def signed(draft: Draft) -> Draft:
        """Verify what is new; what was there keeps the basis that it was signed with."""
        new = verified(draft.model_copy(update={"messages": _of(draft, request.steps)}), plan)
        return merged(draft, new)

    async def judged(draft: Draft) -> Try:
        draft = signed(draft)
        verdict = await judge_draft(draft, plan, rubric, examiner, colleagues)
        return Try(draft, held(verdict, draft, plan, request.steps, request.instruction))

    before = request.draft
    was = await judge_draft(before, plan, rubric, colleagues=colleagues)
    old = Try(before, held(was, before, plan))

    def read(answer: Completion) -> Draft:
        return _changed(before, merged(before, read_answer(answer, plan, set(request.steps))))

    prompt = prompts.redraft(plan, before, request.steps, request.instruction)
    first = await first_readable(prompt, read, client, prompts, max_repairs, bill, sample)
    best = await repaired(
        plan, await judged(first), client, prompts, judged, max_repairs, bill, sample, only=set(request.steps)
    )
    return Redrafted(bill.written(best), reasons_against(best, old, request.steps))


def _changed(draft: Draft, redone: Draft) -> Draft:
    if redone.version == draft.version:
        raise AnswerError(
            "it changed nothing; do what is asked", hint="ask for something else, or in other words"
        )
    return redone


def reasons_against(new: Try, before: Try, steps: Collection[int]) -> tuple[str, ...]:
    """Return why a redraft may not take the place of the draft; nothing where it may."""
    if new.verdict.verdict == "pass":
        return ()
    own = [finding for step in new.verdict.steps if step.step in steps for finding in _errors(step.findings)]
    failed_before = {step.step for step in before.verdict.steps if step.verdict == "fail"} - set(steps)
    news = [finding for finding in new.news(before) if step_named(finding) not in failed_before]
    against = new.errors if before.verdict.verdict == "pass" else [*own, *news]
    lines = (_line(finding, new.verdict) for finding in against)
    return tuple(dict.fromkeys(lines))


def _of(draft: Draft, steps: Collection[int]) -> tuple[Message, ...]:
    return tuple(message for message in draft.messages if message.step in steps)


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def _line(finding: Finding, verdict: SequenceVerdict) -> str:
    step = next((step.step for step in verdict.steps if finding in step.findings), None)
    where = f"step {step}: " if step is not None else ""
    quote = f': "{finding.quote}"' if finding.quote else ""
    return f"{where}{finding.check}: {finding.message}{quote}"
