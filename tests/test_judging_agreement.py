"""Cohen's kappa and the exact tests, against values worked out by hand or found in tables."""

import random
from fractions import Fraction
from math import comb

import pytest

from outreach.judging.agreement import agreement, clopper_pearson, cohens_kappa, sign_test, wilson


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        # 35 of 50 agree = 0.7; chance 25/50 · 30/50 + 25/50 · 20/50 = 0.5; (0.7 - 0.5) / 0.5
        ((20, 5, 10, 15), 0.4),
        # 60 of 100 agree; chance 0.6 · 0.7 + 0.4 · 0.3 = 0.54; 0.06 / 0.46
        ((45, 25, 15, 15), 0.06 / 0.46),
        # 60 of 100 agree again, with other margins; chance 0.46; 0.14 / 0.54
        ((25, 5, 35, 35), 0.14 / 0.54),
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
        ((5, 5, 5, 5), 0.0),
        # 8 of 10 agree; chance 0.25 · … : 5/10 · 5/10 + 5/10 · 5/10 = 0.5; 0.3 / 0.5
        ((4, 1, 1, 4), 0.6),
        # all labels say no: agreement 0.9 is what chance gives, too
        ((0, 1, 0, 9), 0.0),
    ],
)
def test_kappa_by_hand(counts, kappa):
    assert cohens_kappa(*counts) == pytest.approx(kappa)


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (7, 0, 0, 0), (0, 0, 0, 7)])
def test_kappa_is_undefined_where_all_is_of_one_kind(counts):
    assert cohens_kappa(*counts) is None


def test_kappa_is_what_its_definition_says_on_random_answers():
    chance = random.Random(5)  # noqa: S311  (a fixed seed, for a test)
    for _ in range(50):
        pairs = [(chance.random() < 0.3, chance.random() < 0.4) for _ in range(40)]
        observed = Fraction(sum(a == b for a, b in pairs), 40)
        yes = Fraction(sum(a for a, _ in pairs), 40) * Fraction(sum(b for _, b in pairs), 40)
        no = Fraction(sum(not a for a, _ in pairs), 40) * Fraction(sum(not b for _, b in pairs), 40)
        expected = (observed - yes - no) / (1 - yes - no)
        assert agreement(pairs).kappa == pytest.approx(float(expected), abs=1e-6)


def test_exactly_six_tenths_is_six_tenths():
    pairs = [(True, True)] * 4 + [(False, True)] + [(True, False)] + [(False, False)] * 4
    figures = agreement(pairs, void=2, failed=1)
    assert figures.kappa == 0.6
    assert (figures.n, figures.agreement, figures.void, figures.failed) == (10, 0.8, 2, 1)
    assert figures.kappa_low < 0.6 < figures.kappa_high <= 1


def test_a_perfect_score_has_an_interval_that_narrows_with_n():
    few, many = (agreement([(True, True)] * n + [(False, False)] * n) for n in (3, 100))
    assert few.kappa == many.kappa == 1
    assert few.kappa_low < 0.3 < 0.95 < many.kappa_low


def test_no_answers_no_figures():
    figures = agreement([], void=3)
    assert (figures.n, figures.agreement, figures.kappa, figures.kappa_low, figures.void) == (
        0,
        None,
        None,
        None,
        3,
    )


def test_intervals_and_the_sign_test_as_tables_have_them():
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert clopper_pearson(8, 10) == pytest.approx((0.4439, 0.9748), abs=1e-4)
    assert clopper_pearson(0, 10) == pytest.approx((0, 0.3085), abs=1e-4)
    assert clopper_pearson(10, 10) == pytest.approx((0.6915, 1), abs=1e-4)
    assert clopper_pearson(0, 0) is None
    assert sign_test(8, 2) == sign_test(2, 8) == pytest.approx(2 * (45 + 10 + 1) / 1024)
    assert sign_test(5, 5) == 1
    assert sign_test(6, 0) == pytest.approx(2 / 64)
    assert sign_test(0, 0) is None


def test_the_exact_interval_leaves_a_fortieth_on_each_side():
    low, high = clopper_pearson(13, 40)

    def at_least(hits, share):
        return sum(comb(40, k) * share**k * (1 - share) ** (40 - k) for k in range(hits, 41))

    assert at_least(13, low) == pytest.approx(0.025)
    assert 1 - at_least(14, high) == pytest.approx(0.025)
