"""The plans of people of one account in; who is written to first and why, when each one starts, and what each keeps clear of, out."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from outreach.domain.people import Fact, Prospect
from outreach.domain.plans import Avoided, Plan
from outreach.domain.selling import CommitteePlace
from outreach.text.person_names import full_names
from outreach.text.tokens import split_words


@dataclass(frozen=True)
class Member:
    """A person of an account as far as the order of writing goes."""

    id: str
    name: str
    role: str
    place: CommitteePlace
    own_signal: bool
    """Whether a fresh signal is about the person, not only about the company."""
    fit: float
    """Persona score and ICP score together, 0 to 200."""
    kept_start: int | None = None
    """The day an approved draft starts; None: nothing is approved yet."""

    @property
    def rank(self) -> tuple[int, bool, float, str]:
        """Sort key, first to be written to first. No row number, so that a list may be sorted as it likes."""
        return self.place.place, not self.own_signal, -self.fit, self.id


@dataclass(frozen=True)
class Seat:
    """A member with its place from 1, the day it starts, and the reason."""

    member: Member
    place: int
    start_day: int
    reason: str


def member_of(plan: Plan, kept_start: int | None = None) -> Member:
    """Return what the order of writing needs to know of a plan's person."""
    qualification = plan.qualification
    about = {fact.id: fact.about for fact in plan.facts}
    return Member(
        id=plan.outreach_id,
        name=full_name(plan.prospect),
        role=plan.policy.id.replace("_", " "),
        place=plan.policy.committee or CommitteePlace(**committee_table()["place"][plan.policy.id]),
        own_signal=any(about.get(fired.fact_id) == "person" for fired in qualification.signals),
        fit=qualification.persona.score + qualification.icp.score,
        kept_start=kept_start,
    )


def seats(
    members: Iterable[Member], spacing_days: int, people: int | None = None
) -> tuple[list[Seat], list[Member]]:
    """Return the members in the order of their start, and those that wait because the account is full.

    Args:
        members: of one account, in any order.
        spacing_days: between the starts of two of them; a kept start stays where it is and the others go around it.
        people: so many at once, at most; None: everybody.
    """
    ranked = sorted(members, key=lambda member: member.rank)
    kept = [member for member in ranked if member.kept_start is not None]
    free = [member for member in ranked if member.kept_start is None]
    room = len(free) if people is None else max(0, people - len(kept))
    starts = [(member.kept_start or 0, member) for member in kept]
    fixed = [day for day, _ in starts]
    day = 0
    for member in free[:room]:
        while any(abs(day - other) < spacing_days for other in fixed):
            day += 1
        starts.append((day, member))
        day += spacing_days
    starts.sort(key=lambda pair: (pair[0], pair[1].kept_start is None, pair[1].rank))
    before: list[Member | None] = [None, *(member for _, member in starts)]
    placed = [
        Seat(member, place, start, _reason(member, before[place - 1]))
        for place, (start, member) in enumerate(starts, 1)
    ]
    return placed, free[room:]


def _reason(member: Member, before: Member | None) -> str:
    """Return why a member stands where it stands, in words."""
    why = f"{member.role}: {member.place.why}"
    if member.own_signal:
        why += "; a fresh signal is about this person"
    if member.kept_start is not None:
        return f"{why}; approved already: the draft keeps its day"
    if before is None or before.kept_start is not None or before.place.place != member.place.place:
        return why
    if before.own_signal != member.own_signal:
        return f"{why}; after {before.name}, about whom there is a fresh signal"
    if before.fit != member.fit:
        return f"{why}; after {before.name}, who fits better"
    return f"{why}; after {before.name}, who stands the same: ids decide"


def full_name(prospect: Prospect) -> str:
    """Return a person's name as one writes it, or the address where there is none."""
    name = f"{prospect.first_name} {prospect.last_name}".strip()
    return name or prospect.email or prospect.linkedin_url or "no name"


# What colleagues keep clear of ---------------------------------------------------------------------------------------


def uses(plan: Plan) -> Avoided:
    """Return what the steps of a plan are built on, for colleagues to keep clear of."""
    return avoided(
        facts=(step.angle.fact_id for step in plan.steps),
        claims=(step.angle.claim_id for step in plan.steps),
        pains=(step.angle.pain_id for step in plan.steps),
        asks=(step.ask_id for step in plan.steps),
    )


def opening(plan: Plan) -> Avoided:
    """Return the fact that a plan opens on, for colleagues to leave alone, where it leads to a pain of this role.

    A fact that leads nowhere serves a colleague better in whose role it does.
    """
    angle = plan.steps[0].angle
    return avoided(facts=(angle.fact_id,)) if angle.pain_id else Avoided()


def uses_of_bases(bases: Iterable[str]) -> Avoided:
    """Return the same of a written draft, from what its sentences rest on: `fact:…`, `claim:…`, `pain:…`, `ask:…`."""
    parts = [basis.split(":", 1) for basis in bases if ":" in basis]

    def of(kind: str) -> list[str]:
        return [part for name, part in parts if name == kind]

    return avoided(facts=of("fact"), claims=of("claim"), pains=of("pain"), asks=of("ask"))


def together(*several: Avoided) -> Avoided:
    """Return the union."""
    names = Avoided.model_fields
    return Avoided(
        **{name: _sorted(part for one in several for part in getattr(one, name)) for name in names}
    )


def less(one: Avoided, other: Avoided) -> Avoided:
    """Return what stands in the first and not in the second."""
    names = Avoided.model_fields
    return Avoided(**{name: _sorted(set(getattr(one, name)) - set(getattr(other, name))) for name in names})


def avoided(
    *,
    facts: Iterable[str | None] = (),
    claims: Iterable[str | None] = (),
    pains: Iterable[str | None] = (),
    asks: Iterable[str | None] = (),
) -> Avoided:
    """Return the record of these ids; None is left out."""
    return Avoided(facts=_sorted(facts), claims=_sorted(claims), pains=_sorted(pains), asks=_sorted(asks))


def facts_naming(facts: Sequence[Fact], people: Iterable[Prospect]) -> tuple[str, ...]:
    """Return the ids of facts that name one of these people: telling them would say whom else we know of."""
    known = list(people)
    return _sorted(fact.id for fact in facts if any(_names(fact, person) for person in known))


def _names(fact: Fact, person: Prospect) -> bool:
    return any(
        full_names(split_words(text, fact.language), person.first_name, person.last_name, fact.language)
        for text in (fact.text, *fact.slots.values())
    )


def _sorted(parts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({part for part in parts if part}))


@lru_cache(maxsize=1)
def committee_table() -> dict[str, Any]:
    """Return `data/committee.toml`: default places and who goes first for a note."""
    source = resources.files("outreach.planning") / "data" / "committee.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
