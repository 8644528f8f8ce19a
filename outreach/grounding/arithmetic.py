"""A figure of a message and known figures in; whether it follows from them by the arithmetic that people do in a message out."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from outreach.text.number import Number


def from_one_statement(number: Number, known: Sequence[Number], *, rough: float) -> bool:
    """Say whether a figure follows from the figures of one statement: a difference, a share, a multiple.

    Args:
        number: the figure of the message.
        known: the figures of one fact or claim.
        rough: how much more than the figure may be meant, as a part of it: 0 where it is not said to be about so much.
    """
    plain = [item.value for item in known if item.kind in {"plain", "currency"} and item.value > 0]
    percents = [item.value for item in known if item.kind == "percent"]
    fractions = [item.value for item in known if item.kind == "fraction"]
    if number.kind == "percent":
        return _meets(number.value, _percents(plain, percents, fractions), 2.0 if rough else 0.6)
    if number.kind == "fraction":
        return _meets(number.value * 100, _percents(plain, percents, fractions), 3.0)
    if number.kind == "multiple":
        ratios = [a / b for values in (plain, percents) for a, b in permutations(values, 2)]
        return any(math.isclose(ratio, number.value, rel_tol=0.08) for ratio in ratios) or (
            number.value == 2 and 0.5 in fractions
        )
    if number.kind not in {"plain", "currency"}:
        return False
    values = [abs(a - b) for row in (plain, percents) for a, b in permutations(row, 2)]
    values += [a + b for a, b in permutations(plain, 2)]
    values += [a * b / 100 for a in plain for b in _with_rest(percents)]
    values += [a * b for a in plain for b in fractions]
    return any(is_close(number.value, value, rough=rough) for value in values)


def _percents(plain: list[float], percents: list[float], fractions: list[float]) -> Iterator[float]:
    yield from (100 - percent for percent in percents)
    yield from (100 - 100 * fraction for fraction in fractions)
    yield from (abs(a - b) for a, b in permutations(percents, 2))
    for values in (plain, percents):
        for a, b in permutations(values, 2):
            yield abs(100 * (a - b) / a)
            if a < b:
                yield 100 * a / b


def _with_rest(percents: Iterable[float]) -> list[float]:
    return [value for percent in percents for value in (percent, 100 - percent)]


def _meets(value: float, candidates: Iterable[float], tolerance: float) -> bool:
    return any(1 < candidate < 100 and abs(value - candidate) <= tolerance for candidate in candidates)


def shown(
    number: Number,
    operands: Sequence[Number],
    shares: Sequence[float],
    scales: Sequence[float],
    *,
    rough: float,
) -> bool:
    """Say whether a figure follows from figures that the message itself shows, by one or two steps.

    Args:
        number: the figure.
        operands: figures that stand near it and are supported.
        shares: parts of a whole that are spoken of besides, 0–1.
        scales: how many of one unit or span of time make another, for those that are spoken of.
        rough: how much more than the figure may be meant, as a part of it: 0 where it is not said to be about so much.
    """
    plain = [item.value for item in operands if item.kind in {"plain", "currency"} and item.value > 0]
    parts = [item.value / 100 for item in operands if item.kind == "percent"]
    parts += [item.value for item in operands if item.kind == "fraction" and item.value < 1]
    parts += [part for part in shares if 0 < part < 1]
    parts += [abs(a - b) for a, b in permutations(parts, 2)] + [1 - part for part in parts]
    if number.kind in {"percent", "fraction"}:
        value = number.value / 100 if number.kind == "percent" else number.value
        ratios = [a / b for a, b in permutations(plain, 2) if a < b]
        return any(abs(value - ratio) <= (0.02 if rough else 0.006) for ratio in ratios)
    if number.kind not in {"plain", "currency"}:
        return False
    factors = parts + list(scales)
    steps = list(_steps(plain, parts))
    steps += [value for a, b, c in permutations(plain, 3) for value in ((a - b) * c, a * b / c)]
    steps += [
        abs(a * scale - b) for a, b in permutations(plain, 2) for scale in scales
    ]  # `three hours less twenty minutes`
    if any(is_close(number.value, value, rough=rough) for value in steps):
        return True
    return any(
        is_close(number.value, value * factor, rough=rough)
        or is_close(number.value, value / factor, rough=rough)
        for value in (*steps, *plain)
        for factor in factors
        if factor
    )


def _steps(plain: list[float], parts: list[float]) -> Iterator[float]:
    """Yield what one step makes of two figures."""
    for a, b in permutations(plain, 2):
        yield a - b
        if a < b:
            yield a + b
            yield a * b
        else:
            yield a / b
    for a in plain:
        for part in parts:
            yield a * part


def is_close(left: float, right: float, *, rough: float) -> bool:
    """Say whether two amounts are one as people round: to the whole, and further where `about` or `over` is said."""
    if right <= 0:
        return False
    if rough:
        return 0.94 <= right / left <= 1 + rough or (abs(left - right) <= 0.6 and left >= 2)
    if left >= 10 and left == int(left) and abs(left - right) <= 0.5:
        return True
    if left >= 100 and left % 10 ** (len(str(int(left))) - 2) == 0:
        return math.isclose(left, right, rel_tol=0.03)  # two digits and noughts are a round figure
    return math.isclose(left, right, rel_tol=0.005 if left >= 100 else 1e-6)
