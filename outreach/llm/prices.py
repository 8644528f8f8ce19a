"""A provider and model in; the price of its tokens out, or None where it is not known. Prices are data with a date."""

import re
import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import ConfigDict, Field

from outreach.domain.completions import Usage
from outreach.domain.record import Record
from outreach.workspace.files import read_toml

_MILLION = 1_000_000
#: The date that names one release of a model: `gpt-4.1-2025-04-14`, `claude-haiku-4-5-20251001`.
_RELEASE = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8})\Z")


class Price(Record):
    """US dollars per million tokens."""

    input: float = Field(ge=0, allow_inf_nan=False)
    output: float = Field(ge=0, allow_inf_nan=False)
    cached: float | None = Field(None, ge=0, allow_inf_nan=False)
    cache_write: float | None = Field(None, ge=0, allow_inf_nan=False)

    def cost_usd(self, usage: Usage) -> float:
        """Return what a call cost, in US dollars."""
        plain = usage.input_tokens - usage.cached_tokens - usage.cache_write_tokens
        cached = self.input if self.cached is None else self.cached
        written = self.input if self.cache_write is None else self.cache_write
        parts = (
            plain * self.input + usage.cached_tokens * cached + usage.cache_write_tokens * written
            + usage.output_tokens * self.output
        )  # fmt: skip
        return parts / _MILLION

    def worst_usd(self, input_tokens: int, output_tokens: int) -> float:
        """Return the most that so many tokens can cost, in US dollars: nothing cached, everything written to the cache."""
        return (
            input_tokens * max(self.input, self.cache_write or 0) + output_tokens * self.output
        ) / _MILLION


#: What runs on the user's own machine costs nothing by the token.
FREE = Price(input=0, output=0)


class PriceTable(Record):
    """Prices by provider and model. Providers stand beside `date` in the file."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, dict[str, Price]] = Field(init=False)
    date: date

    def find(self, provider: str, model: str) -> Price | None:
        """Return the price of a model, also by the name of one dated release; None where it is not in the table."""
        models = self.__pydantic_extra__.get(provider, {})
        return models.get(model) or models.get(_RELEASE.sub("", model))

    def providers_of(self, model: str) -> list[str]:
        """Return the providers that sell a model of this name."""
        return [provider for provider, models in self.__pydantic_extra__.items() if model in models]


@lru_cache
def built_in_prices() -> PriceTable:
    """Return the table that ships with the program."""
    text = files("outreach.llm").joinpath("data/prices.toml").read_text(encoding="utf-8")
    return PriceTable.model_validate(tomllib.loads(text))


def find_price(provider: str, model: str, *, local: bool = False, own: Path | None = None) -> Price | None:
    """Return a model's price: from the workspace's own table, else the built-in one, else free where it runs locally.

    Args:
        provider: its name in the table of providers.
        model: the model's name there.
        local: whether it runs on this machine.
        own: a `prices.toml` that overrides; it may be absent.

    Raises:
        FileErrors: the workspace's table is not one.
    """
    tables = [read_toml(own, PriceTable)] if own is not None and own.is_file() else []
    for table in (*tables, built_in_prices()):
        if found := table.find(provider, model):
            return found
    return FREE if local else None
