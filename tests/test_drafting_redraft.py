"""Steps written anew as a person asks: by a model, whose answer is judged in its sequence, and by rule, offline."""

import asyncio
import copy
from pathlib import Path

import pytest

from outreach.domain.people import Fact
from outreach.drafting.answers import read_answer
from outreach.drafting.basis import verified
from outreach.drafting.judged import judge_draft
from outreach.drafting.offline import load_templates, write_offline
from outreach.drafting.offline_redrafting import redraft_offline
from outreach.drafting.offline_wishes import Wishes, read_wishes
from outreach.drafting.redrafting import Redrafted, Request, redraft_with_llm
from outreach.drafting.tries import Try
from outreach.errors import AnswerError, CallError, UsageError
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.rubric.rubrics import Rubric
from outreach.text.counting import word_count
from outreach.workspace.library import Library
from tests import plans
from tests.llm_samples import GOOD, FakeClient, answer, completion, make_plan, make_prospect

PROMPTS = Prompts(PromptEnvironment(Path(__file__).resolve().parents[1] / "prompts"), b"secret")
PLAN = make_plan()
DRAFT = verified(read_answer(completion(answer()), PLAN), PLAN)
SHORT = {"step": 2, "subject": None, "paragraphs": [[
    {"text": "Thanks for connecting, Carla.", "rests_on": ["courtesy"]},
    {"text": "How do the shifts at Brightmalt hand over today?", "rests_on": ["question"]}]]}  # fmt: skip


def step_two(*texts: str) -> str:
    sentences = [{"text": text, "rests_on": ["F1"]} for text in texts]
    return answer([{"step": 2, "subject": None, "paragraphs": [sentences]}])


LIMA = step_two(
    "Thanks for connecting, Carla.",
    "The new Lima office of Brightmalt is good news.",
    "How do the shifts at Brightmalt hand over today?",
)


def redraft(
    client: FakeClient, instruction: str = "shorter", draft=DRAFT, steps=(2,), max_repairs: int = 2
) -> Redrafted:
    request = Request(PLAN, draft, steps, instruction)
    return asyncio.run(redraft_with_llm(request, client, PROMPTS, Rubric(), max_repairs))


def bodies(draft) -> list[str]:
    return [message.body for message in draft.messages]


def test_only_the_step_asked_for_changes() -> None:
    client = FakeClient(answer([SHORT]))
    done = redraft(client)
    assert done.accepted, done.reasons
    assert [prompt.task for prompt in client.prompts] == ["redraft"]
    new, old = bodies(done.written.draft), bodies(DRAFT)
    assert new[1] != old[1]
    assert [new[0], *new[2:]] == [old[0], *old[2:]]
    assert done.written.verdict.verdict == "pass"


def test_an_office_that_no_fact_holds_does_not_get_in() -> None:
    client = FakeClient(LIMA)
    done = redraft(client, "mention the Lima office")
    assert not done.accepted
    assert len(client.prompts) == 3, "the redraft and its repairs"
    assert [prompt.task for prompt in client.prompts[1:]] == ["repair", "repair"]
    assert any("Lima" in reason and reason.startswith("step 2: ") for reason in done.reasons)
    assert "Lima" in done.written.draft.messages[1].body, "the refused text is there to be looked at"


def test_a_redraft_that_fails_is_repaired_first() -> None:
    client = FakeClient(LIMA, answer([SHORT]))
    done = redraft(client, "mention the Lima office")
    assert done.accepted
    assert done.written.tries == 2
    assert "Lima" not in done.written.draft.messages[1].body
    assert "Lima" in client.prompts[1].messages[1].content, "the repair sees the words it has to take out"


def test_a_step_that_repeats_another_one_is_refused() -> None:
    again = copy.deepcopy(GOOD[0]) | {"step": 2}
    done = redraft(FakeClient(answer([again])), "say what you said in the request", max_repairs=0)
    assert not done.accepted


def test_the_same_text_again_is_asked_for_once_more_with_the_reason() -> None:
    client = FakeClient(answer([GOOD[1]]), answer([SHORT]))
    assert redraft(client).accepted
    assert "it changed nothing" in client.prompts[1].messages[1].content
    with pytest.raises(AnswerError, match="changed nothing"):
        redraft(FakeClient(answer([GOOD[1]])))


def test_a_failing_call_changes_nothing_and_is_told() -> None:
    with pytest.raises(CallError):
        redraft(FakeClient(CallError("no")))


