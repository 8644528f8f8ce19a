"""Triaged rows and the drafts there are in; the same rows planned beside each other out: committee, notes, invitations.

Nothing here depends on the order of rows. An approved draft stays as it is: it is planned with what it kept clear of
when it was made, and what it is built on counts as used for everybody else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.domain.lines import GenerateLine
from outreach.domain.plans import NOTHING_AVOIDED, Avoided, CommitteePart, Plan
from outreach.planning.committee import (
    Member,
    Seat,
    facts_naming,
    less,
    member_of,
    opening,
    seats,
    together,
    uses,
    uses_of_bases,
)
from outreach.planning.notes import asks_to_connect, bare_requests, invite_weeks, request_of
from outreach.planning.plan import NoChannel, make_plan
from outreach.running.campaign import Campaign
from outreach.running.qualifying import read_list
from outreach.running.triage import Triaged, TriageOptions, plan_options, triage
from outreach.store.store import Store

_DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Kept:
    """The drafts there are that bear on a list."""

    approved: Mapping[str, GenerateLine]
    """By id, those of its people that are approved."""
    noted: frozenset[str] = frozenset()
    """Ids of its people that have a draft with a note, approved or not."""
    elsewhere: tuple[GenerateLine, ...] = ()
    """Approved drafts of colleagues who are not on this list."""

    def of_account(self, account: str) -> list[GenerateLine]:
        """Return the approved drafts of an account whose people are not on this list."""
        return [line for line in self.elsewhere if line.account == account]


NOTHING_KEPT = Kept({})
#: How a record says that it holds a note: read as text, since reading every record whole would take long.
_NOTE = '"channel":"connection_request"'


def kept_drafts(store: Store, plans: Sequence[Plan]) -> Kept:
    """Return what the store holds of these people, and of their colleagues from other lists."""
    ids = {plan.outreach_id for plan in plans}
    accounts = {plan.prospect.company.key for plan in plans} - {""}
    drafts = store.drafts()
    approved = [draft for draft in drafts if draft.state == "approved"]
    return Kept(
        {draft.outreach_id: draft.line for draft in approved if draft.outreach_id in ids},
        frozenset(
            draft.outreach_id for draft in drafts if draft.outreach_id in ids and _NOTE in draft.record
        ),
        tuple(draft.line for draft in approved if draft.outreach_id not in ids and draft.account in accounts),
    )


def arrange(
    triaged: Sequence[Triaged], campaign: Campaign, options: TriageOptions, kept: Kept = NOTHING_KEPT
) -> list[Triaged]:
    """Return the rows with their plans beside each other.

    Args:
        triaged: every row of the list, each planned as if it were alone.
        campaign: for the settings `[committee]` and `[linkedin]`, and for planning again.
        options: of the run.
        kept: the drafts there are.

    Returns:
        The same rows in the same order. Rows that wait because the account is full have the reason `account_full`.
    """
    plans = {item.plan.outreach_id: item.plan for item in triaged if item.plan is not None}
    seated, waiting = _seats(plans.values(), campaign, kept)
    chosen = {name: plan for name, plan in plans.items() if name not in waiting}
    bare = _bare(chosen, seated, campaign, options, kept)
    weeks = _weeks(chosen, seated, campaign, kept)
    made: dict[str, Plan | NoChannel] = {}
    for people in _accounts(chosen.values()).values():
        made |= _planned_together(people, seated, bare, weeks, campaign, options, kept)
    return [_arranged(item, made, waiting) for item in triaged]


def _arranged(item: Triaged, made: Mapping[str, Plan | NoChannel], waiting: Mapping[str, str]) -> Triaged:
    if item.plan is None:
        return item
    if item.plan.outreach_id in waiting:
        return replace(item, plan=None, reason="account_full", detail=waiting[item.plan.outreach_id])
    plan = made[item.plan.outreach_id]
    if isinstance(plan, NoChannel):
        return replace(item, plan=None, reason="no_channel", detail=plan.what)
    return replace(item, plan=plan)


def _accounts(plans: Iterable[Plan]) -> dict[str, list[Plan]]:
    """Return the plans by account; whoever has none is alone."""
    found: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        found[plan.prospect.company.key or plan.outreach_id].append(plan)
    return found


def _seats(plans: Iterable[Plan], campaign: Campaign, kept: Kept) -> tuple[dict[str, Seat], dict[str, str]]:
    """Return each person's seat, and for those who wait the reason."""
    settings = campaign.settings.committee
    seated: dict[str, Seat] = {}
    waiting: dict[str, str] = {}
    for people in _accounts(plans).values():
        members = [_member(plan, kept) for plan in people]
        placed, left = seats(members, settings.spacing_days, settings.people)
        seated |= {seat.member.id: seat for seat in placed}
        first = ", ".join(seat.member.name for seat in placed)
        waiting |= {
            member.id: f"[committee] people = {settings.people}: {first} {'goes' if len(placed) == 1 else 'go'} first"
            for member in left
        }
    return seated, waiting


def _member(plan: Plan, kept: Kept) -> Member:
    if plan.outreach_id not in kept.approved:
        return member_of(plan)
    line = kept.approved[plan.outreach_id]
    return member_of(plan, line.start_day - _DAYS_A_WEEK * ((line.invite_week or 1) - 1))


