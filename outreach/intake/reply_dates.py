"""The words of an answer and today's date in; the day it names out, or None: a day that is not said is never guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outreach.intake.tables import load_table
from outreach.text.tokens import Words

_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_DOTTED = re.compile(r"\b(\d{1,2})([./])(\d{1,2})(?:\2(20\d\d|\d\d)|\.?(?=\D|$))")
_SPAN_WORDS = 3
#: `from 24 November` on the 25th is yesterday, not next year.
_JUST_PASSED_DAYS = 45
_MID_DAY, _END_DAY = 15, 25
#: Words before an English month that is also a verb.
_MONTH_LEADS = frozenset("in mid early late after until till of by through since from".split())


@dataclass(frozen=True)
class NamedDay:
    """A day that a text names, and the token at which it stands."""

    day: date
    token: int
    inclusive: bool = False


def named_days(words: Words, today: date) -> list[NamedDay]:
    """Return the days a text names, in their order. A day without a year is the next one from today."""
    table = load_table("replies")["dates"].get(words.language)
    if table is None:
        return []
    found = sorted(_found(words, table, today), key=lambda item: item.token)
    return [item for item in found if item.day >= today]


def resume_day(words: Words, today: date) -> date | None:
    """Return the day from which somebody wants to be written to again, or None where none is named."""
    days = named_days(words, today)
    return days[0].day if days else None


def return_day(words: Words, today: date) -> date | None:
    """Return the day on which somebody is back: the one after `back` or `until`, else the last one named."""
    days = named_days(words, today)
    table = load_table("replies")["dates"].get(words.language)
    if not days or table is None:
        return None
    marks = [at for at, word in enumerate(words.folded) if word in table["back"]]
    near = [day for day in days if any(0 < day.token - at <= 6 for at in marks)]
    chosen = max(near or days, key=lambda item: item.day)
    return chosen.day + timedelta(days=1 if chosen.inclusive else 0)


def _found(words: Words, table: dict[str, Any], today: date) -> Iterator[NamedDay]:
    months = {name: number for number, names in enumerate(table["months"], 1) for name in names.split()}
    yield from _written_in_figures(words, table, today)
    for at, word in enumerate(words.folded):
        quarter = _quarter(words, at)
        if word in months and not _only_looks_so(words, at):
            yield NamedDay(*_of_month(words, table, today, at, months[word]))
        elif quarter:
            start = date(today.year, 3 * quarter - 2, 1)
            if table["after"] and _before(words, at, table["after"], 2):
                start = _plus_months(start, 3)
            yield NamedDay(start if start > today else start.replace(year=start.year + 1), at)
    yield from _spans(words, table, today)


def _written_in_figures(words: Words, table: dict[str, Any], today: date) -> Iterator[NamedDay]:
    for match in _ISO.finditer(words.text):
        yield from _day(words, table, match, int(match[1]), int(match[2]), int(match[3]))
    for match in _DOTTED.finditer(words.text):
        first, second = int(match[1]), int(match[3])
        if words.language == "en" and match[2] == "/":
            if first <= 12 and second <= 12 and first != second:
                continue  # 12/07: a month and a day, or a day and a month
            first, second = (second, first) if second > 12 else (first, second)
        year = int(match[4]) if match[4] else None
        if year is not None and year < 100:
            year += 2000
        if year is None and (match[2] != "." or words.language != "de"):
            continue  # 4/5 may be a part of something
        if year is None:
            year = _next_year(today, second, first)
        yield from _day(words, table, match, year, second, first)


def _day(
    words: Words, table: dict[str, Any], match: re.Match[str], year: int, month: int, day: int
) -> Iterator[NamedDay]:
    try:
        found = date(year, month, day)
    except ValueError:
        return
    at = next((n for n, end in enumerate(words.ends) if end > match.start()), len(words) - 1)
    yield NamedDay(found, at, _is_inclusive(words, table, at))


def _of_month(
    words: Words, table: dict[str, Any], today: date, at: int, month: int
) -> tuple[date, int, bool]:
    """Return the day that a month's name stands for: its own day beside it, else a day of that month."""
    year = next((int(w) for w in words.folded[at + 1 : at + 4] if re.fullmatch(r"20\d\d", w)), None)
    day = _day_beside(words, at)
    if day is not None:
        try:
            found = date(year or _next_year(today, month, day), month, day)
        except ValueError:
            found = date(_next_year(today, month, 1), month, 1)
        return found, at, _is_inclusive(words, table, at)
    first = date(year or _next_year(today, month, 1), month, 1)
    if _before(words, at, table["after"], 2):
        return _plus_months(first, 1), at, False
    if _before(words, at, table["mid"], 3):
        return first.replace(day=_MID_DAY), at, False
    if _before(words, at, table["end"], 3):
        return first.replace(day=_END_DAY), at, False
    return first, at, False


