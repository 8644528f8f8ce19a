"""Column names mean what the export means by them; near matches are suggested, never taken."""

from pathlib import Path

import pytest

from outreach.errors import FileError
from outreach.intake.headers import detect_source, map_headers, squash

APOLLO = [
    "First Name",
    "Last Name",
    "Title",
    "Company",
    "Company Name for Emails",
    "Email",
    "# Employees",
    "Person Linkedin Url",
    "Website",
    "Company Linkedin Url",
    "Stage",
]


@pytest.mark.parametrize(
    ("name", "squashed"),
    [
        ("Company Location", "companylocation"),
        ("company_location", "companylocation"),
        ("# Employees", "numberemployees"),
        ("Prénom", "prenom"),
        ('\ufeff"E-Mail"', "email"),
    ],
)
def test_squash(name: str, squashed: str) -> None:
    assert squash(name) == squashed


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        (APOLLO, "apollo"),
        (
            ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"],
            "linkedin_connections",
        ),
        (
            ["First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"],
            "linkedin_connections",
        ),
        (["profileUrl", "fullName", "vmid", "defaultProfileUrl"], "phantombuster"),
        (["ZoomInfo Contact ID", "ZoomInfo Company ID", "First Name"], "zoominfo"),
        (["Record ID", "First Name", "Lifecycle Stage", "Associated Company"], "hubspot"),
        (["First Name", "Email"], None),
    ],
)
def test_sources_are_known_by_their_signature(headers: list[str], source: str | None) -> None:
    assert detect_source(headers) == source


@pytest.mark.parametrize(
    "headers",
    [
        [
            "Nombre",
            "Apellidos",
            "Correo electrónico",
            "Empresa",
            "Cargo",
            "Perfil de LinkedIn",
            "Número de empleados",
            "País",
        ],
        [
            "Nome",
            "Sobrenome",
            "E-mail",
            "Empresa",
            "Cargo",
            "Perfil do LinkedIn",
            "Número de funcionários",
            "País",
        ],
        [
            "Vorname",
            "Nachname",
            "E-Mail-Adresse",
            "Unternehmen",
            "Stellenbezeichnung",
            "LinkedIn-Profil",
            "Mitarbeiterzahl",
            "Land",
        ],
        [
            "Prénom",
            "Nom",
            "Adresse e-mail",
            "Entreprise",
            "Poste",
            "Profil LinkedIn",
            "Nombre de salariés",
            "Pays",
        ],
        [
            "Given name",
            "Surname",
            "Work email",
            "Organization",
            "Job title",
            "Person LinkedIn",
            "Headcount",
            "Country",
        ],
        [
            "firstName",
            "lastName",
            "emailAddress",
            "companyName",
            "jobTitle",
            "linkedinProfileUrl",
            "company_size",
            "country_code",
        ],
    ],
)
def test_headers_in_many_tongues(headers: list[str]) -> None:
    wanted = ["first_name", "last_name", "email", "company", "title", "linkedin_url", "employees", "country"]
    assert list(map_headers(headers, []).by_header.values()) == wanted


def test_name_columns_are_settled_by_their_neighbours() -> None:
    assert map_headers(["Nombre", "Empresa"], []).by_header["Nombre"] == "full_name"
    assert map_headers(["Vorname", "Name"], []).by_header["Name"] == "last_name"
    assert map_headers(["Name", "Email"], []).by_header["Name"] == "full_name"
    assert map_headers(["Name", "Domain", "Industry"], []).by_header["Name"] == "company"


def test_values_decide_where_a_name_leaves_it_open() -> None:
    profile = [["https://www.linkedin.com/in/ana-test-1"]]
    assert map_headers(["LinkedIn Bio"], profile).by_header["LinkedIn Bio"] == "linkedin_url"
    assert map_headers(["LinkedIn Bio"], [["I lead sales."]]).by_header["LinkedIn Bio"] == "summary"
    assert (
        map_headers(["Website"], [["https://linkedin.com/company/acme"]]).by_header["Website"]
        == "company_linkedin_url"
    )
    assert (
        map_headers(["LinkedIn URL"], [["https://www.linkedin.com/sales/lead/ACwAA,NAME"]]).by_header[
            "LinkedIn URL"
        ]
        == "sales_nav_url"
    )
    assert map_headers(["URL"], profile).by_header["URL"] == "linkedin_url"


def test_near_matches_are_only_suggested() -> None:
    mapped = map_headers(["First Nmae", "Email"], [])
    assert mapped.by_header["First Nmae"] is None
    assert mapped.suggestions["First Nmae"] == "first_name"


def test_a_person_may_overrule_the_table() -> None:
    mapped = map_headers(["Mail 1", "Title"], [], {"mail 1": "email", "Title": "ignore", "Gone": "city"})
    assert mapped.by_header == {"Mail 1": "email", "Title": None}
    assert "Gone" in mapped.notes[0]
    with pytest.raises(FileError, match="no field") as caught:
        map_headers(["Mail"], [], {"Mail": "e_mail"}, Path("outreach.toml"))
    assert "did you mean" in caught.value.hint


def test_the_preferred_column_comes_first() -> None:
    mapped = map_headers(["Current Job", "Title"], [])
    assert mapped.columns["title"] == (1, 0)
