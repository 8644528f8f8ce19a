"""Words of a text in; the numbers in it out, in digits or in words, with value, kind and the word they count."""

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from outreach.text.languages import Pack, pack
from outreach.text.number import Kind, Number, following, is_percent
from outreach.text.number_words import LOOSE_JOINS, spelled_numbers
from outreach.text.tokens import Words

_DIGITS = re.compile(
    r"(?<![\w.,])(?P<cur>[€$£¥]|R\$|US\$|USD|EUR|GBP|CHF|BRL|MXN|COP)?\s?"
    r"(?P<num>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)"
    r"(?P<ord>st|nd|rd|th|er|re|e|ème|eme|º|ª|o|\.º|\.ª)?(?![^\W\d_]{0}\d)"
    r"(?:[\s\u00a0\u202f]?(?P<pct>%|‰))?(?:[\s\u00a0\u202f]?(?P<cur2>[€$£]))?(?P<scale>[kKmM]\b|bn\b|Mio\b\.?|Mrd\b\.?|Tsd\b\.?|x\b|X\b)?"
)
#: A name in capitals before a number: `ISO 9001`.
_ACRONYM = re.compile(r"(?<![^\W_])[A-ZÀ-Þ]{2,5}[ \u00a0]$")
_LETTERED = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=4096)
def readings(digits: str, language: str) -> tuple[float, ...]:
    """Return the values that digits with separators can mean, the likeliest in this language first."""
    plain = re.sub(r"[\u00a0\u202f '’]", "", digits)
    if ":" in plain:
        plain = plain.split(":")[0]
    marks = [char for char in plain if char in ".,"]
    if not marks:
        return (float(plain),)
    thousands = plain.replace(",", "").replace(".", "")
    if len(marks) > 1:
        if len(set(marks)) == 1:
            return (float(thousands),)
        whole, _, part = plain.rpartition(marks[-1])
        return (float(whole.replace(",", "").replace(".", "") + "." + part),)
    whole, _, part = plain.partition(marks[0])
    decimal = float(f"{whole}.{part}")
    if len(part) != 3 or whole == "0":
        return (decimal,)
    comma_groups = language == "en"
    if (marks[0] == ",") == comma_groups:
        return (float(thousands), decimal)
    return (decimal, float(thousands))


def read_numbers(words: Words) -> list[Number]:
    """Return the numbers of a text in order of position."""
    lists = pack(words.language)
    found = _in_digits(words, lists)
    if lists is not None:
        found.extend(
            spelled_numbers(
                words,
                lists,
                {number.first for number in found} | {i for n in found for i in range(n.first, n.last)},
            )
        )
    found.sort(key=lambda number: number.start)
    return _shared_percent(found, words)


def _shared_percent(found: list[Number], words: Words) -> list[Number]:
    """Read `from 12 to 4 %` as two percentages: the sign stands once for both."""
    for at, (left, right) in enumerate(pairwise(found)):
        if left.kind == "plain" and right.kind == "percent" and right.first - left.last == 1:
            between = words.folded[left.last]
            if between in _JOINS:
                found[at] = replace(left, kind="percent")
    return found


#: Words between two figures that share one sign.
_JOINS = frozenset("to a auf para bis or and und oder y e et ou o".split())


def _in_digits(words: Words, lists: Pack | None) -> list[Number]:
    text, found, token = words.text, [], 0
    for match in _DIGITS.finditer(text):
        start, end = match.span("num")
        glued = end < len(text) and _LETTERED.match(text[end]) and not match["ord"] and not match["scale"]
        # `3D`, `5kg`: a unit glued to it is read as the unit; codes such as `2B` stay no numbers.
        if glued and text[end : end + 3].rstrip(".,;:!? ").lower()[:2] not in _GLUED:
            continue
        if not (match["pct"] or match["cur"] or match["cur2"]) and _is_code(text, start, end):
            continue
        while token < len(words.starts) and words.ends[token] <= start:
            token += 1
        first = token
        last = first
        stop = match.end() if match["scale"] else end
        while last < len(words.starts) and words.starts[last] < stop:
            last += 1
        found.append(_number(match, words, lists, first, max(last, first + 1)))
    return found


_GLUED = frozenset(
    {
        "kg",
        "km",
        "cm",
        "mm",
        "gb",
        "tb",
        "mb",
        "h",
        "kw",
        "mw",
        "ml",
        "g",
        "t",
        "m",
        "l",
        "ha",
        "°",
        "°c",
        "s",
        "ms",
    }
)


