"""An English text in; its contractions counted, made or written out. Other languages have no such choice."""

import re
from functools import lru_cache

from outreach.text.own_words import tables

_APOSTROPHE = "['’]"


def count_contractions(text: str) -> tuple[int, int]:
    """Return how many places have a contraction, and how many could have one and are written out."""
    return len(contracted(text)), len(written_out(text))


def contracted(text: str) -> list[tuple[int, int]]:
    """Return the spans of contractions that could be written out."""
    return [match.span() for match in _short().finditer(text)]


def written_out(text: str) -> list[tuple[int, int]]:
    """Return the spans that could be contracted. The end of a clause keeps its full form: `how good it is`."""
    return [match.span() for match in _full().finditer(text)]


def contract(text: str) -> str:
    """Return the text with contractions wherever one may stand."""
    pairs = _pairs()
    return _full().sub(lambda match: _cased(pairs[" ".join(match[0].lower().split())], match[0]), text)


def expand(text: str) -> str:
    """Return the text with its contractions written out."""
    full = _full_forms()
    return _short().sub(lambda match: _cased(full[match[0].lower().replace("’", "'")], match[0]), text)


def _cased(new: str, old: str) -> str:
    """Give the new form the capital of the old one; `I` is always one."""
    made = re.sub(r"^i(?=\b)", "I", new)
    return made[0].upper() + made[1:] if old[0].isupper() else made


def _pairs() -> dict[str, str]:
    pairs: dict[str, str] = tables()["contractions"]["pairs"]
    return pairs


@lru_cache(maxsize=1)
def _full_forms() -> dict[str, str]:
    expand_only: dict[str, str] = tables()["contractions"]["expand"]
    return {short: full for full, short in _pairs().items()} | expand_only


@lru_cache(maxsize=1)
def _full() -> re.Pattern[str]:
    rows = "|".join(r"\s".join(full.split()) for full in _pairs())
    return re.compile(rf"\b(?:{rows})(?=\s+[^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _short() -> re.Pattern[str]:
    kept = "|".join(tables()["contractions"]["kept_before"].split())
    rows = "|".join(short.replace("'", _APOSTROPHE) for short in _full_forms())
    return re.compile(rf"\b(?:{rows})\b(?!\s+(?:{kept})\b)", re.IGNORECASE)
