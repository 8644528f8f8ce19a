"""Countries and regions as people write them."""

import pycountry
import pytest

from outreach.text.folding import folded_words, has_phrase
from outreach.text.regions import countries_in, country_code, region_names


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Colombia", "CO"), ("co", "CO"), ("COL", "CO"), ("España", "ES"), ("espana", "ES"), ("Deutschland", "DE"), ("Brasil", "BR"),
        ("États-Unis", "US"), ("U.S.", "US"), ("EE.UU.", "US"), ("UK", "GB"), ("England", "GB"), ("The Netherlands", "NL"),
        ("Korea, Republic of", "KR"), ("South Korea", "KR"), ("Hong Kong SAR", "HK"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Czech Republic", "CZ"),
        ("Vereinigtes Königreich", "GB"), ("Suíça", "CH"), ("Perú", "PE"), ("Georgia", "GE"),
    ],
)  # fmt: skip
def test_a_country_is_read_as_code_name_or_alias(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize("written", ["", "  ", "Atlantis", "Bogotá", "LATAM", "Colombi", "Remote"])
def test_what_is_no_country_is_never_guessed(written: str) -> None:
    assert country_code(written) is None


def test_regions_hold_real_countries_and_each_other() -> None:
    codes = {country.alpha_2 for country in pycountry.countries} | {
        "XK"
    }  # Kosovo: user-assigned, in wide use
    for name in region_names():
        assert countries_in(name), name
        assert countries_in(name) <= codes, name
    assert countries_in("DACH") == {"DE", "AT", "CH", "LI"}
    assert countries_in("latam") == countries_in("América Latina") >= {"MX", "CO", "BR", "CR"}
    assert not countries_in("LATAM") & {"US", "ES", "PT"}
    assert countries_in("EMEA") >= countries_in("Nordics") | countries_in("GCC") | countries_in("Africa")
    assert countries_in("nowhere") == frozenset()


def test_words_are_compared_without_case_accents_and_number() -> None:
    assert folded_words("Müller & Söhne, C++ / C#") == ("muller", "sohne", "c++", "c#")
    assert has_phrase(folded_words("Hospitals and Health Care"), "hospital")
    assert has_phrase(folded_words("We hire SDRs now"), "sdr")
    assert not has_phrase(folded_words("Softwarehouse"), "software")
    assert not has_phrase(folded_words("anything"), "  ")
