"""A language code in; its pack out: word lists, number words and the compiled index of its phrase families."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from outreach.domain.vocabulary import LANGUAGES
from outreach.text.phrases import PhraseIndex
from outreach.text.tokens import fold, split_words

#: Families that are looked for in a text of any language: what a model leaks does not keep to the language asked for.
SAFETY_FAMILIES = frozenset({"meta", "meta_start", "leak", "offtopic", "hijack"})


@dataclass(frozen=True)
class NumberWords:
    """The words for numbers of a language, folded."""

    units: dict[str, float]
    scales: dict[str, float]
    fractions: dict[str, float]
    multiples: dict[str, float]
    every_nth: dict[str, float]
    half: frozenset[str]
    loose_half: frozenset[str]
    half_before: frozenset[str]
    half_after: frozenset[str]
    percent: frozenset[str]
    links: frozenset[str]
    one: frozenset[str]
    out_of: frozenset[str]


@dataclass(frozen=True)
class Pack:
    """What is known of one language."""

    code: str
    words: dict[str, frozenset[str]]
    numbers: NumberWords
    evidence: dict[str, tuple[tuple[str, ...], ...]]
    index: PhraseIndex
    families: frozenset[str]
    roles: PhraseIndex
    """What some buying roles are not to be told or asked: an index of its own, walked only where a role is known."""

    def has(self, family: str) -> bool:
        """Say whether the pack holds phrases of this family."""
        return family in self.families


@lru_cache(maxsize=16)
def pack(code: str) -> Pack | None:
    """Return a language's pack, or None where there is none."""
    if code not in LANGUAGES:
        return None
    raw = _raw(code)
    index, roles = _index(raw, "phrases"), _index(raw, "roles")
    words = {
        name: frozenset(part for word in text.split() for part in split_words(word, code))
        for name, text in raw["words"].items()
    }
    evidence = {name: _groups(groups) for name, groups in raw["evidence"].items()}
    return Pack(code, words, _number_words(raw["numbers"]), evidence, index, frozenset(raw["phrases"]), roles)


def _index(raw: dict[str, Any], table: str) -> PhraseIndex:
    index = PhraseIndex()
    for family, patterns in raw[table].items():
        for pattern in patterns:
            index.add(family, pattern, raw.get("sets", {}), raw["code"])
    return index


def _groups(groups: str | list[str]) -> tuple[tuple[str, ...], ...]:
    """Read stems of evidence: one group of words of one meaning, or several."""
    rows = [groups] if isinstance(groups, str) else groups
    return tuple(tuple(fold(word.rstrip("*")) for word in row.split()) for row in rows)


@lru_cache(maxsize=64)
def safety_index(codes: frozenset[str] = frozenset(LANGUAGES)) -> PhraseIndex:
    """Return the safety families of some packs in one index."""
    index = PhraseIndex()
    for code in sorted(codes & set(LANGUAGES)):
        raw = _raw(code)
        for family in sorted(SAFETY_FAMILIES & set(raw["phrases"])):
            for pattern in raw["phrases"][family]:
                index.add(family, pattern, raw.get("sets", {}), code)
    return index


@lru_cache(maxsize=1)
def exonyms() -> dict[str, frozenset[str]]:
    """Return for each folded word of a place's name the words it has in other languages."""
    same: dict[str, frozenset[str]] = {}
    for row in _raw("places")["same"]:
        words = frozenset(fold(word) for word in row.split())
        for word in words:
            same[word] = same.get(word, frozenset()) | words
    return same


@lru_cache(maxsize=16)
def _raw(code: str) -> dict[str, Any]:
    return tomllib.loads(files("outreach.text.packs").joinpath(f"{code}.toml").read_text(encoding="utf-8"))


def _number_words(raw: dict[str, Any]) -> NumberWords:
    def table(name: str) -> dict[str, float]:
        return {fold(word): float(value) for word, value in raw.get(name, {}).items()}

    def words(name: str) -> frozenset[str]:
        return frozenset(fold(word) for word in raw.get(name, "").split())

    return NumberWords(table("units"), table("scales"), table("fractions"), table("multiples"), table("every_nth"), words("half"), words("loose_half"),
                       words("half_before"), words("half_after"), words("percent"),
                       words("links"), words("one"), words("out_of"))  # fmt: skip
