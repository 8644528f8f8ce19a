"""People of one account planned beside each other: order, days, what each keeps clear of, and that rows do not matter."""

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.people import Fact
from outreach.domain.plans import Avoided, Plan, PlannedStep
from outreach.domain.selling import CommitteePlace
from outreach.domain.verdicts import FiredSignal
from outreach.planning.committee import Member, facts_naming, member_of, seats, uses
from outreach.planning.plan import make_plan
from outreach.running.arranging import Kept, arrange
from outreach.running.campaign import Campaign, load_campaign
from outreach.running.qualifying import read_list
from outreach.running.triage import Triaged, TriageOptions, triage
from outreach.running.writers import what_counts
from outreach.workspace.settings import load_settings, override
from tests.planning_samples import fact, offer, persona, policy, prospect, qualification, sequence

EXAMPLE = Path(__file__).parent.parent / "examples" / "saas-en"
DAY = datetime.date(2026, 11, 20)


def member(name: str, place: int = 1, **fields: Any) -> Member:
    known = {"id": name, "name": name.title(), "role": "champion", "place": CommitteePlace(place=place, why="it is so"), "own_signal": False, "fit": 150.0}  # fmt: skip
    return Member(**(known | fields))


def order(*members: Member, spacing: int = 2, people: int | None = None) -> list[tuple[str, int, int]]:
    placed, _ = seats(members, spacing, people)
    return [(seat.member.id, seat.place, seat.start_day) for seat in placed]


def test_role_comes_first_then_a_signal_of_their_own_then_fit_then_the_id() -> None:
    members = [member("d", 2, fit=190.0), member("c", fit=100.0), member("b", fit=120.0), member("a", fit=90.0, own_signal=True), member("e", fit=100.0)]  # fmt: skip
    assert order(*members) == [("a", 1, 0), ("b", 2, 2), ("c", 3, 4), ("e", 4, 6), ("d", 5, 8)]
    placed, _ = seats(members, 2)
    reasons = [seat.reason for seat in placed]
    assert reasons[0] == "champion: it is so; a fresh signal is about this person"
    assert reasons[1].endswith("after A, about whom there is a fresh signal")
    assert reasons[2].endswith("after B, who fits better")
    assert reasons[3].endswith("after C, who stands the same: ids decide")
    assert reasons[4] == "champion: it is so"


def test_a_kept_start_stays_and_the_others_go_around_it() -> None:
    assert order(member("a"), member("b"), member("c", kept_start=0)) == [
        ("c", 1, 0),
        ("a", 2, 2),
        ("b", 3, 4),
    ]
    assert order(member("a"), member("b"), member("c", kept_start=3)) == [
        ("a", 1, 0),
        ("c", 2, 3),
        ("b", 3, 5),
    ]
    assert [day for *_, day in order(member("a"), member("b"), spacing=0)] == [0, 0]


def test_a_full_account_makes_the_others_wait() -> None:
    placed, waiting = seats([member("a"), member("b", 2), member("c", 3, kept_start=0)], 2, 2)
    assert [seat.member.id for seat in placed] == ["c", "a"]
    assert [one.id for one in waiting] == ["b"]


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans(), st.integers(0, 200)), max_size=7), st.randoms())
def test_the_order_does_not_know_the_order_of_rows(people: list[tuple[int, bool, int]], random: Any) -> None:
    members = [
        member(f"m{n}", place, own_signal=own, fit=float(fit)) for n, (place, own, fit) in enumerate(people)
    ]
    shuffled = list(members)
    random.shuffle(shuffled)
    assert order(*members) == order(*shuffled)
    starts = [start for *_, start in order(*members)]
    assert starts == list(range(0, 2 * len(members), 2))


def test_a_members_rank_comes_from_policy_signal_and_verdicts() -> None:
    made = plan(policy=policy("user"))
    assert (member_of(made).place.place, member_of(made).own_signal) == (3, False)
    told = fact("f_post", "post", about="person")
    verdicts = qualification(("f_post",), signals=(FiredSignal(signal_id="s", fact_id="f_post", weight=1),))
    made = plan(prospect=prospect(facts=(told,)), qualification=verdicts)
    assert member_of(made).own_signal
    own = policy(committee=CommitteePlace(place=9, why="last of all"))
    assert member_of(plan(policy=own)).place.why == "last of all"


