"""Personas proposed from titles: grouped by field and rank, matched as qualify matches, nothing in them that the list does not tell."""

from pathlib import Path

import pytest

from outreach.authoring.suggest import proposal_yaml, title_groups
from outreach.domain.buyers import Persona
from outreach.domain.people import Company, Prospect, Range
from outreach.intake.titles import read_title
from outreach.qualify.persona import match_persona
from outreach.workspace.files import build_record
from outreach.workspace.library import Library
from outreach.workspace.strict_yaml import parse_yaml

PERSONAS = tuple(Library().personas.values())


def person(title: str, employees: float | None = None) -> Prospect:
    read = read_title(title)
    size = None if employees is None else Range(low=employees, high=employees)
    return Prospect(
        id=f"p_{title}",
        title=read.text,
        functions=read.functions,
        seniority=read.seniority,
        company=Company(employees=size),
    )


PEOPLE = [
    person("Head of Legal", 120), person("Head of Legal", 900), person("Leiter Recht", 30), person("VP Sales", 90),
    person("General Counsel", 40), person("Illustrator"), person("", 10),
]  # fmt: skip


def test_groups_count_who_is_taken_and_who_is_not() -> None:
    groups = title_groups(PEOPLE, PERSONAS, least=2)
    assert sum(group.people for group in groups) == len(PEOPLE)
    assert all(sum(group.taken.values()) + group.untaken == group.people for group in groups)
    by_key = {(group.function, group.seniority): group for group in groups}
    assert by_key["sales", "vp"].taken == {"vp-sales": 1}
    legal = by_key["legal", "head"]
    assert legal.examples == ("Head of Legal", "Leiter Recht")
    assert (legal.untaken, legal.employees) == (3, 120)
    assert legal.proposal is not None
    assert "120 people" in legal.proposal.why
    assert by_key["legal", "c_level"].proposal is None, "one person is no group"
    assert by_key[None, None].proposal is None, "no field is read from these titles"


def test_a_proposal_holds_the_list_s_titles_and_takes_its_people() -> None:
    group = next(one for one in title_groups(PEOPLE, PERSONAS, least=2) if one.proposal)
    text = proposal_yaml(group, "leads.csv", "en")
    persona = build_record(parse_yaml(text, Path("p.yaml")), Persona)
    assert set(persona.match.titles) == {"Head of Legal", "Leiter Recht"}
    assert persona.pain_points == ()
    assert persona.confidence == "low"
    assert "# fill in: pain_points:" in text
    for one in PEOPLE[:3]:
        assert match_persona(one, (*PERSONAS, persona)).id == persona.id
    assert match_persona(PEOPLE[3], (*PERSONAS, persona)).id == "vp-sales"


def test_beside_another_persona_of_the_field_only_titles_tell_apart() -> None:
    taker = Persona.model_validate(
        {"id": "legal", "name": "Legal", "buying_role": "user", "match": {"titles": ["Leiter Recht"]}}
    )
    group = next(
        one for one in title_groups(PEOPLE, (taker,), least=2) if one.function == "legal" and one.proposal
    )
    persona = build_record(parse_yaml(proposal_yaml(group, "l.csv", "en"), Path("p.yaml")), Persona)
    assert (persona.match.functions, persona.match.seniority) == ((), ())


@pytest.mark.parametrize("taken", [(), ("head-of-legal",)])
def test_an_id_that_is_taken_gets_a_number(taken: tuple[str, ...]) -> None:
    others = tuple(Persona.model_validate({"id": name, "name": "x", "buying_role": "user"}) for name in taken)
    group = next(
        one for one in title_groups(PEOPLE, others, least=2) if one.function == "legal" and one.proposal
    )
    assert group.proposal is not None
    assert group.proposal.id == ("head-of-legal-2" if taken else "head-of-legal")
