"""A place of the templates and a step's material in; the ways to say one sentence out, each with what it rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outreach.domain.drafts import SentenceBasis
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

#: Slots whose value makes a wording another sentence: a frame may come again around another offer.
_OWN_WORDS = frozenset({"ask", "question", "pain"})

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
    refused: bool = False
    """Whether it holds what the sender never writes: taken only where there is nothing else."""

    @property
    def tells(self) -> bool:
        """Whether it tells a fact about the reader or a problem of the role; a question alone tells neither."""
        first = self.rests_on[0]
        return first.startswith("fact:") or (first.startswith("pain:") and "hedge" in self.rests_on)

    @property
    def greets(self) -> bool:
        """Whether it speaks the reader's name."""
        return "name" in self.slots


def said(
    m: Material, place: str, *groups: str, rests_on: tuple[str, ...], spends: tuple[str, ...] = ()
) -> Iterator[Option]:
    """Yield the filled wordings of a place, the first group's before the next one's."""
    for group in groups:
        for line in m.turned(m.book.lines(place, m.form, group), f"{place}.{group}"):
            text = line.fill(m.values)
            if text is not None:
                used = () if line.text in _BARE else (text if line.slots & _OWN_WORDS else line.text,)
                yield Option(
                    text,
                    rests_on,
                    frozenset((*used, *spends)),
                    _name_first(line),
                    line.slots,
                    ours=line.ours + m.of_us(line.slots),
                )


def _name_first(line: Line) -> bool:
    match = _FIRST_SLOT.match(line.text)
    return bool(match and match[1] in _NAMES)


def pain_basis(m: Material) -> tuple[str, ...]:
    """Return what a hedged general sentence about the step's pain rests on."""
    return (f"pain:{m.pain.id}", *HEDGE) if m.pain else HEDGE


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
