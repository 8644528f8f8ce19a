"""`validate` reads a line, judges it and lets it go: nothing is read ahead and nothing is kept."""

import gc
import json
import weakref

from outreach.rubric.rubrics import builtin_rubric
from outreach.running.validating import judge_lines


def lines(count, seen):
    for number in range(count):
        seen.append(number)
        record = {
            "id": f"m{number}",
            "channel": "linkedin_message",
            "step": 1,
            "body": f"Hi Nadia, who counts line {number}?",
        }
        yield json.dumps(record).encode()


def test_a_line_is_read_when_its_verdict_is_asked_for():
    seen = []
    verdicts = judge_lines(lines(50, seen), builtin_rubric())
    assert seen == []
    assert next(verdicts).id == "m0"
    assert seen == [0]


def test_no_verdict_is_kept():
    alive = []
    for verdict in judge_lines(lines(200, []), builtin_rubric()):
        alive.append(weakref.ref(verdict))
        del verdict
    gc.collect()
    assert sum(ref() is not None for ref in alive) <= 1
