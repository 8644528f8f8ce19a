"""Counts in; how far two judges agree, and whether one of two texts is preferred, out: with intervals, exact where it is cheap.

Cohen's kappa (1960) is agreement beyond chance; Wilson (1927) and Clopper and Pearson (1934) give the intervals.
"""

import math
from collections.abc import Callable, Iterable

from outreach.domain.calibrations import Agreement

#: From this kappa on a criterion may fail a message (rule 2.8 of the rubric's evidence; "substantial" by Landis and Koch).
ENOUGH_KAPPA = 0.6
_Z = 1.959963984540054
_HALVINGS = 60
#: Figures are kept to so many digits: 0.6 is 0.6, whatever binary fractions make of it.
_DIGITS = 6


def agreement(pairs: Iterable[tuple[bool, bool]], **counts: int) -> Agreement:
    """Return how far answers agree with labels.

    Args:
        pairs: (the label says yes, the judge says yes), one for each message.
        counts: what else is reported beside them: `void`, `failed`, `not_asked`, `set_aside`.
    """
    seen = list(pairs)
    both, only_label = seen.count((True, True)), seen.count((True, False))
    only_judge, neither = seen.count((False, True)), seen.count((False, False))
    known = {
        "n": len(seen),
        "both_yes": both,
        "only_judge": only_judge,
        "only_label": only_label,
        "both_no": neither,
    }
    if not seen:
        return Agreement(**known, **counts)
    observed = round((both + neither) / len(seen), _DIGITS)
    kappa = cohens_kappa(both, only_judge, only_label, neither)
    low = high = None
    if kappa is not None:
        chance = _chance(both, only_judge, only_label, neither)
        low, high = (
            round((bound - chance) / (1 - chance), _DIGITS) for bound in wilson(both + neither, len(seen))
        )
        kappa = round(kappa, _DIGITS)
    return Agreement(**known, **counts, agreement=observed, kappa=kappa, kappa_low=low, kappa_high=high)  # fmt: skip


def cohens_kappa(both_yes: int, only_judge: int, only_label: int, both_no: int) -> float | None:
    """Return Cohen's kappa, or None where it is undefined.

    It is undefined without messages, and where labels and answers are all of one and the same kind: chance alone
    would agree as often. Where only the labels are of one kind it is 0 at most.
    """
    n = both_yes + only_judge + only_label + both_no
    if n in {0, both_yes, both_no}:
        return None
    chance = _chance(both_yes, only_judge, only_label, both_no)
    return ((both_yes + both_no) / n - chance) / (1 - chance)


def _chance(both_yes: int, only_judge: int, only_label: int, both_no: int) -> float:
    """Return how often label and judge would agree if each kept its share of yeses and gave them out at random."""
    n = both_yes + only_judge + only_label + both_no
    label, judge = (both_yes + only_label) / n, (both_yes + only_judge) / n
    return label * judge + (1 - label) * (1 - judge)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; `n` is at least 1."""
    share, z2 = hits / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def sign_test(first: int, second: int) -> float | None:
    """Return the exact two-sided p value of so many wins against so many; None without a decided pair."""
    n = first + second
    if n == 0:
        return None
    tail = sum(math.comb(n, wins) for wins in range(max(first, second), n + 1))
    return min(1.0, 2 * tail / (1 << n))


def clopper_pearson(hits: int, n: int) -> tuple[float, float] | None:
    """Return the exact 95 % interval of a share; None for n = 0."""
    if n == 0:
        return None
    low = 0.0 if hits == 0 else _solve(lambda share: _at_least(hits, n, share) < 0.025)
    high = 1.0 if hits == n else _solve(lambda share: _at_least(hits + 1, n, share) < 0.975)
    return low, high


def _at_least(hits: int, n: int, share: float) -> float:
    """Return the chance of `hits` or more of `n`, each with this chance between 0 and 1."""
    logs = (
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        + k * math.log(share) + (n - k) * math.log1p(-share)
        for k in range(hits, n + 1)
    )  # fmt: skip
    return math.fsum(math.exp(one) for one in logs)


def _solve(too_low: Callable[[float], bool]) -> float:
    """Return where a condition that holds from 0 up to some share ends, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return (low + high) / 2
