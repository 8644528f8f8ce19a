"""Who asked to be left alone is left alone, however the address is written; a list that cannot be read stops the run."""

import json
from pathlib import Path

import pytest

from outreach.domain.people import Company, Prospect
from outreach.errors import FileError
from outreach.intake.markers import asked_to_stop
from outreach.intake.suppression import Suppression

FIXTURES = Path(__file__).parent / "fixtures" / "intake"
CASES = [
    json.loads(line)
    for line in (FIXTURES / "suppression_cases.jsonl").read_text(encoding="utf-8").splitlines()
]


def listed(folder: Path, text: str) -> Suppression:
    path = folder / "stop.csv"
    path.write_text(text, encoding="utf-8")
    return Suppression.read([path])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["value"])
def test_shared_cases(case: dict[str, object]) -> None:
    suppression = Suppression.read([FIXTURES / "suppression_list.csv"])
    field = {"email": "email", "linkedin": "linkedin_url"}[str(case["field"])]
    assert bool(suppression.match(**{field: str(case["value"])})) is case["blocked"]


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("email,ana@bücher.example", {"email": "ana@xn--bcher-kva.example"}), ("email,ana@bücher.example", {"email": "ana@bu\u0308cher.example"}),
        ("email,ana@x.example", {"email": "\"Ana, Dr.\" <ANA+list@x.example>"}), ("email,a.na@gmail.com", {"email": "ana@googlemail.com"}),
        ("domain,www.globex.example", {"email": "bob@eu.globex.example"}), ("domain,https://globex.example/x", {"domain": "shop.globex.example"}),
        ("domain,@globex.example", {"email": "bob@globex.example"}), ("linkedin,john-doe", {"linkedin_url": "https://de.linkedin.com/in/John%2DDoe/?x"}),
        ("company,Müller GmbH", {"company": "MÜLLER"}), ("company,Acme Inc.", {"company": "Acme, S.A. de C.V."}), ("e-mail,ana@x.example", {"email": "ana@x.example"}),
    ],
)  # fmt: skip
def test_other_spellings(tmp_path: Path, entry: str, asked: dict[str, str]) -> None:
    assert listed(tmp_path, f"type,value\n{entry}\n").match(**asked)


@pytest.mark.parametrize(
    ("entry", "asked"),
    [
        ("email,ana@x.example", {"email": "anna@x.example"}),
        ("domain,globex.example", {"email": "bob@notglobex.example"}),
        ("domain,globex.example", {"email": "b@globex.example.com"}),
        ("company,Acme", {"company": "Acmeda"}),
    ],
)
def test_others_are_not_blocked(tmp_path: Path, entry: str, asked: dict[str, str]) -> None:
    assert listed(tmp_path, f"type,value\n{entry}\n").match(**asked) is None


@pytest.mark.parametrize(
    "text",
    [
        "ana@x.example\nglobex.example\nhttps://www.linkedin.com/in/john-doe\nAcme Corp\n",
        "# who asked\nana@x.example\n@globex.example\nlinkedin.com/in/john-doe\nAcme\n",
        "email,ana@x.example,asked\ndomain,globex.example,customer\nlinkedin,john-doe,\ncompany,Acme,\n",
    ],
)
def test_lists_without_a_header(tmp_path: Path, text: str) -> None:
    found = listed(tmp_path, text)
    assert found.match(email="ANA@x.example")
    assert found.match(email="b@eu.globex.example")
    assert found.match(linkedin_url="https://www.linkedin.com/in/john-doe/en")
    assert found.match(company="ACME, Inc.")


def test_one_entry_is_no_header(tmp_path: Path) -> None:
    assert listed(tmp_path, "ana@x.example").match(email="ana@x.example")


def test_an_export_blocks_its_people_and_not_their_firms(tmp_path: Path) -> None:
    found = listed(tmp_path, "Record ID,First Name,Email,Company Name\n1,Ana,ana@x.example,Acme\n")
    assert found.match(email="ana@x.example")
    assert found.match(company="Acme") is None


def test_a_header_alone_is_an_empty_list(tmp_path: Path) -> None:
    assert len(listed(tmp_path, "type,value,reason\n")) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "<html>sign in</html>",
        "type,value\nphone,123\n",
        "type,value\nemail,nobody\n",
        'type,value\n"email,ana@x.example\nemail,bob@x.example\n',
    ],
)
def test_a_list_that_cannot_be_read_stops(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileError):
        listed(tmp_path, text)


def test_a_missing_list_stops(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="missing"):
        Suppression.read([tmp_path / "none.csv"])


def test_prospects_and_what_else_the_list_says_of_them(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        "type,value\nlinkedin,https://www.linkedin.com/sales/lead/ACwAAATEST5E8B\ncompany,https://www.linkedin.com/company/acme\n",
    )
    person = Prospect(
        id="p_1", company=Company(name="Other", linkedin_url="https://www.linkedin.com/company/acme")
    )
    assert found.matches(person)
    stranger = Prospect(id="p_2", company=Company(name="Other"))
    assert found.matches(stranger) is None
    assert found.matches(stranger, ["https://www.linkedin.com/sales/lead/ACwAAATEST5E8B,NAME_SEARCH,5e8b"])


def test_customers_are_no_prospects(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("company,domain,since\nAcme Inc.,acme.example,2024\n", encoding="utf-8")
    found = Suppression.read([], path)
    assert found.match(company="ACME") == found.match(email="a@eu.acme.example") == "a customer"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"do_not_contact": "true"}, "opted_out"), ({"do_not_contact": "Sí"}, "opted_out"), ({"do_not_contact": "2024-05-01"}, "opted_out"),
        ({"do_not_contact": "false"}, None), ({"do_not_contact": "Nein"}, None), ({}, None), ({"stage": "Do Not Contact"}, "do_not_contact"),
        ({"stage": "Cold"}, None), ({"status": "Unsubscribed"}, "do_not_contact"), ({"status": "nicht kontaktieren"}, "do_not_contact"),
    ],
)  # fmt: skip
def test_markers_of_the_list_itself(values: dict[str, str], reason: str | None) -> None:
    assert asked_to_stop(values) == reason
