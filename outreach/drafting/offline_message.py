"""The material of a step in; the message out that says most of it within the limits: shorter parts, never a cut text."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from outreach.domain.drafts import SentenceBasis
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.offline_material import Material
from outreach.drafting.offline_parts import COURTESY, Option, as_sentence, basis, options
from outreach.text.counting import channel_length, word_count

#: Below these a message says nothing; see the length rules of the rubric.
_MIN_WORDS = {"connection_request": 5, "linkedin_message": 10, "inmail": 16, "email": 20}

#: Slots that a message fills once where there is a choice.
_ONCE = frozenset({"topic", "company"})

#: Slots that make a message this reader's.
_OF_READER = frozenset({"company", "pain", "question"})

Shape = tuple[str, ...]


@dataclass(frozen=True)
class Composed:
    """A message's body, the basis of its sentences, and what it used up."""

    body: str
    basis: tuple[SentenceBasis, ...]
    spends: frozenset[str]


@dataclass(frozen=True)
class _Slot:
    """A part of the shape being filled: the ways to say it, and the one chosen."""

    optional: bool
    choices: tuple[Option, ...]
    chosen: Option

    @property
    def shortest(self) -> "_Slot":
        return replace(self, chosen=min(self.choices, key=lambda option: len(option.text)))

    @property
    def longest(self) -> "_Slot":
        return replace(self, chosen=max(self.choices, key=lambda option: len(option.text)))

    @property
    def naming(self) -> "_Slot | None":
        """The same part said with the company's name."""
        named = next((one for one in self.choices if "company" in one.slots), None)
        return replace(self, chosen=named) if named and "company" not in self.chosen.slots else None


def write_message(m: Material) -> Composed:
    """Return the message of a step: the first shape, in the order of goal, role and hash, that fits the step's limits."""
    nearest: Composed | None = None
    for shape in _shapes_in_turn(m):
        for slots in _fillings(m, shape):
            written = _lay_out(m, slots)
            if _too_long(m, written.body):
                continue
            if not _too_short(m, written.body) and _about_reader(slots):
                return written
            if nearest is None or len(written.body) > len(nearest.body):
                nearest = written
    # Nothing fits: the limits are narrower than the shortest text. The rubric says so; a cut text would hide it.
    return nearest or _lay_out(m, _shortest_of_all(m))


def _shortest_of_all(m: Material) -> list[_Slot | None]:
    """Return the shortest filling there is, for limits that nothing meets."""
    fillings = [slots for shape in _shapes_in_turn(m) for slots in _fillings(m, shape)]
    return min(fillings, key=lambda slots: sum(len(slot.chosen.text) for slot in slots if slot), default=[])


def _shapes_in_turn(m: Material) -> Iterator[Shape]:
    by_role = _shapes()[m.step.goal]
    for rank, shapes in enumerate(by_role.get(m.role, by_role["any"])):
        yield from m.turned(shapes, f"shape.{rank}")


def _fillings(m: Material, shape: Shape) -> Iterator[list[_Slot | None]]:
    """Yield ways to fill a shape: as it comes, then with more of the reader, without optional parts, and shorter."""
    slots = _filled(m, shape)
    if slots is None:
        return
    yield slots
    yield from _with_one(
        slots,
        lambda slot: slot.longest if len(slot.longest.chosen.text) > len(slot.chosen.text) + 20 else None,
    )
    yield from _with_one(slots, lambda slot: slot.naming)
    while any(slot and slot.optional for slot in slots):
        last = max(index for index, slot in enumerate(slots) if slot and slot.optional)
        slots = slots[:last] + slots[last + 1 :]
        yield slots
        yield from _with_one(slots, lambda slot: slot.naming)
    for index in sorted(range(len(slots)), key=lambda i: -_saving(slots[i])):
        slot = slots[index]
        if slot is not None and _saving(slot):
            slots = [*slots[:index], slot.shortest, *slots[index + 1 :]]
            yield slots


def _filled(m: Material, shape: Shape) -> list[_Slot | None] | None:
    """Return the parts of a shape with all ways to say them, None for a paragraph's end; None where a part lacks material."""
    slots: list[_Slot | None] = []
    taken: set[str] = set()
    said: set[str] = set()
    for position, part in enumerate(shape):
        if part == "/":
            slots.append(None)
            continue
        name = part.rstrip("?~")
        named = _may_name(m, position)
        choices = tuple(
            one for one in options(m, name) if not one.spends & taken and (named or not one.greets)
        )
        if not choices:
            if name == part:
                return None
            continue
        if part.endswith("~") and m.turned((True, False), f"{name}~")[0]:
            continue
        # A message that says its subject or the company twice sounds like a form.
        fresh = tuple(one for one in choices if not one.slots & said) or choices
        slots.append(_Slot(name != part, fresh, fresh[0]))
        taken |= fresh[0].spends
        said |= fresh[0].slots & _ONCE
    return slots


