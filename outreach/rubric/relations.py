"""Words of a text in; the kinds of event they tell of out: looked for people, hired, raised money, opened, bought."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from outreach.text.tokens import fold


def kinds_of(words: Iterable[str], *languages: str) -> frozenset[str]:
    """Return the kinds of event that folded words tell of, by the verbs of these languages."""
    spoken = set(words)
    found: set[str] = set()
    for language in languages:
        exact, stems = _table(language)
        found.update(exact[word] for word in spoken if word in exact)
        found.update(kind for word in spoken for stem, kind in stems if word.startswith(stem))
    return frozenset(found)


def may_be_told_as(held: frozenset[str], said: frozenset[str]) -> bool:
    """Say whether an event of these kinds may be told as one of those."""
    return bool(held & said) or any(frozenset((one, other)) in _same() for one in held for other in said)


@lru_cache(maxsize=8)
def _table(language: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    kinds: dict[str, str] = _raw().get(language, {})
    exact: dict[str, str] = {}
    stems: list[tuple[str, str]] = []
    for kind, words in kinds.items():
        for word in words.split():
            if word.endswith("*"):
                stems.append((fold(word.rstrip("*")), kind))
            else:
                exact[fold(word)] = kind
    return exact, tuple(stems)


@lru_cache(maxsize=1)
def _same() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in _raw()["same"]["pairs"])


@lru_cache(maxsize=1)
def _raw() -> dict[str, dict[str, str]]:
    text = files("outreach.rubric").joinpath("data/relations.toml").read_text("utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return table
