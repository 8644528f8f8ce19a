"""A message against the ones before it: the same text, the same points, or nothing new at all."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from outreach.grounding.figures import same_figure
from outreach.grounding.support_index import content_stems
from outreach.rubric.checks_structure import uses_prospect
from outreach.rubric.registry import Note, check
from outreach.rubric.units import own_stems, units_in
from outreach.rubric.view import View
from outreach.text.number import Number
from outreach.text.numbers import read_numbers, shares
from outreach.text.stems import related
from outreach.text.tokens import Words, read_words
from outreach.text.units import measure


@check("Q1", defect="repeated_step", dimension="structure",
       about="A later message says something that the earlier ones did not; reworded points are not new.",
       evidence="Belkins (B-): each further mail gets fewer answers; a copy gets none.", example="the first message again", fixed="a pain or proof not used before")  # fmt: skip
def repeated(view: View) -> Iterator[Note]:
    """Flag a text or points that were sent before."""
    earlier = [text for text in view.context.previous_messages if text.strip()]
    if not earlier:
        return
    body = stripped(view.text, view)
    for text in earlier:
        if is_copy(body, stripped(text, view), view.limits.repeat_ratio):
            yield Note("the same text as an earlier message", _new_angle(view), 0, min(80, len(view.text)))
            return
    if not _says_farewell(view) and same_points(view, earlier):  # a farewell may name the offer again
        yield Note("the same points as an earlier message", _new_angle(view))


def _says_farewell(view: View) -> bool:
    """Say whether a message takes its leave; the line below the signature that tells how to stop the mails is no farewell."""
    signed = min(view.parts.closing, default=len(view.words.sentences))
    return any(view.words.sentence_of[hit.first] < signed for hit in view.phrases.get("last_note", []))


def _new_angle(view: View) -> str:
    used = {ref for text in view.context.previous_messages for ref in _units(view, text)}
    unused = sorted(
        source.text for source in view.ground.of_kind("claim", "pain", "fact") if source.ref not in used
    )
    return f"bring something new: {unused[0]}" if unused else "bring something new, or leave the step out"


def stripped(text: str, view: View) -> str:
    """Return a text without greeting and sign-off, in small letters: what is compared between steps."""
    names = f"{view.context.prospect.first_name} {view.context.prospect.last_name}".split()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while len(lines) > 1 and len(lines[0].split()) <= 5 and lines[0][-1] in ",:!":
        lines = lines[1:]
    while len(lines) > 1 and len(lines[-1].split()) <= 4 and lines[-1][-1] not in "?":
        lines = lines[:-1]
    joined = " ".join(lines).casefold()
    for name in names:
        joined = joined.replace(name.casefold(), " ")
    return re.sub(
        r"^\s*(?:hi|hello|hey|dear|hola|hallo|salut|bonjour|ol[áa]|oi)\b[\s,:!]*",
        "",
        re.sub(r"[ \t]+", " ", joined),
    ).strip()


def is_copy(left: str, right: str, ratio: float) -> bool:
    """Say whether two stripped texts are one: nearly the same words, or a long sentence of one within the other."""
    if not left or not right:
        return False
    if min(len(left), len(right)) > 40 and fuzz.token_sort_ratio(left, right) >= ratio:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) > 60 and len(short) > 0.5 * len(long) and fuzz.partial_ratio(short, long) >= 92:
        return True
    return _shared_run(left.split(), right.split(), 12) and fuzz.token_sort_ratio(left, right) >= 0.75 * ratio


def _shared_run(left: list[str], right: list[str], size: int) -> bool:
    rows = {tuple(left[at : at + size]) for at in range(len(left) - size + 1)}
    return any(tuple(right[at : at + size]) in rows for at in range(len(right) - size + 1))


def _units(view: View, text: str) -> frozenset[str]:
    words = read_words(text, view.language)
    return units_in(content_stems(words.folded, view.language, view.lists), read_numbers(words), view)


#: Content words besides names and offer from which a message makes points at all.
_TELLING = 4
#: Part of the content words that an earlier message held, from which the same figures in other words are no news.
_SAID_BEFORE = 0.35


def _retold(view: View, stems: frozenset[str], words: Words, numbers: list[Number]) -> bool:
    """Say whether a message gives the figures of an earlier one, in any form, among many of its words."""
    own = view.stems - view.ground.name_stems
    figures = [
        (at, number)
        for at, number in enumerate(view.numbers)
        if (number.value > 1 or number.kind == "fraction") and not _in_name(view, number)
    ]
    if not figures or not own:
        return False
    shared = sum(
        item in stems or any(related(item, other) for other in stems if other[:4] == item[:4]) for item in own
    )
    if shared < _SAID_BEFORE * len(own):
        return False
    known = [percent for _, _, percent in shares(words, numbers, view.lists)]
    ours = {
        at: percent
        for left, right, percent in shares(view.words, view.numbers, view.lists)
        for at in (left, right)
    }
    return all(
        any(same_figure(number, other) for other in numbers)
        or any(
            abs(ours.get(at, _percent(number)) - value) < 0.6 for value in (*known, *map(_percent, numbers))
        )
        for at, number in figures
    )


def _in_name(view: View, number: Number) -> bool:
    """Say whether a number is part of the reader's firm's name, such as `Tres Esquinas`."""
    return all(word in view.ground.company for word in view.words.folded[number.first : number.last])


def _percent(number: Number) -> float:
    """Return a number as a percentage; a plain one is none and meets nothing."""
    if number.kind == "fraction":
        return number.value * 100
    return number.value if number.kind == "percent" else -1e9 - number.value


def same_points(view: View, earlier: list[str]) -> bool:
    """Say whether a message draws on nothing that one earlier message did not, with the same proof and few new words."""
    # What is offered, and to whom, is the same in every step: neither is a point.
    own = own_stems(view)
    mine = units_in(own, view.numbers, view)
    if not mine:
        return False
    my_numbers = {
        (number.value, number.kind)
        for number in view.numbers
        if number.value > 1 and not _in_name(view, number)
    }
    for text in earlier:
        words = read_words(text, view.language)
        if len(words) < 12:
            continue
        stems = content_stems(words.folded, view.language, view.lists)
        numbers = read_numbers(words)
        if _retold(view, stems, words, numbers):
            return True
        theirs = units_in(stems, numbers, view)
        their_numbers = {(number.value, number.kind) for number in numbers}
        if not (mine <= theirs and my_numbers <= their_numbers):
            continue
        proof = any(ref.startswith("claim") for ref in mine)
        if not proof and len(mine) < 2:
            continue
        shared = sum(
            1
            for item in own
            if item in stems or any(related(item, other) for other in stems if other[:4] == item[:4])
        )
        if len(my_numbers) >= 2 or (proof and len(own) >= _TELLING and shared >= 0.6 * len(own)):
            return True
    return False


@check("Q2", defect="bump_only", dimension="structure",
       about="A follow-up brings something: a fact, a figure, an offer. To ask whether the last message was read is not enough.",
       evidence="Expandi (C): a bare third touch adds about 1 %.", example="Just following up on my last note. Any thoughts?", fixed="One thing I left out: …")  # fmt: skip
def bump(view: View) -> Iterator[Note]:
    """Flag a follow-up without new content."""
    if not view.is_follow_up or view.channel == "connection_request":
        return
    hits = view.phrases.get("bump", [])
    if _says_farewell(view) and uses_prospect(view):
        return  # a last word about the reader's firm, with a way out
    if not hits:
        return
    if brings_something(view):
        return
    yield Note(
        "asks only whether the last message was read",
        "add one new point: a fact, a figure or an offer",
        *view.span(hits[0]),
    )


def brings_something(view: View) -> bool:
    """Say whether a message holds a figure, a fact, a claim or a pain, or enough words beyond the bump."""
    earlier = view.context.previous_messages
    known = frozenset(
        item
        for text in earlier
        for item in content_stems(read_words(text, view.language).folded, view.language, view.lists)
    )
    bump_tokens = {at for hit in view.phrases.get("bump", []) for at in range(hit.first, hit.last)}
    content = set(view.content_tokens) - bump_tokens
    if any(
        number.value > 3 and number.first in content and measure(number.unit) != "minute"
        for number in view.numbers
    ):
        return True
    common = view.lists.words["generic"] if view.lists else frozenset()
    fresh = [
        at for at in view.content_tokens if at not in bump_tokens and view.words.folded[at] not in common
    ]
    stems = content_stems((view.words.folded[at] for at in fresh), view.language, view.lists)
    person = view.ground.name_stems
    ground = frozenset(
        item for source in view.ground.of_kind("fact", "pain", "claim", "offer") for item in source.stems
    )
    new = {item for item in stems - known - person if item in ground}
    used = {item for item in stems - person if item in ground}
    return (
        len(new) >= 2
        or (bool(new) and len(stems - person - known) >= 7)
        or len(used) >= 2
        or len(stems - person - known) >= 14
    )
