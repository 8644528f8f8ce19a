"""From two verdicts to a decision: the table, exclusions, a named persona, and what overrules it."""

from typing import Any

import pytest

from outreach.domain.people import Company
from outreach.domain.verdicts import IcpVerdict, PersonaVerdict
from outreach.qualify.decide import decide, overrule, qualify
from tests.planning_samples import AS_OF, company, fact, icp, persona, prospect

ICP = icp({"industry": {"any": ["software"], "weight": 3}, "country": {"region": "LATAM", "weight": 2}})
PERSONAS = [persona()]


@pytest.mark.parametrize(
    ("employer", "person", "usable", "decision"),
    [
        ("fit", "fit", True, "write"), ("fit", "fit", False, "write_generic"), ("fit", "unfit", True, "route"), ("fit", "unknown", True, "ask_for_data"),
        ("unknown", "fit", True, "ask_for_data"), ("unknown", "unknown", True, "ask_for_data"), ("unknown", "unfit", True, "skip"),
        ("unfit", "fit", True, "skip"), ("unfit", "unknown", True, "skip"), ("unfit", "unfit", True, "skip"),
    ],
)  # fmt: skip
def test_the_table(employer: Any, person: Any, usable: bool, decision: str) -> None:
    verdicts = (
        IcpVerdict(verdict=employer, score=50, known_weight=0.7),
        PersonaVerdict(verdict=person, score=50),
    )
    assert decide(*verdicts, usable=usable)[0] == decision


def test_a_fit_is_written_with_a_fact_and_generically_without() -> None:
    with_fact = qualify(prospect(facts=(fact(),)), ICP, PERSONAS, AS_OF)
    assert (with_fact.decision, with_fact.usable_fact_ids, with_fact.persona.id) == (
        "write",
        ("f_hiring",),
        "vp-sales",
    )
    assert "title matches 'VP Sales'" in with_fact.decision_reason
    stale = qualify(prospect(facts=(fact(days_old=400),)), ICP, PERSONAS, AS_OF)
    assert (stale.decision, stale.usable_fact_ids) == ("write_generic", ())
    assert "stale: of " in stale.decision_reason


def test_the_unknown_is_asked_for() -> None:
    bare = qualify(prospect(company=Company(name="Lumera"), country=None), ICP, PERSONAS, AS_OF)
    assert (bare.decision, bare.icp.known_weight) == ("ask_for_data", 0)


def test_the_persons_country_counts_where_the_employers_is_unknown_and_is_said() -> None:
    verdict = qualify(prospect(company=company(country=None), country="MX"), ICP, PERSONAS, AS_OF).icp
    assert [reason.text for reason in verdict.reasons[:2]] == [
        "industry Software Development (software): matches software", "country MX in LATAM, by the person's own"]  # fmt: skip
    assert (
        qualify(prospect(country="MX", company=company(country="DE")), ICP, PERSONAS, AS_OF).icp.score == 60
    )


@pytest.mark.parametrize(
    ("exclude", "customers", "reason"),
    [
        ({"domains": ["lumera.example"]}, set(), "domain lumera.example is excluded"),
        ({"domains": ["https://www.Lumera.example/"]}, set(), "is excluded"),
        ({"companies": ["LUMERA"]}, set(), "company LUMERA is excluded"),
        ({}, {"lumera.example"}, "Lumera is a customer"),
        ({}, {"lumera"}, "Lumera is a customer"),
    ],
)
def test_excluded_accounts_are_skipped_and_never_overruled(
    exclude: Any, customers: set[str], reason: str
) -> None:
    rules = ICP.model_copy(update={"exclude": icp({}, exclude=exclude).exclude})
    verdict = qualify(prospect(), rules, PERSONAS, AS_OF, customers=customers)
    assert verdict.decision == "skip"
    assert reason in verdict.decision_reason
    assert overrule(verdict, PERSONAS[0]) == verdict


def test_a_subdomain_is_excluded_with_its_domain_and_a_lookalike_is_not() -> None:
    rules = ICP.model_copy(update={"exclude": icp({}, exclude={"domains": ["lumera.example"]}).exclude})
    sub = prospect(company=company(domain=None), email="ana@mail.lumera.example")
    other = prospect(company=company(domain="notlumera.example"), email="ana@notlumera.example")
    assert qualify(sub, rules, PERSONAS, AS_OF).decision == "skip"
    assert qualify(other, rules, PERSONAS, AS_OF).decision == "write_generic"


def test_a_named_persona_is_taken_for_every_title() -> None:
    verdict = qualify(prospect(title="Beekeeper"), ICP, PERSONAS, AS_OF, named=PERSONAS[0])
    assert (verdict.persona.id, verdict.persona.verdict, verdict.decision) == (
        "vp-sales",
        "fit",
        "write_generic",
    )


def test_overruling_keeps_the_verdicts_and_names_what_it_overruled() -> None:
    routed = qualify(prospect(title="Beekeeper", facts=(fact(),)), ICP, PERSONAS, AS_OF)
    assert routed.decision == "route"
    written = overrule(routed, PERSONAS[0])
    assert (written.decision, written.overruled, written.persona.id) == ("write", "route", "vp-sales")
    assert (written.persona.verdict, written.icp) == ("unfit", routed.icp)
    fits = qualify(prospect(), ICP, PERSONAS, AS_OF)
    assert overrule(fits, PERSONAS[0]) == fits
