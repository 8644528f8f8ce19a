"""What was written: messages of a sequence, each sentence with what it rests on."""

from pydantic import Field

from outreach.domain.branches import After
from outreach.domain.ids import content_hash
from outreach.domain.record import Record
from outreach.domain.vocabulary import Channel


class SentenceBasis(Record):
    """A sentence and the ids it rests on: `fact:…`, `claim:…`, `pain:…`, `ask:…`, `hedge`, `question`, `courtesy`."""

    sentence: str
    rests_on: tuple[str, ...]


class Message(Record):
    """One drafted message."""

    step: int
    channel: Channel
    day: int
    after: After = "start"
    subject: str | None = None
    body: str
    footer: str | None = Field(
        None, description="identity, address and opt-out of an email; counted apart from the body"
    )
    existing_thread: bool = False
    basis: tuple[SentenceBasis, ...] = ()


class Draft(Record):
    """A drafted sequence: what a plan became, and by whom."""

    outreach_id: str
    language: str
    messages: tuple[Message, ...]
    provider: str = "offline"
    model: str = "offline"
    fallback: bool = False

    @property
    def version(self) -> str:
        """The hash of the text alone: what an approval is bound to, among other things."""
        return "d1_" + content_hash([[m.step, m.channel, m.subject, m.body] for m in self.messages])[:16]
