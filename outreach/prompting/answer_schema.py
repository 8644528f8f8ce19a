"""Nothing in; the JSON Schemas of an LLM's answers out, in the subset that strict structured outputs accept."""

from typing import Any


def sequence_schema() -> dict[str, Any]:
    """Return the schema of drafted messages. It holds nothing of a prospect, so that it can be cached with the prompt."""
    sentence = _object(text={"type": "string"}, rests_on={"type": "array", "items": {"type": "string"}})
    paragraph = {"type": "array", "items": sentence}
    message = _object(
        step={"type": "integer"},
        subject={"type": ["string", "null"]},
        paragraphs={"type": "array", "items": paragraph},
    )
    return _object(messages={"type": "array", "items": message})


def judge_schema() -> dict[str, Any]:
    """Return the schema of a judgement: for each message, would the reader answer, and what rests on nothing."""
    step = _object(
        step={"type": "integer"},
        unsupported={"type": "array", "items": {"type": "string"}},
        would_send={"type": "boolean"},
        would_answer={"type": "boolean"},
        reason={"type": "string"},
    )
    return _object(steps={"type": "array", "items": step})


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    """Strict mode wants every property required and none besides."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
