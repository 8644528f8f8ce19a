"""A message as a model gave it in; the message alone out: no markup, no hidden characters, no remarks about itself."""

import re
import tomllib
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from outreach.domain.selling import Sender
from outreach.drafting.answer_json import RawMessage, RawSentence
from outreach.errors import AnswerError
from outreach.text.counting import word_count
from outreach.text.hidden import clean_text

_MARKUP = (
    (re.compile(r"```[\w-]*\n?|~~~"), ""),
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"!?\[([^\]\n]+)\]\((?:https?://|mailto:|#)[^)\s]*\)"), r"\1"),
    (
        re.compile(r"</?(?:p|br|b|i|u|em|strong|span|div|a|ul|ol|li|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE),
        "",
    ),
    (re.compile(r"^\s*(?:---+|\*\*\*+|___+)\s*$", re.MULTILINE), ""),
)


def clean_message(raw: RawMessage, sender: Sender) -> RawMessage:
    """Return the message without markup, hidden characters, headings, remarks about it, and signature.

    What is taken off is what a model puts around a message; a fault inside it is left for the rubric to see.

    Raises:
        AnswerError: nothing is left, or what is left is a refusal.
    """
    where = f"step {raw.step}" if raw.step is not None else "a message"
    paragraphs = [kept for kept in (_clean_paragraph(paragraph) for paragraph in raw.paragraphs) if kept]
    paragraphs = _with_loose_ends(paragraphs, sender)
    subject = _one_line(raw.subject or "")
    if paragraphs and is_refusal(_text(paragraphs[0])):
        raise AnswerError(
            f"{where} was a refusal or empty; write the message from the ground given, or a plainer one"
        )
    while paragraphs and (found := _lead(_text(paragraphs[0]))) is not None:
        subject = subject or found
        paragraphs.pop(0)
    while paragraphs and (
        _pattern("remark").match(_text(paragraphs[-1])) or _is_signature(_text(paragraphs[-1]), sender)
    ):
        paragraphs.pop()
    if paragraphs:
        paragraphs[-1] = _without_name(paragraphs[-1], sender)
    if not any(paragraphs):
        raise AnswerError(f"{where} held no message; write one")
    if is_refusal(_text(paragraphs[0])):
        raise AnswerError(f"{where} was a refusal; write the message from the ground given, or a plainer one")
    subject = _pattern("subject").sub(lambda match: match["subject"], subject).strip("\"'“”„«» ")
    return replace(raw, subject=subject or None, paragraphs=tuple(paragraphs))


def is_refusal(text: str) -> bool:
    """Say whether a text is a model's refusal, or a filler for a message that it did not write."""
    return bool(_pattern("refusal").match(text))


def _clean_paragraph(paragraph: tuple[RawSentence, ...]) -> tuple[RawSentence, ...]:
    """Return the sentences cleaned, those that hold nothing left out."""
    cleaned = (replace(sentence, text=_plain(sentence.text)) for sentence in paragraph)
    return tuple(sentence for sentence in cleaned if sentence.text)


def _with_loose_ends(
    paragraphs: list[tuple[RawSentence, ...]], sender: Sender
) -> list[tuple[RawSentence, ...]]:
    """Set a heading before and a signature after a text that a plain answer runs together apart, as paragraphs."""
    if not paragraphs:
        return []
    first = paragraphs[0][0]
    head, _, rest = first.text.partition("\n")
    if rest and _lead(head) is not None:
        paragraphs = [
            (replace(first, text=head),),
            (replace(first, text=rest), *paragraphs[0][1:]),
            *paragraphs[1:],
        ]
    last = paragraphs[-1][-1]
    lines = last.text.split("\n")
    for cut in (2, 1):
        tail = "\n".join(lines[-cut:])
        if len(lines) > cut and _is_signature(tail, sender):
            body = replace(last, text="\n".join(lines[:-cut]))
            return [*paragraphs[:-1], (*paragraphs[-1][:-1], body), (replace(last, text=tail),)]
    return paragraphs


def _plain(text: str) -> str:
    text = clean_text(text).text
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _lead(text: str) -> str | None:
    """Return the subject that a leading paragraph holds, an empty one for a heading or preamble, None for a message."""
    if match := _pattern("subject").fullmatch(text):
        return _one_line(match["subject"])
    if word_count(text) <= 40 and (
        _pattern("heading").fullmatch(text) or _pattern("preamble").fullmatch(text)
    ):
        return ""
    return None


def _is_signature(text: str, sender: Sender) -> bool:
    """Say whether a paragraph only closes and signs: it ends on the sender's name, or is a closing that ends on a comma."""
    lines = [line.strip(" -–—,.") for line in text.splitlines()]
    last, rest = lines[-1], lines[:-1]
    signs = last.casefold() in _names(sender) and all(word_count(line) <= 5 for line in rest)
    closes = word_count(text) <= 4 and text.endswith(",")
    inline = word_count(text) <= 6 and any(
        last.casefold().endswith(f", {name}") or last.casefold().endswith(f"\n{name}")
        for name in _names(sender)
    )
    return signs or closes or (inline and not text.endswith(("?", "!")))


def _without_name(paragraph: tuple[RawSentence, ...], sender: Sender) -> tuple[RawSentence, ...]:
    """Drop a last sentence that is nothing but the sender's name."""
    if len(paragraph) > 1 and _is_signature(paragraph[-1].text, sender):
        return paragraph[:-1]
    return paragraph


def _names(sender: Sender) -> set[str]:
    first = sender.name.split(" ", 1)[0]
    lines = [sender.name, first, sender.company, *sender.signature.splitlines(), f"{sender.name}, {sender.company}",
             f"{first}, {sender.company}", f"{sender.title}, {sender.company}", sender.title]  # fmt: skip
    return {line.strip(" -–—,.").casefold() for line in lines if line.strip()}


def _text(paragraph: tuple[RawSentence, ...]) -> str:
    return " ".join(sentence.text for sentence in paragraph)


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_table()[name], re.IGNORECASE)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table: dict[str, str] = tomllib.loads(
        files("outreach.drafting").joinpath("data/answers.toml").read_text("utf-8")
    )
    return table