def _bare(
    plans: Mapping[str, Plan],
    seated: Mapping[str, Seat],
    campaign: Campaign,
    options: TriageOptions,
    kept: Kept,
) -> dict[str, str]:
    """Return whose request goes out without a note, and why; an approved draft keeps what it has, but for `--no-note`."""
    settled = {} if options.no_note else {
        name: kept.approved[name].bare_request for name in plans if name in kept.approved and kept.approved[name].bare_request
    }  # fmt: skip
    requests = [
        request_of(plan, place=seated[name].place, kept=name in kept.noted)
        for name, plan in plans.items()
        if asks_to_connect(plan) and name not in settled
    ]
    left = campaign.settings.linkedin.notes_left
    return settled | bare_requests(requests, left, no_note=options.no_note)


def _weeks(
    plans: Mapping[str, Plan], seated: Mapping[str, Seat], campaign: Campaign, kept: Kept
) -> dict[str, int]:
    fixed = {name: kept.approved[name].invite_week for name in plans if name in kept.approved}
    requests = [
        request_of(plan, place=seated[name].place) for name, plan in plans.items() if asks_to_connect(plan)
    ]
    return invite_weeks(
        requests,
        campaign.settings.linkedin.invites_per_week,
        {name: week for name, week in fixed.items() if week is not None},
    )


def _planned_together(
    people: Sequence[Plan],
    seated: Mapping[str, Seat],
    bare: Mapping[str, str],
    weeks: Mapping[str, int],
    campaign: Campaign,
    options: TriageOptions,
    kept: Kept,
) -> dict[str, Plan | NoChannel]:
    """Return the plans of the people of one account, each keeping clear of what the others are built on."""
    order = sorted(people, key=lambda plan: seated[plan.outreach_id].place)
    others = kept.of_account(people[0].prospect.company.key) if people[0].prospect.company.key else []
    taken = together(*(_uses_of_line(line) for line in others))
    made: dict[str, Plan | NoChannel] = {}
    later: dict[str, Avoided] = {}

    def planned(plan: Plan, avoid: Avoided) -> Plan | NoChannel:
        name, seat = plan.outreach_id, seated[plan.outreach_id]
        found = _again(plan, avoid, bare.get(name, ""), campaign, options)
        if isinstance(found, NoChannel):
            return found
        week = weeks.get(name)
        start = seat.start_day + _DAYS_A_WEEK * ((week or 1) - 1)
        part = None
        if len(order) > 1:
            part = CommitteePart(
                place=seat.place, size=len(order), start_day=start, reason=seat.reason, avoid=avoid
            )
        return found.model_copy(update={"committee": part, "invite_week": week, "start_day": start})

    withheld = {
        plan.outreach_id: Avoided(
            withheld=facts_naming(plan.facts, [other.prospect for other in people if other is not plan])
        )
        for plan in order
    }
    openings: dict[str, Avoided] = {}
    for plan in order:
        name = plan.outreach_id
        if name in kept.approved:
            part = kept.approved[name].committee
            avoid = part.avoid if part is not None else NOTHING_AVOIDED
            made[name] = found = planned(plan, avoid)
            if isinstance(found, Plan):
                later[name] = less(uses(found), avoid)
        else:
            found = planned(plan, together(taken, *openings.values(), withheld[name]))
        # Everybody's opening is settled before anybody tells a second fact: one fact each goes further.
        openings[name] = opening(found) if isinstance(found, Plan) else NOTHING_AVOIDED
    for plan in order:
        name = plan.outreach_id
        openings.pop(name)
        if name in kept.approved:
            later.pop(name, None)
        else:
            made[name] = planned(plan, together(taken, *later.values(), *openings.values(), withheld[name]))
        done = made[name]
        if isinstance(done, Plan):
            taken = together(taken, uses(done))
    return made


def _again(
    plan: Plan, avoid: Avoided, bare_request: str, campaign: Campaign, options: TriageOptions
) -> Plan | NoChannel:
    """Return the plan made again with what colleagues get and without a note, if either matters."""
    if avoid == NOTHING_AVOIDED and not bare_request:
        return plan
    laid_over = replace(plan_options(campaign, options), bare_request=bare_request)
    try:
        return make_plan(
            plan.prospect,
            plan.qualification,
            plan.persona,
            plan.offer,
            campaign.sequence,
            plan.policy,
            laid_over,
            avoid,
        )
    except NoChannel as error:
        return error


def _uses_of_line(line: GenerateLine) -> Avoided:
    return uses_of_bases(
        one for message in line.messages for basis in message.basis for one in basis.rests_on
    )


def people_of(triaged: Sequence[Triaged]) -> dict[str, int]:
    """Return how many people of each account get a plan, the largest first."""
    accounts = _accounts([item.plan for item in triaged if item.plan is not None])
    counts = {name: len(people) for name, people in accounts.items() if people[0].prospect.company.key}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def arranged_list(
    prospects: Path, campaign: Campaign, options: TriageOptions, store: Store, accounts: Path | None = None
) -> list[Triaged]:
    """Read a list, judge every row, and plan those that are written to beside each other."""
    triaged = [triage(row, campaign, options) for row in read_list(prospects, campaign, accounts).rows]
    plans = [item.plan for item in triaged if item.plan is not None]
    return arrange(triaged, campaign, options, kept_drafts(store, plans))
