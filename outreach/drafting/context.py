"""A plan and its draft in; the record that the rubric judges out, in the shape that `validate` reads too."""

from outreach.domain.drafts import Draft
from outreach.domain.judgement import (
    ContextPolicy,
    ContextPreferences,
    ContextProspect,
    ContextSender,
    SequenceContext,
    SequenceRecord,
    StepRecord,
)
from outreach.domain.plans import Plan
from outreach.domain.record import text_in
from outreach.drafting.manner import FORMAL, context_voice


def judging_context(plan: Plan) -> SequenceContext:
    """Return the ground truth of a plan: all that its messages may rest on, in the language of the draft."""
    prospect, offer, language = plan.prospect, plan.offer, plan.language
    claims = [text_in(claim.text, language) for claim in offer.claims]
    asks = [text_in(ask.text, language) for ask in offer.asks]
    product = text_in(offer.product, language)
    topic = text_in(offer.topic, language) if offer.topic else None
    return SequenceContext(
        prospect=ContextProspect(
            first_name=prospect.first_name,
            last_name=prospect.last_name,
            company=prospect.company.name,
            role=prospect.title,
            industry=prospect.company.industry or "",
            profile_text="\n".join(text for text in (prospect.headline, prospect.profile_text) if text),
            honorific=prospect.honorific,
        ),
        pain_points=tuple(text for _, text in role_knowledge(plan)),
        facts=tuple(fact.text for fact in plan.facts),
        sender=ContextSender(
            name=offer.sender.name,
            company=offer.sender.company,
            # What may be offered is ground truth too: an asset of the offer is no invention.
            offer="; ".join(text for text in (product, topic, *asks) if text),
            proof_points=tuple(text for text in claims if text),
            signature=offer.sender.signature,
        ),
        preferences=ContextPreferences(
            formality=_formality(plan), style=plan.persona.communication.style, language=language
        ),
        # The opt-out stands in the footer, a field of its own under every email: the body need not repeat it.
        policy=ContextPolicy(
            connection_note_limit=plan.note_limit,
            require_opt_out=False,
            max_words=plan.policy.max_words,
            forbidden=tuple(item.move for item in plan.policy.forbidden),
            never_say=offer.never_say,
        ),
        voice=context_voice(plan),
    )


def role_knowledge(plan: Plan) -> list[tuple[str, str]]:
    """Return `(pain id, text)` for all that is known of the role, in the draft's language: a pain's text, question and remark."""
    said = [
        (pain.id, text_in(texts, plan.language))
        for pain in plan.persona.pain_points
        for texts in (pain.text, pain.question, pain.remark)
        if texts is not None
    ]
    return [(pain_id, text) for pain_id, text in said if text]


def _formality(plan: Plan) -> str:
    if plan.address in FORMAL:
        return "formal"
    if plan.address == "plain" and plan.persona.communication.formality == "formal":
        return "formal"
    return "casual"


def judging_record(plan: Plan, draft: Draft) -> SequenceRecord:
    """Return the whole sequence as the rubric's record; its id is the plan's."""
    return SequenceRecord(
        id=plan.outreach_id,
        language=draft.language,
        context=judging_context(plan),
        steps=tuple(
            StepRecord(
                step=message.step,
                channel=message.channel,
                day=message.day,
                after=message.after,
                subject=message.subject,
                existing_thread=message.existing_thread,
                body=message.body,
            )
            for message in draft.messages
        ),
    )
