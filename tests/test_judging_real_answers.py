"""What a language model answered to the judge's prompt, held against its message: each invention found, and nothing voided that stands."""

import json
from pathlib import Path

import pytest

from outreach.domain.judgement import MessageRecord
from outreach.judging.answers import read_opinions
from outreach.judging.ground import ground_of
from tests.judge_samples import CRITERIA

LINES = (Path(__file__).parent / "fixtures" / "judge" / "answers.jsonl").read_text(encoding="utf-8")
ANSWERS = [json.loads(line) for line in LINES.splitlines()]


def opinions(answer, record):
    return {
        one.criterion: one
        for one in read_opinions(json.dumps(answer, ensure_ascii=False), record, CRITERIA, ground_of(record))
    }


@pytest.mark.parametrize("line", ANSWERS, ids=lambda line: line["record"]["id"])
def test_an_answer_is_read_as_it_was_meant(line):
    record = MessageRecord.model_validate(line["record"])
    found = opinions(line["answer"], record)
    assert {name: one.answer for name, one in found.items()} == line["expected"]
    invented = "fabricated_fact" in line["labels"]
    assert (found["invention"].answer == "yes") is invented


@pytest.mark.parametrize(
    "line", [line for line in ANSWERS if line["labels"]], ids=lambda line: line["record"]["id"]
)
def test_an_answer_about_another_message_is_void(line):
    other = next(one for one in ANSWERS if one["record"]["context"] != line["record"]["context"])
    found = opinions(line["answer"], MessageRecord.model_validate(other["record"]))
    assert found["invention"].answer == "void"
