"""A message or sequence and a rubric in; the verdict out: findings, score, and which checks could not run."""

from collections.abc import Iterable, Iterator, Sequence

from outreach.domain.branches import meet, paths
from outreach.domain.judgement import (
    Context,
    Finding,
    MessageRecord,
    SequenceRecord,
    SequenceVerdict,
    StepVerdict,
    Verdict,
)
from outreach.domain.vocabulary import LANGUAGES, Severity
from outreach.rubric.registry import Check, Note, all_checks
from outreach.rubric.rubrics import Rubric
from outreach.rubric.score import score, sequence_score
from outreach.rubric.sequence_view import SequenceView
from outreach.rubric.view import View

_RANK = {"error": 0, "warn": 1, "info": 2}


def judge_message(record: MessageRecord, rubric: Rubric, persona: str | None = None) -> Verdict:
    """Judge one message.

    Args:
        record: the message with its context. Without a `context` only the checks that need none run.
        rubric: how to judge.
        persona: id of the persona, for a rubric's overrides.

    Returns:
        The verdict: `fail` exactly when there is an error.
    """
    verdict, _ = judge_view(open_view(record, rubric, persona))
    return verdict


def open_view(record: MessageRecord, rubric: Rubric, persona: str | None = None) -> View:
    """Return the reading of a message that checks share, under the rubric narrowed to it."""
    preferences = record.context.preferences
    language = preferences.language if "language" in preferences.model_fields_set else record.language
    if rubric.overrides:
        rubric = rubric.narrowed(
            channel=record.channel,
            language=language,
            formality=preferences.formality,
            style=preferences.style,
            persona=persona,
        )
    return View(record, rubric)


def judge_view(view: View) -> tuple[Verdict, View]:
    """Judge a message that is already read; return the verdict and the reading."""
    bare = "context" not in view.record.model_fields_set
    findings: list[Finding] = []
    not_run: list[str] = []
    for spec in all_checks().values():
        if spec.scope != "message" or not is_on(spec, view.rubric):
            continue
        if (bare and spec.needs_context) or not speaks(spec, view.language):
            not_run.append(spec.id)
            continue
        findings.extend(note_findings(spec, spec.run(view), view.rubric, view.raw))
    findings.sort(
        key=lambda finding: (_RANK[finding.severity], finding.start if finding.start >= 0 else 1 << 30)
    )
    points, lines = score(findings, view.rubric)
    return Verdict(
        id=view.record.id,
        verdict="fail" if any(finding.severity == "error" for finding in findings) else "pass",
        score=points,
        defects=_defects(findings),
        findings=tuple(findings),
        subtractions=lines,
        not_run=tuple(not_run),
    ), view


def is_on(spec: Check, rubric: Rubric) -> bool:
    """Say whether a rubric lets a check run."""
    setting = rubric.checks.get(spec.id)
    return spec.protected or setting is None or setting.on


def speaks(spec: Check, language: str) -> bool:
    """Say whether a check has lists for a language, or needs none."""
    return (
        spec.languages is None
        or language in spec.languages
        or (language in LANGUAGES and spec.languages == ())
    )


def note_findings(spec: Check, notes: Iterable[Note], rubric: Rubric, text: str) -> Iterator[Finding]:
    """Yield what a check noticed as findings, with the severity that the rubric gives it."""
    setting = rubric.checks.get(spec.id)
    for note in notes:
        severity: Severity = note.severity or (
            setting.severity if setting and setting.severity and not spec.protected else spec.severity
        )
        if spec.id in rubric.accepted:
            severity = "info"
        defect = spec.defect if note.defect is None else (note.defect or None)
        quote = note.quote or (text[note.start : note.end] if note.start >= 0 else "")
        yield Finding(
            check=spec.id,
            defect=defect,
            severity=severity,
            dimension=spec.dimension,
            quote=quote,
            start=note.start,
            end=note.end,
            message=note.message,
            hint=note.hint,
        )


def _defects(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(finding.defect for finding in findings if finding.defect and finding.severity != "info")
    )


def judge_sequence(record: SequenceRecord, rubric: Rubric, persona: str | None = None) -> SequenceVerdict:
    """Judge a whole sequence: each step with the steps before it, then what only a sequence can have.

    A step is held against the earlier ones that may have reached the same reader, and each branch is judged as a sequence
    of its own: what one reader gets if the connection request is accepted, and another if it is not.
    """
    steps: list[StepVerdict] = []
    views: list[View] = []
    verdicts: list[Verdict] = []
    for at, step in enumerate(record.steps):
        earlier = tuple(one.body for one in record.steps[:at] if meet(one.after, step.after))
        context = Context.model_construct(
            **{name: getattr(record.context, name) for name in type(record.context).model_fields},
            previous_messages=earlier, existing_thread=step.existing_thread)  # fmt: skip
        message = MessageRecord.model_construct(
            id=f"{record.id}/{step.step}", channel=step.channel, step=step.step, language=record.language, context=context,
            subject=step.subject, body=step.body)  # fmt: skip
        verdict, view = judge_view(open_view(message, rubric, persona))
        views.append(view)
        verdicts.append(verdict)
        steps.append(
            StepVerdict(
                step=step.step,
                verdict=verdict.verdict,
                score=verdict.score,
                defects=verdict.defects,
                findings=verdict.findings,
            )
        )
    own = _of_branches(record, views, verdicts, rubric)
    failed = any(finding.severity == "error" for finding in own) or any(
        step.verdict == "fail" for step in steps
    )
    points, lines = sequence_score([step.score for step in steps], own, rubric, failed=failed)
    return SequenceVerdict(
        id=record.id,
        verdict="fail" if failed else "pass",
        score=points,
        defects=_defects(own),
        findings=tuple(own),
        subtractions=lines,
        not_run=tuple(dict.fromkeys(check for verdict in verdicts for check in verdict.not_run)),
        steps=tuple(steps),
    )


def _of_branches(
    record: SequenceRecord, views: list[View], verdicts: list[Verdict], rubric: Rubric
) -> list[Finding]:
    """Return the findings on the sequence of each reader; what both branches have is said once."""
    found: list[Finding] = []
    for path in paths([step.after for step in record.steps]):
        branch = record.model_copy(update={"steps": tuple(record.steps[at] for at in path)})
        own = _sequence_findings(branch, [views[at] for at in path], [verdicts[at] for at in path], rubric)
        found.extend(finding for finding in own if finding not in found)
    return found


def _sequence_findings(
    record: SequenceRecord, views: list[View], verdicts: list[Verdict], rubric: Rubric
) -> Iterator[Finding]:
    if not views:
        return
    seen = SequenceView(record, views, verdicts, rubric)
    for spec in all_checks().values():
        if spec.scope != "sequence" or not is_on(spec, rubric):
            continue
        if not speaks(spec, seen.language):
            continue
        yield from note_findings(spec, spec.run(seen), rubric, "")
