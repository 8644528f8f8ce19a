"""Steps with their days, a start and a country in; the date of each step, why it moved, and which days are left out, out.

The rule: days are calendar days. A step is due as many days after the step before it as the sequence says; where that is
a day off, it moves to the next business day, and what follows moves with it. So no gap is ever shorter than the sequence
says, the order holds, and two steps share a date only where they share a day.
"""

import datetime
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from outreach.domain.branches import After
from outreach.domain.vocabulary import Channel

if TYPE_CHECKING:  # heavy: loaded where dates are asked for
    from holidays import HolidayBase

_DAY = datetime.timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6

DayRange = tuple[datetime.date, datetime.date]


class Timed(Protocol):
    """A step of a plan, or a message of a draft: what the calendar needs of it."""

    @property
    def step(self) -> int:
        """Its number."""
        ...

    @property
    def day(self) -> int:
        """Days from the start, or from the acceptance."""
        ...

    @property
    def after(self) -> After:
        """What it waits for."""
        ...

    @property
    def channel(self) -> Channel:
        """Where it is sent; acceptance is of the connection request."""
        ...


@dataclass(frozen=True)
class StepDate:
    """The date of a step. For a step after accepting it is an example: `accepted_on` is the acceptance it supposes."""

    date: datetime.date
    accepted_on: datetime.date | None = None
    moved: str = ""
    """Why it is not on the day that the sequence says; empty where it is."""


@dataclass(frozen=True)
class Calendar:
    """Which days are business days for one reader and the sender."""

    country: str | None = None
    """The reader's, ISO 3166 alpha-2: its weekend and public holidays. None: Saturday and Sunday alone."""
    own_country: str | None = None
    """The sender's: its public holidays are left out as well, its weekend is not."""
    skip: tuple[DayRange, ...] = ()
    """The sender's own days off, first and last day of each."""

    def day_off(self, day: datetime.date) -> str:
        """Return why a day is no business day, or an empty text."""
        if day.weekday() in _weekend(self.country):
            known = "" if _holidays(self.country) is None else f" ({country_name(self.country)})"
            return f"{short_date(day)} is a weekend day{known}"
        for country in dict.fromkeys((self.country, self.own_country)):
            name = _holiday(country, day)
            if name:
                return f"{short_date(day)} is a public holiday ({country_name(country)}: {name})"
        if any(first <= day <= last for first, last in self.skip):
            return f"{short_date(day)} is one of the sender's own days off"
        return ""

    def next_business_day(self, day: datetime.date) -> tuple[datetime.date, str]:
        """Return the day itself or the first business day after it, and why it moved.

        Of several days off in a row every holiday is named, and a weekend once.
        """
        reasons: list[str] = []
        due = day
        while reason := self.day_off(due):  # ends: ranges of own days off do, and no weekend is a week
            if _kind(reason) not in map(_kind, reasons):
                reasons.append(reason)
            due += _DAY
        return due, f"{'; '.join(reasons)}; moved to {short_date(due)}" if reasons else ""

    @property
    def note(self) -> str:
        """Say which days are left out, and what is not known."""
        plain = "weekends (Saturday and Sunday) are left out, holidays are not"
        if self.country is None:
            known = f"the reader's country is unknown: {plain}"
        elif _holidays(self.country) is None:
            known = f"there is no table of holidays of the reader's country ({country_name(self.country)}): {plain}"
        else:
            known = f"weekends and public holidays are left out ({country_name(self.country)})"
        own = self.own_country if self.own_country != self.country else None
        return known + (f"; so are the sender's public holidays ({country_name(own)})" if own else "")


@dataclass(frozen=True)
class Cadence:
    """The dates of one reader's steps by step number, and a sentence on the calendar behind them."""

    dates: Mapping[int, StepDate]
    note: str

    def when(self, step: int) -> str:
        """Return a step's date as a person reads it: `Mon 23 Nov`, `Thu 26 Nov if accepted Tue 24 Nov`."""
        found = self.dates[step]
        if found.accepted_on is None:  # also of a request not accepted: its step says so with its day
            return short_date(found.date)
        return f"{short_date(found.date)} if accepted {short_date(found.accepted_on)}"


