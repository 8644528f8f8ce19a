"""Texts in; the lines of a commented YAML file out, which the strict reader reads back as the same texts."""

import json
import re
from collections.abc import Iterable, Sequence

from outreach.authoring.sheet import Item

#: Opens what a person still has to say; `lint` looks for it.
FILL_IN = "fill in: "
MAX_QUOTE_CHARS = 240
_PLAIN = re.compile(r"[^\W_](?:[\w .()/&+%-]*[\w)%+])?")
#: What YAML or a reader could take for something else than text.
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: plain where nothing in it could mean anything else, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT and not text[0].isdigit():
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(values: Iterable[str]) -> str:
    """Return a list on one line."""
    return f"[{', '.join(scalar(value) for value in values)}]"


def localised(text: str, language: str, own: str) -> str:
    """Return a text: bare in the workspace's language `own`, else with the code of its language."""
    return scalar(text) if language == own else f"{{{language}: {scalar(text)}}}"


def comment(text: str, indent: str = "") -> str:
    """Return a comment on one line."""
    return f"{indent}# {' '.join(text.split())}"


def evidence(item: Item, source: str, indent: str = "") -> list[str]:
    """Return the comment that stands above an item: where it was read, or why it is what it is."""
    lines = [comment(item.note, indent)] if item.note else []
    if item.quote:
        quote = " ".join(item.quote.split())
        shown = quote if len(quote) <= MAX_QUOTE_CHARS else quote[: MAX_QUOTE_CHARS - 1].rstrip() + "…"
        lines.append(comment(f"{source}: “{shown}”" if source else f"“{shown}”", indent))
    return lines


def fill_in(key: str, what: str, example: Sequence[str] = ()) -> list[str]:
    """Return a comment that asks for what a file lacks, with the lines to write in its place."""
    return [comment(f"{FILL_IN}{key}: {what}"), *(f"# {line}" for line in example)]
