"""A name cell in; the bare name, a nickname and the forms of address that stood around it out."""

import re
import unicodedata
from functools import cache

from outreach.intake.cells import is_blank, one_line
from outreach.intake.name_writing import fold_name
from outreach.intake.tables import load_table

_PRONOUNS = re.compile(
    r"[(\[{|,/-]*\s*\b(?:she|he|they|ze|xe|her|him|sie|er|elle|il|ella|ele|ela|él|iel|any pronouns)\s*/\s*"
    r"(?:her|him|hers|his|them|theirs|they|she|he|ihr|ihm|elle|lui|ella|elle|dela|dele|elle|suya|suyo|any|hir|zir)s?"
    r"(?:\s*/\s*\w+)*\b\s*[)\]}|]*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,20})[\"“”„«»]|(?<=\s)['‘’]([^'‘’]{2,20})['‘’](?=\s|$)")
_TAIL = re.compile(r"\s+(?:[-–—|•·:]\s.*|[|•·].*)$|\s*[|•·].*$")
_NUMERALS = frozenset({"ii", "iii", "iv", "jr", "jnr"})


def scrub_name(text: str, flags: list[str]) -> tuple[str, str, list[str]]:
    """Take emoji, pronouns, brackets, credentials and prefixes off a name; return it, a nickname and the prefixes."""
    text = one_line(_to_plain_width(text).replace("\u2011", "-"))
    if is_blank(text) and not text.isalpha():
        return "", "", []
    bare = one_line("".join(char for char in text if not _is_ornament(char)))
    note(flags, "emoji", bare != text)
    text = _PRONOUNS.sub(" ", bare).strip()
    note(flags, "pronouns", text != bare)
    nickname = ""
    for pattern in (_QUOTED, _BRACKETS):
        for match in pattern.finditer(text):
            inner = next((group for group in match.groups() if group), "").strip()
            if (
                not nickname
                and inner.replace(" ", "").replace("-", "").isalpha()
                and len(inner) > 1
                and len(inner.split()) == 1
            ):
                nickname = inner if inner[0].isupper() and not inner.isupper() else nickname
            text = text.replace(match.group(), " ")
            note(flags, "nickname", bool(nickname))
    text = _TAIL.sub("", one_line(text)) or text
    text, titles = _without_prefixes(text.strip(" ,;-–—").lstrip("."), flags)
    text = _without_credentials(text, flags)
    return text.strip(" ,;-–—/"), nickname, titles


def _to_plain_width(text: str) -> str:
    """Write full-width and decorated letters (`Ｍａｒｉａ`, `𝗔𝗻𝗮`) as plain ones."""
    if text.isascii() or not any(ord(char) >= 0x1D400 or 0xFF01 <= ord(char) <= 0xFF5E for char in text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", char)
        if 0x1D400 <= ord(char) <= 0x1D7FF or 0xFF01 <= ord(char) <= 0xFF5E
        else char
        for char in text
    )


def _is_ornament(char: str) -> bool:
    if ord(char) < 0x80:
        return char in "*#~^_=<>"
    return (
        unicodedata.category(char) in {"So", "Sk", "Cf", "Cs", "Co", "Sm", "Me"}
        or char in "\ufe0f\u200d®™©•★\ufffd"
    )


def _without_prefixes(text: str, flags: list[str]) -> tuple[str, list[str]]:
    prefixes, ambiguous = load_table("names")["prefixes"], load_table("names")["ambiguous"]["words"]
    found: list[str] = []
    while text:
        token = text.split(maxsplit=1)[0].rstrip(",")
        # `Dr.Hans` has no blank: then what ends in the first full stop may be a prefix.
        word = next(
            (
                w
                for w in (token, token.partition(".")[0] + ".")
                if fold_name(w) in prefixes and text.startswith(w)
            ),
            "",
        )
        if not word or (fold_name(word) in ambiguous and not word.endswith(".")):
            break
        if prefixes[fold_name(word)]:
            found.append(prefixes[fold_name(word)])
        text = text[len(word) :].lstrip(" ,")
    note(flags, "prefix", bool(found))
    return text, found


def _without_credentials(text: str, flags: list[str]) -> str:
    """Cut what is no name behind it, such as `, MBA`, ` PhD`, `PMP® CSM` or `III`."""
    table = load_table("names")["credentials"]
    known, generations = _credential_words(), frozenset(table["generations"])
    head, comma, tail = text.partition(",")
    if comma:
        words = tail.replace(",", " ").split()
        if words and all(_is_credential(word, known | generations) for word in words):
            text = head
            note(flags, "credentials", True)
    words = text.split()
    while len(words) > 1 and (
        _is_trailing_credential(words[-1], known, alone=len(words) == 2)
        or (len(words) > 2 and fold_name(words[-1]) in _NUMERALS)
    ):
        words.pop()
        note(flags, "credentials", True)
    return " ".join(words)


@cache
def _credential_words() -> frozenset[str]:
    return frozenset(fold_name(word) for word in load_table("names")["credentials"]["words"])


def _is_credential(word: str, known: frozenset[str]) -> bool:
    return (
        fold_name(word) in known
        or (word.isupper() and 2 <= len(word) <= 8)
        or bool(re.fullmatch(r"(?:[A-Z]\.){2,}", word))
    )


def _is_trailing_credential(word: str, known: frozenset[str], *, alone: bool) -> bool:
    """Without a comma only a known credential counts, and short ones only as they are written: `MA`, never `Ma`."""
    bare = word.strip(".,")
    if fold_name(bare) not in known:
        return False
    if len(bare) <= 3 or alone:
        return (bare.isupper() and len(bare) > 2) or bare in {"PhD", "MSc", "BSc", "DBA"} or "." in bare
    return not bare.islower() or bare in {"phd", "mba"}


def note(flags: list[str], flag: str, happened: bool) -> None:
    """Add a flag once, if what it tells happened."""
    if happened and flag not in flags:
        flags.append(flag)
