"""Ideas made of pains, claims and facts: what is put together, what is not, and what goes first."""

from outreach.domain.buyers import Communication, Pain
from outreach.domain.plans import Angle
from outreach.domain.selling import Claim, ForbiddenMove
from outreach.grounding.angles import rank_angles, rank_candidates
from outreach.planning.choice import Used, choose_angle
from outreach.planning.describe import describe_angles
from outreach.planning.plan import make_plan
from tests.planning_samples import fact, offer, persona, policy, prospect, qualification, sequence


def keys(**fields: object) -> list[tuple[str | None, str | None, str | None]]:
    known = {"persona": persona(), "offer": offer(), "facts": [], "policy": policy(), "language": "en"}
    return [ranked.key for ranked in rank_candidates(**(known | fields))]  # type: ignore[arg-type]


def test_a_claim_stands_only_beside_a_pain_it_answers() -> None:
    found = keys()
    assert {key for key in found if key[1]} == {
        ("replies", "c-peer", None), ("ramp", "c-figure", None), ("replies", "c-method", None), ("tools", "c-method", None),
        ("forecast", "c-product", None)}  # fmt: skip
    assert len(found) == len(set(found))


def test_a_pain_without_a_claim_is_an_open_angle() -> None:
    angles = rank_angles(persona(), offer(claims=()), [], policy(), "en")
    assert [angle.pain_id for angle in angles] == ["replies", "ramp", "forecast", "tools"]
    assert angles[0].reason == "pain replies; no claim for this role answers it: asked about, not sold on"


def test_the_roles_proof_goes_first_and_the_readers_evidence_breaks_ties() -> None:
    both = (
        Claim(id="a", text={"en": "A."}, answers=("replies",), kind="figure"),
        Claim(id="b", text={"en": "B."}, answers=("replies",), kind="peer"),
    )
    proofs = [key[1] for key in keys(offer=offer(claims=both)) if key[1]]
    assert proofs == ["b", "a"]
    assert [
        key[1] for key in keys(offer=offer(claims=both), policy=policy(proof=("figure", "peer"))) if key[1]
    ] == ["a", "b"]
    likes_peers = persona(communication=Communication(evidence="peers"))
    neither = policy(proof=("method",))
    assert [
        key[1] for key in keys(offer=offer(claims=both), policy=neither, persona=likes_peers) if key[1]
    ] == ["b", "a"]


def test_a_role_that_no_proof_counts_for_gets_no_claim_and_what_is_out_of_place_stays_out() -> None:
    assert not any(key[1] for key in keys(policy=policy("gatekeeper", proof=())))
    forbids = policy(forbidden=(ForbiddenMove(move="figures", why="not theirs"),))
    assert ("ramp", "c-figure", None) not in keys(policy=forbids)


def test_a_bridge_from_fact_to_pain_is_named_by_the_persona_or_made_of_shared_words() -> None:
    hiring, onboarding = fact("f_1"), fact("f_2", "post", text="Ana wrote about forecast errors")
    by_key = {
        ranked.key: ranked
        for ranked in rank_candidates(persona(), offer(), [hiring, onboarding], policy(), "en")
    }
    assert by_key["ramp", None, "f_1"].bridged
    assert (
        by_key["ramp", None, "f_1"].angle.reason
        == "hiring fact of 2026-02-20; a hiring makes pain ramp likely now"
    )
    assert by_key["forecast", None, "f_2"].bridged
    assert "shares forecast" in by_key["forecast", None, "f_2"].angle.reason
    assert not by_key["tools", None, "f_1"].bridged
    assert by_key["ramp", None, "f_1"].score > by_key["replies", None, "f_1"].score


def test_texts_in_the_drafts_language_go_first() -> None:
    mixed = persona(
        pain_points=(Pain(id="en-only", text={"en": "x"}), Pain(id="both", text={"en": "y", "es": "z"}))
    )
    ranked = rank_candidates(mixed, offer(claims=()), [], policy(), "es")
    assert [(one.angle.pain_id, one.missing) for one in ranked] == [("both", 0), ("en-only", 1)]
    told, slotted = fact("f_1", text="in English"), fact("f_2", slots={"place": "Lima"})
    alone = {
        one.angle.fact_id: one.missing
        for one in rank_candidates(persona(), offer(), [told, slotted], policy(), "es")
        if one.shape == "fact"
    }
    assert alone == {"f_1": 1, "f_2": 0}


def test_no_claim_with_a_figure_in_it_goes_to_a_role_that_is_told_no_figures() -> None:
    claims = (
        Claim(id="share", text={"en": "A team cut its list by 30%."}, answers=("replies",), kind="peer"),
        Claim(id="habit", text={"en": "A team reads 3 messages a week."}, answers=("replies",), kind="peer"),
    )
    forbids = policy(forbidden=(ForbiddenMove(move="figures", why="not theirs"),))
    assert {key[1] for key in keys(offer=offer(claims=claims), policy=forbids) if key[1]} == {"habit"}
    assert {key[1] for key in keys(offer=offer(claims=claims)) if key[1]} == {"share", "habit"}


def test_a_pain_alone_does_not_come_back_where_it_was_raised() -> None:
    ranked = rank_candidates(persona(), offer(claims=()), [], policy(), "en")
    told: list[Angle] = []
    while angle := choose_angle("widen", ranked, Used.of(told), seed="p"):
        told.append(angle)
    assert sorted(angle.pain_id or "" for angle in told) == ["forecast", "ramp", "replies", "tools"]


def test_without_pain_claim_or_fact_the_one_message_is_generic_on_purpose() -> None:
    bare = make_plan(
        prospect(),
        qualification(),
        persona(pain_points=()),
        offer(claims=()),
        sequence(("email", 0, "open")),
        policy(),
    )
    assert [step.angle.reason for step in bare.steps] == [
        "generic on purpose: no pain, claim or fact is left"
    ]
    assert describe_angles(bare) == ["  angles  none: no pain, claim or fact"]


def test_the_ranked_list_says_which_step_took_what() -> None:
    plan = make_plan(prospect(), qualification(), persona(), offer(), sequence(), policy())
    lines = describe_angles(plan)[1:]
    taken = [line for line in lines if "step " in line]
    angles = {(s.angle.pain_id, s.angle.claim_id, s.angle.fact_id) for s in plan.steps}
    assert len(taken) == len(angles - {(None, None, None)})
    assert all(line.split(None, 1)[1] for line in lines)
