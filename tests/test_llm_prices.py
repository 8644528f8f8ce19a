"""Prices as data, and budgets: nothing a provider reports makes a call cheaper than it was."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.completions import Usage
from outreach.errors import BudgetError, FileError
from outreach.llm.budget import Budget, Purse, likely_input_tokens, most_input_tokens
from outreach.llm.presets import presets
from outreach.llm.prices import FREE, Price, built_in_prices, find_price
from tests.llm_providers import SCHEMA, options, prompt

PRICE = Price(input=2, cached=0.5, cache_write=2.5, output=10)


def test_the_built_in_table() -> None:
    table = built_in_prices()
    assert table.date.year >= 2026
    tables = table.__pydantic_extra__
    assert set(tables) <= set(presets())
    assert all(price.output >= price.input > 0 for models in tables.values() for price in models.values())
    assert all((price.cached or 0) <= price.input for models in tables.values() for price in models.values())
    default = presets()["openai"].default_model
    assert default
    assert find_price("openai", default)


def test_finding_a_price(tmp_path: Path) -> None:
    assert find_price("openai", "gpt-4.1-mini-2025-04-14") == find_price("openai", "gpt-4.1-mini")
    assert find_price("anthropic", "claude-haiku-4-5-20251001") == find_price("anthropic", "claude-haiku-4-5")
    assert find_price("openai", "gpt-4.1-minor") is None
    assert find_price("ollama", "llama3.2", local=True) == FREE
    own = tmp_path / "prices.toml"
    assert find_price("openai", "gpt-4.1-mini", own=own) == find_price("openai", "gpt-4.1-mini")
    own.write_text(
        'date = 2026-11-25\n[openai]\n"gpt-4.1-mini" = {input = 1.0, output = 2.0}\n', encoding="utf-8"
    )
    assert find_price("openai", "gpt-4.1-mini", own=own) == Price(input=1, output=2)
    assert find_price("openai", "gpt-4.1", own=own) == find_price("openai", "gpt-4.1")


@pytest.mark.parametrize(
    "text",
    ['[openai]\n"x" = {input = 1.0, output = 2.0}', 'date = 2026-11-25\n[openai]\n"x" = {input = -1.0, output = 2.0}',
     'date = 2026-11-25\n[openai]\n"x" = {input = nan, output = 2.0}', 'date = 2026-11-25\n[openai]\n"x" = {input = 1.0}',
     'date = 2026-11-25\n[openai]\n"x" = {input = 1.0, output = 2.0, outptu = 3.0}', "date = 2026-11-25\nopenai = 3", "x"],
)  # fmt: skip
def test_a_wrong_table_is_an_error_with_its_file(text: str, tmp_path: Path) -> None:
    own = tmp_path / "prices.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=r"prices\.toml"):
        find_price("openai", "x", own=own)


def test_what_a_call_costs() -> None:
    usage = Usage(input_tokens=1000, cached_tokens=600, cache_write_tokens=100, output_tokens=50)
    assert PRICE.cost_usd(usage) == pytest.approx((300 * 2 + 600 * 0.5 + 100 * 2.5 + 50 * 10) / 1e6)
    assert Price(input=2, output=10).cost_usd(usage) == pytest.approx((1000 * 2 + 50 * 10) / 1e6)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_worst_case_is_the_worst(plain: int, cached: int, written: int, output: int) -> None:
    total = plain + cached + written
    usage = Usage(input_tokens=total, cached_tokens=cached, cache_write_tokens=written, output_tokens=output)
    assert PRICE.cost_usd(usage) <= PRICE.worst_usd(total, output) * (1 + 1e-12)


@given(st.text())
def test_tokens_are_bounded_by_bytes(text: str) -> None:
    assert most_input_tokens(prompt(text)) >= len(text.encode("utf-8", "replace"))
    assert likely_input_tokens(prompt(text)) <= most_input_tokens(prompt(text)) / 4 + 1
    assert most_input_tokens(prompt(text, SCHEMA)) > most_input_tokens(prompt(text))


def spend(budget: Budget, usage: Usage | None) -> float | None:
    async def run() -> float | None:
        await budget.reserve(0.5)
        return budget.settle(0.5, usage)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "usage", [None, Usage(), Usage(output_tokens=5), Usage(input_tokens=5, output_tokens=-(10**9))]
)
def test_reports_that_cannot_be_true_count_in_full(usage: Usage | None) -> None:
    budget = Budget(PRICE, 1.0)
    assert spend(budget, usage) == 0.5
    assert budget.spent_usd == 0.5


def test_more_than_was_reserved_is_counted_too() -> None:
    budget = Budget(PRICE, 10.0)
    spend(budget, Usage(input_tokens=10**6))
    assert budget.spent_usd == 2


@pytest.mark.parametrize("cap", [-1, float("nan"), float("inf")])
def test_caps_that_are_none(cap: float) -> None:
    with pytest.raises(BudgetError):
        Budget(PRICE, cap)


def test_a_cap_needs_a_price() -> None:
    with pytest.raises(BudgetError, match="no price is known"):
        Budget(None, 1.0)
    assert Budget(None, None).worst_usd(prompt(), options()) == 0
    budget = Budget(FREE, 0)
    asyncio.run(budget.reserve(budget.worst_usd(prompt(), options())))


def test_the_refusal_says_what_is_left() -> None:
    budget = Budget(PRICE, 1.0)
    spend(budget, None)
    with pytest.raises(BudgetError) as caught:
        asyncio.run(budget.reserve(0.6))
    assert caught.value.what == "the next call could cost $0.6000, and $0.5000 of $1.00 is left"
    assert caught.value.exit_code == 3


@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 1), st.booleans()), max_size=60), st.floats(0, 2))
def test_parallel_calls_never_pass_the_cap(calls: list[tuple[float, float, bool]], cap: float) -> None:
    async def run() -> None:
        budget = Budget(Price(input=1, output=1), cap)

        async def call(worst: float, share: float, billed: bool) -> None:
            await budget.reserve(worst)
            await asyncio.sleep(0)
            if billed:
                budget.settle(worst, Usage(input_tokens=int(worst * share * 1e6)))
            else:
                budget.release(worst)

        await asyncio.wait_for(asyncio.gather(*(call(*one) for one in calls), return_exceptions=True), 1)
        assert budget.spent_usd <= cap + 1e-9

    asyncio.run(run())


def test_two_models_that_share_a_purse_never_spend_more_than_it_holds() -> None:
    async def spend_both() -> None:
        purse = Purse(1.0)
        writer, judge = Budget(PRICE, None, purse), Budget(Price(input=1, output=1), None, purse)
        await writer.reserve(0.6)
        with pytest.raises(
            TimeoutError
        ):  # the writer's call in flight could still make room, so the judge waits
            await asyncio.wait_for(judge.reserve(0.5), 0.05)
        await judge.reserve(0.4)
        writer.settle(0.6, None)
        judge.release(0.4)
        assert writer.spent_usd == judge.spent_usd == 0.6
        with pytest.raises(BudgetError):
            await judge.reserve(0.5)

    asyncio.run(spend_both())
    with pytest.raises(BudgetError):
        Budget(None, None, Purse(1.0))
