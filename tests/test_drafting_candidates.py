"""Several candidates of one plan: which is picked, why the others lost, and what must not depend on chance."""

import asyncio
import itertools
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from outreach.domain.judgement import Finding, SequenceVerdict, StepVerdict
from outreach.domain.people import Row
from outreach.drafting.candidates import Failed, pick, why_lost, write_several
from outreach.drafting.offline import load_templates, write_offline, write_several_offline
from outreach.drafting.written import Written
from outreach.errors import AnswerError, CallError, ProviderError
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.rubric.rubrics import Rubric
from outreach.running.lines import candidates_of, generate_line
from outreach.running.writers import LlmWriter, OfflineWriter
from outreach.workspace.library import Library
from tests import plans
from tests.llm_samples import GOOD, FakeClient, answer, make_plan

PROMPTS = Prompts(PromptEnvironment(Path(__file__).resolve().parents[1] / "prompts"), b"secret")
TEMPLATES = load_templates("en", lambda name: Library().find("messages", name))


def finding(check: str, severity: str, quote: str = "x") -> Finding:
    return Finding(check=check, severity=severity, dimension="tone", quote=quote, message=f"{check} is off")


def written(score: int, *findings: Finding, body: str = "Hi Ana.", cost: float | None = 0.01) -> Written:
    draft = write_offline(plans.make_plan(), TEMPLATES)
    draft = draft.model_copy(update={"messages": (draft.messages[0].model_copy(update={"body": body}),)})
    failed = any(one.severity == "error" for one in findings)
    verdict = "fail" if failed else "pass"
    step = StepVerdict(step=1, verdict=verdict, score=score, findings=findings)
    return Written(draft, SequenceVerdict(id="o", verdict=verdict, score=score, steps=(step,)), 100, 50, cost)


def test_fewest_errors_win_then_the_score() -> None:
    one_error = written(59, finding("C3", "error"), body="one error")
    two_errors = written(59, finding("C3", "error"), finding("C4", "error"), body="two errors")
    plain, better = written(93, finding("T7", "warn"), body="plain"), written(97, body="better")
    done = pick([one_error, plain, better, two_errors], 4)
    assert done.draft == better.draft
    reasons = {one.number: one.reason for one in done.contenders}
    assert [one.picked for one in done.contenders] == [False, False, True, False]
    assert reasons[1] == "1 error against none: C3 fails: C3 is off"
    assert reasons[2] == "score 93 against 97: T7 warns: T7 is off"
    assert reasons[3] == "the best of 4"
    assert reasons[4].startswith("2 errors against none: C3 fails: C3 is off; C4 fails")


def test_ties_go_by_warnings_then_length_then_order() -> None:
    warned = written(95, finding("T7", "warn"), body="short")
    long, short = written(95, body="a longer text than that"), written(95, body="a shorter one")
    done = pick([warned, long, short], 3)
    assert done.draft == short.draft
    assert done.contenders[0].reason == "as good by score; 1 warning against none: T7 warns: T7 is off"
    assert done.contenders[1].reason.startswith(
        "as good by errors, score and warnings; 23 characters against"
    )
    twin = written(95, body="a shorter two")
    assert pick([short, twin], 2).draft == short.draft
    assert "which comes first" in why_lost(twin, short, 1)
    assert "the same text as candidate 1" in pick([short, short], 2).contenders[1].reason


def test_the_account_holds_what_all_candidates_took() -> None:
    done = pick([written(90, body="a"), written(95, body="b"), written(80, body="c")], 3)
    assert (done.input_tokens, done.output_tokens) == (300, 150)
    assert done.cost_usd == pytest.approx(0.03)
    assert pick([written(90), written(95, cost=None)], 2).cost_usd is None


def test_a_candidate_without_a_draft_is_told_and_only_all_of_them_are_a_fault() -> None:
    fault = Failed(CallError("the server said no"))
    done = pick([fault, written(90)], 2)
    assert done.contenders[0].reason == "no draft: the server said no"
    assert done.is_partial
    assert not pick([Failed(AnswerError("a refusal")), written(90)], 2).is_partial
    with pytest.raises(CallError, match="said no"):
        pick([fault, Failed(AnswerError("a refusal"))], 2)


def test_the_first_goes_alone_and_order_of_arrival_changes_nothing() -> None:
    events: list[str] = []

    async def write(number: int) -> Written:
        events.append(f"start {number}")
        await asyncio.sleep(0.02 if number == 0 else 0.01 / number)
        events.append(f"end {number}")
        return written(90 + number, body=f"text {number}")

    found = asyncio.run(write_several(write, 4))
    assert events[:2] == ["start 0", "end 0"]
    assert set(events[2:5]) == {"start 1", "start 2", "start 3"}
    assert [one.draft.messages[0].body for one in found] == [f"text {n}" for n in range(4)]