def test_a_draft_that_fails_elsewhere_can_be_mended_step_by_step() -> None:
    broken = copy.deepcopy(GOOD)
    for step in (2, 4):
        broken[step - 1]["paragraphs"] = [
            [{"text": "Plants like Brightmalt lose 83 % of it.", "rests_on": ["F1"]}]
        ]
    draft = verified(read_answer(completion(answer(broken)), PLAN), PLAN)
    done = redraft(FakeClient(answer([SHORT])), draft=draft)
    assert done.accepted, done.reasons
    assert done.written.verdict.verdict == "fail", "step 4 still fails, and is shown to"
    worse = step_two("Plants like Brightmalt lose 91 % of it.")
    assert not redraft(FakeClient(worse), draft=draft, max_repairs=0).accepted


def test_the_prompt_holds_the_wish_late_and_no_text_of_others_in_the_stable_half(golden) -> None:
    prompt = PROMPTS.redraft(PLAN, DRAFT, (2,), "shorter,\nmention\x1b[2J the line")
    system, user = prompt.messages
    golden(
        "prompt_redraft.txt", f"----- system -----\n{system.content}\n\n----- user -----\n{user.content}\n"
    )
    assert "The sender asks: shorter, mention the line\n" in user.content
    assert "shorter" not in system.content
    assert "Carla" not in system.content
    other = make_plan(make_prospect(id="p_2", first_name="Otto", greeting_name="Otto"), outreach_id="o1_2")
    assert PROMPTS.redraft(other, DRAFT, (3,), "longer").messages[0] == system
    assert prompt.stable_chars == len(system.content)


def test_profile_text_reaches_no_redraft() -> None:
    plan = make_plan(make_prospect(headline="HEADLINE", profile_text="PROFILE"))
    prompt = PROMPTS.redraft(plan, DRAFT, (2,), "x" * 2000)
    assert not any(word in prompt.messages[1].content for word in ("HEADLINE", "PROFILE", "x" * 600))


# The offline writer -------------------------------------------------------------------------------------------------

LANGUAGES = ("en", "es", "pt", "de", "fr")
TEMPLATES = {code: load_templates(code, lambda name: Library().find("messages", name)) for code in LANGUAGES}
OFFICE = Fact(
    id="f_office",
    kind="expansion",
    text="Cargolia opened an office in Lima",
    slots={"what": "office", "place": "Lima"},
)


def offline(instruction: str, steps=(2,), plan=None, language="en", draft=None, avoid=()):
    plan = plan or plans.make_plan(language=language)
    draft = draft or write_offline(plan, TEMPLATES[language])

    async def judged(draft) -> Try:
        return Try(draft, await judge_draft(draft, plan, Rubric()))

    request = Request(plan, draft, tuple(steps), instruction)
    return draft, asyncio.run(redraft_offline(request, TEMPLATES[language], judged, avoid=avoid))


def body(draft, step: int) -> str:
    return draft.messages[step - 1].body


@pytest.mark.parametrize(
    ("instruction", "wishes"),
    [
        ("shorter", {"shorter": True}),
        ("Please make it a bit shorter.", {"shorter": True}),
        ("shorter and without the product", {"shorter": True, "without_product": True}),
        ("longer; another fact", {"longer": True, "other_fact": True}),
        ("a question instead of the offer", {"question": True}),
        ("say it differently", {"reword": True}),
        ("mention the office in Lima", {"mention": ("office", "Lima")}),
        ("mention Bogotá and the SDR openings", {"mention": ("Bogotá", "SDR", "openings")}),
        ("más corto y sin el producto", {"shorter": True, "without_product": True}),
        ("mais curto", {"shorter": True}),
        ("kürzer, Frage statt Angebot", {"shorter": True, "question": True}),
        ("plus court, un autre fait", {"shorter": True, "other_fact": True}),
    ],
)
def test_what_the_offline_writer_understands(instruction: str, wishes: dict) -> None:
    assert read_wishes(instruction) == Wishes(**wishes)


@pytest.mark.parametrize(
    "instruction",
    ["friendlier", "shorter, like a pirate", "", "mention", "ignore the rules", "offer a discount of 20 %"],
)
def test_what_it_cannot_do_is_said_and_nothing_is_done_by_halves(instruction: str) -> None:
    with pytest.raises(UsageError, match="the offline writer cannot do this") as refused:
        read_wishes(instruction)
    assert "--model" in refused.value.hint


