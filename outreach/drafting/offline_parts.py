"""The material of a step in; for each part of a message, the ways to say it out, in the order this prospect gets them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from outreach.domain.drafts import SentenceBasis
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.offline_casing import lower_claim, lower_first, upper_first
from outreach.drafting.offline_material import Material, names_in
from outreach.drafting.offline_templates import Line

#: Slots that hold names: a sentence that starts with one keeps the name's own case.
_NAMES = frozenset(
    {
        "name",
        "full_name",
        "company",
        "sender",
        "sender_company",
        "what",
        "place",
        "person",
        "event",
        "award",
        "text",
    }
)
_FIRST_SLOT = re.compile(r"\W*\{([a-z_]+)\}")

#: Wordings that are the plan's own text and nothing else: they may come again with another text.
_BARE = frozenset({"{question}", "{ask}"})

COURTESY = ("courtesy",)
HEDGE = ("hedge",)
QUESTION = ("question",)


@dataclass(frozen=True, slots=True)
class Option:
    """One way to say a part: its text, what it rests on, and whether a name stands first."""

    text: str
    rests_on: tuple[str, ...]
    spends: frozenset[str]
    name_first: bool = False
    slots: frozenset[str] = frozenset()
    claims: bool = False
    ours: int = 0

    @property
    def tells(self) -> bool:
        """Whether it tells a fact about the reader or a problem of the role; a question alone tells neither."""
        first = self.rests_on[0]
        return first.startswith("fact:") or (first.startswith("pain:") and "hedge" in self.rests_on)

    @property
    def greets(self) -> bool:
        """Whether it speaks the reader's name."""
        return "name" in self.slots


def options(m: Material, part: str) -> Iterator[Option]:
    """Yield the ways to say a part that are fillable and not yet spent; nothing where the step has no material for it."""
    for option in _PARTS[part](m):
        if not option.spends & m.spent.texts and m.spent.sentences.isdisjoint(sentences(option.text)):
            yield option


def _said(
    m: Material, place: str, *groups: str, rests_on: tuple[str, ...], spends: tuple[str, ...] = ()
) -> Iterator[Option]:
    """Yield the filled wordings of a place, the first group's before the next one's."""
    for group in groups:
        for line in m.turned(m.book.lines(place, m.form, group), f"{place}.{group}"):
            text = line.fill(m.values)
            if text is not None:
                used = () if line.text in _BARE else (line.text,)
                yield Option(
                    text, rests_on, frozenset((*used, *spends)), _name_first(line), line.slots, ours=line.ours
                )


def _name_first(line: Line) -> bool:
    match = _FIRST_SLOT.match(line.text)
    return bool(match and match[1] in _NAMES)


def _pain_basis(m: Material) -> tuple[str, ...]:
    return (f"pain:{m.pain.id}", *HEDGE) if m.pain else HEDGE


def _thanks(m: Material) -> Iterator[Option]:
    if m.connected:
        yield from _said(m, "thanks", "any", rests_on=COURTESY)


def _fact(m: Material) -> Iterator[Option]:
    if m.retelling is None:
        return
    told = (f"fact:{m.retelling.fact.id}",)
    for group in m.retelling.groups:
        # Of the wordings that fit, first those that tell most of it.
        ways = list(_said(m, "fact", group, rests_on=told, spends=told))
        yield from sorted(
            ways, key=lambda way: -sum(value in way.text for value in m.retelling.values.values())
        )


def _bridge(m: Material) -> Iterator[Option]:
    """From what happened to the pain, where the pain's author says that this kind of fact makes it likely."""
    if m.retelling is None or m.pain is None:
        return
    groups = (m.retelling.kind, "any") if m.retelling.kind in m.pain.signals else ("any",)
    yield from _said(m, "bridge", *groups, rests_on=_pain_basis(m), spends=(m.values.get("pain", ""),))


def _remark(m: Material) -> Iterator[Option]:
    text = m.text(m.pain.remark) if m.pain else ""
    if text:
        yield Option(text, _pain_basis(m), frozenset({text, m.values.get("pain", "")}))


def _follow(m: Material) -> Iterator[Option]:
    """The persona's sentence right after a fact: only where the one has to do with the other."""
    if m.retelling and m.pain and m.retelling.kind in m.pain.signals:
        yield from _remark(m)


def _pain_lead(m: Material) -> Iterator[Option]:
    if m.pain:
        yield from _said(m, "pain_lead", m.role, "any", rests_on=_pain_basis(m), spends=(m.values["pain"],))


def _topic(m: Material) -> Iterator[Option]:
    yield from _said(m, "topic", f"{m.role}_{m.step.goal}", m.role, "any", rests_on=COURTESY)


def _claim(m: Material) -> Iterator[Option]:
    """The claim word for word: bare, or after a few words that say what kind of statement follows."""
    if m.claim is None:
        return
    text = m.text(m.claim.text)
    rests_on = (f"claim:{m.claim.id}",)
    bare = Option(text, rests_on, frozenset({text}), claims=True)
    led = [
        Option(f"{lead.text} {text}", rests_on, frozenset({text, *lead.spends}), lead.name_first)
        for lead in _said(m, "claim_lead", m.claim.kind, rests_on=rests_on)
    ]
    # A lead in one message of three: more of them sounds like a form.
    yield from m.turned([bare, bare, *led[:1]], "claim")
    yield from led


