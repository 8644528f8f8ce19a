"""Addresses and links in every spelling come to one form, and what is none says so."""

import pytest

from outreach.intake.emails import mailbox_key, read_email
from outreach.intake.links import company_domain, company_page, profile_url


@pytest.mark.parametrize(
    "cell",
    [
        "ana.souza@acme.example",
        "ANA.SOUZA@ACME.EXAMPLE ",
        "Ana Souza <ana.souza@acme.example>",
        "mailto:ana.souza@acme.example",
        "ana.souza@acme.example; b@c.example",
        "ana.souza@acme.example,",
    ],
)
def test_one_address_in_many_spellings(cell: str) -> None:
    found = read_email(cell)
    assert (found.address, found.problem) == ("ana.souza@acme.example", "")


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("", ""), ("n/a", "bad_email"), ("-", "bad_email"), ("ana@", "bad_email"), ("ana at acme", "bad_email"), ("a..b@x.example", "bad_email"),
        ("ana@localhost", "bad_email"), ("noreply@x.example", "bad_email"), ("info@x.example", "role_email"), ("ventas-mx@x.example", "role_email"),
        ("Vertrieb@x.example", "role_email"), ("contato@x.example", "role_email"), ("comptabilite@x.example", "role_email"), ("sales1@x.example", "role_email"),
    ],
)  # fmt: skip
def test_no_address_of_a_person(cell: str, problem: str) -> None:
    found = read_email(cell)
    assert (found.address, found.problem) == (None, problem)


def test_people_whose_names_hold_a_role_are_people() -> None:
    assert read_email("pr.garcia@x.example").address == "pr.garcia@x.example"
    assert read_email("j.sales@x.example").address == "j.sales@x.example"


def test_look_alikes_are_flagged_and_are_not_the_plain_one() -> None:
    assert "mixed_scripts" in read_email("jane@p\u0430ypal.example").flags
    assert mailbox_key("jane@p\u0430ypal.example") != mailbox_key("jane@paypal.example")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://www.linkedin.com/in/John-Doe-Test-1A2B/en", "john-doe-test-1a2b"), ("linkedin.com/in/JOHN-DOE", "john-doe"),
        ("http://es.linkedin.com/in/john-doe/?trk=x", "john-doe"), ("https://www.linkedin.com/in/jos%C3%A9-p/", "josé-p"),
        ("https://www.linkedin.com/in/ACwAAABcdEfGh12", "ACwAAABcdEfGh12"), ("https:", None), ("https://www.linkedin.com/in/", None),
        ("https://www.linkedin.com/sales/lead/ACwAAATEST5E8B,NAME_SEARCH,5e8b", None), ("https://evil-linkedin.com/in/x", None),
        ("https://www.linkedin.com/company/acme", None),
    ],
)  # fmt: skip
def test_profiles(url: str, slug: str | None) -> None:
    assert profile_url(url) == (slug and f"https://www.linkedin.com/in/{slug}")


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("http://www.acme.example/", "acme.example"), ("acme.co.uk", "acme.co.uk"), ("https://eu.acme.com.br/x?y", "acme.com.br"), ("a@mail.acme.com", "acme.com"),
        ("ana@gmail.com", None), ("https://linkedin.com/company/x", None), ("acme", None), ("foo.github.io", "foo.github.io"), ("N/A", None),
    ],
)  # fmt: skip
def test_domains(text: str, domain: str | None) -> None:
    assert company_domain(text) == domain


def test_company_pages() -> None:
    assert (
        company_page("http://www.linkedin.com/company/Acme/about?x")
        == "https://www.linkedin.com/company/acme"
    )
