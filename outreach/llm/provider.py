"""The contract of a provider: a prompt and call options in, a completion out, or one of three kinds of failure."""

from typing import Literal, Protocol

from pydantic import Field

from outreach.domain.completions import Completion, Prompt
from outreach.domain.record import Record
from outreach.errors import AnswerError, CallError

ResponseFormat = Literal["json_schema", "json_object", "text"]


class CallOptions(Record):
    """How a prompt is to be answered. All but `timeout_s` change the answer and are part of the cache key."""

    model: str
    temperature: float | None = Field(0.7, ge=0, le=2, description="None: the model's own default")
    max_output_tokens: int = Field(3000, gt=0, description="reasoning tokens count in")
    sample: int = Field(0, ge=0, description="which of several answers to the same prompt")
    timeout_s: float = Field(
        90, gt=0, description="total deadline of one call, from the first byte sent to the last received"
    )
    response_format: ResponseFormat = Field(
        "json_schema", description="the strictest form to ask for, where a schema is given"
    )


class TransientError(CallError):
    """One try failed in a way that another may mend. Caught by the retries; a user sees the CallError they make of it."""

    def __init__(
        self, what: str, *, hint: str = "", retry_after_s: float | None = None,
        rate_limited: bool = False, may_cost: bool = False,
    ) -> None:  # fmt: skip
        """Say what failed, how long the provider asks to wait, and whether the try may be billed all the same."""
        super().__init__(what, hint=hint)
        self.retry_after_s = retry_after_s
        self.rate_limited = rate_limited
        self.may_cost = may_cost


class Provider(Protocol):
    """Something that answers prompts. One instance serves one run and may be called concurrently."""

    name: str
    #: Where it is asked; part of the cache key. Empty where there is no address.
    base_url: str

    async def complete(self, prompt: Prompt, request: CallOptions) -> Completion:
        """Make one try and return what came back, also where it was refused or cut off (`finish_reason` says so).

        Raises:
            TransientError: another try may succeed.
            CallError: this prompt will not be answered.
            ProviderError: no prompt of this run will be answered.
        """
        ...

    async def aclose(self) -> None:
        """Close every connection. Safe to call twice."""
        ...


class CompletionSource(Protocol):
    """Whoever answers prompts for a run: a client with cache, retries and budget, or a fake."""

    async def complete(self, prompt: Prompt, sample: int = 0) -> Completion:
        """Answer a prompt. Raises AnswerError for a refusal, CallError for this call, ProviderError for the run."""
        ...


def check_answer(completion: Completion) -> None:
    """Raise what an unusable answer deserves: TransientError when it is empty, AnswerError when asking again is no retry."""
    if completion.finish_reason == "refusal":
        raise AnswerError(
            f"the model refused: {completion.text[:160]!r}", hint="try another model or prompt variant"
        )
    if completion.finish_reason == "content_filter":
        raise AnswerError("the provider's content filter withheld the answer",
                          hint="look at this prospect's texts with `outreach preview`")  # fmt: skip
    if completion.finish_reason == "length":
        raise AnswerError("the answer was cut off at the token limit",
                          hint="raise max_output_tokens under [model] (reasoning counts in)")  # fmt: skip
    if not completion.text.strip():
        raise TransientError("the provider sent an empty answer", may_cost=True)
