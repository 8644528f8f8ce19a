"""Head counts and money in every spelling that exports use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.intake.sizes import read_head_count, read_money


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("51-200 employees", 51, 200), ("11–50", 11, 50), ("2-10", 2, 10), ("10,001+", 10001, None), ("10.001+ Mitarbeiter", 10001, None),
        ("1,001-5,000", 1001, 5000), ("201 - 500 employees", 201, 500), ("1K-5K", 1000, 5000), ("5.432", 5432, 5432), ("~200", 200, 200),
        ("143,885 (2024)", 143885, 143885), ("360,000+ (2025)", 360000, None), ("Nov-50", 11, 50), ("10-Feb", 2, 10), ("2-Oct", 2, 10),
        ("2024-02-10", 2, 10), ("1950-11-01", 11, 50), ("120.0", 120, 120), ("1'200", 1200, 1200), ("más de 500", 500, None), ("bis 50", None, 50),
        ("self-employed", 1, 1), ("entre 11 y 50", 11, 50), ("2 mil", 2000, 2000),
    ],
)  # fmt: skip
def test_head_counts(cell: str, low: float | None, high: float | None) -> None:
    found = read_head_count(cell)
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("cell", ["", "n/a", "abc", "-5", "0", "0.0 ONE"])
def test_no_head_count(cell: str) -> None:
    assert read_head_count(cell) is None


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("$10M-$50M", 10e6, 50e6), ("$1.2B", 1.2e9, 1.2e9), ("USD 500K", 5e5, 5e5), ("10K+", 1e4, None), ("1.2M", 1.2e6, 1.2e6),
        ("Over $1 bil.", 1e9, None), ("$1B to $10B", 1e9, 10e9), ("$1 mil. - $5 mil.", 1e6, 5e6), ("12000000", 12e6, 12e6), ("1.2E7", 12e6, 12e6),
        ("$4,500,000", 4.5e6, 4.5e6), ("$10-50M", 10e6, 50e6), ("Under $1M", None, 1e6), ("$1.234B", 1.234e9, 1.234e9),
    ],
)  # fmt: skip
def test_dollars(cell: str, low: float | None, high: float | None) -> None:
    money = read_money(cell)
    assert money is not None
    assert (money.usd.low, money.usd.high, money.approximate) == (low, high, False)


@pytest.mark.parametrize(
    ("cell", "about"),
    [
        ("€5m", 5.75e6),
        ("£3.4 million", 4.56e6),
        ("1.000.000 €", 1.15e6),
        ("R$ 3 milhões", 0.54e6),
        ("1,5 Mrd. EUR", 1.725e9),
        ("MXN 20,000,000", 1.06e6),
    ],
)
def test_other_currencies_are_converted_and_marked(cell: str, about: float) -> None:
    money = read_money(cell)
    assert money is not None
    assert money.approximate
    assert money.usd.low == pytest.approx(about, rel=0.02)


def test_no_money_and_thousands() -> None:
    assert read_money("0.0 ONE") is read_money("") is read_money("5 Galleons of gold, 3 or 4") is None
    money = read_money("5,000", unit=1000)
    assert money is not None
    assert money.usd.low == 5_000_000


@given(st.text(max_size=20))
def test_any_text_is_read_or_unknown(cell: str) -> None:
    read_head_count(cell)
    read_money(cell)
