"""Countries, languages with their reason, and industry groups."""

import pytest

from outreach.intake.industries import industry_group
from outreach.intake.language import choose_language
from outreach.intake.places import read_place


@pytest.mark.parametrize(
    ("location", "country"),
    [
        ("San Francisco, CA", "US"), ("Davidhaven, United States", "US"), ("Baleares, Spain", "ES"), ("Greater London Area", "GB"),
        ("San Francisco Bay Area", "US"), ("São Paulo, São Paulo, Brazil", "BR"), ("Ciudad de México y alrededores", "MX"), ("Berlin, DE", "DE"),
        ("Wilmington, DE", "US"), ("Tbilisi, Georgia", "GE"), ("Atlanta, Georgia", "US"), ("Georgia", "GE"), ("Toronto, ON", "CA"), ("CA", "CA"),
        ("Großraum München", "DE"), ("Paris et périphérie", "FR"), ("Deutschland", "DE"), ("Reino Unido", "GB"), ("Remote", None), ("", None),
    ],
)  # fmt: skip
def test_countries_of_locations(location: str, country: str | None) -> None:
    assert read_place(location=location).country == country


def test_a_named_country_wins() -> None:
    place = read_place(country="Alemania", location="London", city="Lyon")
    assert (place.country, place.city) == ("DE", "Lyon")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"column": "Italian", "person": read_place("Spain")}, "it"), ({"column": "pt-BR"}, "pt"), ({"person": read_place("Mexico")}, "es"),
        ({"person": read_place("Switzerland", "Lausanne, Switzerland")}, "fr"), ({"person": read_place("CH")}, "de"),
        ({"person": read_place("CH"), "texts": ("Directeur commercial",)}, "fr"), ({"person": read_place("Belgium")}, "en"),
        ({"person": read_place(location="Montreal, Quebec, Canada")}, "fr"), ({"person": read_place("Canada")}, "en"),
        ({"person": read_place("Netherlands")}, "en"), ({"company": read_place("Brasil")}, "pt"), ({"domain_country": "AT"}, "de"),
        ({"default_country": "CO", "texts": ("VP Sales",)}, "es"), ({"texts": ("Leiter Vertrieb",)}, "de"), ({"texts": ("CTO",)}, "fr"),
        ({"company_name": "Acme, S.L.", "texts": ("CTO",)}, "es"),
    ],
)  # fmt: skip
def test_languages(said: dict[str, object], language: str) -> None:
    code, why = choose_language(workspace="fr", **said)  # type: ignore[arg-type]
    assert code == language
    assert why


def test_weak_evidence_says_that_it_is_weak() -> None:
    assert "weak" in choose_language(texts=("Directora Comercial",))[1]
    assert "Switzerland" in choose_language(person=read_place("CH"))[1]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Software Development", "software"), ("computer software", "software"), ("SaaS", "software"), ("IT Services and IT Consulting", "it services"),
        ("information technology & services", "it services"), ("APPAREL_RETAIL", "retail"), ("hospital & health care", "healthcare"),
        ("Packaged Foods & Meats", "food and beverage"), ("Transportation, Logistics, Supply Chain and Storage", "logistics"), ("Seguros", "insurance"),
        ("Maschinenbau", "manufacturing"), ("Comércio atacadista", "wholesale"), ("Retail REITs", "real estate"), ("Basket weaving", None), ("", None),
    ],
)  # fmt: skip
def test_industry_groups(name: str, group: str | None) -> None:
    assert industry_group(name) == group
