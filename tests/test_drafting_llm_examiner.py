"""A judge beside the rules in the repair loop: its errors are repaired, its warnings and faults are not, and rules go first."""

import asyncio
import copy
from pathlib import Path

from outreach.domain.opinions import JudgedSequenceVerdict
from outreach.drafting.llm_writer import write_with_llm
from outreach.errors import CallError
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.rubric.rubrics import Rubric
from tests.judge_samples import claim, dumped, judge_answer, make_judge, said
from tests.llm_samples import GOOD, FakeClient, answer, completion, make_plan

PROMPTS = Prompts(PromptEnvironment(Path(__file__).resolve().parents[1] / "prompts"), b"secret")
PLAN = make_plan()
FLAW = "Notes of the night shift often do not reach the day shift."
MENDED = copy.deepcopy(GOOD[1])
MENDED["paragraphs"][0][1]["text"] = "Night shift notes tend to stay with the night shift."


class Sceptic:
    """Answers the judge's prompts: an invention wherever the flaw stands; raises where it is told to."""

    def __init__(self, flaw=FLAW, fails=False):
        self.flaw, self.fails, self.prompts = flaw, fails, []

    async def complete(self, prompt, sample=0):
        self.prompts.append(prompt)
        if self.fails:
            raise CallError("half an answer")
        text = prompt.messages[1].content.split(" message>\n")[1]
        return completion(
            dumped(
                judge_answer(
                    [claim(self.flaw)] if self.flaw in text else [],
                    relevance=said(yes=True, quote="Carla", reason="SAID-BY-THE-JUDGE")
                    if "Carla" in text
                    else said(),
                )
            )
        )


def write(client, sceptic, may_fail=("invention",), max_repairs=2):
    judge = make_judge(sceptic, may_fail)
    return asyncio.run(write_with_llm(PLAN, client, PROMPTS, Rubric(), max_repairs, examiner=judge))


def test_an_error_of_the_judge_is_repaired_like_any_other():
    client, sceptic = FakeClient(answer(), answer([MENDED])), Sceptic()
    written = write(client, sceptic)
    assert [prompt.task for prompt in client.prompts] == ["sequence", "repair"]
    repair = client.prompts[1].messages[1].content
    assert FLAW in repair
    assert "the judge finds nothing in the context that holds this claim" in repair
    assert "SAID-BY-THE-JUDGE" not in repair
    assert "Step 2" in repair
    assert "Step 3," not in repair
    assert written.verdict.verdict == "pass"
    assert written.draft.messages[1].body.count("tend to stay") == 1
    assert isinstance(written.verdict, JudgedSequenceVerdict)
    assert len(sceptic.prompts) == 8


def test_a_warning_of_the_judge_is_kept_and_repairs_nothing():
    client = FakeClient(answer(), answer([MENDED]))
    written = write(client, Sceptic(), may_fail=())
    assert len(client.prompts) == 1
    assert written.verdict.verdict == "pass"
    found = [one for step in written.verdict.steps for one in step.findings if one.check == "judge.invention"]
    assert [(one.severity, one.quote) for one in found] == [("warn", FLAW)]


def test_what_the_rules_fail_is_repaired_before_the_judge_is_asked():
    bad = copy.deepcopy(GOOD)
    bad[1]["paragraphs"] = [
        [{"text": "Plants like Brightmalt lose 83 % of their notes.", "rests_on": ["F1"]}]
    ]
    sceptic = Sceptic(flaw="nowhere to be found")
    written = write(FakeClient(answer(bad), answer([GOOD[1]])), sceptic)
    assert len(sceptic.prompts) == 4
    assert written.verdict.verdict == "pass"
    sceptic = Sceptic()
    kept = write(FakeClient(answer(bad)), sceptic, max_repairs=0)
    assert kept.verdict.verdict == "fail"
    assert not sceptic.prompts
    assert not isinstance(kept.verdict, JudgedSequenceVerdict)


def test_a_draft_that_the_judge_keeps_refusing_is_kept_and_marked():
    written = write(FakeClient(answer(), answer([GOOD[1]])), Sceptic())
    assert written.tries == 3
    assert written.verdict.verdict == "fail"
    assert "fabricated_fact" in written.verdict.steps[1].defects


def test_a_judge_that_fails_leaves_the_draft_to_the_rules():
    written = write(FakeClient(answer()), Sceptic(fails=True))
    assert written.verdict.verdict == "pass"
    assert written.tries == 1
    assert not written.verdict.judge.is_whole
