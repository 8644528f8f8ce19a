"""A draft's id and what a person asks for in; some of its steps written anew, or an older version brought back, out: `redraft`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.judging import JudgeModel
from outreach.cli.session import Session, now, one_draft, session_of
from outreach.cli.terminal import heading, put, put_raw, say, wrap

if TYPE_CHECKING:
    from outreach.domain.lines import GenerateLine
    from outreach.running.redrafting import Outcome
    from outreach.store.store import Store, StoredDraft


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(redraft)


def redraft(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="ID", help="A draft's id; a unique beginning of it is enough.")
    ],
    step: Annotated[
        str | None, typer.Option(metavar="N|all", help="The step to redo; needed where there are several.")
    ] = None,
    instruct: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help='What to change, such as "shorter, mention the office in Lima".'),
    ] = None,
    back: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="Bring this version back instead; see: show ID --history"),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="P:M", help="Who writes: offline, or provider:model.")
    ] = None,
    judge: JudgeModel = None,
    max_repairs: Annotated[int | None, typer.Option(min=0, help="Repairs of a redraft that fails.")] = None,
    max_usd: Annotated[
        float | None,
        typer.Option(min=0, help="Stop before a call that could cost more than is left of this."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the draft as one JSON object.")] = False,
) -> None:
    """Redo a step as you ask, and keep the version before it.

    The redraft is judged as part of the whole sequence: what is not held by a fact or claim does not get in, whoever asks
    for it. One that fails is kept apart, and the draft stays as it is. An approval falls: read the new text first.
    """
    from outreach.errors import UsageError

    if (instruct is None) == (back is None):
        raise UsageError(
            "say what to change with --instruct, or which version to bring back with --back",
            hint='such as --step 2 --instruct "shorter"',
        )
    if back is not None and step is not None:
        raise UsageError("--back brings the whole version back", hint="leave --step out")
    session = session_of(context)
    flags: dict[tuple[str, str], Any] = {
        ("model", "name"): model, ("generate", "max_repairs"): max_repairs, ("generate", "max_usd"): max_usd,
    }  # fmt: skip
    with session.store() as store:
        kept = one_draft(store, what)
        if back is not None:
            done = _bring_back(session, store, kept, back, flags, judge)
        else:
            done = _redraft(session, store, kept, step, instruct or "", flags, judge)
    _report(done, kept.line, as_json=as_json)


def _redraft(
    session: Session, store: "Store", kept: "StoredDraft", step: str | None, instruct: str,
    flags: dict[tuple[str, str], Any], judge: str | None,
) -> "Outcome":  # fmt: skip
    from outreach.running.judges import choose_judge
    from outreach.running.models import choose_writer
    from outreach.running.redrafting import redraft as run
    from outreach.running.redrafting import steps_named

    steps = steps_named(kept.line, step)
    campaign = session.campaign(flags)
    writing = choose_writer(campaign, session.environment)
    judging = None
    if judge is not None:
        judging = choose_judge(
            judge, campaign.root, campaign.settings, campaign.rubric, session.environment, writing=writing
        )
    for note in [*writing.notes, *(judging.notes if judging else ())]:
        say(note)
    return run(kept, steps, instruct, store, writing, judging, now)


def _bring_back(
    session: Session, store: "Store", kept: "StoredDraft", back: str, flags: dict[tuple[str, str], Any],
    judge: str | None,
) -> "Outcome":  # fmt: skip
    from outreach.running.judges import choose_judge
    from outreach.running.models import Writing, offline_writer
    from outreach.running.redrafting import bring_back, version_named

    campaign = session.campaign(flags)
    wanted = version_named(store.versions(kept.outreach_id), back)
    writing = Writing(offline_writer(campaign))  # nothing is written: it judges, and needs no key for that
    judging = None
    if judge is not None:
        judging = choose_judge(
            judge, campaign.root, campaign.settings, campaign.rubric, session.environment, writing=writing
        )
    return bring_back(kept, wanted, store, writing, judging, now)


def _report(done: "Outcome", before: "GenerateLine", *, as_json: bool) -> None:
    """Say what came of it. Exits 4 where it was refused, or where the draft fails as a whole."""
    outreach_id = before.outreach_id
    if done.reasons:
        say("refused: the draft stays as it is")
        for reason in done.reasons:
            say(wrap(reason, "    ", "  "))
        if done.line.messages != before.messages:
            say(
                f"the refused text is version {done.serial}: outreach show {outreach_id} --version {done.serial}"
            )
        raise typer.Exit(4)
    if as_json:
        put_raw(done.line.model_dump_json() + "\n")
    else:
        put(changed_messages(done.line, before))
    for note in done.notes:
        say(wrap(note, "  ", ""))
    say(f"version {done.serial} of {outreach_id}: {done.line.verdict} {done.line.score}/100; the ones before: "
        f"outreach show {outreach_id} --history")  # fmt: skip
    if done.voided:
        say(
            f"it was {done.voided}; that does not hold for this text: read it, then outreach approve {outreach_id}"
        )
    if done.line.verdict == "fail":
        raise typer.Exit(4)


def changed_messages(new: "GenerateLine", old: "GenerateLine") -> str:
    """Return the messages that differ, with what was found in them."""
    texts = {message.step: (message.subject, message.body) for message in old.messages}
    parts = []
    for message in new.messages:
        if texts.get(message.step) == (message.subject, message.body):
            continue
        flaw = "" if message.verdict == "pass" else f"  FAILS: {', '.join(message.defects)}"
        parts.append(
            heading(f"Step {message.step}, day {message.day}: {message.channel.replace('_', ' ')}") + flaw
        )
        if message.subject is not None:
            parts.append(wrap(f"Subject: {message.subject}", "  "))
        parts.append(wrap(message.body, "  ") + "\n")
    return "\n".join(parts).rstrip()
