"""A head count or a sum of money as lists write them in; a range out, money in US dollars a year."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from outreach.domain.people import Range
from outreach.intake.cells import is_blank, one_line
from outreach.intake.tables import load_table

_NUMBER = re.compile(r"\d+(?:[.,'’ \u00a0]\d+)*(?:[eE][+-]?\d+)?")
_MONTHS = {
    name: month
    for month, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_MONTHS |= {
    "ene": 1,
    "abr": 4,
    "ago": 8,
    "dic": 12,
    "mai": 5,
    "okt": 10,
    "dez": 12,
    "fev": 2,
    "set": 9,
    "out": 10,
    "janv": 1,
    "févr": 2,
    "mär": 3,
    "mrz": 3,
}
_MANGLED = re.compile(r"(?:(\d{1,2})[-./ ]([^\W\d_]{3,4})\.?|([^\W\d_]{3,4})\.?[-./ ](\d{1,4}))")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_TO = re.compile(
    r"\s*(?:–|—|-|\bto\b|\bbis\b|\ba\b|\bà\b|\baté\b|\band\b|\by\b|\.\.\.?|\bthrough\b|~)\s*", re.IGNORECASE
)
_YEAR_NOTE = re.compile(r"\(\s*(?:fy\s*)?(?:19|20)\d\d\s*\)|\[[^\]]*\]", re.IGNORECASE)
_SELF = re.compile(r"self|myself|solo|autónom|autônom|freelanc|selbst|indépendant", re.IGNORECASE)
_WORD_AFTER = re.compile(r"\s*([^\W\d_]+(?:\s+millones)?|\bmil millones)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in US dollars. `approximate` where another currency was converted by the dated table."""

    usd: Range
    approximate: bool = False


@lru_cache(maxsize=4096)
def read_head_count(cell: str) -> Range | None:
    """Return a head count: `51-200 employees`, `10,001+`, `~200`, `1K-5K`, and ranges that a spreadsheet made dates of.

    `Nov-50` is 11-50 and `10-Feb` is 2-10. None where the cell tells no number.
    """
    text = one_line(_YEAR_NOTE.sub(" ", cell)).lstrip("'")
    if is_blank(text):
        return None
    if (range_ := _unmangled(text)) is not None:
        return range_
    if _SELF.search(text) and not any(char.isdigit() for char in text):
        return Range(low=1, high=1)
    found = _read_range(text, whole=True)
    if found is None or (found.high is not None and found.low is not None and found.high < found.low):
        return None
    return found if 0 < (found.high or found.low or 0) <= 10_000_000 else None


def _unmangled(text: str) -> Range | None:
    """Read what a spreadsheet made of `11-50` and `2-10`: a month and a number."""
    if (iso := _ISO_DATE.fullmatch(text)) is not None:
        year, month, day = (int(part) for part in iso.groups())
        # `2-10` became the tenth of February; `11-50` became November 1950.
        low, high = (month, day) if day > 1 else (month, year % 100)
        return Range(low=low, high=high) if low < high else Range(low=high, high=low)
    match = _MANGLED.fullmatch(text)
    if match is None:
        return None
    number = int(match.group(1) or match.group(4))
    month = _MONTHS.get((match.group(2) or match.group(3)).lower(), 0)
    if not month:
        return None
    number = number % 100 if number > 1900 else number
    return Range(low=min(month, number), high=max(month, number))


@lru_cache(maxsize=4096)
def read_money(cell: str, default_currency: str = "USD", unit: float = 1.0) -> Money | None:
    """Return a sum as US dollars: `$10M-$50M`, `€5m`, `1.2E7`, `Over $1 bil.`, `R$ 3 milhões`.

    Args:
        cell: the text.
        default_currency: where the cell names none.
        unit: what one is worth in a column that counts in thousands or millions.
    """
    text = one_line(_YEAR_NOTE.sub(" ", cell)).lstrip("'")
    if is_blank(text) or text.startswith("0.0 ONE"):
        return None
    currency = _currency(text) or default_currency
    rate = load_table("money")["usd"].get(currency)
    found = _read_range(text, whole=False)
    if rate is None or found is None or not (found.low or found.high):
        return None
    scaled = Range(low=_times(found.low, rate * unit), high=_times(found.high, rate * unit))
    return Money(scaled, currency != "USD")


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 2)


