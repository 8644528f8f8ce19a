"""A plan and its draft in; the record that the rubric judges out, in the shape that `validate` reads too."""

import tomllib
from functools import lru_cache
from importlib.resources import files

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
from outreach.domain.people import Fact
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
        facts=tuple(_told(fact, language) for fact in plan.facts),
        sender=ContextSender(
            name=offer.sender.name,
            company=offer.sender.company,
            # What may be offered is ground truth too: an asset of the offer is no invention.
            offer="; ".join(text for text in (product, topic, *asks) if text),
            proof_points=tuple(text for text in claims if text),
            signature=offer.sender.signature,
            product=product or "",
        ),
        preferences=ContextPreferences(
            formality=_formality(plan), style=plan.persona.communication.style, language=language
        ),
        policy=_policy(plan),
        voice=context_voice(plan),
    )


def _told(fact: Fact, language: str) -> str:
    """Return a fact's text; one in another language says in the draft's what its kind and slots hold."""
    meaning = _fact_kinds().get(fact.kind.casefold(), {}).get(language)
    if fact.language == language or not meaning or not fact.slots:
        return fact.text
    return f"{fact.text} ({meaning}: {', '.join(value for value in fact.slots.values() if value)})"


@lru_cache(maxsize=1)
def _fact_kinds() -> dict[str, dict[str, str]]:
    text = files("outreach.drafting").joinpath("data/fact_kinds.toml").read_text("utf-8")
    return tomllib.loads(text)


def _policy(plan: Plan) -> ContextPolicy:
    """Return the limits of account and buying role, and what the role may be asked and given to pass on."""
    policy = plan.policy
    kinds = dict.fromkeys(kind for allowed in policy.asks.values() for kind in allowed)
    passed_on = [text_in(ask.text, plan.language) for ask in plan.offer.asks if ask.kind == "forward"]
    # The opt-out stands in the footer, a field of its own under every email: the body need not repeat it.
    return ContextPolicy(
        connection_note_limit=plan.note_limit,
        require_opt_out=False,
        max_words=policy.max_words,
        forbidden=tuple(item.move for item in policy.forbidden),
        buying_role=policy.id,
        asks=tuple(kinds),
        never_say=plan.offer.never_say,
        pass_on=tuple(text for text in passed_on if text) if "forward" in kinds else (),
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
