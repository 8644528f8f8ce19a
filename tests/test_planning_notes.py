"""The note budget: who gets a note and why, what stands in for one, and in which week invitations go out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.plans import Plan
from outreach.domain.selling import SequenceStep
from outreach.drafting.offline import load_templates, write_offline
from outreach.drafting.offline_material import form_of
from outreach.planning.channels import reachable, without_note
from outreach.planning.describe import describe_plan
from outreach.planning.notes import Request, bare_requests, describe_notes, invite_weeks
from outreach.planning.plan import NoChannel, PlanOptions, make_plan
from outreach.prompting.material import stable_data
from outreach.workspace.library import Library
from tests.planning_samples import fact, offer, persona, policy, prospect, qualification, sequence
from tests.plans import HIRING, LINKEDIN_FIRST
from tests.plans import make_plan as written_plan

LINKEDIN = (("connection_request", 0, "connect"), ("linkedin_message", 2, "open"), ("linkedin_message", 7, "prove"), ("linkedin_message", 15, "close"))  # fmt: skip


def request(name: str, **fields: Any) -> Request:
    known = {"id": name, "name": name, "account": "", "place": 1, "fit": 80.0, "signal": False, "weight": 3, "role": "user"}  # fmt: skip
    return Request(**(known | fields))


def plan(bare: str = "", **fields: Any) -> Any:
    usable = ("f_hiring",)
    known = {"prospect": prospect(facts=(fact(),)), "qualification": qualification(usable), "persona": persona(),
             "offer": offer(), "sequence": sequence(*LINKEDIN), "policy": policy(), "options": PlanOptions(bare_request=bare)}  # fmt: skip
    return make_plan(**(known | fields))


def test_notes_go_by_fit_then_signal_then_role_then_id_and_to_whom_has_one_first() -> None:
    people = [
        request("e"),
        request("d"),
        request("c", weight=6),
        request("b", signal=True),
        request("a", fit=90.0),
    ]
    noted = [set("abcde") - set(bare_requests(people, left)) for left in range(6)]
    assert [sorted(names) for names in noted] == [[], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"], list("abcde")]  # fmt: skip
    people[0] = request("e", kept=True)
    assert sorted(set("abcde") - set(bare_requests(people, 2))) == ["a", "e"]
    assert (
        bare_requests(people, 1)["b"] == "1 note left, 2 people go before: ICP fit 80, a fresh signal, user"
    )
    assert bare_requests([request("a")], 0) == {"a": "0 notes left"}


def test_without_a_budget_all_have_one_and_with_no_note_nobody() -> None:
    people = [request("a", kept=True), request("b")]
    assert bare_requests(people, None) == {}
    assert set(bare_requests(people, 5, no_note=True)) == {"a", "b"}


def test_invitations_fill_the_weeks_by_rank_and_colleagues_keep_their_order() -> None:
    people = [request("a", fit=50.0, account="x", place=1), request("b", fit=99.0, account="x", place=2), request("c", fit=70.0), request("d", fit=60.0)]  # fmt: skip
    assert invite_weeks(people, 2) == {"c": 1, "d": 1, "a": 2, "b": 2}
    assert invite_weeks(people, 2, {"a": 1}) == {"a": 1, "b": 1, "c": 2, "d": 2}
    assert invite_weeks(people, None) == {}


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.sampled_from("xyz")), max_size=12), st.integers(1, 4), st.randoms())  # fmt: skip
def test_no_week_is_over_full_and_rows_do_not_matter(
    people: list[tuple[int, bool, str]], per_week: int, random: Any
) -> None:
    places: dict[str, int] = {}
    made = []
    for number, (fit, signal, account) in enumerate(people):
        places[account] = places.get(account, 0) + 1
        made.append(
            request(f"r{number}", fit=float(fit), signal=signal, account=account, place=places[account])
        )
    weeks = invite_weeks(made, per_week)
    assert sorted(weeks) == sorted(one.id for one in made)
    assert all(list(weeks.values()).count(week) <= per_week for week in weeks.values())
    for account in places:
        row = [weeks[one.id] for one in sorted(made, key=lambda one: one.place) if one.account == account]
        assert row == sorted(row)
    random.shuffle(made)
    assert invite_weeks(made, per_week) == weeks


def test_a_bare_request_is_no_message_and_the_first_one_after_accepting_opens_on_the_best_fact() -> None:
    with_note, bare = plan(), plan("no notes left")
    assert [step.channel for step in bare.steps] == ["linkedin_message"] * 3
    assert [(step.step, step.day, step.after) for step in bare.steps] == [(1, 2, "accepted"), (2, 7, "accepted"), (3, 15, "accepted")]  # fmt: skip
    assert bare.steps[0].goal == "open"
    assert bare.steps[0].angle.fact_id == with_note.steps[0].angle.fact_id == "f_hiring"
    assert bare.outreach_id == with_note.outreach_id
    assert (with_note.bare_request, bare.bare_request) == ("", "no notes left")
    assert "  request   day 0, without a note: no notes left" in describe_plan(bare)


def test_what_is_left_opens_where_nothing_else_does_and_days_stay() -> None:
    steps = sequence(
        ("connection_request", 0, "connect"), ("linkedin_message", 4, "prove"), ("email", 9, "close")
    ).steps
    touches = reachable(steps, prospect(), 14).touches
    assert [(t.goal, t.day, t.after) for t in without_note(touches)] == [
        ("open", 4, "accepted"),
        ("close", 9, "start"),
    ]


def test_without_a_note_each_branch_opens() -> None:
    steps = (
        SequenceStep(channel="connection_request", day=0, goal="connect"),
        SequenceStep(channel="linkedin_message", day=3, goal="prove", after="accepted"),
        SequenceStep(channel="email", day=16, goal="prove", after="not_accepted"),
        SequenceStep(channel="email", day=22, goal="close", after="not_accepted"),
    )
    reach = reachable(steps, prospect(), 14)
    assert [(t.goal, t.day, t.after) for t in without_note(reach.touches)] == [
        ("open", 3, "accepted"),
        ("open", 16, "not_accepted"),
        ("close", 22, "not_accepted"),
    ]


def test_a_sequence_of_a_request_alone_has_nothing_without_its_note() -> None:
    with pytest.raises(NoChannel, match="without a note"):
        plan("no notes left", sequence=sequence(("connection_request", 0, "connect")))


def test_somebody_without_a_request_is_not_bare() -> None:
    made = plan("no notes left", sequence=sequence(("email", 0, "open"), ("email", 4, "close")))
    assert made.bare_request == ""


@pytest.mark.parametrize("language", ["en", "es", "pt", "de", "fr"])
def test_the_offline_writer_thanks_for_accepting_where_the_note_is_missing(language: str) -> None:
    steps = tuple(step for step in LINKEDIN_FIRST if step[0] == "linkedin_message")
    bare = written_plan(language=language, steps=steps, facts=(HIRING,)).model_copy(
        update={"bare_request": "none left"}
    )
    book = load_templates(language, lambda name: Library(None).find("messages", name))
    values = {"name": bare.prospect.greeting_name}
    thanks = [line.fill(values) for line in book.lines("thanks", form_of(bare), "any")]

    def thanked(plan: Plan) -> list[bool]:
        bodies = [message.body for message in write_offline(plan, book).messages]
        return [any(text and text.casefold() in body.casefold() for text in thanks) for body in bodies]

    assert thanked(bare) == [True, False, False]
    assert thanked(bare.model_copy(update={"bare_request": ""})) == [False, False, False]


def test_a_model_is_told_that_the_request_was_accepted_without_a_note() -> None:
    told = [step["first_word"] for step in stable_data(plan("no notes left"))["sequence"]]
    assert told == ["yes", "", ""]
    assert {step["first_word"] for step in stable_data(plan())["sequence"]} == {""}


def test_the_plan_of_notes_says_who_and_why_and_shortens_long_lists() -> None:
    noted = [plan(prospect=prospect(id=f"p_{n}", facts=(fact(),))) for n in range(3)]
    bare = [plan("0 notes left", prospect=prospect(id=f"q_{n}", facts=(fact(),))) for n in range(9)]
    lines = describe_notes([*noted, *bare], account="free", notes_left=3, per_week=None)
    assert lines[0] == "notes: 3 of 12 connection requests carry a note, 9 go out without"
    assert sum(line.startswith("  note  ") for line in lines) == 3
    assert sum(line.startswith("  bare  ") for line in lines) == 5
    assert lines[-1] == "  and 4 more"
    assert "  note  Ana Rojas, Lumera: ICP fit 90, no signal, decision maker" in lines
    free = describe_notes([*noted, *noted], account="free", notes_left=None, per_week=None)
    assert "notes_left" in free[1]
    assert len(describe_notes([*noted, *noted], account="premium", notes_left=None, per_week=None)) == 1
    weeks = [made.model_copy(update={"invite_week": week}) for week, made in enumerate(noted, 1)]
    assert describe_notes(weeks, account="premium", notes_left=None, per_week=1)[-1] == (
        "invites: at most 1 a week; week 1: 1, week 2: 1, week 3: 1"
    )
    assert "100 to 200" in describe_notes(weeks, account="premium", notes_left=None, per_week=400)[-1]
    assert (
        describe_notes(
            [plan(sequence=sequence(("email", 0, "open")))], account="free", notes_left=1, per_week=1
        )
        == []
    )
