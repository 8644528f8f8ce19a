"""A message in; the facts, pains and claims that it draws on out, by reference."""

from outreach.grounding.support_index import Source, content_stems
from outreach.rubric.view import View
from outreach.text.number import Number
from outreach.text.stems import related


def used_units(view: View) -> frozenset[str]:
    """Return the references of the statements that a message uses: a shared figure, or enough shared words."""
    return units_in(view.stems, view.numbers, view)


def own_stems(view: View) -> frozenset[str]:
    """Return the content stems of a message besides names and what is offered: those are the same in every step."""
    offered = frozenset(item for source in view.ground.of_kind("offer") for item in source.stems)
    return view.stems - view.ground.name_stems - offered


def units_in(stems: frozenset[str], numbers: list[Number], view: View) -> frozenset[str]:
    """Return the references that stems and numbers point to in the ground truth of a message."""
    person = view.ground.name_stems
    found = set()
    for source in view.ground.of_kind("fact", "pain", "claim"):
        telling = source.stems - person
        shared = sum(
            1
            for item in telling
            if item in stems or any(related(item, other) for other in stems if other[:4] == item[:4])
        )
        figures = sum(
            1
            for number in source.numbers
            if any(number.value == said.value and number.kind == said.kind for said in numbers)
        )
        if _is_used(source, shared, len(telling), figures):
            found.add(source.ref)
    return frozenset(found)


def _is_used(source: Source, shared: int, size: int, figures: int) -> bool:
    if figures and (shared >= 1 or figures >= 2):
        return True
    return shared >= 2 or (size <= 2 and shared >= 1 and source.kind != "claim")


def stems_of(text: str, view: View) -> frozenset[str]:
    """Return the content stems of another text in the message's language."""
    from outreach.text.tokens import split_words

    return content_stems(split_words(text, view.language), view.language, view.lists)
