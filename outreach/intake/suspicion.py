"""A text a prospect wrote in; the reasons why it looks like an instruction to a machine out. Advice to a person, not a wall."""

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from outreach.intake.tables import load_table
from outreach.text.hidden import has_mixed_scripts

_MIN_CHARS = 12
#: Longer texts are looked at in their beginning and end only: a profile has 2,600 characters.
_MAX_CHARS = 20_000
_WORD = re.compile(r"[a-z]+[0-9]*")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,6}")
_MIXED_LETTERS = re.compile(r"[A-Za-z][013457@$][A-Za-z]|[013457@$][A-Za-z]{2}")
_BINARY = re.compile(r"(?:\b[01]{8}\b[\s,]*){4,}")
_ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2}){4,}")
_LEET_WORD = re.compile(r"\b(?=[a-z0-9@$]*[a-z])(?=[a-z0-9@$]*[013457@$])[a-z0-9@$]{4,}\b", re.IGNORECASE)
_LEET = str.maketrans("013457@$", "oieastas")
_BACKWARDS = frozenset({"eht", "dna", "ruoy", "uoy", "lla", "erongi", "snoitcurtsni"})
#: Letters of other scripts that pass for Latin ones, and Latin ones that pass for others.
_LOOKALIKES = str.maketrans("аеорсхуіѕјԁһкмтвɑıοαρνⅰɡ", "aeopcxyisjdhkmtbaioapvig")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_TAG_START = 0xE0000
_BLANKS = re.compile(r"[ \t\r\f\v]+")


class _Pattern(NamedTuple):
    reason: str
    needs: frozenset[str]
    regex: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> tuple[_Pattern, ...]:
    table = load_table("suspicion")
    found = []
    for entry in table["patterns"]:
        pattern = "|".join(entry["any"])
        for name, words in table["words"].items():
            pattern = pattern.replace(f"<{name}>", f"(?:{'|'.join(words)})")
        found.append(_Pattern(entry["reason"], frozenset(entry.get("needs", ())), re.compile(pattern)))
    return tuple(found)


def suspicious(text: str) -> list[str]:
    """Return why a text looks like an instruction to a language model, each reason once; empty for most texts.

    The text is read as it stands and as it would be decoded: base64, binary, escapes, letters swapped for digits or
    for those of other scripts, backwards, and in invisible tag characters.
    """
    if len(text) < _MIN_CHARS:
        return []
    if len(text) > _MAX_CHARS:
        text = text[: _MAX_CHARS // 2] + "\n" + text[-_MAX_CHARS // 2 :]
    reasons = _reasons(_plain(text))
    for reading, how in _other_readings(text):
        reasons += [f"{reason} ({how})" for reason in _reasons(_plain(reading))]
    if not text.isascii() and any(has_mixed_scripts(word) for word in text.split()):
        reasons.append("mixes letters of two scripts in one word")
    return list(dict.fromkeys(reasons))


def _plain(text: str) -> str:
    """Return the text small, without accents, with single blanks; line ends stay, for they begin a speaker's turn."""
    if not text.isascii():
        # What is left after the letters without accents (other scripts, emoji) has no pattern here.
        text = (
            unicodedata.normalize("NFKD", text.replace("’", "'").translate(_LOOKALIKES))
            .encode("ascii", "ignore")
            .decode()
        )
    return _BLANKS.sub(" ", text).lower()


def _reasons(plain: str) -> list[str]:
    words = set(_WORD.findall(plain))
    marked = any(sign in plain for sign in "<[:#")
    return [
        pattern.reason
        for pattern in _patterns()
        if (not pattern.needs.isdisjoint(words) if pattern.needs else marked) and pattern.regex.search(plain)
    ]


def _other_readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield what the text says when it is decoded, and how."""
    if not text.isascii() and (hidden := _TAGS.findall(text)):
        yield "".join(chr(ord(char) - _TAG_START) for char in "".join(hidden)), "hidden"
    for found in _ENCODED.findall(text):
        for decode in (base64.b64decode, base64.b32decode):
            if (decoded := _decoded(found, decode)) is not None:
                yield decoded, "encoded"
    if "01" in text and (binary := _BINARY.search(text)) is not None:
        yield "".join(chr(int(byte, 2)) for byte in re.findall(r"[01]{8}", binary.group())), "encoded"
    if ("\\" in text or "%" in text) and (escaped := _ESCAPES.search(text)) is not None:
        codes = re.findall(r"(?:\\u|\\x|%)([0-9a-fA-F]{2,4})", escaped.group())
        yield "".join(chr(int(code, 16)) for code in codes), "encoded"
    lowered = text.lower()
    if "rot13" in lowered or "rot-13" in lowered:
        yield codecs.decode(text, "rot13"), "encoded"
    if _MIXED_LETTERS.search(text) and len(_LEET_WORD.findall(text)) >= 2:
        yield text.translate(_LEET), "spelt with digits"
    if len(_BACKWARDS.intersection(_WORD.findall(lowered))) >= 2:
        yield text[::-1], "backwards"


def _decoded(text: str, decode: Callable[[str], bytes]) -> str | None:
    padded = text.rstrip("=")
    padded += "=" * (-len(padded) % (8 if decode is base64.b32decode else 4))
    try:
        raw = decode(padded)
        plain = str(raw, "utf-8")
    except (binascii.Error, ValueError):
        return None
    return plain if plain.isprintable() and " " in plain else None