def _currency(text: str) -> str | None:
    """Return the currency a text names, by code or sign; the longest sign wins (`R$` over `$`)."""
    lowered = text.lower()
    table = load_table("money")
    for code in table["usd"]:
        if re.search(rf"(?<![a-z]){code.lower()}(?![a-z])", lowered):
            return str(code)
    for sign in sorted(table["symbols"], key=len, reverse=True):
        at = lowered.find(sign)
        if at >= 0 and not (sign[0].isalpha() and at > 0 and lowered[at - 1].isalpha()):
            return str(table["symbols"][sign])
    return None


def _read_range(text: str, *, whole: bool) -> Range | None:
    lowered = text.lower()
    numbers = list(_NUMBER.finditer(lowered))
    if not numbers or len(numbers) > 2 or lowered.lstrip().startswith("-"):
        return None
    scales = [_scale_after(lowered, match.end(), whole) for match in numbers]
    values = [_number(match.group(), scaled=scale != 1) for match, scale in zip(numbers, scales, strict=True)]
    if any(value is None for value in values):
        return None
    amounts = [value for value in values if value is not None]
    before, after = lowered[: numbers[0].start()], lowered[numbers[0].end() :]
    if len(amounts) == 2:
        if not _TO.search(lowered[numbers[0].end() : numbers[1].start()]):
            return None
        # `$10-50M`: the scale behind the range holds for both ends.
        first = scales[1] if scales[0] == 1 and amounts[0] < 1000 and scales[1] > 1 else scales[0]
        low: float | None = amounts[0] * first
        high: float | None = amounts[1] * scales[1]
    else:
        low = high = amounts[0] * scales[0]
        if "+" in after or _says(before, "above") or _says_after(after):
            high = None
        elif _says(before, "below"):
            low = None
    return Range(low=low, high=high)


def _says(before: str, end: str) -> bool:
    words = load_table("money")["open"][end]
    text = re.sub(r"[^\w<>≥≤='’ ]", " ", before).strip()
    return any(text == word or text.endswith(f" {word}") or text.startswith(f"{word} ") for word in words)


def _says_after(after: str) -> bool:
    return bool(
        re.search(
            r"\b(?:or more|and above|and over|or above|plus|o más|ou mais|oder mehr|et plus|ou plus)\b", after
        )
    )


def _scale_after(text: str, at: int, whole: bool) -> float:
    match = _WORD_AFTER.match(text, at)
    if match is None:
        return 1.0
    word = match.group(1).replace("ã", "a").replace("õ", "o").replace("ó", "o")
    scales: dict[str, float] = _scales()
    if word == "mil" and whole:
        # `2 mil empleados`: a thousand in Spanish and Portuguese; `$1 mil.` is American for a million.
        return 1e3
    if whole and word in {"t", "b", "bi", "cr", "mi", "tn"}:
        return 1.0
    return scales.get(word, 1.0)


@cache
def _scales() -> dict[str, float]:
    return {str(name): float(value) for name, value in load_table("money")["scales"].items()}


def _number(text: str, *, scaled: bool) -> float | None:
    """Return the value of digits with separators, whichever of `.` and `,` is the decimal mark."""
    text = re.sub(r"[ '’\u00a0]", "", text)
    if "e" in text.lower():
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return None
    marks = [char for char in text if char in ".,"]
    if not marks:
        return float(text)
    last = max(text.rfind("."), text.rfind(","))
    decimals = len(text) - last - 1
    both = "." in text and "," in text
    # `5.432` people are five thousand; `1.2M`, `$1.234B` and `1,25` have decimals; `1.234.567` has none.
    decimal = both or (len(marks) == 1 and (decimals != 3 or (scaled and marks[0] == ".")))
    if both and marks.count(text[last]) > 1:
        decimal = False
    head = re.sub(r"[.,]", "", text[:last] if decimal else text)
    tail = text[last + 1 :] if decimal else ""
    return float(f"{head or '0'}.{tail or '0'}")
