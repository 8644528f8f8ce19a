"""Branches of a sequence: who gets which steps, what may come twice, what a file may say, and how a plan shows it."""

import itertools
from pathlib import Path

import pytest

from outreach.domain.branches import AFTERS, day_text, meet, paths
from outreach.domain.plans import Plan
from outreach.domain.selling import Sequence, SequenceStep
from outreach.errors import FileErrors
from outreach.planning.describe import describe_plan
from outreach.planning.plan import PlanOptions, make_plan
from outreach.workspace.files import read_record
from outreach.workspace.library import Library
from tests.planning_samples import fact, offer, persona, policy, prospect, qualification, sequence

TWO_WAYS = Library(None).sequence("linkedin-then-email")


def plan(made: Sequence = TWO_WAYS, max_steps: int | None = None, **person: object) -> Plan:
    who = prospect(facts=(fact("f_1"), fact("f_2")), **person)
    options = PlanOptions(max_steps=max_steps)
    return make_plan(who, qualification(("f_1", "f_2")), persona(), offer(), made, policy(), options)


def when(made: Plan) -> list[tuple[str, str]]:
    return [(step.channel, day_text(step.day, step.after, made.wait_days)) for step in made.steps]


def test_one_reader_gets_what_waits_for_nothing_and_one_branch() -> None:
    assert [(a, b) for a, b in itertools.product(AFTERS, AFTERS) if not meet(a, b)] == [
        ("accepted", "not_accepted"), ("not_accepted", "accepted"),
    ]  # fmt: skip
    assert paths(["start", "accepted", "start"]) == [[0, 1, 2]]
    assert paths(["start", "accepted", "not_accepted", "start"]) == [[0, 1, 3], [0, 2, 3]]


def test_the_plan_holds_both_branches() -> None:
    made = plan()
    assert made.wait_days == 14
    assert when(made) == [
        ("connection_request", "day 0"),
        ("linkedin_message", "day 2 after accepting"), ("linkedin_message", "day 7 after accepting"),
        ("linkedin_message", "day 15 after accepting"), ("email", "day 14 if not accepted by day 14"),
        ("email", "day 19 if not accepted by day 14"), ("email", "day 28 if not accepted by day 14"),
    ]  # fmt: skip
    assert [step.existing_thread for step in made.steps] == [False] * 5 + [True, True]


def test_what_only_the_other_branch_says_is_new() -> None:
    made = plan()
    accepted, not_accepted = ([step.angle for step in made.steps if step.after == one] for one in AFTERS[1:])
    assert accepted == not_accepted  # the best ideas, for each reader
    note = made.steps[0].angle
    assert note.fact_id == "f_1"
    assert {angle.fact_id for angle in (*accepted, *not_accepted)} == {"f_2", None}


def test_a_step_for_everybody_brings_what_neither_branch_has_said() -> None:
    steps = [*TWO_WAYS.steps, SequenceStep(channel="email", day=40, goal="widen")]
    made = plan(Sequence(id="tail", name="Tail", steps=tuple(steps)))
    said = [step.angle.model_copy(update={"reason": ""}) for step in made.steps]
    assert said[-1] not in said[:-1]
    assert made.steps[-1].after == "start"


def test_without_a_linkedin_url_the_emails_start_at_once_as_plain_steps() -> None:
    made = plan(linkedin_url=None)
    assert made.wait_days is None
    assert when(made) == [("email", "day 0"), ("email", "day 5"), ("email", "day 14")]
    assert [step.goal for step in made.steps] == ["open", "prove", "close"]
    assert made.steps[0].angle.fact_id == "f_1"
    assert len(made.dropped) == 4


def test_without_an_email_the_branch_is_dropped_with_the_reason() -> None:
    made = plan(email=None)
    assert made.wait_days is None
    assert {step.after for step in made.steps} == {"start", "accepted"}
    assert made.dropped == tuple(f"step {number} email: no email address" for number in (5, 6, 7))
    assert not any("not accepted" in line for line in describe_plan(made))


