"""For one prospect and one offer the seven buying roles get seven sequences, and each difference has a name."""

import dataclasses
import datetime
import itertools
from functools import lru_cache
from pathlib import Path

import pytest

from outreach.domain.judgement import Context, MessageRecord
from outreach.domain.vocabulary import BUYING_ROLES, LANGUAGES
from outreach.drafting.context import judging_record
from outreach.drafting.offline import load_templates, write_offline
from outreach.rubric.judge import judge_sequence
from outreach.rubric.role_moves import find_move
from outreach.rubric.view import View
from outreach.running.campaign import load_campaign
from outreach.running.qualifying import read_list
from outreach.running.triage import TriageOptions, triage
from outreach.workspace.settings import load_settings

ROOT = Path(__file__).parent.parent / "examples" / "saas-en"
AS_OF = datetime.date(2026, 11, 25)
PERSONAS = {
    "gatekeeper": "executive-assistant",
    "user": "sdr",
    "influencer": "demand-gen-manager",
    "champion": "sdr-manager",
    "technical_evaluator": "data-leader",
    "decision_maker": "vp-sales",
    "economic_buyer": "cfo",
}
BUYERS = [role for role in BUYING_ROLES if role != "gatekeeper"]


@lru_cache(maxsize=1)
def campaign():
    loaded = load_campaign(ROOT, load_settings(ROOT, {}))
    return loaded, read_list(ROOT / "prospects.csv", loaded).rows


@lru_cache(maxsize=64)
def sequence(role, language="en", name="mixed", *, judged=False):
    """Write the first prospect of the example in a role: plan and draft, other wordings tried while `judged` ones fail."""
    loaded, rows = campaign()
    row = next(row for row in rows if row.prospect and row.prospect.last_name == "Whitlock")
    spoken = row.prospect.model_copy(update={"language": language})
    options = TriageOptions(AS_OF, everyone=True, persona_id=PERSONAS[role])
    longer = dataclasses.replace(loaded, sequence=loaded.library.sequence(name))
    plan = triage(row.model_copy(update={"prospect": spoken}), longer, options).plan

    def passes(draft):
        return not judged or judge_sequence(judging_record(plan, draft), loaded.rubric).verdict == "pass"

    templates = load_templates(language, lambda found: loaded.library.find("messages", found))
    return plan, write_offline(plan, templates, passes=passes)


def bodies(role, language="en"):
    _plan, draft = sequence(role, language)
    return [message.body for message in draft.messages]


def text(role, language="en"):
    return "\n".join(bodies(role, language))


def kinds(role):
    return [step.ask_kind for step in sequence(role)[0].steps]


def moves(role, language="en"):
    """Return every move that stands anywhere in a role's sequence, allowed or not."""
    plan, draft = sequence(role, language)
    context = judging_record(plan, draft).context
    found = set()
    for message in draft.messages:
        record = MessageRecord(
            id="x",
            channel=message.channel,
            language=language,
            context=Context(**dict(context)),
            body=message.body,
        )
        view = View(record, campaign()[0].rubric)
        found |= {name for name in ("price", "product", "features", "figures", "flattery", "urgency", "meeting", "trial", "forward", "bypass", "adjectives") if find_move(view, name)}  # fmt: skip
    return found


