"""A region or country as people write it in; ISO 3166 alpha-2 codes out."""

import gettext
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from outreach.text.folding import folded_words

#: Languages in which ISO names of countries are recognised, beside English.
_NAME_LANGUAGES = ("es", "pt", "de", "fr", "it", "nl")


def countries_in(region: str) -> frozenset[str]:
    """Return the alpha-2 codes of a region such as `LATAM` or `DACH`; empty where no such region is known."""
    return _regions().get(_key(region), frozenset())


@lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """Return the alpha-2 code of a country written as code, name or alias in one of our languages, else None.

    Only whole, exact names count (without case, accents and punctuation): a near match would be a guess.
    """
    return _countries().get(_key(text))


def region_names() -> tuple[str, ...]:
    """Return the first spelling of each region, for hints."""
    return tuple(entry["names"][0] for entry in _table()["regions"].values())


def _key(text: str) -> str:
    return "".join(
        word for word in folded_words(text) if word not in {"the", "of", "and", "y", "e", "und", "et"}
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    source = resources.files("outreach.text") / "data" / "regions.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _regions() -> dict[str, frozenset[str]]:
    entries = _table()["regions"]

    def members(name: str) -> frozenset[str]:
        entry = entries[name]
        included = (members(other) for other in entry.get("includes", ()))
        return frozenset(entry.get("countries", ())).union(*included)

    return {
        _key(spelling): members(name)
        for name, entry in entries.items()
        for spelling in (name, *entry["names"])
    }


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for name, code in _iso_names():
        known.setdefault(_key(name), code)
    # Our own spellings win: `Georgia` or `Korea` must mean what a lead list means by it.
    known.update({_key(name): code for name, code in _table()["countries"].items()})
    known.pop("", None)
    return known


def _iso_names() -> Iterator[tuple[str, str]]:
    import pycountry  # here: only commands that read a list pay for it

    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
        for language in _NAME_LANGUAGES
    ]
    countries = list(pycountry.countries)
    # All codes first, so that no name can take the place of one.
    for country in countries:
        yield country.alpha_2, country.alpha_2
        yield country.alpha_3, country.alpha_2
    for country in countries:
        names = {country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")} - {
            ""
        }
        for name in sorted(names):
            yield name, country.alpha_2
            for translation in translations:
                yield translation.gettext(name), country.alpha_2
