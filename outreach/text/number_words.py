"""Number words of a language in a text in; the numbers they spell out: `two hundred and ten`, `dix-huit mille`, `zweiundzwanzig`, `a third`."""

from functools import lru_cache

from outreach.text.languages import NumberWords, Pack, pack
from outreach.text.number import Kind, Number, following, is_percent
from outreach.text.tokens import Words


def spelled_numbers(words: Words, lists: Pack, taken: set[int]) -> list[Number]:
    """Return the numbers in words among the tokens that are not taken."""
    numbers, folded = lists.numbers, words.folded
    found: list[Number] = []
    at = 0
    while at < len(folded):
        word = folded[at]
        if at in taken or (at and folded[at - 1] in _PER and word in {"cent", "ciento", "cento"}):
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
    if word in numbers.one and _opens_share(words, at, numbers):
        return _made(words, at, at + 1, 1.0, "plain", numbers)
    if word in numbers.one and _is_percent_too(words, at, numbers):
        return _made(words, at, at + 1, 1.0, "percent", numbers)
    if word.startswith(_DIVIDED) and words.folded[at + 1 : at + 2] and words.folded[at + 1] in _BY:
        parts = _value(words.folded[at + 2], numbers, words.language) if at + 2 < len(words) else None
        if parts:
            return _made(words, at, at + 3, 1 / parts, "fraction", numbers)
    if word in numbers.multiples:
        return _made(words, at, at + 1, numbers.multiples[word], "multiple", numbers)
    if word in numbers.every_nth and at and words.folded[at - 1] in _EVERY:
        return _made(words, at, at + 1, 1 / numbers.every_nth[word], "fraction", numbers)
    if word in numbers.fractions:
        before = words.folded[at - 1] if at else ""
        top = numbers.units.get(before, 1.0)
        is_share = before in numbers.one or before in numbers.units or before in _ARTICLES
        if not is_share or (word in _ROOMS and words.folded[at + 1 : at + 2] not in _OF):
            return None
        return _made(words, at, at + 1, top / numbers.fractions[word], "fraction", numbers)
    return None


#: Fractions that are also rooms, estates and the fourth and fifth of a row: a share says of what.
_ROOMS = frozenset("quarto quartos cuarto cuartos quinto quinta".split())
_OF = (["de"], ["do"], ["da"], ["dos"], ["das"], ["del"])
#: `jeder Fünfte`, `every fifth`: a share.
_EVERY = frozenset("jeder jede jedes jeden jedem every".split())
#: Words that join a share only where they stand alone between its numbers: `9 de 10`, but not `una planta de 80`.
LOOSE_JOINS = frozenset({"de", "of", "a"})


#: `divisé par deux`, `divided by three`: what is left is a part of the whole.
_DIVIDED = ("divis", "divid", "geteilt")
_BY = frozenset({"par", "por", "durch", "by"})


def _opens_share(words: Words, at: int, numbers: NumberWords) -> bool:
    """Say whether `one` begins a share: `one in nine`, `one consignment in twelve`."""
    row = words.folded[at + 1 : words.sentences[words.sentence_of[at]].last][:6]
    for place, word in enumerate(row[:3]):
        if word in numbers.out_of and (place == 0 or word not in LOOSE_JOINS):
            return any(
                part[0].isdigit() or _value(part, numbers, words.language)
                for part in row[place + 1 : place + 3]
            )
    return False


#: `less than one`: what stands before the one.
_LESS = frozenset("menos moins less weniger unter under below".split())


def _is_percent_too(words: Words, at: int, numbers: NumberWords) -> bool:
    """Say whether a `one` goes on a percentage: `from six per cent to less than one`."""
    first = words.sentences[words.sentence_of[at]].first
    less = any(word in _LESS for word in words.folded[max(first, at - 2) : at])
    before = words.folded[max(first, at - 6) : at]
    return less and (
        any(word in numbers.percent or word in {"cento", "ciento", "cent"} for word in before)
        or "%" in words.text[words.starts[max(first, at - 6)] : words.starts[at]]
    )


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
            if not seen and word not in _BARE_SCALES and not (at and folded[at - 1] in _BEFORE_SCALES):
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
_BEFORE_SCALES = frozenset("a every each per un um une eine einer jedes jede cada chaque".split())
#: Words of `per cent` in which the second is no number of its own.
_PER = frozenset({"per", "por", "pour"})
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
    if kind == "plain" and is_percent(following(words, first, last), numbers):
        kind = "percent"
        last_unit = last + 1
    else:
        last_unit = last
    return Number((value,), kind, words.starts[first], words.ends[last - 1], first, last, in_words=True,
                  unit=following(words, first, last_unit)[:3])  # fmt: skip
