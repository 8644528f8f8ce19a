"""Requests and tokens in; each one's turn out, so that no more than so many go out a minute."""

import asyncio
import time
from collections.abc import Awaitable, Callable


class RateLimiter:
    """Paces calls evenly to `rpm` requests and `tpm` tokens a minute. Waits go by a monotonic clock."""

    def __init__(
        self, rpm: float | None = None, tpm: float | None = None, *,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:  # fmt: skip
        """Take the limits; None is no limit."""
        self._request_s = 60 / rpm if rpm else 0.0
        self._token_s = 60 / tpm if tpm else 0.0
        self._clock, self._sleep = clock, sleep
        self._request_free = self._tokens_free = float("-inf")

    async def acquire(self, tokens: int) -> None:
        """Wait for this call's turn. A call larger than the limit goes out too, and those after it wait longer."""
        now = self._clock()
        turn = max(now, self._request_free, self._tokens_free)
        self._request_free = turn + self._request_s
        self._tokens_free = turn + tokens * self._token_s
        if turn > now:
            await self._sleep(turn - now)

    def correct(self, expected_tokens: int, used_tokens: int) -> None:
        """Give back, or take, what a call used less or more than expected."""
        self._tokens_free += (used_tokens - expected_tokens) * self._token_s
