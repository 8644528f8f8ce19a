"""A prospect, the ICP, the personas and a date in; both verdicts and what to do about the person out."""

import datetime
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from outreach.domain.buyers import Icp, Persona
from outreach.domain.people import Prospect
from outreach.domain.verdicts import IcpVerdict, PersonaVerdict, Qualification, Reason
from outreach.domain.vocabulary import Decision
from outreach.qualify.criteria import GroupOf
from outreach.qualify.exclusions import why_excluded
from outreach.qualify.icp import judge_company
from outreach.qualify.persona import match_persona
from outreach.qualify.signals import read_facts

#: Criterion of the reason that marks an excluded account: nobody overrules it.
EXCLUDED = "exclude"


def qualify(
    prospect: Prospect,
    icp: Icp,
    personas: Sequence[Persona],
    as_of: datetime.date,
    *,
    named: Persona | None = None,
    customers: AbstractSet[str] = frozenset(),
    group_of: GroupOf | None = None,
) -> Qualification:
    """Return both verdicts, the signals that fired, and the decision.

    Args:
        prospect: the person with employer and facts.
        icp: criteria, signals and exclusions.
        personas: the personas a person may be.
        as_of: the run's date, at which facts are fresh or stale.
        named: the persona that a person named for every row; the title is not asked.
        customers: domains, account keys or names of those who buy already.
        group_of: maps an industry name to its group (see `judge_criterion`).
    """
    facts = read_facts(prospect.facts, icp.signals, as_of)
    company = _judge_employer(prospect, icp, group_of)
    persona = match_persona(prospect, personas) if named is None else _named(named)
    excluded = why_excluded(prospect, icp.exclude, customers)
    if excluded is not None:
        company = company.model_copy(
            update={
                "verdict": "unfit",
                "reasons": (*company.reasons, Reason(criterion=EXCLUDED, outcome="unfit", text=excluded)),
            }
        )
        decision: Decision = "skip"
        reason = excluded
    else:
        decision, reason = decide(company, persona, usable=bool(facts.usable))
        if decision == "write_generic" and facts.unusable:
            reason += f" ({'; '.join(dict.fromkeys(why for _, why in facts.unusable))})"
    return Qualification(
        prospect_id=prospect.id,
        icp=company,
        persona=persona,
        signals=facts.fired,
        usable_fact_ids=facts.usable,
        decision=decision,
        decision_reason=reason,
    )


def decide(icp: IcpVerdict, persona: PersonaVerdict, *, usable: bool) -> tuple[Decision, str]:
    """Return what two verdicts come to, and why. The first line that applies holds.

    | employer | person  | usable fact | decision      |
    | -------- | ------- | ----------- | ------------- |
    | unfit    | any     |             | skip          |
    | fit      | unfit   |             | route         |
    | unknown  | unfit   |             | skip          |
    | unknown  | any     |             | ask_for_data  |
    | fit      | unknown |             | ask_for_data  |
    | fit      | fit     | yes         | write         |
    | fit      | fit     | no          | write_generic |
    """
    why_icp = icp.reasons[-1].text if icp.reasons else "no criteria"
    why_persona = persona.reasons[0].text if persona.reasons else "no reason given"
    match (icp.verdict, persona.verdict):
        case ("unfit", _):
            return "skip", f"employer does not fit: {why_icp}"
        case ("fit", "unfit"):
            return "route", f"employer fits, person does not: {why_persona}"
        case (_, "unfit"):  # data on the employer would not make the person fit: none is asked for
            return "skip", f"person does not fit: {why_persona}"
        case ("fit", "fit"):
            found = "with a fact to write from" if usable else "without a fact to open with"
            why = f"person and employer fit, {found}: {why_persona}; {why_icp}"
            return "write" if usable else "write_generic", why
        case _:
            missing = why_icp if icp.verdict == "unknown" else why_persona
            return (
                "ask_for_data",
                f"{'employer' if icp.verdict == 'unknown' else 'person'} unknown: {missing}",
            )


def _judge_employer(prospect: Prospect, icp: Icp, group_of: GroupOf | None) -> IcpVerdict:
    """Judge the employer; where the list tells no country of it, the country the person works in counts, and it is said."""
    if prospect.company.country or not prospect.country:
        return judge_company(prospect.company, icp, prospect.facts, group_of=group_of)
    there = prospect.company.model_copy(update={"country": prospect.country})
    verdict = judge_company(there, icp, prospect.facts, group_of=group_of)
    reasons = (
        reason.model_copy(update={"text": f"{reason.text}, by the person's own"})
        if reason.criterion == "country"
        else reason
        for reason in verdict.reasons
    )
    return verdict.model_copy(update={"reasons": tuple(reasons)})


def _named(persona: Persona) -> PersonaVerdict:
    reason = Reason(criterion="persona", outcome="fit", text=f"{persona.id} was named on the command line")
    return PersonaVerdict(
        id=persona.id, buying_role=persona.buying_role, verdict="fit", score=100, reasons=(reason,)
    )


def overrule(qualification: Qualification, persona: Persona) -> Qualification:
    """Return the qualification as if the person were `persona`, to draft what can be drafted, naming what was overruled.

    The verdicts stay what they are. A decision to write is left alone, and so is an excluded account: whoever is never
    written to is not written to with `--all` either.
    """
    writes = qualification.decision in {"write", "write_generic"}
    excluded = any(reason.criterion == EXCLUDED for reason in qualification.icp.reasons)
    if excluded or (writes and qualification.persona.id == persona.id):
        return qualification
    decision: Decision = "write" if qualification.usable_fact_ids else "write_generic"
    seen = qualification.persona.model_copy(update={"id": persona.id, "buying_role": persona.buying_role})
    return qualification.model_copy(
        update={
            "persona": seen,
            "decision": decision,
            "decision_reason": f"{qualification.decision} overruled, written as {persona.id}: {qualification.decision_reason}",
            "overruled": qualification.decision,
        }
    )
