"""An instruction in a person's words in; the wishes that the offline writer can carry out, out, or what it cannot."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from outreach.errors import UsageError
from outreach.text.folding import folded_words, stem

#: In this order: a phrase that holds another one's words is looked for first.
_WISHES = ("without_product", "other_fact", "question", "shorter", "longer", "reword")
#: What it can do, in a line, for whoever asked for something else.
CAN = "shorter, longer, without the product, another fact, mention WORDS OF A FACT, a question instead of the offer, another wording"


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a step. `mention` holds the words of the fact that is meant, as they were written."""

    shorter: bool = False
    longer: bool = False
    without_product: bool = False
    other_fact: bool = False
    question: bool = False
    reword: bool = False
    mention: tuple[str, ...] = ()


def read_wishes(instruction: str) -> Wishes:
    """Read an instruction in any of the five languages.

    Raises:
        UsageError: a part of it is none of the wishes that rules can carry out, or two exclude each other. Nothing is done
            by halves: the part that is not understood may be the one that matters.
    """
    found: dict[str, bool] = {}
    mention: list[str] = []
    for part in _parts(instruction):
        words = folded_words(" ".join(part))
        wishes, rest = _wishes_in(words)
        meant = _after_mention(part) if not wishes else None
        if meant is not None:
            mention += meant
        elif wishes and not _left(rest):
            found |= dict.fromkeys(wishes, True)
        elif mention and not wishes:
            mention += [word for word in part if _left(folded_words(word))]
        elif _left(rest):
            _cannot(" ".join(part))
    wishes_read = Wishes(**found, mention=tuple(mention))
    if wishes_read == Wishes():
        _cannot(instruction)
    if (wishes_read.shorter and wishes_read.longer) or (wishes_read.other_fact and wishes_read.mention):
        raise UsageError(
            f"--instruct: {instruction!r} asks for two things that exclude each other", hint="ask for one"
        )
    return wishes_read


def _cannot(what: str) -> None:
    raise UsageError(
        f"the offline writer cannot do this: {what.strip()!r}",
        hint=f"it understands: {CAN}; for anything else use --model P:M",
    )


def _parts(instruction: str) -> list[list[str]]:
    """Return the parts of an instruction, each as its words: cut at punctuation and at words of `and`."""
    parts: list[list[str]] = []
    for segment in re.split(r"[,;:!?()\n]|\.(?=\s|$)", instruction):
        parts.append([])
        for word in segment.split():
            if folded_words(word) and folded_words(word)[0] in _words("and"):
                parts.append([])
            else:
                parts[-1].append(word)
    return [part for part in parts if part]


def _wishes_in(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the wishes that words ask for, and the words that are left without their phrases."""
    rest, found = list(words), []
    for wish in _WISHES:
        for phrase in _phrases(wish):
            at = _place_of(phrase, rest)
            if at is not None:
                rest[at : at + len(phrase)] = []
                found.append(wish)
    return found, rest


def _after_mention(part: Sequence[str]) -> list[str] | None:
    """Return the words after `mention` as they were written, without fillers; None where nothing is to be mentioned."""
    words = [(folded_words(word) or ("",))[0] for word in part]
    for phrase in _phrases("mention"):
        at = _place_of(phrase, words)
        if at is not None and not _left(words[:at]):
            return [word for word in part[at + len(phrase) :] if _left(folded_words(word))]
    return None


def _left(words: Iterable[str]) -> list[str]:
    """Return the words that carry a meaning: no fillers, and none of `mention` and its like."""
    idle = _words("filler") | {word for phrase in _phrases("mention") for word in phrase}
    return [word for word in words if word not in idle]


def _place_of(phrase: tuple[str, ...], words: Sequence[str]) -> int | None:
    wanted, given = [stem(word) for word in phrase], [stem(word) for word in words]
    size = len(wanted)
    return next((at for at in range(len(given) - size + 1) if given[at : at + size] == wanted), None)


@lru_cache(maxsize=16)
def _phrases(wish: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a wish in all languages as folded words, the longest first."""
    every = {folded_words(phrase) for phrases in _table()[wish].values() for phrase in phrases}
    return tuple(sorted(every, key=lambda phrase: (-len(phrase), phrase)))


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for words in _table()[name].values() for word in words)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    text = files("outreach.drafting").joinpath("data/redrafting.toml").read_text("utf-8")
    return tomllib.loads(text)