# What one keeps clear of --------------------------------------------------------------------------------------------


def plan(usable: tuple[str, ...] = (), avoid: Avoided = Avoided(), **fields: Any) -> Plan:  # noqa: B008
    known = {"prospect": prospect(facts=tuple(fact(f) for f in usable)), "qualification": qualification(usable), "persona": persona(),
             "offer": offer(), "sequence": sequence(), "policy": policy()}  # fmt: skip
    return make_plan(**(known | fields), avoid=avoid)


def test_facts_claims_and_pains_of_a_colleague_are_left_alone_while_others_are_there() -> None:
    first = plan(("f_hiring", "f_two"))
    second = plan(("f_hiring", "f_two"), avoid=uses(plan(("f_hiring", "f_two"), sequence=sequence(("connection_request", 0, "connect"), ("linkedin_message", 2, "open")))))  # fmt: skip
    assert first.steps[0].angle.fact_id == "f_hiring"
    assert second.steps[0].angle.fact_id not in {"f_hiring", *[s.angle.fact_id for s in first.steps[:2]]}
    assert second.steps[0].angle.pain_id not in {step.angle.pain_id for step in first.steps[:2]}


def test_what_has_to_be_shared_says_so_and_an_opening_fact_never_is() -> None:
    taken = uses(plan(("f_hiring",)))
    second = plan(("f_hiring",), avoid=taken)
    assert second.steps[0].angle.fact_id is None
    shared = [step for step in second.steps if step.angle.pain_id in taken.pains]
    assert shared
    assert all("a colleague gets" in step.angle.reason for step in shared)
    assert "a colleague gets" not in "".join(step.angle.reason for step in plan(("f_hiring",)).steps)


def test_an_asset_that_a_colleague_gets_gives_way_to_another() -> None:
    steps = (("linkedin_message", 0, "open"), ("linkedin_message", 7, "prove"))
    assert plan(sequence=sequence(*steps)).steps[1].ask_id == "sheet"
    assert plan(sequence=sequence(*steps), avoid=Avoided(asks=("sheet",))).steps[1].ask_id == "sample"
    both = Avoided(asks=("sample", "sheet"))
    assert plan(sequence=sequence(*steps), avoid=both).steps[1].ask_id == "sheet", "none other is there"


def test_a_fact_that_names_a_colleague_reaches_nobody() -> None:
    told = Fact(id="f_lead", kind="leadership", text="Lumera has a new CFO, Ingrid Solheim")
    assert facts_naming([told], [prospect(first_name="Ingrid", last_name="Solheim")]) == ("f_lead",)
    assert facts_naming([told], [prospect(first_name="Inga", last_name="Solberg")]) == ()
    slots = told.model_copy(update={"text": "Lumera has a new CFO", "slots": {"person": "Ingrid Solheim"}})
    assert facts_naming([slots], [prospect(first_name="Ingrid", last_name="Solheim")]) == ("f_lead",)
    made = plan(("f_hiring",), avoid=Avoided(withheld=("f_hiring",)))
    assert made.facts == ()
    assert made.stale_fact_ids == ()


# A whole list -------------------------------------------------------------------------------------------------------


def campaign(**given: Any) -> Campaign:
    base = load_settings(EXAMPLE, {})
    placed = {(section, key): value for section, values in given.items() for key, value in values.items()}
    return load_campaign(EXAMPLE, override(base, placed))


@lru_cache(maxsize=1)
def alone() -> tuple[Triaged, ...]:
    read = read_list(EXAMPLE / "prospects.csv", campaign())
    return tuple(triage(row, campaign(), TriageOptions(DAY)) for row in read.rows)


def arranged(items: Any = None, kept: Kept = Kept({}), **given: Any) -> dict[str, Plan]:  # noqa: B008
    done = arrange(items or alone(), campaign(**given), TriageOptions(DAY), kept)
    return {item.plan.prospect.last_name: item.plan for item in done if item.plan is not None}


