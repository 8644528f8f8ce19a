"""Which facts are news at a date, which signals they fire, and which may open a message."""

import datetime

from outreach.domain.buyers import Signal
from outreach.domain.people import Fact
from outreach.qualify.signals import read_facts
from tests.planning_samples import AS_OF, fact

HIRING = Signal(id="hiring-sdrs", kinds=("hiring",), any=("SDR", "BDR"), weight=3, fresh_days=30)


def test_a_signal_fires_on_kind_words_and_freshness() -> None:
    sdrs = fact("f_1", text="Lumera is hiring six SDRs")
    slots = fact("f_2", text="Lumera is hiring", slots={"what": "BDR"})
    cooks = fact("f_3", text="Lumera is hiring cooks")
    launch = fact("f_4", "launch", text="Lumera launched SDR Cloud")
    old = fact("f_5", text="Lumera is hiring SDRs", days_old=31)
    reading = read_facts([sdrs, slots, cooks, launch, old], [HIRING], AS_OF)
    assert [(fired.signal_id, fired.fact_id) for fired in reading.fired] == [
        ("hiring-sdrs", "f_1"),
        ("hiring-sdrs", "f_2"),
    ]
    # Stale by the signal's own days, though the kind alone would be fresh; the others are fresh by their kind.
    assert reading.unusable == (("f_5", f"stale: of {old.date}, older than 30 days"),)
    assert set(reading.usable) == {"f_1", "f_2", "f_3", "f_4"}


def test_best_first_by_signal_then_newest() -> None:
    facts = [
        fact("f_old", days_old=20),
        fact("f_new", days_old=1),
        fact("f_signal", text="SDRs wanted", days_old=29),
        fact("f_undated", days_old=None),
    ]
    assert read_facts(facts, [HIRING], AS_OF).usable == ("f_signal", "f_new", "f_old", "f_undated")
    assert read_facts(facts[::-1], [HIRING], AS_OF).usable == ("f_signal", "f_new", "f_old", "f_undated")


def test_what_is_stale_undated_or_ahead_says_why() -> None:
    facts = [
        fact("f_money", "funding", days_old=270),
        fact("f_prize", "award", days_old=None),
        fact("f_next", "launch", days_old=-5),
        fact("f_fair", "event", days_old=-60),
        fact("f_tool", "technology", days_old=None),
    ]
    reading = read_facts(facts, [], AS_OF)
    assert reading.usable == ("f_fair", "f_tool")
    assert dict(reading.unusable) == {
        "f_money": f"stale: of {facts[0].date}, older than 120 days",
        "f_prize": "no date: award may be old news",
        "f_next": f"dated too far ahead: {facts[2].date}",
    }


def test_what_hurts_never_opens_a_message_even_as_a_signal() -> None:
    reading = read_facts([fact("f_1", "layoffs")], [Signal(id="cuts", kinds=("layoffs",))], AS_OF)
    assert [fired.signal_id for fired in reading.fired] == ["cuts"]
    assert reading.unusable == (("f_1", "layoffs is no way to open a message"),)


def test_freshness_is_a_matter_of_the_runs_date() -> None:
    only = Fact(id="f_1", kind="post", text="Ana wrote on ramp", date=datetime.date(2026, 1, 16))
    for days, usable in ((44, True), (45, True), (46, False)):
        as_of = datetime.date(2026, 1, 16) + datetime.timedelta(days=days)
        assert bool(read_facts([only], [], as_of).usable) is usable


def test_an_unknown_kind_counts_as_other() -> None:
    assert read_facts([fact("f_1", "moved house", days_old=None)], [], AS_OF).usable == ("f_1",)
