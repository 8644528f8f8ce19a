"""Arranged rows or stored drafts in; what each person of an account gets and why, side by side, out."""

from collections.abc import Sequence

from outreach.domain.lines import DraftedMessage, GenerateLine
from outreach.domain.plans import Avoided, CommitteePart, Plan, PlannedStep
from outreach.domain.record import Record, some_text
from outreach.errors import UsageError
from outreach.planning.committee import full_name
from outreach.rubric.account_view import rests_on_fact
from outreach.running.triage import Triaged
from outreach.workspace.files import near_match


class MemberStep(Record):
    """One step to one person."""

    step: int
    channel: str
    day: int
    angle: str
    ask: str


class MemberPlan(Record):
    """One person of an account: when, why then, what, and what was kept clear of. `waiting` is why there is no plan."""

    place: int
    name: str
    title: str
    buying_role: str
    outreach_id: str
    reason: str
    start_day: int
    opens_on: str
    bare_request: str
    invite_week: int | None
    steps: tuple[MemberStep, ...]
    avoided: Avoided
    avoids: tuple[str, ...] = ()
    """The same in words, as far as they are known."""
    waiting: str = ""


class AccountPlan(Record):
    """The people of an account in the order in which they are written to."""

    account: str
    company: str
    people: tuple[MemberPlan, ...]


def plans_of_list(triaged: Sequence[Triaged]) -> list[AccountPlan]:
    """Return the accounts of an arranged list, the largest first; people who wait stand last."""
    found: dict[str, list[MemberPlan]] = {}
    companies: dict[str, str] = {}
    for item in triaged:
        person = item.row.prospect
        if person is None or not person.company.key or not (item.plan or item.reason == "account_full"):
            continue
        companies.setdefault(person.company.key, person.company.name)
        member = _of_plan(item.plan) if item.plan is not None else _waiting(item)
        found.setdefault(person.company.key, []).append(member)
    return _sorted(found, companies)


def plans_of_drafts(lines: Sequence[GenerateLine]) -> list[AccountPlan]:
    """Return the accounts of stored drafts, as they were planned when they were drafted."""
    found: dict[str, list[MemberPlan]] = {}
    companies: dict[str, str] = {}
    for line in lines:
        if line.account:
            companies.setdefault(line.account, line.prospect.company or "")
            found.setdefault(line.account, []).append(_of_line(line))
    return _sorted(found, companies)


