"""Language, country, formality and an explicit wish in; the form of address and the reason for it out."""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from outreach.domain.vocabulary import Address, Formality
from outreach.errors import FileError
from outreach.text.folding import folded_words

#: How a form is written for people.
SHOWN: dict[str, str] = {
    "plain": "one form",
    "tu": "tú",
    "usted": "usted",
    "vos": "vos",
    "voce": "você",
    "senhor": "o senhor / a senhora",
    "du": "du",
    "sie": "Sie",
    "vous": "vous",
}


def choose_address(
    language: str, country: str | None, formality: Formality, override: str | None = None
) -> tuple[Address, str]:
    """Return the form of address for a reader, and why.

    Args:
        language: code of the message's language; one without forms of address, or unknown to us, gives `plain`.
        country: ISO alpha-2 of the reader, or None.
        formality: the persona's.
        override: a form somebody asked for (`usted`, `Sie`, `tú` …): it wins.

    Raises:
        FileError: `override` is no form of address of this language.
    """
    forms = _table().get(language) if language not in {"spellings"} else None
    if override and override.strip():
        return _wished(language, override, forms)
    if forms is None:
        why = (
            "English has one form" if language == "en" else f"no forms of address are known for {language!r}"
        )
        return "plain", why
    rule = forms["countries"].get((country or "").upper(), forms["default"])
    form = cast("Address", rule[formality])
    where = country.upper() if country else "country unknown"
    return form, f"{_shown(form, language)}: {formality} reader, {where}; {rule['why']}"


def _wished(language: str, override: str, forms: dict[str, Any] | None) -> tuple[Address, str]:
    word = "".join(folded_words(override))
    form = _table()["spellings"].get(word, word)
    known = ["plain"] if forms is None else forms["forms"]
    if form not in known:
        shown = ", ".join(_shown(name, language) for name in known)
        raise FileError(f"{override!r} is no form of address in {language!r}", hint=f"one of: {shown}")
    return form, f"{_shown(form, language)}: asked for"


def _shown(form: str, language: str) -> str:
    return "tu" if form == "tu" and language != "es" else SHOWN[form]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    source = resources.files("outreach.text") / "data" / "address.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
