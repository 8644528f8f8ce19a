"""Words of a text in; the numbers in it out, in digits or in words, with value, kind and the word they count."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from outreach.text.languages import NumberWords, Pack, pack
from outreach.text.tokens import Words

Kind = Literal["plain", "percent", "currency", "fraction", "multiple", "ordinal", "year", "date", "clock"]

_DIGITS = re.compile(
    r"(?<![\w.,])(?P<cur>[€$£¥]|R\$|US\$|USD|EUR|GBP|CHF|BRL|MXN|COP)?\s?"
    r"(?P<num>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)"
    r"(?P<ord>st|nd|rd|th|er|re|e|ème|eme|º|ª|o|\.º|\.ª)?(?![^\W\d_]{0}\d)"
    r"(?:[\s\u00a0\u202f]?(?P<pct>%|‰))?(?:[\s\u00a0\u202f]?(?P<cur2>[€$£]))?(?P<scale>[kKmM]\b|bn\b|Mio\b\.?|Mrd\b\.?|Tsd\b\.?|x\b|X\b)?"
)
#: A name in capitals before a number: `ISO 9001`.
_ACRONYM = re.compile(r"(?<![^\W_])[A-ZÀ-Þ]{2,5}[ \u00a0]$")
_LETTERED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `values` holds every reading: `1.250` is 1250 or 1.25."""

    values: tuple[float, ...]
    kind: Kind
    start: int
    end: int
    first: int
    last: int
    in_words: bool = False
    weak: bool = False
    #: folded words that follow it, up to three: what it counts
    unit: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The likeliest reading."""
        return self.values[0]


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
            _in_words(
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
        if _is_code(text, start, end):
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
    following = _following(words, first, last)
    if match["pct"] or (lists is not None and _is_percent(following, lists.numbers)):
        kind = "percent"
    elif match["cur"] or match["cur2"]:
        kind = "currency"
    elif match["ord"]:
        kind = "ordinal"
    elif ":" in match["num"]:
        kind = "clock"
    elif len(match["num"]) == 4 and match["num"].isdigit() and 1900 <= values[0] <= 2100:
        kind = "year"
    scale = _scale(match["scale"], following, lists)
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
        values, kind, match.start(), match.end(), first, last, unit=_following(words, first, unit_at)[:3]
    )


def _following(words: Words, first: int, at: int) -> tuple[str, ...]:
    """Return up to four words from a token on, within the sentence in which the number begins."""
    end = words.sentences[words.sentence_of[first]].last if first < len(words.sentence_of) else at
    return tuple(words.folded[at : min(at + 4, end)])


def _is_percent(following: tuple[str, ...], numbers: NumberWords) -> bool:
    if not following:
        return False
    if following[0] in numbers.percent:
        return True
    return (
        len(following) > 1
        and following[0] in {"per", "por", "pour"}
        and following[1] in {"cent", "ciento", "cento"}
    )


def _scale(suffix: str | None, following: tuple[str, ...], lists: Pack | None) -> float:
    if suffix:
        letter = suffix.lower().rstrip(".")
        return {"k": 1e3, "m": 1e6, "bn": 1e9, "mio": 1e6, "mrd": 1e9, "tsd": 1e3}.get(letter, 1.0)
    if lists is not None and following and len(following[0]) > 1:
        return lists.numbers.scales.get(following[0], 1.0)
    return 1.0


def _near_month(words: Words, lists: Pack, first: int, last: int) -> bool:
    months = lists.words["months"]
    around = words.folded[max(0, first - 2) : first] + words.folded[last : last + 2]
    return any(word in months and word not in _ALSO_WORDS for word in around)


#: Month names that are common words too: they do not make the number beside them a date.
_ALSO_WORDS = frozenset({"may", "mar", "dec", "set", "mai"})


def _in_words(words: Words, lists: Pack, taken: set[int]) -> list[Number]:
    numbers, folded = lists.numbers, words.folded
    found: list[Number] = []
    at = 0
    while at < len(folded):
        word = folded[at]
        if at in taken:
            at += 1
            continue
        number = _special(words, at, numbers) or _spelled(words, at, numbers, lists.code)
        if number is None or (words.raw[at].isupper() and len(word) < 3):
            at += 1
            continue
        found.append(number)
        at = number.last
    return found


def _special(words: Words, at: int, numbers: NumberWords) -> Number | None:
    word = words.folded[at]
    if word in numbers.half and word not in numbers.links:
        following = words.folded[at + 1 : at + 3]
        for skip, scale in enumerate(following):
            if scale in numbers.scales and (skip == 0 or following[0] in _ARTICLES):
                return _made(words, at, at + skip + 2, numbers.scales[scale] / 2, "plain", numbers)
        return _half(words, at, numbers)
    if word in numbers.one and len(words.folded) > at + 2 and words.folded[at + 1] in numbers.out_of:
        beyond = words.folded[at + 2 : at + 4]
        if any(_value(part, numbers, words.language) or part[0].isdigit() for part in beyond):
            return _made(words, at, at + 1, 1.0, "plain", numbers)
    if word in numbers.multiples:
        return _made(words, at, at + 1, numbers.multiples[word], "multiple", numbers)
    if word in numbers.fractions:
        before = words.folded[at - 1] if at else ""
        top = numbers.units.get(before, 1.0)
        is_share = before in numbers.one or before in numbers.units or before in _ARTICLES
        if not is_share:
            return None
        return _made(words, at, at + 1, top / numbers.fractions[word], "fraction", numbers)
    return None


def _half(words: Words, at: int, numbers: NumberWords) -> Number | None:
    """Read a half: `the half to look at`, `half an hour` and `por este medio` count nothing."""
    word = words.folded[at]
    if word in numbers.loose_half:
        before = words.folded[at - 1] if at else ""
        after = words.folded[at + 1] if at + 1 < len(words) else ""
        if before not in numbers.half_before and after not in numbers.half_after:
            return None
    return _made(words, at, at + 1, 0.5, "fraction", numbers)


_ARTICLES = frozenset(
    {
        "a",
        "one",
        "un",
        "une",
        "uma",
        "um",
        "una",
        "ein",
        "einen",
        "einem",
        "eine",
        "le",
        "el",
        "o",
        "das",
        "der",
        "la",
    }
)


def _spelled(words: Words, at: int, numbers: NumberWords, language: str) -> Number | None:
    """Read a number in words that begins at a token: `two hundred and ten`, `dix-huit mille`, `zweiundzwanzig`."""
    folded, end = words.folded, words.sentences[words.sentence_of[at]].last
    total, current, here, seen = 0.0, 0.0, at, False
    previous_scale = 0.0
    while here < end:
        word = folded[here]
        if seen and not _adjoining(words, here):
            break
        value = _value(word, numbers, language)
        scale = numbers.scales.get(word)
        if value is not None:
            if seen and current and not _may_follow(current, value, language):
                break
            if language == "fr" and word in {"vingt", "vingts"} and current == 4:
                current = 80.0
            else:
                current += value
            seen = True
        elif scale is not None and (seen or word not in {"m", "k", "mn", "bn"}) and len(word) > 1:
            if (
                not seen
                and word not in _BARE_SCALES
                and not (scale <= 1000 and at and folded[at - 1] in _BEFORE_SCALES)
            ):
                return None
            if previous_scale and scale >= previous_scale:
                break
            if scale == 100:
                current = (current or 1) * 100
            else:
                total += (current or 1) * scale
                current, previous_scale = 0.0, scale
            seen = True
        elif (
            seen
            and word in numbers.links
            and here + 1 < end
            and _value(folded[here + 1], numbers, language) is not None
        ):
            here += 1
            continue
        else:
            break
        here += 1
    if not seen:
        return None
    return _made(words, at, here, total + current, "plain", numbers)


#: `a hundred`, `for every thousand letters`.
_BEFORE_SCALES = frozenset("a every each per".split())
_BARE_SCALES = frozenset({"cien", "mil", "cent", "mille", "hundert", "tausend", "cem"})


def _adjoining(words: Words, here: int) -> bool:
    """Say whether only a space or a hyphen stands before this token: `three, four` are two numbers."""
    return words.text[words.ends[here - 1] : words.starts[here]] in {" ", "-", "‑", "\u00a0", "\n", " - "}


def _may_follow(current: float, value: float, language: str) -> bool:
    if language == "fr" and (
        (current in {4, 60, 80} and value <= 20) or (current % 100 in {10, 70, 90} and 7 <= value <= 9)
    ):
        return True
    last = current % 100
    return (value < 10 and last >= 20 and last % 10 == 0) or (last == 0 and value < 100)


@lru_cache(maxsize=1 << 14)
def _german(word: str) -> float | None:
    """Read a German compound: `dreihundertzwanzig`, `achtzehntausend`."""
    lists = pack("de")
    assert lists is not None  # noqa: S101 - the five packs are shipped
    units = lists.numbers.units
    if word in units:
        return units[word]
    for name, size in (("tausend", 1000.0), ("hundert", 100.0)):
        head, split, tail = word.partition(name)
        if split:
            left = 1.0 if not head else _german(head)
            right = 0.0 if not tail else _german(tail.removeprefix("und"))
            return None if left is None or right is None else left * size + right
    head, split, tail = word.rpartition("und")
    if split and head in units and tail in units:
        return units[head] + units[tail]
    return 1.0 if word in {"ein", "eins"} else None


def _value(word: str, numbers: NumberWords, language: str) -> float | None:
    value = numbers.units.get(word)
    if (
        value is None
        and language == "de"
        and len(word) > 7
        and ("hundert" in word or "tausend" in word or "und" in word[2:])
    ):
        return _german(word)
    return value


def _made(words: Words, first: int, last: int, value: float, kind: Kind, numbers: NumberWords) -> Number:
    following = _following(words, first, last)
    if kind == "plain" and _is_percent(following, numbers):
        kind = "percent"
        last_unit = last + 1
    else:
        last_unit = last
    return Number((value,), kind, words.starts[first], words.ends[last - 1], first, last, in_words=True,
                  unit=_following(words, first, last_unit)[:3])  # fmt: skip


def shares(words: Words, numbers: list[Number], lists: Pack | None) -> list[tuple[int, int, float]]:
    """Return the `n in m` shares of a text, such as `9 in 10`, `6 de cada 10`: indices of both numbers and the percent."""
    if lists is None:
        return []
    joining = lists.numbers.out_of
    found = []
    for index, (left, right) in enumerate(pairwise(numbers)):
        between = words.folded[left.last : right.first]
        if (
            0 < len(between) <= 3
            and all(word in joining for word in between)
            and 0 < left.value < right.value
        ):
            found.append((index, index + 1, 100 * left.value / right.value))
    return found
