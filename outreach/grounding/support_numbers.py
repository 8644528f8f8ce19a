"""The numbers of a message and the ground truth in; for each number whether it is held, follows by arithmetic, or is invented."""

import math
from dataclasses import dataclass
from itertools import permutations

from outreach.grounding.support_index import GroundIndex, Source
from outreach.text.languages import Pack
from outreach.text.numbers import Number, shares
from outreach.text.stems import related, stem
from outreach.text.tokens import Words

#: Units in which the same figure means something else: seconds to years, and weights and lengths.
_UNITS: dict[str, str] = {
    name: unit
    for unit, names in {
        "second": "second seconds sec secs segundo segundos sekunde sekunden seconde secondes",
        "minute": "minute minutes min mins minuto minutos minuten",
        "hour": "hour hours hora horas stunde stunden heure heures h",
        "day": "day days dia dias tag tage tagen jour jours",
        "week": "week weeks semana semanas woche wochen semaine semaines",
        "month": "month months mes meses monat monate monaten mois",
        "year": "year years ano anos jahr jahre jahren an ans annee annees",
        "kilo": "kg kilo kilos kilogram kilograms",
        "tonne": "tonne tonnes ton tons tonelada toneladas tonnen t",
        "metre": "metre metres meter meters metro metros m",
        "kilometre": "km kilometre kilometres kilometer kilometers kilometro kilometros",
        "litre": "litre litres liter liters litro litros",
    }.items()
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberSupport:
    """A number of the message and what it rests on. `nearest` is the statement it seems to retell with another figure."""

    number: Number
    supported: bool
    reason: str = ""
    nearest: Source | None = None
    expected: str = ""


def number_support(
    words: Words, numbers: list[Number], index: GroundIndex, lists: Pack | None
) -> list[NumberSupport]:
    """Judge every number of a message in order of position."""
    pairs = shares(words, numbers, lists)
    in_share = {i: percent for left, right, percent in pairs for i in (left, right)}
    results = []
    for at, number in enumerate(numbers):
        results.append(_judge(number, words, index, lists, in_share.get(at)))
    return results


def _judge(
    number: Number, words: Words, index: GroundIndex, lists: Pack | None, share: float | None
) -> NumberSupport:
    if number.weak or number.kind == "clock":
        return NumberSupport(number, True, "weak")
    held = _held(number, index)
    if held is None and share is not None and _percent_known(share, index):
        return NumberSupport(number, True, "share")
    if held is not None:
        wrong = _other_unit(number, index)
        if wrong is not None:
            return NumberSupport(number, False, "unit", wrong, wrong.text)
        return NumberSupport(number, True, held.ref, held)
    if _is_offered(number, lists) or _is_ordinary(number, index):
        return NumberSupport(number, True, "offered")
    if _derived(number, index):
        return NumberSupport(number, True, "derived")
    return NumberSupport(number, False, "unknown", nearest_source(words, number, index))


def _held(number: Number, index: GroundIndex) -> Source | None:
    """Return the statement that holds this figure, in any form."""
    best: Source | None = None
    for known, source in index.numbers:
        if _same(number, known):
            if source.kind != "sender":
                return source
            best = source
    if best is None and number.kind in {"percent", "fraction"}:
        percent = number.value * (100 if number.kind == "fraction" else 1)
        if any(abs(percent - share) < 0.6 for share in index.shares):
            return index.sources[0] if index.sources else None
    return best


def _same(number: Number, known: Number) -> bool:
    if number.kind == "fraction" or known.kind == "fraction":
        return _percents_meet(number, known)
    if number.kind == "multiple" or known.kind == "multiple":
        return number.kind == known.kind and number.value == known.value
    if (number.kind == "percent") != (known.kind == "percent"):
        return False
    return any(math.isclose(left, right, rel_tol=1e-9) for left in number.values for right in known.values)


def _percents_meet(number: Number, known: Number) -> bool:
    """Compare a fraction with a fraction or percentage: a third is 31 to 36 %, half 47 to 53 %."""

    def percent(value: Number) -> float | None:
        if value.kind == "fraction":
            return value.value * 100
        return value.value if value.kind == "percent" else None

    left, right = percent(number), percent(known)
    if left is None or right is None:
        return False
    return abs(left - right) <= (2.6 if number.kind != known.kind else 0.1)


def _percent_known(share: float, index: GroundIndex) -> bool:
    known = [item.value for item, _ in index.numbers if item.kind == "percent"] + index.shares
    known += [item.value * 100 for item, _ in index.numbers if item.kind == "fraction"]
    return any(abs(share - value) < 0.6 for value in known)


def _other_unit(number: Number, index: GroundIndex) -> Source | None:
    """Return the statement that holds this figure only with another unit of the same sort: 4 weeks for 4 days."""
    unit = _unit(number)
    if unit is None:
        return None
    clashing = None
    for known, source in index.numbers:
        if not _same(number, known):
            continue
        other = _unit(known)
        if other is None or other == unit:
            return None
        clashing = source
    return clashing


def _unit(number: Number) -> str | None:
    return _UNITS.get(number.unit[0]) if number.unit else None


def _is_offered(number: Number, lists: Pack | None) -> bool:
    """Say whether a small count is of things offered or of call minutes: `three photos`, `two-page`, `15 minutes`."""
    if lists is None or number.kind not in {"plain", "fraction"} or number.value > 120:
        return False
    offered = lists.words["offered"]
    near = list(number.unit[:2])
    if number.value > 31 and not (near and near[0] in _MINUTES):
        return False
    return any(word in offered for word in near)


_MINUTES = frozenset("minute minutes min mins minuto minutos minuten".split())


def _is_ordinary(number: Number, index: GroundIndex) -> bool:
    """Say whether a number is no figure: an ordinal, `one or two`, `the two of you`, a count of what stands in the sentence."""
    if number.kind == "ordinal" and number.value <= 31:
        return True
    if number.kind == "plain" and number.value <= 3 and number.in_words and not _counts_known(number, index):
        return True
    return number.kind == "plain" and number.value == 1


def _counts_known(number: Number, index: GroundIndex) -> bool:
    """Say whether the ground truth counts the same thing with another figure."""
    units = {stem(word, index.language) for word in number.unit[:2] if len(word) > 3}
    for known, source in index.numbers:
        if source.kind in {"fact", "claim", "pain"} and known.kind == number.kind:
            theirs = {stem(word, index.language) for word in known.unit[:2] if len(word) > 3}
            if units & theirs and not _same(number, known):
                return True
    return False


def _derived(number: Number, index: GroundIndex) -> bool:
    """Say whether a number follows from known ones by the arithmetic that people do in a message."""
    known = [(item.value, item.kind) for item, source in index.numbers if source.kind != "sender"]
    value = number.value
    plain = [amount for amount, kind in known if kind in {"plain", "currency"} and amount > 0]
    percents = [amount for amount, kind in known if kind == "percent"]
    if number.kind == "percent":
        return _derived_percent(value, plain, percents)
    if number.kind == "fraction":
        return _derived_percent(value * 100, plain, percents, tolerance=3.0)
    if number.kind == "multiple":
        return any(math.isclose(a / b, value, rel_tol=0.08) for a, b in permutations(plain, 2) if b) or (
            value == 2 and any(abs(item.value - 0.5) < 0.01 for item, _ in index.numbers if item.kind == "fraction"))  # fmt: skip
    if number.kind == "year":
        return False
    return _derived_plain(value, plain, percents, number)


def _derived_percent(value: float, plain: list[float], percents: list[float], tolerance: float = 0.6) -> bool:
    if any(abs(value - (100 - percent)) < 0.01 for percent in percents):
        return True
    if any(abs(value - abs(a - b)) < 0.01 for a, b in permutations(percents, 2)):
        return True
    changes = [100 * (a - b) / a for a, b in permutations(plain, 2) if a] + [
        100 * a / b for a, b in permutations(plain, 2) if b and a < b
    ]
    return any(abs(value - change) <= tolerance for change in changes if 1 < change < 100)


def _derived_plain(value: float, plain: list[float], percents: list[float], number: Number) -> bool:
    factors = (12, 52, 365, 7, 30, 24, 60, 4, 5, 10, 2, 3, 100, 1000)
    unit = _unit(number)
    small = value < 10 or (number.in_words and value < 20)
    for amount in plain:
        for factor in factors[:3] if small else factors:
            if _close(value, amount * factor) or (amount / factor >= 1 and _close(value, amount / factor)):
                return True
        if any(
            _close(value, amount * percent / 100) or _close(value, amount * (100 - percent) / 100)
            for percent in percents
        ):
            return True
    for a, b in permutations(plain, 2):
        if (_close(value, a - b) and (not small or unit is None)) or _close(value, a + b):
            return True
        if not small and (_close(value, a * b) or (b and a / b > 2 and _close(value, a / b))):
            return True
    if value >= 20:
        return any(_close(value, a * b / c) for a, b, c in permutations(plain[:6], 3) if c)
    return False


def _close(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=0.005 if left >= 100 else 1e-6)


def nearest_source(words: Words, number: Number, index: GroundIndex) -> Source | None:
    """Return the statement whose words stand nearest around a number, where at least two are shared."""
    sentence = words.sentences[words.sentence_of[number.first]]
    around = {
        stem(word, index.language) for word in words.folded[sentence.first : sentence.last] if len(word) > 3
    }
    best, most = None, 0
    for source in index.of_kind("fact", "claim", "pain"):
        shared = sum(1 for item in source.stems if any(related(item, other) for other in around))
        if shared > most and source.numbers:
            best, most = source, shared
    return best if most >= 1 else None
