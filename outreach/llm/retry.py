"""One try in; its answer out, after as many tries and waits as the policy allows. The only place that retries calls."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import tenacity

from outreach.errors import CallError, ProviderError
from outreach.llm.provider import TransientError

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long to try. All waits are in seconds."""

    max_tries: int = 8
    #: After a fault that may be billed all the same (a timeout, half an answer), fewer: each try may cost.
    max_costly_tries: int = 3
    first_wait_s: float = 0.5
    #: The longest wait between two tries. A provider that asks for more stops the run, which says when to go on.
    max_wait_s: float = 60
    #: All waits of one call together.
    max_total_wait_s: float = 180


@dataclass
class Retry:
    """Tries again what a TransientError says may succeed. Sleep, chance and clock are passed in for tests."""

    policy: RetryPolicy = field(default_factory=RetryPolicy)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    #: Returns a number in [0, 1): spreads parallel calls, so that they do not come back all at once.
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()

    async def __call__(self, attempt: Callable[[], Awaitable[Answer]]) -> Answer:
        """Run `attempt` until it answers.

        Raises:
            CallError: every allowed try failed.
            ProviderError: the provider asks for a longer wait than `max_wait_s`.
        """
        costly = 0

        async def try_once() -> Answer:
            nonlocal costly
            try:
                return await attempt()
            except TransientError as fault:
                costly += fault.may_cost
                if (fault.retry_after_s or 0) > self.policy.max_wait_s:
                    raise self._too_long(fault) from None
                raise

        def stop(state: tenacity.RetryCallState) -> bool:
            tries_over = (
                state.attempt_number >= self.policy.max_tries or costly >= self.policy.max_costly_tries
            )
            return tries_over or state.idle_for + state.upcoming_sleep > self.policy.max_total_wait_s

        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(TransientError), wait=self._wait, stop=stop,
            sleep=self.sleep, reraise=True,
        )  # fmt: skip
        try:
            return await retrying(try_once)
        except TransientError as fault:
            tries = int(retrying.statistics["attempt_number"])
            raise ExhaustedError(
                f"{fault.what} ({tries} tries)", hint=fault.hint or "run the command again later"
            ) from None

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """Return the wait before the next try: what the server asks for and a little more, else growing and jittered."""
        fault = state.outcome.exception() if state.outcome else None
        if isinstance(fault, TransientError) and fault.retry_after_s is not None:
            return fault.retry_after_s * (1 + 0.1 * self.chance()) + 0.05 * self.chance()
        grown: float = self.policy.first_wait_s * 2.0 ** min(state.attempt_number - 1, 20)
        return min(self.policy.max_wait_s, grown) * (0.5 + 0.5 * self.chance())

    def _too_long(self, fault: TransientError) -> ProviderError:
        wait = timedelta(seconds=min(fault.retry_after_s or 0, 10**7))
        when = (self.now() + wait).strftime("%Y-%m-%d %H:%M")
        return ProviderError(f"{fault.what}; it asks to wait {wait.total_seconds():.0f} s",
                             hint=f"run the command again after {when}: only what is missing is done")  # fmt: skip


class ExhaustedError(CallError):
    """The tries of one call are used up. Caught by the client, which stops a run whose provider never answers."""
