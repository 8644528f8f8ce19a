"""The connection requests of a list in; which of them carry a note and in which week each goes out, with reasons, out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.plans import Plan
from outreach.planning.committee import committee_table, full_name

#: Lines of a list that are shown before it says how many more there are.
SHOWN = 5
#: Invitations a week that LinkedIn is reported to bear: it publishes no number (see docs/committee.md).
_REPORTED_INVITES = 200
#: Notes beyond which a free account without `notes_left` is reminded of them.
_FEW_NOTES = 3


@dataclass(frozen=True)
class Request:
    """One person's connection request."""

    id: str
    name: str
    account: str
    place: int
    """Place among colleagues, from 1: nobody is invited in an earlier week than who goes before."""
    fit: float
    signal: bool
    weight: int
    role: str
    kept: bool = False
    """Whether a draft with a note is there already."""

    @property
    def rank(self) -> tuple[float, bool, int, str]:
        """Sort key, the best first: fit, then a fresh signal, then what the buying role moves."""
        return -self.fit, not self.signal, -self.weight, self.id

    @property
    def standing(self) -> str:
        """What the rank is made of, in words."""
        signal = "a fresh signal" if self.signal else "no signal"
        return f"ICP fit {self.fit:.0f}, {signal}, {self.role}"


def asks_to_connect(plan: Plan) -> bool:
    """Say whether a plan's sequence sends a connection request, with a note or without."""
    return bool(plan.bare_request) or any(step.channel == "connection_request" for step in plan.steps)


def request_of(plan: Plan, *, place: int = 1, kept: bool = False) -> Request:
    """Return what the budget needs to know of a plan's request."""
    return Request(
        id=plan.outreach_id,
        name=full_name(plan.prospect),
        account=plan.prospect.company.key,
        place=place,
        fit=plan.qualification.icp.score,
        signal=bool(plan.qualification.signals),
        weight=committee_table()["note_weight"][plan.policy.id],
        role=plan.policy.id.replace("_", " "),
        kept=kept,
    )


def bare_requests(
    requests: Iterable[Request], notes_left: int | None, *, no_note: bool = False
) -> dict[str, str]:
    """Return whose request goes out without a note, and why.

    Args:
        requests: of the whole list.
        notes_left: so many may carry a note; None: all. Whoever has a draft with a note keeps it first.
        no_note: nobody gets one.
    """
    if no_note:
        return {one.id: "no notes in this run (--no-note)" for one in requests}
    if notes_left is None:
        return {}
    ranked = sorted(requests, key=lambda one: (not one.kept, one.rank))
    left = f"{notes_left} note{'' if notes_left == 1 else 's'} left"
    return {
        one.id: f"{left}, {place} {'person' if place == 1 else 'people'} go before: {one.standing}"
        if place
        else left
        for place, one in enumerate(ranked)
        if place >= notes_left
    }


def invite_weeks(
    requests: Iterable[Request], per_week: int | None, fixed: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Return the week, from 1, in which each request goes out; empty without a limit.

    Args:
        requests: of the whole list.
        per_week: so many a week.
        fixed: weeks of requests that are approved already: they stay, and take their room.
    """
    if per_week is None:
        return {}
    kept = dict(fixed or {})
    room = Counter(kept.values())
    last: dict[str, int] = {}
    waiting: dict[str, list[Request]] = {}
    for one in sorted(requests, key=lambda one: (one.place, one.rank)):
        if one.id not in kept:
            waiting.setdefault(one.account or one.id, []).append(one)
    weeks = dict(kept)
    # Of each account whoever is next; of those the best: a colleague who goes first is invited first.
    while waiting:
        account = min(waiting, key=lambda name: waiting[name][0].rank)
        one = waiting[account].pop(0)
        if not waiting[account]:
            del waiting[account]
        week = last.get(account, 1)
        while room[week] >= per_week:
            week += 1
        room[week] += 1
        weeks[one.id] = last[account] = week
    return weeks


def describe_notes(
    plans: Sequence[Plan], *, account: str, notes_left: int | None, per_week: int | None
) -> list[str]:
    """Return the plan of notes and invitations as lines for a person; names are not cleaned here."""
    asking = sorted((plan for plan in plans if asks_to_connect(plan)), key=lambda plan: request_of(plan).rank)
    if not asking:
        return []
    noted = [plan for plan in asking if not plan.bare_request]
    bare = [plan for plan in asking if plan.bare_request]
    lines = [
        f"notes: {len(noted)} of {len(asking)} connection requests carry a note, {len(bare)} go out without"
    ]
    if bare:
        lines += _people("note", noted, [request_of(plan).standing for plan in noted])
        lines += _people("bare", bare, [plan.bare_request for plan in bare])
    elif account == "free" and notes_left is None and len(noted) > _FEW_NOTES:
        lines.append(
            "  free accounts are reported to have a few notes a month: [linkedin] notes_left plans who gets one"
        )
    if per_week is not None:
        weeks = Counter(plan.invite_week for plan in asking if plan.invite_week is not None)
        shown = [f"week {week}: {count}" for week, count in sorted(weeks.items())]
        lines.append(f"invites: at most {per_week} a week; " + ", ".join(_shortened(shown)))
        if per_week > _REPORTED_INVITES:
            lines.append("  LinkedIn publishes no limit; about 100 to 200 a week are reported")
    return lines


def _people(label: str, plans: Sequence[Plan], reasons: Sequence[str]) -> list[str]:
    lines = [
        f"  {label}  {full_name(plan.prospect)}, {plan.prospect.company.name or 'employer unknown'}: {reason}"
        for plan, reason in zip(plans, reasons, strict=True)
    ]
    return _shortened(lines, "  ")


def _shortened(lines: list[str], indent: str = "") -> list[str]:
    if len(lines) <= SHOWN + 1:
        return lines
    return [*lines[:SHOWN], f"{indent}and {len(lines) - SHOWN} more"]
