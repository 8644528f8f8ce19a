"""Any text in; the same text without hidden or harmful characters out, with the names of what was taken out."""

import re
import unicodedata
from typing import NamedTuple

#: Combining marks kept on one letter: Vietnamese needs two, vocalised Hebrew up to four.
MAX_MARKS = 4

_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]")
#: The one good use of tag characters: flags of regions, such as Scotland's.
_REGION_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")
_BREAKS = re.compile("[\u2028\u2029\x0b\x0c\x85]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SUSPECTS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
#: Where combining marks may be: outside of it, no letter needs counting.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e\ufe20-\ufe2f"
    "\U000101fd-\U0001efff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_HARD_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Scripts whose letters pass for one another. Japanese or Korean words mix scripts by nature and are no part of it.
_CONFUSABLE_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})


class CleanText(NamedTuple):
    """A cleaned text and what was taken out of it, each name once, sorted.

    Flags: `bidi`, `combining_flood`, `control`, `hidden_tags`, `lone_surrogate`, `soft_hyphen`, `zero_width`.
    """

    text: str
    flags: tuple[str, ...] = ()


def clean_text(text: str) -> CleanText:
    """Return the text in NFC without what a reader cannot see; line breaks, tabs and emoji stay.

    Persian and Indic joiners, Arabic letters and joined emoji are kept. Odd spaces become plain ones, line and
    paragraph separators and vertical tabs a space; a lone surrogate becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return CleanText(text)
    flags: set[str] = set()
    if _SURROGATES.search(text):
        # Halves that belong together are joined; a half alone becomes U+FFFD.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if "\ufffd" in text:
            flags.add("lone_surrogate")
    if "\x1b" in text:
        text, count = _ANSI.subn("", text)
        if count:
            flags.add("control")
    text = _SPACES.sub(" ", _BREAKS.sub(" ", text))
    while _SUSPECTS.search(text):
        # What stands beside a joiner may itself go: repeat until nothing more goes.
        shorter = _without_suspects(text, flags)
        if shorter == text:
            break
        text = shorter
    if not text.isascii():
        text = _cap_marks(unicodedata.normalize("NFC", text), flags)
    return CleanText(text, tuple(sorted(flags)))


def _without_suspects(text: str, flags: set[str]) -> str:
    """Drop the suspects that do no honest work where they stand, and note what they were."""
    in_flags = {at for match in _REGION_FLAG.finditer(text) for at in range(*match.span())}

    def judge(match: re.Match[str]) -> str:
        at, char = match.start(), match.group()
        if at in in_flags or _is_honest(text, at):
            return char
        flags.add(_kind(char))
        return ""

    return _SUSPECTS.sub(judge, text)


def _is_honest(text: str, at: int) -> bool:
    """Tell whether a joiner or variation selector is part of an emoji or of a script that needs it."""
    char = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if char in "\ufe0e\ufe0f":
        return bool(before) and (before in "#*0123456789\u00a9\u00ae" or _is_symbol(before))
    if char == "\u200c":
        return _needs_joiners(before) and _needs_joiners(after)
    if char == "\u200d":
        emoji = bool(before and after) and (before == "\ufe0f" or _is_symbol(before)) and _is_symbol(after)
        return emoji or _needs_joiners(before)
    return False


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk", "Sm"} and ord(char) > 0x2000


def _needs_joiners(char: str) -> bool:
    """Tell whether a letter is of Arabic, Syriac, an Indic or a South-East Asian script, or Mongolian."""
    return bool(char) and (
        "\u0600" <= char <= "\u109f" or "\u1780" <= char <= "\u18af" or "\ufb50" <= char <= "\ufefc"
    )


def _kind(char: str) -> str:
    if char in _HARD_BIDI:
        return "bidi"
    if "\U000e0000" <= char <= "\U000e0fff":
        return "hidden_tags"
    if char == "\xad":
        return "soft_hyphen"
    return "control" if unicodedata.category(char) in {"Cc", "Co", "Cn"} else "zero_width"


def _cap_marks(text: str, flags: set[str]) -> str:
    """Keep at most `MAX_MARKS` combining marks on one letter."""
    if not _MARKS.search(text):
        return text
    run, kept = 0, []
    for char in text:
        run = run + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if run > MAX_MARKS:
            flags.add("combining_flood")
        else:
            kept.append(char)
    return "".join(kept)


_GREEK_SIGNS = frozenset("ΔΩΣΘΛΠΦΨµμλπσθφδεηξψω")


def has_mixed_scripts(word: str) -> bool:
    """Tell whether one word mixes letters of scripts that pass for one another, such as Latin and Cyrillic."""
    if word.isascii():
        return False
    # `ΔE`, `µm`, `10 kΩ`: a Greek sign that looks like no Latin letter is a symbol of the trade.
    letters = [char for char in word if char.isalpha() and char not in _GREEK_SIGNS]
    scripts = {unicodedata.name(char, "?").split(" ", 1)[0] for char in letters}
    return len(scripts & _CONFUSABLE_SCRIPTS) > 1
