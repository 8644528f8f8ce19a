"""A company's name as lists write it in; the name people say, and a key by which two spellings meet, out."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from outreach.intake.cells import is_blank, one_line
from outreach.intake.tables import load_table
from outreach.text.folding import folded_words
from outreach.text.regions import country_code

_PIPES = re.compile(r"\s*(?:\||•|·|‖|»|\s//\s|\s::\s).*$")
_OWNER = re.compile(
    r"\s*(?:,|\s[-–—]|\()\s*(?:an?\s+(?:[\w&.'’-]+\s+){1,5}?(?:company|brand|business|subsidiary|division|firm|affiliate|portfolio company)"
    r"|part of\b.*|member of\b.*|powered by\b.*|now\b.*|acquired by\b.*|una empresa\b.*|uma empresa\b.*|ein unternehmen\b.*|une (?:société|filiale|marque)\b.*"
    r"|we(?:'|’)?re hiring.*|hiring\b.*|is hiring.*|estamos contratando.*|wir stellen ein.*|on recrute.*)\s*\)?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_DROPPED_BRACKETS = re.compile(
    r"yc\s?[wsfx]?\d*|ycombinator|y combinator.*|techstars.*|500 ?(?:startups|global).*|.*\b(?:nyse|nasdaq|lse|tsx|asx|bme|bmv|b3|xetra|otc\w*|euronext|ticker|six|sgx|hkex|nse|bse|amex|aim)\b.*"
    r"|acquired.*|formerly.*|ex[- ].*|f/?k/?a\b.*|a/?k/?a\b.*|d/?b/?a\b.*|now .*|part of.*|an? .*(?:company|brand|business)|we(?:'|’)?re hiring.*|hiring.*|.*series [a-f]\b.*|remote|iso\s?\d+.*|b corp.*|certified.*|official|stealth.*|backed by.*",
    re.IGNORECASE,
)
_TRADING_AS = re.compile(
    r"(.+?)[\s,(]+(?:d\s?[/.]?\s?b\s?[/.]?\s?a\.?|doing business as|trading as|t/a|handelnd als|operando como|nombre comercial)[\s:]+(.+?)\)?$",
    re.IGNORECASE,
)
_ALIAS = re.compile(
    r"(.+?)[\s,(]+(?:a\s?/?k\s?/?a\.?|f\s?/?k\s?/?a\.?|formerly(?: known as)?|previously|antes|vormals|ehemals|anciennement)[\s:]+.+$",
    re.IGNORECASE,
)
_SQUASHED = re.compile(r"[\s.,/\\()\[\]'’´`\"-]+")
_GLUED_COMMA = re.compile(r",(?=\S)")
_OPEN_ENDS = frozenset({"&", "+", "and", "y", "e", "und", "et", "of", "de", "en", "the"})
_VOWELS = re.compile(r"[AEIOUYÀ-ÖØ-Ý]")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company's display name and match key; both empty where the cell names no employer."""

    name: str = ""
    key: str = ""


@lru_cache(maxsize=8192)
def read_company(raw: str) -> CompanyName:
    """Return the name people say: without legal form, tagline, ticker or owner; capitals only where they belong.

    `Acme Holdings LLC dba RocketFuel` is RocketFuel; `Menzies Aviation (Mexico) SA de CV` keeps its country; cells such
    as `Self-employed` or `Stealth Startup` name no company. What cleaning would leave empty stays as it was.
    """
    text = one_line("".join(char for char in raw if not _is_ornament(char))).strip(" -–—|•·,;").lstrip(".")
    if len(text) > 2 and text[0] + text[-1] in {'""', "“”", "''", "‘’", "«»", "„“"}:
        text = text[1:-1].strip()
    if is_blank(text) or _is_no_company(text):
        return CompanyName()
    cut = _without_extras(text)
    if _is_no_company(cut):
        return CompanyName()
    bracket = _BRACKETS.search(cut)
    if bracket is not None and country_code(bracket.group(1)) is not None and without_legal_form(cut) == cut:
        # `Toyota Motor Corp. (Japan)`: the form stands before a place that stays. Other brackets stay with the name.
        bare = f"{without_legal_form(cut[: bracket.start()])} ({bracket.group(1)})"
    else:
        bare = without_legal_form(cut) or cut
    name = _display_case(bare)
    return CompanyName(name, company_key(name))


def company_key(name: str) -> str:
    """Return the name squashed for matching: no legal form, case, accents, blanks, `the` or ampersand."""
    words = [
        word
        for word in folded_words(without_legal_form(name) or name)
        if word not in {"the", "and", "y", "und", "et", "e"}
    ]
    return "".join(words)


def _is_ornament(char: str) -> bool:
    return (
        ord(char) > 0x2100
        and (0x2190 <= ord(char) <= 0x2BFF or ord(char) >= 0x1F000 or char in "\ufe0f\ufffd™℠")
    ) or char in "®™©"


def _is_no_company(text: str) -> bool:
    words = folded_words(text)
    table = load_table("companies")["no_company"]
    if " ".join(words) in _no_companies() or not words:
        return True
    if (
        len(words) <= 4
        and " ".join(words).startswith(
            ("freelance ", "freelancer ", "self employed ", "independent consultant ")
        )
        and words[1] != "com"
    ):
        return True
    return words[0] in table["stealth"] and all(
        word in table["stealth_words"] or word.isdigit() for word in words
    )


@cache
def _no_companies() -> frozenset[str]:
    return frozenset(load_table("companies")["no_company"]["names"])


