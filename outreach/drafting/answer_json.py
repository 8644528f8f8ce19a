"""The text of a completion in; its messages out as far as they can be read: JSON in any wrapping, else headed text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from outreach.errors import AnswerError
from outreach.text.json_values import json_values

#: Longer answers than this are no sequence of messages; nothing of them is read.
MAX_ANSWER_CHARS = 200_000
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BODY_KEYS = ("paragraphs", "body", "message")
_STEP_HEADING = re.compile(
    r"^[\s*_#>\-]*(?:step|message|email|paso|mensaje|correo|etapa|passo|mensagem|schritt|nachricht|étape)\s*#?(\d{1,2})\b[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SHAPE = 'answer with one JSON object: {"messages":[{"step":…,"subject":…,"paragraphs":[[{"text":…,"rests_on":[…]}]]}]}'


@dataclass(frozen=True)
class RawSentence:
    """A sentence as the model gave it, with the ids that it says the sentence rests on."""

    text: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawMessage:
    """A message as the model gave it: nothing is cleaned or believed yet."""

    step: int | None
    subject: str | None
    paragraphs: tuple[tuple[RawSentence, ...], ...]


def read_messages(text: str) -> list[RawMessage]:
    """Return the messages of an answer, in its order. Raises AnswerError, which says what to tell the model."""
    if not text.strip():
        raise AnswerError(f"it was empty; {_SHAPE}")
    if len(text) > MAX_ANSWER_CHARS:
        raise AnswerError(f"it was far too long; {_SHAPE}")
    for source in (text, _TRAILING_COMMA.sub(r"\1", text)):
        alone: list[dict[str, Any]] = []
        for value in json_values(source):
            if found := _messages_in(value):
                return [_message(item) for item in found]
            if _is_message(value):
                alone.append(value)
        if alone:  # one object a message, or the whole ones of a broken list
            return [_message(item) for item in alone]
    if "{" not in text and (headed := list(_headed(text))):
        return headed
    raise AnswerError(f"it was no JSON of the asked-for shape; {_SHAPE}")


def _messages_in(value: Any) -> list[dict[str, Any]]:
    """Return the list of messages in a value, which stands under `messages` (or a like key) or is the list itself."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("messages", "steps", "sequence") if key in value), None)
    if isinstance(value, list) and value and all(_is_message(item) for item in value):
        return value
    return []


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and ("step" in value or any(key in value for key in _BODY_KEYS))


def _message(item: dict[str, Any]) -> RawMessage:
    step = item.get("step")
    subject = item.get("subject")
    body = next((item[key] for key in _BODY_KEYS if key in item), None)
    return RawMessage(
        step=int(step)
        if isinstance(step, int) or (isinstance(step, str) and step.strip().isdecimal())
        else None,
        subject=subject if isinstance(subject, str) else None,
        paragraphs=tuple(_paragraphs(body)),
    )


def _paragraphs(body: Any) -> Iterator[tuple[RawSentence, ...]]:
    """Yield the paragraphs of a body: lists of sentences, plain texts, or one text for all."""
    if isinstance(body, str):
        for part in re.split(r"\n\s*\n", body):
            yield (RawSentence(part),)
    elif isinstance(body, list):
        # A flat list of sentences is one paragraph; a list of texts is a paragraph each.
        if body and all(isinstance(part, dict) and "sentences" not in part for part in body):
            yield tuple(_sentence(part) for part in body)
            return
        for part in body:
            inner = part.get("sentences", part.get("text")) if isinstance(part, dict) else part
            if isinstance(inner, str):
                yield (RawSentence(inner),)
            elif isinstance(inner, list):
                yield tuple(_sentence(sentence) for sentence in inner)


def _sentence(item: Any) -> RawSentence:
    if isinstance(item, str):
        return RawSentence(item)
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise AnswerError(f'a sentence had no "text"; {_SHAPE}')
    ids = item.get("rests_on")
    ids = [ids] if isinstance(ids, str) else ids if isinstance(ids, list) else []
    return RawSentence(item["text"], tuple(one for one in ids if isinstance(one, str)))


def _headed(text: str) -> Iterator[RawMessage]:
    """Yield the messages of a plain text in which each stands under a heading with its number."""
    heads = list(_STEP_HEADING.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        body = text[head.end() : end].strip()
        yield RawMessage(
            int(head[1]), None, tuple((RawSentence(part),) for part in re.split(r"\n\s*\n", body))
        )
