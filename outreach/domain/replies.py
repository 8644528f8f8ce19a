"""What a prospect answered: how it was read, what became of the conversation, and the answer drafted to it."""

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from outreach.domain.drafts import Message
from outreach.domain.judgement import Finding
from outreach.domain.record import Record

ReplyClass = Literal[
    "interested",
    "question",
    "objection",
    "later",
    "not_me",
    "no",
    "opt_out",
    "out_of_office",
    "unclear",
]
REPLY_CLASSES: tuple[str, ...] = get_args(ReplyClass)
#: Classes after which no further message of the sequence may leave.
STOPPING = frozenset({"interested", "question", "objection", "later", "not_me", "no", "opt_out"})
#: Classes that an answer is drafted to. A plain no has been answered by leaving it at that.
ANSWERED = frozenset({"interested", "question", "objection", "later", "not_me"})


class NamedPerson(Record):
    """Somebody whom an answer names instead of its writer: a hint for the list, never added by itself."""

    name: str = ""
    email: str | None = None


class ReplyReading(Record):
    """What an answer says."""

    kind: ReplyClass
    words: tuple[str, ...] = Field(
        (), description="the words of the answer that the class rests on; none where a person said it"
    )
    by: Literal["rules", "model", "person"] = "rules"
    text: str = Field(description="the answer alone: no earlier messages, signature or hidden characters")
    language: str = "en"
    objection: int | None = Field(
        None,
        description="which of the persona's objections it is, from 0; None: none of them, or no objection",
    )
    objection_kind: str | None = Field(None, description="have_solution, budget, capacity, build …")
    resume_on: date | None = Field(None, description="when it asks to be written to again")
    returns_on: date | None = Field(None, description="when its writer is back, of an absence notice")
    named: NamedPerson | None = None
    asks: tuple[str, ...] = Field((), description="the questions it asks, as they stand")
    flags: tuple[str, ...] = Field((), description="what was odd: shortened, html, reads like an instruction")
    candidates: tuple[ReplyClass, ...] = Field((), description="what an unclear answer may be")


class DraftedAnswer(Record):
    """The answer drafted to a reply: judged like any draft, shown to be copied, never sent or exported."""

    message: Message
    verdict: Literal["pass", "fail"]
    score: int
    findings: tuple[Finding, ...] = ()
    provider: str = "offline"
    model: str = "offline"
    notes: tuple[str, ...] = Field(
        (), description="what the person has to do before sending: attach, look up"
    )


class ReplyLine(Record):
    """The object of `outreach reply --json`: how an answer was read, what was done, and the answer drafted to it."""

    outreach_id: str
    reading: ReplyReading
    stopped: bool = Field(description="whether no further message of the sequence leaves")
    suppressed: tuple[str, ...] = Field((), description="entries written to the suppression list")
    suppression_file: str | None = None
    answer: DraftedAnswer | None = None
    why_no_answer: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
