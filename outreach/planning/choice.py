"""Ranked angles and a step's goal in; the angle that the step is built on out, never one that was used before."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from outreach.domain.plans import Angle
from outreach.domain.vocabulary import Goal
from outreach.grounding.angles import RankedAngle

# What a step of a goal is made of, preferred first. `bridged` is a fact with a pain that something ties to it, `beside` a
# fact with one that nothing does. A connection request and an opening never hold a claim: the reader comes first.
_SHAPES: dict[Goal, tuple[str, ...]] = {
    "connect": ("bridged", "fact", "pain"),
    "open": ("bridged", "pain"),
    "prove": ("pain+claim", "claim", "bridged", "answered", "fact", "pain"),
    "offer": ("pain+claim", "claim", "bridged", "answered", "fact", "pain"),
    "widen": ("bridged", "pain+claim", "answered", "claim", "fact", "pain"),
    "close": ("answered",),  # a goodbye that names what we could help with, else none at all
}
# Without a fact told so far, the message that opens tells one, tied to its pain or not.
_FIRST_OPENING = ("bridged", "beside", "fact", "pain")


@dataclass
class Used:
    """What the steps before were built on."""

    keys: set[tuple[str | None, str | None, str | None]] = field(default_factory=set)
    pains: list[str] = field(default_factory=list)
    proven: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)

    def add(self, ranked: RankedAngle) -> None:
        """Note that a step is built on this angle."""
        self.keys.add(ranked.key)
        angle = ranked.angle
        if angle.pain_id:
            self.pains.append(angle.pain_id)
        if angle.claim_id:
            self.claims.add(angle.claim_id)
            self.proven.add(angle.pain_id or "")
        if angle.fact_id:
            self.facts.add(angle.fact_id)


def choose_angle(goal: Goal, ranked: Sequence[RankedAngle], used: Used) -> Angle | None:
    """Return the best angle left for a goal and note it in `used`; None where nothing new is left to say.

    A fact or claim is never used twice. A pain comes back only with a new claim or fact beside it, and a claim that
    answers a pain raised before is preferred: raise it, then prove it.
    """
    shapes = _FIRST_OPENING if goal == "open" and not used.facts else _SHAPES[goal]
    left = [one for one in ranked if _is_new(one, used)]
    for shape in shapes:
        fitting = [one for one in left if _has_shape(one, shape)]
        if fitting:
            chosen = min(fitting, key=lambda one: _preference(one, used))
            used.add(chosen)
            return chosen.angle
    return None


def _is_new(one: RankedAngle, used: Used) -> bool:
    angle = one.angle
    if (
        one.shape == "pain"
        and angle.pain_id in used.pains
        and (not one.answered or angle.pain_id in used.proven)
    ):
        return False
    return one.key not in used.keys and angle.claim_id not in used.claims and angle.fact_id not in used.facts


def _has_shape(one: RankedAngle, shape: str) -> bool:
    if shape == "bridged":
        return one.shape == "fact+pain" and one.bridged
    if shape == "beside":
        return one.shape == "fact+pain" and not one.bridged
    if shape == "answered":
        return one.shape == "pain" and one.answered
    return one.shape == shape


def _preference(one: RankedAngle, used: Used) -> tuple[int, int, float]:
    """Sort key, best first: texts there are, then a pain in its best place, then rank."""
    pain = one.angle.pain_id
    if not one.angle.claim_id:
        place = 1 if pain in used.pains else 0
    elif pain in used.proven:  # a second proof of one thing comes after the first of another
        place = 1
    else:  # proof of what was raised before
        place = -1 if pain in used.pains else 0
    return one.missing, place, -one.score
