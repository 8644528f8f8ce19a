"""A plan, a client, prompts and a rubric in; a judged draft out: one call, then repairs of only the steps that fail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from outreach.domain.completions import Completion, Prompt, Usage
from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import Finding, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.drafting.answers import read_answer, with_thread_subjects
from outreach.drafting.basis import verified
from outreach.drafting.judged import Examiner, judge_draft
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


@dataclass(frozen=True)
class _Try:
    """A draft and its verdict; tries are compared by errors, then by score."""

    draft: Draft
    verdict: SequenceVerdict

    @property
    def errors(self) -> list[Finding]:
        found = [finding for step in self.verdict.steps for finding in step.findings] + list(
            self.verdict.findings
        )
        return [finding for finding in found if finding.severity == "error"]

    def is_better_than(self, other: "_Try") -> bool:
        """Fewer errors, or as many and a better score."""
        return (len(self.errors), -self.verdict.score) < (len(other.errors), -other.verdict.score)


@dataclass
class _Bill:
    """What the tries of one prospect took. An answer out of our cache costs nothing."""

    calls: int = 0
    usages: list[Usage] = field(default_factory=list)

    async def paid(self, client: CompletionSource, prompt: Prompt, sample: int) -> Completion:
        """Answer a prompt and note what it took. A refused call counts as a try, too."""
        self.calls += 1
        completion = await client.complete(prompt, sample)
        free = completion.usage.model_copy(update={"cost_usd": 0.0})
        self.usages.append(free if completion.cached else completion.usage)
        return completion

    def written(self, best: _Try) -> Written:
        costs = [usage.cost_usd for usage in self.usages]
        return Written(
            draft=best.draft,
            verdict=best.verdict,
            input_tokens=sum(usage.input_tokens for usage in self.usages),
            output_tokens=sum(usage.output_tokens for usage in self.usages),
            cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
            tries=self.calls,
        )


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

    Returns:
        The best of all tries by errors, then score, with its verdict; `fail` where no try passes.

    Raises:
        AnswerError: no answer could be read.
        CallError: the first call failed for good. When a repair fails, what is there is kept.
        ProviderError: the provider refuses the run as a whole.
    """
    bill = _Bill()

    async def judged(draft: Draft) -> _Try:
        draft = verified(draft, plan)
        return _Try(draft, await judge_draft(draft, plan, rubric, examiner, colleagues))

    best = await judged(await _first(plan, client, prompts, max_repairs, bill, sample))
    refused: list[str] = []
    while best.verdict.verdict == "fail" and bill.calls <= max_repairs:
        found = failing_steps(best.verdict, best.draft)
        asked = prompts.repair(plan, best.draft, found, refused)
        try:
            completion = await bill.paid(client, asked, sample)
            mended = await judged(_merged(best.draft, read_answer(completion, plan, set(found))))
        except CallError:
            break
        except AnswerError as error:
            refused.append(error.what)
            continue
        news = _news(mended, best)
        # One error for another is no repair, whatever the score says.
        if mended.is_better_than(best) and not (news and len(mended.errors) == len(best.errors)):
            best, refused = mended, []
        else:
            refused.extend(news or ["it mended nothing"])
    return bill.written(best)


async def _first(
    plan: Plan, client: CompletionSource, prompts: PromptSource, max_repairs: int, bill: _Bill, sample: int
) -> Draft:
    """Return the first draft that can be read; an answer that cannot is asked for again with the reason."""
    prompt = asked = prompts.sequence(plan)
    while True:
        try:
            return read_answer(await bill.paid(client, asked, sample), plan)
        except AnswerError as error:
            if bill.calls > max_repairs:
                raise
            asked = prompts.again(prompt, error.what)
            # The same fault twice would be the same prompt, and the cache would give the same answer.
            sample += 1


def _merged(draft: Draft, mended: Draft) -> Draft:
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
        named = _STEP_NUMBERS.search(finding.quote) or _STEP_NUMBERS.search(finding.message)
        step_number = int(named[1]) if named and int(named[1]) in numbers else numbers[-1]
        if step_number not in found or not _echoes(finding, found[step_number]):
            found.setdefault(step_number, []).append(finding)
    return dict(found)


def _echoes(finding: Finding, others: Sequence[Finding]) -> bool:
    """Say whether a sequence finding only repeats that a step has errors of its own: those say it better."""
    return (
        finding.dimension == "sequence"
        and finding.quote.startswith("step ")
        and any(one.severity == "error" for one in others)
    )


def _news(mended: _Try, best: _Try) -> list[str]:
    """Return the errors that a repair brought in, a line each."""
    before = {(finding.check, finding.quote) for finding in best.errors}
    return [
        f"{finding.message}: {finding.quote}"
        for finding in mended.errors
        if (finding.check, finding.quote) not in before
    ]
