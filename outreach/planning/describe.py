"""A plan in; the lines that show a person what will be written, to whom and why out."""

from outreach.domain.branches import After, day_text
from outreach.domain.plans import Angle, Plan, PlannedStep
from outreach.domain.record import some_text
from outreach.grounding.angles import rank_candidates
from outreach.planning.calendar import Cadence
from outreach.planning.plan import missing_texts

_ASKS = {
    "none": "asks nothing",
    "question": "asks about their situation",
    "route": "asks who it belongs to",
    "asset": "offers to send",
    "forward": "offers to pass on",
    "trial": "offers to try",
    "meeting": "asks to meet",
}


#: What stands above the steps of a branch, where a plan has two.
_BRANCHES: dict[After, str] = {
    "start": "in any case:",
    "accepted": "if the request is accepted by day {day}:",
    "not_accepted": "if the request is not accepted by day {day}:",
}


def describe_plan(plan: Plan, dates: Cadence | None = None) -> list[str]:
    """Return the plan as lines of text, one paragraph for each step; prospect text is not cleaned here.

    Args:
        plan: the plan.
        dates: when its steps are due, if that is to be shown.
    """
    prospect, qualification, icp = plan.prospect, plan.qualification, plan.qualification.icp
    name = f"{prospect.first_name} {prospect.last_name}".strip() or "no name"
    employer = prospect.company.name or "employer unknown"
    decision = qualification.decision + (
        f" (overruled: {qualification.overruled})" if qualification.overruled else ""
    )
    lines = [
        f"{name}, {prospect.title or 'title unknown'}, {employer} [{plan.outreach_id}]",
        f"  decision  {decision}: {qualification.decision_reason}",
        f"  persona   {plan.persona.name} ({plan.persona.id}), {plan.persona.buying_role.replace('_', ' ')}",
        f"  icp       {icp.verdict}, score {icp.score:g}, {100 * icp.known_weight:.0f} % of the weight known",
        f"  language  {plan.language}"
        + (f" ({prospect.language_reason})" if prospect.language_reason else ""),
        f"  address   {plan.address_reason}",
        f"  sequence  {plan.sequence_id}, variant {plan.variant}" + (f", arm {plan.arm}" if plan.arm else ""),
    ]
    lines.extend(f"  {line}" for line in describe_start(plan))
    if dates is not None:
        lines.append(f"  calendar  {dates.note}")
    before: After = "start"
    for step in plan.steps:
        if plan.wait_days is not None and step.after != before:
            lines.append(f"  {_BRANCHES[step.after]}".format(day=plan.wait_days))
        before = step.after
        lines.extend(_step(plan, step, dates))
    lines.extend(f"  left out  {line}" for line in plan.dropped)
    missing = missing_texts(plan)
    if missing:
        lines.append(f"  no text in {plan.language}: {', '.join(missing)}")
    return lines


def describe_start(plan: Plan) -> list[str]:
    """Return where a plan stands beside the others: its place in the account, its start, and how the request goes out."""
    lines = []
    if plan.committee is not None:
        part = plan.committee
        lines.append(f"account   {part.place} of {part.size}: {part.reason}")
    if plan.start_day:
        lines.append(f"start     day 0 is day {plan.start_day} of the list")
    if plan.invite_week is not None:
        lines.append(f"invite    week {plan.invite_week}")
    if plan.bare_request:
        lines.append(f"request   day 0, without a note: {plan.bare_request}")
    return lines


def describe_angles(plan: Plan) -> list[str]:
    """Return every idea that the steps could choose from as lines, best first: which step took it, and why it stands where it does."""
    taken = {(step.angle.pain_id, step.angle.claim_id, step.angle.fact_id): step.step for step in plan.steps}
    ranked = rank_candidates(plan.persona, plan.offer, plan.facts, plan.policy, plan.language)
    lines = ["  angles, best first; a step takes the first of the shape its goal asks for"]
    for place, one in enumerate(ranked, 1):
        step = taken.get(one.key)
        lines.append(f"  {place:3}. {f'step {step}' if step else '-':7} {one.shape:10} {one.angle.reason}")
    return lines if ranked else ["  angles  none: no pain, claim or fact"]


def _step(plan: Plan, step: PlannedStep, dates: Cadence | None) -> list[str]:
    when = day_text(step.day, step.after)
    if dates is not None:
        when += f", {dates.when(step.step)}"
    moved = [] if dates is None or not dates.dates[step.step].moved else [dates.dates[step.step].moved]
    thread = ", in the thread" if step.existing_thread else ""
    limits = [f"{step.max_chars} characters"] if step.max_chars else []
    limits += [f"{step.max_words} words"] if step.max_words else []
    return [
        f"  {step.step}. {when}, {step.channel}{thread}, to {step.goal}; at most {' and '.join(limits)}",
        *(f"     date  {reason}" for reason in moved),
        *(f"     {line}" for line in _angle(plan, step.angle)),
        f"     why   {step.angle.reason}",
        f"     ask   {_ask(plan, step)}",
    ]


def _angle(plan: Plan, angle: Angle) -> list[str]:
    fact, claim = plan.fact(angle.fact_id), plan.claim(angle.claim_id)
    pain = next((pain for pain in plan.persona.pain_points if pain.id == angle.pain_id), None)
    lines = [f"fact  {fact.text}"] if fact else []
    lines += [f"pain  {some_text(pain.text, plan.language)}"] if pain else []
    return lines + ([f"claim {some_text(claim.text, plan.language)}"] if claim else [])


def _ask(plan: Plan, step: PlannedStep) -> str:
    ask = plan.ask(step.ask_id)
    return _ASKS[step.ask_kind] + (f": {some_text(ask.text, plan.language)}" if ask else "")
