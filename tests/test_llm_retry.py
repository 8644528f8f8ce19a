"""Waits: what headers ask for, how tries are spaced, when they end; and the pace that all calls share."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import CallError, ProviderError
from outreach.llm.pacing import Pacer
from outreach.llm.provider import TransientError
from outreach.llm.rate import RateLimiter
from outreach.llm.retry import Retry, RetryPolicy
from outreach.llm.waiting import retry_after_s
from tests.llm_providers import Clock

NOW = datetime(2026, 11, 25, 10, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"retry-after": "0"}, 0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9),
        ({"retry-after": "Wed, 25 Nov 2026 10:00:30 GMT"}, 30),
        ({"retry-after": "Wed, 25 Nov 2026 10:00:30 -0000"}, 30),
        ({"retry-after": "Wed, 25 Nov 2026 12:00:30 +0200"}, 30),
        ({"retry-after": "Wed, 25 Nov 2026 09:00:00 GMT"}, 0),
        ({"retry-after": "Wed, 25 Nov 2026 10:00:30 GMT", "date": "Wed, 25 Nov 2026 10:00:10 GMT"}, 20),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e999"}, None),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": "Wed, 99 Nov 2026 10:00:30 GMT"}, None),
    ],
)
def test_headers(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers, NOW) == seconds


@given(st.dictionaries(st.sampled_from(["retry-after", "retry-after-ms", "date"]), st.text(max_size=40)))
def test_no_header_breaks_the_reading(headers: dict[str, str]) -> None:
    wait = retry_after_s(headers, NOW)
    assert wait is None or wait >= 0


def tries(
    faults: list[TransientError], policy: RetryPolicy | None = None, chance: float = 0.5
) -> tuple[list[float], Any]:
    """Fail with these faults in turn, the last again and again; return the waits and the outcome."""
    clock = Clock()
    left: Iterator[TransientError] = iter(faults)
    state = {"fault": faults[0], "calls": 0}

    async def attempt() -> str:
        state["calls"] += 1
        state["fault"] = next(left, state["fault"])
        raise state["fault"]

    retry = Retry(policy or RetryPolicy(), sleep=clock.sleep, chance=lambda: chance, now=lambda: NOW)
    try:
        outcome: Any = asyncio.run(retry(attempt))
    except CallError as error:
        outcome = error
    except ProviderError as error:
        outcome = error
    return clock.slept, (outcome, state["calls"])


def test_waits_grow_and_end() -> None:
    waits, (error, calls) = tries([TransientError("503")], chance=0.999)
    assert calls == 8
    assert [round(wait, 1) for wait in waits] == [0.5, 1, 2, 4, 8, 16, 32]
    assert type(error).__mro__[1] is CallError
    assert str(error).startswith("503 (8 tries)\nhint: ")
    assert error.__suppress_context__


def test_waits_are_spread_over_half_their_length() -> None:
    low, _ = tries([TransientError("503")], chance=0)
    high, _ = tries([TransientError("503")], chance=0.999)
    assert [round(b / a, 1) for a, b in zip(low, high, strict=True)] == [2.0] * 7


def test_what_the_server_asks_for_is_never_undercut() -> None:
    for chance in (0, 0.5, 0.999):
        waits, _ = tries([TransientError("429", retry_after_s=7, rate_limited=True)], chance=chance)
        assert all(7 <= wait < 8 for wait in waits)


def test_faults_that_may_be_billed_are_tried_less_often() -> None:
    _, (_, calls) = tries([TransientError("timed out", may_cost=True)])
    assert calls == 3
    _, (_, calls) = tries(
        [TransientError("503"), TransientError("half", may_cost=True), TransientError("503")]
    )
    assert calls == 8


def test_all_waits_together_are_bounded() -> None:
    waits, _ = tries([TransientError("429", retry_after_s=50)])
    assert 100 < sum(waits) <= 180


def test_a_longer_wait_than_allowed_ends_the_run_with_the_time() -> None:
    waits, (error, calls) = tries([TransientError("groq is rate limited (429)", retry_after_s=5400)])
    assert isinstance(error, ProviderError)
    assert (waits, calls) == ([], 1)
    assert str(error) == ("groq is rate limited (429); it asks to wait 5400 s\n"
                          "hint: run the command again after 2026-11-25 11:30: only what is missing is done")  # fmt: skip


def test_other_errors_are_not_retried() -> None:
    calls = []

    async def attempt() -> None:
        calls.append(1)
        raise ProviderError("bad key")

    with pytest.raises(ProviderError):
        asyncio.run(Retry()(attempt))
    assert calls == [1]


def test_requests_are_paced() -> None:
    clock = Clock()

    async def run() -> list[float]:
        limiter = RateLimiter(rpm=120, clock=clock, sleep=clock.sleep)
        times = []
        for _ in range(4):
            await limiter.acquire(1000)
            times.append(clock.time)
        return times

    assert asyncio.run(run()) == [0, 0.5, 1.0, 1.5]


def test_tokens_are_paced_and_corrected() -> None:
    clock = Clock()

    async def run() -> list[float]:
        limiter = RateLimiter(tpm=60_000, clock=clock, sleep=clock.sleep)
        times = []
        for used in (2000, 500, 2000):
            await limiter.acquire(2000)
            times.append(clock.time)
            limiter.correct(2000, used)
        await limiter.acquire(10**6)  # larger than a minute's worth: goes out, and is paid off afterwards
        times.append(clock.time)
        return times

    assert asyncio.run(run()) == [0, 2.0, 2.5, 4.5]


def test_parallel_calls_get_their_own_turns() -> None:
    clock = Clock()

    async def run() -> None:
        limiter = RateLimiter(rpm=60, clock=lambda: 0.0, sleep=clock.sleep)
        await asyncio.gather(*(limiter.acquire(1) for _ in range(5)))

    asyncio.run(run())
    assert sorted(clock.slept) == [1, 2, 3, 4]


def test_no_limit_no_wait() -> None:
    clock = Clock()
    asyncio.run(RateLimiter(clock=clock, sleep=clock.sleep).acquire(10**9))
    assert clock.slept == []


def limited(pacer: Pacer, retry_after_s: float | None = None) -> Any:
    async def call() -> None:
        async with pacer.slot():
            await asyncio.sleep(0)
            raise TransientError("429", rate_limited=True, retry_after_s=retry_after_s)

    return call()


def test_one_wave_of_refusals_slows_down_once() -> None:
    async def run() -> tuple[float, float]:
        clock = Clock()
        pacer = Pacer(10, clock=clock, sleep=clock.sleep)
        await asyncio.gather(*(limited(pacer) for _ in range(10)), return_exceptions=True)
        first = pacer.gap_s
        clock.time += 1
        await asyncio.gather(limited(pacer), return_exceptions=True)
        return first, pacer.gap_s

    first, second = asyncio.run(run())
    assert first > 0
    assert second == pytest.approx(first * 1.3)


def test_the_pace_follows_what_is_answered_and_recovers() -> None:
    """A provider that bears four calls a second: refusals end close to its pace, and without them the gap goes away."""

    async def run() -> tuple[float, float, float]:
        clock = Clock()
        pacer = Pacer(1, clock=clock, sleep=clock.sleep)
        borne_at, refused, gaps = 0.0, 0, []
        for _ in range(300):
            clock.time = max(clock.time, pacer._next_start) + 0.02
            if clock.time < borne_at:
                refused += 1
                await asyncio.gather(limited(pacer), return_exceptions=True)
            else:
                borne_at = clock.time + 0.25
                async with pacer.slot():
                    pass
            gaps.append(pacer.gap_s)
        for _ in range(60):
            async with pacer.slot():
                pass
        return refused / 300, sum(gaps[100:]) / 200, pacer.gap_s

    refused, gap_s, last = asyncio.run(run())
    assert refused < 0.5
    assert 0.1 < gap_s < 0.3
    assert last == 0


def test_a_storm_without_answers_is_met_slowly_but_not_for_ever() -> None:
    async def run() -> float:
        clock = Clock()
        pacer = Pacer(4, clock=clock, sleep=clock.sleep)
        for _ in range(60):
            with pytest.raises(TransientError):
                await limited(pacer)
        return pacer.gap_s

    assert asyncio.run(run()) == 2


def test_a_refusal_with_a_wait_holds_everyone_back() -> None:
    clock = Clock()

    async def run() -> None:
        pacer = Pacer(10, clock=clock, sleep=clock.sleep)
        with pytest.raises(TransientError):
            await limited(pacer, retry_after_s=3)
        async with pacer.slot():
            assert clock.time == 3

    asyncio.run(run())


def test_cancelled_waiters_pass_their_place_on() -> None:
    async def run() -> list[int]:
        pacer = Pacer(1)
        done: list[int] = []

        async def call(number: int) -> None:
            async with pacer.slot():
                await asyncio.sleep(0.005)
                done.append(number)

        tasks = [asyncio.create_task(call(number)) for number in range(6)]
        await asyncio.sleep(0.001)
        for number in (0, 1, 4):
            tasks[number].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return done

    assert asyncio.run(asyncio.wait_for(run(), 1)) == [2, 3, 5]


@given(st.integers(1, 8), st.lists(st.sampled_from(["ok", "limited", "failed", "cancelled"]), max_size=40))
def test_no_place_is_ever_lost(concurrency: int, kinds: list[str]) -> None:
    async def run() -> None:
        clock = Clock()
        pacer = Pacer(concurrency, clock=clock, sleep=clock.sleep)
        running = 0

        async def call(kind: str) -> None:
            nonlocal running
            async with pacer.slot():
                running += 1
                try:
                    assert running <= concurrency
                    await asyncio.sleep(0)
                    if kind != "ok":
                        raise TransientError(kind, rate_limited=kind == "limited")
                finally:
                    running -= 1

        tasks = [asyncio.create_task(call(kind)) for kind in kinds]
        await asyncio.sleep(0)
        for task, kind in zip(tasks, kinds, strict=True):
            if kind == "cancelled":
                task.cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 1)
        async with pacer.slot():
            pass

    asyncio.run(run())
