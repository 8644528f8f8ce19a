"""YAML text in; plain dicts, lists and strings with their line numbers out. Anchors, aliases, tags and duplicate keys are refused.

Why not `yaml.safe_load`: it expands aliases (843 bytes of merge keys run for 20 s), turns `NO` into False and `1.10` into
1.1, and keeps the last of two equal keys in silence. Here scalars stay text; types come from the records.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from outreach.errors import FileError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20

#: Where a value stands: keys and list positions from the root.
Place = tuple[str | int, ...]


@dataclass
class Document:
    """A parsed file: its value, and the line (from 1) of every place in it."""

    path: Path
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)

    def line_of(self, place: Place) -> int:
        """Return the line of a place, or of the nearest known place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def parse_yaml(text: str, path: Path) -> Document:
    """Parse a YAML text; `path` only names it in errors. Raises FileError with the line of the first fault."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise FileError(
            "the file is too large", where=path, hint=f"a YAML file may have {MAX_BYTES // 1024} KB"
        )
    document = Document(path)
    try:
        events = _content(yaml.parse(text.removeprefix("\ufeff"), Loader=_FAST_LOADER), path)
        first = next(events, None)
        if first is not None:
            document.value = _value(first, events, (), document)
            next(events, None)  # a second document is refused even where the first is whole
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 1 if mark else None
        raise FileError(
            f"not valid YAML: {problem}", where=path, line=line, hint=_yaml_hint(str(problem))
        ) from None
    except ValueError as error:  # a character that YAML does not allow
        raise FileError(
            f"not valid YAML: {error}", where=path, hint="save the file as plain UTF-8 text"
        ) from None
    return document


_FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _content(events: Iterator[Any], path: Path) -> Iterator[Any]:
    """Yield the events that carry content, and refuse a second document."""
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                mark = event.start_mark
                raise FileError("a second document starts here", where=path, line=mark.line + 1 if mark else None,
                                hint="one file holds one document: remove the `---` line")  # fmt: skip
        elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _value(event: Any, events: Iterator[Any], place: Place, document: Document) -> Any:
    line = event.start_mark.line + 1
    _refuse_tricks(event, line, place, document.path)
    document.lines.setdefault(place, line)
    if isinstance(event, yaml.ScalarEvent):
        return None if not event.style and event.value in {"", "~", "null"} else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_value(item, events, (*place, len(items)), document))
        return items
    return _mapping(events, place, document)


def _mapping(events: Iterator[Any], place: Place, document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent):
            if isinstance(key, yaml.AliasEvent):
                _refuse_tricks(key, line, place, document.path)
            raise FileError(
                "a key must be plain text", where=document.path, line=line, hint="write `name: value`"
            )
        _refuse_tricks(key, line, place, document.path)
        if key.value == "<<":
            raise FileError(
                "merge keys (<<) are not allowed", where=document.path, line=line, hint="write the keys out"
            )
        if key.value in found:
            first = document.line_of((*place, key.value))
            raise FileError(f"key {key.value!r} stands twice", where=document.path, line=line,
                            hint=f"the first is in line {first}; keep one")  # fmt: skip
        document.lines[*place, key.value] = line
        found[key.value] = _value(next(events), events, (*place, key.value), document)
    return found


def _refuse_tricks(event: Any, line: int, place: Place, path: Path) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise FileError("anchors and aliases (& and *) are not allowed", where=path, line=line,
                        hint="write the value out, or put it in quotes if the sign is meant as text")  # fmt: skip
    tag = getattr(event, "tag", None)
    if tag:
        raise FileError(
            f"tags such as {tag!r} are not allowed", where=path, line=line, hint="remove the `!…`"
        )
    if len(place) > MAX_DEPTH:
        raise FileError("nested too deep", where=path, line=line, hint=f"at most {MAX_DEPTH} levels")


def _yaml_hint(problem: str) -> str:
    if "tab" in problem or "\\t" in problem:
        return "indent with spaces, not with tabs"
    if "mapping values are not allowed" in problem:
        return "a text that holds `: ` belongs in quotes"
    return "check the indentation, and put texts with special signs in quotes"
