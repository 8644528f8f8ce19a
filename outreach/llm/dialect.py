"""A prompt and options in; the parameters an endpoint takes out, with what it refused before left out or replaced."""

import json
import re
from typing import Any

from outreach.domain.completions import Prompt
from outreach.llm.faults import HttpRefusal
from outreach.llm.presets import LimitParameter
from outreach.llm.provider import CallOptions, ResponseFormat

_FORMATS: tuple[ResponseFormat, ...] = ("json_schema", "json_object", "text")
_NAMES_FORMAT = re.compile(
    r"response.?format|json.?schema|json.?object|structured.?output|grammar", re.IGNORECASE
)
_NAMES_LIMIT = re.compile(r"max_(completion_)?tokens", re.IGNORECASE)
_UNKNOWN = re.compile(r"unsupported|not supported|unknown|unrecognized|unexpected|extra (inputs|fields)|not permitted|instead",
                      re.IGNORECASE)  # fmt: skip
_NAMES_TEMPERATURE = re.compile(r"temperature", re.IGNORECASE)


class Dialect:
    """What an endpoint has been found to refuse. Lives as long as the run, so that each refusal is met once."""

    def __init__(self, limit_parameter: LimitParameter, strictest: ResponseFormat) -> None:
        """Start with what the table of providers says."""
        self.limit_parameter = limit_parameter
        self.strictest = strictest
        self.takes_temperature = True

    def response_format(self, prompt: Prompt, options: CallOptions) -> ResponseFormat:
        """Return the strictest form that prompt, options and endpoint allow."""
        if prompt.answer_schema is None:
            return "text"
        return max(self.strictest, options.response_format, key=_FORMATS.index)

    def parameters(self, prompt: Prompt, options: CallOptions) -> dict[str, Any]:
        """Return the body of a chat completion request."""
        form = self.response_format(prompt, options)
        parameters: dict[str, Any] = {"model": options.model, "messages": _messages(prompt, form)}
        parameters[self.limit_parameter] = options.max_output_tokens
        if self.takes_temperature and options.temperature is not None:
            parameters["temperature"] = options.temperature
        if form == "json_schema":
            schema = {"name": prompt.schema_name, "schema": prompt.answer_schema, "strict": True}
            parameters["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif form == "json_object":
            parameters["response_format"] = {"type": "json_object"}
        return parameters

    def learn(self, refusal: HttpRefusal, sent: dict[str, Any]) -> bool:
        """Note what a refusal says about the parameters sent; return whether asking again now makes sense.

        Parallel calls learn the same thing at once: a call that sent what is known to be refused by now just asks again.
        """
        if refusal.status not in {400, 404, 422, 500, 501}:
            return False
        details = refusal.details()
        client_error = refusal.status in {400, 422}
        if client_error and _NAMES_TEMPERATURE.search(details) and "temperature" in sent:
            self.takes_temperature = False
            return True
        limit = "max_completion_tokens" if "max_completion_tokens" in sent else "max_tokens"
        if client_error and _NAMES_LIMIT.search(details) and _UNKNOWN.search(details):
            other: LimitParameter = (
                "max_tokens" if limit == "max_completion_tokens" else "max_completion_tokens"
            )
            if self.limit_parameter == limit:
                self.limit_parameter = other
            return True
        if _NAMES_FORMAT.search(details) and "response_format" in sent:
            refused: ResponseFormat = sent["response_format"]["type"]
            looser = _FORMATS[_FORMATS.index(refused) + 1]
            self.strictest = max(self.strictest, looser, key=_FORMATS.index)
            return True
        return False


def _messages(prompt: Prompt, form: ResponseFormat) -> list[dict[str, str]]:
    """Return the messages; where the endpoint does not enforce the schema, it stands at the end of the first one.

    The first message is the stable part, so a provider's prompt cache still hits.
    """
    messages = [{"role": message.role, "content": message.content} for message in prompt.messages]
    if prompt.answer_schema is None or form == "json_schema":
        return messages
    schema = json.dumps(prompt.answer_schema, ensure_ascii=False, sort_keys=True)
    rule = f"Answer with one JSON object and nothing else. It must follow this JSON Schema:\n{schema}"
    if messages and messages[0]["role"] == "system":
        messages[0]["content"] += "\n\n" + rule
        return messages
    return [{"role": "system", "content": rule}, *messages]