def _without_extras(text: str) -> str:
    """Cut what stands around a name: taglines, owners, tickers, other names."""
    text = re.sub(
        r"^(?:https?://)?(?:www\.)?(?=[^\s/]+\.[a-z]{2,}/?$)", "", text, flags=re.IGNORECASE
    ).rstrip("/")
    text = _PIPES.sub("", text) or text
    if (trading := _TRADING_AS.match(text)) is not None:
        text = trading.group(2)
    elif (alias := _ALIAS.match(text)) is not None:
        text = alias.group(1)
    text = _OWNER.sub("", text) or text
    while (bracket := _BRACKETS.search(text)) is not None and bracket.start() > 0:
        inner, rest = bracket.group(1).strip(), text[: bracket.start()].strip()
        if not inner or _DROPPED_BRACKETS.fullmatch(inner) or _is_short_for(inner, rest):
            text = rest
        else:
            break
    return text.strip(" ,;-–—")


def _is_short_for(inner: str, rest: str) -> bool:
    """Tell whether brackets repeat the name: as its initials (`AWS`), or as a part of it (`Disney`)."""
    words = folded_words(without_legal_form(rest) or rest)
    short = "".join(folded_words(inner))
    initials = "".join(word[0] for word in words)
    main = "".join(word[0] for word in words if word not in _display_table()["lower"])
    return len(short) > 1 and (short in {initials, main} or short in words or initials.startswith(short))


@lru_cache(maxsize=8192)
def without_legal_form(name: str) -> str:
    """Return the name without legal forms before and after it; empty where nothing else is there."""
    text = _GLUED_COMMA.sub(", ", name.strip())
    table = load_table("companies")["legal"]
    for sign in table["leading"]:
        if (
            text.casefold().startswith(sign)
            and len(text) > len(sign)
            and (ord(sign[0]) > 0x2000 or text[len(sign)] in ' "«“')
        ):
            text = text[len(sign) :].strip(' "«»“”')
    for sign in table["trailing_signs"]:
        if text.endswith(sign) and len(text) > len(sign):
            text = text[: -len(sign)].strip()
    if text.casefold().startswith("the ") and text.casefold().endswith(" company"):
        # `The Coca-Cola Company` is said whole.
        return text
    while (shorter := _without_last_form(text)) is not None:
        text = shorter
    return _without_rare_form(text)


def _without_last_form(text: str) -> str | None:
    words = text.split()
    forms, ambiguous, dotted = _legal_forms()
    for count in range(min(6, len(words) - 1), 0, -1):
        tail = " ".join(words[-count:])
        form = _squash(tail)
        if form not in forms:
            continue
        left = words[:-count]
        bare = tail.strip("(),")
        if form in ambiguous and not (bare.isupper() or "." in bare or "/" in bare or not bare[1:].islower()):
            # `SpA` with its inner capital is the form, `Spa` the bath.
            continue
        if form in dotted and "." not in bare:
            continue
        if left[-1].casefold().strip(".,") in _OPEN_ENDS or not any(char.isalnum() for char in "".join(left)):
            # `Tiffany & Co.`, `Bank of America Company`: without it, the rest would hang in the air.
            continue
        return " ".join(left).rstrip(" ,;-–—/(")
    return None


def _without_rare_form(text: str) -> str:
    """Let `cleanco` take forms that our table lacks, where what is left is a name and what goes is no word."""
    from cleanco import basename  # its table of 80 countries is read only when a list is

    if len(text.split()) < 2:
        return text
    shorter = basename(text)
    gone = text[len(shorter) :].strip(" ,.()") if shorter and text.startswith(shorter) else ""
    fits = (
        gone
        and _squash(gone) not in _legal_forms()[0]
        and (gone.isupper() or "." in gone)
        and text.count("(") == shorter.count("(")
    )
    hangs = not shorter.split() or shorter.split()[-1].casefold() in _OPEN_ENDS
    return shorter.rstrip(" ,;-–—") if fits and not hangs else text


@lru_cache(maxsize=8192)
def _squash(text: str) -> str:
    folded = "".join(folded_words(text.replace("&", " ampersand ")))
    return folded.replace("ampersand", "&")


@cache
def _legal_forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = load_table("companies")["legal"]
    return (
        frozenset(_squash(form) for form in [*table["forms"], "na"]),
        frozenset(table["ambiguous"]),
        frozenset(table["dotted"]),
    )


def _display_table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = load_table("companies")["display"]
    return table


def _display_case(name: str) -> str:
    """Write a name in capitals as people do; short ones (`IBM`, `ACME`) may be meant so and stay."""
    letters = [char for char in name if char.isalpha()]
    words = name.split()
    if not letters or any(char.islower() for char in letters) or not any(char.isupper() for char in letters):
        return name
    if len(words) == 1 and len(letters) <= 5:
        return name
    return " ".join(_cased_word(word, index == 0, len(words)) for index, word in enumerate(words))


def _cased_word(word: str, first: bool, count: int) -> str:
    table = _display_table()
    core = word.strip("\"'(),.&-").casefold()
    if core in table["lower"] and len(core) > 1:
        return word.capitalize() if first else word.lower()
    plain = core.isalpha()
    short = len(core) <= 3 and core not in table["short_words"]
    if (
        core in table["acronyms"]
        or any(char.isdigit() for char in core)
        or (plain and not _VOWELS.search(word))
        or "." in word.strip(".")
    ):
        return word
    if plain and first and short and count > 1:
        # `ZF AUTOMOTIVE`, `RBS FUNDS`: a short first word is mostly a set of initials.
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part.group()[0] + part.group()[1:].lower(), word)
