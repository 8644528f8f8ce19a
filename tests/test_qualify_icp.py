"""Whether an employer fits: each criterion, ranges, the unknown, and what they add up to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.people import Company, Range
from outreach.qualify.icp import judge_company
from tests.planning_samples import company, fact, icp


def outcome(criterion: str, wanted: dict[str, Any], employer: Company, **kwargs: Any) -> tuple[str, str]:
    verdict = judge_company(employer, icp({criterion: wanted}), **kwargs)
    return verdict.reasons[0].outcome, verdict.reasons[0].text


@pytest.mark.parametrize(
    ("low", "high", "bounds", "expected", "text"),
    [
        (120, 120, {"min": 50, "max": 1000}, "fit", "employees 120 within 50–1000"),
        (50, 50, {"min": 50}, "fit", "employees 50 within 50 or more"),
        (49, 49, {"min": 50}, "unfit", "employees 49 below 50 or more"),
        (1001, 5000, {"max": 1000}, "unfit", "employees 1001–5000 above 1000 or less"),
        (51, 200, {"min": 50, "max": 150}, "fit", "employees 51–200 mostly within 50–150"),
        (11, 50, {"min": 50, "max": 1000}, "unfit", "employees 11–50 almost all outside 50–1000"),
        (51, 200, {"min": 120}, "unknown", "employees 51–200 only partly within 120 or more, too little to tell"),
        (1001, None, {"min": 500}, "fit", "employees 1001 or more within 500 or more"),
        (10001, None, {"max": 1000}, "unfit", "employees 10001 or more above 1000 or less"),
        (201, None, {"max": 5000}, "unknown", "employees 201 or more has an open end and may lie inside or outside 5000 or less"),
        (None, 10, {"min": 50}, "unfit", "employees up to 10 below 50 or more"),
        (None, None, {"min": 50}, "unknown", "employees unknown"),
    ],
)  # fmt: skip
def test_a_range_counts_by_the_part_inside(
    low: Any, high: Any, bounds: dict[str, Any], expected: str, text: str
) -> None:
    employer = company(employees=Range(low=low, high=high))
    assert outcome("employees", bounds, employer) == (expected, text)


def test_money_and_years_say_their_unit() -> None:
    rich = company(revenue_usd=Range(low=4_500_000, high=4_500_000), revenue_approximate=True, founded=1999)
    assert outcome("revenue_usd", {"min": 5_000_000}, rich) == (
        "unfit", "revenue 4.5M below 5M or more (US dollars a year, converted from another currency)")  # fmt: skip
    assert outcome("founded", {"min": 2010}, rich)[0] == "unfit"
    assert outcome("revenue_usd", {"min": 1}, company()) == ("unknown", "revenue unknown")


@pytest.mark.parametrize(
    ("industry", "group", "wanted", "expected"),
    [
        ("Software Development", "software", ["software"], "fit"),
        ("Desarrollo de programas", "software", ["Software"], "fit"),  # by group, whatever the language
        ("Transportation, Logistics and Storage", None, ["logistics"], "fit"),  # by word
        ("Hospitals and Health Care", "health", ["software"], "unfit"),
        ("Beekeeping", None, ["software"], "unknown"),  # in no group: that is not knowing
        (None, None, ["software"], "unknown"),
    ],
)
def test_industry_goes_by_group_and_words(
    industry: Any, group: Any, wanted: list[str], expected: str
) -> None:
    assert (
        outcome("industry", {"any": wanted}, company(industry=industry, industry_group=group))[0] == expected
    )


def test_industry_names_of_the_icp_may_be_mapped_to_groups() -> None:
    groups = {"Computer Software": "software"}
    employer = company(industry="Application development", industry_group="software")
    assert outcome("industry", {"any": ["Computer Software"]}, employer)[0] == "unfit"
    assert outcome("industry", {"any": ["Computer Software"]}, employer, group_of=groups.get)[0] == "fit"


@pytest.mark.parametrize(
    ("country", "wanted", "expected"),
    [
        ("CO", {"region": "LATAM"}, ("fit", "country CO in LATAM")),
        ("ES", {"region": "LATAM"}, ("unfit", "country ES not in LATAM")),
        ("US", {"region": "Europe", "any": ["US", "Canada"]}, ("fit", "country US")),
        ("CA", {"any": ["CA"]}, ("fit", "country CA")),
        ("BR", {"region": "LATAM", "none": ["Brasil"]}, ("unfit", "country BR is ruled out (Brasil)")),
        ("FR", {"none": ["BR"]}, ("fit", "country FR is not ruled out")),
        (None, {"region": "LATAM"}, ("unknown", "country unknown")),
    ],
)
def test_country_goes_by_code_name_and_region(
    country: Any, wanted: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert outcome("country", wanted, company(country=country)) == expected


def test_technologies_funding_and_keywords() -> None:
    employer = company(
        technologies=("Salesforce", "HubSpot Sales Hub"), funding_round="Pre-Seed", keywords=("payroll",)
    )
    assert outcome("technologies", {"any": ["HubSpot"]}, employer)[0] == "fit"
    assert outcome("technologies", {"any": ["Marketo"]}, employer)[0] == "unfit"
    assert outcome("technologies", {"any": ["HubSpot"], "none": ["Salesforce"]}, employer)[0] == "unfit"
    assert outcome("technologies", {"none": ["Marketo"]}, employer)[0] == "fit"
    assert outcome("funding", {"any": ["Seed"]}, employer)[0] == "unfit"
    assert outcome("funding", {"any": ["pre seed"]}, employer)[0] == "fit"
    assert outcome("keywords", {"any": ["payroll"]}, employer)[0] == "fit"
    assert outcome("keywords", {"any": ["payroll"]}, company())[0] == "unknown"
    told = fact(kind="technology", slots={"what": "HubSpot"})
    assert outcome("technologies", {"any": ["HubSpot"]}, company(), facts=[told])[0] == "fit"
    assert outcome("technologies", {"any": ["HubSpot"]}, company())[0] == "unknown"


FIVE = {
    "industry": {"any": ["software"], "weight": 3},
    "employees": {"min": 50, "max": 1000, "weight": 3},
    "country": {"region": "LATAM", "weight": 2},
    "technologies": {"any": ["HubSpot"], "weight": 1},
    "revenue_usd": {"min": 5_000_000, "weight": 1},
}


def test_the_score_is_over_what_is_known() -> None:
    verdict = judge_company(company(), icp(FIVE))
    assert (verdict.verdict, verdict.score, verdict.known_weight) == ("fit", 100, 0.8)
    assert [reason.weight for reason in verdict.reasons] == [3, 3, 2, 0, 0, 0]
    verdict = judge_company(company(employees=Range(low=9, high=9)), icp(FIVE))
    assert (verdict.verdict, verdict.score) == ("fit", 62.5)
    assert verdict.reasons[-1].text == "score 62.5 of 100, 60 is enough"
    assert judge_company(company(employees=Range(low=9, high=9)), icp(FIVE, fit_score=70)).verdict == "unfit"


def test_less_than_half_known_is_unknown_however_well_it_fits() -> None:
    verdict = judge_company(Company(name="Lumera", industry_group="software"), icp(FIVE))
    assert (verdict.verdict, verdict.score, verdict.known_weight) == ("unknown", 100, 0.3)
    assert verdict.reasons[-1].text == "only 30 % of the weight could be judged, half is needed"
    half = judge_company(Company(name="Lumera", industry_group="software", country="CO"), icp(FIVE))
    assert (half.verdict, half.known_weight) == ("fit", 0.5)


def test_required_criteria() -> None:
    required = FIVE | {"country": {"region": "LATAM", "weight": 1, "required": True}}
    assert judge_company(company(country="DE"), icp(required)).verdict == "unfit"
    untold = judge_company(company(country=None), icp(required))
    assert (untold.verdict, untold.reasons[-1].text) == ("unknown", "required but unknown: country")
    # A mismatch is certain even where little else is known.
    assert judge_company(Company(name="Lumera", country="DE"), icp(required)).verdict == "unfit"


def test_an_icp_without_criteria_decides_nothing() -> None:
    assert judge_company(company(), icp({})).verdict == "unknown"


@given(
    st.fixed_dictionaries(
        {
            "industry_group": st.sampled_from([None, "software", "health"]),
            "employees": st.sampled_from([None, Range(low=120, high=120), Range(low=9, high=9)]),
            "country": st.sampled_from([None, "CO", "DE"]),
            "technologies": st.sampled_from([(), ("HubSpot",), ("Marketo",)]),
            "revenue_usd": st.sampled_from([None, Range(low=1, high=1), Range(low=9e6, high=None)]),
        }
    )
)
def test_forgetting_something_never_makes_a_fit(known: dict[str, Any]) -> None:
    """What is unknown earns nothing: a verdict of fit rests on at least half the weight, most of it fitting."""
    verdict = judge_company(Company(name="Lumera", **known), icp(FIVE))
    weights = {name: entry["weight"] for name, entry in FIVE.items()}
    fitting = sum(weights[r.criterion] for r in verdict.reasons[:-1] if r.outcome == "fit")
    judged = sum(weights[r.criterion] for r in verdict.reasons[:-1] if r.outcome != "unknown")
    assert (verdict.verdict == "fit") == (judged >= 5 and fitting / judged >= 0.6)
    assert verdict.known_weight == judged / 10
