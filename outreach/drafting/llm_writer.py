"""A plan, a client, prompts and a rubric in; a judged draft out: one call, then repairs of only the steps that fail."""

import re
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Protocol

from outreach.domain.completions import Completion, Prompt
from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import Finding, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.drafting.answers import read_answer, with_thread_subjects
from outreach.drafting.basis import verified
from outreach.drafting.judged import Examiner, judge_draft
from outreach.drafting.tries import Bill, Try
from outreach.drafting.written import Written
from outreach.errors import AnswerError, CallError
from outreach.llm.provider import CompletionSource
from outreach.rubric.account_view import NOBODY, Colleagues
from outreach.rubric.rubrics import Rubric

_STEP_NUMBERS = re.compile(r"\bsteps? (\d+)")


class PromptSource(Protocol):
    """Whoever makes the prompts of a run."""

    def sequence(self, plan: Plan) -> Prompt:
        """Return the prompt that writes a plan's sequence."""
        ...

    def again(self, prompt: Prompt, reason: str) -> Prompt:
        """Return a prompt once more with why its last answer could not be used."""
        ...

    def repair(
        self, plan: Plan, draft: Draft, findings: dict[int, Sequence[Finding]], refused: Sequence[str] = ()
    ) -> Prompt:
        """Return the prompt that rewrites only the steps with findings."""
        ...


async def write_with_llm(
    plan: Plan,
    client: CompletionSource,
    prompts: PromptSource,
    rubric: Rubric,
    max_repairs: int = 2,
    *,
    sample: int = 0,
    examiner: Examiner | None = None,
    colleagues: Colleagues = NOBODY,
    finish: Callable[[Draft], Draft] | None = None,
) -> Written:
    """Write a plan's sequence with a model.

    Args:
        plan: what to write.
        client: answers prompts.
        prompts: makes them.
        rubric: judges the draft.
        max_repairs: calls after the first, at most; an answer that cannot be read takes one too.
        sample: which of several drafts of the same prompt this is.
        examiner: judges beside the rubric; what it calls an error is repaired like any other.
        colleagues: who else of the account is written to, and what they get; what exposes or repeats it is repaired.
        finish: lays over each draft what is no model's to write, such as the subject of a thread, before it is judged.

    Returns:
        The best of all tries by errors, then score, with its verdict; `fail` where no try passes.

    Raises:
        AnswerError: no answer could be read.
        CallError: the first call failed for good. When a repair fails, what is there is kept.
        ProviderError: the provider refuses the run as a whole.
    """
    bill = Bill()

    async def judged(draft: Draft) -> Try:
        draft = verified(finish(draft) if finish else draft, plan)
        return Try(draft, await judge_draft(draft, plan, rubric, examiner, colleagues))

    first = await first_readable(
        prompts.sequence(plan),
        lambda answer: read_answer(answer, plan),
        client,
        prompts,
        max_repairs,
        bill,
        sample,
    )
    best = await judged(first)
    return bill.written(await repaired(plan, best, client, prompts, judged, max_repairs, bill, sample))


async def repaired(
    plan: Plan,
    best: Try,
    client: CompletionSource,
    prompts: PromptSource,
    judged: Callable[[Draft], Awaitable[Try]],
    max_repairs: int,
    bill: Bill,
    sample: int,
    only: Collection[int] | None = None,
) -> Try:
    """Have the failing steps of a try rewritten until it passes or the calls are used up; return the best try.

    `only` names the steps that may be rewritten; the others stay as they are, whatever is found in them.
    """
    refused: list[str] = []
    while best.verdict.verdict == "fail" and bill.calls <= max_repairs:
        found = failing_steps(best.verdict, best.draft)
        found = {step: why for step, why in found.items() if only is None or step in only}
        if not found:
            break
        asked = prompts.repair(plan, best.draft, found, refused)
        try:
            completion = await bill.paid(client, asked, sample)
            mended = await judged(merged(best.draft, read_answer(completion, plan, set(found))))
        except CallError:
            break
        except AnswerError as error:
            refused.append(error.what)
            continue
        news = [f"{finding.message}: {finding.quote}" for finding in mended.news(best)]
        # One error for another is no repair, whatever the score says.
        if mended.is_better_than(best) and not (news and len(mended.errors) == len(best.errors)):
            best, refused = mended, []
        else:
            refused.extend(news or ["it mended nothing"])
    return best


async def first_readable(
    prompt: Prompt,
    read: Callable[[Completion], Draft],
    client: CompletionSource,
    prompts: PromptSource,
    max_repairs: int,
    bill: Bill,
    sample: int,
) -> Draft:
    """Return what `read` makes of the first answer it can use; after one that it cannot, the reason is sent along."""
    asked = prompt
    while True:
        try:
            return read(await bill.paid(client, asked, sample))
        except AnswerError as error:
            if bill.calls > max_repairs:
                raise
            asked = prompts.again(prompt, error.what)
            # The same fault twice would be the same prompt, and the cache would give the same answer.
            sample += 1


def merged(draft: Draft, mended: Draft) -> Draft:
    """Return the draft with the messages of those steps that were written anew."""
    new: dict[int, Message] = {message.step: message for message in mended.messages}
    messages = tuple(new.get(message.step, message) for message in draft.messages)
    return draft.model_copy(update={"messages": with_thread_subjects(messages)})


def failing_steps(verdict: SequenceVerdict, draft: Draft) -> dict[int, Sequence[Finding]]:
    """Return the findings of each step that must be written anew, errors first; never empty for a failed verdict.

    A finding about the sequence belongs to the step it names; to the last one where it names none.
    """
    found: dict[int, list[Finding]] = {}
    for step in verdict.steps:
        if step.verdict == "fail":
            found[step.step] = [finding for finding in step.findings if finding.severity != "info"]
    numbers = [message.step for message in draft.messages]
    for finding in verdict.findings:
        if finding.severity != "error":
            continue
        named = step_named(finding)
        step_number = named if named in numbers else numbers[-1]
        if step_number not in found or not _echoes(finding, found[step_number]):
            found.setdefault(step_number, []).append(finding)
    return dict(found)


def step_named(finding: Finding) -> int | None:
    """Return the step that a finding about the sequence names, or None."""
    named = _STEP_NUMBERS.search(finding.quote) or _STEP_NUMBERS.search(finding.message)
    return int(named[1]) if named else None


def _echoes(finding: Finding, others: Sequence[Finding]) -> bool:
    """Say whether a sequence finding only repeats that a step has errors of its own: those say it better."""
    return (
        finding.dimension == "sequence"
        and finding.quote.startswith("step ")
        and any(one.severity == "error" for one in others)
    )
