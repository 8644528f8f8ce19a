"""Nothing or a language in; the tables of `data/own_voice.toml` out, folded once: greeting words, everyday words, first names."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from outreach.text.languages import pack
from outreach.text.tokens import fold


@dataclass(frozen=True)
class OwnWords:
    """What is known of a language for reading a sender's own messages; all folded."""

    greetings: frozenset[str]
    joins: frozenset[str]
    closings: frozenset[str]
    closing_joins: frozenset[str]
    gendered: frozenset[str]
    titles: frozenset[str]
    stand_ins: frozenset[str]
    plain: frozenset[str]
    """Words that tell nothing of what a message says: small words, courtesy, everyday words."""
    names: frozenset[str]
    first: frozenset[str]


@lru_cache(maxsize=16)
def own_words(language: str) -> OwnWords | None:
    """Return the words of a language, or None for one without a language pack."""
    lists = pack(language)
    if lists is None:
        return None
    words = lists.words
    numbers = lists.numbers
    counts = {
        *numbers.units,
        *numbers.scales,
        *numbers.fractions,
        *numbers.multiples,
        *numbers.every_nth,
        *numbers.half,
    }
    small = words["stop"] | words["greetings"] | words["closings"] | words["first"] | words["second"]
    small |= words["hedges"] | _folded("plain_words", language)
    return OwnWords(
        greetings=words["greetings"],
        joins=_folded("greeting_joins", language),
        closings=words["closings"],
        closing_joins=_folded("closing_joins", language),
        gendered=_folded("gendered", language),
        titles=words["masculine"] | words["feminine"] | words["titles"],
        stand_ins=words["nobody"],
        plain=small - (counts - numbers.one) - words["weekdays"],
        names=_folded("also_names", language),
        first=words["first"],
    )


def _folded(table: str, language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in tables()[table].get(language, "").split())


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """Return the whole file."""
    return tomllib.loads(files("outreach.text").joinpath("data/own_voice.toml").read_text("utf-8"))
