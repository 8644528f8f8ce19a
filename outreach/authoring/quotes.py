"""A statement with its quote, and the source, in; why the quote does not carry the statement, or the source's own wording, out."""

import re
from collections.abc import Sequence

from outreach.authoring.tables import load_table
from outreach.grounding.figures import same_figure
from outreach.text.languages import pack
from outreach.text.number import Number
from outreach.text.numbers import read_numbers
from outreach.text.stems import related, stem
from outreach.text.tokens import Words, read_words
from outreach.text.units import measure

#: A shorter quote stands in any text and shows nothing.
MIN_WORDS = 3
#: A longer one holds the figures of several statements.
MAX_WORDS = 60
#: The share of a claim's telling words that its quote must hold; the rest may be how it is told.
CLAIM_SHARE = 0.6
#: Runs of white space are alike, and so are straight and curly marks, dashes, and marks of lists.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
                        "–": "-", "—": "-", "‑": "-", "‐": "-", "\u00ad": None})  # fmt: skip
_WRAPPING = " \t\r\n\"'…#*-•"


def normal(text: str) -> str:
    """Return a text as quotes are compared: one blank, straight marks, small letters."""
    return " ".join(text.translate(_ALIKE).split()).casefold()


def stands_in_line(quote: str, lines: Sequence[str]) -> bool:
    """Say whether a quote stands in one line of a source: over several, it could join what the source does not."""
    return any(stands_in(quote, line) for line in lines)


def stands_in(quote: str, text: str) -> bool:
    """Say whether whole words of a text are this quote. `text` is normalised already."""
    wanted = normal(quote).strip(_WRAPPING)
    if not wanted:
        return False
    pattern = (
        (r"(?<!\w)" if wanted[0].isalnum() else "")
        + re.escape(wanted)
        + (r"(?!\w)" if wanted[-1].isalnum() else "")
    )
    return re.search(pattern, text) is not None


def why_not_carried(statement: str, quote: str, source: Sequence[str], language: str, *, share: float) -> str:
    """Return why a quote does not carry a statement, or an empty text.

    Args:
        statement: what a file would say.
        quote: what the model says it read.
        source: the source's lines, normalised.
        language: what both are written in.
        share: of the statement's telling words, how many the quote must hold; over 0, one at least.
    """
    if not statement.strip():
        return "it says nothing"
    if len(normal(quote).split()) < min(MIN_WORDS, len(normal(statement).split())):
        return "its quote is too short to show anything"
    if len(normal(quote).split()) > MAX_WORDS:
        return "its quote is too long to point at anything"
    if not stands_in_line(quote, source):
        return "its quote does not stand in the source"
    said, shown = read_words(statement, language), read_words(quote, language)
    if wrong := _foreign_number(said, shown):
        return f"the figure {wrong!r} does not stand in its quote"
    if name := _foreign_name(said, shown, language):
        return f"the name {name!r} does not stand in its quote"
    if _denies(said, language) != _denies(shown, language) and share >= CLAIM_SHARE:
        return "one of statement and quote says not, the other does not"
    if taken := _crossed(said, shown, language):
        return f"it joins a figure with {taken!r} of another sentence, which has a figure of its own"
    told = _telling(said, language)
    held = [word for word in told if any(related(word, other) for other in _telling(shown, language))]
    if told and len(held) < max(share * len(told), 1 if share else 0):
        return "it says more than its quote"
    return ""


def _foreign_number(said: Words, shown: Words) -> str:
    """Return a figure of the statement that the quote lacks, or has with another unit of the same sort."""
    known = read_numbers(shown)
    for number in read_numbers(said):
        if number.weak:
            continue
        twins = [other for other in known if same_figure(number, other)]
        if not twins or all(_other_unit(number, twin) for twin in twins):
            return said.text[number.start : number.end].strip()
    return ""


def _other_unit(one: Number, other: Number) -> bool:
    left, right = measure(one.unit), measure(other.unit)
    return left is not None and right is not None and left != right


def _crossed(said: Words, shown: Words, language: str) -> str:
    """Return a word taken from a sentence of the quote whose own figures the statement leaves out, or an empty text.

    `A bakery cut waste by 12 %. A clinic cut calls by 30 %.` carries no bakery with 30 %.
    """
    figures = read_numbers(said)
    parts = [read_words(shown.sentence_text(index), language) for index in range(len(shown.sentences))]
    if not figures or len(parts) < 2:
        return ""
    told = {stem(word, language): word for word in said.folded}
    for at, part in enumerate(parts):
        own = read_numbers(part)
        if not own or any(same_figure(number, known) for number in figures for known in own):
            continue
        others = {
            word for index, other in enumerate(parts) if index != at for word in _telling(other, language)
        }
        for word in _telling(part, language):
            if word in told and word not in others:
                return told[word]
    return ""


def _foreign_name(said: Words, shown: Words, language: str) -> str:
    """Return a word in capitals, not at a sentence's start, that the quote lacks; German nouns are no names."""
    if language == "de":
        return ""
    starts = {sentence.first for sentence in said.sentences}
    folded = set(shown.folded)
    for at, word in enumerate(said.raw):
        if at not in starts and word[0].isupper() and said.folded[at] not in folded and not word[0].isdigit():
            return word
    return ""


def _telling(words: Words, language: str) -> list[str]:
    lists = pack(language)
    stop = lists.words["stop"] if lists else frozenset()
    return [
        stem(word, language)
        for word in words.folded
        if len(word) > 2 and word not in stop and not word[0].isdigit()
    ]


def _denies(words: Words, language: str) -> bool:
    denials = load_table("wording")["denials"].get(language, "").split()
    return any(word in denials or word.endswith("n't") for word in words.folded)
