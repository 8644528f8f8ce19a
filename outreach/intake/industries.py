"""An industry as a list names it in; our group of industries out."""

import re
from functools import cache, lru_cache

from outreach.intake.tables import load_table
from outreach.text.folding import folded_words, stem

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LINKS = frozenset({"and", "of", "the", "y", "e", "de", "und", "et", "services", "service"})


@lru_cache(maxsize=4096)
def industry_group(text: str) -> str | None:
    """Return our group for an industry in any usual naming (`Software Development`, `APPAREL_RETAIL`), or None.

    The longest known phrase in the text decides, among equally long ones the first.
    """
    words = _reduced(text.replace("_", " "))
    phrases = _phrases()
    for length in range(min(7, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            group = phrases.get(words[at : at + length])
            if group is not None:
                return group
    return None


def industries_in(text: str) -> list[tuple[str, str]]:
    """Return the industries that a sentence names, as it writes them, each with our group; the longest names count."""
    words = list(_WORD.finditer(text))
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        for length in range(min(5, len(words) - at), 0, -1):
            said = text[words[at].start() : words[at + length - 1].end()]
            group = _phrases().get(tuple(stem(word) for word in folded_words(said) if word not in _LINKS))
            ends = {folded_words(said)[0], folded_words(said)[-1]}
            if group is not None and not ends & _LINKS:
                found.append((said, group))
                at += length
                break
        else:
            at += 1
    return found


def _reduced(text: str) -> tuple[str, ...]:
    words = tuple(stem(word) for word in folded_words(text) if word not in _LINKS)
    return words or tuple(stem(word) for word in folded_words(text))


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for group, phrases in load_table("industries")["groups"].items():
        for phrase in [group, *phrases]:
            found.setdefault(_reduced(phrase), group)
    return found
