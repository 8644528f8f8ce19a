"""What goes to an LLM and what comes back: prompts, completions, tokens and cost."""

from typing import Any, Literal

from pydantic import Field

from outreach.domain.record import Record


class PromptMessage(Record):
    """One chat message. Prospect text never stands in the system role."""

    role: Literal["system", "user", "assistant"]
    content: str


class Prompt(Record):
    """Exactly what an LLM gets."""

    task: str = Field(description="sequence, repair, redraft or judge")
    variant: str
    messages: tuple[PromptMessage, ...]
    answer_schema: dict[str, Any] | None = Field(
        None, description="JSON Schema of the answer; None: free text"
    )
    schema_name: str = "answer"
    stable_chars: int = Field(
        0, description="characters at the start that are equal for every prospect of a persona"
    )

    @property
    def stable_share(self) -> float:
        """The part of the text, 0 to 1, that is equal for every prospect of a persona: what a provider's cache can serve."""
        texts = "".join(message.content for message in self.messages)
        return len(texts[: self.stable_chars].encode()) / max(1, len(texts.encode()))


class Usage(Record):
    """Tokens and money of one call. `cost_usd` is None where the price of the model is not known."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = Field(0, description="input tokens that the provider's prompt cache served")
    cache_write_tokens: int = Field(0, description="input tokens billed as written to that cache")
    cost_usd: float | None = None


class Completion(Record):
    """One answer of an LLM."""

    text: str
    provider: str
    model: str
    usage: Usage = Usage()
    finish_reason: str = "stop"
    cached: bool = Field(default=False, description="served from our cache: nothing was paid")
    response_format: Literal["json_schema", "json_object", "text"] = "text"
