"""A text in; the spans of unfilled fields, notes to self and dummy values out, whatever their notation."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from outreach.domain.vocabulary import LANGUAGES
from outreach.rubric.reader import reader_is_technical, reader_works_with_templates
from outreach.text.languages import pack
from outreach.text.quotes import quoted_spans
from outreach.text.tokens import fold

if TYPE_CHECKING:
    from outreach.rubric.view import View


def _only_where(patterns: dict[str, str]) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Return patterns beside the marks, parted by two bars and in small letters, of which one must stand in a text that they can match."""
    return tuple((tuple(marks.split("||")), re.compile(pattern)) for marks, pattern in patterns.items())


#: Notations that are a field whoever reads them, unless the reader works with them. A pattern runs only where its sign stands in the text.
_NOTATION = _only_where({
    "{": r"\{\{[^{}\n]{1,60}\}\}|\{%[^%\n]{1,80}%\}|\$\{[^{}\n]{1,60}\}|#\{[^{}\n]{1,60}\}|\{[^{}\n]{1,60}\}",
    "<": r"<<[^<>\n]{1,60}>>|<(?![\s\d=-])[^<>\n/=]{2,50}(?<!\s)>",
    "[[": r"\[\[[^\[\]\n]{1,60}\]\]",
    "%": r"%%[^%\n]{2,40}%%|(?<![\d%\w])%[A-Za-zÀ-ÿ][\w.-]{1,40}%(?!\w)|(?<![\d%\w])%[A-ZÀ-Þ][A-ZÀ-Þ0-9 _]{1,40}%(?!\w)",
    "|": r"\*\|[^|\n]{1,40}\|\*|\|[A-Z_]{3,40}\|",
    "@@": r"@@\w{2,40}@@",
    "#": r"##\w{2,40}##|(?<!\w)#[A-Z][A-Z_]{2,40}#(?!\w)",
    "$": r"(?<![\w$])\$[A-Za-z_]{2,40}\$(?!\w)|(?<![\w$])\$[A-Z][a-zA-Z]+[A-Z_]\w*",
    "«": r"«[A-Z_]{3,40}»",
    "__": r"__[A-Za-z][A-Za-z_]{2,40}__",
    "~~": r"~~[A-Z_]{3,40}~~",
})  # fmt: skip
_SQUARE = re.compile(r"(?<!\w)\[(?!\[)([^\[\]\n]{1,60})\](?!\()")
_ROUND = re.compile(r"\(([^()\n]{2,90})\)")
_SNAKE = re.compile(r"(?<![\w/.@#-])(?:[A-Z]{2,}(?:_[A-Z0-9]{2,})+|(?:first|last|full|company|firm|prospect|contact|sender|customer|client|job|lead|account)_(?:name|title|role|company|industry|city)\b"
                    r"|(?:first|last|company|job|full)(?:Name|Title))(?![\w(])")  # fmt: skip