def brightquay(plans: dict[str, Plan]) -> list[Plan]:
    people = [made for made in plans.values() if made.prospect.company.key == "brightquay.example"]
    return sorted(people, key=lambda made: made.committee.place if made.committee else 0)


def _others_that_fit(made: Plan, step: PlannedStep, raised: set[str]) -> set[str]:
    """Return the other asks of the kind that belong to a pain raised so far, or to none."""
    chosen = made.ask(step.ask_id)
    assert chosen is not None
    asks = (ask for ask in made.offer.asks if ask.kind == chosen.kind and ask.id != chosen.id)
    return {ask.id for ask in asks if not ask.answers or raised & set(ask.answers)}


def test_four_people_of_one_account_get_four_openings_days_and_assets() -> None:
    people = brightquay(arranged())
    assert [made.start_day for made in people] == [0, 2, 4, 6]
    assert [made.committee.size for made in people if made.committee] == [4, 4, 4, 4]
    facts = [made.steps[0].angle.fact_id for made in people if made.steps[0].angle.fact_id]
    assert len(facts) == len(set(facts)) >= 2
    openings = {(made.steps[0].angle.pain_id, made.steps[0].angle.fact_id) for made in people}
    assert len(openings) == 4
    claims = [step.angle.claim_id for made in people for step in made.steps if step.angle.claim_id]
    assert len(claims) == len(set(claims))
    offered: set[str] = set()
    for made in people:
        raised: set[str] = set()
        for step in made.steps:
            raised |= {step.angle.pain_id or ""}
            if step.ask_id in offered:
                assert not _others_that_fit(made, step, raised) - offered, (
                    "a colleague's asset only where none other fits"
                )
        offered |= {step.ask_id for step in made.steps if step.ask_id}


def test_a_single_person_has_no_committee_and_the_plan_it_had() -> None:
    before = {item.plan.outreach_id: item.plan for item in alone() if item.plan is not None}
    for made in arranged().values():
        if made.prospect.company.key != "brightquay.example":
            assert made == before[made.outreach_id]


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(34)))
def test_plans_do_not_know_the_order_of_rows(places: list[int]) -> None:
    assert len(alone()) == 34
    assert arranged(
        [alone()[place] for place in places], linkedin={"notes_left": 5, "invites_per_week": 4}
    ) == arranged(linkedin={"notes_left": 5, "invites_per_week": 4})


def test_a_row_of_another_account_changes_nothing_here() -> None:
    fewer = [
        item
        for item in alone()
        if item.plan is None or item.plan.prospect.company.key == "brightquay.example"
    ]
    assert brightquay(arranged(fewer)) == brightquay(arranged())


def test_place_and_days_cost_nothing_but_what_is_said_does() -> None:
    people = brightquay(arranged())
    spaced = brightquay(arranged(committee={"spacing_days": 5}))
    assert [made.start_day for made in spaced] == [0, 5, 10, 15]
    assert [what_counts(made) for made in people] == [what_counts(made) for made in spaced]
    second = next(
        item.plan for item in alone() if item.plan and item.plan.outreach_id == people[1].outreach_id
    )
    assert what_counts(second) != what_counts(people[1])


def test_only_so_many_at_once() -> None:
    done = arrange(alone(), campaign(committee={"people": 2}), TriageOptions(DAY))
    waiting = [item for item in done if item.reason == "account_full"]
    assert len(waiting) == 2
    first = brightquay(arranged())[:2]
    assert all(made.prospect.last_name in waiting[0].detail for made in first)
    assert [
        made.committee.size for made in brightquay(arranged(committee={"people": 2})) if made.committee
    ] == [2, 2]


@pytest.mark.parametrize("people", [1, 2, 3])
def test_places_are_counted_over_those_who_are_written_to(people: int) -> None:
    made = brightquay(arranged(committee={"people": people}))
    assert [one.committee.place if one.committee else 1 for one in made] == list(range(1, people + 1))
