"""Which persona a person is: titles in several languages, functions and levels, assistants, ties."""

from typing import Any

import pytest

from outreach.domain.buyers import Persona, PersonaMatch
from outreach.qualify.persona import match_persona, nearest_persona
from outreach.qualify.titles import read_title
from outreach.workspace.library import Library
from tests.planning_samples import persona, prospect


def someone(persona_id: str, *titles: str, role: str = "decision_maker", **match: Any) -> Persona:
    return persona(persona_id, buying_role=role, match=PersonaMatch(titles=titles, **match))


PERSONAS = [
    someone("vp-sales", "VP Sales", "Head of Sales", "Sales Director", "Director Comercial", "Vertriebsleiter", "Directeur commercial"),
    someone("revops", "RevOps Manager", "Head of Sales Operations", "Sales Operations Manager", functions=("operations",), seniority=("manager",)),
    someone("cmo", "CMO", "VP Marketing", "Marketing Director", "Directrice marketing", functions=("marketing",), seniority=("vp", "c_level")),
    someone("ceo", "CEO", "Founder", "President", "Owner", "Geschäftsführer", role="economic_buyer", exclude=("assistant to",)),
    someone("it", "IT Manager", "Head of IT", "IT-Leiter", role="technical_evaluator"),
    someone("product", "Head of Product", "VP Product"),
    someone("ea", "Executive Assistant", "Assistante de direction", role="gatekeeper", functions=("executive_assistance",)),
]  # fmt: skip


def found(title: str, **fields: Any) -> str | None:
    return match_persona(prospect(title=title, **fields), PERSONAS).id


@pytest.mark.parametrize(
    ("title", "persona_id"),
    [
        ("VP Sales", "vp-sales"), ("VP of Sales", "vp-sales"), ("Vice President, Sales", "vp-sales"), ("SVP Global Sales", "vp-sales"),
        ("Vice President of Sales EMEA", "vp-sales"), ("Sales VP", "vp-sales"), ("VP Sales & Marketing", "vp-sales"),
        ("Directora Comercial", "vp-sales"), ("Directora Comercial LATAM", "vp-sales"), ("DIRECTOR COMERCIAL", "vp-sales"), ("Director/a Comercial", "vp-sales"),
        ("Leiter Vertrieb DACH", "vp-sales"), ("Vertriebsleiterin (m/w/d)", "vp-sales"), ("Leiterin Vertrieb", "vp-sales"),
        ("Directrice commerciale", "vp-sales"), ("Directeur commercial France", "vp-sales"),
        ("Directeur Marketing", "cmo"), ("Chief Marketing Officer", "cmo"), ("Fractional CMO | Advisor", "cmo"), ("Interim CMO", "cmo"),
        ("Head of Sales Operations", "revops"), ("Co-Founder & CEO", "ceo"), ("Cofounder", "ceo"), ("Founder @ Acme | ex-Google", "ceo"),
        ("Geschäftsführerin", "ceo"), ("IT-Leiterin", "it"), ("Leiter IT", "it"), ("Executive Assistant to the CEO", "ea"),
        ("PA to the Managing Director", "ea"), ("Assistentin der Geschäftsführung", "ea"), ("Assistante de Direction", "ea"), ("Vorstandsassistentin", "ea"),
        ("Secretaria de Gerencia", "ea"), ("Secretária da Presidência", "ea"),
    ],
)  # fmt: skip
def test_titles_are_recognised(title: str, persona_id: str | None) -> None:
    assert found(title) == persona_id


@pytest.mark.parametrize(
    "title",
    [
        "VP Sales Operations", "Head of Sales Enablement", "Sales Assistant", "VP Product Marketing", "IT Security Manager", "Vice President", "Product Owner",
        "Account Director", "Former CEO", "ex-CEO", "Chief of Staff to the CEO", "CEO Office Manager", "Office of the CEO", "Advisor to the CEO", "CEO Advisor",
        "Salesforce Administrator", "Asistente Comercial", "Student", "Geschäftsführer Vertrieb Innendienst", "",
    ],
)  # fmt: skip
def test_titles_of_another_trade_or_of_a_superior_are_not_taken(title: str) -> None:
    assert found(title) is None