def test_days_and_the_wait_shift_together_where_the_first_step_is_gone() -> None:
    steps = (
        SequenceStep(channel="email", day=0, goal="open"),
        SequenceStep(channel="connection_request", day=3, goal="connect"),
        SequenceStep(channel="linkedin_message", day=4, goal="prove", after="accepted"),
        SequenceStep(channel="inmail", day=15, goal="prove", after="not_accepted"),
    )
    made = plan(Sequence(id="late", name="Late", steps=steps), email=None)
    assert when(made) == [
        ("connection_request", "day 0"), ("linkedin_message", "day 4 after accepting"), ("inmail", "day 12 if not accepted by day 11"),
    ]  # fmt: skip
    # The opening is gone for both readers: the first message of each branch opens.
    assert [step.goal for step in made.steps] == ["connect", "open", "open"]


def test_the_most_steps_are_counted_for_each_reader() -> None:
    made = plan(max_steps=3)
    assert when(made) == [
        ("connection_request", "day 0"), ("linkedin_message", "day 2 after accepting"),
        ("linkedin_message", "day 15 after accepting"), ("email", "day 14 if not accepted by day 14"),
        ("email", "day 28 if not accepted by day 14"),
    ]  # fmt: skip
    assert made.dropped == (
        "step 3 linkedin_message: more than 3 steps", "step 6 email: more than 3 steps",
    )  # fmt: skip


def test_the_plan_is_shown_with_a_heading_for_each_branch() -> None:
    lines = describe_plan(plan())
    heads = [line.strip() for line in lines if line.startswith("  if the request")]
    assert heads == [
        "if the request is accepted by day 14:",
        "if the request is not accepted by day 14:",
    ]
    assert any(line.startswith("  5. day 14 if not accepted, email, to open") for line in lines)
    assert not [line for line in describe_plan(plan(sequence())) if "if the request" in line]


@pytest.mark.parametrize(
    ("steps", "wait", "fault"),
    [
        ("{channel: email, day: 20, goal: open, after: not_accepted}", 14, "step 1, `after: not_accepted`: no connection_request stands before it"),
        ("{channel: connection_request, day: 0, goal: connect}\n  - {channel: linkedin_message, day: 20, goal: open, after: not_accepted}", 14,
         "a linkedin_message does not reach who has not accepted; take email or inmail"),
        ("{channel: connection_request, day: 0, goal: connect}\n  - {channel: email, day: 9, goal: open, after: not_accepted}", 10,
         "day 9 is before wait_days, 10"),
        ("{channel: connection_request, day: 9, goal: connect}\n  - {channel: email, day: 20, goal: open, after: not_accepted}", 9,
         "the connection_request comes on day 9, wait_days is 9"),
        ("{channel: connection_request, day: 0, goal: connect}\n  - {channel: email, day: 20, goal: open, after: not_accepted}\n  - {channel: email, day: 15, goal: close, after: not_accepted}", 14, "days of the steps must not fall"),
        ("{channel: connection_request, day: 0, goal: connect}\n  - {channel: email, day: 20, goal: open, after: refused}", 14, "steps.1.after"),
    ],
)  # fmt: skip
def test_a_sequence_that_cannot_be_is_refused_with_its_file(
    tmp_path: Path, steps: str, wait: int, fault: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"id: mine\nname: Mine\nwait_days: {wait}\nsteps:\n  - {steps}\n", encoding="utf-8")
    with pytest.raises(FileErrors) as caught:
        read_record(path, Sequence)
    assert fault in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")


def test_days_of_one_branch_may_lie_before_those_of_the_other() -> None:
    assert [step.day for step in TWO_WAYS.steps] == [0, 2, 7, 15, 14, 19, 28]


def test_the_wait_is_no_part_of_the_id() -> None:
    other = TWO_WAYS.model_copy(update={"wait_days": 10})
    assert plan(other).outreach_id == plan().outreach_id
    assert plan(other).wait_days == 10
