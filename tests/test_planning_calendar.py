"""Dates of steps: real holidays, weekends by country, days off of the sender, and a rule that no gap or order breaks."""

import datetime
import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.branches import AFTERS, After, meet
from outreach.domain.vocabulary import Channel
from outreach.planning.calendar import Calendar, cadence, default_start, short_date

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Step:
    step: int
    day: int
    after: After = "start"
    channel: Channel = "email"


def on(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, day)


def steps(*days: int) -> list[Step]:
    return [Step(number, day) for number, day in enumerate(days, 1)]


def dates(days: list[int], start: datetime.date, calendar: Calendar, first_day: int = 0) -> list[str]:
    made = cadence(steps(*days), start, calendar, first_day=first_day)
    return [found.date.isoformat() for found in made.dates.values()]


@pytest.mark.parametrize(
    ("country", "holiday", "name", "next_day"),
    [
        ("PT", on(2026, 12, 1), "Restoration of Independence", on(2026, 12, 2)),
        ("US", on(2026, 11, 26), "Thanksgiving", on(2026, 11, 27)),
        ("DE", on(2025, 10, 3), "German Unity Day", on(2025, 10, 6)),
        ("FR", on(2026, 7, 14), "National Day", on(2026, 7, 15)),
        ("BR", on(2026, 11, 20), "Black Awareness", on(2026, 11, 23)),
        ("CO", on(2026, 11, 16), "Independence of Cartagena", on(2026, 11, 17)),
        ("JP", on(2027, 2, 11), "Foundation Day", on(2027, 2, 12)),
        ("ZA", on(2026, 9, 24), "Heritage Day", on(2026, 9, 25)),
    ],
)
def test_public_holidays_are_named_in_english_and_skipped(
    country: str, holiday: datetime.date, name: str, next_day: datetime.date
) -> None:
    moved_to, why = Calendar(country).next_business_day(holiday)
    assert moved_to == next_day
    assert name in why
    assert "public holiday" in why
    assert why.endswith(f"moved to {short_date(next_day)}")
    assert Calendar(country).next_business_day(next_day) == (next_day, "")


def test_the_reason_is_a_sentence() -> None:
    _, why = Calendar("PT").next_business_day(on(2026, 12, 1))
    assert why == (
        "Tue 1 Dec is a public holiday (Portugal: Restoration of Independence Day); moved to Wed 2 Dec"
    )
    _, why = Calendar("DE").next_business_day(on(2026, 12, 25))
    assert why == (
        "Fri 25 Dec is a public holiday (Germany: Christmas Day); Sat 26 Dec is a weekend day (Germany); moved to Mon 28 Dec"
    )


def test_holidays_of_one_region_only_are_business_days() -> None:
    assert Calendar("ES").day_off(on(2026, 9, 11)) == ""  # Catalonia's own
    assert Calendar("DE").day_off(on(2026, 1, 6)) == ""  # in three states only


@pytest.mark.parametrize("country", ["SA", "IL", "EG"])
def test_weekends_on_friday_and_saturday(country: str) -> None:
    friday, sunday = on(2026, 11, 20), on(2026, 11, 22)
    assert Calendar(country).next_business_day(friday)[0] == sunday
    assert Calendar(country).day_off(sunday) == ""
    assert Calendar("CO").day_off(friday) == ""
    assert Calendar("CO").next_business_day(sunday)[0] == on(2026, 11, 23)


def test_where_the_law_rests_on_sunday_alone_saturday_is_left_out_too() -> None:
    assert Calendar("HK").next_business_day(on(2026, 11, 21))[0] == on(2026, 11, 23)


def test_a_new_year_lies_between_two_steps() -> None:
    start = on(2026, 12, 30)
    assert dates([0, 2, 9], start, Calendar("GB")) == ["2026-12-30", "2027-01-04", "2027-01-11"]
    # Epiphany is a holiday in Spain, and the step that it moves takes the next one along.
    assert dates([0, 7, 14], start, Calendar("ES")) == ["2026-12-30", "2027-01-07", "2027-01-14"]
    assert dates([0, 2, 9], start, Calendar("SA")) == ["2026-12-30", "2027-01-03", "2027-01-10"]


def test_what_follows_a_moved_step_keeps_its_distance_and_says_so() -> None:
    made = cadence(steps(0, 5, 8), on(2026, 11, 23), Calendar("CO"))
    assert [found.date for found in made.dates.values()] == [
        on(2026, 11, 23),
        on(2026, 11, 30),
        on(2026, 12, 3),
    ]
    assert made.dates[1].moved == ""
    assert "Sat 28 Nov is a weekend day" in made.dates[2].moved
    assert made.dates[3].moved == "stays 3 days behind step 2, which comes later than its day"


def test_steps_of_one_day_stay_on_one_day() -> None:
    assert dates([0, 5, 5], on(2026, 11, 23), Calendar("CO")) == ["2026-11-23", "2026-11-30", "2026-11-30"]