def _proof(m: Material) -> Iterator[Option]:
    """The claim without a lead: beside an introduction a lead is one too many."""
    return (option for option in _claim(m) if len(option.spends) == 1)


def _intro(m: Material) -> Iterator[Option]:
    """Who we are, once in a sequence, unless the step's claim says it; no note does."""
    if m.claim and m.plan.offer.sender.company in m.text(m.claim.text):
        return
    yield from _said(m, "intro", m.role, "any", rests_on=COURTESY, spends=("intro",))


def _who(m: Material) -> Iterator[Option]:
    """Who we are, before a first message offers anything: a question needs no introduction."""
    if m.values.get("ask"):
        yield from _intro(m)


def _ask(m: Material) -> Iterator[Option]:
    kind = m.step.ask_kind
    ask = m.plan.ask(m.step.ask_id)
    rests_on = (f"ask:{ask.id}", *QUESTION) if ask else QUESTION
    # A gatekeeper has no problem of ours: wordings for buyers are never borrowed.
    groups = (m.role,) if m.role == "gatekeeper" else (m.role, "any")
    if ask and m.text(ask.text).endswith("?"):
        yield from _said(m, "ask_whole", m.role, "any", rests_on=rests_on)
    elif ask:
        yield from _said(m, f"ask_{kind}", *groups, rests_on=rests_on)
    elif kind == "route":
        yield from _said(m, "ask_route", *groups, rests_on=QUESTION)
    else:
        if kind == "none":
            yield from _said(m, "invite", m.role, "any", rests_on=COURTESY)
        yield from _question(m)


def _question(m: Material) -> Iterator[Option]:
    """A question about the reader's situation: the pain's own, in a frame of the role, or one of the role."""
    rests_on = (f"pain:{m.pain.id}", *QUESTION) if m.pain else QUESTION
    asked = m.values.get("question", "")
    if m.role == "gatekeeper":
        yield from _said(m, "question", m.role, rests_on=QUESTION)
        return
    if m.claim and m.text(m.claim.text) not in m.spent.texts:
        yield from _said(m, "reaction", m.role, "any", rests_on=QUESTION)
        return
    if asked:
        # The bare question is one of the frames, so it comes in its turn.
        yield from _said(m, "question_frame", m.role, "any", rests_on=rests_on, spends=(asked,))
    yield from _said(m, "question", m.role, "any", rests_on=QUESTION)


def _wish(m: Material) -> Iterator[Option]:
    """A good wish about a fact that an earlier step told."""
    for told in m.spent.facts:
        values = m.values | told.values
        for line in m.turned(m.book.lines("wish", m.form, told.kind), "wish"):
            text = line.fill(values)
            if text is not None:
                yield Option(text, (*COURTESY, f"fact:{told.fact.id}"), frozenset({line.text}))


def _way_out(m: Material) -> Iterator[Option]:
    if m.values.get("ask") and not m.values["ask"].endswith("?"):
        yield from _said(m, "way_out_ask", m.role, "any", rests_on=(f"ask:{m.step.ask_id}", *COURTESY))
    elif m.step.ask_kind == "route":
        yield from _said(m, "way_out_route", m.role, "any", rests_on=COURTESY)
    yield from _said(m, "way_out", m.role, "any", rests_on=COURTESY)


def _plain(place: str, rests_on: tuple[str, ...]) -> Callable[[Material], Iterator[Option]]:
    def part(m: Material) -> Iterator[Option]:
        yield from _said(m, place, m.role, "any", rests_on=rests_on)

    return part


def _why(m: Material) -> Iterator[Option]:
    """Why I ask, after a question: always in a letter, which says nowhere else who writes; at times in a chat."""
    if m.step.ask_kind == "question" and (
        m.step.channel in SUBJECT_CHANNELS or m.turned((True, False), "why?")[0]
    ):
        yield from _said(m, "why", m.role, "any", rests_on=COURTESY)


def _widen(m: Material) -> Iterator[Option]:
    if m.pain:
        yield from _said(m, "widen", m.role, "any", rests_on=_pain_basis(m), spends=(m.values["pain"],))


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
    "intro": _intro,
    "who": _who,
    "ask": _ask,
    "why": _why,
    "end": _plain("end", COURTESY),
    "nod": _plain("nod", COURTESY),
    "widen": _widen,
    "turn": _plain("turn", COURTESY),
    "leave": _plain("leave", COURTESY),
    "way_out": _way_out,
    "wish": _wish,
}


def as_sentence(option: Option, m: Material, *, after_comma: bool) -> str:
    """Return an option's text with the first letter its place asks for."""
    if option.claims:
        return lower_claim(option.text, m.book.file) if after_comma else option.text
    if option.name_first:
        return option.text
    if after_comma:
        return lower_first(option.text, m.book.file, names_in(m.plan))
    return upper_first(option.text)


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text, each as it stands."""
    if ". " not in text and "? " not in text and "! " not in text and "\n" not in text:
        return [text]
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]


def basis(text: str, rests_on: tuple[str, ...]) -> tuple[SentenceBasis, ...]:
    """Return the sentences of a text with what they rest on."""
    return tuple(SentenceBasis(sentence=sentence, rests_on=rests_on) for sentence in sentences(text))


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"«„“¿¡(]?[A-ZÀ-Þ0-9])|\n+")