def find_account(name: str, accounts: Sequence[AccountPlan]) -> AccountPlan:
    """Return the account of this key or company name. Raises UsageError with the nearest one, or with several that fit."""
    wanted = name.strip().casefold()
    exact = [one for one in accounts if wanted in {one.account.casefold(), one.company.casefold()}]
    fitting = exact or [
        one for one in accounts if wanted and wanted in f"{one.account}\n{one.company}".casefold()
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(one.account for one in fitting[:5])
        raise UsageError(f"{len(fitting)} accounts fit {name!r}", hint=f"name one by its key: {names}")
    known = [one.company for one in accounts] + [one.account for one in accounts]
    raise UsageError(
        f"nobody at {name!r} is written to",
        hint=near_match(name, known) or "outreach accounts PROSPECTS lists them",
    )


def _sorted(found: dict[str, list[MemberPlan]], companies: dict[str, str]) -> list[AccountPlan]:
    plans = [
        AccountPlan(
            account=key,
            company=companies[key],
            people=tuple(
                sorted(people, key=lambda one: (bool(one.waiting), one.start_day, one.place, one.outreach_id))
            ),
        )
        for key, people in found.items()
    ]
    return sorted(plans, key=lambda plan: (-len(plan.people), plan.account))


def _of_plan(plan: Plan) -> MemberPlan:
    part = plan.committee
    first = plan.steps[0]
    return MemberPlan(
        name=full_name(plan.prospect), title=plan.prospect.title, buying_role=plan.policy.id, outreach_id=plan.outreach_id,
        opens_on=_angle(plan, first), bare_request=plan.bare_request, invite_week=plan.invite_week, start_day=plan.start_day,
        steps=tuple(_step(plan, step) for step in plan.steps), avoids=_in_words(plan), **_seat(part),
    )  # fmt: skip


def _in_words(plan: Plan) -> tuple[str, ...]:
    """Return what a plan keeps clear of in words; an asset or claim by its id, a pain of another persona likewise."""
    if plan.committee is None:
        return ()
    avoid = plan.committee.avoid
    facts = {fact.id: fact.text for fact in plan.prospect.facts}
    return (
        *(f"fact {facts.get(one, one)}" for one in avoid.facts),
        *(f"fact {facts.get(one, one)} (it names a colleague)" for one in avoid.withheld),
        *(f"claim {one}" for one in avoid.claims),
        *(f"pain {one}" for one in avoid.pains),
        *(f"ask {one}" for one in avoid.asks),
    )


def _seat(part: CommitteePart | None) -> dict[str, object]:
    if part is None:
        return {"place": 1, "reason": "the only one of the account", "avoided": Avoided()}
    return {"place": part.place, "reason": part.reason, "avoided": part.avoid}


def _step(plan: Plan, step: PlannedStep) -> MemberStep:
    ask = plan.ask(step.ask_id)
    said = step.ask_kind.replace("_", " ") + (f": {some_text(ask.text, plan.language)}" if ask else "")
    return MemberStep(step=step.step, channel=step.channel, day=step.day, angle=_angle(plan, step), ask=said)


def _angle(plan: Plan, step: PlannedStep) -> str:
    """Return what a step is built on, in words."""
    angle = step.angle
    fact, claim = plan.fact(angle.fact_id), plan.claim(angle.claim_id)
    pain = next((pain for pain in plan.persona.pain_points if pain.id == angle.pain_id), None)
    parts = [f"fact: {fact.text}"] if fact else []
    parts += [f"pain: {some_text(pain.text, plan.language)}"] if pain else []
    parts += [f"claim: {some_text(claim.text, plan.language)}"] if claim else []
    return "; ".join(parts) or angle.reason


def _of_line(line: GenerateLine) -> MemberPlan:
    person = line.prospect
    steps = tuple(_drafted(message) for message in line.messages)
    return MemberPlan(
        name=f"{person.first_name or ''} {person.last_name or ''}".strip() or person.email or "no name",
        title=person.title or "", buying_role=line.buying_role, outreach_id=line.outreach_id,
        opens_on=steps[0].angle if steps else "", bare_request=line.bare_request, invite_week=line.invite_week,
        start_day=line.start_day, steps=steps, avoids=_ids(line.committee), **_seat(line.committee),
    )  # fmt: skip


def _ids(part: CommitteePart | None) -> tuple[str, ...]:
    if part is None:
        return ()
    kinds = part.avoid.model_dump()
    return tuple(f"{kind} {', '.join(ids)}" for kind, ids in kinds.items() if ids)


def _drafted(message: DraftedMessage) -> MemberStep:
    """Return a written step by the ids that its sentences rest on: a draft keeps no plan."""
    ids = [one for basis in message.basis for one in basis.rests_on if ":" in one and one != "fact:prospect"]
    built = [f"fact: {basis.sentence}" for basis in message.basis if rests_on_fact([basis.rests_on])]
    built += [one.replace(":", " ", 1) for one in dict.fromkeys(ids) if one.startswith(("pain:", "claim:"))]
    asked = [one.removeprefix("ask:") for one in dict.fromkeys(ids) if one.startswith("ask:")]
    questions = any("question" in basis.rests_on for basis in message.basis)
    return MemberStep(
        step=message.step, channel=message.channel, day=message.day, angle="; ".join(built) or "nothing of its own",
        ask=", ".join(asked) or ("question" if questions else "none"),
    )  # fmt: skip


def _waiting(item: Triaged) -> MemberPlan:
    person = item.row.prospect
    role = item.qualification.persona.buying_role if item.qualification else None
    return MemberPlan(
        place=0, name=full_name(person) if person else "", title=person.title if person else "", buying_role=role or "",
        outreach_id="", reason=item.detail, start_day=0, opens_on="", bare_request="", invite_week=None, steps=(),
        avoided=Avoided(), waiting=item.detail,
    )  # fmt: skip
