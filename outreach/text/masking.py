"""A message of the sender's in; its bare manner out: greeting, small words and marks, everything that says something masked.

A list of what to hide would miss a name it has never seen. So only known small and everyday words are kept.
"""

import re

from outreach.text.own_words import OwnWords, own_words
from outreach.text.tokens import Words, read_words

MASK = "…"
#: Chunks that are an address of any kind: masked whole, small words in them too.
_ADDRESS = re.compile(r"\S*(?:://|@|www\.|[^\W_]\.[^\W_]|/[^\W_]|_)\S*")
#: Marks that stay; every other sign (currency, percent, emoji, markup) becomes a space.
_KEPT = frozenset(" \n.,;:!?¿¡()'’\"“”„«»–—-…")
#: With a capital in mid-sentence these are still no name.
_CAPITALS = re.compile(r"^(?:I(?:['’](?:m|ll|d|ve))?|Sie|Ihnen|Ihr|Ihre[mnrs]?)$")
_RUNS = re.compile(rf"{MASK}(?:[ '’–—/-]*{MASK})+")


def masked(text: str, language: str) -> str:
    """Return a message with every word masked that is not a small or everyday word of its language.

    Names, numbers, firms, products, places, dates and links become `…`, several in a row one. In a language without a
    pack all words do.
    """
    words = read_words(_ADDRESS.sub(MASK, text), language)
    known = own_words(language)
    starts = frozenset(sentence.first for sentence in words.sentences)
    pieces: list[str] = []
    at = 0
    for index in range(len(words)):
        pieces.append(_marks(words.text[at : words.starts[index]]))
        pieces.append(words.raw[index] if known and _is_kept(words, index, known, starts) else MASK)
        at = words.ends[index]
    pieces.append(_marks(words.text[at:]))
    plain = _RUNS.sub(MASK, "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ ]{2,}", " ", plain)).strip()


def _marks(text: str) -> str:
    return "".join(char if char in _KEPT else " " for char in text)


def _is_kept(words: Words, index: int, known: OwnWords, starts: frozenset[int]) -> bool:
    """Say whether a word tells nothing: a plain one, and not written as a name is."""
    raw, word = words.raw[index], words.folded[index]
    if word not in known.plain or raw[0].isdigit():
        return False
    if not raw[0].isupper() or _CAPITALS.match(raw):
        return True
    if word in known.names or index not in starts:
        return False
    # `Will, a question`: what stands alone before a comma may be whoever is spoken to.
    after = words.text[words.ends[index] : words.ends[index] + 1]
    return word in known.greetings or word in known.closings or after not in {",", ":"}
