"""Names are read as their owners write them, and nobody is greeted wrongly."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.intake.cells import clean_cell
from outreach.intake.names import read_name

CASES = Path(__file__).parent / "fixtures" / "intake" / "greeting_cases.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda c: f"{c['first']}|{c['last']}",
)
def test_greeting_cases(case: dict[str, object]) -> None:
    name = read_name(clean_cell(str(case["first"])).text, clean_cell(str(case["last"])).text)
    assert name.greeting in case["greet"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("  Ana ", "Souza", ("Ana", "Souza", "Ana")),
        ("SOPHIE", "MUNOZ", ("Sophie", "Munoz", "Sophie")),
        ("dante", "da rosa", ("Dante", "da Rosa", "Dante")),
        ("JAN", "VAN DER BERG", ("Jan", "van der Berg", "Jan")),
        ("MARÍA DEL CARMEN", "DE LA CRUZ", ("María del Carmen", "de la Cruz", "María del Carmen")),
        ("İPEK", "YILMAZ", ("İpek", "Yılmaz", "İpek")),
        ("patrick", "o'neil", ("Patrick", "O'Neil", "Patrick")),
        ("JOHN", "MCDONALD", ("John", "McDonald", "John")),
        ("anna-lena", "groß", ("Anna-Lena", "Groß", "Anna-Lena")),
        ("Michael", "Alvarez, MBA", ("Michael", "Alvarez", "Michael")),
        ("Michael", "Alvarez, PMP®, CSM", ("Michael", "Alvarez", "Michael")),
        ("Michael", "Alvarez PhD", ("Michael", "Alvarez", "Michael")),
        ("Peter", "Smith, Jr.", ("Peter", "Smith", "Peter")),
        ("👩\u200d💻 Leire", "Santos (She/Her)", ("Leire", "Santos", "Leire")),
        ("Sarah (Sally)", "O'Neil 🚀", ("Sarah", "O'Neil", "Sally")),
        ("van der Berg, Jan", "", ("Jan", "van der Berg", "Jan")),
        ("Victor Manuel Vicens", "", ("Victor Manuel", "Vicens", "Victor Manuel")),
        ("Ernesto Bernal Alberdi", "", ("Ernesto", "Bernal Alberdi", "Ernesto")),
        ("Hans Georg Benthin", "", ("Hans Georg", "Benthin", "Hans Georg")),
        ("Dr. María José de la Cruz-López, PhD, MBA", "", ("María José", "de la Cruz-López", "María José")),
        ("bob smith, PMP®", "", ("Bob", "Smith", "Bob")),
        ("Jane Doe", "Doe", ("Jane", "Doe", "Jane")),
        ("Mª José", "Ruiz", ("María José", "Ruiz", "María José")),
        ("Fco. Javier", "Gómez", ("Francisco Javier", "Gómez", "Francisco Javier")),
        ("J. Michael", "Cline", ("J. Michael", "Cline", "Michael")),
        ("李", "伟", ("李", "伟", "李")),
        ("𝗔𝗻𝗮", "Ｒｕｉｚ", ("Ana", "Ruiz", "Ana")),
    ],
)
def test_names(first: str, last: str, wanted: tuple[str, str, str]) -> None:
    name = read_name(first, last)
    assert (name.first, name.last, name.greeting) == wanted
    assert name.problem == ""


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("", "", "no_name"), ("N/A", "", "no_name"), ("LinkedIn", "Member", "no_name"), ("Info", "Team", "no_name"),
        ("{{first_name}}", "", "no_name"), ("[First Name]", "[Last Name]", "no_name"), ("ana@x.example", "", "no_name"),
        ("", "Smith", "no_name"), ("Dr.", "Weber", "no_name"), ("test", "test", "no_name"), ("S.", "Soto", "initial"),
        ("A. J.", "Foyt", "initial"), ("Th.", "Müller", "initial"), ("Ø", "", "initial"), ("DE LA CRUZ", "MARIA", "doubtful_name"),
        ("Jos\ufffd", "Ruiz", "doubtful_name"), ("Jos?", "Garc?a", "doubtful_name"),
    ],
)  # fmt: skip
def test_who_cannot_be_greeted_says_why(first: str, last: str, problem: str) -> None:
    name = read_name(first, last)
    assert (name.greeting, name.problem) == ("", problem)


def test_an_honorific_comes_from_a_column_or_a_prefix_only() -> None:
    assert read_name("Hans", "Weber").honorific == ""
    assert read_name("Hans", "Weber", honorific="Herr").honorific == "Herr"
    assert read_name("Prof. Dr. Eva", "Klein").honorific == "Prof. Dr."
    assert read_name("Ing. Nieves", "Amador").honorific == "Ing."


@pytest.mark.parametrize(
    ("email", "first", "last"),
    [
        ("carlos.ruiz-mata@x.example", "Juan Carlos", "Ruiz Mata"),
        ("jruiz@x.example", "Juan Carlos", "Ruiz Mata"),
        ("juan@x.example", "Juan Carlos", "Ruiz Mata"),
    ],
)
def test_the_address_shows_where_a_name_divides(email: str, first: str, last: str) -> None:
    name = read_name("Juan Carlos Ruiz Mata", email=email)
    assert (name.first, name.last) == (first, last)


def test_unsure_greetings_are_flagged() -> None:
    assert "several_people" in read_name("Maria & Jose", "Ruiz").flags
    assert read_name("Nguyễn Văn", "An").greeting == ""
    assert "initials" in read_name("JP", "Morgan").flags
    assert "mixed_scripts" in read_name("M\u0430ria", "Ruiz").flags


@given(st.text(max_size=25), st.text(max_size=25))
def test_any_text_gives_a_name_or_a_problem(first: str, last: str) -> None:
    name = read_name(clean_cell(first).text, clean_cell(last).text)
    assert name.greeting == "" or name.problem == ""
    assert "\n" not in name.greeting
