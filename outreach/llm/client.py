"""A prompt in; a completion out: from the cache, else from the provider, within rate, budget and retries, counted."""

import asyncio
import copy
from dataclasses import dataclass, field
from pathlib import Path

from outreach.domain.completions import Completion, Prompt, Usage
from outreach.errors import AnswerError, CallError, OutreachError, ProviderError
from outreach.llm.budget import Budget, Purse, likely_input_tokens
from outreach.llm.cache import CompletionCache, cache_key
from outreach.llm.openai_provider import OpenAIProvider
from outreach.llm.pacing import Pacer
from outreach.llm.presets import ModelChoice
from outreach.llm.prices import find_price
from outreach.llm.provider import CallOptions, Provider, TransientError, check_answer
from outreach.llm.rate import RateLimiter
from outreach.llm.retry import ExhaustedError, Retry
from outreach.workspace.settings import ModelSection

#: So many calls in a row that used up their tries say that the provider is down: the rest of the run is spared them.
_MOST_FAILURES_IN_A_ROW = 5


@dataclass
class Counts:
    """What a run has used. Tokens and cost are of calls that were made, never of cached answers."""

    calls: int = 0
    cached: int = 0
    failed_tries: int = 0
    usage: Usage = field(default_factory=Usage)

    def add(self, usage: Usage) -> None:
        """Add the tokens of one call, and its cost where it is known."""
        old = self.usage
        known = [cost for cost in (old.cost_usd, usage.cost_usd) if cost is not None]
        self.usage = Usage(
            input_tokens=old.input_tokens + usage.input_tokens,
            output_tokens=old.output_tokens + usage.output_tokens,
            cached_tokens=old.cached_tokens + usage.cached_tokens,
            cache_write_tokens=old.cache_write_tokens + usage.cache_write_tokens,
            cost_usd=sum(known) if known else None,
        )