#: Dummy values: filler words, crossed-out figures, blank lines, sample people and firms, greetings that lost their name.
_DUMMY = _only_where({
    "lorem ipsum": r"(?i:\blorem ipsum\b)",
    "tbd||tbc||todo||fixme||tk tk||n.n.||asdf||qwerty||foobar": r"(?<![\w'])(?:TBD|TBC|TODO|FIXME|TK TK|N\.N\.|asdf\w*|qwerty|foobar)(?![\w'])",
    "xx": r"(?<![\w'])(?:XXX+|xxx+)(?![\w'])|\b[Xx]{2,3}[.,][Xx]{1,3}\b"
          r"|(?<![\w.])[Xx]{2}(?=\s?(?:[%€$£]|(?i:per ?cent|percent|Prozent|por ?ciento|por ?cento|pour ?cent|minut\w*|hours?|horas?|Stunden|heures|days?|d[ií]as?|Tagen?|jours|weeks?|years?|customers?|"
           r"clientes?|Kunden|clients|people|companies|empresas|firmas?|Firmen|entreprises|euros?|d[óo]lar\w*|k\b|million\w*|mil\b|units?|places?|plants?)\b))",
    " xx ": r"(?<![\w.])XX(?= [a-zà-ÿ]{3})",
    "x%||x %": r"(?<![\w.])[Xx](?=\s?%)",
    "€||$||£": r"(?<=[€$£])\s?[Xx]{1,3}\b",
    "___||......||???": r"_{3,}|(?<!\.)\.{6,}|\?{3,}",
    "dd||tt||jj": r"(?<!\w)(?:dd|TT|jj|DD)[./-](?:mm|MM)[./-](?:yyyy|JJJJ|aaaa|AAAA|YYYY|yy|jj)(?!\w)",
    " doe||jane smith": r"\b(?:John|Jane) (?:Doe|Smith Doe)\b",
    "muster": r"\b(?:Max|Erika|Maria) Muster(?:mann|frau)\b|\bMuster(?:firma|kunde|stadt|mann)\b",
    "de tal||dupont-ex": r"\bFulan[oa] de [Tt]al\b|\bJean Dupont-Exemple\b",
    " x|| abc|| a.b": r"\b(?:Company|Empresa|Firma|Soci[ée]t[ée]|Entreprise|Customer|Client|Cliente|Kunde|Unternehmen|Competitor|Competidor|Product|Producto|Produto|Produkt|Produit) "
                      r"(?:X{1,3}|XY|XYZ|ABC|A\.?B\.?C)\b",
    " here|| aqu|| hier|| ici": r"\b(?:your|YOUR) (?:company|name|text|title) here\b|\b(?:su|tu|seu|sua) (?:nombre|texto|empresa|nome) (?:aqu[ií])\b"
                                r"|\b(?:Ihr|Dein|Ihre|Deine) (?:Name|Text|Firma) hier\b|\bvotre (?:nom|texte|entreprise) ici\b",
    " null|| undefined|| none|| nan": r"(?<=[Hh]i )(?:null|undefined|None|NaN)\b|(?<=[Hh]ello )(?:null|undefined|None|NaN)\b|(?<=Dear )(?:null|undefined|None|NaN)\b"
                                      r"|(?<=Hola )(?:null|undefined|None|NaN)\b|(?<=Hallo )(?:null|undefined|None|NaN)\b|(?<=Bonjour )(?:null|undefined|None|NaN)\b|(?<=Ol[áa] )(?:null|undefined|None|NaN)\b",
    " ,": r"(?:^|\n)(?:Hi|Hello|Hey|Dear|Hola|Estimad[oa]|Ol[áa]|Oi|Prezad[oa]|Hallo|Guten Tag|Liebe[r]?|Bonjour|Salut) {1,2},",
})  # fmt: skip
#: Brackets that people use in running text.
_HARMLESS = frozenset(
    "sic pdf video image img link audio photo foto podcast en es pt de fr optional de/en fr/en 1 2 3 mg/l kg m2 km".split()
)


@lru_cache(maxsize=1)
def _field_words() -> tuple[frozenset[str], frozenset[str]]:
    fields: set[str] = set()
    verbs: set[str] = set()
    for code in LANGUAGES:
        lists = pack(code)
        if lists:
            fields |= lists.words["fields"]
            verbs |= lists.words["fill_verbs"]
    return frozenset(fields), frozenset(verbs)


def find_placeholders(view: "View", text: str) -> list[tuple[int, int]]:
    """Return the spans of unfilled fields. What stands literally in the ground truth is none."""
    if not text:
        return []
    found: list[tuple[int, int]] = []
    technical: bool | None = None
    lowered = text.lower()
    for match in _matches(_NOTATION, text, lowered):
        if technical is None:
            technical = reader_is_technical(view)
        if not _is_literal(view, text, match, technical=technical):
            found.append(match.span())
    if "[" in text:
        found.extend(
            match.span() for match in _SQUARE.finditer(text) if _is_square_field(view, match.group(1))
        )
    if "(" in text:
        found.extend(match.span() for match in _ROUND.finditer(text) if _is_note_to_self(match.group(1)))
    found.extend(
        match.span()
        for match in _SNAKE.finditer(text)
        if not _known(view, match.group()) and not _is_spoken_name(view, text, match)
    )
    found.extend(
        match.span()
        for match in _matches(_DUMMY, text, lowered)
        if not _known(view, match.group()) and not _is_century(text, match)
    )
    return sorted(set(found))


def _is_spoken_name(view: "View", text: str, match: re.Match[str]) -> bool:
    """Say whether a field's bare name is a word of a reader's trade: never where the reader is greeted with it."""
    if _GREETED.search(text[max(0, match.start() - 14) : match.start()]):
        return False
    if "first" in match.group().lower():
        return reader_works_with_templates(view)
    return reader_is_technical(view)


_GREETED = re.compile(
    r"\b(?:hi|hello|hey|dear|hola|ol[áa]|oi|hallo|liebe[r]?|bonjour|salut|estimad[oa]|prezad[oa])[\s,]*$",
    re.I,
)


