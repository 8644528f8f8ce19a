"""Ranked angles and a step's goal in; the angle that the step is built on out, never one that was used before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from outreach.domain.ids import content_hash
from outreach.domain.plans import NOTHING_AVOIDED, Angle, Avoided
from outreach.domain.vocabulary import Goal
from outreach.grounding.angles import RankedAngle

# What a step of a goal is made of, preferred first. `bridged` is a fact with a pain that something ties to it,
# `answered` a pain that a claim for this role answers. A connection request and an opening never hold a claim: the reader comes first.
_SHAPES: dict[Goal, tuple[str, ...]] = {
    "connect": ("bridged", "fact", "answered", "pain"),
    "open": ("bridged", "fact", "answered", "pain"),
    "prove": ("pain+claim", "claim", "bridged", "answered", "fact", "pain"),
    "offer": ("pain+claim", "claim", "bridged", "answered", "fact", "pain"),
    "widen": ("bridged", "pain+claim", "answered", "claim", "fact", "pain"),
    "close": (),  # a goodbye starts nothing new
}
#: Points within which one angle is about as good as another: two places in the persona's own order of pains.
_NEAR = 2.0


@dataclass
class Used:
    """What the steps before were built on."""

    keys: set[tuple[str | None, str | None, str | None]] = field(default_factory=set)
    pains: list[str] = field(default_factory=list)
    proven: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, angles: Iterable[Angle]) -> "Used":
        """Return what these angles of earlier steps use up."""
        used = cls()
        for angle in angles:
            used._add(angle)
        return used

    def _add(self, angle: Angle) -> None:
        self.keys.add((angle.pain_id, angle.claim_id, angle.fact_id))
        if angle.pain_id:
            self.pains.append(angle.pain_id)
        if angle.claim_id:
            self.claims.add(angle.claim_id)
            self.proven.add(angle.pain_id or "")
        if angle.fact_id:
            self.facts.add(angle.fact_id)


#: What an angle may share with colleagues' plans: nothing, a pain, or their very fact or claim as well.
_NOTHING, _PAIN, _ANYTHING = range(3)


def choose_angle(
    goal: Goal,
    ranked: Sequence[RankedAngle],
    used: Used,
    avoid: Avoided = NOTHING_AVOIDED,
    *,
    seed: str,
    first: bool = False,
) -> Angle | None:
    """Return the best angle left for a goal; None where nothing new is left to say.

    A fact or claim is never used twice. A pain comes back only with a new claim or fact beside it, and a claim that
    answers a pain raised before is preferred: raise it, then prove it. Of pains that are about as good, `seed`
    chooses: two people on one list should not read the same thought.

    Args:
        goal: the step's.
        ranked: every angle, best first.
        used: what the steps before are built on.
        avoid: what colleagues get: used again only where nothing else is left, and the reason says so.
        seed: the prospect's id.
        first: whether the sequence opens here: two colleagues never open on one fact.
    """
    shapes = _SHAPES[goal]
    left = [one for one in ranked if _is_new(one, used)]
    for shape, most in _tries(goal, shapes, first=first):
        fitting = [one for one in left if _has_shape(one, shape) and _shared(one, avoid) <= most]
        if fitting:
            least = min(_shared(one, avoid) for one in fitting)
            tier = [one for one in fitting if _shared(one, avoid) == least]
            chosen = _of_the_best(sorted(tier, key=lambda one: _preference(one, used)), used, seed)
            return _told(chosen.angle, avoid)
    return None


def _tries(goal: Goal, shapes: Sequence[str], *, first: bool) -> Iterator[tuple[str, int]]:
    """Yield what to look for, best first: a shape, and how much of it colleagues may have."""
    if goal == "close":  # a goodbye does as well without an angle as with a colleague's
        yield from ((shape, _NOTHING) for shape in shapes)
    elif goal in {"prove", "offer"}:  # a proof of one's own outweighs a pain of one's own
        yield from ((shape, most) for shape in shapes for most in (_NOTHING, _PAIN))
        yield from ((shape, _ANYTHING) for shape in shapes)
    else:
        limits = (_NOTHING, _PAIN) if first else (_NOTHING, _PAIN, _ANYTHING)
        yield from ((shape, most) for most in limits for shape in shapes)


def _shared(one: RankedAngle, avoid: Avoided) -> int:
    """Return how much of an angle colleagues have. One without its texts is no better than one that they have whole."""
    angle = one.angle
    if angle.fact_id in avoid.facts or angle.claim_id in avoid.claims:
        return _ANYTHING
    if one.missing and avoid != NOTHING_AVOIDED:
        return _ANYTHING
    return _PAIN if angle.pain_id in avoid.pains else _NOTHING


def _told(angle: Angle, avoid: Avoided) -> Angle:
    """Return the angle with a reason that names what colleagues get as well."""
    parts = (("fact", angle.fact_id, avoid.facts), ("claim", angle.claim_id, avoid.claims), ("pain", angle.pain_id, avoid.pains))  # fmt: skip
    shared = [f"{kind} {part}" for kind, part, taken in parts if part in taken]
    if not shared:
        return angle
    reason = f"{angle.reason}; a colleague gets {' and '.join(shared)} too, nothing unused is as good"
    return angle.model_copy(update={"reason": reason})


def _of_the_best(sorted_angles: Sequence[RankedAngle], used: Used, seed: str) -> RankedAngle:
    """Return the first of the angles, or another that is about as good; facts keep their order, the freshest first."""
    best = sorted_angles[0]
    if best.angle.fact_id:
        return best
    place = _preference(best, used)[:2]
    near = [
        one
        for one in sorted_angles
        if one.score >= best.score - _NEAR and _preference(one, used)[:2] == place and not one.angle.fact_id
    ]
    return min(near, key=lambda one: content_hash([seed, list(one.key)]))


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
        # News that leads to a problem which we cannot answer leads away from us: rather ask about the news itself.
        return one.shape == "fact+pain" and one.bridged and one.answered
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
