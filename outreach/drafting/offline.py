"""A plan and message templates in; a whole drafted sequence out, the same every time, without a model.

Each step takes a shape (which parts, in which order) for its goal and the reader's buying role, and says each part in
one of the wordings of `templates/messages/<language>.yaml`. The hash of plan, person and step chooses among equals.
"""

import itertools
from collections.abc import Collection

from rapidfuzz import fuzz

from outreach.domain.drafts import Draft, Message
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.footer import email_footer
from outreach.drafting.offline_material import Material, Spent, gather
from outreach.drafting.offline_message import Composed, write_message
from outreach.drafting.offline_subject import write_subject
from outreach.drafting.offline_templates import MessageTemplates, NoTextInLanguage, load_templates

__all__ = ["MessageTemplates", "NoTextInLanguage", "load_templates", "write_offline"]

#: From this token sort ratio on, two messages to one account look like one message.
ALIKE = 70
_ATTEMPTS = 24
#: So many of the best ways to build a message are passed over, one more each time, where all of those were alike.
_PASSED_OVER = 40
#: Orders of wordings that are tried for each of them.
_ORDERS = 4
#: Two messages of one sequence share name and subject: they may be this much more alike.
_OWN_BONUS = 5.0


def write_offline(plan: Plan, templates: MessageTemplates, *, avoid: Collection[str] = ()) -> Draft:
    """Write the whole sequence of a plan.

    Args:
        plan: what to write; it holds all that may be said.
        templates: the wordings.
        avoid: bodies that colleagues of the prospect get. Of several ways to say a step one that is unlike them is taken.

    Returns:
        A draft whose sentences each name what they rest on. Equal arguments give an equal draft.

    Raises:
        NoTextInLanguage: wordings, or a pain, claim or ask of the plan, are missing in the plan's language.
        FileErrors: a templates file is faulty.
    """
    spent = Spent()
    messages: list[Message] = []
    for step in plan.steps:
        own = [message.body for message in messages]
        m, written = _unlike(plan, step, templates, spent, avoid, own)
        messages.append(_message(m, step, written))
    return Draft(outreach_id=plan.outreach_id, language=plan.language, messages=tuple(messages))


def _unlike(
    plan: Plan,
    step: PlannedStep,
    book: MessageTemplates,
    spent: Spent,
    avoid: Collection[str],
    own: Collection[str],
) -> tuple[Material, Composed]:
    """Return a step's message: the first one, or, where colleagues are written to, the first that is like none of theirs.

    Where there is no such one, the least alike is taken. What the sequence itself says already counts a little less.
    """
    found: tuple[Material, Composed] | None = None
    least = 101.0
    tries = [(0, salt) for salt in range(_ATTEMPTS if avoid else 1)]
    if avoid:
        tries += itertools.product(range(1, _PASSED_OVER), range(_ORDERS))
    for passed_over, salt in tries:
        m = gather(plan, step, book, spent, salt)
        written = write_message(m, passed_over)
        likeness = max((fuzz.token_sort_ratio(written.body, other) for other in avoid), default=0.0)
        within = max((fuzz.token_sort_ratio(written.body, other) for other in own), default=0.0)
        likeness = max(likeness, within - _OWN_BONUS)
        if found is None or likeness < least:
            found, least = (m, written), likeness
        if least < ALIKE:
            break
    if found is None:
        msg = "there is at least one way to write a message"
        raise AssertionError(msg)
    return found


def _message(m: Material, step: PlannedStep, written: Composed) -> Message:
    """Return a step's message, and note in the material what it used up."""
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