def _matches(
    patterns: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...], text: str, lowered: str
) -> Iterator[re.Match[str]]:
    """Yield the matches of those patterns of which a mark stands in the text."""
    for marks, pattern in patterns:
        if any(mark in lowered for mark in marks):
            yield from pattern.finditer(text)


def _known(view: "View", text: str) -> bool:
    return text.strip() in view.ground.text


def _is_century(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 9) : match.start()].lower()
    return any(word in before for word in ("siglo", "século", "seculo", "siècle", "century"))


def _inner_words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W\d_]+", text)]


def _is_literal(view: "View", text: str, match: re.Match[str], *, technical: bool) -> bool:
    """Say whether notation is meant as it stands: it is in the ground truth, or code that a technical reader works with."""
    inside = match.group()
    if _known(view, inside):
        return True
    if inside.startswith("<") and (
        re.fullmatch(r"</?[a-z][a-z0-9]{0,10}\b[^<>]*>", inside, re.I)
        and "_" not in inside
        and not _has_field(inside)
    ):
        return True  # a tag: S4 judges it
    if inside.startswith("<") and ("@" in inside or "://" in inside):
        return True
    if '":' in inside:
        return True  # data: S5 judges it
    if re.search(re.escape(inside) + _INSTEAD, view.text):
        return True  # `a mail with {{name}} instead of a name`
    if not technical:
        return False
    if re.search(r"\w\.\w|\|\s?\w+|\(", inside) and reader_works_with_templates(view):
        return True  # a path, a filter or a call: code, not a field that somebody forgot
    if reader_works_with_templates(view) and (
        max(text.count(inside), view.text.count(inside)) > 1 or _ARTICLE.search(text[: match.start()])
    ):
        return True  # `a lost {{client_name}}`: a thing, not a gap
    return not _has_field(inside) or _is_spoken_of(text, match)


_INSTEAD = r"[»”\"']?\s+(?:statt|anstatt|anstelle|instead of|where (?:a|the)|en lugar|en vez|em vez|no lugar|au lieu|à la place)\b"
_ARTICLE = re.compile(
    r"\b(?:an?|the|each|every|un[ae]?|el|la|les?|o|uma?|eine?[mnr]?|de[rmns]|das|que|en que|if|wenn|si|se)\s+(?:[\w-]+\s+)?$",
    re.I,
)


def _is_spoken_of(text: str, match: re.Match[str]) -> bool:
    """Say whether notation is quoted or named as a thing: after a quote mark, a backtick, or in another field's place."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    quoted = any(low <= match.start() < high for low, high in quoted_spans(text))
    return quoted or before in {'"', "`", "“", "«", "'", "‘", "„"} or after in {'"', "`", "”", "»"}


def _has_field(text: str) -> bool:
    fields, _ = _field_words()
    words = _inner_words(text)
    squashed = "".join(words)
    return squashed in fields or any(word in fields for word in words)


def _is_square_field(view: "View", inside: str) -> bool:
    words = _inner_words(inside)
    if inside.strip().upper() in {"X", "XX", "XXX", "…", "...", "?", "??", "N", "XY"}:
        return True
    if not words or inside.strip().casefold() in _HARMLESS or inside in view.ground.text:
        return False
    fields, verbs = _field_words()
    if any(word in fields or word in verbs for word in words) or "_" in inside:
        return True
    letters = [char for char in inside if char.isalpha()]
    if len(words) == 1:
        return len(words[0]) > 3 and all(char.isupper() for char in letters)
    if all(char.isupper() for char in letters):
        return True
    return len(words) <= 6 and len(letters) > 5 and not any(char.isdigit() for char in inside)


_WITH = frozenset("with con com mit avec bei".split())


def _is_note_to_self(inside: str) -> bool:
    words = _inner_words(inside)
    fields, verbs = _field_words()
    if words and any(word in verbs for word in words[:3]) and any(word in _WITH for word in words[1:10]):
        return True  # `confirm the lead time with Dave before this goes`
    if not words or len(words) > 7:
        return False
    if inside.strip().isupper() and any(word in fields for word in words):
        return True
    return (words[0] in verbs and len(words) > 1 and (any(word in fields for word in words[1:]) or len(words) <= 3)) or words[0] in {"tbd", "tbc", "todo"} or (
        len(words) >= 2 and words[-1] in verbs and words[-1] not in {"your", "find", "change", "ask", "include", "update"} and any(word in fields for word in words))  # fmt: skip
