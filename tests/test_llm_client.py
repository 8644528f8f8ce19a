"""The client: first call alone, equal calls made once, stops, budgets, retries and what is counted."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from outreach.domain.completions import Completion, Prompt, Usage
from outreach.errors import AnswerError, BudgetError, CallError, OutreachError, ProviderError
from outreach.llm.budget import Budget, most_input_tokens
from outreach.llm.cache import CompletionCache
from outreach.llm.client import Client, make_client
from outreach.llm.openai_provider import OpenAIProvider
from outreach.llm.pacing import Pacer
from outreach.llm.prices import Price
from outreach.llm.provider import CallOptions, TransientError
from outreach.llm.retry import Retry, RetryPolicy
from outreach.workspace.settings import ModelSection
from tests.llm_providers import CANARY, SCHEMA, Clock, FakeProvider, choice, completion, options, prompt
from tests.loopback import Answer, ScriptedServer, good, hang, refusal

Results = list[Completion | BaseException]


def run(client: Client, work: Callable[[Client], Awaitable[Any]]) -> Any:
    async def inside() -> Any:
        async with client:
            return await work(client)

    return asyncio.run(inside())


def all_of(texts: list[str]) -> Callable[[Client], Awaitable[Results]]:
    return lambda client: asyncio.gather(
        *(client.complete(prompt(text)) for text in texts), return_exceptions=True
    )


def make(script: Any, *, takes_s: float = 0, **parts: Any) -> tuple[Client, FakeProvider]:
    provider = FakeProvider(script, takes_s)
    clock = Clock()
    parts.setdefault("retry", Retry(sleep=clock.sleep, chance=lambda: 0.5))
    return Client(provider, options(), **parts), provider


def test_the_first_call_goes_alone_and_the_others_together() -> None:
    at_once: list[int] = []
    client, provider = make(lambda *_: (at_once.append(provider.now), completion())[1], takes_s=0.01)
    run(client, all_of([f"row {n}" for n in range(9)]))
    assert at_once[0] == 0
    assert provider.calls[0][0].messages[1].content == "row 0"
    assert provider.most_at_once == 8
    assert client.calls == 9
    assert provider.closed


@pytest.mark.parametrize("error", [ProviderError("bad key"), BudgetError("no money")])
def test_a_run_error_stops_every_waiting_call(error: ProviderError) -> None:
    client, provider = make([error], takes_s=0.01)
    results = run(client, all_of([f"row {n}" for n in range(20)]))
    assert len(provider.calls) == 1
    assert {type(result) for result in results} == {type(error)}
    assert {str(result) for result in results} == {str(error)}


def test_calls_after_a_late_run_error_are_not_made(tmp_path: Path) -> None:
    """The fifth call meets an empty account: those in flight end as they do, no other is made, the cache still serves."""
    script: list[Any] = [completion()] * 4 + [ProviderError("quota")]
    cache = CompletionCache(tmp_path / "cache")
    client, provider = make(script, concurrency=2, cache=cache)

    async def work(client: Client) -> Results:
        results = await all_of([f"row {n}" for n in range(30)])(client)
        assert (await client.complete(prompt("row 0"))).cached
        return results

    results = run(client, work)
    assert len(provider.calls) <= 6
    assert sum(isinstance(result, Completion) for result in results) == 4


def test_a_provider_that_never_answers_stops_the_run() -> None:
    client, provider = make([TransientError("connection refused")])
    results = run(client, all_of(["a", "b", "c"]))
    assert len(provider.calls) == 8
    assert all(isinstance(result, ProviderError) for result in results)
    assert "(8 tries)" in str(results[0])


def test_one_bad_row_does_not_stop_the_others() -> None:
    def answer(prompt: Prompt, _: CallOptions) -> Any:
        return TransientError("500") if prompt.messages[1].content == "poison" else completion()

    client, _ = make(answer)
    results = run(client, all_of(["good", "poison", *(f"row {n}" for n in range(20))]))
    assert isinstance(results[1], CallError)
    assert not isinstance(results[1], ProviderError)
    assert sum(isinstance(result, Completion) for result in results) == 21


def test_a_provider_that_goes_down_stops_the_run_soon() -> None:
    client, provider = make([completion(), TransientError("503")], concurrency=1)
    results = run(client, all_of([f"row {n}" for n in range(50)]))
    assert isinstance(results[-1], ProviderError)
    assert len(provider.calls) <= 1 + 6 * 8


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (completion(finish_reason="length"), AnswerError),
        (completion("", finish_reason="content_filter"), AnswerError),
        (completion("I cannot help", finish_reason="refusal"), AnswerError),
        (CallError("too long"), CallError),
    ],
)
def test_failures_are_counted_but_never_cached(
    answer: Any, kind: type[OutreachError], tmp_path: Path
) -> None:
    cache = CompletionCache(tmp_path / "cache")
    client, provider = make([answer], cache=cache)

    async def work(client: Client) -> None:
        for _ in range(2):
            with pytest.raises(kind):
                await client.complete(prompt())

    run(client, work)
    assert len(provider.calls) == 2
    assert cache.info().entries == 0
    assert client.input_tokens == (200 if isinstance(answer, Completion) else 0)
    cache.close()


def test_an_empty_answer_is_asked_for_again() -> None:
    client, provider = make([completion("  "), completion()])
    assert run(client, lambda client: client.complete(prompt())).text == "Hello."
    assert len(provider.calls) == 2


def test_equal_calls_are_made_once(tmp_path: Path) -> None:
    client, provider = make([completion()], takes_s=0.01, cache=CompletionCache(tmp_path / "cache"))
    results = run(client, all_of(["same"] * 5))
    assert len(provider.calls) == 1
    assert [result.cached for result in results] == [False, True, True, True, True]
    assert client.cached == 4
    assert client.input_tokens == 100


def test_equal_calls_share_a_failure_too() -> None:
    client, provider = make([CallError("too long")], takes_s=0.01)
    results = run(client, all_of(["same"] * 3))
    assert len(provider.calls) == 1
    assert all(isinstance(result, CallError) for result in results)


def test_a_cancelled_call_leaves_its_equals_to_call_themselves() -> None:
    client, provider = make([completion()], takes_s=0.02)

    async def work(client: Client) -> Completion:
        first = asyncio.create_task(client.complete(prompt()))
        second = asyncio.create_task(client.complete(prompt()))
        await asyncio.sleep(0.005)
        first.cancel()
        answer = await second
        with pytest.raises(asyncio.CancelledError):
            await first
        return answer

    assert not run(client, work).cached
    assert len(provider.calls) == 2


def test_a_cancelled_waiter_ends_at_once() -> None:
    client, _ = make([completion()], takes_s=0.05)

    async def work(client: Client) -> None:
        first = asyncio.create_task(client.complete(prompt()))
        second = asyncio.create_task(client.complete(prompt()))
        await asyncio.sleep(0.005)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert not first.done()
        await first

    run(client, work)


def test_the_cache_answers_the_second_run(tmp_path: Path) -> None:
    price = Price(input=1, output=10)
    first, _ = make([completion()], cache=CompletionCache(tmp_path / "cache"), budget=Budget(price, None))
    paid = run(first, lambda client: client.complete(prompt()))
    second, provider = make(
        [completion("other")], cache=CompletionCache(tmp_path / "cache"), budget=Budget(price, None)
    )
    kept = run(second, lambda client: client.complete(prompt()))
    assert provider.calls == []
    assert kept == paid.model_copy(update={"cached": True})
    assert kept.usage.cost_usd == pytest.approx(0.0003)
    assert (second.calls, second.cached, second.input_tokens, second.cost_usd) == (0, 1, 0, 0)


def test_samples_are_told_apart(tmp_path: Path) -> None:
    client, provider = make(
        lambda _, call: completion(str(call.sample)), cache=CompletionCache(tmp_path / "cache")
    )

    async def work(client: Client) -> list[str]:
        return [(await client.complete(prompt(), sample)).text for sample in (0, 1, 0, 1)]

    assert run(client, work) == ["0", "1", "0", "1"]
    assert len(provider.calls) == 2


def test_no_overspend_at_sixteen_at_once() -> None:
    """Each call costs what it may cost at worst; the cap is met exactly, and not by one call more."""
    price = Price(input=1, output=1)
    used = Usage(input_tokens=most_input_tokens(prompt("row 00")), output_tokens=200)
    worst = price.cost_usd(used)
    budget = Budget(price, max_usd=10 * worst)
    client, provider = make([completion(usage=used)], takes_s=0.002, budget=budget, concurrency=16)
    results = run(client, all_of([f"row {n:02}" for n in range(60)]))
    assert sum(isinstance(result, Completion) for result in results) == 10
    assert sum(isinstance(result, BudgetError) for result in results) == 50
    assert len(provider.calls) == 10
    assert client.cost_usd == pytest.approx(10 * worst)
    assert budget.spent_usd <= 10 * worst + 1e-9


def test_calls_in_flight_that_turn_out_cheap_make_room() -> None:
    price = Price(input=1, output=1)
    worst = price.worst_usd(most_input_tokens(prompt("row 00")), 200)
    client, provider = make([completion(usage=Usage(input_tokens=10, output_tokens=5))], takes_s=0.002,
                            budget=Budget(price, max_usd=3 * worst), concurrency=16)  # fmt: skip
    results = run(client, all_of([f"row {n:02}" for n in range(20)]))
    assert all(isinstance(result, Completion) for result in results)
    assert len(provider.calls) == 20


@pytest.mark.parametrize("cap", [0, 1e-9])
def test_a_cap_below_one_call_makes_none(cap: float) -> None:
    client, provider = make([completion()], budget=Budget(Price(input=1, output=1), cap))
    results = run(client, all_of(["a", "b"]))
    assert provider.calls == []
    assert all(isinstance(result, BudgetError) for result in results)


def test_unpriced_calls_have_no_cost() -> None:
    client, _ = make([completion()])
    answer = run(client, lambda client: client.complete(prompt()))
    assert answer.usage.cost_usd is None
    assert client.cost_usd is None
    assert client.output_tokens == 20


def test_a_storm_of_refusals_is_weathered() -> None:
    """500 prospects, 30 % 429 and 5 % 500: all are answered in at most 1.6 calls each, and the pace falls and recovers."""
    chance = random.Random(7)  # noqa: S311
    clock = Clock()
    gaps: list[float] = []

    def answer(prompt: Prompt, _: CallOptions) -> Any:
        gaps.append(pacer.gap_s)
        luck = chance.random()
        if luck < 0.30:
            return TransientError("429", rate_limited=True, retry_after_s=0.01)
        return TransientError("500") if luck < 0.35 else completion()

    pacer = Pacer(16, clock=clock, sleep=clock.sleep)
    client, provider = make(answer, pacer=pacer, retry=Retry(sleep=clock.sleep, chance=chance.random))

    async def work(client: Client) -> Results:
        results = await all_of([f"row {n}" for n in range(500)])(client)
        assert len(provider.calls) <= 800
        assert max(gaps) > 0
        provider.script = [completion()]
        await all_of([f"more {n}" for n in range(100)])(client)
        return results

    results = run(client, work)
    assert sum(isinstance(result, Completion) for result in results) == 500
    assert pacer.gap_s == 0


def faults() -> list[dict[str, Any]]:
    return json.loads(
        (Path(__file__).parent / "fixtures" / "provider_faults.json").read_text(encoding="utf-8")
    )


def as_answer(step: dict[str, Any]) -> Answer:
    body = good({"steps": []}).body
    if "delay_s" in step:
        return hang()
    if "finish_reason" in step:
        return good(step["content"], finish_reason=step["finish_reason"])
    text = step["body"].replace("@key", CANARY)
    sent = body[:60] if text == "@good[:60]" else body if text == "@good" else text.encode()
    return Answer(step["status"], sent, {"content-type": "application/json"} | step.get("headers", {}))


@pytest.mark.parametrize("case", faults(), ids=lambda case: case["name"])
def test_provider_faults(case: dict[str, Any], tmp_path: Path) -> None:
    """The scripts of `fixtures/provider_faults.json`, over a socket."""
    clock = Clock()
    expect = case["expect"]
    with ScriptedServer([as_answer(step) for step in case["steps"]]) as server:
        cache = CompletionCache(tmp_path / "cache")
        client = Client(OpenAIProvider(choice(server.url)), options(timeout_s=0.2), cache=cache,
                        retry=Retry(sleep=clock.sleep), pacer=Pacer(8, clock=clock, sleep=clock.sleep))  # fmt: skip
        (result,) = run(client, all_of(["Ana"]))
        calls = len(server.requests)
    kinds = {"ok": Completion, "abort_run": ProviderError, "failed_resumable": ProviderError,
             "needs_review": AnswerError, "not_exported_truncated": AnswerError}  # fmt: skip
    assert isinstance(result, kinds[expect["outcome"]])
    assert calls == expect.get("calls", calls)
    assert calls <= expect.get("max_calls", expect.get("max_calls_per_message", 8))
    assert sum(clock.slept) >= expect.get("min_wait_s", 0)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert CANARY.encode() not in kept
    assert CANARY not in str(result)
    assert cache.info().entries == (expect["outcome"] == "ok")
    cache.close()


def test_a_wrong_key_makes_one_call_of_a_hundred() -> None:
    with ScriptedServer([refusal(401, f"wrong: {CANARY}")]) as server:
        client = Client(OpenAIProvider(choice(server.url)), options(), concurrency=32)
        results = run(client, all_of([f"row {n}" for n in range(100)]))
        assert len(server.requests) == 1
    assert all(type(result) is ProviderError for result in results)


def test_long_waits_stop_the_run_and_say_until_when() -> None:
    with ScriptedServer([refusal(429, "come back later", retry_after="7200")]) as server:
        client = Client(OpenAIProvider(choice(server.url)), options())
        results = run(client, all_of(["a", "b"]))
        assert len(server.requests) == 1
    assert all(isinstance(result, ProviderError) for result in results)
    assert "7200 s" in str(results[0])
    assert "again after 20" in str(results[0])


def test_settings_make_a_client(tmp_path: Path) -> None:
    settings = ModelSection(
        concurrency=4, timeout_s=5, max_output_tokens=300, temperature=0.2, rpm=60_000, tpm=10**9
    )
    with ScriptedServer([good({"steps": []})]) as server:
        client = make_client(choice(server.url, model="gpt-4.1-mini"), settings, 1.0, tmp_path / "cache")
        answers = run(
            client,
            lambda client: asyncio.gather(*(client.complete(prompt(str(n), SCHEMA)) for n in range(20))),
        )
        assert server.most_at_once <= 4
        assert server.requests[0].json["temperature"] == 0.2
    assert answers[0].usage.cost_usd == pytest.approx(100 * 0.4e-6 + 20 * 1.6e-6)
    assert client.cost_usd == pytest.approx(20 * answers[0].usage.cost_usd)
    with pytest.raises(BudgetError, match="no price is known"):
        make_client(choice("http://localhost:9/v1", model="mine"), settings, 1.0, tmp_path / "cache")
    own = tmp_path / "prices.toml"
    own.write_text('date = 2026-11-25\n[openai]\n"mine" = {input = 1.0, output = 2.0}\n', encoding="utf-8")
    made = make_client(
        choice("http://localhost:9/v1", model="mine"), settings, 1.0, tmp_path / "cache", prices=own
    )
    asyncio.run(made.aclose())


def test_waits_are_bounded() -> None:
    clock = Clock()
    policy = RetryPolicy(max_tries=50, max_total_wait_s=30)
    client, provider = make([completion(), TransientError("503")], retry=Retry(policy, sleep=clock.sleep))

    async def work(client: Client) -> None:
        await client.complete(prompt("first"))
        with pytest.raises(CallError):
            await client.complete(prompt("second"))

    run(client, work)
    assert 10 < sum(clock.slept) <= 30
    assert len(provider.calls) < 20
