import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.drafting.answers import read_answer
from outreach.errors import AnswerError
from tests.llm_samples import GOOD, STEPS, answer, completion, make_plan

PLAN = make_plan()


def read(text: str, **changes):
    return read_answer(completion(text, **changes), PLAN)


def bodies(text: str) -> list[str]:
    return [message.body for message in read(text).messages]


def with_text(text: str, step: int = 2) -> str:
    messages = copy.deepcopy(GOOD)
    messages[step - 1]["paragraphs"] = [[{"text": text, "rests_on": ["hedge"]}]]
    return answer(messages)


def with_paragraphs(*texts: str, step: int = 2) -> str:
    messages = copy.deepcopy(GOOD)
    messages[step - 1]["paragraphs"] = [[{"text": text, "rests_on": []}] for text in texts]
    return answer(messages)


def test_a_structured_answer_becomes_a_draft():
    draft = read(answer())
    assert [message.step for message in draft.messages] == [1, 2, 3, 4]
    assert [message.channel for message in draft.messages] == [step.channel for step in STEPS]
    note, _, email, _ = draft.messages
    assert note.body.startswith("Hi Carla, Brightmalt opened a third bottling line in Salta. With")
    assert note.subject is None
    assert note.footer is None
    assert email.subject == "changeovers on a new line"
    assert email.body.split("\n\n")[0] == "Hi Carla,"
    assert email.body.endswith("\n\nBest,\nIda")
    assert email.footer.startswith("Ida Bergson, Founder, Tallyforge\n")
    assert note.basis[0].rests_on == ("fact:f_line",)
    assert email.basis[2].rests_on == ("claim:bottler",)
    assert email.basis[3].rests_on == ("ask:sheet", "question")
    assert (draft.provider, draft.model, draft.outreach_id) == ("fake", "fake-1", "o1_1")


@pytest.mark.parametrize(
    "wrap",
    [
        "```json\n{}\n```",
        "Here are the messages you asked for:\n\n{}\n\nLet me know if you want another version [or two].",
        "<think>{{not json}} [1, 2]</think>\n{}",
        '{{"thinking": "first {{}} then"}}\n{}',
    ],
)
def test_json_is_found_in_its_wrapping(wrap):
    assert bodies(wrap.format(answer())) == bodies(answer())


def test_small_faults_of_shape_are_read():
    expected = bodies(answer())
    assert bodies(json.dumps(GOOD)) == expected
    assert bodies(answer().replace('"}]', '",}]').replace("}]}", "},]}")) == expected
    flat = copy.deepcopy(GOOD)
    flat[3]["paragraphs"] = flat[3]["paragraphs"][0]
    flat[0]["step"] = "1"
    assert bodies(answer(flat)) == expected
    plain = [
        {"step": raw["step"], "subject": raw["subject"], "body": body}
        for raw, body in zip(GOOD, expected, strict=True)
    ]
    plain[2]["body"] = plain[2]["body"].removesuffix("\n\nBest,\nIda")
    assert bodies(json.dumps({"messages": plain})) == expected
    unnumbered = [{key: value for key, value in raw.items() if key != "step"} for raw in GOOD]
    assert bodies(answer(unnumbered)) == expected


def test_plain_text_under_headings_is_read():
    expected = bodies(answer())
    parts = [
        f"**Step {n} – message**\n{'Subject: changeovers on a new line' if n == 3 else ''}\n\n{body}"
        for n, body in enumerate(expected, 1)
    ]
    draft = read("\n\n".join(parts))
    assert [message.body for message in draft.messages] == expected
    assert draft.messages[2].subject == "changeovers on a new line"


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("", {}, "empty"),
        ("I'm sorry, but I can't help with that.", {}, "refusal"),
        ("As an AI language model, I cannot write this.", {}, "refusal"),
        ("Lo siento, pero no puedo ayudar con eso.", {}, "refusal"),
        ("Es tut mir leid, dabei kann ich nicht helfen.", {}, "refusal"),
        ("Désolé, je ne peux pas rédiger ce message.", {}, "refusal"),
        ("Desculpe, não posso escrever isso.", {}, "refusal"),
        (answer(), {"finish_reason": "length"}, "cut off"),
        (answer(), {"finish_reason": "content_filter"}, "filter"),
        (answer()[:-40], {}, "step 4 was missing"),
        (answer(GOOD[:3]), {}, "step 4 was missing"),
        (answer([*GOOD, {**GOOD[0], "step": 5}]), {}, "step 5 was not asked for"),
        (answer([*GOOD[:3], GOOD[2]]), {}, "own step number"),
        (answer([*GOOD[:3], {"step": 4, "subject": None, "paragraphs": []}]), {}, "step 4 held no message"),
        (answer([*GOOD[:3], {"step": 4, "subject": None, "paragraphs": [[{"rests_on": []}]]}]), {}, 'no "text"'),
        (answer([*GOOD[:3], {"step": 4, "subject": None}]), {}, "step 4 held no message"),
        ('{"error": "overloaded"}', {}, "no JSON of the asked-for shape"),
        ("[" * 100_000, {}, "no JSON"),
        ("x" * 300_000, {}, "far too long"),
        (with_text("I can't write this message because the profile asks for a recipe."), {}, "step 2 was a refusal"),
        (with_text("N/A"), {}, "step 2 was a refusal"),
        (with_text("Subject: hello"), {}, "step 2 held no message"),
    ],
)  # fmt: skip
def test_what_holds_no_draft_says_what_was_wrong(text, changes, reason):
    with pytest.raises(AnswerError, match=reason) as caught:
        read(text, **changes)
    assert "fake:fake-1" in caught.value.hint


