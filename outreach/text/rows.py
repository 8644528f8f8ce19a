"""Texts in; marks of the rows of words in them out, to find copies by. The text cannot be read from them."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from outreach.text.tokens import Words, read_words

#: So many words of one sentence in a row are copied, not met by chance; over the end of a sentence, where courtesies
#: recur, it takes more.
ROW_WORDS = 8
LONG_ROW_WORDS = 12
_MARK_CHARS = 8
#: More rows than this are thinned evenly: then a few more words in a row are needed to be found.
_MOST = 4000


class Row(NamedTuple):
    """A row of words: its first token, the one behind its last, and its mark."""

    first: int
    last: int
    mark: str


def row_marks(texts: Iterable[str], language: str) -> str:
    """Return the marks of the rows of some texts, eight characters each, in one string."""
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(row.mark for row in rows_of(read_words(text, language)))
    every = list(found)
    return "".join(every[:: 1 + len(every) // _MOST])


def split_marks(marks: str) -> frozenset[str]:
    """Return the marks of a string of them."""
    return frozenset(marks[at : at + _MARK_CHARS] for at in range(0, len(marks), _MARK_CHARS))


def rows_of(words: Words) -> Iterator[Row]:
    """Yield the rows of a text in the order they begin: eight words within a sentence, twelve over its end."""
    for sentence in words.sentences:
        for first in range(sentence.first, sentence.last):
            size = ROW_WORDS if first + ROW_WORDS <= sentence.last else LONG_ROW_WORDS
            row = words.folded[first : first + size]
            if len(row) == size:
                yield Row(first, first + size, _mark(" ".join(row)))


def _mark(row: str) -> str:
    digest = hashlib.blake2b(row.encode("utf-8", "replace"), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii")
