"""Branches in the offline writer, in all roles and languages: who did not accept reads of no acceptance, and each branch passes."""

import pytest

from outreach.domain.drafts import Draft
from outreach.drafting.context import judging_record
from outreach.drafting.offline import load_templates, write_offline
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import builtin_rubric
from outreach.text.languages import pack
from outreach.text.tokens import read_words
from outreach.workspace.library import Library
from tests.plans import ASKS, make_plan
from tests.test_offline_rubric import LEAST_SCORE

ACCEPTED = (
    ("connection_request", 0, "connect", "start"),
    ("linkedin_message", 2, "open", "accepted"),
    ("linkedin_message", 7, "prove", "accepted"),
    ("linkedin_message", 15, "close", "accepted"),
)
NOT_ACCEPTED = (
    ("email", 14, "open", "not_accepted"),
    ("email", 19, "prove", "not_accepted"),
    ("email", 28, "close", "not_accepted"),
)
LANGUAGES = ("en", "es", "pt", "de", "fr")


def write(role: str, language: str, steps=ACCEPTED + NOT_ACCEPTED, **fields) -> tuple[Draft, object]:
    plan = make_plan(role, language, steps=steps, **fields)
    templates = load_templates(language, lambda name: Library().find("messages", name))
    return write_offline(plan, templates), plan


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(ASKS))
def test_each_branch_passes_and_assumes_only_what_happened(role: str, language: str) -> None:
    draft, plan = write(role, language)
    verdict = judge_sequence(judging_record(plan, draft), builtin_rubric())
    assert verdict.verdict == "pass", [(f.check, f.message) for f in verdict.findings]
    assert verdict.score >= LEAST_SCORE
    for message in draft.messages:
        hits = pack(language).index.find(read_words(message.body, language))
        assert message.after == "accepted" or "accepted" not in hits
    first = draft.messages[1]
    assert "accepted" in pack(language).index.find(read_words(first.body, language))


def test_the_accepted_branch_reads_as_if_the_other_did_not_exist() -> None:
    for role in ASKS:
        # The id chooses among wordings: both plans need the same one.
        _, plan = write(role, "en")
        templates = load_templates("en", lambda name: Library().find("messages", name))
        whole = write_offline(plan, templates)
        alone = write_offline(
            plan.model_copy(update={"steps": tuple(s for s in plan.steps if s.after != "not_accepted")}),
            templates,
        )
        other = write_offline(
            plan.model_copy(update={"steps": tuple(s for s in plan.steps if s.after != "accepted")}),
            templates,
        )
        assert whole.messages[:4] == alone.messages
        assert whole.messages[4:] == other.messages[1:]


def test_a_step_for_everybody_repeats_neither_branch() -> None:
    tail = (*ACCEPTED[:3], *NOT_ACCEPTED[:2], ("email", 40, "widen", "start"))
    draft, _ = write("decision_maker", "en", tail)
    said = [
        {basis.sentence for basis in message.basis if "courtesy" not in basis.rests_on}
        for message in draft.messages
    ]
    assert not said[-1] & set().union(*said[:-1])
    subjects = [message.subject for message in draft.messages if message.subject]
    assert len(subjects) == len(set(subjects)) == 3
