"""A cell as it was exported in; the text a person meant out: repaired, unescaped, without hidden characters."""

import html
import re
from functools import lru_cache

from outreach.text.hidden import CleanText, clean_text

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_HYPERLINK = re.compile(r'=\s*HYPERLINK\s*\(\s*"[^"]*"\s*[,;]\s*"([^"]*)"\s*\)\s*', re.IGNORECASE)
_FORMULA = re.compile(r"\s*[=@](?=[A-Za-z(+\-])[^ ]*[(!|]|\s*=[+\-\d]")
#: What UTF-8 looks like when it was read as Western text: a lead letter and what its continuation bytes became.
_CONTINUATIONS = "".join(
    bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(0x80, 0xC0)
)
_TAIL = "[" + re.escape(_CONTINUATIONS + "".join(map(chr, range(0x80, 0xC0)))) + "]"
_MOJIBAKE = re.compile(f"[ÂÃÄÅÆÇÈÊËÎÏÐÑ]{_TAIL}|â{_TAIL}{{2}}|[ðÃ°]Ÿ{_TAIL}{{2}}|ð{_TAIL}{{3}}")
_BLANKS = frozenset(
    {"n/a", "na", "n.a.", "n.a", "#n/a", "#na", "none", "null", "nil", "nan", "undefined", "unknown", "-", "--", "---", "—", "–",
     ".", "..", "...", "?", "??", "tbd", "tba", "not available", "not provided", "not specified", "not set", "no data", "empty", "blank",
     "no disponible", "no aplica", "sin datos", "sin información", "desconocido", "s/d", "n/d", "nd", "não informado", "não disponível",
     "desconhecido", "k.a.", "k. a.", "keine angabe", "unbekannt", "nicht verfügbar", "inconnu", "non renseigné", "non disponible",
     "non specificato", "onbekend", "xxx", "xx", "x", "#ref!", "#value!", "#name?", "(blank)", "[blank]", "(none)", "\\n"}
)  # fmt: skip

_LONGEST_BLANK = max(map(len, _BLANKS))


def is_blank(text: str) -> bool:
    """Tell whether a cell says that nothing is known: empty, `N/A`, `-`, `keine Angabe`."""
    if not text or (len(text) <= _LONGEST_BLANK and text.casefold() in _BLANKS):
        return True
    return not (text[0].isalnum() or any(char.isalnum() for char in text))


def clean_cell(raw: str) -> CleanText:
    """Return the text of a cell on its own lines, trimmed, with flags for what was done.

    Flags beside those of `clean_text`: `mojibake`, `entities`, `formula`.
    """
    if raw.isascii() and "&" not in raw and raw[:1] not in "=@" and raw.isprintable():
        return CleanText(raw.strip())
    return _clean(raw) if len(raw) <= 200 else _clean_uncached(raw)


def _clean_uncached(raw: str) -> CleanText:
    flags: list[str] = []
    text = raw
    if not text.isascii():
        text = repair_mojibake(text)
        if text != raw:
            flags.append("mojibake")
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(html.unescape(text))
        flags.append("entities")
    if (link := _HYPERLINK.fullmatch(text)) is not None:
        text = link.group(1)
        flags.append("formula")
    elif _FORMULA.match(text):
        text = ""
        flags.append("formula")
    clean = clean_text(text)
    return CleanText(clean.text.strip(), tuple(dict.fromkeys((*flags, *clean.flags))))


_clean = lru_cache(maxsize=8192)(_clean_uncached)


def repair_mojibake(text: str) -> str:
    """Return the text with UTF-8 that was once read as Western text put right: `JosÃ©` is `José`.

    Only runs that are UTF-8 when written back are touched, so that a true `Ã` or `â` stays.
    """
    for _ in range(2):
        # Twice: some tools do it twice.
        better = _MOJIBAKE.sub(_written_back, text)
        if better == text:
            break
        text = better
    return text


def _written_back(match: re.Match[str]) -> str:
    raw = bytearray()
    for char in match.group():
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return match.group()
            raw.append(ord(char))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def one_line(text: str) -> str:
    """Return the text with every run of white space as one blank."""
    return " ".join(text.split())
