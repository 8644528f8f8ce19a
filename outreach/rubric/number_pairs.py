"""Two messages in; pairs of figures about one thing that differ out."""

from collections.abc import Iterator

from outreach.rubric.view import View
from outreach.text.number import Number
from outreach.text.stems import related, stem


def clashing(left: View, right: View) -> Iterator[tuple[Number, Number]]:
    """Yield figures of the same kind that stand among the same words and differ."""
    for first in left.numbers:
        near = _around(left, first)
        for second in right.numbers:
            if first.kind != second.kind or first.value == second.value or first.kind in {"ordinal", "clock"}:
                continue
            if any(first.value == other.value for other in right.numbers) and any(
                second.value == other.value for other in left.numbers
            ):
                continue
            shared = sum(1 for item in _around(right, second) if any(related(item, other) for other in near))
            if shared >= 2:
                yield first, second


def _around(view: View, number: Number) -> set[str]:
    sentence = view.sentence(view.words.sentence_of[number.first])
    first, last = max(sentence.first, number.first - 8), min(sentence.last, number.last + 6)
    lists = view.lists
    stop = lists.words["stop"] if lists else frozenset()
    return {
        stem(word, view.language)
        for word in view.words.folded[first:last]
        if len(word) > 3 and word not in stop and word[0].isalpha()
    }
