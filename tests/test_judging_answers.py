"""What a judge says is held against the message: a span that is not there, or a claim that cannot be checked, counts for nothing."""

import time

import pytest

from outreach.errors import AnswerError
from outreach.judging.answers import read_opinions
from outreach.judging.ground import ground_of
from outreach.judging.spans import find_span, stands_in
from tests.judge_samples import BODY, CRITERIA, INVENTED, claim, dumped, judge_answer, message, said


def read(answer, record=None):
    record = record or message()
    text = answer if isinstance(answer, str) else dumped(answer)
    return {one.criterion: one for one in read_opinions(text, record, CRITERIA, ground_of(record))}


def test_each_claim_is_listed_with_the_statement_it_rests_on_or_none():
    opinions = read(
        judge_answer(
            [claim("you pack in Łódź", "F1"), claim(INVENTED), claim("from 3% claims to 1%", "C1, A0")]
        )
    )
    invention = opinions["invention"]
    assert invention.answer == "yes"
    assert invention.quote == INVENTED
    assert [one.rests_on for one in invention.claims] == [
        "Meeplework packs its boxes in Łódź",
        "none",
        "a puzzle maker cut missing-piece claims from 3% to 1%; Ansel Roy, Piececount, weighs boxes to find missing pieces",
    ]
    assert {opinions[name].answer for name in ("naturalness", "persona_fit", "relevance")} == {"no"}
    assert opinions["relevance"].why == "because"


@pytest.mark.parametrize(
    ("rests_on", "found"),
    [
        ("f1", "Meeplework packs"), ("[F1]", "Meeplework packs"), ("F1: Meeplework packs its boxes", "Meeplework packs"),
        ("none", "none"), ("None.", "none"), ("", "none"), ("nothing at all", None), ("F1 and F7", None), ("F12", None),
    ],
)  # fmt: skip
def test_ids_are_read_as_models_write_them(rests_on, found):
    opinion = read(judge_answer([claim("you pack in Łódź", rests_on)]))["invention"]
    if found is None:
        assert opinion.answer == "void"
    else:
        assert opinion.claims[0].rests_on.startswith(found)


def test_without_claims_nothing_is_invented():
    assert read(judge_answer())["invention"].answer == "no"


@pytest.mark.parametrize(
    "claims",
    [
        [claim("We met your team in Nuremberg")],
        [claim(INVENTED), claim("a claim that is not there", "F1")],
        [claim("")],
        [claim("H")],
        [claim("you pack in Łódź", "F9")],
        [claim("you pack in Łódź", ""), claim("x y z", "F1")],
        [{"quote": INVENTED}],
        [{"quote": 7, "rests_on": "none"}],
        ["We met"],
        [claim(INVENTED)] * 61,
        "none",
        None,
    ],
    ids=["absent", "one absent of two", "empty", "one letter", "unknown id", "no id", "no basis", "no text", "a string",
         "too many", "no list", "null"],
)  # fmt: skip
def test_claims_that_cannot_be_checked_are_void(claims):
    opinion = read(judge_answer(invention={"claims": claims}))["invention"]
    assert opinion.answer == "void"
    assert opinion.why
    assert not opinion.claims


def test_a_claim_that_stands_in_the_ground_word_for_word_cannot_be_called_unsupported():
    record = message(body="Hi Juno, I read that Meeplework packs its boxes in Łódź. Who checks them?")
    opinion = read(judge_answer([claim("Meeplework packs its boxes in Łódź")]), record)["invention"]
    assert (opinion.answer, opinion.why) == (
        "void",
        "a claim called unsupported stands word for word in the context",
    )
    # What an earlier message said was not made true by saying it.
    context = record.context.model_copy(update={"previous_messages": (INVENTED,)})
    again = message(context=context.model_dump())
    assert read(judge_answer([claim(INVENTED)]), again)["invention"].answer == "yes"


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (said(yes=True, quote="What’s your rate"), "yes"),
        (said(yes=True, quote="What's your rate"), "yes"),
        (said(yes=True, quote="“found late. We met your team”"), "yes"),
        (said(yes=True, quote="hat’s your rat"), "void"),
        (said(yes=True, quote="what’s your RATE"), "void"),
        (said(yes=True), "void"),
        (said(yes=False, quote="not in the message"), "void"),
        (said(yes=False, quote="Hi Juno"), "no"),
        ({"yes": "yes", "quote": "Hi Juno"}, "void"),
        ({"yes": True, "quote": ["Hi Juno"]}, "void"),
        ({"yes": False, "quote": None}, "no"),
        ("yes", "void"),
        (None, "void"),
    ],
)
def test_a_yes_needs_words_of_the_message(given, answer):
    assert read(judge_answer(naturalness=given))["naturalness"].answer == answer


def test_what_an_answer_leaves_out_is_void_and_the_rest_counts():
    answer = judge_answer([claim(INVENTED)])
    del answer["relevance"]
    opinions = read(answer)
    assert opinions["relevance"].answer == "void"
    assert opinions["invention"].answer == "yes"


@pytest.mark.parametrize(
    "wrapping", ["```json\n{}\n```", "Here is my answer: {} Hope it helps.", "<b>{}</b>"]
)
def test_json_in_any_wrapping_is_read(wrapping):
    text = wrapping.replace("{}", dumped(judge_answer([claim(INVENTED)])))
    assert read(text)["invention"].answer == "yes"


@pytest.mark.parametrize(
    "text",
    ["", "No.", "Everything is fine with this message!", "{}", "[]", "null", '{"verdict": "pass"}', "{" * 5000, "[" * 5000,
     '{"invention": ', "x" * 70_000, dumped(judge_answer()) + dumped(judge_answer())],
)  # fmt: skip
def test_what_is_no_answer_is_asked_again(text):
    start = time.monotonic()
    with pytest.raises(AnswerError):
        read(text)
    assert time.monotonic() - start < 2


def test_a_reason_is_one_short_visible_line():
    reason = "first\nsecond\u202e\x1b[31m" + "x" * 900
    opinion = read(judge_answer(relevance=said(reason=reason)))["relevance"]
    assert opinion.why.startswith("first second")
    assert len(opinion.why) == 200
    assert not {"\n", "\u202e", "\x1b"} & set(opinion.why)


def test_spans_have_their_place_in_code_points():
    record = message(subject="A question, Juno", body="👋🏽 Hi Juno –\nwe  met.")
    assert find_span("Hi Juno -", record)[:2] == (3, 12)
    assert record.body[3:12] == "Hi Juno –"
    assert find_span("we met", record)[:2] == (13, 20)
    assert find_span("A question", record) == (-1, -1, "A question")
    assert find_span("Juno's", record) is None
    assert find_span(BODY, record) is None
    hidden = message(body="Hi Ju\u200bno, hello")
    assert find_span("Hi Juno", hidden) == (-1, -1, "Hi Juno")


def test_a_span_costs_no_time_without_end():
    record = message(body="a " * 20_000)
    start = time.monotonic()
    find_span("a " * 900 + "b", record)
    find_span(" ".join(["a"] * 900), record)
    assert time.monotonic() - start < 2


def test_few_words_prove_nothing_about_the_ground():
    assert stands_in("packs its boxes in Łódź.", "Meeplework packs its boxes in Łódź")
    assert not stands_in("its boxes", "Meeplework packs its boxes in Łódź")
