"""Country and location cells in; ISO codes and the language to write in, with the reason, out."""

import re
from functools import lru_cache

from outreach.domain.vocabulary import LANGUAGES
from outreach.intake.tables import load_table
from outreach.text.regions import country_code


@lru_cache(maxsize=4096)
def read_country(text: str) -> str | None:
    """Return the alpha-2 code of a country cell or of a place such as `Bogotá, Colombia` or `Greater London Area`."""
    text = text.strip()
    if not text:
        return None
    code = country_code(text)
    if code is not None:
        return code
    parts = [part.strip() for part in re.split(r"[,;/|]|\s+-\s+", text) if part.strip()]
    for part in reversed(parts):
        code = country_code(part)
        if code is not None and not (len(part) == 2 and len(parts) > 1):  # `Austin, CA` is a state, not Canada
            return code
    table = load_table("places")
    folded = text.casefold()
    for name, code in table["metro"].items():
        if name in folded:
            return str(code)
    if len(parts) > 1 and parts[-1].upper() in table["us_states"]:
        return "US"
    return None


def language_for(said: str, country: str | None, fallback: str) -> tuple[str, str]:
    """Return the language to write in and why: the list's own word, else the country's, else the workspace's."""
    table = load_table("places")
    word = re.split(r"[-_ ]", said.strip().casefold())[0] if said.strip() else ""
    named = table["language_names"].get(word) or (word if len(word) == 2 and word.isalpha() else None)
    if named:
        return str(named), "the list names it"
    if country is not None:
        spoken = table["languages"].get(country)
        if spoken:
            several = table["several"].get(country)
            return str(spoken), f"{country}: {several}" if several else f"language of {country}"
        return "en", f"no language pack for {country}: English"
    return fallback, "no country known: the workspace's language"


def known_languages() -> tuple[str, ...]:
    """Return the languages that have packs."""
    return LANGUAGES
