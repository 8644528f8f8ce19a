"""A message in; how it greets, what it says and how it closes out, with names as `{name}`: a form, never a person."""

import re
from dataclasses import dataclass

from outreach.text.own_words import OwnWords, own_words
from outreach.text.tokens import Words, fold, read_words

#: A greeting stands within so many characters and words; a closing and what is under it within so many lines.
_HEAD_CHARS = 90
_GREETING_WORDS = 8
_FOOT_LINES = 7
_CLOSING_WORDS = 6
_MARKS = ",:!.;–—-"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in its parts. Forms hold words of greeting and closing and `{name}`; empty: there is none."""

    greeting: str
    body: str
    signoff: str


def read_letter(text: str, language: str) -> Letter:
    """Return the parts of a message. In a language without a pack the whole text is body."""
    known = own_words(language)
    text = text.strip()
    if known is None:
        return Letter("", text, "")
    greeting, start = _greeting(text, language, known)
    body, signoff = _closing(text[start:].lstrip(), language, known)
    return Letter(greeting, body, signoff)


def begins_with_closing(text: str, language: str) -> bool:
    """Say whether a text, such as a signature of several lines, brings its closing formula in its first line."""
    known = own_words(language)
    return bool(known and "\n" in text and _closing_form(text.split("\n", 1)[0], language, known))


def fits_anybody(form: str, language: str) -> bool:
    """Say whether a greeting has no word that changes with who is greeted, as `Liebe` and `Estimado` do."""
    known = own_words(language)
    return known is None or known.gendered.isdisjoint(greeting_key(form))


def greeting_key(form: str) -> tuple[str, ...]:
    """Return what two greetings must share to be one form: their words, and whether a name stands in it."""
    words = tuple(fold(word) for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\{\w+\}", form))
    named = any(word.startswith("{") for word in words)
    return (*(word for word in words if not word.startswith("{")), *("{name}",) * named)


def _greeting(text: str, language: str, known: OwnWords) -> tuple[str, int]:
    """Return the form of the greeting and where it ends; an empty form and 0 where there is none."""
    head = text[:_HEAD_CHARS]
    words = read_words(head, language)
    opening = 0
    while opening < min(len(words), _GREETING_WORDS) and _opens(words, opening, known):
        opening += 1
        if _ends_line(words, opening):
            break
    if not any(word in known.greetings for word in words.folded[:opening]):
        return _bare_name(words, known)
    named = opening
    while named < min(len(words), opening + 5) and (named == opening or not _gap(words, named).strip()):
        if "\n" in _gap(words, named) or not _is_name(words, named, known):
            break
        named += 1
    comma = named > opening and "," in _gap(words, opening)
    mark, end = _mark(words, named)
    if comma and mark not in {",", ":", "!", "\n"}:
        named = opening  # `Hello, Numbers of …`: the capital begins a sentence
        mark, end = _mark(words, named)
    if not mark and named == opening:
        return "", 0
    first = " ".join(words.raw[:opening])
    form = first + (("," if comma else "") + " {name}" if named > opening else "")
    return form + mark.strip("\n"), end


def _opens(words: Words, at: int, known: OwnWords) -> bool:
    word = words.folded[at]
    return (word in known.greetings or word in known.joins) and (at == 0 or not _gap(words, at).strip())


def _is_name(words: Words, at: int, known: OwnWords) -> bool:
    word = words.folded[at]
    return words.raw[at][0].isupper() or word in known.titles or word in known.stand_ins


def _bare_name(words: Words, known: OwnWords) -> tuple[str, int]:
    """Read `Ana,` or `Ana Torres:`; a word of everyday use before a comma is no name."""
    last = 0
    while last < min(len(words), 2) and words.raw[last][0].isupper() and not words.raw[last].isupper():
        if words.folded[last] in known.plain and words.folded[last] not in known.names:
            return "", 0
        last += 1
        if _gap(words, last).strip():
            break
    mark, end = _mark(words, last)
    return ("{name}" + mark, end) if last and mark in {",", ":"} else ("", 0)


def _gap(words: Words, at: int) -> str:
    """Return what stands between a token and the one before it."""
    before = words.ends[at - 1] if at else 0
    after = words.starts[at] if at < len(words) else len(words.text)
    return words.text[before:after]


def _ends_line(words: Words, at: int) -> bool:
    return at >= len(words) or "\n" in _gap(words, at)


def _mark(words: Words, at: int) -> tuple[str, int]:
    """Return the mark that ends a greeting before this token, and where the text goes on."""
    gap = _gap(words, at)
    start = words.ends[at - 1] if at else 0
    mark = next((char for char in gap if char in _MARKS + "\n"), "")
    return mark, start + (gap.index(mark) + 1 if mark else 0)


def _closing(text: str, language: str, known: OwnWords) -> tuple[str, str]:
    """Return the text without its sign-off, and the form of the closing line."""
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    for at in filled[1:][-_FOOT_LINES:]:
        form = _closing_form(lines[at], language, known)
        if form:
            return "\n".join(lines[:at]).strip(), form
    last = read_words(lines[-1], language) if filled[1:] else None
    if last is not None and 0 < len(last) <= 3 and all(raw[0].isupper() for raw in last.raw):
        return "\n".join(lines[:-1]).strip(), ""
    return _inline_closing(text.strip(), language, known)


def _inline_closing(text: str, language: str, known: OwnWords) -> tuple[str, str]:
    """Read `… to hear. Cheers, Daniel`: a chat message closes in its last sentence."""
    sentences = read_words(text, language).sentences
    if len(sentences) < 2:
        return text, ""
    last = sentences[-1]
    form = _closing_form(text[last.start : last.end], language, known)
    return (text[: last.start].strip(), form) if form else (text, "")


def _closing_form(line: str, language: str, known: OwnWords) -> str:
    """Return the words of a closing line that are courtesy, with their mark; empty where the line is none.

    What follows them, on the same line, may be a name: `Best, Daniel`.
    """
    words = read_words(line, language)
    if not 0 < len(words) <= _CLOSING_WORDS or "?" in line:
        return ""
    courteous = 0
    while courteous < len(words) and words.folded[courteous] in known.closings | known.closing_joins:
        courteous += 1
        if _gap(words, courteous).strip():
            break
    formulas = sum(word in known.closings for word in words.folded[:courteous])
    rest = words.raw[courteous:]
    if not formulas or not (2 * formulas >= len(words) or all(raw[0].isupper() for raw in rest)):
        return ""
    mark = _gap(words, courteous).strip()[:1]
    return " ".join(words.raw[:courteous]) + (mark if mark in {",", "!", "."} else "")
