"""A plan in; the lines that show a person what will be written, to whom and why out."""

from outreach.domain.plans import Angle, Plan, PlannedStep
from outreach.domain.record import some_text
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


def describe_plan(plan: Plan) -> list[str]:
    """Return the plan as lines of text, one paragraph for each step; prospect text is not cleaned here."""
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
    for step in plan.steps:
        lines.extend(_step(plan, step))
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


def _step(plan: Plan, step: PlannedStep) -> list[str]:
    when = f"day {step.day}" + (" after accepting" if step.after == "accepted" else "")
    thread = ", in the thread" if step.existing_thread else ""
    limits = [f"{step.max_chars} characters"] if step.max_chars else []
    limits += [f"{step.max_words} words"] if step.max_words else []
    return [
        f"  {step.step}. {when}, {step.channel}{thread}, to {step.goal}; at most {' and '.join(limits)}",
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
