"""What will be written and why: the plan of a prospect's sequence, step by step, before anything is paid for."""

from pydantic import Field

from outreach.domain.branches import After
from outreach.domain.buyers import Persona
from outreach.domain.people import Fact, Prospect
from outreach.domain.record import Record
from outreach.domain.selling import Ask, Claim, Offer, RolePolicy
from outreach.domain.verdicts import Qualification
from outreach.domain.vocabulary import Address, AskKind, Channel, Goal
from outreach.domain.voices import Voice


class Angle(Record):
    """The one idea of a step: a pain, and what of fact and claim stands beside it. No two steps share one."""

    pain_id: str | None = None
    claim_id: str | None = None
    fact_id: str | None = None
    reason: str = ""


class PlannedStep(Record):
    """One step of a plan."""

    step: int = Field(description="from 1, after dropped steps")
    channel: Channel
    day: int
    after: After = Field(
        "start",
        description="`accepted`: its day counts from the accepted connection request; `not_accepted`: only where it was not accepted",
    )
    goal: Goal
    angle: Angle
    ask_kind: AskKind = "none"
    ask_id: str | None = Field(
        None, description="the offer's ask to use; None with `question`, `route` or `none`"
    )
    existing_thread: bool = False
    max_chars: int | None = Field(None, description="hard limit: the larger of code points and UTF-16 units")
    max_words: int | None = None


class Avoided(Record):
    """What a person's plan keeps clear of because colleagues get it. Ids, sorted."""

    facts: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    withheld: tuple[str, ...] = Field(
        (),
        description="facts that name a colleague who is written to as well: never told, not even to a model",
    )


NOTHING_AVOIDED = Avoided()


class CommitteePart(Record):
    """A person's place among the people of one account that are written to."""

    place: int = Field(description="from 1")
    size: int = Field(description="people of the account that are planned together")
    start_day: int = Field(description="the same as the plan's: days from the start of the whole list")
    reason: str = Field(description="why in this place")
    avoid: Avoided = Field(NOTHING_AVOIDED, description="what colleagues' plans are built on")


class Plan(Record):
    """The whole sequence of one prospect, with all the material it may draw on. `outreach_id` is its hash."""

    outreach_id: str = Field(
        description="`o1_` + hash of person, persona, sequence and arm: stable under edits and redrafts"
    )
    prospect: Prospect
    persona: Persona
    offer: Offer
    policy: RolePolicy
    qualification: Qualification
    sequence_id: str
    wait_days: int | None = Field(
        None, description="day by which the request must be accepted; None: no step depends on that it is not"
    )
    arm: str | None = None
    variant: str = Field("default", description="variant of the prompt task `sequence`")
    language: str
    address: Address
    address_reason: str
    facts: tuple[Fact, ...] = Field((), description="facts that are fresh at `as_of`, best first")
    stale_fact_ids: tuple[str, ...] = ()
    steps: tuple[PlannedStep, ...]
    dropped: tuple[str, ...] = Field((), description="steps left out and why: `step 3 email: no address`")
    note_limit: int = Field(200, description="connection note limit of the sender's account")
    committee: CommitteePart | None = Field(None, description="None for the only person of an account")
    bare_request: str = Field(
        "",
        description="why the connection request goes out without a note; empty: with one, or no request at all",
    )
    invite_week: int | None = Field(
        None, description="week of the connection request, from 1; None without `invites_per_week`"
    )
    start_day: int = Field(
        0,
        description="days from the start of the whole list to the first step; days of steps count from here",
    )
    voice: Voice | None = Field(None, description="how the sender writes: style, and never ground truth")

    def claim(self, claim_id: str | None) -> Claim | None:
        """Return the offer's claim with this id, or None."""
        return next((claim for claim in self.offer.claims if claim.id == claim_id), None)

    def ask(self, ask_id: str | None) -> Ask | None:
        """Return the offer's ask with this id, or None."""
        return next((ask for ask in self.offer.asks if ask.id == ask_id), None)

    def fact(self, fact_id: str | None) -> Fact | None:
        """Return the plan's fact with this id, or None."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)
