"""Calls in; as fast and as many at once as the provider bears out: slower after each wave of 429, faster with answers."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from outreach.llm.provider import TransientError

#: A wave of 429 lengthens the gap between two starts, but not beyond the pace at which answers came: that is what the
#: provider bears. Each answer shortens it, more than enough to outweigh the 429 that some gateways send at random.
_SLOWER, _FASTER = 1.3, 0.85
_SHORTEST_S, _LONGEST_BLIND_S = 0.001, 2.0
#: The pace of answers is taken over so many seconds, and believed from so many answers on.
_WINDOW_S, _ENOUGH = 10.0, 3


class Pacer:
    """Shares one view of the provider's load among all calls of a run.

    A 429 with Retry-After holds back every call until then, not just the one that met it.
    """

    def __init__(
        self, concurrency: int, *,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        """Allow `concurrency` calls at once, with no gap between their starts to begin with."""
        self.most = concurrency
        self.gap_s = 0.0
        self._clock, self._sleep = clock, sleep
        self._places = asyncio.Semaphore(concurrency)
        self._next_start = self._last_wave = float("-inf")
        self._answered: deque[float] = deque(maxlen=256)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold one place among the calls at once, start in turn, and learn from how the call ends."""
        async with self._places:
            while (wait := self._next_start - self._clock()) > 0:
                await self._sleep(wait)
            started = self._clock()
            self._next_start = started + self.gap_s
            try:
                yield
            except TransientError as fault:
                if fault.rate_limited:
                    self._slow_down(started, fault.retry_after_s)
                raise
            self._answered.append(self._clock())
            self.gap_s = self.gap_s * _FASTER if self.gap_s > _SHORTEST_S else 0.0

    def _slow_down(self, started: float, retry_after_s: float | None) -> None:
        now = self._clock()
        self._next_start = max(self._next_start, now + (retry_after_s or 0))
        # Calls that were on their way at the last wave say nothing about the pace since.
        if started < self._last_wave:
            return
        self._last_wave = now
        recent = [moment for moment in self._answered if moment > now - _WINDOW_S]
        borne_s = (now - recent[0]) / len(recent) if len(recent) >= _ENOUGH else _LONGEST_BLIND_S
        self.gap_s = min(borne_s, max(self.gap_s * _SLOWER, 0.02))
