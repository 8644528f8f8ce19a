"""The labelled messages and sequences as a floor: what the rubric catches and lets pass must not fall behind these rates."""

import pytest

from benchmarks.labelled import SETS, dev, own
from benchmarks.rubric import SOFT_IDS, figures, hijacked


def rate(part, whole):
    return part / whole if whole else 1.0


def caught(result, *levels):
    return rate(sum(result.caught[level] for level in levels), sum(result.fails[level] for level in levels))


def test_the_given_messages_meet_every_figure():
    result = figures(dev("messages"))
    assert caught(result, "easy") >= 0.95
    assert caught(result, "easy", "medium") >= 0.90
    assert rate(result.refused, result.passes) <= 0.03
    assert rate(result.near_refused, result.near) <= 0.04
    assert rate(result.noisy, result.passes) <= 0.10
    assert rate(result.found.total(), result.labelled.total()) >= 0.80
    for name, count in result.labelled.items():
        assert rate(result.found[name], count) >= (0.50 if name in SOFT_IDS else 0.75), name


def test_the_given_sequences_and_hijacked_answers_meet_their_figures():
    result = figures(dev("sequences"))
    assert rate(result.right, result.total) >= 0.88
    right, total = hijacked()
    assert right == total


@pytest.mark.parametrize("name", SETS)
def test_our_own_messages_stay_where_they_are(name):
    result = figures(own(name, "messages"))
    assert result.total >= 140
    assert caught(result, "easy") >= 0.95
    assert caught(result, "easy", "medium") >= 0.92
    assert rate(result.refused, result.passes) <= 0.06
    assert rate(result.found.total(), result.labelled.total()) >= 0.90


@pytest.mark.parametrize("name", [name for name in SETS if own(name, "sequences")])
def test_our_own_sequences_stay_where_they_are(name):
    result = figures(own(name, "sequences"))
    assert rate(result.right, result.total) >= 0.85
