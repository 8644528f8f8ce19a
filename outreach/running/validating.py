"""Lines of JSON, or one text, in; a verdict for each, in the same order and with flat memory, out."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from outreach.domain.judgement import (
    Finding,
    MessageRecord,
    SequenceContext,
    SequenceRecord,
    SequenceVerdict,
    StepRecord,
    Verdict,
)
from outreach.domain.lines import GenerateLine
from outreach.drafting.basis import with_basis
from outreach.rubric.account_judge import with_account
from outreach.rubric.account_memory import AccountMemory
from outreach.rubric.account_view import Told
from outreach.rubric.checks_batch import Batch
from outreach.rubric.judge import judge_message, judge_sequence
from outreach.rubric.rubrics import Rubric
from outreach.running.circle import told_of
from outreach.running.sequences import as_draft, as_sequence

#: A longer line is refused unread: no message is that long, and memory must stay flat.
MAX_LINE_BYTES = 2_000_000


def judge_lines(lines: Iterable[bytes], rubric: Rubric, batch: Batch | None = None) -> Iterator[Verdict]:
    """Judge each line: a message, a sequence, or a line of `generate`. A line that is none gets a failing verdict that says why.

    Args:
        lines: the lines as they stand in the file.
        rubric: how to judge.
        batch: takes each message in, to say afterwards what all of them share.
    """
    accounts = AccountMemory(rubric)
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        yield judge_line(raw, number, rubric, batch, accounts)


def judge_line(
    raw: bytes, number: int, rubric: Rubric, batch: Batch | None = None, accounts: AccountMemory | None = None
) -> Verdict:
    """Judge one line; `number` names it where it has no id."""
    found = read_line(raw, number, batch)
    if isinstance(found, Verdict):
        return found
    return beside(judge_record(found, rubric), colleagues_findings(found, accounts, rubric), rubric)


def colleagues_findings(
    record: MessageRecord | SequenceRecord | GenerateLine | Verdict,
    accounts: AccountMemory | None,
    rubric: Rubric,
) -> dict[int, list[Finding]]:
    """Return what a record exposes, repeats or contradicts of its account's lines before it, by step."""
    if accounts is None or isinstance(record, Verdict):
        return {}
    if isinstance(record, GenerateLine):
        return accounts.findings(record.account or "", told_of(record, rubric))
    if isinstance(record, SequenceRecord):
        return accounts.findings(record.account, Told(record, rubric))
    step = StepRecord(step=record.step, channel=record.channel, subject=record.subject, body=record.body)
    names = SequenceContext.model_fields
    context = SequenceContext.model_construct(**{name: getattr(record.context, name) for name in names})
    sequence = SequenceRecord(
        id=record.id, account=record.account, language=record.language, context=context, steps=(step,)
    )
    return accounts.findings(record.account, Told(sequence, rubric))


def beside(verdict: Verdict, found: dict[int, list[Finding]], rubric: Rubric) -> Verdict:
    """Return a verdict with what was found about colleagues: at the steps of a sequence, else at the message."""
    if isinstance(verdict, SequenceVerdict):
        return with_account(verdict, found, rubric.cap)
    findings = [finding for step in found.values() for finding in step]
    if not findings:
        return verdict
    update: dict[str, object] = {"findings": (*findings, *verdict.findings)}
    if any(finding.severity == "error" for finding in findings):
        update |= {"verdict": "fail", "score": min(verdict.score, rubric.cap)}
    return verdict.model_copy(update=update)


def read_line(
    raw: bytes, number: int, batch: Batch | None = None
) -> MessageRecord | SequenceRecord | GenerateLine | Verdict:
    """Return the record of a line, taken into the batch, or the failing verdict of a line that is none."""
    name = f"line {number}"
    if len(raw) > MAX_LINE_BYTES:
        return _unreadable(name, f"the line has {len(raw) // 1000} KB", "one message a line, at most 2 MB")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return _unreadable(
            name, f"not valid JSON: {str(error).splitlines()[0][:120]}", "one JSON object on each line"
        )
    if not isinstance(value, dict):
        return _unreadable(name, "not a JSON object", 'such as {"id": …, "channel": …, "body": …}')
    name = value["id"] if isinstance(value.get("id"), str) else value.get("outreach_id") or name
    try:
        record = read_record(value)
    except ValidationError as error:
        return _unreadable(str(name), *_fault(error))
    if batch is not None:
        _take_in(batch, record)
    return record


def judge_record(record: MessageRecord | SequenceRecord | GenerateLine, rubric: Rubric) -> Verdict:
    """Judge one record by the rules."""
    if isinstance(record, GenerateLine):
        return with_basis(judge_sequence(as_sequence(record), rubric), as_draft(record))
    return (
        judge_sequence(record, rubric)
        if isinstance(record, SequenceRecord)
        else judge_message(record, rubric)
    )


def _take_in(batch: Batch, record: MessageRecord | SequenceRecord | GenerateLine) -> None:
    """Give the messages of a record to the batch."""
    if isinstance(record, MessageRecord):
        batch.add(record.id, record.step, record.body, record.language, record.context)
        return
    sequence = as_sequence(record) if isinstance(record, GenerateLine) else record
    for step in sequence.steps:
        batch.add(sequence.id, step.step, step.body, sequence.language, sequence.context)


def read_record(value: dict[str, Any]) -> MessageRecord | SequenceRecord | GenerateLine:
    """Return the record that an object is. Raises ValidationError where it is none."""
    if "outreach_id" in value:
        return GenerateLine.model_validate(value)
    return SequenceRecord.model_validate(value) if "steps" in value else MessageRecord.model_validate(value)


def _fault(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "the record"
    if first["type"] == "extra_forbidden":
        return f"unknown field {place!r}", "see docs/schemas/message-record.schema.json"
    if first["type"] == "missing":
        return f"{place!r} is missing", "see docs/schemas/message-record.schema.json"
    return f"{place}: {first['msg']}", "see docs/schemas/message-record.schema.json"


def _unreadable(name: str, what: str, hint: str) -> Verdict:
    finding = Finding(check="record", severity="error", dimension="safety", message=what, hint=hint)
    return Verdict(id=name, verdict="fail", score=0, findings=(finding,))
