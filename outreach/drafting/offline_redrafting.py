"""A request and message templates in; the steps filled anew by rule out: shorter, with another fact, as a question …, judged each.

Every way to fill a step is held against the wish. Those that fit are put in order (most of what the message rests on kept,
fewest words in a row that stand elsewhere, nearest to the wish) and judged as part of the whole sequence; the first that
costs the draft no points is taken, else the best.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from rapidfuzz import fuzz

from outreach.domain.drafts import Draft, Message
from outreach.domain.people import Fact
from outreach.domain.plans import Plan, PlannedStep
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.llm_writer import merged
from outreach.drafting.offline_material import Material, Spent, gather
from outreach.drafting.offline_message import Composed, every_message
from outreach.drafting.offline_subject import write_subject
from outreach.drafting.offline_templates import MessageTemplates
from outreach.drafting.offline_wishes import Wishes, read_wishes
from outreach.drafting.redrafting import Redrafted, Request, reasons_against
from outreach.drafting.tries import Try
from outreach.drafting.written import Written
from outreach.text.counting import word_count
from outreach.text.folding import folded_words
from outreach.text.stems import related
from outreach.text.stems import stem as stem_of

#: Orders of wordings that are gone through, and drafts that are judged for a step, at most.
_SALTS = 16
_MOST_JUDGED = 24
#: A shorter message has at most this share of the words, a longer one at least that one, where there is such a filling.
_SHORTER, _LONGER = 0.85, 1.15
#: From this likeness on a message reads like the one it is to replace, or like what a colleague gets.
_ALIKE = 80
#: Words in a row that a reader notices in two messages.
_RUN = 4


class CannotDoError(Exception):
    """A wish that the material of a step does not allow; the text says why."""


@dataclass(frozen=True)
class _Found:
    """A way to write a step that the wish allows, judged in its sequence."""

    tried: Try
    reasons: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        """What ways are compared by: whether it may stand, then the score. The first of equals is nearest to the wish."""
        return bool(self.reasons), -self.tried.verdict.score


class _Way(NamedTuple):
    """A way to write a step, and how much of what the message rests on it loses."""

    message: Message
    lost: int


async def redraft_offline(
    request: Request,
    templates: MessageTemplates,
    judged: Callable[[Draft], Awaitable[Try]],
    *,
    avoid: Collection[str] = (),
) -> Redrafted:
    """Write the steps of a request anew from templates, the same every time.

    Args:
        request: what to redo, and how.
        templates: the wordings of the draft's language.
        judged: judges a whole draft.
        avoid: bodies that colleagues get.

    Raises:
        UsageError: the instruction asks for what rules cannot do.
        NoTextInLanguage: a text of the plan is missing in its language.
    """
    wishes = read_wishes(request.instruction)
    start = now = await judged(request.draft)
    notes: list[str] = []
    refused: _Found | None = None
    for step in request.steps:
        try:
            found = await _redo(request.plan, now.draft, step, wishes, templates, judged, start, avoid)
        except CannotDoError as error:
            notes.append(f"step {step} is left as it is: {error}")
            continue
        if found.reasons:
            refused = refused or found
            continue
        now = found.tried
    if now is start and refused is not None:
        return Redrafted(Written(refused.tried.draft, refused.tried.verdict), refused.reasons)
    if now is start:
        reasons = tuple(note.replace("is left as it is", "cannot be redone like that") for note in notes)
        return Redrafted(Written(start.draft, start.verdict), reasons)
    return Redrafted(Written(now.draft, now.verdict), (), tuple(notes))


async def _redo(
    plan: Plan,
    draft: Draft,
    number: int,
    wishes: Wishes,
    book: MessageTemplates,
    judged: Callable[[Draft], Awaitable[Try]],
    start: Try,
    avoid: Collection[str],
) -> _Found:
    """Return the best way to redo one step. Raises CannotDoError where no filling fits the wish."""
    message = next(one for one in draft.messages if one.step == number)
    planned = next(one for one in plan.steps if one.step == number)
    if _is_so(message, plan, wishes):
        raise CannotDoError("it is so already; ask for another wording")
    others = [_runs(one.body) for one in draft.messages if one.step != number]
    ways = sorted(
        _ways(plan, draft, message, planned, wishes, book),
        key=lambda way: (
            any(fuzz.token_sort_ratio(way.message.body, other) >= _ALIKE for other in avoid),
            _is_near(way.message, message, wishes),
            way.lost,
            sum(len(_runs(way.message.body) & other) for other in others),
            _distance(way.message, message, wishes),
        ),
    )
    best: _Found | None = None
    for way in ways[:_MOST_JUDGED]:
        tried = await judged(merged(draft, draft.model_copy(update={"messages": (way.message,)})))
        found = _Found(tried, reasons_against(tried, start, (number,)))
        if best is None or found.rank < best.rank:
            best = found
        if not best.reasons and best.tried.verdict.score >= start.verdict.score:
            break
    if best is None:
        raise CannotDoError(_why_not(wishes, planned))
    return best


def _is_so(message: Message, plan: Plan, wishes: Wishes) -> bool:
    """Say whether a message is as wished before anything is done: only of wishes that name what is to be in it or not."""
    if wishes.shorter or wishes.longer or wishes.reword or wishes.other_fact:
        return False
    rests = {one for item in message.basis for one in item.rests_on}
    told = [fact for fact in plan.facts if f"fact:{fact.id}" in rests and _holds(fact, wishes.mention)]
    return not (
        (wishes.mention and not told)
        or (wishes.question and not _asks(message.body, rests))
        or (wishes.without_product and _speaks_of_us(message.body, rests, plan))
    )


def _runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of words long enough to be noticed when it comes twice."""
    words = folded_words(text)
    return {words[at : at + _RUN] for at in range(len(words) - _RUN + 1)}


