"""Rows, plans and drafts in; the lines that users script against out."""

from typing import Protocol

from outreach.domain.drafts import Draft, Message
from outreach.domain.ids import content_hash
from outreach.domain.judgement import SequenceVerdict
from outreach.domain.lines import (
    DraftedMessage,
    DraftedProspect,
    GenerateLine,
    IcpPart,
    PersonaPart,
    QualifiedProspect,
    QualifyLine,
    Tokens,
    VerdictPart,
)
from outreach.domain.opinions import JudgedSequenceVerdict
from outreach.domain.people import Prospect, Row
from outreach.domain.plans import Plan
from outreach.domain.verdicts import Qualification, Reason
from outreach.domain.versions import Candidate, Candidates
from outreach.drafting.context import judging_context
from outreach.drafting.written import Contender, Written


def qualify_line(row: Row, qualification: Qualification | None) -> QualifyLine:
    """Return what `qualify` says of a row; rows that are not judged have no verdicts."""
    person = row.prospect
    return QualifyLine(
        row=row.row,
        line=row.line,
        source=row.source,
        disposition=row.disposition,
        reason=row.reason or None,
        duplicate_of=row.duplicate_of,
        flags=row.flags,
        prospect=None if person is None else _qualified_prospect(person),
        account=(person.company.key or None) if person else None,
        icp=None if qualification is None else IcpPart(
            verdict=qualification.icp.verdict, score=qualification.icp.score,
            known_weight=qualification.icp.known_weight, reasons=_texts(qualification.icp.reasons),
        ),
        persona=None if qualification is None else PersonaPart(
            id=qualification.persona.id, buying_role=qualification.persona.buying_role,
            verdict=qualification.persona.verdict, score=qualification.persona.score,
            reasons=_texts(qualification.persona.reasons),
        ),
        decision=None if qualification is None else qualification.decision,
        decision_reason=None if qualification is None else qualification.decision_reason,
    )  # fmt: skip


def _qualified_prospect(person: Prospect) -> QualifiedProspect:
    return QualifiedProspect(
        first_name=person.first_name or None,
        last_name=person.last_name or None,
        greeting_name=person.greeting_name or None,
        title=person.title or None,
        seniority=person.seniority,
        function=person.functions[0] if person.functions else None,
        company=person.company.name or None,
        email=person.email,
        linkedin_url=person.linkedin_url,
        language=person.language,
        country=person.country,
    )


class Listed(Protocol):
    """Whatever knows its place in a list: a row, or the line that was made of it."""

    @property
    def row(self) -> int:
        """The number of the row."""
        ...

    @property
    def source(self) -> str:
        """The name of the list."""
        ...


def generate_line(row: Listed, plan: Plan, written: Written) -> GenerateLine:
    """Return a drafted sequence as a line: prospect, verdicts, messages with findings and basis, and the context to judge it again."""
    person, qualification, draft, verdict = plan.prospect, plan.qualification, written.draft, written.verdict
    variant = {"sequence": plan.variant} | ({"arm": plan.arm} if plan.arm else {})
    return GenerateLine(
        outreach_id=plan.outreach_id,
        row=row.row,
        source=row.source,
        prospect=DraftedProspect(
            first_name=person.first_name or None,
            last_name=person.last_name or None,
            title=person.title or None,
            company=person.company.name or None,
            email=person.email,
            linkedin_url=person.linkedin_url,
            language=person.language,
            country=person.country or person.company.country,
        ),
        account=person.company.key or None,
        persona=plan.persona.id,
        buying_role=plan.persona.buying_role,
        icp=VerdictPart(
            verdict=qualification.icp.verdict,
            score=qualification.icp.score,
            reasons=_texts(qualification.icp.reasons),
        ),
        persona_match=VerdictPart(
            verdict=qualification.persona.verdict,
            score=qualification.persona.score,
            reasons=_texts(qualification.persona.reasons),
        ),
        decision=qualification.decision,
        overruled=qualification.overruled,
        sequence=plan.sequence_id,
        variant=variant,
        model=draft.model,
        provider=draft.provider,
        fallback=draft.fallback,
        language=plan.language,
        address=plan.address,
        verdict=verdict.verdict,
        score=verdict.score,
        defects=verdict.defects,
        findings=verdict.findings,
        messages=tuple(_message(message, verdict) for message in draft.messages),
        dropped_steps=plan.dropped,
        wait_days=plan.wait_days,
        context=judging_context(plan),
        tokens=Tokens(input=written.input_tokens, output=written.output_tokens),
        cost_usd=written.cost_usd,
        judge=verdict.judge if isinstance(verdict, JudgedSequenceVerdict) else None,
        committee=plan.committee,
        bare_request=plan.bare_request,
        invite_week=plan.invite_week,
        start_day=plan.start_day,
        candidates=len(written.contenders) or None,
    )


def candidates_of(written: Written) -> Candidates | None:
    """Return what a draft was picked from, as it is kept; None where one draft was asked for."""
    if not written.contenders:
        return None
    return Candidates(candidates=tuple(_candidate(one) for one in written.contenders))


def _candidate(one: Contender) -> Candidate:
    if one.draft is None or one.verdict is None:
        return Candidate(number=one.number, picked=False, reason=one.reason)
    verdict = one.verdict
    return Candidate(
        number=one.number,
        picked=one.picked,
        reason=one.reason,
        verdict=verdict.verdict,
        score=verdict.score,
        findings=verdict.findings,
        messages=tuple(_message(message, verdict) for message in one.draft.messages),
        judge=verdict.judge if isinstance(verdict, JudgedSequenceVerdict) else None,
    )


def standing_of(plan: Plan) -> dict[str, object]:
    """Return the fields of a line that may change while its text stays: its place beside the others, and when it starts."""
    names = ("committee", "bare_request", "invite_week", "start_day")
    return {name: getattr(plan, name) for name in names}


def _message(message: Message, verdict: SequenceVerdict) -> DraftedMessage:
    judged = next(step for step in verdict.steps if step.step == message.step)
    return DraftedMessage(
        **message.model_dump(),
        verdict=judged.verdict,
        score=judged.score,
        defects=judged.defects,
        findings=judged.findings,
    )


def binding_of(plan: Plan, draft: Draft) -> str:
    """Return the hash that an approval is bound to: the text, the facts it rests on, and the recipient."""
    person = plan.prospect
    recipient = [person.first_name, person.last_name, person.email, person.linkedin_url, person.company.key]
    footers = [message.footer for message in draft.messages]
    return content_hash([draft.version, [fact.id for fact in plan.facts], recipient, footers])


def _texts(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    return tuple(reason.text for reason in reasons)
