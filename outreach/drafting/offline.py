"""A plan and message templates in; a whole drafted sequence out, the same every time, without a model.

Each step takes a shape (which parts, in which order) for its goal and the reader's buying role, and says each part in
one of the wordings of `templates/messages/<language>.yaml`. The hash of plan, person and step chooses among equals.
"""

from collections.abc import Callable, Collection

from rapidfuzz import fuzz

from outreach.domain.branches import meet
from outreach.domain.drafts import Draft, Message
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.footer import email_footer
from outreach.drafting.offline_material import Material, Spent, gather
from outreach.drafting.offline_message import write_message
from outreach.drafting.offline_subject import write_subject
from outreach.drafting.offline_templates import MessageTemplates, NoTextInLanguage, load_templates

__all__ = ["MessageTemplates", "NoTextInLanguage", "load_templates", "write_offline", "write_several_offline"]

#: From this token sort ratio on, two messages to one account look like one message.
ALIKE = 70
_ATTEMPTS = 12
_ATTEMPTS_EACH = 6


def write_offline(
    plan: Plan,
    templates: MessageTemplates,
    *,
    avoid: Collection[str] = (),
    passes: Callable[[Draft], bool] = lambda _draft: True,
) -> Draft:
    """Write the whole sequence of a plan.

    Args:
        plan: what to write; it holds all that may be said.
        templates: the wordings.
        avoid: bodies that colleagues of the prospect get. The draft of several that is least like them is taken.
        passes: says whether a draft is good enough as it is; other wordings are tried while it is not.

    Returns:
        A draft whose sentences each name what they rest on. Equal arguments give an equal draft.

    Raises:
        NoTextInLanguage: wordings, or a pain, claim or ask of the plan, are missing in the plan's language.
        FileErrors: a templates file is faulty.
    """
    return write_several_offline(plan, templates, 1, avoid=avoid, passes=passes)[0]


def write_several_offline(
    plan: Plan,
    templates: MessageTemplates,
    count: int,
    *,
    avoid: Collection[str] = (),
    passes: Callable[[Draft], bool] = lambda _draft: True,
) -> list[Draft]:
    """Write a plan's sequence in up to `count` different ways: fewer where the wordings hold no more.

    What `write_offline` writes comes first. A draft that does not pass, or looks like what colleagues get, is taken only where
    every one does: then the one that passes and is least like them.
    """
    fresh: list[Draft] = []
    least: tuple[tuple[bool, float], Draft] | None = None
    seen: set[str] = set()
    for attempt in range(max(_ATTEMPTS, _ATTEMPTS_EACH * count)):
        draft = _write(plan, templates, attempt)
        if draft.version in seen:
            continue
        seen.add(draft.version)
        likeness = max(
            (fuzz.token_sort_ratio(message.body, other) for message in draft.messages for other in avoid),
            default=0.0,
        )
        rank = (not passes(draft), likeness)
        if not rank[0] and likeness < ALIKE:
            fresh.append(draft)
        elif least is None or rank < least[0]:
            least = rank, draft
        if len(fresh) == count:
            break
    return fresh if fresh or least is None else [least[1]]


def _write(plan: Plan, book: MessageTemplates, salt: int) -> Draft:
    told: list[tuple[Message, Spent]] = []
    for step in plan.steps:
        # What only the other branch said is new to this reader.
        spent = Spent.joined(own for message, own in told if meet(message.after, step.after))
        told.append(_message(gather(plan, step, book, spent, salt), step))
    messages = tuple(message for message, _ in told)
    return Draft(outreach_id=plan.outreach_id, language=plan.language, messages=messages)


def _message(m: Material, step: PlannedStep) -> tuple[Message, Spent]:
    """Return the message of a step, and what it uses up."""
    written = write_message(m)
    told = m.retelling is not None and f"fact:{m.retelling.fact.id}" in written.spends
    message = Message(
        step=step.step,
        channel=step.channel,
        day=step.day,
        after=step.after,
        subject=write_subject(m, fact_told=told) if step.channel in SUBJECT_CHANNELS else None,
        body=written.body,
        footer=email_footer(m.plan.offer, m.plan.language) if step.channel == "email" else None,
        existing_thread=step.existing_thread,
        basis=written.basis,
    )
    own = Spent(
        texts=set(written.spends),
        sentences={item.sentence for item in written.basis},
        subjects=[] if message.subject is None or step.existing_thread else [message.subject],
        facts=[m.retelling] if m.retelling is not None and told else [],
        channels=[step.channel],
    )
    return message, own
