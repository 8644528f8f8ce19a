"""The material of a step in; shapes filled with wordings out, best first: fuller before shorter, one way of saying each part."""

import itertools
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.drafting.offline_material import Material
from outreach.drafting.offline_option import HEDGE, Option
from outreach.drafting.offline_parts import options

#: Slots that a message fills once where there is a choice: its subject or the company twice sound like a form.
_ONCE = frozenset({"topic", "company"})
#: Slots that make a message this reader's.
_OF_READER = frozenset({"company", "pain"})
#: More words of the first person than this, and a message speaks of its sender.
MAX_FIRST_PERSON = 3

Shape = tuple[str, ...]


class Ways:
    """The ways to say a part, worked out as far as they are looked at: most messages fit with the first."""

    def __init__(self, ways: Iterator[Option]) -> None:
        """Take the ways in their order."""
        self._rest = ways
        self._seen: list[Option] = []

    def __iter__(self) -> Iterator[Option]:
        """Yield every way, from the first, however often it is asked."""
        yield from self._seen
        for way in self._rest:
            self._seen.append(way)
            yield way


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a shape being filled: the ways to say it, and the one chosen."""

    optional: bool
    ways: Ways
    chosen: Option

    def shortest(self) -> "Slot":
        """Return the part said in the fewest characters."""
        return replace(self, chosen=min(self.ways, key=lambda way: (way.refused, len(way.text))))

    def shorter(self) -> "Iterator[Slot]":
        """Yield the part said in fewer characters, in the order of this prospect: the very shortest would be everybody's."""
        for way in self.ways:
            if len(way.text) < len(self.chosen.text):
                yield replace(self, chosen=way)

    def longest(self) -> "Slot | None":
        """Return the part said at length, None where it is so already."""
        longest = max(self.ways, key=lambda way: (not way.refused, len(way.text)))
        return replace(self, chosen=longest) if len(longest.text) > len(self.chosen.text) + 20 else None

    def naming(self) -> "Slot | None":
        """Return the part said with the company's name, None where it is so already or cannot be."""
        named = next((way for way in self.ways if "company" in way.slots and not way.refused), None)
        return replace(self, chosen=named) if named and "company" not in self.chosen.slots else None


#: A filled shape: its parts, with None where a paragraph ends.
Filling = list[Slot | None]


def fillings(m: Material) -> Iterator[Filling]:
    """Yield the ways to fill the shapes of a step's goal and role, best first."""
    by_role = _shapes()[m.step.goal]
    for rank, shapes in enumerate(by_role.get(m.role, by_role["any"])):
        turned = m.turned(shapes, f"shape.{rank}")
        filled = [filling for shape in turned if (filling := _fill(m, shape)) is not None]
        # Another shape as it comes before a shape that has to be bent: bent ones all come to the same few wordings.
        yield from filled
        for filling in filled:
            yield from itertools.islice(_variants(filling), 1, None)


def plain_fillings(m: Material) -> Iterator[Filling]:
    """Yield the best-ranked fillings in their own wordings: as they are, with a remark at length, without courtesies.

    What stands at the end of `fillings`, every part in its shortest wording, is the same for all readers; this is not.
    """
    by_role = _shapes()[m.step.goal]
    for shape in m.turned(by_role.get(m.role, by_role["any"])[0], "shape.0"):
        filled = _fill(m, shape)
        if filled is None:
            continue
        yield filled
        yield from _with_one(filled, _longer_remark)
        for at in reversed(range(len(filled))):
            slot = filled[at]
            if slot is not None and slot.optional:
                filled = [*filled[:at], *filled[at + 1 :]]
                yield filled


def _longer_remark(slot: Slot) -> Slot | None:
    return slot.longest() if HEDGE[0] in slot.chosen.rests_on else None


def about_reader(filling: Filling) -> bool:
    """Say whether a message holds something of this reader besides the name: one without could go to anyone."""
    return any(slot and (slot.chosen.slots & _OF_READER or slot.chosen.tells) for slot in filling)


def _variants(slots: Filling) -> Iterator[Filling]:
    """Yield a filling as it is, longer, with the company, without optional parts, shorter, shortest, and at last in other words."""
    whole = slots
    yield slots
    for longer in _with_one(slots, Slot.longest):
        yield longer
        yield from _with_one(longer, Slot.naming)
    yield from _with_one(slots, Slot.naming)
    while any(slot and slot.optional for slot in slots):
        last = max(index for index, slot in enumerate(slots) if slot and slot.optional)
        slots = slots[:last] + slots[last + 1 :]
        yield slots
        yield from _with_one(slots, Slot.naming)
    savers = sorted(range(len(slots)), key=lambda at: -_saving(slots[at]))
    for index in savers:
        slot = slots[index]
        for shorter in slot.shorter() if slot else ():
            yield [*slots[:index], shorter, *slots[index + 1 :]]
    for index in savers:
        slot = slots[index]
        if slot is not None and _saving(slot):
            slots = [*slots[:index], slot.shortest(), *slots[index + 1 :]]
            yield slots
    for index, slot in reversed(list(enumerate(whole))):
        for way in slot.ways if slot else ():
            if slot is not None and not way.refused:
                yield [*whole[:index], replace(slot, chosen=way), *whole[index + 1 :]]


def _with_one(slots: Filling, change: Callable[[Slot], Slot | None]) -> Iterator[Filling]:
    """Yield the filling with one slot changed, for each slot that the change applies to, the last first."""
    for index in reversed(range(len(slots))):
        slot = slots[index]
        changed = change(slot) if slot else None
        if changed is not None:
            yield [*slots[:index], changed, *slots[index + 1 :]]


def _saving(slot: Slot | None) -> int:
    return 0 if slot is None else len(slot.chosen.text) - len(slot.shortest().chosen.text)


def _fill(m: Material, shape: Shape) -> Filling | None:
    """Return the first way to say each part of a shape, or None where a part that it needs has no material."""
    slots: Filling = []
    taken: set[str] = set()
    said: set[str] = set()
    ours = 0
    for position, part in enumerate(shape):
        if part == "/":
            slots.append(None)
            continue
        name = part.rstrip("?~")
        optional = name != part
        if part.endswith("~") and m.turned((True, False), f"{name}~")[0]:
            continue
        ways = _ways(m, name, frozenset(taken), named=_may_name(m, name, position))
        room = MAX_FIRST_PERSON - ours
        chosen = next((way for way in ways if not way.slots & said and way.ours <= room), None)
        if chosen is None and (not optional or name == "thanks"):
            chosen = next(iter(ways), None)
        if chosen is None:
            if optional:
                continue
            return None
        slots.append(Slot(optional, ways, chosen))
        taken |= chosen.spends
        said |= chosen.slots & _ONCE
        ours += chosen.ours
    return slots


def _ways(m: Material, name: str, taken: frozenset[str], *, named: bool) -> Ways:
    return Ways(
        way
        for way in options(m, name)
        if not way.spends & taken
        and (not way.greets or (named and not (m.manner.greeting and way.name_first)))
    )


def _may_name(m: Material, name: str, position: int) -> bool:
    """Say whether a part may speak the reader's name: only where it stands in for the greeting.

    For a sender who is known to greet nothing does but thanks that do not begin with the name.
    """
    stands_first = position == 0 and m.step.channel not in SUBJECT_CHANNELS
    return stands_first and (name == "thanks" or not m.manner.greeting)


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
