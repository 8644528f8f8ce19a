"""Nothing in; the JSON Schemas of an LLM's answers out, in the subset that strict structured outputs accept."""

from typing import Any


def sequence_schema() -> dict[str, Any]:
    """Return the schema of drafted messages. It holds nothing of a prospect, so that it can be cached with the prompt."""
    sentence = strict_object(text={"type": "string"}, rests_on={"type": "array", "items": {"type": "string"}})
    paragraph = {"type": "array", "items": sentence}
    message = strict_object(
        step={"type": "integer"},
        subject={"type": ["string", "null"]},
        paragraphs={"type": "array", "items": paragraph},
    )
    return strict_object(messages={"type": "array", "items": message})


def strict_object(**properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object; strict mode wants every property required and none besides."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
