"""Ideas made of pains, claims and facts: what is put together, what is not, and what goes first."""

from outreach.domain.buyers import Communication, Pain
from outreach.domain.selling import Claim, ForbiddenMove
from outreach.grounding.angles import rank_angles, rank_candidates
from tests.planning_samples import fact, offer, persona, policy


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
