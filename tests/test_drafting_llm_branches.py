"""Branches with a model: what the prompt says of them, what a repair shows, and whose subject a reply in a thread keeps."""

from pathlib import Path

import pytest

from outreach.domain.judgement import Finding
from outreach.drafting.answers import read_answer
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from tests.llm_samples import GOOD, STEPS, answer, completion, make_plan

ROOT = Path(__file__).resolve().parents[1]
VARIANTS = ("default", "peer", "plain", "question", "trigger")

# A request; a message and an email for who accepts; two emails in one thread for who does not.
BRANCHED = (
    STEPS[0],
    STEPS[1],
    STEPS[2].model_copy(update={"after": "accepted"}),
    STEPS[2].model_copy(update={"step": 4, "day": 14, "after": "not_accepted"}),
    STEPS[2].model_copy(update={"step": 5, "day": 18, "after": "not_accepted", "existing_thread": True}),
)
PLAN = make_plan(steps=BRANCHED, wait_days=14)
ANSWER = [
    *GOOD[:3],
    {**GOOD[2], "step": 4, "subject": "the hour after a changeover"},
    {**GOOD[2], "step": 5, "subject": None},
]


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return Prompts(PromptEnvironment(ROOT / "prompts"), b"secret")


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_prompt_tells_the_branches_apart(prompts: Prompts, variant: str) -> None:
    system = prompts.sequence(PLAN.model_copy(update={"variant": variant})).messages[0].content
    assert "2. LinkedIn message, day 2 after accepting" in system
    assert "4. email, day 14 if not accepted by day 14" in system
    assert "as if the other did not exist" in system
    assert "without thanks for connecting" in system
    plain = prompts.sequence(make_plan(variant=variant)).messages[0].content
    assert "never reach the same reader" not in plain


def test_a_reply_keeps_the_subject_of_its_own_branch() -> None:
    draft = read_answer(completion(answer(ANSWER)), PLAN)
    assert [message.after for message in draft.messages] == [step.after for step in BRANCHED]
    assert [message.subject for message in draft.messages] == [
        None, None, "changeovers on a new line", "the hour after a changeover", "the hour after a changeover",
    ]  # fmt: skip
    # Only the reply was asked for again: it keeps what the model gives until it is put beside the others.
    alone = read_answer(completion(answer([{**ANSWER[4], "subject": "mine"}])), PLAN, {5})
    assert alone.messages[0].subject == "mine"


def test_a_repair_shows_the_messages_of_its_branch_alone(prompts: Prompts) -> None:
    draft = read_answer(completion(answer(ANSWER)), PLAN)
    draft = draft.model_copy(
        update={
            "messages": tuple(
                m.model_copy(update={"body": f"Text of step {m.step}."}) for m in draft.messages
            )
        }
    )
    finding = Finding(
        check="Q1S", severity="error", dimension="sequence", message="repeats step 4", hint="mend it"
    )
    text = prompts.repair(PLAN, draft, {5: [finding]}).messages[1].content
    shown = [number for number in (1, 2, 3, 4) if f"Text of step {number}." in text]
    assert shown == [1, 4]