class Client:
    """Answers prompts for one run. Calls may be made concurrently from one event loop."""

    def __init__(
        self, provider: Provider, options: CallOptions, *, cache: CompletionCache | None = None,
        retry: Retry | None = None, rate: RateLimiter | None = None, budget: Budget | None = None, concurrency: int = 8,
        pacer: Pacer | None = None,
    ) -> None:  # fmt: skip
        """Take the parts; what is left out is off, but for retries and pacing, which have defaults."""
        self.provider, self.options, self.cache = provider, options, cache
        self.counts = Counts()
        self._retry = retry or Retry()
        self.rate = rate or RateLimiter()
        self._budget = budget or Budget(None, None)
        self._pacer = pacer or Pacer(concurrency)
        # Calls between two tries hold no place among those at once, but there must not be a crowd of them either.
        self._open = asyncio.Semaphore(2 * self._pacer.most)
        self._in_flight: dict[str, asyncio.Future[Completion]] = {}
        self._first = asyncio.Lock()
        self._answered = False
        self._failures_in_a_row = 0
        self._stopped: ProviderError | None = None

    async def complete(self, prompt: Prompt, sample: int = 0) -> Completion:
        """Return the answer to a prompt; `sample` tells several answers to the same prompt apart.

        Raises:
            AnswerError: it was refused, withheld or cut off.
            CallError: it failed for good; other prompts may succeed.
            ProviderError: the run is over: no further call is made, and cached answers are still served.
        """
        options = self.options.model_copy(update={"sample": sample})
        key = cache_key(prompt, options, self.provider.name, self.provider.base_url)
        while True:
            kept = self.cache.get(key) if self.cache else None
            if kept is not None:
                self.counts.cached += 1
                return kept
            running = self._in_flight.get(key)
            if running is None:
                return await self._lead(key, prompt, options)
            try:
                answer = await asyncio.shield(running)
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if not running.cancelled() or (task and task.cancelling()):
                    raise
                continue  # the call we waited for was cancelled, and we were not: make it ourselves
            self.counts.cached += 1
            return answer.model_copy(update={"cached": True})

    @property
    def calls(self) -> int:
        """Tries that went to the provider."""
        return self.counts.calls

    @property
    def cached(self) -> int:
        """Answers that came from the cache, or from an equal call in flight."""
        return self.counts.cached

    @property
    def input_tokens(self) -> int:
        """Input tokens of the calls made, as reported."""
        return self.counts.usage.input_tokens

    @property
    def output_tokens(self) -> int:
        """Output tokens of the calls made, as reported."""
        return self.counts.usage.output_tokens

    @property
    def cost_usd(self) -> float | None:
        """What the answered calls cost; 0 before the first, None where the model's price is not known."""
        return (self.counts.usage.cost_usd or 0.0) if self._budget.price or not self.calls else None

    @property
    def concurrency(self) -> int:
        """How many calls go out at once, at most."""
        return self._pacer.most

    @property
    def purse(self) -> Purse:
        """What the run may spend; another client of the same run may share it."""
        return self._budget.purse

    def worst_cost(self, prompt: Prompt) -> float | None:
        """Return the most that one call with this prompt can cost in US dollars, or None where no price is known."""
        return self._budget.worst_usd(prompt, self.options) if self._budget.price else None

    @property
    def warnings(self) -> list[str]:
        """What a user should be told of the cache: set aside because it was damaged, or not usable."""
        return self.cache.warnings if self.cache else []

    async def aclose(self) -> None:
        """Close the provider's connections and the cache. Safe to call twice."""
        if self.cache:
            self.cache.close()
        await self.provider.aclose()

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _lead(self, key: str, prompt: Prompt, options: CallOptions) -> Completion:
        """Make the call, and let equal calls that come meanwhile share its outcome."""
        outcome: asyncio.Future[Completion] = asyncio.get_running_loop().create_future()
        self._in_flight[key] = outcome
        try:
            answer = await self._first_alone(prompt, options)
            if self.cache:
                self.cache.put(key, answer)
            outcome.set_result(answer)
        except OutreachError as error:
            outcome.set_exception(copy.copy(error))
            outcome.exception()  # nobody may be waiting, and that is no fault
            raise
        finally:
            del self._in_flight[key]
            if not outcome.done():
                outcome.cancel()
        return answer

    async def _first_alone(self, prompt: Prompt, options: CallOptions) -> Completion:
        """Let no other call out before the provider has answered once: a wrong key is met by one call, not by all."""
        if not self._answered:
            async with self._first:
                if not self._answered:
                    return await self._with_retries(prompt, options)
        async with self._open:
            return await self._with_retries(prompt, options)

    async def _with_retries(self, prompt: Prompt, options: CallOptions) -> Completion:
        try:
            answer = await self._retry(lambda: self._attempt(prompt, options))
        except ProviderError as error:
            self._stopped = self._stopped or error
            raise
        except ExhaustedError as error:
            self._failures_in_a_row += 1
            if self._answered and self._failures_in_a_row < _MOST_FAILURES_IN_A_ROW:
                raise CallError(error.what, hint=error.hint) from None
            self._stopped = ProviderError(
                error.what, hint="the provider is not answering; run the command again later"
            )
            raise self._stopped from None
        except (AnswerError, CallError):
            self._answered = True
            raise
        self._answered, self._failures_in_a_row = True, 0
        return answer

    async def _attempt(self, prompt: Prompt, options: CallOptions) -> Completion:
        """Make one try: wait for a place and a turn, set its worst cost aside, call, and settle what it cost."""
        expected = likely_input_tokens(prompt) + options.max_output_tokens
        worst = self._budget.worst_usd(prompt, options)
        self._stop_if_over()
        async with self._pacer.slot():
            await self.rate.acquire(expected)
            await self._budget.reserve(worst)
            try:
                self._stop_if_over()
                self.counts.calls += 1
                answer = await self.provider.complete(prompt, options)
            except BaseException as error:
                self._settle_failure(worst, error)
                raise
            usage = answer.usage
            usage = usage.model_copy(update={"cost_usd": self._budget.settle(worst, usage)})
            self.counts.add(usage)
            if usage.input_tokens:
                self.rate.correct(expected, usage.input_tokens + usage.output_tokens)
            answer = answer.model_copy(update={"usage": usage})
            check_answer(answer)
            return answer

    def _settle_failure(self, worst: float, error: BaseException) -> None:
        """Count a try that may be billed in spite of its failure as the dearest it can have been."""
        self.counts.failed_tries += isinstance(error, TransientError)
        if isinstance(error, OutreachError) and not getattr(error, "may_cost", False):
            self._budget.release(worst)
        else:
            self._budget.settle(worst, None)

    def _stop_if_over(self) -> None:
        if self._stopped is not None:
            raise copy.copy(
                self._stopped
            )  # one instance raised in many tasks would gather all their tracebacks


def make_client(
    choice: ModelChoice,
    settings: ModelSection,
    max_usd: float | None,
    cache_folder: Path,
    *,
    prices: Path | None = None,
    beside: Client | None = None,
) -> Client:
    """Return a client for a model as the settings ask for it.

    Args:
        choice: provider, model, address and key.
        settings: temperature, limits, deadline and concurrency.
        max_usd: the most the run may cost, in US dollars; None: no cap.
        cache_folder: where answers are kept.
        prices: the workspace's own price table; it may be absent.
        beside: another client of the same run: both spend from its purse and keep answers in its cache, and where they
            ask the same address they share its pace.

    Raises:
        BudgetError: a cap is set, but the model's price is not known.
    """
    price = find_price(choice.provider, choice.model, local=choice.local, own=prices)
    budget = Budget(price, max_usd, beside.purse if beside else None)
    cache = beside.cache if beside and beside.cache else CompletionCache(cache_folder)
    same_address = beside is not None and beside.provider.base_url == choice.base_url
    rate = beside.rate if beside and same_address else RateLimiter(settings.rpm, settings.tpm)
    options = CallOptions(
        model=choice.model, temperature=settings.temperature,
        max_output_tokens=settings.max_output_tokens, timeout_s=settings.timeout_s,
    )  # fmt: skip
    return Client(
        OpenAIProvider(choice),
        options,
        cache=cache,
        rate=rate,
        budget=budget,
        concurrency=settings.concurrency,
    )
