"""Company names are shown as people say them, and two spellings of one firm share a key."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.intake.companies import company_key, read_company

CASES = Path(__file__).parent / "fixtures" / "intake" / "company_cases.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda c: c["raw"],
)
def test_company_cases(case: dict[str, object]) -> None:
    assert read_company(str(case["raw"])).name in case["clean"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("ACME Corp., S.A. de C.V.", "ACME"), ("株式会社トヨタ", "トヨタ"), ("Toyota Motor Corp. (NYSE: TM)", "Toyota Motor"),
        ("Amazon Web Services (AWS)", "Amazon Web Services"), ("Bank of America, N.A.", "Bank of America"),
        ("OOO Ромашка", "Ромашка"), ("Acme Holdings LLC dba RocketFuel", "RocketFuel"), ("BNP Paribas SA/NV", "BNP Paribas"),
        ("Co-op", "Co-op"), ("ab InBev", "ab InBev"), ("Acme 🚀 | We're hiring!", "Acme"), ("Tiffany & Co.", "Tiffany & Co."),
        ("Menzies Aviation (Mexico) SA de CV", "Menzies Aviation (Mexico)"), ("KPMG LLP (UK)", "KPMG (UK)"),
        ("Salessen Service UG (haftungsbeschränkt)", "Salessen Service"), ("GIFAS ELECTRIC Gesellschaft m.b.H.", "Gifas Electric"),
        ("SUPER GAS DE CIUDAD JUAREZ SA DE CV", "Super Gas de Ciudad Juarez"), ("ZF AUTOMOTIVE BRASIL LTDA.", "ZF Automotive Brasil"),
        ("The Coca-Cola Company", "The Coca-Cola Company"), ("Blue Lagoon Spa", "Blue Lagoon Spa"), ("Importadora Peñasco SpA", "Importadora Peñasco"),
        ("Meta (formerly Facebook)", "Meta"), ("https://www.acme.io/", "acme.io"), ("Novo Nordisk A/S", "Novo Nordisk"),
        ("Generation Formula, Unipessoal, Lda", "Generation Formula"), ("AT&T Inc.", "AT&T"), ("Deutsche Bahn AG", "Deutsche Bahn"),
    ],
)  # fmt: skip
def test_display_names(raw: str, name: str) -> None:
    assert read_company(raw).name == name


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "N/A",
        "Stealth AI Startup",
        "Self-Employed",
        "Autónomo",
        "Autônoma",
        "Selbstständig",
        "Freelance Web Developer",
        "Confidential",
        "Open to work",
    ],
)
def test_cells_that_name_no_company(raw: str) -> None:
    assert read_company(raw).name == read_company(raw).key == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH & Co. KG", "MULLER UND SOHNE"),
        ("The Boston Beer", "Boston Beer, Inc."),
        ("Grupo México, S.A.B. de C.V.", "grupo mexico"),
        ("Société Générale", "SOCIETE GENERALE SA"),
    ],
)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


@given(st.text(max_size=30))
def test_a_name_is_never_cut_to_nothing(raw: str) -> None:
    found = read_company(raw)
    assert found.name == found.name.strip()
    assert bool(found.name) or not found.key