def _is_code(text: str, start: int, end: int) -> bool:
    """Say whether digits belong to a name or code: `ISO 9001`, `FW-25`, `#3`, `24/7`, `9-to-5`."""
    before = text[max(0, start - 8) : start]
    if before[-1:] in {"-", "/", "#", "_", "@"} and before[-2:-1].strip():
        return before[-1] != "-" or before[-2:-1].isalpha()
    if text[end : end + 1] in {"/", "_"} and text[end + 1 : end + 2].isalnum():
        return True
    return _ACRONYM.search(before) is not None


def _number(match: re.Match[str], words: Words, lists: Pack | None, first: int, last: int) -> Number:
    language = words.language
    values = readings(match["num"], language)
    kind: Kind = "plain"
    row = following(words, first, last)
    if match["pct"] or (lists is not None and is_percent(row, lists.numbers)):
        kind = "percent"
    elif match["cur"] or match["cur2"]:
        kind = "currency"
    elif match["ord"]:
        kind = "ordinal"
    elif ":" in match["num"]:
        kind = "clock"
    elif len(match["num"]) == 4 and match["num"].isdigit() and 1900 <= values[0] <= 2100:
        kind = "year"
    scale = _scale(match["scale"], row, lists)
    if match["scale"] and match["scale"].lower() == "x":
        kind = "multiple"
    if scale != 1:
        values = tuple(value * scale for value in readings(match["num"], language))
        kind = "plain" if kind == "year" else kind
    unit_at = (
        last
        + (1 if scale != 1 and not match["scale"] else 0)
        + (1 if kind == "percent" and not match["pct"] else 0)
    )
    if lists is not None and kind == "plain" and _near_month(words, lists, first, last):
        kind = "date"
    return Number(
        values,
        kind,
        match.start("cur") if match["cur"] else match.start("num"),
        match.end(),
        first,
        last + (scale != 1 and not match["scale"]),
        unit=following(words, first, unit_at)[:3],
    )


def _scale(suffix: str | None, row: tuple[str, ...], lists: Pack | None) -> float:
    if suffix:
        letter = suffix.lower().rstrip(".")
        return {"k": 1e3, "m": 1e6, "bn": 1e9, "mio": 1e6, "mrd": 1e9, "tsd": 1e3}.get(letter, 1.0)
    if lists is not None and row and len(row[0]) > 1:
        return lists.numbers.scales.get(row[0], 1.0)
    return 1.0


def _near_month(words: Words, lists: Pack, first: int, last: int) -> bool:
    months = lists.words["months"] - _ALSO_WORDS
    before, after = words.folded[max(0, first - 2) : first], words.folded[last : last + 2]
    near = [*before[-1:], *after[:1]]
    near += before[:1] if before[1:] and before[1] in _DATE_LINKS else []
    near += after[1:] if after[1:] and after[0] in _DATE_LINKS else []
    return any(word in months for word in near)


#: Words between a day and its month: `le 3 du mois`, `4 de marzo`, `June the 4th`; after a verb it is no date.
_DATE_LINKS = frozenset("de of the do del du den dem der am le el o a".split())
#: Month names that are common words too: they do not make the number beside them a date.
_ALSO_WORDS = frozenset({"may", "mar", "dec", "set", "mai"})


#: Words that may stand between both numbers of a share: `one consignment in twelve`, `6 de cada 10`.
_BETWEEN = 4


def shares(words: Words, numbers: list[Number], lists: Pack | None) -> list[tuple[int, int, float]]:
    """Return the `n in m` shares of a text, such as `9 in 10`, `6 de cada 10`: indices of both numbers and the percent."""
    if lists is None:
        return []
    joining = lists.numbers.out_of
    found = []
    for index, (left, right) in enumerate(pairwise(numbers)):
        between = words.folded[left.last : right.first]
        if (
            0 < len(between) <= _BETWEEN
            and between[-1] in joining
            and (
                len(between) == 1
                or between[-1] not in LOOSE_JOINS
                or all(word in joining for word in between)
            )
            and words.sentence_of[left.first] == words.sentence_of[right.first]
            and not any(char in ",;:" for char in words.text[left.end : right.start])
            and 0 < left.value < right.value
        ):
            found.append((index, index + 1, 100 * left.value / right.value))
    return found
