"""Messages from a file or stdin in; what the rubric finds in each out: `validate`."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.judging import JudgeModel, MaxUsd, open_judge
from outreach.cli.judging_words import criterion_explained, judge_lines_of
from outreach.cli.session import session_of
from outreach.cli.terminal import heading, put, put_raw, say, wrap

if TYPE_CHECKING:
    from outreach.domain.judgement import Finding, MessageRecord, Verdict
    from outreach.judging.tally import Tally
    from outreach.rubric.checks_batch import Batch
    from outreach.rubric.rubrics import Rubric
    from outreach.running.judges import Judging


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(validate)


def validate(
    context: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|-",
            help="Lines of JSON (messages, sequences, or lines of generate), or one text with --channel.",
        ),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option(
            help="Read the input as one text for this channel: connection_request, linkedin_message, inmail or email."
        ),
    ] = None,
    persona: Annotated[str | None, typer.Option(help="The persona the one text is for.")] = None,
    language: Annotated[str, typer.Option(help="The language the one text is in.")] = "en",
    subject: Annotated[str | None, typer.Option(help="The subject of the one text.")] = None,
    rubric: Annotated[str, typer.Option(help="The rubric; see: outreach rubrics")] = "default",
    explain: Annotated[
        str | None, typer.Option(metavar="CHECK", help="Say what a check means, and stop.")
    ] = None,
    judge: JudgeModel = None,
    max_usd: MaxUsd = None,
    out: Annotated[
        Path | None, typer.Option(metavar="F", help="Write a verdict a line, in the same order.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a verdict a line.")] = False,
) -> None:
    """Judge messages by the rubric: deterministic, offline, each finding with its quote and what to do.

    A message fails exactly when there is an error. The score says how free of known faults it is; it is no prediction
    of replies. Exit 4 where anything fails. With --judge a model adds what rules cannot see; it takes nothing away, and
    where it does not answer the rules alone decide.
    """
    from outreach.errors import UsageError
    from outreach.judging.tally import Tally
    from outreach.rubric.checks_batch import Batch
    from outreach.rubric.rubrics import Rubric
    from outreach.workspace.library import Library

    if explain is not None:
        library = Library(session_of(context).root_if_any)
        put(criterion_explained(explain, library) or explanation(explain))
        return
    if file is None:
        raise UsageError("nothing to judge", hint="outreach validate FILE, or - for stdin")
    read = Library(session_of(context).root_if_any).read("rubrics", rubric, Rubric)
    judging = open_judge(session_of(context), judge, read, max_usd) if judge is not None else None
    batch = Batch(read)
    if channel:
        record = _one_text(file, channel, language, subject)
        verdicts = iter([_judged(record, read, persona, judging)])
    else:
        verdicts = _lines(file, read, batch, judging)
    tally = Tally() if judging is not None else None
    counts = _report(verdicts, out, as_json=as_json, tally=tally)
    if out is not None:
        say(f"{sum(counts.values())} verdicts written to {out}")
    for note in batch.notes():
        say(f"warn Q10: {note.message}\nhint: {note.hint}")
    say(f"{counts['pass']} pass, {counts['fail']} fail. A score is no prediction of replies.")
    if judging is not None and tally is not None:
        warned = [f"warning: {warning}" for warning in judging.client.warnings]
        say("\n".join([*judge_lines_of(judging, tally), *warned]))
    if counts["fail"]:
        raise typer.Exit(4)


def _lines(file: str, rubric: "Rubric", batch: "Batch", judging: "Judging | None") -> "Iterator[Verdict]":
    from outreach.errors import FileError

    if file == "-":
        yield from _verdicts(sys.stdin.buffer, rubric, batch, judging)
        return
    try:
        with Path(file).open("rb") as lines:
            yield from _verdicts(lines, rubric, batch, judging)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", where=file, hint="check the path") from None


def _verdicts(
    lines: "Iterable[bytes]", rubric: "Rubric", batch: "Batch", judging: "Judging | None"
) -> "Iterator[Verdict]":
    if judging is None:
        from outreach.running.validating import judge_lines

        return judge_lines(lines, rubric, batch)
    from outreach.running.validating_judged import judge_lines_with

    return judge_lines_with(lines, judging, judging.client.concurrency, batch)


def _judged(
    record: "MessageRecord", rubric: "Rubric", persona: str | None, judging: "Judging | None"
) -> "Verdict":
    if judging is None:
        from outreach.rubric.judge import judge_message

        return judge_message(record, rubric, persona)
    from outreach.running.validating_judged import judge_one_with

    return judge_one_with(record, judging, persona)


def _one_text(file: str, channel: str, language: str, subject: str | None) -> "MessageRecord":
    from pydantic import ValidationError

    from outreach.domain.judgement import MessageRecord
    from outreach.domain.vocabulary import CHANNELS
    from outreach.errors import UsageError
    from outreach.workspace.files import read_text

    body = sys.stdin.read() if file == "-" else read_text(Path(file), what="text")
    try:
        return MessageRecord.model_validate(
            {
                "id": file,
                "channel": channel,
                "language": language,
                "subject": subject,
                "body": body.rstrip("\n"),
            }
        )
    except ValidationError:
        raise UsageError(f"--channel: {channel!r}", hint=f"one of {', '.join(CHANNELS)}") from None


def _report(
    verdicts: "Iterator[Verdict]", out: Path | None, *, as_json: bool, tally: "Tally | None"
) -> Counter[str]:
    """Write each verdict as it comes, so that memory stays flat, and count."""
    counts: Counter[str] = Counter()
    partial = out.with_name(out.name + ".partial") if out else None
    file = partial.open("w", encoding="utf-8", newline="\n") if partial else None
    try:
        for verdict in verdicts:
            counts[verdict.verdict] += 1
            if tally is not None:
                tally.add_verdict(verdict)
            if file is not None:
                file.write(verdict.model_dump_json() + "\n")
            elif as_json:
                put_raw(verdict.model_dump_json() + "\n")
            else:
                _show(verdict)
    finally:
        if file is not None:
            file.close()
    if partial is not None and out is not None:
        partial.chmod(0o600)
        partial.replace(out)
    return counts


def _show(verdict: "Verdict") -> None:
    put(
        heading(f"{verdict.id}: {verdict.verdict} {verdict.score}/100")
        + (f"  {', '.join(verdict.defects)}" if verdict.defects else "")
    )
    for step in getattr(verdict, "steps", ()):
        for finding in step.findings:
            put(_finding(finding, f"step {step.step} "))
    for finding in verdict.findings:
        put(_finding(finding, ""))
    if "G5" in verdict.not_run:  # nothing was held against facts: the pass says less than it looks
        put(wrap(f"not run: {len(verdict.not_run)} checks, which need a context or word lists of the language; --json names them", "      ", "  - "))  # fmt: skip


def _finding(finding: "Finding", where: str) -> str:
    quote = f' "{finding.quote}"' if finding.quote else ""
    return wrap(
        f"{where}{finding.severity} {finding.check}: {finding.message}{quote}. {finding.hint}",
        "      ",
        "  - ",
    )


def explanation(check_id: str) -> str:
    """Return what a check means, its evidence and an example. Raises UsageError with the nearest id."""
    from outreach.errors import UsageError
    from outreach.rubric.registry import all_checks
    from outreach.workspace.files import near_match

    checks = all_checks()
    spec = (
        checks.get(check_id)
        or checks.get(check_id.upper())
        or next((c for c in checks.values() if c.defect == check_id), None)
    )
    if spec is None:
        known = [*checks, *(c.defect for c in checks.values() if c.defect)]
        raise UsageError(
            f"no check {check_id!r}", hint=near_match(check_id, known) or "outreach rubrics lists them"
        )
    languages = "any language" if spec.languages is None else ", ".join(spec.languages)
    parts = [
        f"{spec.id} ({spec.defect or 'no defect: shown and scored only'}): {spec.severity}, {spec.dimension}, {languages}",
        spec.about,
        f"evidence: {spec.evidence}",
        f"flags:    {spec.example}",
    ]
    return "\n".join(parts + ([f"clears:   {spec.fixed}"] if spec.fixed else []))
