"""A message or sequence with the rules' verdict in; the verdict with what a model adds to it out. No fault of it stops anything."""

import asyncio
from dataclasses import dataclass, field

from outreach.domain.branches import meet
from outreach.domain.completions import Prompt
from outreach.domain.ids import content_hash
from outreach.domain.judgement import Context, MessageRecord, SequenceRecord, SequenceVerdict, Verdict
from outreach.domain.opinions import (
    JudgedSequenceVerdict,
    JudgedVerdict,
    JudgeReport,
    Opinion,
)
from outreach.errors import AnswerError, BudgetError, CallError, ProviderError
from outreach.judging.adding import findings_of, judged_sequence, judged_verdict
from outreach.judging.answers import no_opinions, read_opinions
from outreach.judging.criteria import Criterion
from outreach.judging.ground import MAX_GROUND_CHARS, MAX_MESSAGE_CHARS, ground_of, shown_message
from outreach.judging.prompts import JudgePrompts
from outreach.llm.provider import CompletionSource
from outreach.prompting.prompts import asked_again
from outreach.rubric.rubrics import Rubric


@dataclass
class Judge:
    """Asks a model about messages. `may_fail` names the criteria whose findings are errors: those calibrated for it."""

    client: CompletionSource
    prompts: JudgePrompts
    rubric: Rubric
    #: `provider:model`, and where it is asked.
    model: str
    base_url: str = ""
    may_fail: tuple[str, ...] = ()
    #: The first fault that ended all calls, for those who cannot do without the judge.
    stopped: ProviderError | None = field(default=None, init=False)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What it asks."""
        return self.prompts.criteria

    @property
    def key(self) -> str:
        """The hash of what makes its findings, beside the message: model, wording, rubric version, what may fail."""
        made_of = [self.model, self.base_url, self.prompts.hash, self.prompts.rubric_key, self.may_fail]
        return content_hash(made_of)

    async def message(self, record: MessageRecord, verdict: Verdict) -> JudgedVerdict:
        """Add the judge's findings to a message's verdict."""
        opinions = await self.opinions(record)
        found = findings_of(opinions, record, self.criteria, self.may_fail)
        return judged_verdict(verdict, found, self._report(opinions), self.rubric)

    async def sequence(self, record: SequenceRecord, verdict: SequenceVerdict) -> JudgedSequenceVerdict:
        """Add the judge's findings to the steps of a sequence: each is asked about by itself, with those before it."""
        steps = messages_of(record)
        answered = await asyncio.gather(*(self.opinions(step) for step in steps))
        found = {
            step.step: findings_of(opinions, step, self.criteria, self.may_fail)
            for step, opinions in zip(steps, answered, strict=True)
        }
        report = self._report([opinion for opinions in answered for opinion in opinions])
        return judged_sequence(verdict, found, report, self.rubric)

    async def opinions(self, record: MessageRecord) -> list[Opinion]:
        """Ask about one message. Every criterion gets an opinion, also where it only says why there is none."""
        ground = ground_of(record)
        if why := _too_long(record, ground):
            return no_opinions(self.criteria, record.step, "not_asked", why)
        try:
            opinions = await self._asked(self.prompts.message(record), record, ground)
        except ProviderError as error:
            self.stopped = self.stopped or error
            why = "the budget is spent" if isinstance(error, BudgetError) else error.what
            return no_opinions(self.criteria, record.step, "failed", why)
        except CallError as error:
            return no_opinions(self.criteria, record.step, "failed", error.what)
        except AnswerError as error:  # refused, withheld or cut off: asking again would get the same
            return no_opinions(self.criteria, record.step, "void", error.what)
        if "context" in record.model_fields_set:
            return opinions
        bare = {one.id for one in self.criteria if one.needs_context}
        return [
            Opinion(step=one.step, criterion=one.criterion, answer="not_asked", why="the message has no context")
            if one.criterion in bare
            else one
            for one in opinions
        ]  # fmt: skip

    async def _asked(self, prompt: Prompt, record: MessageRecord, ground: dict[str, str]) -> list[Opinion]:
        """Ask, and once more with the reason where the answer cannot be read."""
        completion = await self.client.complete(prompt)
        try:
            return read_opinions(completion.text, record, self.criteria, ground)
        except AnswerError as error:
            completion = await self.client.complete(asked_again(prompt, error.what))
        try:
            return read_opinions(completion.text, record, self.criteria, ground)
        except AnswerError as error:
            why = f"the answer could not be read: {error.what}"
            return no_opinions(self.criteria, record.step, "void", why)

    def _report(self, opinions: list[Opinion]) -> JudgeReport:
        return JudgeReport(model=self.model, may_fail=self.may_fail, opinions=tuple(opinions))


def messages_of(record: SequenceRecord) -> list[MessageRecord]:
    """Return the steps of a sequence as messages, each with the steps before it that may have reached its reader."""
    messages: list[MessageRecord] = []
    for at, step in enumerate(record.steps):
        earlier = tuple(one.body for one in record.steps[:at] if meet(one.after, step.after))
        context: dict[str, Context] = {}
        if "context" in record.model_fields_set:
            known = {part: getattr(record.context, part) for part in record.context.model_fields_set}
            context["context"] = Context(
                **known, previous_messages=earlier, existing_thread=step.existing_thread
            )
        messages.append(
            MessageRecord(
                id=f"{record.id}/{step.step}", channel=step.channel, step=step.step, language=record.language,
                subject=step.subject, body=step.body, **context,
            )
        )  # fmt: skip
    return messages


def _too_long(record: MessageRecord, ground: dict[str, str]) -> str:
    """Return why a message is not shown to the judge: nothing is cut, since the point could be in what is cut off."""
    if len(shown_message(record)) > MAX_MESSAGE_CHARS:
        return f"the message is longer than {MAX_MESSAGE_CHARS} characters"
    if sum(len(text) for text in ground.values()) > MAX_GROUND_CHARS:
        return f"the context is longer than {MAX_GROUND_CHARS} characters"
    return ""
