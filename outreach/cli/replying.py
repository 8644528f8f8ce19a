"""An id and a pasted answer in; what it says, what has stopped, and the answer drafted to it out: `reply`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import now, one_draft, read_date, session_of
from outreach.cli.terminal import dim, heading, put, put_raw, say, wrap

if TYPE_CHECKING:
    from outreach.domain.replies import DraftedAnswer, ReplyLine, ReplyReading

#: More than this is no answer that anybody pastes.
_MAX_BYTES = 2_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(reply)


def reply(
    context: typer.Context,
    outreach_id: Annotated[str, typer.Argument(metavar="ID", help="The draft they answered; a unique beginning is enough.")],
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Their answer as text; - or nothing: stdin.")] = None,
    said_as: Annotated[str | None, typer.Option("--as", metavar="CLASS", help="What it is, where you know better: interested, question, objection, later, not_me, no, opt_out, out_of_office.")] = None,
    step: Annotated[int | None, typer.Option(min=1, help="The step they answered; default: the one quoted, else the first.")] = None,
    model: Annotated[str | None, typer.Option(metavar="P:M", help="Who writes the answer, and classes what the rules cannot: offline, or provider:model.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last answer of this draft back; an opt-out only by hand.")] = False,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day that `next month` counts from; default: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:  # fmt: skip
    """Take in an answer: say what it is, stop the sequence, draft what goes back. Nothing is sent.

    An opt-out is written to the suppression list at once. The drafted answer is yours to read, change and copy.
    """
    from outreach.running.models import choose_writer
    from outreach.running.replying import Answering, take_in
    from outreach.running.replying import undo as take_back

    session = session_of(context)
    campaign = session.campaign({("model", "name"): model})
    pasted = "" if undo else _read(file)
    with session.store() as store:
        draft = one_draft(store, outreach_id)
        job = Answering(campaign, store, choose_writer(campaign, session.environment), session.user(), now(), read_date(as_of))  # fmt: skip
        if undo:
            put(f"{draft.outreach_id}: taken back: {take_back(job, draft)}")
            return
        result = take_in(job, draft, pasted, said_as=said_as, step=step)
    if as_json:
        put_raw(result.model_dump_json() + "\n")
    else:
        _tell(result)
    if result.answer is None and result.why_no_answer and result.reading.kind not in {"no", "opt_out", "out_of_office"}:  # fmt: skip
        raise typer.Exit(4)


def _read(file: Path | None) -> str:
    from outreach.errors import FileError, UsageError

    if file is None or str(file) == "-":
        if sys.stdin.isatty():
            say("paste their answer, then press Ctrl-D (Windows: Ctrl-Z, Enter)")
        text = sys.stdin.read(_MAX_BYTES)
    else:
        try:
            text = file.read_bytes()[:_MAX_BYTES].decode("utf-8", "replace")
        except OSError as error:
            raise FileError(f"cannot be read: {error.strerror}", where=file, hint="give the file, or paste the answer on stdin") from None  # fmt: skip
    if not text.strip():
        raise UsageError("no answer was given", hint="outreach reply ID answer.txt, or paste it on stdin")
    return text


def _tell(result: "ReplyLine") -> None:
    reading = result.reading
    put(heading(f"{reading.kind.replace('_', ' ')}") + f"  {result.outreach_id}")
    for line in reading_lines(reading):
        put(wrap(line, "    ", "  "))
    if result.suppression_file:
        put(wrap(f"never written to again: {', '.join(result.suppressed) or 'stood there already'} in {result.suppression_file}", "    ", "  "))  # fmt: skip
    if result.stopped:
        put("  the sequence has stopped: none of its messages leaves with an export")
    else:
        put("  the sequence goes on")
    if result.answer is not None:
        put("\n" + answer_text(result.answer))
        say("nothing is sent: read it, change it, copy it")
    elif result.why_no_answer:
        put(wrap(f"no answer is drafted: {result.why_no_answer}", "    ", "  "))


def reading_lines(reading: "ReplyReading") -> list[str]:
    """Return how an answer was read, a line for each thing."""
    lines = []
    if reading.words:
        by = " (a model's reading)" if reading.by == "model" else ""
        lines.append("because it says: " + " / ".join(f"“{word}”" for word in reading.words) + by)
    elif reading.by == "person":
        lines.append("because you said so")
    if reading.kind == "later":
        lines.append(f"resume on {reading.resume_on}" if reading.resume_on else "no date is named: the answer asks for one")  # fmt: skip
    if reading.returns_on:
        lines.append(f"back on {reading.returns_on}")
    if reading.named:
        named = " ".join(part for part in (reading.named.name, reading.named.email) if part)
        lines.append(f"they name {named}: for your list, if you think so; nobody is added by itself")
    if reading.objection_kind:
        lines.append(f"objection: {reading.objection_kind.replace('_', ' ')}")
    lines += [f"note: {flag}" for flag in reading.flags]
    return lines


def answer_text(answer: "DraftedAnswer") -> str:
    """Return a drafted answer as one wants to read it, with what to do before it goes out."""
    message = answer.message
    flaw = "" if answer.verdict == "pass" else f"  FAILS: {', '.join(f.check for f in answer.findings if f.severity == 'error')}"  # fmt: skip
    parts = [heading(f"  Answer, {message.channel.replace('_', ' ')}") + f"  {answer.verdict} {answer.score}/100, {answer.provider}{flaw}"]  # fmt: skip
    if message.subject:
        parts.append(wrap(f"Subject: {message.subject}", "    "))
    parts.append(wrap(message.body, "    "))
    parts += [dim(wrap(f"{', '.join(one.rests_on) or 'nothing'}: {one.sentence}", "        ", "      ")) for one in message.basis]  # fmt: skip
    parts += [wrap(f"{f.severity} {f.check}: {f.message}; {f.hint}", "        ", "      ! ") for f in answer.findings if f.severity != "info"]  # fmt: skip
    parts += [wrap(f"before it goes out: {note}", "      ", "    ") for note in answer.notes]
    return "\n".join(parts)
