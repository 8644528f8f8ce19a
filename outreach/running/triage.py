"""A row of the list and a campaign in; a plan to write from, or the reason why nothing is written, out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from outreach.domain.people import Prospect, Row
from outreach.domain.plans import Plan
from outreach.domain.verdicts import Qualification
from outreach.intake.industries import industry_group
from outreach.planning.plan import NoChannel, PlanOptions, make_plan
from outreach.qualify.decide import overrule, qualify
from outreach.qualify.persona import nearest_persona
from outreach.running.campaign import Campaign


@dataclass(frozen=True)
class TriageOptions:
    """What a run lays over the verdicts."""

    as_of: date
    everyone: bool = False
    persona_id: str | None = None
    arm: str | None = None
    variant: str = "default"
    accepted: Collection[str] = field(default_factory=frozenset)
    no_note: bool = False
    """Every connection request goes out without a note."""


@dataclass(frozen=True)
class Triaged:
    """A row with its verdicts, and either a plan or the reason why there is none."""

    row: Row
    qualification: Qualification | None = None
    plan: Plan | None = None
    reason: str = ""
    detail: str = ""


#: Decisions that end a row, as the reason a user reads and scripts against.
_SKIPPED_BY = {"skip": "unfit", "route": "route", "ask_for_data": "ask_for_data"}


def triage(row: Row, campaign: Campaign, options: TriageOptions) -> Triaged:
    """Judge a row and plan its sequence. No call is made and nothing is paid for."""
    prospect = row.prospect
    if row.disposition in {"suppressed", "duplicate", "unreadable"} or prospect is None:
        return Triaged(
            row, reason=row.disposition if row.disposition != "ready" else "unreadable", detail=row.reason
        )
    if row.disposition == "review" and prospect.id not in options.accepted:
        # `--all` drafts whatever can be drafted, but a row held for review is a person's to accept.
        return Triaged(row, reason="review_pending", detail=row.reason)
    qualification = verdicts(prospect, campaign, options)
    reason = _SKIPPED_BY.get(qualification.decision)
    if reason is not None:
        return Triaged(row, qualification, reason=reason, detail=qualification.decision_reason)
    return _plan(row, prospect, qualification, campaign, options)


def verdicts(prospect: Prospect, campaign: Campaign, options: TriageOptions) -> Qualification:
    """Return the two verdicts; `--persona` names the persona, `--all` overrules the decision and says which."""
    named = None if options.persona_id is None else campaign.persona(options.persona_id)
    found = qualify(
        prospect, campaign.icp, campaign.personas, options.as_of, named=named, group_of=industry_group
    )
    if not options.everyone or found.decision not in _SKIPPED_BY:
        return found
    persona_id = found.persona.id
    nearest = campaign.persona(persona_id) if persona_id else nearest_persona(prospect, campaign.personas)
    return found if nearest is None else overrule(found, nearest)


def _plan(
    row: Row, prospect: Prospect, qualification: Qualification, campaign: Campaign, options: TriageOptions
) -> Triaged:
    if qualification.persona.id is None:
        return Triaged(row, qualification, reason="no_persona", detail=qualification.decision_reason)
    persona = campaign.persona(qualification.persona.id)
    laid_over = plan_options(campaign, options)
    try:
        policy = campaign.policies[persona.buying_role]
        plan = make_plan(
            prospect, qualification, persona, campaign.offer, campaign.sequence, policy, laid_over
        )
    except NoChannel as error:
        return Triaged(row, qualification, reason="no_channel", detail=error.what)
    return Triaged(row, qualification, plan)


def plan_options(campaign: Campaign, options: TriageOptions) -> PlanOptions:
    """Return what settings and run lay over every plan."""
    return PlanOptions(
        account=campaign.settings.linkedin.account,
        as_of=options.as_of,
        arm=options.arm,
        variant=options.variant,
        address=campaign.settings.address,
        voice=campaign.voice,
    )
