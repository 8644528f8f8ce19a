"""A name in capitals or small letters in; the same name as people write it out."""

import re
import unicodedata
from functools import lru_cache

from outreach.intake.tables import load_table

_PARTS = re.compile(r"([^\W\d_]+)")
_CYRILLIC_OR_LATIN = re.compile(r"[^\W\d_]")
#: Surnames in Mac that go on in small letters; in capitals nobody can tell `MACKIE` from `MacKie`, so Mac is left alone.
_ELIDED = frozenset("odl")


@lru_cache(maxsize=16384)
def fold_name(text: str, *, keep_blanks: bool = False) -> str:
    """Return a name as it is compared: small letters, no accents, no full stops or hyphens."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("ı", "i"))
    kept = (char for char in plain if char.isalnum() or char in "ªº" or (keep_blanks and char == " "))
    return "".join(kept)


def proper_case(
    text: str, *, surname: bool = False, language: str | None = None, turkish: bool = False
) -> str:
    """Return the name with capitals where they belong, if it was written in one case only; shortened names whole.

    Args:
        text: one or more names.
        surname: a surname's small words (`de la`, `van der`) become small at its start too.
        language: `fr` writes `Da Silva` and `Dos Santos` with capitals.
        turkish: dotted and dotless i are two letters.
    """
    words = [_spelled_out(word) for word in text.split()]
    if not words:
        return ""
    joined = " ".join(words)
    letters = [char for char in joined if char.isalpha()]
    upper = (
        len(letters) > 1
        and all(not char.islower() for char in letters)
        and any(char.isupper() for char in letters)
    )
    lower = all(not char.isupper() for char in letters) and any(char.islower() for char in letters)
    if upper and len(letters) == 2 and not surname and len(words) == 1:
        # `JP`, `AJ`: initials used as a name stay; `LI`, `JO`, `ED` have a vowel and are names.
        upper = any(char in "AEIOUYÁÉÍÓÚ" for char in letters)
    if not upper and not lower:
        return joined
    small = frozenset(load_table("names")["particles"]["lower"])
    if language == "fr":
        small -= {"da", "dos", "das", "do", "di", "del"}
    written = []
    for index, word in enumerate(words):
        begins = index == 0 and not (surname and len(words) > 1)
        written.append(
            _lower(word, turkish) if fold_name(word) in small and not begins else _capitalised(word, turkish)
        )
    return " ".join(written)


def _spelled_out(word: str) -> str:
    forms = load_table("names")["short_forms"]
    key = word.casefold()
    if key in forms and (not key.isalpha() or not key.isascii() or len(key) > 2):
        return str(forms[key])
    return word


def _lower(word: str, turkish: bool) -> str:
    return word.replace("I", "ı").replace("İ", "i").lower() if turkish else word.replace("İ", "i").lower()


def _capitalised(word: str, turkish: bool) -> str:
    pieces = _PARTS.split(_lower(word, turkish))
    done: list[str] = []
    for index, piece in enumerate(pieces):
        if not _CYRILLIC_OR_LATIN.match(piece):
            done.append(piece)
            continue
        after_apostrophe = index > 1 and pieces[index - 1] in {"'", "’"}
        if after_apostrophe and (pieces[index - 2] not in _ELIDED or len(piece) < 2):
            # `Ng'ang'a`, `Bob's`: only O', D' and L' are followed by a capital.
            done.append(piece)
        elif piece.startswith("mc") and len(piece) > 3:
            done.append("Mc" + piece[2].upper() + piece[3:])
        else:
            first = "İ" if turkish and piece[0] == "i" else piece[0].upper()
            done.append(first + piece[1:])
    return "".join(done)