def test_two_wishes_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(UsageError, match="exclude"):
        read_wishes("shorter and longer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_shorter_is_shorter_and_longer_is_longer_in_every_language(language: str) -> None:
    for instruction, sign in (("shorter", -1), ("longer", 1)):
        before, done = offline(instruction, (1, 2, 3, 4), language=language)
        assert done.accepted, done.reasons
        assert done.written.verdict.verdict == "pass"
        changed = [n for n in range(1, 5) if body(before, n) != body(done.written.draft, n)]
        assert changed
        for n in changed:
            assert sign * (word_count(body(done.written.draft, n)) - word_count(body(before, n))) > 0


def test_the_same_wish_gives_the_same_text() -> None:
    assert offline("shorter")[1].written.draft == offline("shorter")[1].written.draft


def test_a_fact_that_the_plan_holds_is_mentioned_and_signed_for() -> None:
    plan = plans.make_plan(facts=(plans.HIRING,)).model_copy(update={"facts": (plans.HIRING, OFFICE)})
    before, done = offline("mention the office in Lima", plan=plan)
    assert "Lima" not in body(before, 2)
    assert done.accepted, done.reasons
    assert "Lima" in body(done.written.draft, 2)
    assert any("fact:f_office" in one.rests_on for one in done.written.draft.messages[1].basis)


def test_a_fact_that_no_plan_holds_is_not_made_up() -> None:
    before, done = offline("mention the Lima office")
    assert not done.accepted
    assert "no fact holds 'Lima office'" in done.reasons[0]
    assert "Cargolia has six SDR openings in Bogotá" in done.reasons[0], "what there is instead"
    assert done.written.draft == before


def test_a_fact_is_told_once() -> None:
    assert plans.HIRING.id in str(write_offline(plans.make_plan(), TEMPLATES["en"]).messages[0].basis)
    _, done = offline("mention Bogotá", steps=(3,))
    assert "step 1 tells that already" in done.reasons[0]


def test_another_fact_takes_the_place_of_the_first() -> None:
    plan = plans.make_plan(facts=(plans.HIRING,)).model_copy(update={"facts": (plans.HIRING, OFFICE)})
    _, done = offline("another fact", (1,), plan=plan)
    rests = {one for item in done.written.draft.messages[0].basis for one in item.rests_on}
    assert "fact:f_office" in rests
    assert "fact:f_hiring" not in rests
    _, none = offline("another fact", (1,))
    assert "no other fact" in none.reasons[0]


def test_without_the_product_nothing_is_said_of_the_sender() -> None:
    before, done = offline("without the product", (3,))
    assert any(one.startswith("claim:") for item in before.messages[2].basis for one in item.rests_on)
    assert done.accepted, done.reasons
    rests = {one for item in done.written.draft.messages[2].basis for one in item.rests_on}
    assert not any(one.startswith("claim:") for one in rests)
    assert "Rampwell" not in body(done.written.draft, 3)


def test_a_question_takes_the_place_of_the_offer() -> None:
    before, done = offline("a question instead of the offer", (3,))
    assert any(one.startswith("ask:") for item in before.messages[2].basis for one in item.rests_on)
    assert done.accepted, done.reasons
    message = done.written.draft.messages[2]
    assert "?" in message.body
    assert not any(one.startswith("ask:") for item in message.basis for one in item.rests_on)
    _, already = offline("a question instead of the offer", (2,))
    assert "it is so already" in already.reasons[0]


def test_with_all_steps_those_that_cannot_are_left_and_named() -> None:
    before, done = offline("a question instead of the offer", (1, 2, 3, 4))
    assert done.accepted
    assert [note.split(" is left")[0] for note in done.notes] == ["step 1", "step 2", "step 4"]
    assert [body(done.written.draft, n) == body(before, n) for n in (1, 2, 3, 4)] == [True, True, False, True]


def test_another_wording_is_unlike_the_old_one_and_unlike_what_colleagues_get() -> None:
    _, first = offline("another wording")
    taken = body(first.written.draft, 2)
    _, second = offline("another wording", avoid=[taken])
    assert body(second.written.draft, 2) != taken


def test_the_offline_writer_redrafts_what_a_model_wrote() -> None:
    plan = plans.make_plan()
    whole = write_offline(plan, TEMPLATES["en"])
    said = "Thanks for accepting, Ana. Reply rates often fall while lists grow, at Cargolia as elsewhere perhaps. Is the reply rate tracked by cohort, or only in total?"
    messages = (
        whole.messages[0],
        whole.messages[1].model_copy(update={"body": said, "basis": ()}),
        *whole.messages[2:],
    )
    draft = verified(
        whole.model_copy(update={"messages": messages, "provider": "openai", "model": "m"}), plan
    )
    _, done = offline("shorter", plan=plan, draft=draft)
    assert done.accepted, done.reasons
    assert word_count(body(done.written.draft, 2)) < word_count(said)
