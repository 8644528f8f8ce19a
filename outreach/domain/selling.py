"""What is sold and how it is asked for: offer, claims, asks, sequences and role policies as their files say them."""

from typing import Literal

from pydantic import Field, model_validator

from outreach.domain.branches import After, paths
from outreach.domain.record import Record, Texts
from outreach.domain.vocabulary import SUBJECT_CHANNELS, AskKind, BuyingRole, Channel, Goal, Weight


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
    after: After = Field(
        "start",
        description="what it waits for: nothing, the accepted connection request, or that it was not accepted",
    )
    thread: bool = Field(default=False, description="an email that replies in the thread of the one before")


class Sequence(Record):
    """The order, days, channels and goals of a prospect's messages."""

    id: str
    name: str
    description: str = ""
    wait_days: int = Field(
        14,
        ge=1,
        le=90,
        description="days from the start that a connection request may take to be accepted; then `not_accepted` steps run",
    )
    steps: tuple[SequenceStep, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _days_rise(self) -> "Sequence":
        for path in paths([step.after for step in self.steps]):
            days = [self.steps[at].day for at in path]
            if days != sorted(days):
                msg = "days of the steps must not fall"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _a_request_can_be_left_unaccepted(self) -> "Sequence":
        asked_on: int | None = None
        for number, step in enumerate(self.steps, 1):
            if step.channel == "connection_request" and asked_on is None:
                asked_on = step.day
            if step.after == "not_accepted":
                fault = self._fault_of_unaccepted(step, asked_on)
                if fault:
                    msg = f"step {number}, `after: not_accepted`: {fault}"
                    raise ValueError(msg)
        return self

    def _fault_of_unaccepted(self, step: SequenceStep, asked_on: int | None) -> str:
        if asked_on is None:
            return "no connection_request stands before it"
        if asked_on >= self.wait_days:
            return f"the connection_request comes on day {asked_on}, wait_days is {self.wait_days}"
        if step.channel not in SUBJECT_CHANNELS:
            return f"a {step.channel} does not reach who has not accepted; take email or inmail"
        if step.day < self.wait_days:
            return f"day {step.day} is before wait_days, {self.wait_days}"
        return ""


class ForbiddenMove(Record):
    """Something out of place for a buying role, and why."""

    move: str = Field(description="price, meeting, flattery, product, figures, forward …")
    why: str


class CommitteePlace(Record):
    """When a buying role is written to, where several people of one account are."""

    place: int = Field(ge=1, description="1 is written to first; roles may share a place")
    why: str = Field(min_length=1, description="the reason, as it is shown to a person")


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
