"""The material of a step in; for each part of a message, the ways to say it out, in the order this prospect gets them."""

from collections.abc import Callable, Iterator

from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.offline_asks import ask, ask_fact, way_out, wish
from outreach.drafting.offline_material import Material
from outreach.drafting.offline_option import COURTESY, HEDGE, Option, pain_basis, said, sentences

#: Kinds of fact that a general sentence may speak of without one: teams grow everywhere, a round is somebody's.
_UNEVENTFUL = frozenset({"hiring", "technology", "post", "other"})


def options(m: Material, part: str) -> Iterator[Option]:
    """Yield the ways to say a part that are fillable and not yet spent; nothing where the step has no material for it."""
    for option in _PARTS[part](m):
        if not option.spends & m.spent.texts and m.spent.sentences.isdisjoint(sentences(option.text)):
            yield option


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


def _bridge(m: Material) -> Iterator[Option]:
    """From what happened to the pain, where the pain's author says that this kind of fact makes it likely."""
    if m.retelling is None or m.pain is None:
        return
    groups = (m.retelling.kind, "any") if m.retelling.kind in m.pain.signals else ("any",)
    yield from said(m, "bridge", *groups, rests_on=pain_basis(m), spends=(m.values.get("pain", ""),))


def _remark(m: Material) -> Iterator[Option]:
    """The persona's sentence alone: not where it speaks of an event that nobody says has happened."""
    if m.pain and not set(m.pain.signals) - _UNEVENTFUL:
        yield from _persona_remark(m)


def _persona_remark(m: Material) -> Iterator[Option]:
    text = m.text(m.pain.remark) if m.pain else ""
    if text:
        yield Option(text, pain_basis(m), frozenset({text, m.values.get("pain", "")}))


def _follow(m: Material) -> Iterator[Option]:
    """The persona's sentence right after a fact: only where the one has to do with the other."""
    if m.retelling and m.pain and m.retelling.kind in m.pain.signals:
        yield from _persona_remark(m)


def _pain_lead(m: Material) -> Iterator[Option]:
    if m.pain:
        yield from said(m, "pain_lead", m.role, "any", rests_on=pain_basis(m), spends=(m.values["pain"],))


def _topic(m: Material) -> Iterator[Option]:
    yield from said(m, "topic", f"{m.role}_{m.step.goal}", m.role, "any", rests_on=COURTESY)


def _claim(m: Material) -> Iterator[Option]:
    """The claim word for word: bare, or after a few words that say what kind of statement follows."""
    if m.claim is None:
        return
    text = m.text(m.claim.text)
    rests_on = (f"claim:{m.claim.id}",)
    bare = Option(text, rests_on, frozenset({text}), claims=True)
    led = [
        Option(f"{lead.text} {text}", rests_on, frozenset({text, *lead.spends}), lead.name_first)
        for lead in said(m, "claim_lead", m.claim.kind, rests_on=rests_on)
    ]
    # A lead in one message of three: more of them sounds like a form.
    yield from m.turned([bare, bare, *led[:1]], "claim")
    yield from led


def _proof(m: Material) -> Iterator[Option]:
    """The claim without a lead: beside an introduction a lead is one too many."""
    return (option for option in _claim(m) if len(option.spends) == 1)


def _intro(m: Material) -> Iterator[Option]:
    """Who we are, once in a sequence, unless the step's claim says it; no note does.

    Where the policy calls the product out of place, by subject and firm alone.
    """
    if m.claim and m.plan.offer.sender.company in m.text(m.claim.text):
        return
    is_forbidden = any(item.move == "product" for item in m.plan.policy.forbidden)
    groups = ("by_topic",) if is_forbidden else (m.role, "any")
    yield from said(m, "intro", *groups, rests_on=COURTESY, spends=("intro",))


def _who(m: Material) -> Iterator[Option]:
    """Who we are, before a first message offers anything: a question needs no introduction."""
    if m.values.get("ask"):
        yield from _intro(m)


def _plain(place: str, rests_on: tuple[str, ...]) -> Callable[[Material], Iterator[Option]]:
    def part(m: Material) -> Iterator[Option]:
        yield from said(m, place, m.role, "any", rests_on=rests_on)

    return part


def _why(m: Material) -> Iterator[Option]:
    """Why I ask, after a question: always in a letter, which says nowhere else who writes; at times in a chat."""
    if m.step.ask_kind == "question" and (
        m.step.channel in SUBJECT_CHANNELS or m.turned((True, False), "why?")[0]
    ):
        yield from said(m, "why", m.role, "any", rests_on=COURTESY)


def _widen(m: Material) -> Iterator[Option]:
    if m.pain:
        yield from said(m, "widen", m.role, "any", rests_on=pain_basis(m), spends=(m.values["pain"],))


_PARTS: dict[str, Callable[[Material], Iterator[Option]]] = {
    "thanks": _thanks,
    "fact": _fact,
    "bridge": _bridge,
    "remark": _remark,
    "follow": _follow,
    "pain_lead": _pain_lead,
    "topic": _topic,
    "claim": _claim,
    "proof": _proof,
    "aside": _plain("aside", HEDGE),
    "intro": _intro,
    "who": _who,
    "ask": ask,
    "ask_fact": ask_fact,
    "why": _why,
    "end": _plain("end", COURTESY),
    "nod": _plain("nod", COURTESY),
    "widen": _widen,
    "turn": _plain("turn", COURTESY),
    "leave": _plain("leave", COURTESY),
    "way_out": way_out,
    "wish": wish,
}
