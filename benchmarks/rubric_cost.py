"""What the rubric costs on one core: messages a second, growth with length, the slowest rule on hostile text, memory over 10,000 records."""

import json
import resource
import sys
import time
from collections.abc import Iterator

from benchmarks.labelled import FOLDER
from outreach.domain.judgement import MessageRecord
from outreach.rubric.checks_batch import Batch
from outreach.rubric.judge import judge_message, open_view
from outreach.rubric.registry import all_checks
from outreach.rubric.rubrics import builtin_rubric
from outreach.running.validating import judge_lines

RUBRIC = builtin_rubric()
LINES = (FOLDER / "messages.dev.jsonl").read_text(encoding="utf-8").splitlines()
#: 100 KB each of what regular expressions and nested loops stumble over.
HOSTILE = {
    name: (piece * (100_000 // len(piece) + 1))[:100_000]
    for name, piece in {
        "brackets": "([{<", "stars": "*a_", "capitals": "AB ", "digits": "1 ", "percent": "%a", "quotes": "'A\"", "dots": "a.", "tags": "<a ", "commas": "a,",
        "lines": "a\n", "marks": "#A$A|A@@", "emoji": "\U0001f44b", "hidden": "\u200b\u2060", "words": "who sees the second line in Truro? ", "names": "Ana Ruiz, ",
    }.items()
}  # fmt: skip


def speed(seconds: float = 4.0) -> None:
    """Print messages a second over the labelled messages, all checks; each record parsed anew."""
    for line in LINES:
        judge_message(MessageRecord.model_validate_json(line), RUBRIC)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        judge_message(MessageRecord.model_validate_json(LINES[count % len(LINES)]), RUBRIC)
        count += 1
    print(f"speed: {count / (time.perf_counter() - started):.0f} messages/s, all checks (1,000 wanted)")


def growth() -> None:
    """Print how the time grows when a text becomes four times as long: 4 is linear."""
    record = json.loads(LINES[0])
    piece = " The filler on the second line in Truro tends to tell its own story, and nobody reads it before noon."

    def took(times: int) -> float:
        message = MessageRecord.model_validate({**record, "body": record["body"] + piece * times})
        started = time.perf_counter()
        for _ in range(20):
            judge_message(message, RUBRIC)
        return time.perf_counter() - started

    took(4)
    print(f"growth: four times the text takes {took(160) / took(40):.1f} times as long (4 is linear)")


def hostile() -> None:
    """Print the slowest rule over 100 KB of each hostile text."""
    slowest = (0.0, "", "")
    for name, text in HOSTILE.items():
        record = MessageRecord.model_validate({**json.loads(LINES[0]), "id": name, "body": text})
        view = open_view(record, RUBRIC)
        for shared in ("words", "numbers", "ground", "parts", "phrases", "safety_phrases", "stems", "links"):
            getattr(view, shared)  # read once for all rules
        for spec in all_checks().values():
            if spec.scope == "message":
                started = time.perf_counter()
                for _ in spec.run(view):
                    pass
                slowest = max(slowest, (time.perf_counter() - started, spec.id, name))
    print(
        f"hostile text: slowest rule {slowest[1]} on {slowest[2]}, {1000 * slowest[0]:.0f} ms for 100 KB (50 allowed)"
    )


def memory(count: int = 10_000) -> None:
    """Print the memory of `validate` after a fifth and after all of many different records, streamed."""

    def records() -> Iterator[bytes]:
        for number in range(count):
            record = json.loads(LINES[number % len(LINES)])
            record["id"], record["body"] = str(number), f"{record['body']} {number}"
            yield json.dumps(record).encode()

    held = {}
    for number, _ in enumerate(judge_lines(records(), RUBRIC, Batch(RUBRIC)), 1):
        if number in {count // 5, count}:
            held[number] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    early, late = held.values()
    print(f"memory: {early:.0f} MB after {count // 5:,} records, {late:.0f} MB after {count:,}")


if __name__ == "__main__":
    for part in (speed, growth, hostile, memory):
        part()
        sys.stdout.flush()
