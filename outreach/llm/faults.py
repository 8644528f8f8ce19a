"""A refused HTTP request in; the error that says whether another try, another prompt or another run can succeed out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outreach.errors import AnswerError, CallError, OutreachError, ProviderError
from outreach.llm.presets import ModelChoice
from outreach.llm.provider import TransientError
from outreach.llm.waiting import retry_after_s

#: `error.code` or `error.type` of a 429 that no waiting mends: the account is out of money or over its own limit.
_QUOTA = re.compile(
    r"insufficient_quota|credit_balance_exhausted|(organization|project)_(spend|usage)_limit_exceeded"
    r"|billing_(not_active|hard_limit_reached)|insufficient[ _]balance",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"model_?not_?found|(unknown|invalid|no such) model|invalid_model"
    r"|model [^ ]+ (does not exist|not found|is not supported|is not available)",
    re.IGNORECASE,
)
_BAD_KEY = re.compile(
    r"(invalid|incorrect|missing|no)[ _]api[ _]?key|api[ _]key[ _](not[ _]valid|invalid|expired)",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_filter|content_policy_violation|moderation|flagged|responsibleai", re.IGNORECASE
)
_TOO_LONG = re.compile(
    r"context_length|context length|maximum context|too (long|large)|too many tokens", re.IGNORECASE
)

#: 408 request timeout, 409 conflict, 425 too early: the standard's own words say "try again".
_AGAIN = frozenset({408, 409, 425})


@dataclass
class HttpRefusal(Exception):  # noqa: N818  (an answer of the server; the errors are what `error_of` makes of it)
    """An answer that is no completion: status, headers in lower case, and the start of the body."""

    status: int
    headers: Mapping[str, str]
    body: str

    def details(self) -> str:
        """Return code, type, parameter and message of the body's error object, else the body itself."""
        error = _error_object(self.body)
        if error is None:
            return self.body
        return " ".join(str(error[key]) for key in ("code", "type", "param", "message") if error.get(key))

    def message(self) -> str:
        """Return what the provider says, one short line without control characters; empty for a web page."""
        error = _error_object(self.body)
        text = str(error.get("message") or error.get("code") or "") if error else self.body
        if error is None and "<" in text[:200]:
            return ""
        return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()[:200]


def error_of(refusal: HttpRefusal, choice: ModelChoice) -> OutreachError:
    """Return the error that a refused request deserves."""
    status, details = refusal.status, refusal.details()
    wait = retry_after_s(refusal.headers)
    said = f": {message}" if (message := refusal.message()) else ""
    if 300 <= status < 400:
        return ProviderError(f"{choice.provider} redirects elsewhere ({status}), and a key is never sent along",
                             hint="write the address it redirects to as base_url")  # fmt: skip
    if _is_quota(status, details, wait):
        return ProviderError(f"{choice.provider} refuses: the account's quota or credit is used up ({status}){said}",
                             hint="check plan and billing there; drafts already made are kept")  # fmt: skip
    if status in {429, *_AGAIN} or status >= 500 or (status == 402 and wait is not None):
        what = "is rate limited" if status == 429 else "failed"
        return TransientError(
            f"{choice.provider} {what} ({status}){said}",
            retry_after_s=wait,
            rate_limited=status in {402, 429},
        )
    return _refused(status, details, said, choice)


def _refused(status: int, details: str, said: str, choice: ModelChoice) -> OutreachError:
    """Return the error for a 4xx that the same request would meet again: the run's fault, or this prompt's."""
    if status == 401 or _BAD_KEY.search(details):
        return _refused_key(status, choice)
    if _FILTERED.search(details):
        return AnswerError(f"{choice.provider}'s content filter refused the prompt{said}",
                           hint="look at this prospect's texts with `outreach preview`")  # fmt: skip
    if status == 403 or status in {404, 405, 410} or _MODEL.search(details):
        return _refused_setup(status, details, said, choice)
    if _TOO_LONG.search(details):
        return CallError(
            f"the prompt is too long for {choice.label}{said}", hint="shorten the prospect's texts"
        )
    return CallError(
        f"{choice.provider} refused the request ({status}){said}",
        hint="see `outreach preview` for the prompt",
    )


def _refused_key(status: int, choice: ModelChoice) -> ProviderError:
    # What the provider says may echo the key, so it is left out.
    if choice.api_key is None:
        return ProviderError(f"{choice.provider} wants a key ({status})", hint=f"set {choice.key_env}")
    return ProviderError(f"{choice.provider} refused the key in {choice.key_env} ({status})",
                         hint=f"check {choice.key_env}, and that it belongs to {choice.address.host}")  # fmt: skip


def _refused_setup(status: int, details: str, said: str, choice: ModelChoice) -> ProviderError:
    if _MODEL.search(details):
        return ProviderError(f"{choice.provider} does not know the model {choice.model!r} ({status}){said}",
                             hint="check the name after the colon in --model")  # fmt: skip
    if status == 403:
        return ProviderError(f"{choice.provider} forbids it ({status}){said}",
                             hint=f"check what the key in {choice.key_env} may do")  # fmt: skip
    return ProviderError(f"nothing answers at {choice.base_url} ({status}){said}",
                         hint="check base_url (it often ends in /v1) and the model's name")  # fmt: skip


def _is_quota(status: int, details: str, wait: float | None) -> bool:
    # 402 with Retry-After is OpenRouter's word for a budget that the calls in flight hold.
    return (status == 402 and wait is None) or (status in {402, 403, 429} and bool(_QUOTA.search(details)))


def _error_object(body: str) -> dict[str, Any] | None:
    """Return the error object of a JSON body, in the shapes that compatible servers use; None for anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list) and value:  # Gemini wraps it in a list
        value = value[0]
    if not isinstance(value, dict):
        return None
    error = value.get("error", value)
    if isinstance(error, str):  # Ollama, llama.cpp
        return {"message": error}
    return error if isinstance(error, dict) else None
