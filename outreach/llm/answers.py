"""The body of a 200 in; a completion with sane token counts out, or a fault where it is no completion."""

import json
import re
from typing import Any

from outreach.domain.completions import Completion, Usage
from outreach.llm.faults import HttpRefusal
from outreach.llm.provider import ResponseFormat, TransientError

#: More tokens than any model takes or gives: a count beyond it is a mistake, not a bill.
_MOST_TOKENS = 10_000_000
#: A reasoning model's thoughts, which some local servers leave at the head of the answer.
_THOUGHTS = re.compile(r"\A\s*<(think|thinking|thought)>.*?</\1>\s*", re.DOTALL | re.IGNORECASE)


def read_answer(body: str, provider: str, model: str, response_format: ResponseFormat) -> Completion:
    """Read a chat completion.

    Raises:
        TransientError: the body is a web page, half an answer, or no chat completion.
        HttpRefusal: it holds an error in spite of the 200, as some gateways send it.
    """
    value = _parsed(body)
    choices = value.get("choices")
    if not isinstance(choices, list) or not choices:
        if "error" in value:
            raise HttpRefusal(_status_within(value["error"]), {}, body)
        raise TransientError("the provider's answer holds no choices", may_cost=True)
    choice = choices[0] if isinstance(choices[0], dict) else {}
    message = choice.get("message")
    if not isinstance(message, dict):
        raise TransientError("the provider's answer holds no message", may_cost=True)
    text, finish = _content(message.get("content")), str(choice.get("finish_reason") or "stop")
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal.strip() and not text.strip():
        text, finish = refusal, "refusal"
    return Completion(text=_THOUGHTS.sub("", text), provider=provider, model=model, usage=read_usage(value.get("usage")),
                      finish_reason=finish, response_format=response_format)  # fmt: skip


def read_usage(value: Any) -> Usage:
    """Return the tokens that were reported; all zero where any count is missing, negative or not a number.

    Zero input tokens cannot be true, so zero is read as "unknown" by whoever counts money.
    """
    if not isinstance(value, dict):
        return Usage()
    details = value.get("prompt_tokens_details")
    details = details if isinstance(details, dict) else {}
    spent = [_count(value.get("prompt_tokens")), _count(value.get("completion_tokens"))]
    cached = _count(details.get("cached_tokens") or value.get("prompt_cache_hit_tokens") or 0)
    written = _count(details.get("cache_write_tokens") or 0)
    if None in spent or cached is None or written is None or cached + written > (spent[0] or 0):
        return (
            Usage(input_tokens=spent[0] or 0, output_tokens=spent[1] or 0) if None not in spent else Usage()
        )
    return Usage(
        input_tokens=spent[0] or 0,
        output_tokens=spent[1] or 0,
        cached_tokens=cached,
        cache_write_tokens=written,
    )


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124  (NaN)
        return None
    return int(value) if 0 <= value <= _MOST_TOKENS else None


def _parsed(body: str) -> dict[str, Any]:
    if not body.strip():
        raise TransientError("the provider sent an empty body", may_cost=True)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        what = "a web page" if body.lstrip()[:1] == "<" else "half an answer, or none in JSON"
        raise TransientError(f"the provider sent {what}", may_cost=True,
                             hint="if it stays so, check base_url") from None  # fmt: skip
    if not isinstance(value, dict):
        raise TransientError("the provider's answer is no JSON object", may_cost=True)
    return value


def _content(value: Any) -> str:
    """Return the text of a message's content: a string, or a list of parts (reasoning parts are left out)."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    return "".join(part["text"] for part in value if isinstance(part, dict) and part.get("type") == "text"
                   and isinstance(part.get("text"), str))  # fmt: skip


def _status_within(error: Any) -> int:
    code = str(error.get("code", error.get("status"))) if isinstance(error, dict) else ""
    return int(code) if code.isdecimal() and 400 <= int(code) < 600 else 502
