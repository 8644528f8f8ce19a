"""Country, location, state and city cells in; an ISO country code and a city out, with how sure the country is."""

from dataclasses import dataclass
from functools import cache, lru_cache

from outreach.intake.cells import is_blank
from outreach.intake.tables import load_table
from outreach.text.folding import folded_words
from outreach.text.regions import country_code


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: alpha-2 or None, a city or None, and the folded words of all that was said of it."""

    country: str | None = None
    city: str | None = None
    words: str = ""


@lru_cache(maxsize=4096)
def read_place(country: str = "", location: str = "", state: str = "", city: str = "") -> Place:
    """Return the place of a person or firm. A country that is named wins over one that a city or state suggests."""
    said = " ".join(" ".join(folded_words(part)) for part in (city, state, location, country) if part)
    named = None if is_blank(country) else country_code(country) or _from_location(country)
    town = None if is_blank(city) else city
    if named is None and not is_blank(location):
        named = _from_location(location)
    if named is None and not is_blank(state):
        named = _state(state, after_city=True)
    if named is None and town is not None:
        named = _city(town)
    if town is None and not is_blank(location):
        first = location.split(",", maxsplit=1)[0].strip()
        town = first if "," in location and country_code(first) is None else None
    return Place(named, town, said)


def _from_location(location: str) -> str | None:
    """Return the country of `City, State, Country`, `City, ST`, `Greater London Area`."""
    parts = [
        part.strip(" .")
        for part in location.replace(" - ", ",").replace("/", ",").replace("|", ",").split(",")
        if part.strip(" .")
    ]
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        behind_city = index > 0
        if behind_city and (near := _city(parts[index - 1])) is not None and _fits(near, part):
            return near
        code = _state(part, after_city=behind_city)
        if code is None and (len(part) != 2 or len(parts) == 1 or part.isupper()):
            code = country_code(part)
        if code is None:
            code = _city(part)
        if code is not None:
            return code
    return None


def _fits(country: str, part: str) -> bool:
    """Tell whether a city's country can be what stands behind the city: `Tbilisi, Georgia`, `Berlin, DE`."""
    if country_code(part) == country:
        return True
    key = " ".join(folded_words(part))
    return key in load_table("places")["states"].get(country, ()) or key in load_table("places")[
        "state_codes"
    ].get(country, ())


def _state(text: str, *, after_city: bool) -> str | None:
    key = " ".join(folded_words(text))
    if len(key) == 2:
        return _codes().get(key) if after_city and text.strip().isupper() else None
    code = _names("states").get(key)
    # `Georgia` alone is a country; behind a city it is the state.
    return code if code is None or after_city or country_code(text) is None else None


@lru_cache(maxsize=4096)
def _city(text: str) -> str | None:
    key = " ".join(folded_words(text))
    metro = load_table("places")["metro"]
    for _ in range(3):
        if key in _names("cities"):
            return _names("cities")[key]
        shorter = key
        for word in metro["before"]:
            shorter = shorter.removeprefix(word + " ")
        for word in metro["after"]:
            shorter = shorter.removesuffix(" " + word)
        if shorter == key:
            return None
        key = shorter
    return None


@cache
def _names(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in load_table("places")[table].items():
        for name in names:
            found.setdefault(name, code)
    return found


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in load_table("places")["state_codes"].items():
        for name in names:
            found.setdefault(name, code)
    return found


def domain_country(domain: str | None) -> str | None:
    """Return the country whose firms use a domain's ending (`.de`, `.com.br`), or None."""
    if domain is None:
        return None
    code = load_table("places")["domains"]["names"].get(domain.rpartition(".")[2])
    return str(code) if code else None
