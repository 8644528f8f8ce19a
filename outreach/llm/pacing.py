"""Calls in; as many at once as the provider bears out: fewer after each wave of 429, more again with every answer."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from outreach.llm.provider import TransientError

#: A wave of 429 takes three places in ten away, a round of answers gives two back. Gentler than TCP's halving: gateways
#: also send 429 at random, and then halving ends at one call at a time.
_CUT = 0.7
_GROWTH = 2.0


class Pacer:
    """Shares one view of the provider's load among all calls of a run.

    A 429 with Retry-After holds back every call until then, not just the one that met it.
    """

    def __init__(
        self, concurrency: int, *,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        """Allow `concurrency` calls at once to begin with, and never more."""
        self.most = concurrency
        self.limit = float(concurrency)
        self._clock, self._sleep = clock, sleep
        self._in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._quiet_until = self._last_cut = float("-inf")

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold one place among the calls at once, and learn from how the call ends."""
        await self._enter()
        try:
            while (wait := self._quiet_until - self._clock()) > 0:
                await self._sleep(wait)
            started = self._clock()
            try:
                yield
            except TransientError as fault:
                if fault.rate_limited:
                    self._slow_down(started, fault.retry_after_s)
                raise
            self.limit = min(self.most, self.limit + _GROWTH / self.limit)
        finally:
            self._in_flight -= 1
            self._wake()

    async def _enter(self) -> None:
        while self._in_flight >= int(self.limit):
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                self._wake()  # the turn may have been ours already: pass it on
                raise
        self._in_flight += 1

    def _wake(self) -> None:
        free = int(self.limit) - self._in_flight
        while free > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1

    def _slow_down(self, started: float, retry_after_s: float | None) -> None:
        now = self._clock()
        # Calls that were on their way at the last cut say nothing about the limit since.
        if started >= self._last_cut:
            self.limit, self._last_cut = max(1.0, self.limit * _CUT), now
        if retry_after_s is not None:
            self._quiet_until = max(self._quiet_until, now + retry_after_s)