def _day_beside(words: Words, at: int) -> int | None:
    """Return the day of the month: `7 December`, `7. Dezember`, `7 de diciembre`, `December 7th`, `1er mars`."""
    for near in (at - 1, at - 2, at + 1):
        if 0 <= near < len(words):
            gap = words.text[
                min(words.ends[near], words.ends[at]) : max(words.starts[near], words.starts[at])
            ]
            digits = re.fullmatch(r"(\d{1,2})", words.folded[near])
            if digits and "\n" not in gap and len(gap) <= 6 and 1 <= int(digits[1]) <= 31:
                return int(digits[1])
            if near == at - 2 and words.folded[at - 1] not in {
                "de",
                "er",
                "st",
                "nd",
                "rd",
                "th",
                "of",
                "do",
            }:
                continue
    return None


def _only_looks_so(words: Words, at: int) -> bool:
    """Say whether a word is no month here: `may` the verb, `mar`, `mai` and `set` in lower case where months have capitals."""
    raw, word = words.raw[at], words.folded[at]
    alone = _day_beside(words, at) is None
    if words.language == "en":
        led = at > 0 and words.folded[at - 1] in _MONTH_LEADS
        verb = word == "may" or (word in {"march", "mar"} and not raw[0].isupper())
        return verb and alone and not led
    return len(raw) == 3 and word in {"set", "mar", "out", "may", "dic", "ago"} and alone


def _quarter(words: Words, at: int) -> int | None:
    """Return the number of a quarter that is written `Q1`, which is cut into two tokens."""
    joined = at + 1 < len(words) and words.ends[at] == words.starts[at + 1]
    if words.folded[at] not in {"q", "t"} or not joined or words.folded[at + 1] not in {"1", "2", "3", "4"}:
        return None
    return int(words.folded[at + 1])


def _spans(words: Words, table: dict[str, Any], today: date) -> Iterator[NamedDay]:
    """Yield `next quarter`, `in six weeks`."""
    joined = " ".join(words.folded)
    for unit, phrases in table["next"].items():
        for phrase in phrases:
            found = re.search(rf"(?:^| ){re.escape(phrase)}(?: |$)", joined)
            if found:
                yield NamedDay(_start_of_next(unit, today), joined[: found.start()].count(" "))
                break
    units = {word: unit for unit, names in table["units"].items() for word in names.split()}
    for at, word in enumerate(words.folded):
        unit = units.get(word)
        if unit is None or not at:
            continue
        before = words.folded[max(0, at - _SPAN_WORDS) : at]
        numbers = [
            table["numbers"].get(w) or (int(w) if w.isdigit() and int(w) < 100 else None) for w in before
        ]
        number = next((n for n in reversed(numbers) if n), None)
        leads = set(table["in"].split())
        if number and leads & set(words.folded[max(0, at - _SPAN_WORDS - 1) : at]):
            yield NamedDay(_later(today, unit, number), at)


def _start_of_next(unit: str, today: date) -> date:
    if unit == "week":
        return today + timedelta(days=7 - today.weekday())
    if unit == "month":
        return _plus_months(today.replace(day=1), 1)
    if unit == "quarter":
        return _plus_months(today.replace(day=1), 3 - (today.month - 1) % 3)
    return date(today.year + 1, 1, 1)


def _later(today: date, unit: str, number: int) -> date:
    if unit == "day":
        return today + timedelta(days=number)
    if unit == "week":
        return today + timedelta(days=7 * number)
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * number
    first = _plus_months(today.replace(day=1), months)
    return first.replace(day=min(today.day, 28))


def _plus_months(first: date, months: int) -> date:
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def _next_year(today: date, month: int, day: int) -> int:
    """Return the year of a day that is named without one: the coming one, but what has just passed has passed."""
    found = date(today.year, month, min(day, 28))
    return today.year if found >= today - timedelta(days=_JUST_PASSED_DAYS) else today.year + 1


def _before(words: Words, at: int, marks: list[str], reach: int) -> bool:
    return any(word in marks for word in words.folded[max(0, at - reach) : at])


def _is_inclusive(words: Words, table: dict[str, Any], at: int) -> bool:
    return any(word in table["inclusive"] for word in words.folded[max(0, at - 4) : at + 4])
