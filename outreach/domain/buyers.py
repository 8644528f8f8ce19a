"""Who buys: personas and the ICP as their files say them. What comes in is a parsed file, what goes out is a record."""

from typing import Annotated, Literal

from pydantic import Field

from outreach.domain.record import Record, Texts
from outreach.domain.vocabulary import BuyingRole, Channel, Formality, Function, Seniority, Style


class Pain(Record):
    """A pain point of a persona, in the words such people use."""

    id: str
    text: Texts = Field(
        description="a clause without a full stop that can follow a colon: `reply rates fall while lists grow`"
    )
    question: Texts | None = Field(
        None, description="a question about it that is answered in one line, without a form of address"
    )
    remark: Texts | None = Field(
        None, description="one hedged general sentence about it (often, tends to), for an opening"
    )
    remark_of_event: bool = Field(
        default=False,
        description="the remark speaks of an event, such as a round: said only after a fact of these signals",
    )
    signals: tuple[str, ...] = Field(
        (), description="kinds of fact that make it likely now, such as hiring: the bridge from a fact"
    )


class PersonaMatch(Record):
    """How a title is recognised as this persona."""

    titles: tuple[str, ...] = Field((), description="titles in any language; matched as words in the title")
    functions: tuple[Function, ...] = ()
    seniority: tuple[Seniority, ...] = ()
    exclude: tuple[str, ...] = Field(
        (), description="words that rule the persona out, such as `assistant to`"
    )


class Communication(Record):
    """How this kind of buyer likes to be written to."""

    formality: Formality = "neutral"
    style: Style = "brief"
    evidence: Literal["data", "peers", "technical", "none"] = "data"
    channels: tuple[Channel | Literal["linkedin"], ...] = ("linkedin", "email")
    avoid: tuple[str, ...] = ()


class Objection(Record):
    """An objection with what answers it."""

    text: Texts = Field(description="as such people say it: `we already have a tool`")
    answers: tuple[str, ...] = Field(
        (), description="what answers it: ids of pains whose claims do, or kinds of claim such as peer"
    )


class Persona(Record):
    """A kind of buyer: role, responsibilities, pains, metrics, preferences, and the part they play in a purchase."""

    id: str
    name: str
    buying_role: BuyingRole
    match: PersonaMatch = PersonaMatch()
    responsibilities: tuple[Texts, ...] = ()
    pain_points: tuple[Pain, ...] = ()
    success_metrics: tuple[Texts, ...] = ()
    communication: Communication = Communication()
    objections: tuple[Annotated[Objection | Texts, Field(union_mode="left_to_right")], ...] = Field(
        (),
        description="what they tend to object: a text, or `{text: …, answers: [pain ids, kinds of claim]}`",
    )
    vocabulary: tuple[str, ...] = Field((), description="terms of the trade: never jargon to this reader")
    address: dict[str, str] = Field(
        default_factory=dict, description="form of address by language, over the default"
    )
    evidence: str = Field("", description="where these statements come from")
    confidence: Literal["high", "medium", "low", ""] = ""

    @property
    def objection_texts(self) -> tuple[dict[str, str], ...]:
        """The objections' texts by language, in order."""
        return tuple(one.text if isinstance(one, Objection) else one for one in self.objections)

    def objection_answers(self, number: int | None) -> tuple[str, ...]:
        """What answers an objection, by its number from 0; nothing where the file does not say."""
        found = self.objections[number] if number is not None and number < len(self.objections) else None
        return found.answers if isinstance(found, Objection) else ()


class Criterion(Record):
    """One ICP criterion: what satisfies it, and how much it weighs. Text criteria use any/none/region, numbers min/max."""

    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    region: str | None = Field(None, description="a named region of countries, such as LATAM or DACH")
    min: float | None = None
    max: float | None = None
    weight: float = Field(1, gt=0, le=100)
    required: bool = Field(
        default=False, description="a mismatch here is unfit whatever the other criteria say"
    )


class Signal(Record):
    """A kind of fact that is a reason to write now."""

    id: str
    kinds: tuple[str, ...] = ()
    any: tuple[str, ...] = Field(
        (), description="words of which one must stand in the fact; empty: any fact of these kinds"
    )
    weight: float = Field(1, gt=0, le=100)
    fresh_days: int = Field(
        90, gt=0, description="older than this at the run's date, it is no reason any more"
    )


class Exclusions(Record):
    """Who is never written to, whatever the fit."""

    domains: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    customers: str | None = Field(None, description="CSV of customers, relative to the workspace")
    suppression: str | None = Field(
        None, description="CSV of people and firms not to contact, relative to the workspace"
    )


class Icp(Record):
    """The ideal customer profile: criteria with weights, signals, exclusions."""

    name: str
    criteria: dict[
        Literal[
            "industry",
            "employees",
            "country",
            "technologies",
            "revenue_usd",
            "founded",
            "funding",
            "keywords",
        ],
        Criterion,
    ]
    signals: tuple[Signal, ...] = ()
    exclude: Exclusions = Exclusions()
    fit_score: float = Field(
        60, ge=0, le=100, description="score over the known weight from which an employer fits"
    )
    evidence: str = ""
    confidence: Literal["high", "medium", "low", ""] = ""
