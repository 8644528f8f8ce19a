"""The material of a step in; for each part of a message, the ways to say it out, in the order this prospect gets them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.manner import NO_MANNER
from outreach.drafting.offline_asks import ask, ask_fact, way_out, wish
from outreach.drafting.offline_material import Material
from outreach.drafting.offline_option import COURTESY, HEDGE, Option, pain_basis, said, sentences


def options(m: Material, part: str) -> Iterator[Option]:
    """Yield the ways to say a part that are fillable and not yet spent; nothing where the step has no material for it."""
    for option in _in_manner(m, _PARTS[part](m)):
        if not option.spends & m.spent.texts and m.spent.sentences.isdisjoint(sentences(option.text)):
            yield option


def _in_manner(m: Material, ways: Iterator[Option]) -> Iterator[Option]:
    """Yield the ways as the sender would put them, what the sender never writes last. A claim keeps its words."""
    if m.manner is NO_MANNER:
        yield from ways
        return
    refused: list[Option] = []
    for few in _by_threes(ways):
        spoken = [_spoken(m, way) for way in few]
        if all(HEDGE[0] in way.rests_on for way in spoken):
            # Facts, claims, asks and ways out come in the order of what they tell; remarks are equals.
            spoken.sort(key=lambda way: m.manner.sentence_distance(way.text, len(sentences(way.text))))
        for way in spoken:
            if m.manner.refuses(way.text):
                refused.append(replace(way, refused=True))
            else:
                yield way
    yield from refused


def _by_threes(ways: Iterator[Option]) -> Iterator[list[Option]]:
    """Yield the ways three at a time: the nearest of three leans to a length and leaves every reader other words."""
    while few := list(islice(ways, 3)):
        yield few


def _spoken(m: Material, way: Option) -> Option:
    locked = way.claims or way.rests_on[0].startswith("claim:")
    return way if locked else replace(way, text=m.manner.spoken(way.text))


def _thanks(m: Material) -> Iterator[Option]:
    if m.connected:
        yield from said(m, "thanks", "any", rests_on=COURTESY)


def _fact(m: Material) -> Iterator[Option]:
    if m.retelling is None:
        return
    retelling = m.retelling
    told = (f"fact:{retelling.fact.id}",)
    for group in retelling.groups:
        # Of the wordings that fit, first those that tell most of it.
        ways = list(said(m, "fact", group, rests_on=told, spends=told))
        yield from sorted(
            ways, key=lambda way: -sum(value in way.text for value in retelling.values.values())
        )


def _remark(m: Material) -> Iterator[Option]:
    """The persona's sentence alone: not where it speaks of an event that nobody says has happened."""
    if m.pain and not m.pain.remark_of_event and not _asks_who(m):
        yield from _persona_remark(m)


def _persona_remark(m: Material) -> Iterator[Option]:
    text = m.text(m.pain.remark) if m.pain else ""
    if text:
        yield Option(text, pain_basis(m), frozenset({text, m.values.get("pain", "")}))


def _follow(m: Material) -> Iterator[Option]:
    """The persona's sentence right after a hiring. Other news is asked about: a sentence of the role's beside it sounds forced."""
    if m.retelling and m.pain and m.retelling.kind == "hiring" and "hiring" in m.pain.signals:
        yield from _persona_remark(m)


def _asks_who(m: Material) -> bool:
    """Say whether the message only asks whose subject it is: a problem before that leads nowhere."""
    return m.step.ask_kind == "route"


def _pain_lead(m: Material) -> Iterator[Option]:
    if m.pain and not _asks_who(m):
        yield from said(m, "pain_lead", m.role, "any", rests_on=pain_basis(m), spends=(m.values["pain"],))


def _topic(m: Material) -> Iterator[Option]:
    yield from said(m, "topic", f"{m.role}_{m.step.goal}", m.role, "any", rests_on=COURTESY)


def _claim(m: Material) -> Iterator[Option]:
    """The claim word for word. It says itself whose it is: a lead before it would only announce it."""
    if m.claim:
        text = m.text(m.claim.text)
        yield Option(text, (f"claim:{m.claim.id}",), frozenset({text}), claims=True)


def _intro(m: Material) -> Iterator[Option]:
    """Who we are, once in a sequence, before anything is claimed or offered; no note does.

    Where the policy calls the product out of place, by subject and firm alone.
    """
    is_forbidden = any(item.move == "product" for item in m.plan.policy.forbidden)
    groups = ("by_topic",) if is_forbidden else (m.role, "any")
    yield from said(m, "intro", *groups, rests_on=COURTESY, spends=("intro",))


def _why(m: Material) -> Iterator[Option]:
    """Why I ask, after the question of a letter: only about a problem that we answer, for else it is not why."""
    answered = m.pain and any(m.pain.id in claim.answers for claim in m.plan.offer.claims)
    if answered and m.step.channel in SUBJECT_CHANNELS and m.step.ask_kind == "question":
        forbidden = any(item.move == "product" for item in m.plan.policy.forbidden)
        yield from (
            _intro(m) if forbidden else said(m, "why", m.role, "any", rests_on=COURTESY, spends=("intro",))
        )


def _hello(m: Material) -> Iterator[Option]:
    """A note without a fact says who asks to connect: a remark about the role would be a reason for nothing."""
    yield from said(m, "hello", m.role, "any", rests_on=COURTESY)


def _end(m: Material) -> Iterator[Option]:
    yield from said(m, "end", m.role, "any", rests_on=COURTESY)


def _leave(m: Material) -> Iterator[Option]:
    yield from said(m, "leave", m.role, "any", rests_on=COURTESY)


_PARTS: dict[str, Callable[[Material], Iterator[Option]]] = {
    "thanks": _thanks,
    "fact": _fact,
    "remark": _remark,
    "follow": _follow,
    "pain_lead": _pain_lead,
    "topic": _topic,
    "claim": _claim,
    "intro": _intro,
    "ask": ask,
    "ask_fact": ask_fact,
    "why": _why,
    "hello": _hello,
    "end": _end,
    "leave": _leave,
    "way_out": way_out,
    "wish": wish,
}
