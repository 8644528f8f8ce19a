"""Texts in; marks of all their rows of eight words out, to find copied words by. The text cannot be read from them."""

import base64
import hashlib
from collections.abc import Iterable

from outreach.text.tokens import read_words

#: So many words in a row are copied, not met by chance.
ROW_WORDS = 8
_MARK_CHARS = 8
#: More rows than this are thinned evenly: then a few more words in a row are needed to be found.
_MOST = 4000


def row_marks(texts: Iterable[str], language: str) -> str:
    """Return the marks of the rows of some texts, eight characters each, in one string."""
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(marks_of(read_words(text, language).folded))
    every = list(found)
    return "".join(every[:: 1 + len(every) // _MOST])


def split_marks(marks: str) -> frozenset[str]:
    """Return the marks of a string of them."""
    return frozenset(marks[at : at + _MARK_CHARS] for at in range(0, len(marks), _MARK_CHARS))


def marks_of(folded: list[str]) -> list[str]:
    """Return the mark of each row of eight folded words, by where it begins."""
    return [_mark(" ".join(folded[at : at + ROW_WORDS])) for at in range(max(0, len(folded) - ROW_WORDS + 1))]


def _mark(row: str) -> str:
    digest = hashlib.blake2b(row.encode("utf-8", "replace"), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii")
