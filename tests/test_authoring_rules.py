"""What rules alone read of three texts and their relatives in other languages: little, true, and in the source's own words."""

from pathlib import Path

import pytest

from outreach.authoring.new import Origin, new_file
from outreach.authoring.quotes import normal, stands_in
from outreach.authoring.rules import read_by_rules
from outreach.authoring.sheet import Sheet, first, texts
from outreach.authoring.source import Line, Source, read_source
from outreach.domain.buyers import Icp, Persona
from outreach.domain.selling import Offer
from outreach.workspace.files import build_record
from outreach.workspace.strict_yaml import parse_yaml

FIXTURES = Path(__file__).parent / "fixtures" / "authoring"
NAMES = ("support-lead.en.md", "lagerleitung.de.html", "guiapronta.es.txt")


def sheet_of(kind, name: str) -> Sheet:
    return read_by_rules(kind, read_source(FIXTURES / name, "en")).sheet


def written(*lines: str, language: str) -> Source:
    """A source of these lines: `# heading`, `- bullet` or text."""
    kinds = {"#": "heading", "-": "bullet"}
    return Source(
        "s.txt",
        tuple(Line(line.lstrip("#- "), kinds.get(line[0], "text"), n) for n, line in enumerate(lines, 1)),
        language,
    )


def test_a_job_description_gives_title_duties_and_metrics() -> None:
    sheet = sheet_of("persona", "support-lead.en.md")
    assert texts(sheet, "titles") == ["Head of Customer Support"]
    assert "Decide with product which faults are mended first" in texts(sheet, "responsibilities")
    assert "the support budget and the choice of help desk tools" in texts(sheet, "responsibilities")
    assert texts(sheet, "metrics")[-1] == "Agent turnover"
    assert "pains" not in sheet, "a duty is no problem: that is left to a person"
    told = " ".join(texts(sheet, "responsibilities"))
    assert "Zendesk" not in told
    assert "leave" not in told, "what is asked of or offered to an applicant is no duty"


def test_a_german_job_description_is_read_the_same_way() -> None:
    sheet = sheet_of("persona", "lagerleitung.de.html")
    assert texts(sheet, "titles") == ["Leiter Logistik"]
    assert texts(sheet, "metrics") == ["Termintreue der Lieferungen", "Kosten je Sendung"]
    assert "Bestände, Termintreue und Arbeitssicherheit" in texts(sheet, "responsibilities")


def test_a_one_pager_gives_product_and_figures_but_no_address_price_or_year() -> None:
    sheet = sheet_of("offer", "guiapronta.es.txt")
    assert first(sheet, "company") == "Guiapronta"
    assert first(sheet, "product").startswith("une la guía")
    assert len(sheet["claims"]) == 3
    assert texts(sheet, "claims")[0].endswith("después de siete meses."), (
        "what stands together is told together"
    )
    assert not {"490", "2019", "555", "100,"} & set(" ".join(texts(sheet, "claims")).split())
    assert [(item.text, item.part("kind")) for item in sheet["asks"]] == [
        ("una hoja de cálculo para medir los días de cobro por cliente", "asset"),
        ("un piloto de un mes con un solo almacén", "trial"),
    ]


def test_a_page_without_a_job_names_no_title() -> None:
    source = written(
        "Home | Pricing | Login", "# Close the books in half the time", "Acme runs audits.", language="en"
    )
    assert read_by_rules("persona", source).sheet == {}


@pytest.mark.parametrize(
    "line",
    [
        "From 2019 we have been at 12 Sample Street, Exampletown.",
        "Acme GmbH, Musterstraße 12 in 20095 Hamburg, ist für Sie da.",
        "Plans begin at 490 euros a month for three seats.",
        "Call us at any hour, 24/7, we are ISO 27001 certified.",
        "Our customers are firms with 50 to 500 employees in France.",
        "Why do 9 of 10 projects fail in their first year?",
    ],
)
def test_years_addresses_prices_codes_and_questions_prove_nothing(line: str) -> None:
    assert "claims" not in read_by_rules("offer", written("# Results", line, language="en")).sheet