def cadence(
    steps: Sequence[Timed], start: datetime.date, calendar: Calendar, *, first_day: int = 0
) -> Cadence:
    """Return the dates of a sequence.

    Args:
        steps: in the order of the sequence.
        start: the first day that anything may be sent on; a day off moves to the next business day.
        calendar: the reader's and the sender's days off.
        first_day: days by which the whole sequence comes later, for a colleague who is written to after another.

    Returns:
        The date of every step. Steps for a request that was not accepted count from the start, like steps that wait for
        nothing. Steps after accepting have an example date, as if the request were accepted on the business day after it.
    """
    begin = start + first_day * _DAY
    counted = _chain([step for step in steps if step.after != "accepted"], begin, calendar)
    asked = next((step.step for step in steps if step.channel == "connection_request"), None)
    # A request that goes out without a note is no step: it goes on the first business day.
    request = counted[asked].date if asked in counted else calendar.next_business_day(begin)[0]
    accepted_on, _ = calendar.next_business_day(request + _DAY)
    waiting = _chain([step for step in steps if step.after == "accepted"], accepted_on, calendar)
    examples = {number: StepDate(found.date, accepted_on, found.moved) for number, found in waiting.items()}
    return Cadence({step.step: (counted | examples)[step.step] for step in steps}, calendar.note)


def _chain(steps: Sequence[Timed], begin: datetime.date, calendar: Calendar) -> dict[int, StepDate]:
    """Return the dates of steps that count from one day, each as far behind the one before as the sequence says."""
    dates: dict[int, StepDate] = {}
    day, date, before = 0, begin, None
    for step in steps:
        due = date + (step.day - day) * _DAY
        date, moved = calendar.next_business_day(due)
        late = (due - begin).days - step.day
        if late and not moved and before is not None:
            moved = f"stays {_days(step.day - day)} behind step {before}, which comes later than its day"
        dates[step.step] = StepDate(date, moved=moved)
        day, before = step.day, step.step
    return dates


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def default_start(as_of: datetime.date) -> datetime.date:
    """Return the day that a sequence starts at the earliest where nobody says: the day after a run, since drafts are read first."""
    return as_of + _DAY


def short_date(day: datetime.date) -> str:
    """Return a date in English without its year, which a sequence of weeks makes plain: `Mon 23 Nov`."""
    return f"{day:%a} {day.day} {day:%b}"


def _kind(reason: str) -> str:
    """Return what two reasons share that need not be told twice: the words behind the date."""
    return reason.partition(" is ")[2]


def country_name(code: str | None) -> str:
    """Return a country's English name, or the code where there is none."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code or "")
    return getattr(found, "common_name", found.name) if found else str(code)


def _weekend(country: str | None) -> frozenset[int]:
    table = _holidays(country)
    days = frozenset({_SATURDAY, _SUNDAY}) if table is None else frozenset(table.weekend)
    # Where the law gives Sunday alone, offices are mostly closed on Saturday all the same.
    return days | {_SATURDAY} if days == {_SUNDAY} else days


def _holiday(country: str | None, day: datetime.date) -> str:
    """Return the name of the public holiday that a day is in a country, or an empty text."""
    table = _holidays(country)
    if table is None:
        return ""
    if day.year not in table.years:
        with warnings.catch_warnings():
            # Tables of moving feasts end somewhere (India's in 2035); beyond, the fixed holidays are still right.
            warnings.simplefilter("ignore", UserWarning)
            table.get(day)
    name: str = table.get(day, "")
    return name


@lru_cache(maxsize=256)
def _holidays(country: str | None) -> "HolidayBase | None":
    """Return the public holidays of a whole country with English names, None where there is no table of it."""
    if country is None:
        return None
    import holidays

    try:
        table = holidays.country_holidays(country)
    except NotImplementedError:
        return None
    english = [language for language in table.supported_languages if language.startswith("en")]
    if not english:
        return table  # countries whose holidays have one language of their own have English names
    return holidays.country_holidays(country, language="en_US" if "en_US" in english else english[0])
