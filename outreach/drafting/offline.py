"""A plan and message templates in; a whole drafted sequence out, the same every time, without a model.

Each step takes a shape (which parts, in which order) for its goal and the reader's buying role, and says each part in
one of the wordings of `templates/messages/<language>.yaml`. The hash of plan, person and step chooses among equals.
"""

import itertools
from collections.abc import Callable, Collection, Iterator

from rapidfuzz import fuzz

from outreach.domain.branches import meet
from outreach.domain.drafts import Draft, Message
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.footer import email_footer
from outreach.drafting.offline_material import Material, Spent, gather
from outreach.drafting.offline_message import Composed, write_message
from outreach.drafting.offline_subject import write_subject
from outreach.drafting.offline_templates import MessageTemplates, NoTextInLanguage, load_templates

__all__ = ["MessageTemplates", "NoTextInLanguage", "load_templates", "write_offline", "write_several_offline"]

#: From this token sort ratio on, two messages to one account look like one message.
ALIKE = 70
_ATTEMPTS = 12
_ATTEMPTS_EACH = 6
#: Orders of wordings that are tried for each step of a draft to find one unlike what colleagues get.
_ORDERS = 6
#: Drafts that are looked for further where none of those passed and was unlike: so many of the best ways to build a message
#: are passed over, one more each time, in so many orders.
_DEEP = 2
_PASSED_OVER = 40
_DEEP_ORDERS = 4
#: The orders of one draft are so far apart that another draft tries others.
_APART = 1_000
#: Two messages of one sequence share name and subject: they may be this much more alike.
_OWN_BONUS = 5.0


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
        avoid: bodies that colleagues of the prospect get. Of several ways to say a step one that is unlike them is taken.
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
    for draft in _drafts(plan, templates, max(_ATTEMPTS, _ATTEMPTS_EACH * count), avoid):
        if draft.version in seen:
            continue
        seen.add(draft.version)
        likeness = max((_likeness(message.body, avoid) for message in draft.messages), default=0.0)
        rank = (not passes(draft), likeness)
        if not rank[0] and likeness < ALIKE:
            fresh.append(draft)
        elif least is None or rank < least[0]:
            least = rank, draft
        if len(fresh) == count:
            break
    return fresh if fresh or least is None else [least[1]]


def _drafts(plan: Plan, book: MessageTemplates, attempts: int, avoid: Collection[str]) -> Iterator[Draft]:
    """Yield ways to write a plan: first those that cost little, then, where colleagues are written to, hard-won ones."""
    for attempt in range(attempts):
        tries = [(0, attempt + _APART * order) for order in range(_ORDERS if avoid else 1)]
        yield _write(plan, book, tries, avoid)
    for attempt in range(_DEEP if avoid else 0):
        salts = [attempt + _APART * order for order in range(_DEEP_ORDERS)]
        yield _write(plan, book, list(itertools.product(range(_PASSED_OVER), salts)), avoid)


def _write(
    plan: Plan, book: MessageTemplates, tries: Collection[tuple[int, int]], avoid: Collection[str]
) -> Draft:
    told: list[tuple[Message, Spent]] = []
    for step in plan.steps:
        # What only the other branch said is new to this reader.
        before = [(message, own) for message, own in told if meet(message.after, step.after)]
        spent = Spent.joined(own for _, own in before)
        said = [message.body for message, _ in before] if avoid else []
        told.append(_message(*_unlike(plan, step, book, spent, tries, avoid, said), step))
    messages = tuple(message for message, _ in told)
    return Draft(outreach_id=plan.outreach_id, language=plan.language, messages=messages)


def _unlike(
    plan: Plan,
    step: PlannedStep,
    book: MessageTemplates,
    spent: Spent,
    tries: Collection[tuple[int, int]],
    avoid: Collection[str],
    said: Collection[str],
) -> tuple[Material, Composed]:
    """Return a step's message: the first of the tries that is like none of the others', or the one that is least alike.

    Args:
        plan: what to write.
        step: of the plan.
        book: the wordings.
        spent: what the steps before used up.
        tries: how many of the best ways are passed over, and the order of wordings, of each try; at least one.
        avoid: what colleagues get.
        said: what the sequence itself says already; it counts a little less.
    """
    found: tuple[float, Material, Composed] | None = None
    for passed_over, salt in tries:
        m = gather(plan, step, book, spent, salt)
        written = write_message(m, passed_over)
        likeness = max(_likeness(written.body, avoid), _likeness(written.body, said) - _OWN_BONUS)
        if found is None or likeness < found[0]:
            found = likeness, m, written
        if likeness < ALIKE:
            break
    if found is None:
        msg = "there is at least one way to write a message"
        raise AssertionError(msg)
    return found[1:]


def _likeness(body: str, others: Collection[str]) -> float:
    """Return how alike a message is to the one of the others that is most like it, 0 to 100."""
    return max((fuzz.token_sort_ratio(body, other) for other in others), default=0.0)


def _message(m: Material, written: Composed, step: PlannedStep) -> tuple[Message, Spent]:
    """Return the message of a step, and what it uses up."""
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
