"""What a list says of a person's language, country and title in; the language to write in and why, out."""

from functools import cache, lru_cache

import pycountry

from outreach.intake.companies import without_legal_form
from outreach.intake.places import Place
from outreach.intake.tables import load_table
from outreach.text.folding import folded_words


def choose_language(
    *,
    column: str = "",
    person: Place | None = None,
    company: Place | None = None,
    domain_country: str | None = None,
    default_country: str | None = None,
    texts: tuple[str, ...] = (),
    company_name: str = "",
    workspace: str = "en",
) -> tuple[str, str]:
    """Return the language and the reason, the surest first.

    A language column, the person's country, the company's, the workspace's default country, the ending of the domain,
    the company's legal form and the words of title and headline (weak), at last the workspace's language.
    """
    if (said := language_code(column)) is not None:
        return said, f"the list says {column.strip()}"
    for place, whose in ((person, "the person's country"), (company, "the company's country")):
        if place is not None and place.country is not None:
            return _of_country(place.country, place.words, texts, whose)
    for code, whose in (
        (default_country, "the workspace's default country"),
        (domain_country, "the ending of the domain"),
    ):
        if code:
            return _of_country(code.upper(), "", texts, whose)
    return _of_wording(company_name, texts) or (workspace, "nothing tells: the workspace's language")


def _of_wording(company_name: str, texts: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the language that a company's legal form or the words of title and headline suggest: weak evidence."""
    form = _of_form(company_name)
    if form is not None:
        return form, "the company's legal form (weak)"
    guess = next((found for text in texts if (found := _of_words(text)) is not None), None)
    return None if guess is None else (guess, "the words of title or headline (weak)")


@lru_cache(maxsize=256)
def language_code(name: str) -> str | None:
    """Return the two-letter code of a language written as code or name, or None."""
    key = " ".join(folded_words(name.replace("_", " ").split(",")[0].split("(")[0]))
    if not key:
        return None
    for code, names in load_table("languages")["names"].items():
        if key in names:
            return str(code)
    return None


def _of_country(country: str, words: str, texts: tuple[str, ...], whose: str) -> tuple[str, str]:
    table = load_table("languages")
    split = table["split"].get(country)
    if split is not None:
        padded = f" {words} "
        for code in ("fr", "it", "en"):
            place = next((name for name in split.get(code, ()) if f" {name} " in padded), None)
            if place is not None:
                return code, f"{_country_name(country)}: {place.title()} ({whose})"
        guess = next((found for text in texts if (found := _of_words(text)) in {"de", "fr", "it"}), None)
        if guess is not None:
            return guess, f"{_country_name(country)}, and the words of title or headline"
        return str(split["default"]), str(split["why"])
    if country in table["english"]["countries"]:
        return "en", f"{_country_name(country)}: business with foreign firms is done in English ({whose})"
    spoken = _languages().get(country)
    if spoken is None:
        return "en", f"{_country_name(country)}: no language of ours, so English ({whose})"
    return spoken, f"{_country_name(country)} ({whose})"


@cache
def _languages() -> dict[str, str]:
    return {
        country: code
        for code, countries in load_table("languages")["countries"].items()
        for country in countries
    }


@cache
def _country_name(code: str) -> str:
    country = pycountry.countries.get(alpha_2=code)
    return code if country is None else str(getattr(country, "common_name", country.name))


@lru_cache(maxsize=4096)
def _of_form(name: str) -> str | None:
    """Return the language of the only countries that use a company's legal form (`GmbH`, `S.A. de C.V.`), or None."""
    bare = without_legal_form(name) if name else ""
    if not bare or not name.startswith(bare):
        return None
    form = "".join(folded_words(name[len(bare) :]))
    return next((code for code, forms in load_table("languages")["forms"].items() if form in forms), None)


@lru_cache(maxsize=8192)
def _of_words(text: str) -> str | None:
    """Return the language whose words a title or headline has, if clearly more than of any other; two words may do."""
    words = folded_words(text)
    if not words:
        return None
    joined = f" {' '.join(words)} "
    hits = {
        code: sum(1 for word in evidence if f" {word} " in joined)
        for code, evidence in load_table("languages")["evidence"].items()
    }
    best = max(hits, key=lambda code: hits[code])
    rest = max(count for code, count in hits.items() if code != best)
    return best if hits[best] > rest and (hits[best] > 1 or rest == 0) else None
