"""What a call may cost at worst in; leave to make it out, so that a run never spends more than its cap."""

import asyncio
import json
import math

from outreach.domain.completions import Prompt, Usage
from outreach.errors import BudgetError
from outreach.llm.prices import Price
from outreach.llm.provider import CallOptions

#: Roles and separators around each message, and around the whole, in tokens.
_PER_MESSAGE_TOKENS = 16


def most_input_tokens(prompt: Prompt) -> int:
    """Return a bound that no tokeniser exceeds: one token per byte, since byte-level vocabularies never make more."""
    texts = [message.content for message in prompt.messages]
    if prompt.answer_schema is not None:
        texts.append(json.dumps(prompt.answer_schema))
    return (
        sum(len(text.encode("utf-8", "replace")) + _PER_MESSAGE_TOKENS for text in texts)
        + _PER_MESSAGE_TOKENS
    )


def likely_input_tokens(prompt: Prompt) -> int:
    """Return about how many tokens a prompt has: four bytes each. For pacing and previews, not for money."""
    return most_input_tokens(prompt) // 4


class Purse:
    """What a run may spend, whatever model spends it. Amounts are US dollars."""

    def __init__(self, max_usd: float | None) -> None:
        """Take the cap; None is no cap. Raises BudgetError where it is no amount."""
        if max_usd is not None and not (math.isfinite(max_usd) and max_usd >= 0):
            raise BudgetError(
                f"a cap of {max_usd} US dollars cannot be kept", hint="give --max-usd a number from 0"
            )
        self.max_usd = max_usd
        #: What was certainly or possibly billed. Faults that may have been billed count in full.
        self.spent_usd = 0.0
        self._reserved_usd = 0.0
        self._in_flight = 0
        self._settled = asyncio.Event()

    async def reserve(self, worst_usd: float) -> None:
        """Set an amount aside, waiting for calls in flight to settle where that could make room.

        Raises:
            BudgetError: the amount does not fit, and no call in flight can change that.
        """
        while not self._fits(worst_usd):
            if not self._in_flight:
                raise BudgetError(
                    f"the next call could cost ${worst_usd:.4f}, and ${self._left():.4f} of ${self.max_usd:.2f} is left",
                    hint="raise --max-usd and run the command again: only what is missing is done",
                )
            self._settled.clear()
            await self._settled.wait()
        self._reserved_usd += worst_usd
        self._in_flight += 1

    def settle(self, worst_usd: float, cost_usd: float) -> None:
        """Turn a reservation into what was spent; 0 gives it back."""
        self._in_flight -= 1
        # Adding and subtracting binary fractions leaves dust, which must not look like a call in flight.
        self._reserved_usd = max(0.0, self._reserved_usd - worst_usd) if self._in_flight else 0.0
        self.spent_usd += cost_usd
        self._settled.set()

    def _fits(self, worst_usd: float) -> bool:
        return self.max_usd is None or self.spent_usd + self._reserved_usd + worst_usd <= self.max_usd + 1e-12

    def _left(self) -> float:
        return max(0.0, (self.max_usd or 0.0) - self.spent_usd)


class Budget:
    """Reserves a model's worst case before each call and settles it afterwards. Amounts are US dollars."""

    def __init__(self, price: Price | None, max_usd: float | None, purse: Purse | None = None) -> None:
        """Take the model's price and the cap (None: none), or the purse that this model shares with another.

        Raises:
            BudgetError: there is a cap, but no price to keep it by.
        """
        self.purse = purse or Purse(max_usd)
        if price is None and self.purse.max_usd is not None:
            raise BudgetError("no price is known for this model, so --max-usd cannot be kept",
                              hint="put its price into prices.toml in the workspace, or leave --max-usd out")  # fmt: skip
        self.price = price

    @property
    def spent_usd(self) -> float:
        """What was certainly or possibly billed, by every model that shares the purse."""
        return self.purse.spent_usd

    def worst_usd(self, prompt: Prompt, options: CallOptions) -> float:
        """Return the most that a call can cost; 0 where no price is known."""
        return (
            self.price.worst_usd(most_input_tokens(prompt), options.max_output_tokens) if self.price else 0.0
        )

    async def reserve(self, worst_usd: float) -> None:
        """Set an amount aside. Raises BudgetError where it does not fit."""
        await self.purse.reserve(worst_usd)

    def settle(self, worst_usd: float, usage: Usage | None) -> float | None:
        """Turn a reservation into what was spent, and return it; None where no price is known.

        Args:
            worst_usd: what was reserved.
            usage: what the provider reports. None, or a report without input tokens, counts as the whole reservation:
                a wrong report never makes a call cheaper than it was.
        """
        if usage is None or usage.input_tokens <= 0 or usage.output_tokens < 0:
            cost = worst_usd
        else:
            cost = self.price.cost_usd(usage) if self.price else 0.0
        self.purse.settle(worst_usd, cost)
        return cost if self.price else None

    def release(self, worst_usd: float) -> None:
        """Give a reservation back: the call was certainly not billed."""
        self.purse.settle(worst_usd, 0.0)
