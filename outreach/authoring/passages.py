"""A source in; its passages out: each with its section, and its sentences with the language's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.authoring.source import Line, Source
from outreach.authoring.tables import load_table
from outreach.text.folding import folded_words
from outreach.text.tokens import Words, read_words

#: A heading is short; longer lines that end in a colon open a list in running text.
_MAX_HEADING_WORDS = 8


@dataclass(frozen=True)
class Passage:
    """A line of a source below its heading. `section` is empty where no known heading stands above it."""

    line: Line
    section: str


def passages(source: Source) -> list[Passage]:
    """Return the lines that say something, each with the section that it stands in. Headings are left out."""
    found: list[Passage] = []
    section = ""
    for at, line in enumerate(source.lines):
        if _is_heading(line, source.lines[at + 1 : at + 2]):
            section = section_of(line.text)
        else:
            found.append(Passage(line, section))
    return found


def section_of(heading: str) -> str:
    """Return the sort of section that a heading opens, or an empty text."""
    words = " ".join(folded_words(heading))
    padded = f" {words} "
    named = [
        (len(phrase), sort)
        for sort, phrases in load_table("reading")["headings"].items()
        for phrase in phrases
        if f" {phrase} " in padded
    ]
    return max(named)[1] if named else ""


def is_heading(source: Source, at: int) -> bool:
    """Say whether a line of a source is a heading."""
    return _is_heading(source.lines[at], source.lines[at + 1 : at + 2])


def _is_heading(line: Line, after: Sequence[Line]) -> bool:
    if line.kind != "text":
        return line.kind == "heading"
    words = len(line.text.split())
    if words > _MAX_HEADING_WORDS:
        return False
    opens_list = bool(after) and after[0].kind == "bullet"
    return (
        line.text.endswith(":")
        or (opens_list and line.text[-1] not in ".!?;,")
        or (bool(section_of(line.text)) and line.text[-1].isalnum() and words <= 5)
    )


def sentences(passage: Passage, language: str) -> Iterator[tuple[str, Words]]:
    """Yield the whole sentences of a passage, each with its own words."""
    words = read_words(passage.line.text, language)
    for index in range(len(words.sentences)):
        text = words.sentence_text(index).strip()
        yield text, read_words(text, language)


def phrase_end(words: Words, phrases: Sequence[str]) -> int:
    """Return the token behind the first of these phrases in the words, or 0."""
    folded = [word.replace("'", " ").strip() for word in words.folded]
    for at in range(len(folded)):
        for phrase in sorted(phrases, key=len, reverse=True):
            parts = phrase.split()
            if folded[at : at + len(parts)] == parts:
                return at + len(parts)
    return 0


def listed(table: str, language: str) -> list[str]:
    """Return the phrases of a table for a language, English ones where it has none of its own."""
    rows: dict[str, list[str]] = load_table("reading")[table]
    return rows.get(language) or rows["en"]
