"""The text of `voice.md` in; the same document as `voice.yaml` would give out, with the line of each part."""

import re
from pathlib import Path
from typing import Any

from outreach.errors import FileError
from outreach.workspace.files import near_match
from outreach.workspace.strict_yaml import Document, parse_yaml

#: Section headings, folded, and the key that each is.
SECTIONS = {"samples": "samples", "do": "do", "don't": "dont", "dont": "dont", "do not": "dont", "signature": "signature"}  # fmt: skip
_SHOWN = "## Samples, ## Do, ## Don't, ## Signature"

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,})\s*$")
_BULLET = re.compile(r"\s*[-*+]\s+(.*)$")
_LANG = re.compile(r"\s*lang\s*:\s*(\S+)\s*$", re.IGNORECASE)

#: A line of the file with its number.
_Line = tuple[int, str]


def read_sections(text: str, path: Path) -> Document:
    """Return the parsed file. Raises FileError with the line of the first fault.

    Comments (`<!-- … -->`) are no part of it; front matter between two `---` lines may say `lang:`.
    """
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    front, body, first = _front_matter(text)
    document = Document(path, {}, {(): 1})
    if front is not None:
        head = parse_yaml("\n" + front, path)
        document = Document(path, head.value or {}, head.lines)
        if not isinstance(document.value, dict):
            raise FileError("front matter holds `key: value` lines", where=path, line=2, hint="lang: en")
    for key, line, lines in _cut(body, first, path):
        if key in document.value:
            raise FileError(f"{key!r} stands twice", where=path, line=line, hint="keep one of the two")
        document.lines[key,] = line
        document.value[key] = _content(key, lines, document)
    return document


def _front_matter(text: str) -> tuple[str | None, str, int]:
    """Return the front matter, what follows it, and the line number at which that begins."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None, text, 1
    for at, line in enumerate(lines[1:], 1):
        if line.strip() == "---":
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :]), at + 2
    return None, text, 1


def _cut(body: str, first: int, path: Path) -> list[tuple[str, int, list[_Line]]]:
    """Return the sections in order: key, line of the heading, lines below it."""
    found: list[tuple[str, int, list[_Line]]] = []
    for number, line in enumerate(body.split("\n"), first):
        heading = _HEADING.match(line)
        if heading and len(heading[1]) == 2:
            found.append((_key(heading[2], number, path), number, []))
        elif found:
            found[-1][2].append((number, line))
        elif line.strip() and not (heading and len(heading[1]) == 1):
            raise FileError("a text before the first section", where=path, line=number,
                            hint=f"put it under one of: {_SHOWN}; a note to yourself stands in <!-- … -->")  # fmt: skip
    return found


def _key(title: str, line: int, path: Path) -> str:
    folded = title.casefold().replace("’", "'").rstrip(":")
    if folded not in SECTIONS:
        raise FileError(f"unknown section {title!r}", where=path, line=line,
                        hint=near_match(folded, SECTIONS) or f"sections: {_SHOWN}")  # fmt: skip
    return SECTIONS[folded]


def _content(key: str, lines: list[_Line], document: Document) -> Any:
    if key == "signature":
        return "\n".join(line.rstrip() for _, line in lines).strip()
    return _samples(lines, document) if key == "samples" else _entries(key, lines, document)


def _samples(lines: list[_Line], document: Document) -> list[dict[str, str]]:
    """Cut samples at `---` lines and at headings; a first line `lang: es` says the language."""
    blocks: list[list[_Line]] = [[]]
    for number, line in lines:
        if _RULE.match(line) or _HEADING.match(line):
            blocks.append([])
        elif line.strip() or blocks[-1]:
            blocks[-1].append((number, line))
    samples: list[dict[str, str]] = []
    for block in blocks:
        if not block:
            continue
        document.lines["samples", len(samples)] = block[0][0]
        said = _LANG.match(block[0][1])
        rest = block[1:] if said else block
        sample = {"text": "\n".join(line.rstrip() for _, line in rest).strip()}
        samples.append(sample | ({"lang": said[1]} if said else {}))
    return samples


def _entries(key: str, lines: list[_Line], document: Document) -> list[str]:
    """Return the lines of a list; an indented line goes on with the one before."""
    entries: list[str] = []
    for number, line in lines:
        bullet = _BULLET.match(line)
        if bullet is None and entries and line[:1].isspace() and line.strip():
            entries[-1] += " " + line.strip()
        elif line.strip():
            document.lines[key, len(entries)] = number
            entries.append(bullet[1] if bullet else line.strip())
    return entries
