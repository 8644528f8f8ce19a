"""A source and a kind of file in; the prompt that asks a model for quoted answers out, and its answer as items that are still to be verified."""

from typing import Any

from outreach.authoring.questions import Kind
from outreach.authoring.sheet import Item, Sheet
from outreach.authoring.source import Source
from outreach.domain.completions import Prompt
from outreach.errors import AnswerError
from outreach.prompting.answer_schema import strict_object
from outreach.prompting.environment import Data, PromptEnvironment
from outreach.prompting.fence import fence_token, fenced
from outreach.prompting.prompts import two_part_prompt
from outreach.text.hidden import clean_text
from outreach.text.json_values import json_values

TASK = "author"
MAX_ANSWER_CHARS = 60_000
MAX_ITEM_CHARS = 400
#: More of a sort than a person would read are not looked at.
MAX_ITEMS = 20
#: What is asked for, by file: the questions of the form, and those of them that carry a kind.
ASKED: dict[Kind, tuple[str, ...]] = {
    "persona": ("titles", "responsibilities", "pains", "metrics", "vocabulary"),
    "offer": ("company", "product", "topic", "claims", "asks"),
    "icp": ("industries", "countries", "technologies", "employees_min", "employees_max"),
}
_KINDS = {"claims": ("figure", "peer", "method", "product"), "asks": ("asset", "trial", "meeting")}


def author_prompt(kind: Kind, source: Source, environment: PromptEnvironment, secret: bytes) -> Prompt:
    """Return the prompt. The source stands in the user half only, behind a fence. Raises FileError on a faulty prompt file."""
    token = fence_token(secret, [TASK, kind, source.text])
    stable: Data = {
        "part": "system",
        "lists": [{"name": name, "kind": " or ".join(_KINDS.get(name, ()))} for name in ASKED[kind]],
    }
    own: Data = {"part": "user", "source": fenced(token, "source", source.text)}
    return two_part_prompt(environment, TASK, kind, stable, stable | own, answer_schema(kind))


def answer_schema(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of an answer: for each question a list of texts with quotes, the quote first."""
    text = {"type": "string"}
    lists: dict[str, Any] = {}
    for name in ASKED[kind]:
        extra: dict[str, Any] = (
            {"kind": {"type": "string", "enum": list(_KINDS[name])}} if name in _KINDS else {}
        )
        lists[name] = {"type": "array", "items": strict_object(quote=text, text=text, **extra)}
    return strict_object(**lists)


def read_claimed(kind: Kind, text: str) -> Sheet:
    """Return what a model says it read, by question. Nothing of it is verified yet.

    Raises:
        AnswerError: there is no JSON object of the asked-for shape; it says what to tell the model.
    """
    if len(text) > MAX_ANSWER_CHARS:
        raise AnswerError("it was far too long; answer with one JSON object")
    wanted = set(ASKED[kind])
    found = [value for value in json_values(text) if isinstance(value, dict) and wanted & set(value)]
    if len(found) != 1:
        raise AnswerError("it was no single JSON object of the asked-for shape")
    return {name: items for name in ASKED[kind] if (items := _items(name, found[0].get(name)))}


def _items(name: str, value: Any) -> tuple[Item, ...]:
    entries = value if isinstance(value, list) else []
    return tuple(item for entry in entries[:MAX_ITEMS] if (item := _item(name, entry)) is not None)


def _item(name: str, entry: Any) -> Item | None:
    if not isinstance(entry, dict):
        return None
    said, quote, kind = (entry.get(key) for key in ("text", "quote", "kind"))
    if not isinstance(said, str) or not isinstance(quote, str) or len(said) > MAX_ITEM_CHARS:
        return None
    parts: dict[str, tuple[str, ...]] = {"kind": (kind,)} if kind in _KINDS.get(name, ()) else {}
    return Item(" ".join(clean_text(said).text.split()), " ".join(clean_text(quote).text.split()), parts)
