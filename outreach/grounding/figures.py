"""Two figures in; whether they are one in another form, of one sort, or count the same thing, out; and which statement holds one."""

import math

from outreach.grounding.support_index import GroundIndex, Source
from outreach.text.number import Number
from outreach.text.stems import related, stem
from outreach.text.tokens import Words
from outreach.text.units import measure


def held_by(number: Number, index: GroundIndex) -> Source | None:
    """Return the statement that holds this figure, in any form."""
    best: Source | None = None
    for known, source in index.numbers:
        if same_figure(number, known):
            if source.kind != "sender":
                return source
            best = source
    if best is None and number.kind in {"percent", "fraction"}:
        percent = number.value * (100 if number.kind == "fraction" else 1)
        if any(abs(percent - share) < 0.6 for share in index.shares):
            return index.sources[0] if index.sources else None
    return best


def same_figure(number: Number, known: Number) -> bool:
    """Say whether two figures are one in any form: 500 mil and half a million, nine in ten and 90 %."""
    if number.kind == "fraction" or known.kind == "fraction":
        return percents_meet(number, known)
    if number.kind == "multiple" or known.kind == "multiple":
        return number.kind == known.kind and number.value == known.value
    if (number.kind == "percent") != (known.kind == "percent"):
        return False
    return any(math.isclose(left, right, rel_tol=1e-9) for left in number.values for right in known.values)


def percents_meet(number: Number, known: Number) -> bool:
    """Compare a fraction with a fraction or percentage: a third is 31 to 36 %, and 38 % is more than a third."""

    def percent(value: Number) -> float | None:
        if value.kind == "fraction":
            return value.value * 100
        return value.value if value.kind == "percent" else None

    left, right = percent(number), percent(known)
    if left is None or right is None:
        return False
    return abs(left - right) <= (2.6 if number.kind != known.kind else 0.1)


def percent_known(share: float, index: GroundIndex) -> bool:
    """Say whether a share is known, or the difference of two known ones: thirteen in a thousand is 3.2 % less 1.9 %."""
    known = [item.value for item, _ in index.numbers if item.kind == "percent"] + index.shares
    known += [item.value * 100 for item, _ in index.numbers if item.kind == "fraction"]
    known += [100 - value for value in known]
    known += [abs(a - b) for a in known for b in known if a != b]
    return any(abs(share - value) < 0.06 * max(1.0, min(share, 10.0)) for value in known)


def other_unit(number: Number, index: GroundIndex) -> Source | None:
    """Return the statement that holds this figure only with another unit of the same sort: 4 weeks for 4 days."""
    unit = measure(number.unit)
    if unit is None:
        return None
    clashing = None
    for known, source in index.numbers:
        if not same_figure(number, known):
            continue
        other = measure(known.unit)
        if other is None or other == unit:
            return None
        clashing = source
    return clashing


def alike(number: Number, known: Number) -> bool:
    """Say whether two figures are of one sort, so that one could stand for the other."""
    left = {"plain" if number.kind == "currency" else number.kind}
    right = {"plain" if known.kind == "currency" else known.kind}
    return left == right and not same_figure(number, known)


def unit_stems(number: Number, language: str) -> set[str]:
    """Return the stems of what a number counts; a span of time is no thing."""
    return {stem(word, language) for word in number.unit[:2] if len(word) > 3 and not measure((word,))}


def counts_known(number: Number, index: GroundIndex) -> bool:
    """Say whether the ground truth counts the same thing with another figure."""
    units = unit_stems(number, index.language)
    return any(
        units & unit_stems(known, index.language) and not same_figure(number, known)
        for known, source in index.numbers
        if source.kind in {"fact", "claim", "pain"} and known.kind == number.kind
    )


def nearest_source(words: Words, number: Number, index: GroundIndex) -> Source | None:
    """Return the statement with a figure whose words stand nearest around a number."""
    sentence = words.sentences[words.sentence_of[number.first]]
    around = {
        stem(word, index.language) for word in words.folded[sentence.first : sentence.last] if len(word) > 3
    }
    found = [
        (
            -sum(1 for item in source.stems if any(related(item, other) for other in around)),
            source.text,
            source,
        )
        for source in index.of_kind("fact", "claim", "pain")
        if source.numbers
    ]
    shared, _, nearest = min(found, key=lambda item: item[:2], default=(0, "", None))
    return nearest if shared else None
