"""An industry as a list names it in; our group of industries out."""

from functools import cache, lru_cache

from outreach.intake.tables import load_table
from outreach.text.folding import folded_words, stem

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
