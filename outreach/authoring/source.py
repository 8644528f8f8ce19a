"""A file that somebody else wrote (.txt, .md, .html) in; its visible text by lines out, without what is hidden or gives orders."""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from outreach.authoring.wording import written_in
from outreach.errors import FileError
from outreach.intake.suspicion import suspicious
from outreach.text.hidden import clean_text
from outreach.workspace.files import read_text

#: About ten pages. What goes beyond is left out, and that is said: a model's price and a reader's patience have limits.
MAX_CHARS = 24_000
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_LINE_CHARS = 1_500
ENDINGS = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})

_BULLET = re.compile(r"(?:[-*•·▪‣–—●○✓✔]|\d{1,2}[.)])\s+(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+")
_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_BOLD_LINE = re.compile(r"\*\*[^*]+\*\*:?")
#: A line as long as this was broken by an editor, not by its writer.
_WRAPPED_CHARS = 55
_RULE = re.compile(r"[-=_*]{3,}")


@dataclass(frozen=True)
class Line:
    """A line of the source, without its marks."""

    text: str
    kind: Literal["heading", "bullet", "text"]
    number: int


@dataclass(frozen=True)
class Source:
    """What a source says to whoever reads it."""

    name: str
    lines: tuple[Line, ...]
    #: The language it is written in, by its small words.
    language: str
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text, with marks of headings and bullets."""
        marks = {"heading": "# ", "bullet": "- ", "text": ""}
        return "\n".join(marks[line.kind] + line.text for line in self.lines)


def read_source(path: Path, otherwise: str) -> Source:
    """Read a source file.

    Args:
        path: the file; its ending says what it is.
        otherwise: the language where its words do not tell.

    Raises:
        FileError: it is no text that we read, is empty, or too large.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        hint = "copy its text into a .txt file" if ending in {".pdf", ".docx", ".doc", ".odt", ".rtf"} else ""
        raise FileError(f"a {ending or 'file without an ending'} is not read here", where=path,
                        hint=hint or f"name a file that ends in {', '.join(sorted(ENDINGS))}")  # fmt: skip
    raw = read_text(path, what="source file")
    if len(raw.encode("utf-8", "replace")) > MAX_FILE_BYTES:
        raise FileError(
            "the file is larger than 4 MB", where=path, hint="copy the page you mean into a .txt file"
        )
    notes: list[str] = []
    text = _visible(raw) if ending.startswith(".htm") else raw
    cleaned = clean_text(text)
    if cleaned.flags:
        notes.append(f"taken out, for no reader sees it: {', '.join(cleaned.flags)}")
    text = cleaned.text
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS].rsplit("\n", 1)[0]
        notes.append(f"only the first {len(text)} characters were read; {MAX_CHARS} is the most")
    lines, orders = _without_orders(_lines(text, markdown=not ending.startswith(".htm")))
    notes += orders
    if not lines:
        raise FileError("there is no text in this file", where=path, hint="save the page's text in it")
    language = written_in("\n".join(line.text for line in lines), otherwise)
    return Source(path.name, tuple(lines), language, tuple(notes))


def _lines(text: str, *, markdown: bool) -> list[Line]:
    """Return the lines without their marks, each paragraph and bullet on one even where the file breaks it over several."""
    found: list[Line] = []
    goes_on = False
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        plain = " ".join(raw.split())
        if not plain or _RULE.fullmatch(plain):
            goes_on = False
            continue
        kind, plain = _marked(plain)
        if markdown:
            plain = _MARKUP.sub("", _LINK.sub(r"\1", plain)).strip()
        if goes_on and kind == "text" and found[-1].kind != "heading" and _continues(plain):
            found[-1] = replace(found[-1], text=f"{found[-1].text} {plain}")
        else:
            found += [Line(part, kind, number) for part in _parts(plain) if part]
        goes_on = (
            bool(found)
            and markdown
            and len(" ".join(raw.split())) >= _WRAPPED_CHARS
            and plain[-1:] not in ".!?:;"
        )
    return found


def _marked(plain: str) -> tuple[Literal["heading", "bullet", "text"], str]:
    """Return what a line is by its marks, and the line without them."""
    if match := _HEADING.match(plain):
        return "heading", plain[match.end() :]
    if match := _BULLET.match(plain):
        return "bullet", plain[match.end() :]
    return ("heading" if _BOLD_LINE.fullmatch(plain) else "text"), plain


def _continues(plain: str) -> bool:
    """Say whether a line can be the rest of a long line before it: anything but a short line in capitals or with a colon."""
    return not plain.endswith(":") or plain[0].islower()


def _parts(text: str) -> list[str]:
    """Cut a line that is a whole page: a saved website may have no line ends at all."""
    return [text[at : at + MAX_LINE_CHARS] for at in range(0, len(text), MAX_LINE_CHARS)]


def _without_orders(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Leave out lines that speak to a machine instead of a reader: nothing in them is a statement of the source."""
    kept, notes = [], []
    for line in lines:
        reasons = suspicious(line.text)
        if reasons:
            notes.append(
                f"line {line.number} was left out: it looks like an instruction to a machine ({reasons[0]})"
            )
        else:
            kept.append(line)
    return kept, notes


_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
_SILENT = frozenset("script style template noscript svg head select button".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)",
    re.IGNORECASE,
)


class _Page(HTMLParser):
    """Collects the text of a page that a reader sees, one block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        #: Open elements inside one that is not shown; empty while text is shown.
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden or self._is_hidden(tag, dict(attrs)):
            if tag not in _VOID:
                self.hidden.append(tag)
            return
        if tag in _BLOCKS:
            self.pieces.append(
                "\n" + ("# " if tag[0] == "h" and tag[1:].isdigit() else "- " if tag == "li" else "")
            )

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
            return
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data.replace("\n", " "))

    @staticmethod
    def _is_hidden(tag: str, attrs: dict[str, str | None]) -> bool:
        unseen = (
            "hidden" in attrs
            or attrs.get("aria-hidden") == "true"
            or bool(_UNSEEN.search(attrs.get("style") or ""))
        )
        return tag in _SILENT or unseen


def _visible(html: str) -> str:
    page = _Page()
    page.feed(html)
    page.close()
    return "".join(page.pieces)
