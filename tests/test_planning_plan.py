"""The plan of a sequence: reachable steps, angles, asks, limits, the id, and what a person is shown."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.branches import paths
from outreach.domain.buyers import Pain
from outreach.domain.plans import Plan
from outreach.domain.selling import Ask, ForbiddenMove, SequenceStep
from outreach.domain.vocabulary import BUYING_ROLES, CHANNELS
from outreach.planning.describe import describe_plan
from outreach.planning.plan import NoChannel, PlanOptions, make_plan, missing_texts
from outreach.workspace.library import Library
from tests.planning_samples import fact, offer, persona, policy, prospect, qualification, sequence

LIBRARY = Library(None)
SEQUENCES = {name: LIBRARY.sequence(name) for name in LIBRARY.names("sequences")}


def plan(usable: tuple[str, ...] = (), **fields: Any) -> Plan:
    known = {"prospect": prospect(facts=tuple(fact(f) for f in usable)), "qualification": qualification(usable), "persona": persona(),
             "offer": offer(), "sequence": sequence(), "policy": policy(), "options": PlanOptions()}  # fmt: skip
    return make_plan(**(known | fields))


def shape(made: Plan) -> list[tuple[int, str, int, str, str]]:
    return [(step.step, step.channel, step.day, step.after, step.goal) for step in made.steps]


def test_every_step_has_goal_angle_ask_limits_and_day() -> None:
    made = plan(("f_hiring",))
    assert shape(made) == [
        (1, "connection_request", 0, "start", "connect"), (2, "linkedin_message", 2, "accepted", "open"), (3, "linkedin_message", 7, "accepted", "prove"),
        (4, "email", 9, "start", "offer"), (5, "email", 14, "start", "widen"), (6, "email", 21, "start", "close")]  # fmt: skip
    angles = [(step.angle.pain_id, step.angle.claim_id, step.angle.fact_id) for step in made.steps]
    assert angles == [
        ("ramp", None, "f_hiring"),  # the fact, with the pain that it makes likely
        ("replies", None, None),  # their situation, no product
        ("ramp", "c-figure", None),  # proof of what was raised
        ("replies", "c-peer", None), ("tools", "c-method", None), (None, None, None)]  # fmt: skip
    assert [(step.ask_kind, step.ask_id) for step in made.steps] == [
        ("none", None), ("question", None), ("asset", "sheet"), ("meeting", "call"), ("question", None), ("route", None)]  # fmt: skip
    assert [(step.max_chars, step.max_words) for step in made.steps] == [
        (200, None), (1000, 85), (1000, 85), (None, 100), (None, 100), (None, 100)]  # fmt: skip


def test_premium_accounts_have_longer_notes() -> None:
    made = plan(options=PlanOptions(account="premium"))
    assert (made.note_limit, made.steps[0].max_chars) == (300, 300)


def test_steps_without_an_address_are_dropped_renumbered_and_named() -> None:
    made = plan(prospect=prospect(linkedin_url=None))
    assert shape(made) == [
        (1, "email", 0, "start", "open"),
        (2, "email", 5, "start", "widen"),
        (3, "email", 12, "start", "close"),
    ]
    assert made.dropped[0] == "step 1 connection_request: no LinkedIn URL"
    linkedin = plan(prospect=prospect(email=None))
    assert [step.channel for step in linkedin.steps] == [
        "connection_request",
        "linkedin_message",
        "linkedin_message",
    ]
    assert linkedin.dropped == tuple(f"step {n} email: no email address" for n in (4, 5, 6))


def test_a_person_without_any_address_is_asked_for_data() -> None:
    with pytest.raises(NoChannel, match="no step can reach the person") as caught:
        plan(prospect=prospect(email=None, linkedin_url=None))
    assert caught.value.decision == "ask_for_data"
    assert len(caught.value.dropped) == 6


def test_a_thread_needs_an_email_before_it() -> None:
    steps = [SequenceStep(channel="linkedin_message", day=0, goal="open"), SequenceStep(channel="email", day=3, goal="prove", thread=True),
             SequenceStep(channel="email", day=6, goal="close", thread=True)]  # fmt: skip
    made = plan(sequence=sequence(steps=tuple(steps)))
    assert [step.existing_thread for step in made.steps] == [False, False, True]
    assert [step.after for step in made.steps] == [
        "start"
    ] * 3  # no request was made: nothing waits for its acceptance


def test_the_same_pains_run_out_and_steps_without_news_are_dropped_with_the_reason() -> None:
    poor = persona(pain_points=(Pain(id="only", text={"en": "x"}),))
    made = plan(persona=poor, offer=offer(claims=()))
    assert [step.goal for step in made.steps] == ["connect", "open", "close"]
    assert sum("nothing new to say" in line for line in made.dropped) == 3
    bare = plan(persona=persona(pain_points=()), offer=offer(claims=()))
    assert [step.goal for step in bare.steps] == ["connect", "open", "close"]
    assert bare.steps[1].angle.reason == "generic on purpose: no pain, claim or fact is left"


def test_the_first_message_tells_the_fact_where_no_note_did() -> None:
    made = plan(
        ("f_1", "f_2"), sequence=sequence(("email", 0, "open"), ("email", 4, "prove"), ("email", 9, "close"))
    )
    assert made.steps[0].angle.fact_id == "f_1"
    assert made.steps[0].angle.pain_id == "ramp"
    generic = plan((), sequence=sequence(("email", 0, "open")))
    assert generic.steps[0].angle.fact_id is None


def test_facts_are_the_usable_ones_best_first_and_the_rest_is_named() -> None:
    facts = (fact("f_stale"), fact("f_b"), fact("f_a"))
    made = plan(prospect=prospect(facts=facts), qualification=qualification(("f_a", "f_b")))
    assert [one.id for one in made.facts] == ["f_a", "f_b"]
    assert made.stale_fact_ids == ("f_stale",)


def test_the_id_is_of_person_persona_sequence_and_arm_alone() -> None:
    known = plan().outreach_id
    assert known.startswith("o1_")
    same = [
        plan(("f_hiring",)),
        plan(prospect=prospect(title="Head of Sales", email=None)),
        plan(persona=persona(name="renamed", pain_points=())),
        plan(offer=offer(claims=())),
        plan(policy=policy(advice="other")),
        plan(options=PlanOptions(account="premium", variant="question", language="es")),
        plan(sequence=sequence(name="renamed", description="reworded")),
    ]
    assert {made.outreach_id for made in same} == {known}
    other = [
        plan(prospect=prospect(id="p_2")),
        plan(persona=persona("cfo")),
        plan(options=PlanOptions(arm="b")),
        plan(sequence=sequence(id="seven")),
        plan(sequence=sequence(("email", 0, "open"))),
    ]
    assert len({known, *(made.outreach_id for made in other)}) == 6


def test_max_steps_keeps_the_beginning_and_the_goodbye() -> None:
    made = plan(options=PlanOptions(max_steps=3))
    assert [step.goal for step in made.steps] == ["connect", "open", "close"]
    assert "step 4 email: more than 3 steps" in made.dropped
    assert [step.goal for step in plan(options=PlanOptions(max_steps=2)).steps] == ["connect", "open"]


def test_address_by_country_persona_and_wish() -> None:
    assert plan(prospect=prospect(language="es")).address == "usted"
    by_persona = plan(prospect=prospect(language="es"), persona=persona(address={"es": "tú"}))
    assert (by_persona.address, by_persona.address_reason) == ("tu", "tú: asked for by persona vp-sales")
    wished = plan(
        prospect=prospect(language="es"),
        persona=persona(address={"es": "tú"}),
        options=PlanOptions(address={"es": "vos"}),
    )
    assert (wished.address, wished.address_reason) == ("vos", "vos: asked for in the settings")
    assert plan(prospect=prospect(language="es"), options=PlanOptions(language="en")).language == "en"


def test_missing_texts_name_what_the_plan_uses() -> None:
    assert missing_texts(plan(prospect=prospect(language="es"))) == []
    german = missing_texts(plan(prospect=prospect(language="de")))
    assert german[0] == "product of the offer"
    assert {"pain replies of vp-sales", "claim c-peer", "ask sheet"} <= set(german)


def test_a_text_in_the_language_is_preferred_to_a_better_one_without() -> None:
    asks = (Ask(id="en", text={"en": "x"}), Ask(id="es", text={"en": "x", "es": "y"}, weight="heavy"))
    made = plan(prospect=prospect(language="es"), offer=offer(asks=asks))
    assert {step.ask_id for step in made.steps if step.ask_id} == {"es"}


def test_asks_obey_policy_channel_and_offer() -> None:
    forbids = policy(forbidden=(ForbiddenMove(move="meetings", why="too early"),))
    assert "meeting" not in {step.ask_kind for step in plan(policy=forbids).steps}
    eager = policy(asks={"connect": ("meeting",), "open": ("none", "meeting"), "close": ("none",)})
    steps = plan(
        policy=eager,
        sequence=sequence(
            ("connection_request", 0, "connect"), ("linkedin_message", 2, "open"), ("email", 9, "close")
        ),
    ).steps
    assert [step.ask_kind for step in steps] == ["none", "question", "none"]  # nothing is proven yet
    # Nothing to offer: what the role is asked elsewhere, else a question.
    empty = offer(asks=())
    assert {step.ask_kind for step in plan(offer=empty).steps[1:]} == {"question", "route"}
    passed_on = plan(
        offer=offer(asks=(Ask(id="sheet", text={"en": "a sheet"}),)),
        policy=policy(asks={"open": ("forward",)}),
    )
    assert (passed_on.steps[1].ask_kind, passed_on.steps[1].ask_id) == ("forward", "sheet")


def test_an_ask_belongs_to_what_was_raised() -> None:
    asks = (
        Ask(id="other", text={"en": "x"}, answers=("elsewhere",)),
        Ask(id="own", text={"en": "x"}, answers=("replies",), weight="heavy"),
    )
    made = plan(offer=offer(asks=asks))
    assert made.steps[2].ask_id == "own"


def test_describe_plan_shows_everything_a_person_asks_about() -> None:
    text = "\n".join(
        describe_plan(
            plan(("f_hiring",), prospect=prospect(email=None, facts=(fact(text="Lumera hires six SDRs"),)))
        )
    )
    for part in ("Ana Rojas, VP Sales, Lumera", "decision  write", "vp-sales", "1. day 0, connection_request, to connect; at most 200 characters",
                 "2. day 2 after accepting", "fact  Lumera hires six SDRs", "pain  ramp hurts", "claim ", "offers to send: a ",
                 "left out  step 4 email: no email address", "English has one form"):  # fmt: skip
        assert part in text


# --- the built-in policies and sequences ---------------------------------------------------------------------------


def test_policies_cover_all_roles_and_goals() -> None:
    assert set(LIBRARY.policies) == set(BUYING_ROLES)
    for role, made in LIBRARY.policies.items():
        assert set(made.asks) == {"connect", "open", "prove", "offer", "widen", "close"}, role
        assert made.asks["connect"] == ("none",)
        assert "meeting" not in {*made.asks["open"], *made.asks["prove"], *made.asks["close"]}, role
        assert set(made.max_words) == set(CHANNELS)
        assert made.forbidden
        assert 300 < len(made.advice) <= 1000
    assert {kind for kinds in LIBRARY.policies["gatekeeper"].asks.values() for kind in kinds} == {
        "none",
        "route",
        "forward",
    }
    assert LIBRARY.policies["gatekeeper"].proof == ()
    for role in ("user", "technical_evaluator", "influencer", "champion"):
        assert "meeting" not in {kind for kinds in LIBRARY.policies[role].asks.values() for kind in kinds}


def test_sequences_are_varied_and_end_with_a_goodbye() -> None:
    assert {"linkedin-first", "email-first", "mixed", "inmail", "light"} <= set(SEQUENCES)
    for name, made in SEQUENCES.items():
        assert len(made.description) > 120, name
        for path in paths([step.after for step in made.steps]):
            steps = [made.steps[at] for at in path]
            assert steps[-1].goal == "close", name
            assert all(b.day - a.day >= 2 for a, b in itertools.pairwise(steps)), name
        assert not made.steps[0].thread


@pytest.mark.parametrize("name", SEQUENCES)
@pytest.mark.parametrize("role", BUYING_ROLES)
def test_no_angle_twice_and_no_kind_of_ask_twice_in_a_row(role: str, name: str) -> None:
    made = plan(
        ("f_1", "f_2"),
        persona=persona(buying_role=role),
        policy=LIBRARY.policies[role],
        sequence=SEQUENCES[name],
    )
    check_invariants(made)
    for path in paths([step.after for step in made.steps]):
        steps = [made.steps[at] for at in path]
        kinds = [step.ask_kind for step in steps if step.channel != "connection_request"]
        assert all(a != b for a, b in itertools.pairwise(kinds)), kinds
    assert len(made.steps) == len(SEQUENCES[name].steps)
    assert made.steps[0].angle.fact_id == "f_1"


def test_seven_roles_get_seven_different_plans() -> None:
    for name in ("linkedin-first", "mixed", "email-only"):
        seen = set()
        for role in BUYING_ROLES:
            made = plan(
                ("f_1",),
                persona=persona(buying_role=role),
                policy=LIBRARY.policies[role],
                sequence=SEQUENCES[name],
            )
            seen.add(tuple((step.ask_kind, step.angle.claim_id, step.max_words) for step in made.steps))
            asked = tuple(step.ask_kind for step in made.steps)
            seen.add(asked)
        assert len(seen) == 14, name


def check_invariants(made: Plan) -> None:
    for path in paths([step.after for step in made.steps]):
        angles = [
            (step.angle.pain_id, step.angle.claim_id, step.angle.fact_id)
            for step in (made.steps[at] for at in path)
            if step.angle.model_dump(exclude={"reason"}) != _EMPTY
        ]
        assert len(angles) == len(set(angles))
        for part in (1, 2):
            used = [angle[part] for angle in angles if angle[part]]
            assert len(used) == len(set(used))
    assert [step.step for step in made.steps] == list(range(1, len(made.steps) + 1))
    early = [step for step in made.steps if step.goal in {"connect", "open"}]
    assert not any(step.angle.claim_id for step in early)
    for step in made.steps:
        assert step.angle.reason
        if step.channel == "connection_request":
            assert step.ask_kind in {"none", "question"}
        if step.ask_kind in {"asset", "forward", "trial", "meeting"}:
            assert made.ask(step.ask_id) is not None
        else:
            assert step.ask_id is None
        assert not step.existing_thread or any(s.channel == "email" for s in made.steps[: step.step - 1])


_EMPTY = {"pain_id": None, "claim_id": None, "fact_id": None}


@given(
    role=st.sampled_from(BUYING_ROLES),
    name=st.sampled_from(sorted(SEQUENCES)),
    pains=st.integers(0, 5),
    claims=st.integers(0, 4),
    asks=st.integers(0, 5),
    facts=st.integers(0, 3),
    email=st.booleans(),
    linkedin=st.booleans(),
    max_steps=st.none() | st.integers(1, 6),
)
def test_any_material_gives_a_plan_that_keeps_its_promises(role: str, name: str, pains: int, claims: int, asks: int, facts: int,
                                                           email: bool, linkedin: bool, max_steps: int | None) -> None:  # fmt: skip
    ids = tuple(f"f_{n}" for n in range(facts))
    full = offer()
    who = prospect(email="ana@lumera.example" if email else None, facts=tuple(fact(f) for f in ids),
                   linkedin_url="https://www.linkedin.com/in/ana-test" if linkedin else None)  # fmt: skip
    needs = {"email" if step.channel == "email" else "linkedin" for step in SEQUENCES[name].steps}
    arguments = {
        "prospect": who, "qualification": qualification(ids), "persona": persona(buying_role=role, pain_points=persona().pain_points[:pains]),
        "offer": offer(claims=full.claims[:claims], asks=full.asks[:asks]), "policy": LIBRARY.policies[role], "sequence": SEQUENCES[name],
        "options": PlanOptions(max_steps=max_steps),
    }  # fmt: skip
    if not needs & ({"email"} if email else set()) | needs & ({"linkedin"} if linkedin else set()):
        with pytest.raises(NoChannel):
            plan(**arguments)
        return
    made = plan(**arguments)
    check_invariants(made)
    assert made.steps
    assert len(made.steps) + len(made.dropped) == len(SEQUENCES[name].steps)
    assert min(step.day for step in made.steps if step.after == "start") == 0
    assert describe_plan(made)