def test_a_refusing_provider_ends_it_after_one_call() -> None:
    calls: list[int] = []

    async def write(number: int) -> Written:
        calls.append(number)
        raise ProviderError("wrong key")

    with pytest.raises(ProviderError):
        asyncio.run(write_several(write, 5))
    assert calls == [0]


class Sampled(FakeClient):
    """Remembers the sample number of each call; answers by it."""

    def __init__(self, by_sample: dict[int, str]) -> None:
        super().__init__("")
        self.by_sample, self.samples = by_sample, []

    async def complete(self, prompt, sample=0):
        self.samples.append((prompt.task, sample))
        self.answers = [self.by_sample.get(sample, answer())]
        return await super().complete(prompt, sample)


def invented() -> str:
    messages = [dict(message) for message in GOOD]
    messages[1] = messages[1] | {
        "paragraphs": [[{"text": "Plants like Brightmalt lose 83 % of their notes.", "rests_on": ["F1"]}]]
    }
    return answer(messages)


def llm_writer(client: FakeClient, samples: int, max_repairs: int = 0) -> LlmWriter:
    return LlmWriter(client, PROMPTS, Rubric(), max_repairs=max_repairs, model_key="m", samples=samples)


def test_each_candidate_of_a_model_is_a_completion_of_its_own() -> None:
    client = Sampled({0: invented(), 10: "no json", 11: answer()})
    done = asyncio.run(llm_writer(client, 3, max_repairs=1).write(make_plan()))
    asked = [sample for task, sample in client.samples if task == "sequence"]
    assert sorted(asked) == [0, 10, 11, 20]
    assert ("repair", 0) in client.samples, "a candidate is repaired as a draft of its own"
    assert done.verdict.verdict == "pass"
    assert len(done.contenders) == 3
    assert done.input_tokens == 100 * len(client.samples)


def test_the_examiner_sees_only_candidates_that_pass() -> None:
    seen: list[str] = []

    class Examiner:
        key = "examiner"

        async def sequence(self, record, verdict):
            seen.append(record.steps[1].body)
            return verdict

    client = Sampled({0: invented()})
    writer = llm_writer(client, 2)
    writer.examiner = Examiner()
    done = asyncio.run(writer.write(make_plan()))
    assert len(seen) == 1
    assert "83 %" not in seen[0]
    assert [one.picked for one in done.contenders] == [False, True]
    assert "error" in done.contenders[0].reason


def test_the_number_of_candidates_is_part_of_what_makes_a_draft() -> None:
    plan = plans.make_plan()
    writers = [OfflineWriter(lambda _: TEMPLATES, Rubric(), samples=n) for n in (1, 2, 3)]
    assert len({writer.input_key(plan) for writer in writers}) == 3
    models = [llm_writer(FakeClient(answer()), n) for n in (1, 2)]
    assert len({writer.input_key(make_plan()) for writer in models}) == 2


def test_the_offline_candidates_are_different_and_the_first_is_the_one_draft() -> None:
    plan = plans.make_plan()
    drafts = write_several_offline(plan, TEMPLATES, 6)
    assert drafts[0] == write_offline(plan, TEMPLATES)
    assert len({draft.version for draft in drafts}) == 6
    assert drafts == write_several_offline(plan, TEMPLATES, 6)
    avoid = [message.body for message in drafts[0].messages]
    assert write_several_offline(plan, TEMPLATES, 3, avoid=avoid)[0] == write_offline(
        plan, TEMPLATES, avoid=avoid
    )


def test_too_few_wordings_are_said() -> None:
    done = pick([written(90, body="a"), written(90, body="bb")], 5)
    assert "5 were asked for, but the wordings give no more that are unlike" in done.contenders[0].reason


@pytest.mark.parametrize("samples", [1, 3])
def test_colleagues_get_no_candidate_alike(samples: int) -> None:
    writer = OfflineWriter(lambda _: TEMPLATES, Rubric(), samples=samples)
    drafts = []
    for role, name in (("decision_maker", "Ana"), ("champion", "Bo"), ("economic_buyer", "Cy")):
        plan = plans.make_plan(role, first_name=name, greeting_name=name, last_name="Torres")
        done = asyncio.run(writer.write(plan))
        drafts.append([one.draft for one in done.contenders] or [done.draft])
        row = Row(row=1, line=1, source="list.csv", disposition="ready", prospect=plan.prospect)
        writer.circle.add(generate_line(row, plan, done), candidates_of(done))
    for one, other in itertools.combinations(drafts, 2):
        for left, right in itertools.product(one, other):
            likeness = max(
                fuzz.token_sort_ratio(a.body, b.body) for a in left.messages for b in right.messages
            )
            assert likeness < 85  # they share claims on purpose, which plans of one account do not


def test_the_pick_does_not_depend_on_the_order_they_are_judged_in() -> None:
    candidates = [written(90, body="aa"), written(97, body="bbb"), written(97, body="cc")]
    picked = {
        pick([candidates[i] for i in order], 3).draft.version for order in itertools.permutations(range(3))
    }
    assert picked == {candidates[2].draft.version}
