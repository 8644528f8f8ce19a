"""Blind pairs: both orders are asked, labels are hidden, and only answers that agree count."""

import asyncio
import json
from pathlib import Path

import pytest

from outreach.errors import CallError, ProviderError
from outreach.judging.pairs import PairJudge, compare, pair_of
from outreach.prompting.environment import PromptEnvironment
from tests.judge_samples import CONTEXT, message, sequence
from tests.llm_samples import FakeClient, completion

PROMPTS = PromptEnvironment(Path(__file__).resolve().parents[1] / "prompts")


class Reader:
    """Answers each prompt by a function of the two texts in their order."""

    def __init__(self, better):
        self.better, self.prompts = better, []

    async def complete(self, prompt, sample=0):
        self.prompts.append(prompt)
        user = prompt.messages[1].content
        token = user.split("<", 1)[1].split(" ", 1)[0]
        first, second = (part.split(f"\n</{token}>")[0] for part in user.split(f"<{token} text>\n")[1:])
        answer = self.better(first, second)
        return completion(answer if answer.startswith("{") else json.dumps({"reason": "r", "better": answer}))


def outcome(client, a="Short one, Juno.", b="A longer text, Juno, on boxes."):
    pair = pair_of(message(body=a), message(body=b))
    return asyncio.run(PairJudge(client, PROMPTS, b"secret").outcome(pair))


def likes(word):
    return lambda first, second: "1" if word in first else "2" if word in second else "neither"


def test_both_orders_are_asked_and_an_agreeing_preference_counts():
    client = Reader(likes("longer"))
    assert outcome(client) == "b"
    assert outcome(Reader(likes("Short"))) == "a"
    assert len(client.prompts) == 2
    one, other = (prompt.messages[1].content for prompt in client.prompts)
    assert one.index("Short one") < one.index("longer text")
    assert other.index("longer text") < other.index("Short one")


@pytest.mark.parametrize(("always", "expected"), [("1", "first"), ("2", "second"), ("neither", "neither")])
def test_a_preference_for_a_place_is_a_tie(always, expected):
    assert outcome(Reader(lambda _first, _second: always)) == expected


def test_one_neither_is_a_tie():
    assert outcome(Reader(lambda first, _second: "1" if "Short" in first else "neither")) == "neither"


def test_equal_texts_need_no_call():
    client = Reader(likes("x"))
    assert outcome(client, "Hi Juno.", "Hi  Juno.\n") == "same_text"
    assert not client.prompts


def test_nothing_in_the_prompt_says_where_a_text_comes_from():
    client = Reader(likes("longer"))
    asyncio.run(
        PairJudge(client, PROMPTS, b"s").outcome(
            pair_of(message(id="SECRET-A"), message(id="SECRET-B", body="Other."))
        )
    )
    text = "\n".join(one.content for prompt in client.prompts for one in prompt.messages)
    assert "SECRET" not in text
    assert "PROFILE-MARK" not in text
    assert "Text 1 (1 words, 6 characters)" in text
    assert client.prompts[0].messages[0] == client.prompts[1].messages[0]


def test_an_answer_that_cannot_be_read_is_void_and_a_failed_call_is_failed():
    assert outcome(FakeClient("I like both!")) == "void"
    assert outcome(FakeClient('{"better": "3"}')) == "void"
    assert outcome(FakeClient(CallError("half an answer"))) == "failed"


def test_a_provider_that_refuses_ends_the_comparison():
    judge = PairJudge(FakeClient(ProviderError("no quota")), PROMPTS, b"s")
    with pytest.raises(ProviderError):
        asyncio.run(compare(judge, [pair_of(message(), message(body="Other."))], 2))


def test_outcomes_are_counted():
    client = Reader(likes("good"))
    bodies = [("a good one", "bad"), ("bad", "a good one"), ("bad", "worse"), ("x", "x"), ("good a", "none")]
    pairs = [pair_of(message(body=a), message(body=b)) for a, b in bodies]
    counted = asyncio.run(compare(PairJudge(client, PROMPTS, b"s"), pairs, 3))
    assert counted == {"a": 2, "b": 1, "neither": 1, "same_text": 1}


def test_only_texts_for_one_person_are_a_pair():
    other = CONTEXT | {"prospect": CONTEXT["prospect"] | {"first_name": "Ines"}}
    assert pair_of(message(), message(context=other)) is None
    assert pair_of(message(), message(body="x" * 40_000)) is None
    assert pair_of(sequence(), sequence()) is None
    pair = pair_of(
        sequence("one", "two"), sequence("eins", context=CONTEXT | {"facts": ["a fact of B's alone"]})
    )
    assert pair.a.startswith("Step 1, LinkedIn message:\none\n\nStep 2")
    assert "a fact of B's alone" in pair.ground
    assert "Meeplework packs its boxes" in pair.ground


def test_the_prompt_is_as_reviewed(golden):
    prompt = PairJudge(Reader(likes("x")), PROMPTS, b"secret").prompt(
        "Juno, Founder", "One text.", "Another text."
    )
    text = "\n\n".join(f"--- {one.role}\n{one.content}" for one in prompt.messages)
    golden("prompt_judge_pairwise.txt", text + "\n")
