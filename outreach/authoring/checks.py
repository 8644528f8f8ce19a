"""An answer to a question of the form in; why it would make a bad file, or nothing, out."""

import re

from outreach.authoring.sheet import Sheet, first
from outreach.authoring.wording import is_noun_phrase, is_question, is_slug, words_of
from outreach.text.regions import countries_in, country_code, region_names

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}", re.UNICODE)
MAX_LINE_CHARS = 400
MAX_PRODUCT_WORDS = 20
MAX_TOPIC_WORDS = 6
MAX_SHORT_WORDS = 18


def why_bad(check: str, text: str, name: str, sheet: Sheet, language: str) -> str:
    """Return why a text cannot be the answer, or an empty text.

    Args:
        check: the name that `questions.toml` gives.
        text: the answer.
        name: the question's id.
        sheet: the answers before, for what must agree with them.
        language: what the answers are written in.
    """
    if len(text) > MAX_LINE_CHARS:
        return f"that is {len(text)} characters; {MAX_LINE_CHARS} is the most"
    match check:
        case "slug" | "slugs":
            return (
                "" if is_slug(text) else "an id has small letters, digits and hyphens, such as slow-replies"
            )
        case "clause" | "question" | "sentence":
            return _bad_end(check, text)
        case "ask":
            return _bad_ask(text, language)
        case "product":
            return _bad_product(text, sheet, language)
        case "topic" | "short":
            most = MAX_TOPIC_WORDS if check == "topic" else MAX_SHORT_WORDS
            return f"say it in at most {most} words" if words_of(text, language) > most else ""
        case "places":
            known = country_code(text) or countries_in(text)
            return (
                ""
                if known
                else f"no country or region of that name; regions: {', '.join(region_names()[:8])} …"
            )
        case "domains":
            return "" if _DOMAIN.fullmatch(text) else "write the bare domain, such as rival.example"
        case "days":
            return "" if text.isdigit() and int(text) > 0 else "write a whole number of days"
        case "bounds":
            return _bad_bounds(text, name, sheet)
    return ""


def _bad_end(check: str, text: str) -> str:
    if check == "clause":
        return "leave the full stop out: it follows a colon" if text[-1] in ".!?:;" else ""
    if check == "question":
        return "" if is_question(text) else "a question ends in ?"
    return "" if text[-1] in '.!?…"”»' else "write whole sentences, with a full stop at the end"


def _bad_ask(text: str, language: str) -> str:
    if is_question(text) or is_noun_phrase(text, language):
        return ""
    return (
        "write a noun phrase with its article and no full stop (a two-page write-up …), or a question with ?"
    )


def _bad_product(text: str, sheet: Sheet, language: str) -> str:
    company = first(sheet, "company").casefold()
    if company and text.casefold().startswith(company):
        return "begin with the verb: the company's name is put before it"
    if text[-1] in ".!?":
        return "leave the full stop out: it stands inside a sentence"
    if words_of(text, language) > MAX_PRODUCT_WORDS:
        return f"say it in at most {MAX_PRODUCT_WORDS} words"
    return ""


def _bad_bounds(text: str, name: str, sheet: Sheet) -> str:
    stem, _, end = name.rpartition("_")
    lower = first(sheet, f"{stem}_min")
    if end == "max" and lower and float(text) < float(lower):
        return f"that is less than the lower bound, {lower}"
    return "" if float(text) >= 0 else "a number of people or dollars is not negative"
