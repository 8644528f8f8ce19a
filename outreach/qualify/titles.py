"""A job title in any of our languages in; its words in one spelling out, and whether it is an assistant's title."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from outreach.text.folding import folded_words

#: Stands between two parts of a title: `VP Sales & Marketing` has one before `marketing`.
JOINT = "/"

# `(m/w/d)`, `Director/a`, `Leiter:in`, `Gerente(a)`: marks of gender, no words of a title.
_GENDER = re.compile(
    r"\((?:[mwfdhx]\s*[/|,]?\s*)+\)|\((?:a|o|in|e)\)|[/:*_·](?:a|o|in|innen|e|r)\b", re.IGNORECASE
)
_EMPLOYER = re.compile(r"\s(?:@|at|bei|chez)\s.*$|@.*$", re.IGNORECASE)
# `to the CEO` names somebody else; `go to market` and `order to cash` do not.
_SUPERIOR = re.compile(
    r"\b(?:reporting )?to (?:the |our )?(?=ceo|c[a-z]o\b|chief|president|founder|board|director|managing|vp|vice|head|executive|owner|partner|general)"
    r".*$",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s[-–—]\s|[,;:&+/()]")
_COMPOUND = re.compile(r"^(\w{3,}?)s?(leiter|leitung|direktor|vorstand)$")

# German compounds that name whom an assistant serves.
_EXECUTIVE_STEMS = ("vorstand", "chef", "direktion", "geschaftsfuhr", "geschaftsleit")


@dataclass(frozen=True)
class Title:
    """A title as it is compared."""

    segments: tuple[tuple[str, ...], ...]
    """Roles that have nothing to do with each other (`CEO | Podcaster`), each as words with `JOINT` between its parts."""
    words: tuple[str, ...]
    """All folded words as they stand, stop words too, for exclusions such as `assistant to`."""
    assistant: Literal["executive", "other", ""]
    """Whether it is an assistant's title, and whether an executive is assisted."""


@lru_cache(maxsize=8192)
def read_title(text: str) -> Title:
    """Return a title in one spelling: abbreviations spelt out, gender and language endings folded, past roles dropped."""
    plain = _GENDER.sub(" ", text)
    words = folded_words(plain)
    own = _SUPERIOR.sub(
        "", _EMPLOYER.sub("", re.sub(r"go[-\s]to[-\s]market", "gtm", plain, flags=re.IGNORECASE))
    )
    segments = tuple(filter(None, (_segment(part) for part in re.split(r"[|•·\n]", own))))
    return Title(segments=segments, words=words, assistant=_assistant(words))


@lru_cache(maxsize=8192)
def title_words(text: str) -> tuple[str, ...]:
    """Return the words of a persona's title in the same spelling, without joints."""
    return tuple(word for segment in read_title(text).segments for word in segment if word != JOINT)


def is_free(word: str) -> bool:
    """Say whether a word only tells how wide or how senior: it may stand inside or beside a title."""
    return word in _set("free")


def turns(word: str) -> bool:
    """Say whether a word right after a title makes it another trade."""
    return word in _set("turns")


def is_rank(word: str) -> bool:
    """Say whether a word is a rank, which says nothing about the trade."""
    return word in _set("ranks")


def is_subordinate(word: str) -> bool:
    """Say whether a word makes the title beside it that of a superior."""
    return word in _set("subordinate")


def _segment(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in _SEPARATORS.split(text):
        words = folded_words(re.sub(r"\bco-(?=f)", "co", part, flags=re.IGNORECASE))
        if not words or words[0] in _set("former"):
            continue
        if found:
            found.append(JOINT)
        for word in words:
            found.extend((JOINT,) if word in _set("join") else _spell(word))
    return tuple(found)


def _spell(word: str) -> tuple[str, ...]:
    if word in _set("stop"):
        return ()
    expanded = _table()["expand"].get(word)
    if expanded:
        return tuple(_inflect(part) for part in expanded.split())
    inflected = _inflect(word)
    compound = _COMPOUND.match(inflected)
    if compound:
        return (_inflect(compound[2]), _inflect(compound[1]))
    return (inflected,)


@lru_cache(maxsize=8192)
def _inflect(word: str) -> str:
    same: dict[str, str] = _table()["same"]
    for pattern, becomes in _endings():
        changed = pattern.sub(becomes, word)
        if changed != word:
            return same.get(changed, changed)
    return same.get(word, word)


def _assistant(words: tuple[str, ...]) -> Literal["executive", "other", ""]:
    spelt = [_inflect(part) for word in words for part in (_table()["expand"].get(word) or word).split()]
    at = next((i for i, word in enumerate(spelt) if _is_assistant(word)), None)
    if at is None:
        return ""
    before, after = spelt[:at], spelt[at + 1 :]
    rank = next((i for i, word in enumerate(after[:3]) if word in _set("assistant_ranks")), None)
    links = _set("stop") | {"to"}
    if spelt[at] == "assistant" and rank is not None and not links & set(after[:rank]):
        return ""  # Assistant Director, Assistant Vice President
    # `Executive` speaks of the assistant only where it stands before: an Assistant Account Executive serves nobody.
    served = {*before, *(word for word in after if word != "executive" or links & set(after))}
    compound = any(word.startswith(_EXECUTIVE_STEMS) for word in spelt)
    return "executive" if compound or served & _set("executive") else "other"


def _is_assistant(word: str) -> bool:
    # German compounds end in the noun: `Vorstandsassistenz`, `Chefsekretärin`.
    return word in _set("assistant") or word.endswith(("assistenz", "assistent", "sekretar"))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    source = resources.files("outreach.qualify") / "data" / "titles.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _set(name: str) -> frozenset[str]:
    return frozenset(_table()[name])


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(f"{rule['ending']}$"), rule["becomes"]) for rule in _table()["inflection"])
