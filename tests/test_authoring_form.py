"""The form: refused answers are asked again with the reason, defaults are worked out, files of answers are read with their lines."""

from pathlib import Path

import pytest

from outreach.authoring.form import RefusedError, ask_all, read_answer, read_answers
from outreach.authoring.new import Origin, new_file
from outreach.authoring.questions import Question, default_of, question, questions, role_of
from outreach.authoring.sheet import Item, first, texts
from outreach.errors import FileErrors, UsageError
from outreach.workspace.strict_yaml import parse_yaml

ORIGIN = Origin("", "answers", "medium", "en", "en")


class Person:
    """Answers questions by id from a script; an unscripted question gets an empty answer."""

    def __init__(self, **script: list[str]) -> None:
        self.script = {name: list(answers) for name, answers in script.items()}
        self.reasons: list[str] = []

    def __call__(self, asked: Question, default: str, reason: str) -> str:
        if reason:
            self.reasons.append(reason)
        answers = self.script.get(asked.id, [])
        return answers.pop(0) if answers else ""


def test_a_refused_answer_is_asked_again_with_the_reason() -> None:
    person = Person(
        sender=["", "Ana Reyes"], company=["Acme"],
        product=["Acme plans routes", "plans routes.", "plans routes"],
        text=["Cut costs by 9 %", "A fleet of nine cut idle days by 9 % in a year.", "", "write-up", "a write-up"],
    )  # fmt: skip
    sheet = ask_all(questions("offer"), person, {}, "en")
    assert first(sheet, "product") == "plans routes"
    assert texts(sheet, "claims") == ["A fleet of nine cut idle days by 9 % in a year."]
    assert sheet["claims"][0].part("kind") == "figure", "worked out from the digits"
    assert texts(sheet, "asks") == ["a write-up"]
    assert len(person.reasons) == 5
    assert "needed" in person.reasons[0]


def test_a_persona_s_defaults_come_from_its_name() -> None:
    sheet = ask_all(questions("persona"), Person(name=["Leiterin Kundenservice"]), {}, "de")
    assert first(sheet, "id") == "leiterin-kundenservice"
    assert (texts(sheet, "functions"), texts(sheet, "seniority")) == (["customer_success"], ["head"])
    assert first(sheet, "buying_role") == "decision_maker"
    assert first(sheet, "evidence") == "peers"


@pytest.mark.parametrize(
    ("kind", "name", "raw", "reason"),
    [
        ("persona", "id", "Head Of", "small letters"),
        ("persona", "buying_role", "champoin", "did you mean champion?"),
        ("persona", "functions", "sales; selling", "none of"),
        ("icp", "employees_min", "many", "in digits"),
        ("icp", "employees_min", "2.000", "without separators"),
        ("icp", "employees_min", "nan", "in digits"),
        ("icp", "employees_min", "-3", "not negative"),
        ("icp", "countries", "Atlantis", "no country or region"),
        ("icp", "exclude_domains", "https://rival.example/x", "bare domain"),
        ("offer", "topic", "one two three four five six seven", "at most 6"),
        ("offer", "opt_out", "just say so", "full stop"),
        ("offer", "sender", "Ana\x07", "cannot be seen"),
        ("offer", "asks", "write-up", "noun phrase"),
        ("offer", "claims", "x" * 401, "401 characters"),
    ],
)  # fmt: skip
def test_what_is_refused(kind, name: str, raw: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read_answer(question(kind, name), raw, {}, "en")


def test_an_upper_bound_below_the_lower_one_is_refused() -> None:
    sheet = {"employees_min": (Item("500"),)}
    with pytest.raises(RefusedError, match="lower bound, 500"):
        read_answer(question("icp", "employees_max"), "50", sheet, "en")
    assert read_answer(question("icp", "employees_max"), "5 000", sheet, "en") == (Item("5000"),)


@pytest.mark.parametrize(("text", "language"), [("ein zweiseitiges Papier", "de"), ("une page de synthèse", "fr"), ("um resumo", "pt"), ("un resumen", "es"), ("Shall I send it?", "en")])  # fmt: skip
def test_asks_of_five_languages_are_noun_phrases_with_an_article_or_questions(
    text: str, language: str
) -> None:
    assert read_answer(question("offer", "asks"), text, {}, language)[0].text == text


def test_a_file_of_answers_is_read_with_rows_and_every_fault_has_its_line() -> None:
    good = parse_yaml(
        "name: Fleet manager\ntitles: [Fleet Manager, Fuhrparkleiter]\npains:\n"
        "  - {text: 'vans stand idle; parts are late', question: 'How long?', signals: [expansion]}\n  - drivers leave\n",
        Path("a.yaml"),
    )
    sheet = read_answers(good, questions("persona"), "en")
    assert texts(sheet, "pains") == ["vans stand idle; parts are late", "drivers leave"]
    assert sheet["pains"][0].parts == {"question": ("How long?",), "signals": ("expansion",)}
    bad = parse_yaml(
        "nmae: x\nformality: loud\npains:\n  - {question: 'a?'}\nmetrics:\n  a: b\n", Path("a.yaml")
    )
    with pytest.raises(FileErrors) as caught:
        read_answers(bad, questions("persona"), "en")
    assert [error.line for error in caught.value.errors] == [1, 2, 3, 5]
    assert "did you mean 'name'?" in str(caught.value)


def test_a_file_of_answers_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(FileErrors, match="question: answer"):
        read_answers(parse_yaml("- x\n", Path("a.yaml")), questions("icp"), "en")


@pytest.mark.parametrize(("kind", "sheet", "reason"), [
    ("persona", {}, "no name"), ("persona", {"name": (Item("名前"),)}, "no id"),
    ("offer", {"sender": (Item("Ana"),)}, "company, product"), ("icp", {"name": (Item("x"),)}, "any criterion"),
])  # fmt: skip
def test_a_file_is_not_made_without_what_it_cannot_do_without(kind, sheet, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        new_file(kind, sheet, ORIGIN, Path("f.yaml"))


def test_a_default_of_a_row_follows_the_fields_before_it() -> None:
    weight = next(field for field in question("offer", "asks").fields if field.id == "weight")
    assert default_of(weight, {}, {"kind": (Item("meeting"),)}) == "heavy"


@pytest.mark.parametrize(
    ("functions", "seniority", "employees", "role"),
    [
        (("executive_assistance",), "assistant", None, "gatekeeper"),
        (("finance",), "c_level", 30, "decision_maker"),
        (("finance",), "c_level", 800, "economic_buyer"),
        (("procurement",), "head", 800, "economic_buyer"),
        (("engineering",), "senior", None, "technical_evaluator"),
        (("sales",), "vp", None, "decision_maker"),
        (("sales",), "manager", 20, "decision_maker"),
        (("sales",), "manager", 400, "champion"),
        (("legal",), "senior", None, "influencer"),
        (("sales",), "individual", None, "user"),
        (("sales",), None, None, "influencer"),
    ],
)
def test_a_buying_role_is_proposed_from_field_rank_and_size(
    functions, seniority, employees, role: str
) -> None:
    proposed, why = role_of(functions, seniority, employees)
    assert proposed == role
    assert why