def words_a_message(role):
    sent = bodies(role)[1:]  # the connection note has a limit of its own
    return sum(len(body.split()) for body in sent) / len(sent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_seven_roles_get_seven_sequences(language):
    for left, right in itertools.combinations(BUYING_ROLES, 2):
        # A goodbye, and one question about the same news, may be worded alike; the rest is of the role.
        assert len(set(bodies(left, language)[1:-1]) & set(bodies(right, language)[1:-1])) <= 1
        if language == "en":
            angles = [[step.angle.pain_id for step in sequence(role)[0].steps] for role in (left, right)]
            assert (kinds(left), angles[0]) != (kinds(right), angles[1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", BUYING_ROLES)
def test_no_role_gets_what_its_policy_calls_out_of_place(role, language):
    plan, draft = sequence(role, language, judged=True)
    verdict = judge_sequence(judging_record(plan, draft), campaign()[0].rubric)
    assert verdict.verdict == "pass"
    assert moves(role, language).isdisjoint(item.move for item in plan.policy.forbidden)


def test_a_gatekeeper_is_asked_to_route_gets_no_product_no_figure_and_the_fewest_words():
    plan, _ = sequence("gatekeeper")
    assert set(kinds("gatekeeper")) <= {"none", "route", "forward"}
    assert "route" in kinds("gatekeeper")
    assert not any(step.angle.claim_id for step in plan.steps)
    assert "Quillgauge" not in text("gatekeeper")
    assert not moves("gatekeeper") & {"product", "figures", "meeting", "trial"}
    assert all(words_a_message("gatekeeper") <= words_a_message(role) for role in BUYERS)


def test_a_champion_gets_something_to_pass_on():
    assert "forward" in kinds("champion")
    asked = [sequence("champion")[0].ask(step.ask_id) for step in sequence("champion")[0].steps if step.ask_kind == "forward"]  # fmt: skip
    assert any(ask.text["en"] in text("champion") for ask in asked)
    for other in ("user", "decision_maker", "economic_buyer", "technical_evaluator"):
        assert "forward" not in kinds(other)


def test_an_economic_buyer_gets_a_figure_with_its_owner_or_a_sheet_and_the_fewest_words_of_a_buyer():
    plan, _ = sequence("economic_buyer")
    claims = [plan.claim(step.angle.claim_id) for step in plan.steps if step.angle.claim_id]
    assert claims
    assert {claim.kind for claim in claims} <= {"figure", "peer"}
    assert any(claim.text["en"].casefold() in text("economic_buyer").casefold() for claim in claims)
    assert "asset" in kinds("economic_buyer")
    assert not moves("economic_buyer") & {"product", "flattery", "features", "trial"}
    assert all(words_a_message("economic_buyer") <= words_a_message(role) for role in BUYERS)


def test_a_technical_evaluator_gets_the_method_first_and_a_way_to_try():
    plan, draft = sequence("technical_evaluator")
    assert "trial" in kinds("technical_evaluator")
    assert "meeting" not in kinds("technical_evaluator")
    at = next(i for i, step in enumerate(plan.steps) if step.angle.claim_id)
    claim = plan.claim(plan.steps[at].angle.claim_id)
    assert claim.kind in {"method", "product"}
    rests = [basis.rests_on[0] for basis in draft.messages[at].basis if basis.rests_on != ("courtesy",)]
    assert rests[0] == f"claim:{claim.id}"


def test_a_user_gets_something_to_use_alone():
    assert {"trial", "asset"} & set(kinds("user"))
    assert not {"meeting", "route", "forward"} & set(kinds("user"))
    assert not moves("user") & {"figures", "meeting", "forward", "price"}


def test_an_influencer_is_asked_for_a_view():
    assert "question" in kinds("influencer")
    words = ("view", "opinion", "impression", "see it", "make of", "push back", "do you see")
    assert any(word in text("influencer") for word in words)
    assert not {"trial", "meeting"} & set(kinds("influencer"))


def test_a_decision_maker_gets_proof_from_elsewhere_and_a_meeting_only_late():
    plan, _ = sequence("decision_maker")
    meetings = [at for at, kind in enumerate(kinds("decision_maker")) if kind == "meeting"]
    proofs = [at for at, step in enumerate(plan.steps) if step.angle.claim_id]
    assert meetings
    assert proofs
    assert proofs[0] < meetings[0]
    assert meetings[0] >= 3
    assert all(
        "meeting" not in kinds(role)
        for role in BUYING_ROLES
        if role not in {"decision_maker", "economic_buyer"}
    )