def _ways(
    plan: Plan,
    draft: Draft,
    message: Message,
    planned: PlannedStep,
    wishes: Wishes,
    book: MessageTemplates,
) -> Iterator[_Way]:
    """Yield the different ways to write a step as wished."""
    step, fact_is_new = _as_wished(plan, draft, message, planned, wishes)
    grounds = {one for item in message.basis for one in item.rests_on if ":" in one}
    seen = {message.body}
    for salt in range(_SALTS):
        material = gather(plan, step, book, _spent(plan, draft, message.step, book), salt)
        for composed in every_message(material):
            if composed.body in seen:
                continue
            seen.add(composed.body)
            if not _fits(composed, message, step, wishes, plan, fact_is_new):
                continue
            new = _message(composed, message, material, renewed=fact_is_new)
            kept = {one for item in new.basis for one in item.rests_on}
            yield _Way(new, len(grounds - kept))


def _as_wished(
    plan: Plan, draft: Draft, message: Message, planned: PlannedStep, wishes: Wishes
) -> tuple[PlannedStep, bool]:
    """Return the step as the message carries it out now, changed as wished, and whether it tells another fact."""
    rests = [one for item in message.basis for one in item.rests_on]
    angle, ask_kind, ask_id = planned.angle, planned.ask_kind, planned.ask_id
    told = next((one.removeprefix("fact:") for one in rests if plan.fact(one.removeprefix("fact:"))), None)
    if told is not None:
        angle = angle.model_copy(update={"fact_id": told})
    if wishes.without_product or (angle.claim_id and f"claim:{angle.claim_id}" not in rests):
        angle = angle.model_copy(update={"claim_id": None})
    if wishes.question or (ask_id and f"ask:{ask_id}" not in rests and "?" in message.body):
        ask_kind, ask_id = "question", None
    fact = _fact_wished(plan, draft, message, told, wishes)
    if fact is not None:
        angle = angle.model_copy(update={"fact_id": fact.id})
    changed = {"angle": angle, "ask_kind": ask_kind, "ask_id": ask_id}
    return planned.model_copy(update=changed), fact is not None and fact.id != told


def _fact_wished(plan: Plan, draft: Draft, message: Message, told: str | None, wishes: Wishes) -> Fact | None:
    """Return the fact that the wish is for. Raises CannotDoError where the plan holds none, or another step tells it."""
    if not wishes.mention and not wishes.other_fact:
        return None
    elsewhere = {
        one.removeprefix("fact:"): other.step
        for other in draft.messages
        if other.step != message.step
        for item in other.basis
        for one in item.rests_on
    }
    if wishes.other_fact:
        free = [fact for fact in plan.facts if fact.id != told and fact.id not in elsewhere]
        if not free:
            raise CannotDoError("the plan holds no other fact that the sequence does not tell already")
        return free[0]
    meant = next((fact for fact in plan.facts if _holds(fact, wishes.mention)), None)
    if meant is None:
        known = "; ".join(fact.text for fact in plan.facts) or "none"
        raise CannotDoError(f"no fact holds {' '.join(wishes.mention)!r}; the facts are: {known}")
    if meant.id in elsewhere and meant.id != told:
        raise CannotDoError(f"step {elsewhere[meant.id]} tells that already, and a fact is told once")
    return meant