def _with_one(
    slots: list[_Slot | None], change: Callable[[_Slot], _Slot | None]
) -> Iterator[list[_Slot | None]]:
    """Yield the filling with one slot changed, for each slot that the change applies to, the last first."""
    for index in reversed(range(len(slots))):
        slot = slots[index]
        changed = change(slot) if slot else None
        if changed is not None:
            yield [*slots[:index], changed, *slots[index + 1 :]]


def _saving(slot: _Slot | None) -> int:
    return 0 if slot is None else len(slot.chosen.text) - len(slot.shortest.chosen.text)


def _may_name(m: Material, position: int) -> bool:
    """Say whether a part may speak the reader's name: only where it stands in for the greeting."""
    return position == 0 and m.step.channel not in SUBJECT_CHANNELS


def _about_reader(slots: list[_Slot | None]) -> bool:
    """Say whether a message holds something of this reader besides the name: a message without could go to anyone."""
    return any(slot and (slot.chosen.slots & _OF_READER or slot.chosen.tells) for slot in slots)


def _too_long(m: Material, body: str) -> bool:
    step = m.step
    most = step.max_chars or (m.plan.note_limit if step.channel == "connection_request" else None)
    return (most is not None and channel_length(body) > most) or (
        step.max_words is not None and word_count(body) > step.max_words
    )


def _too_short(m: Material, body: str) -> bool:
    return word_count(body) < min(_MIN_WORDS[m.step.channel], m.step.max_words or 1000)


def _lay_out(m: Material, slots: list[_Slot | None]) -> Composed:
    """Return greeting, sentences and sign-off as the channel sets them: in one paragraph, or as a letter."""
    letter = m.step.channel in SUBJECT_CHANNELS
    chosen = [slot.chosen if slot else None for slot in slots]
    spends = frozenset().union(*(option.spends for option in chosen if option))
    first = next((option for option in chosen if option), None)
    greeting = "" if first is not None and first.greets else _greeting(m, letter=letter)
    lines: list[SentenceBasis] = list(basis(greeting, COURTESY)) if greeting else []
    paragraphs: list[list[str]] = [[]]
    # A letter's text starts in a new line: with a capital, except where the language runs on after the comma.
    runs_on = bool(greeting) and greeting[-1] in ",:" and (not letter or m.book.file.greeting_line == "lower")
    for option in chosen:
        if option is None:
            paragraphs.append([])
            continue
        sentence = as_sentence(option, m, after_comma=runs_on)
        runs_on = False
        paragraphs[-1].append(sentence)
        lines.extend(basis(sentence, option.rests_on))
    texts = [" ".join(paragraph) for paragraph in paragraphs if paragraph]
    if not letter:
        return Composed(" ".join([greeting, *texts] if greeting else texts), tuple(lines), spends)
    signoff = _first(m, "signoff", "any")
    lines.extend(basis(signoff, COURTESY))
    return Composed("\n\n".join(text for text in (greeting, *texts, signoff) if text), tuple(lines), spends)


def _greeting(m: Material, *, letter: bool) -> str:
    if letter:
        return _first(m, "greeting", "letter_honorific", "letter")
    groups = ("later", "inline") if m.spent.channels else ("inline",)
    return _first(m, "greeting", "inline_honorific", *groups)


def _first(m: Material, place: str, *groups: str) -> str:
    """Return the first fillable wording of a place: named before unnamed, since an empty name fills no slot."""
    for group in (*groups, "unnamed"):
        for line in m.turned(m.book.lines(place, m.form, group), f"{place}.{group}", steady=True):
            text = line.fill(m.values)
            if text is not None:
                return text.strip()
    return ""


@lru_cache(maxsize=1)
def _shapes() -> dict[str, dict[str, list[list[Shape]]]]:
    """Return goal → role → ranks → shapes."""
    text = files("outreach.drafting").joinpath("data/offline_shapes.toml").read_text("utf-8")
    return {
        goal: {
            role: [[tuple(shape.split()) for shape in rank] for rank in ranks]
            for role, ranks in by_role.items()
        }
        for goal, by_role in tomllib.loads(text).items()
    }
