"""Lines of JSON and a judge in; a verdict for each, by rules and judge, in the same order and with flat memory, out."""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator

from outreach.domain.judgement import Finding, MessageRecord, SequenceRecord, Verdict
from outreach.domain.lines import GenerateLine
from outreach.domain.opinions import JudgedSequenceVerdict
from outreach.drafting.basis import with_basis
from outreach.judging.judge import Judge
from outreach.rubric.account_memory import AccountMemory
from outreach.rubric.checks_batch import Batch
from outreach.rubric.judge import judge_message, judge_sequence
from outreach.running.judges import Judging, is_same_model
from outreach.running.sequences import as_draft, as_sequence
from outreach.running.validating import beside, colleagues_findings, read_line


def judge_lines_with(
    lines: Iterable[bytes], judging: Judging, at_once: int, batch: Batch | None = None
) -> Iterator[Verdict]:
    """Judge each line by the rules, and by the judge as well; at most `at_once` lines are in work at any time."""
    accounts = AccountMemory(judging.judge.rubric)
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        waiting: deque[asyncio.Task[Verdict]] = deque()
        try:
            for number, raw in enumerate(lines, 1):
                if not raw.strip():
                    continue
                record = read_line(raw, number, batch)
                # Before the judge is asked: what is before a line in the file is what it is held against.
                found = colleagues_findings(record, accounts, judging.judge.rubric)
                waiting.append(loop.create_task(_judge(record, judging, found)))
                if len(waiting) >= at_once:
                    yield runner.run(_result(waiting.popleft()))
            while waiting:
                yield runner.run(_result(waiting.popleft()))
        finally:
            runner.run(judging.client.aclose())


def judge_one_with(record: MessageRecord, judging: Judging, persona: str | None) -> Verdict:
    """Judge one message by the rules, and by the judge as well."""

    async def both() -> Verdict:
        try:
            verdict = judge_message(record, judging.judge.rubric, persona)
            return await judging.judge.message(record, verdict)
        finally:
            await judging.client.aclose()

    return asyncio.run(both())


async def _result(task: "asyncio.Task[Verdict]") -> Verdict:
    return await task


async def _judge(
    record: MessageRecord | SequenceRecord | GenerateLine | Verdict,
    judging: Judging,
    found: dict[int, list[Finding]],
) -> Verdict:
    if isinstance(record, Verdict):
        return record
    verdict: Verdict
    if isinstance(record, GenerateLine):
        if is_same_model(f"{record.provider}:{record.model}", judging.judge.model):
            judging.own_texts += 1
        verdict = with_basis(await _sequence(as_sequence(record), judging.judge), as_draft(record))
    elif isinstance(record, SequenceRecord):
        verdict = await _sequence(record, judging.judge)
    else:
        verdict = await judging.judge.message(record, judge_message(record, judging.judge.rubric))
    return beside(verdict, found, judging.judge.rubric)


async def _sequence(record: SequenceRecord, judge: Judge) -> JudgedSequenceVerdict:
    return await judge.sequence(record, judge_sequence(record, judge.rubric))