def test_customers_are_read_only_where_customers_are_spoken_of() -> None:
    sheet = sheet_of("icp", "guiapronta.es.txt")
    assert texts(sheet, "countries") == ["Colombia", "Ecuador", "Chile"]
    assert (first(sheet, "employees_min"), first(sheet, "employees_max")) == ("50", "2000")
    assert "logística" in texts(sheet, "industries")
    assert sheet_of("icp", "support-lead.en.md") == {}, (
        "the firm's own 140 people say nothing of its customers"
    )


@pytest.mark.parametrize(
    ("language", "heading", "duty", "sentence", "answered"),
    [
        ("pt", "Atribuições", "Planejar as rotas da semana", "Você será responsável por prazos e custos de frete.", "prazos e custos de frete"),
        ("fr", "Vos missions", "Organiser les tournées", "Vous êtes en charge de la sécurité du site.", "la sécurité du site"),
        ("es", "Funciones", "Planificar las rutas", "Serás responsable de los plazos de entrega.", "los plazos de entrega"),
        ("de", "Ihre Aufgaben", "Planung der Touren", "Sie sind zuständig für die Sicherheit am Standort.", "die Sicherheit am Standort"),
        ("en", "Your role", "Plan the routes", "You are in charge of safety on the site.", "safety on the site"),
    ],
)  # fmt: skip
def test_duties_in_five_languages(
    language: str, heading: str, duty: str, sentence: str, answered: str
) -> None:
    source = written(f"# {heading}", f"- {duty}", sentence, language=language)
    assert texts(read_by_rules("persona", source).sheet, "responsibilities") == [duty, answered]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        (
            "en",
            "Our customers are retail companies with at least 200 employees in France.",
            {"employees_min": "200"},
        ),
        (
            "de",
            "Unsere Kunden sind Betriebe mit bis zu 80 Mitarbeitenden in Österreich.",
            {"employees_max": "80"},
        ),
        (
            "fr",
            "Nos clients comptent de 20 à 300 salariés en Belgique.",
            {"employees_min": "20", "employees_max": "300"},
        ),
        ("pt", "Nossos clientes têm mais de 40 funcionários no Brasil.", {"employees_min": "40"}),
        ("en", "Our customers love that we are 40 people.", {}),
    ],
)
def test_head_counts_of_customers(language: str, sentence: str, expected: dict[str, str]) -> None:
    sheet = read_by_rules("icp", written(sentence, language=language)).sheet
    found = {name: first(sheet, name) for name in ("employees_min", "employees_max") if name in sheet}
    assert found == expected


@pytest.mark.parametrize(
    "line", ["Our customers say IT is no issue in our US store.", "We have offices in Berlin and France."]
)
def test_no_place_where_none_is_said(line: str) -> None:
    assert "countries" not in read_by_rules("icp", written(line, language="en")).sheet


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("kind", "record"), [("persona", Persona), ("offer", Offer), ("icp", Icp)])
def test_every_item_stands_in_the_source_and_the_file_reads_back(
    name: str, kind, record, tmp_path: Path
) -> None:
    source = read_source(FIXTURES / name, "en")
    sheet = read_by_rules(kind, source).sheet
    whole = normal("\n".join(line.text for line in source.lines))
    for question, items in sheet.items():
        for item in items:
            assert stands_in(item.quote, whole)
            if not question.startswith("employees"):
                assert stands_in(item.text, whole)  # but for the case of its first letter
    if kind == "persona" and "name" not in sheet:
        return
    text, _ = new_file(kind, sheet, Origin(name, name, "low", source.language, "en"), tmp_path / "f.yaml")
    read = build_record(parse_yaml(text, tmp_path / "f.yaml"), record, "en")
    assert read.confidence == "low"
    for items in sheet.values():
        assert all(name in text for item in items if item.quote)