def test_the_longest_title_wins_and_says_which() -> None:
    verdict = match_persona(prospect(title="Head of Sales Operations"), PERSONAS)
    assert (verdict.id, verdict.buying_role, verdict.verdict, verdict.score) == (
        "revops",
        "decision_maker",
        "fit",
        100,
    )
    assert verdict.reasons[0].text == "title matches 'Head of Sales Operations'"


def test_function_and_level_are_a_weaker_match() -> None:
    main = match_persona(prospect(title="Growth lead", functions=("marketing",), seniority="vp"), PERSONAS)
    other = match_persona(
        prospect(title="Growth lead", functions=("sales", "marketing"), seniority="vp"), PERSONAS
    )
    assert (main.id, main.score) == ("cmo", 70)
    assert (other.id, other.score) == ("cmo", 65)
    assert [reason.text for reason in main.reasons] == ["function marketing", "seniority vp"]
    junior = match_persona(
        prospect(title="Growth lead", functions=("marketing",), seniority="intern"), PERSONAS
    )
    assert (junior.id, junior.verdict) == (None, "unfit")
    assert "seniority intern is not vp, c_level" in junior.reasons[0].text
    unsure = match_persona(prospect(title="Growth lead", functions=("marketing",)), PERSONAS)
    assert (unsure.id, unsure.verdict) == (None, "unknown")


def test_no_persona_fits_names_the_nearest() -> None:
    verdict = match_persona(prospect(title="Inside Sales Trainer"), PERSONAS)
    assert verdict.verdict == "unfit"
    assert "nearest is vp-sales" in verdict.reasons[0].text
    assert (
        match_persona(prospect(title="Beekeeper"), PERSONAS).reasons[0].text
        == "no persona fits 'Beekeeper', nor comes near"
    )


def test_without_a_title_nothing_is_decided() -> None:
    assert match_persona(prospect(title=" "), PERSONAS).verdict == "unknown"
    assert match_persona(prospect(), []).verdict == "unknown"
    assert nearest_persona(prospect(), []) is None


def test_exclusions_beat_a_matching_title() -> None:
    ceo = someone("ceo", "CEO", "Founder", exclude=("sales club",))
    verdict = match_persona(prospect(title="Founder, Sales Club"), [ceo])
    assert (verdict.id, verdict.verdict) == (None, "unfit")
    assert "'sales club' rules it out" in verdict.reasons[0].text


def test_ties_are_settled_the_same_way_in_any_order_and_said() -> None:
    twins = [
        someone("b", "Growth Lead", functions=("sales",)),
        someone("a", "Growth Lead", functions=("marketing",)),
    ]
    for order in (twins, twins[::-1]):
        verdict = match_persona(prospect(title="Growth Lead"), order)
        assert verdict.id == "a"
        assert "matches b as well" in verdict.reasons[-1].text
        assert match_persona(prospect(title="Growth Lead", functions=("sales",)), order).id == "b"


def test_the_nearest_persona_presumes_least_where_nothing_is_near() -> None:
    personas = [
        someone("boss", "Boss"),
        someone("hand", "Hand", role="user"),
        someone("door", "Door", role="gatekeeper"),
    ]
    assert nearest_persona(prospect(title="Beekeeper"), personas) == personas[1]
    assert nearest_persona(prospect(title="Boss"), personas) == personas[0]


@pytest.mark.parametrize(
    ("title", "assistant"),
    [("Assistant Vice President", ""), ("Assistant Store Manager", ""), ("Executive Assistant", "executive"), ("Assistant to the Director", "executive"),
     ("Asistente de Dirección", "executive"), ("Sekretärin der Geschäftsleitung", "executive"), ("Sales Assistant", "other"), ("Assistant Director of Nursing", ""), ("Assistant Account Executive", "other"), ("CEO", "")],
)  # fmt: skip
def test_assistants_are_told_from_ranks(title: str, assistant: str) -> None:
    assert read_title(title).assistant == assistant


def test_every_built_in_persona_recognises_its_own_titles() -> None:
    personas = list(Library(None).personas.values())
    for own in personas:
        for title in own.match.titles:
            verdict = match_persona(prospect(title=title), personas)
            assert verdict.id == own.id, f"{title!r} of {own.id} is taken for {verdict.id}"
