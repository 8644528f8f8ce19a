"""What somebody pasted in; the answer alone out: no markup, no earlier messages, no signature, nothing hidden.

Our own words stand under most answers, and a signature brings a firm's notices. Neither may class the answer: a quoted
"say stop and I will not write again" is no opt-out. mail-parser-reply was tried: it knows no Spanish headers, and a line
of 100 KB holds it for minutes. What follows looks at each line once.
"""

import html
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

from outreach.intake.tables import load_table
from outreach.text.hidden import clean_text
from outreach.text.tokens import fold

#: Longer texts are no answers; what somebody means to say stands in the first of it.
MAX_CHARS = 20_000
_MAX_PASTED = 400_000
_HTML = re.compile(
    r"<(?:html|body|div|p|br|span|blockquote|table|style|script|head)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)
_RULER = re.compile(r"^[\s>]*[-_=*]{3,}\s*(.{0,60}?)\s*[-_=*]{3,}\s*$|^[-_]{20,}\s*$")
_FIELD = re.compile(r"^[\s>*_]*([^\W\d_]+(?: [^\W\d_]+)?)[*_]*\s?:[*_]*(?:\s|$)")
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?s\b\.?\s?[:.,-]?", re.IGNORECASE)
#: A wrapped `On …, … wrote:` is no longer than this.
_HEADER_LINES = 3
_HEADER_CHARS = 300
#: Words that a line must have to be known as one of ours.
_OURS_WORDS = 4


class Answer(NamedTuple):
    """The answer, and what was done to get it: `html`, `shortened`, and the names of what `clean_text` took out."""

    text: str
    flags: tuple[str, ...]


def cut_answer(pasted: str, ours: Iterable[str] = ()) -> Answer:
    """Return the answer alone.

    Args:
        pasted: what was pasted: a mail with its history, a chat message, HTML.
        ours: bodies of the messages it may answer; lines of theirs are left out also where nothing marks them as quoted.
    """
    flags: list[str] = []
    text = pasted
    if len(text) > _MAX_PASTED:
        text = text[:_MAX_PASTED]
        flags.append("shortened")
    if _HTML.search(text):
        text = _without_html(text)
        flags.append("html")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = clean_text(text)
    flags += cleaned.flags
    lines = _without_history(cleaned.text.split("\n"))
    lines = _without_ours(lines, ours)
    text = "\n".join(_without_signature(lines)).strip()
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS]
        flags.append("shortened")
    return Answer(re.sub(r"\n{3,}", "\n\n", text), tuple(dict.fromkeys(flags)))


def _without_history(lines: list[str]) -> list[str]:
    """Return the lines without earlier messages. What stands under quoted lines is kept: some answer below."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith(">"):
            at += 1
        elif (size := _header_size(lines, at)) > 0:
            if not _quoted_follows(lines, at + size):
                break
            at += size
        elif _is_ruler(line) or _is_header_block(lines, at):
            break
        else:
            kept.append(line)
            at += 1
    return kept


def _header_size(lines: list[str], at: int) -> int:
    """Return how many lines from here are a `On 2 Nov 2026, … wrote:`; 0 for none."""
    words = load_table("replies")["cut"]["wrote"]
    joined = ""
    for size in range(1, _HEADER_LINES + 1):
        if at + size > len(lines) or not lines[at + size - 1].strip():
            return 0
        joined = f"{joined} {lines[at + size - 1].strip()}"
        if len(joined) > _HEADER_CHARS:
            return 0
        if joined.endswith(":"):
            low = joined.casefold()
            dated = any(char.isdigit() for char in joined)
            return size if dated and any(f" {word}" in low for word in words) else 0
        if joined.endswith((".", "!", "?")) and size == 1:
            return 0
    return 0


def _quoted_follows(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.lstrip().startswith(">")


def _is_ruler(line: str) -> bool:
    match = _RULER.match(line) if len(line) < 200 else None
    if match is None:
        return False
    said = (match[1] or "").casefold()
    return not said.strip("-_=* ") or any(word in said for word in load_table("replies")["cut"]["ruler"])


def _is_header_block(lines: list[str], at: int) -> bool:
    """Say whether a mail program's header block begins here: `From:` and soon `Sent:`, in any of the languages."""
    table = load_table("replies")["cut"]
    if _field(lines[at]) not in table["from"]:
        return False
    return any(_field(line) in table["sent"] for line in lines[at + 1 : at + 4])


def _field(line: str) -> str:
    match = _FIELD.match(line[:200])
    return match[1].casefold() if match else ""


def _without_ours(lines: list[str], ours: Iterable[str]) -> list[str]:
    known = {_squashed(line) for body in ours for line in body.split("\n")}
    known = {line for line in known if line.count(" ") >= _OURS_WORDS - 1}
    return [line for line in lines if _squashed(line) not in known]


def _squashed(line: str) -> str:
    return " ".join(fold(line).split())


def _without_signature(lines: list[str]) -> list[str]:
    """Return the lines without what follows a closing, `-- ` or a phone's line; a postscript stays."""
    table = load_table("replies")["cut"]
    for at, line in enumerate(lines):
        low = line.strip().casefold()
        closes = low.rstrip(",.! ") in table["closing"] and any(before.strip() for before in lines[:at])
        if line.rstrip() == "--" or closes or low.startswith(tuple(table["device"])):
            lines = [*lines[:at], *(_postscript(lines[at + 1 :]))]
            break
    for at, line in enumerate(lines):
        # A firm's notice stands in a paragraph of its own, and is long.
        if at and len(line) > 120 and line.strip().casefold().startswith(tuple(table["notice"])):
            return lines[:at]
    return lines


def _postscript(lines: list[str]) -> list[str]:
    begins = next((at for at, line in enumerate(lines) if _POSTSCRIPT.match(line)), None)
    return [] if begins is None else ["", *lines[begins:]]


class _Text(HTMLParser):
    """Collects what a reader would see of a page, without quoted blocks."""

    _SILENT = frozenset({"script", "style", "head", "blockquote", "title"})
    _BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "table"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        quoted = "gmail_quote" in (named.get("class") or "")
        unseen = "display:none" in (named.get("style") or "").replace(" ", "")
        if tag in self._SILENT or self._silent or ((quoted or unseen) and tag == "div"):
            if tag not in {"br", "img", "hr", "meta", "link", "input"}:
                self._silent.append(tag)
        elif tag in self._BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        elif tag in {"p", "div", "tr", "li"}:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def _without_html(text: str) -> str:
    parser = _Text()
    parser.feed(text)
    parser.close()
    return html.unescape("".join(parser.pieces))
