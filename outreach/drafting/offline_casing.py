"""A sentence and message templates in; the sentence with the first letter that its place in the text asks for out."""

import re

from outreach.drafting.offline_templates import LanguageFile

_FIRST_WORD = re.compile(r"[^\W_][\w'’\-]*")


def upper_first(text: str) -> str:
    """Return the text with its first letter upper case, signs such as `¿` skipped."""
    match = _FIRST_WORD.search(text)
    if match is None:
        return text
    word = match[0]
    if any(char.isupper() for char in word[1:]):  # iPhone, eBay: a name keeps its own case
        return text
    return text[: match.start()] + word[0].upper() + text[match.start() + 1 :]


def lower_claim(text: str, file: LanguageFile) -> str:
    """Return a sentence of the offer with a lower-case first letter where its first word is surely no name."""
    match = _FIRST_WORD.match(text)
    if match is None or not (match[0] in file.starters or match[0].lower() in (file.lower_only or ())):
        return text
    return text[0].lower() + text[1:]


def lower_first(text: str, file: LanguageFile, names: frozenset[str]) -> str:
    """Return the text with its first letter lower case, unless the first word is a name, an acronym or always upper.

    Args:
        text: a sentence.
        file: the language's rules: which words always keep their capital, or which alone may lose it.
        names: words that are names in this plan.
    """
    match = _FIRST_WORD.search(text)
    if match is None:
        return text
    word = match[0]
    if (
        word in file.keep_capital
        or word in names
        or any(char.isupper() or char.isdigit() for char in word[1:])
    ):
        return text
    if file.lower_only is not None and word not in file.lower_only and word.lower() not in file.lower_only:
        return text
    return text[: match.start()] + word[0].lower() + text[match.start() + 1 :]