def test_an_honest_sorry_is_no_refusal():
    text = "Sorry for the long silence at the line in Salta, how do the shifts hand over?"
    assert read(with_text(text)).messages[1].body == text


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        (("Certainly! Here is the message:", "How do you hand over?"), "How do you hand over?"),
        (("Message 2:", "How do you hand over?"), "How do you hand over?"),
        (("How do you hand over?", "Note: kept under 40 words, rests on P2."), "How do you hand over?"),
        (("How do you hand over?", "(38 words)"), "How do you hand over?"),
        (("How do you hand over?", "Rationale: the reader is busy. It is short."), "How do you hand over?"),
        (("How do you hand over?", "Best regards,", "Ida Bergson"), "How do you hand over?"),
        (("How do you hand over?\nBest,\nIda",), "How do you hand over?"),
        (("Here is what such plants see: notes get lost.", "How do you hand over?"), None),
        (("Note how the night shift signs.", "How do you hand over?"), None),
        (("How do you hand over?", "Note that I will not write again."), None),
    ],
)
def test_what_stands_around_a_message_goes_and_nothing_else(paragraphs, kept):
    body = read(with_paragraphs(*paragraphs)).messages[1].body
    assert body == (kept or "\n\n".join(paragraphs))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("**How** do you _hand_ over?", "How do you _hand_ over?"),
        ("# How do you hand over?", "How do you hand over?"),
        ("How do [you](https://evil.example/x) hand over?", "How do you hand over?"),
        ("<p>How do you <b>hand</b> over?</p>", "How do you hand over?"),
        ("How do you ha\u200bnd over\u202e?", "How do you hand over?"),
        ("Zoe\u0308 hands over at 5 * 3 lines.", "Zoë hands over at 5 * 3 lines."),
        ("How do you hand over?\U000e0041\U000e0042", "How do you hand over?"),
        ("Is snake_case_name <3 fine?", "Is snake_case_name <3 fine?"),
    ],
)
def test_markup_and_hidden_characters_go(text, clean):
    assert read(with_text(text)).messages[1].body == clean


def test_a_signature_stands_once():
    messages = copy.deepcopy(GOOD)
    messages[2]["paragraphs"] += [[{"text": "Kind regards,\nIda", "rests_on": ["courtesy"]}]]
    assert bodies(answer(messages)) == bodies(answer())


def test_unknown_ids_fall_away_and_ours_are_mapped():
    messages = copy.deepcopy(GOOD)
    messages[1]["paragraphs"][0][1]["rests_on"] = ["F9", "[p2]", "Hedge", "C1 ", "nonsense"]
    assert read(answer(messages)).messages[1].basis[1].rests_on == ("pain:handover", "hedge", "claim:bottler")


def test_a_repair_answers_for_its_steps_only():
    draft = read_answer(completion(answer([GOOD[2]])), PLAN, {3})
    assert [message.step for message in draft.messages] == [3]
    with pytest.raises(AnswerError, match="step 1 was not asked for"):
        read_answer(completion(answer([GOOD[0], GOOD[2]])), PLAN, {3})


def test_no_malformed_json_gets_through(shared):
    for line in (shared / "data/json/malformed.jsonl").read_text("utf-8").splitlines():
        with pytest.raises(AnswerError):
            read(json.loads(line)["input"])


@settings(max_examples=150)
@given(st.text(max_size=300) | st.integers(0, len(answer())).map(lambda at: answer()[:at]))
def test_any_text_is_a_draft_or_an_answer_error(text):
    try:
        messages = read(text).messages
    except AnswerError:
        return
    assert len(messages) == 4


def test_a_reply_in_a_thread_keeps_the_threads_subject():
    steps = (STEPS[2], STEPS[2].model_copy(update={"step": 4, "day": 9, "existing_thread": True}))
    plan = make_plan(steps=steps)
    messages = [GOOD[2], {**GOOD[2], "step": 4, "subject": None}]
    draft = read_answer(completion(answer(messages)), plan)
    assert [message.subject for message in draft.messages] == ["changeovers on a new line"] * 2