def _holds(fact: Fact, wanted: Collection[str]) -> bool:
    """Say whether a fact holds every word that is to be mentioned, inflected or not."""
    texts = [fact.kind, fact.text, *fact.slots.values()]
    stems = [stem_of(word, fact.language) for word in folded_words(" ".join(texts))]
    asked = [stem_of(word, fact.language) for text in wanted for word in folded_words(text)]
    return all(any(related(one, other) for other in stems) for one in asked)


def _spent(plan: Plan, draft: Draft, number: int, book: MessageTemplates) -> Spent:
    """Return what the other messages say: nothing of it is said twice, whether it comes before or after."""
    spent = Spent()
    for message in draft.messages:
        if message.step == number:
            continue
        rests = {one for item in message.basis for one in item.rests_on}
        spent.sentences |= {item.sentence for item in message.basis}
        spent.texts |= {one for one in rests if one.startswith("fact:")}
        for step in (one for one in plan.steps if one.step == message.step):
            other = gather(plan, step, book, Spent(), 0)
            if other.claim and f"claim:{other.claim.id}" in rests:
                spent.texts.add(other.text(other.claim.text))
            if other.pain and f"pain:{other.pain.id}" in rests:
                spent.texts |= {other.values.get("pain", ""), other.text(other.pain.remark)} - {""}
            if other.values.get("product", "\0") in message.body:
                spent.texts.add("intro")
            if message.step < number and other.retelling and f"fact:{other.retelling.fact.id}" in rests:
                spent.facts.append(other.retelling)
        if message.step < number:
            spent.channels.append(message.channel)
        if message.subject:
            spent.subjects.append(message.subject)
    return spent


def _fits(
    new: Composed, old: Message, step: PlannedStep, wishes: Wishes, plan: Plan, fact_is_new: bool
) -> bool:
    """Say whether a filling is what was asked for, as far as that can be counted."""
    words, before = word_count(new.body), word_count(old.body)
    rests = {one for item in new.basis for one in item.rests_on}
    if (wishes.shorter and words >= before) or (wishes.longer and words <= before):
        return False
    if wishes.without_product and _speaks_of_us(new.body, rests, plan):
        return False
    if (fact_is_new or wishes.mention) and f"fact:{step.angle.fact_id}" not in rests:
        return False
    if wishes.question and not _asks(new.body, rests):
        return False
    return not wishes.reword or fuzz.token_sort_ratio(new.body, old.body) < _ALIKE


def _asks(body: str, rests: Collection[str]) -> bool:
    return "?" in body and not any(one.startswith("ask:") for one in rests)


def _speaks_of_us(body: str, rests: Collection[str], plan: Plan) -> bool:
    product = plan.offer.product.get(plan.language, "").rstrip(" .")
    ours = [text for text in (plan.offer.sender.company, product) if text]
    return any(one.startswith("claim:") for one in rests) or any(text in body for text in ours)


def _is_near(new: Message, old: Message, wishes: Wishes) -> bool:
    """Say whether a filling does what was asked only just: others are looked at first."""
    words, before = word_count(new.body), word_count(old.body)
    return (wishes.shorter and words > _SHORTER * before) or (wishes.longer and words < _LONGER * before)


def _distance(new: Message, old: Message, wishes: Wishes) -> float:
    """Return how far a filling is from what was asked: clearly shorter or longer, and not more than that; else about as long."""
    share = _SHORTER if wishes.shorter else _LONGER if wishes.longer else 1.0
    return abs(word_count(new.body) - share * word_count(old.body))


def _message(composed: Composed, old: Message, m: Material, *, renewed: bool) -> Message:
    subject = old.subject
    if renewed and old.channel in SUBJECT_CHANNELS and not old.existing_thread:
        told = m.retelling is not None and f"fact:{m.retelling.fact.id}" in composed.spends
        subject = write_subject(replace(m), fact_told=told)
    return old.model_copy(update={"body": composed.body, "basis": composed.basis, "subject": subject})


def _why_not(wishes: Wishes, planned: PlannedStep) -> str:
    """Say which wish the wordings of a step cannot meet."""
    if wishes.question:
        return f"no wording of a message that is to {planned.goal} asks a question"
    if wishes.without_product:
        return "no wording of it leaves the sender out"
    if wishes.mention or wishes.other_fact:
        return f"the wordings of a message that is to {planned.goal} cannot tell that fact"
    wanted = [name for name in ("shorter", "longer") if getattr(wishes, name)]
    return f"no wording of it is {' and '.join(wanted) or 'unlike what it says now'}"
