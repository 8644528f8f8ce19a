"""What is sold and how it is asked for: offer, claims, asks, sequences and role policies as their files say them."""

from typing import Literal

from pydantic import Field, model_validator

from outreach.domain.record import Record, Texts
from outreach.domain.vocabulary import AskKind, BuyingRole, Channel, Goal, Weight


class Sender(Record):
    """Who signs. The address and opt-out line go under every email, apart from its body."""

    name: str
    title: str = ""
    company: str
    signature: str = Field("", description="how messages are signed; default: the first name")
    postal_address: str = ""
    opt_out: Texts | None = None


class Claim(Record):
    """A locked statement: the only thing we may say of ourselves or our customers. Used word for word or retold truly."""

    id: str
    text: Texts = Field(description="one or two whole sentences")
    answers: tuple[str, ...] = Field((), description="ids of the pains it answers")
    proof: str = Field("", description="what we hold that proves it; never shown to a prospect")
    may_name: bool = Field(default=False, description="whether a customer named in it may be named")
    kind: Literal["figure", "peer", "method", "product"] = Field(
        "peer", description="what sort of proof it is, for role policies"
    )


class Ask(Record):
    """Something we may ask for or offer to send."""

    id: str
    text: Texts = Field(
        description="a noun phrase with its article (`a two-page write-up of …`), or a whole question ending in ?"
    )
    weight: Weight = "light"
    kind: AskKind = "asset"
    answers: tuple[str, ...] = Field((), description="ids of pains it belongs to; empty: any")


class Offer(Record):
    """What is offered: sender, product in a line, locked claims, asks lightest first, and what is never said."""

    sender: Sender
    product: Texts = Field(
        description="what the sender's company does, a verb phrase: `plans onboarding for sales teams`"
    )
    topic: Texts | None = Field(
        None, description="the subject in two to four words, as it follows `about`: `ramping new reps`"
    )
    claims: tuple[Claim, ...] = ()
    asks: tuple[Ask, ...] = ()
    never_say: tuple[str, ...] = ()
    evidence: str = ""
    confidence: Literal["high", "medium", "low", ""] = ""


class SequenceStep(Record):
    """One touch of a sequence."""

    channel: Channel
    day: int = Field(
        ge=0, description="days after the first step; after accepting for steps with `after: accepted`"
    )
    goal: Goal
    after: Literal["start", "accepted"] = "start"
    thread: bool = Field(default=False, description="an email that replies in the thread of the one before")


class Sequence(Record):
    """The order, days, channels and goals of a prospect's messages."""

    id: str
    name: str
    description: str = ""
    steps: tuple[SequenceStep, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _days_rise(self) -> "Sequence":
        days = [step.day for step in self.steps]
        if days != sorted(days):
            msg = "days of the steps must not fall"
            raise ValueError(msg)
        return self


class ForbiddenMove(Record):
    """Something out of place for a buying role, and why."""

    move: str = Field(description="price, meeting, flattery, product, figures, forward …")
    why: str


class CommitteePlace(Record):
    """When a buying role is written to among colleagues, and why: 1 is first; roles may share a place."""

    place: int
    why: str


class RolePolicy(Record):
    """What a buying role may be asked, in which step, which proof counts, how long, and what is out of place."""

    id: BuyingRole
    description: str
    asks: dict[Goal, tuple[AskKind, ...]] = Field(
        description="allowed kinds of ask by step goal, preferred first"
    )
    proof: tuple[Literal["figure", "peer", "method", "product"], ...] = Field(
        (), description="proof that counts, best first"
    )
    max_words: dict[Channel, int] = Field(
        default_factory=dict, description="words a message may have, under the channel's own limit"
    )
    forbidden: tuple[ForbiddenMove, ...] = ()
    advice: str = Field("", description="one paragraph for the prompt: how to write to this role")
    committee: CommitteePlace | None = Field(
        None, description="who of an account is written to first, where several are on the list"
    )