def test_an_unknown_country_has_weekends_alone_and_says_so() -> None:
    unknown = Calendar(None)
    assert unknown.day_off(on(2026, 12, 25)) == ""
    assert unknown.day_off(on(2026, 12, 26)) == "Sat 26 Dec is a weekend day"
    assert "country is unknown" in unknown.note
    nowhere = Calendar("ZZ")  # a code that ISO 3166 leaves free
    assert "no table of holidays of the reader's country (ZZ)" in nowhere.note
    assert nowhere.next_business_day(on(2026, 11, 21))[0] == on(2026, 11, 23)
    assert Calendar("PT").note == "weekends and public holidays are left out (Portugal)"


def test_beyond_the_last_year_of_a_table_the_fixed_holidays_still_hold() -> None:
    assert "Republic Day" in Calendar("IN").day_off(
        on(2039, 1, 26)
    )  # the library warns: moving feasts end in 2035


def test_the_sender_has_holidays_and_days_off_too() -> None:
    ours = Calendar(
        "CO", own_country="ES", skip=((on(2026, 12, 28), on(2027, 1, 2)), (on(2026, 12, 24),) * 2)
    )
    assert Calendar("CO").day_off(on(2026, 10, 13)) == ours.day_off(on(2026, 10, 13)) == ""
    assert "Spain: Epiphany" in ours.day_off(on(2027, 1, 6))
    moved_to, why = ours.next_business_day(on(2026, 12, 24))
    assert moved_to == on(2027, 1, 4)
    assert why.count("own days off") == 1
    assert why.count("weekend day") == 1
    assert why.count("public holiday") == 2  # Christmas and New Year's Day
    assert ours.note.endswith("so are the sender's public holidays (Spain)")
    # The sender's weekend is nobody's business: a reader in Riyadh works on Sunday.
    assert Calendar("SA", own_country="ES").day_off(on(2026, 11, 22)) == ""


def test_a_colleague_starts_later_by_whole_days() -> None:
    monday = on(2026, 11, 23)
    assert dates([0, 4], monday, Calendar("CO"), first_day=2) == ["2026-11-25", "2026-11-30"]
    assert dates([0, 4], monday, Calendar("CO"), first_day=5) == ["2026-11-30", "2026-12-04"]


def test_steps_after_accepting_are_shown_as_if_it_were_accepted_a_business_day_later() -> None:
    sequence = [
        Step(1, 0, channel="connection_request"),
        Step(2, 2, "accepted", "linkedin_message"),
        Step(3, 7, "accepted", "linkedin_message"),
        Step(4, 14, "not_accepted"),
        Step(5, 18, "not_accepted"),
    ]
    made = cadence(sequence, on(2026, 11, 23), Calendar("CO"))
    assert [made.when(number) for number in range(1, 6)] == [
        "Mon 23 Nov", "Thu 26 Nov if accepted Tue 24 Nov", "Tue 1 Dec if accepted Tue 24 Nov", "Mon 7 Dec", "Fri 11 Dec",
    ]  # fmt: skip
    assert made.dates[2].accepted_on == on(2026, 11, 24)
    assert made.dates[4].accepted_on is None
    # An acceptance that would fall on a weekend is supposed for the Monday after it.
    friday = cadence(sequence, on(2026, 11, 20), Calendar("CO"))
    assert friday.dates[2].accepted_on == on(2026, 11, 23)


def test_without_a_wish_a_sequence_starts_after_the_day_of_the_run() -> None:
    assert default_start(on(2026, 11, 20)) == on(2026, 11, 21)


COUNTRIES = ("US", "PT", "SA", "CO", "DE", "IN", "HK", "IR", "ZZ", None)


@given(
    gaps=st.lists(st.integers(0, 12), min_size=1, max_size=8),
    afters=st.lists(st.sampled_from(AFTERS), min_size=8, max_size=8),
    start=st.dates(on(2020, 1, 1), on(2040, 12, 31)),
    country=st.sampled_from(COUNTRIES),
    own=st.sampled_from(("ES", None)),
    off=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=3),
    first_day=st.integers(0, 10),
)
def test_order_gaps_and_business_days_always_hold(
    gaps: list[int], afters: list[After], start: datetime.date, country: str | None, own: str | None,
    off: list[tuple[int, int]], first_day: int,
) -> None:  # fmt: skip
    days = list(itertools.accumulate(gaps))
    sequence = [Step(number, day, afters[number - 1]) for number, day in enumerate(days, 1)]
    skip = tuple((start + a * DAY, start + (a + length) * DAY) for a, length in off)
    calendar = Calendar(country, own, skip)
    made = cadence(sequence, start, calendar, first_day=first_day)
    assert list(made.dates) == [step.step for step in sequence]
    for step in sequence:
        found = made.dates[step.step]
        assert calendar.day_off(found.date) == ""
        assert (found.accepted_on is not None) == (step.after == "accepted")
        origin = found.accepted_on or start + first_day * DAY
        late = found.date - (origin + step.day * DAY)
        assert late >= 0 * DAY
        assert bool(found.moved) == bool(late)
    for one, other in itertools.combinations(sequence, 2):
        if "accepted" in {one.after, other.after} and one.after != other.after:
            continue  # they count from different events
        assert meet(one.after, other.after) or one.after == other.after
        gap = made.dates[other.step].date - made.dates[one.step].date
        assert gap >= (other.day - one.day) * DAY
        assert (gap == 0 * DAY) == (other.day == one.day)
