"""How a reader is addressed, and why."""

from typing import Any

import pytest

from outreach.domain.vocabulary import LANGUAGES
from outreach.errors import FileError
from outreach.text.address import choose_address


@pytest.mark.parametrize(
    ("language", "country", "formality", "form"),
    [
        ("es", "CO", "formal", "usted"), ("es", "CL", "formal", "usted"), ("es", "PE", "formal", "usted"), ("es", "MX", "formal", "usted"),
        ("es", "CO", "neutral", "usted"), ("es", "MX", "casual", "tu"), ("es", "ES", "casual", "tu"), ("es", "ES", "neutral", "tu"), ("es", "ES", "formal", "usted"),
        ("es", "AR", "casual", "vos"), ("es", "AR", "neutral", "vos"), ("es", "AR", "formal", "usted"), ("es", "UY", "casual", "vos"), ("es", "CR", "casual", "usted"),
        ("es", None, "neutral", "usted"), ("es", "SE", "casual", "tu"),
        ("pt", "BR", "casual", "voce"), ("pt", "BR", "formal", "voce"), ("pt", "PT", "formal", "senhor"), ("pt", "PT", "neutral", "voce"), ("pt", None, "formal", "voce"),
        ("de", "DE", "casual", "du"), ("de", "DE", "neutral", "sie"), ("de", "AT", "formal", "sie"), ("de", None, "neutral", "sie"),
        ("fr", "FR", "casual", "vous"), ("fr", "CA", "casual", "vous"), ("en", "US", "formal", "plain"), ("it", "IT", "formal", "plain"),
    ],
)  # fmt: skip
def test_the_form_follows_country_and_formality(
    language: str, country: Any, formality: Any, form: str
) -> None:
    assert choose_address(language, country, formality)[0] == form


@pytest.mark.parametrize(
    ("language", "wish", "form"),
    [
        ("es", "tú", "tu"),
        ("es", "TU", "tu"),
        ("es", "voseo", "vos"),
        ("de", "Sie", "sie"),
        ("fr", "tu", "tu"),
        ("pt", "senhora", "senhor"),
        ("pt", "tu", "tu"),
    ],
)
def test_a_wish_wins(language: str, wish: str, form: str) -> None:
    assert choose_address(language, "FR", "formal", wish) == (
        form,
        choose_address(language, None, "casual", wish)[1],
    )


def test_a_wish_that_the_language_does_not_have_is_an_error_with_the_choices() -> None:
    for language, wish in (("de", "usted"), ("fr", "voce"), ("en", "usted"), ("it", "lei")):
        with pytest.raises(FileError, match="no form of address") as caught:
            choose_address(language, None, "formal", wish)
        assert caught.value.hint


def test_every_choice_says_why() -> None:
    assert choose_address("es", "CO", "formal")[1] == (
        "usted: formal reader, CO; usted is the rule in Colombian business, tú to casual readers")  # fmt: skip
    for language in LANGUAGES:
        assert choose_address(language, None, "neutral")[1]
