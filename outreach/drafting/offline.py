"""A plan and message templates in; a whole drafted sequence out, the same every time, without a model.

Each step takes a shape (which parts, in which order) for its goal and the reader's buying role, and says each part in
one of the wordings of `templates/messages/<language>.yaml`. The hash of plan, person and step chooses among equals.
"""

from collections.abc import Collection

from rapidfuzz import fuzz

from outreach.domain.drafts import Draft, Message
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.footer import email_footer
from outreach.drafting.offline_material import Material, Spent, gather
from outreach.drafting.offline_message import write_message
from outreach.drafting.offline_subject import write_subject
from outreach.drafting.offline_templates import MessageTemplates, NoTextInLanguage, load_templates

__all__ = ["MessageTemplates", "NoTextInLanguage", "load_templates", "write_offline"]

#: From this token sort ratio on, two messages to one account look like one message.
ALIKE = 70
_ATTEMPTS = 48


def write_offline(plan: Plan, templates: MessageTemplates, *, avoid: Collection[str] = ()) -> Draft:
    """Write the whole sequence of a plan.

    Args:
        plan: what to write; it holds all that may be said.
        templates: the wordings.
        avoid: bodies that colleagues of the prospect get. The draft of several that is least like them is taken.

    Returns:
        A draft whose sentences each name what they rest on. Equal arguments give an equal draft.

    Raises:
        NoTextInLanguage: wordings, or a pain, claim or ask of the plan, are missing in the plan's language.
        FileErrors: a templates file is faulty.
    """
    best, least = _write(plan, templates, 0), 101.0
    if not avoid:
        return best
    for attempt in range(_ATTEMPTS):
        draft = best if attempt == 0 else _write(plan, templates, attempt)
        likeness = max(
            fuzz.token_sort_ratio(message.body, other) for message in draft.messages for other in avoid
        )
        if likeness < least:
            best, least = draft, likeness
        if least < ALIKE:
            break
    return best


def _write(plan: Plan, book: MessageTemplates, salt: int) -> Draft:
    spent = Spent()
    messages = tuple(_message(gather(plan, step, book, spent, salt), step) for step in plan.steps)
    return Draft(outreach_id=plan.outreach_id, language=plan.language, messages=messages)


def _message(m: Material, step: PlannedStep) -> Message:
    written = write_message(m)
    told = m.retelling is not None and f"fact:{m.retelling.fact.id}" in written.spends
    message = Message(
        step=step.step,
        channel=step.channel,
        day=step.day,
        subject=write_subject(m, fact_told=told) if step.channel in SUBJECT_CHANNELS else None,
        body=written.body,
        footer=email_footer(m.plan.offer, m.plan.language) if step.channel == "email" else None,
        existing_thread=step.existing_thread,
        basis=written.basis,
    )
    m.spent.texts |= written.spends
    m.spent.sentences |= {item.sentence for item in written.basis}
    m.spent.channels.append(step.channel)
    if m.retelling is not None and told:
        m.spent.facts.append(m.retelling)
    return message
