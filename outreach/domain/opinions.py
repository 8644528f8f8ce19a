"""What an LLM judge says of messages: an opinion by criterion, and the verdicts and counts that carry them."""

from typing import Literal

from pydantic import Field

from outreach.domain.judgement import SequenceVerdict, Verdict
from outreach.domain.record import Record

#: `yes`: the fault is there. `void`: the answer does not count. `not_asked`: it does not apply. `failed`: no answer came.
Answer = Literal["yes", "no", "void", "not_asked", "failed"]

#: In place of a statement: nothing holds this claim.
NOTHING = "none"


class JudgedClaim(Record):
    """A claim that the judge found in a message, and what it rests on."""

    quote: str
    rests_on: str = Field(description='the statements of the context that hold it, or "none"')


class Opinion(Record):
    """The judge's answer to one criterion about one message."""

    step: int
    criterion: str
    answer: Answer
    quote: str = Field("", description="the words of the message that decide it")
    why: str = Field("", description="the judge's reason, for people; or why there is no answer")
    claims: tuple[JudgedClaim, ...] = ()


class JudgeReport(Record):
    """What the judge said of a message or sequence. It adds findings and takes none away."""

    model: str = Field(description="provider:model")
    may_fail: tuple[str, ...] = Field(
        (), description="criteria whose findings are errors: calibrated for this model and prompt"
    )
    opinions: tuple[Opinion, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether every call was answered; where not, the same command asks again what is missing."""
        return all(opinion.answer != "failed" for opinion in self.opinions)


class JudgedVerdict(Verdict):
    """A line of `validate --judge`: the rubric's verdict of a message with the judge's findings added."""

    judge: JudgeReport


class JudgedSequenceVerdict(SequenceVerdict):
    """A line of `validate --judge` for a sequence."""

    judge: JudgeReport


class JudgeCounts(Record):
    """The judge's part of `generate --json`, present only where a judge was used."""

    model: str
    may_fail: tuple[str, ...]
    messages: int = Field(description="messages that the judge was asked about")
    not_shown: int = Field(description="drafts that the rules fail: the judge was not asked about them")
    errors: int = Field(description="findings of the judge that fail a draft")
    warnings: int
    void: int = Field(
        description="answers that do not count: unreadable, or with a span that is not in the message"
    )
    not_asked: int = Field(description="criteria that did not apply")
    failed: int = Field(
        description="criteria without an answer because a call failed; the rules alone decided"
    )
    llm_calls: int
    cached: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
