"""What the tests of `outreach.llm` share: a prompt, a choice, a scripted provider, and a clock that does not wait."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from outreach.domain.completions import Completion, Prompt, PromptMessage, Usage
from outreach.llm.addresses import parse_address
from outreach.llm.presets import ModelChoice
from outreach.llm.provider import CallOptions

#: A key that no other text holds: found anywhere but in a request header, it has leaked.
CANARY = "sk-canary-7f3a9c51d2e84b60a1c7e9f05b3d2846"

SCHEMA = {
    "type": "object",
    "properties": {"steps": {"type": "array"}},
    "required": ["steps"],
    "additionalProperties": False,
}


def prompt(text: str = "Write to Ana.", schema: dict[str, Any] | None = None) -> Prompt:
    messages = (PromptMessage(role="system", content="You draft."), PromptMessage(role="user", content=text))
    return Prompt(task="sequence", variant="default", messages=messages, answer_schema=schema)


def choice(url: str, **changes: Any) -> ModelChoice:
    fields: dict[str, Any] = {
        "provider": "openai", "model": "gpt-test", "address": parse_address(url), "key_env": "OPENAI_API_KEY",
        "limit_parameter": "max_completion_tokens", "response_format": "json_schema", "local": False,
        "own_environment": False, "api_key": CANARY,
    }  # fmt: skip
    return ModelChoice(**fields | changes)


def options(**changes: Any) -> CallOptions:
    return CallOptions(**{"model": "gpt-test", "max_output_tokens": 200, "timeout_s": 5} | changes)


def completion(text: str = "Hello.", **changes: Any) -> Completion:
    usage = Usage(input_tokens=100, output_tokens=20)
    return Completion(**{"text": text, "provider": "fake", "model": "gpt-test", "usage": usage} | changes)


class FakeProvider:
    """Answers from a list, its last entry again and again, or from a function; exceptions are raised."""

    name = "fake"
    base_url = ""

    def __init__(
        self, script: Sequence[Any] | Callable[[Prompt, CallOptions], Any], takes_s: float = 0
    ) -> None:
        self.script, self.takes_s = script, takes_s
        self.calls: list[tuple[Prompt, CallOptions]] = []
        self.now = self.most_at_once = 0
        self.closed = False

    async def complete(self, prompt: Prompt, request: CallOptions) -> Completion:
        number = len(self.calls)
        self.calls.append((prompt, request))
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        try:
            await asyncio.sleep(self.takes_s)
        finally:
            self.now -= 1
        if callable(self.script):
            answer = self.script(prompt, request)
        else:
            answer = self.script[min(number, len(self.script) - 1)]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    async def aclose(self) -> None:
        self.closed = True


class Clock:
    """A clock whose sleeps end at once and are written down."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)
