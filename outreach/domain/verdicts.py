"""Two verdicts before one token: ICP fit of the employer and persona fit of the person, with reasons and a decision."""

from pydantic import Field

from outreach.domain.record import Record
from outreach.domain.vocabulary import Decision, Fit


class Reason(Record):
    """Why a verdict is what it is: one criterion, how it went, and the points it gave or cost."""

    criterion: str
    outcome: Fit
    text: str = Field(description="for people: `employees 120 within 50–1000`")
    weight: float = 0


class IcpVerdict(Record):
    """Is the employer our ICP."""

    verdict: Fit
    score: float = Field(description="0–100 over the weight that is known; unknown earns nothing")
    known_weight: float = Field(description="share of the weight that could be judged, 0–1")
    reasons: tuple[Reason, ...] = ()


class PersonaVerdict(Record):
    """Is the person one of our personas."""

    id: str | None = None
    buying_role: str | None = None
    verdict: Fit
    score: float = Field(description="0–100: how surely the title is this persona")
    reasons: tuple[Reason, ...] = ()


class FiredSignal(Record):
    """A signal that a fact fired, fresh at the run's date."""

    signal_id: str
    fact_id: str
    weight: float


class Qualification(Record):
    """Both verdicts for one prospect, the signals that fired, and what to do."""

    prospect_id: str
    icp: IcpVerdict
    persona: PersonaVerdict
    signals: tuple[FiredSignal, ...] = ()
    usable_fact_ids: tuple[str, ...] = Field(
        (), description="facts fresh enough and of a kind that may open a message, best first"
    )
    decision: Decision
    decision_reason: str
    overruled: str | None = Field(None, description="the decision that `--all` or a person overruled")
