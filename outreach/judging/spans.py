"""A quote and a message in; where the quote stands in it out, or nothing: then whatever it was meant to show is void."""

import re
from typing import NamedTuple

from outreach.domain.judgement import MessageRecord
from outreach.text.hidden import clean_text

#: A span of fewer letters and digits stands in any message and shows nothing.
MIN_LETTERS = 3
#: So many words in a row do not stand in two texts by chance.
MIN_WORDS = 4
#: Longer than any message that is sent.
MAX_CHARS = 2000
#: What models put around a quote.
_WRAPPING = " \t\r\n\"“”„«»'’‘`…"
#: Signs that models write one for the other.
_ALIKE = ("'’‘ʼ´`", '"“”„«»', "-–—‑‐")


class Span(NamedTuple):
    """A place in the body in code points; -1: it stands in the subject, or only once hidden characters are out."""

    start: int
    end: int
    text: str


def find_span(quote: str, record: MessageRecord) -> Span | None:
    """Return where a quote stands in a message, or None.

    Whole words count, and case does. Runs of white space are alike, and so are straight and curly marks and dashes.
    """
    wanted = quote.strip(_WRAPPING)
    if sum(char.isalnum() for char in wanted) < MIN_LETTERS or len(wanted) > MAX_CHARS:
        return None
    pattern = _pattern(wanted)
    if match := pattern.search(record.body):
        return Span(match.start(), match.end(), match.group())
    for text in (record.subject or "", clean_text(record.body).text):
        if match := pattern.search(text):
            return Span(-1, -1, match.group())
    return None


def stands_in(quote: str, text: str) -> bool:
    """Say whether a text holds a quote word for word; of fewer than `MIN_WORDS` words that would prove nothing."""
    wanted = quote.strip(_WRAPPING + ".!,;:")
    return len(wanted.split()) >= MIN_WORDS and bool(_pattern(wanted).search(text))


def _pattern(wanted: str) -> re.Pattern[str]:
    parts = [r"\s+" if part.isspace() else _word(part) for part in re.split(r"(\s+)", wanted)]
    before = r"(?<!\w)" if re.match(r"\w", wanted) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", wanted) else ""
    return re.compile(before + "".join(parts) + after)


def _word(part: str) -> str:
    return "".join(
        next((f"[{re.escape(signs)}]" for signs in _ALIKE if char in signs), re.escape(char)) for char in part
    )
