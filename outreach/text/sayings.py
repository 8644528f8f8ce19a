"""Lines of a don't list in; the phrases that they forbid, and where one stands in a text, out."""

import re
from collections.abc import Iterable, Sequence

from outreach.text.tokens import Words, split_words

_QUOTED = re.compile(
    r"[\"“„«]\s*([^\"“”„«»]{1,200}?)\s*[\"”“»]|[‘]([^‘’]{1,200})[’](?!\w)|(?<![\w])'([^']{1,200})'(?!\w)"
)


def sayings(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the forbidden phrases: what a line has in quotation marks, or the line itself where it has none."""
    found: dict[str, None] = {}
    for line in lines:
        quoted = [next(part for part in match if part) for match in _QUOTED.findall(line)]
        found |= dict.fromkeys(text.strip(" .,;:") for text in quoted or [line])
    return tuple(text for text in found if text)


def stands_in(saying: str, words: Words) -> tuple[int, int] | None:
    """Return the tokens, first and behind the last, where a phrase stands in a text, whatever the case and marks."""
    row = split_words(saying, words.language)
    return find_row(row, words.folded)


def find_row(row: Sequence[str], folded: Sequence[str]) -> tuple[int, int] | None:
    """Return where a row of folded words begins and ends in another, or None."""
    size = len(row)
    if not size:
        return None
    for at in range(len(folded) - size + 1):
        if folded[at] == row[0] and list(folded[at : at + size]) == list(row):
            return at, at + size
    return None
