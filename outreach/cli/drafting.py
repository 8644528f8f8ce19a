"""A lead list in; the plan and prompt of a row, or drafted and judged sequences, out: `preview` and `generate`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.drafted import kept_lines, show_sequence, summary_lines
from outreach.cli.judging import JudgeModel
from outreach.cli.judging_words import judge_lines_of
from outreach.cli.session import Session, now, read_date, session_of
from outreach.cli.terminal import Progress, put, put_raw, say

if TYPE_CHECKING:
    from datetime import date

    from outreach.running.campaign import Campaign
    from outreach.running.dating import Dating
    from outreach.running.generate import Generated
    from outreach.running.judges import Judging
    from outreach.running.models import Writing
    from outreach.running.triage import Triaged, TriageOptions
    from outreach.workspace.settings import CalendarSection

Prospects = Annotated[Path, typer.Argument(metavar="PROSPECTS", help="The lead list: CSV, XLSX or JSONL.")]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="P:M", help="Who writes: offline, or provider:model such as openai:NAME or ollama:NAME."
    ),
]
SequenceName = Annotated[str | None, typer.Option(metavar="S", help="The sequence; see: outreach sequences")]
PersonaName = Annotated[str | None, typer.Option(metavar="P", help="Write to every row as to this persona.")]
Variant = Annotated[
    list[str] | None, typer.Option(metavar="TASK=NAME", help="Prompt variant; see: outreach prompts")
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="The day that facts are fresh or stale at; default: today.")
]
Start = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="The first day to send on; default: the next business day. Changes dates, never a draft.",
    ),
]
Accounts = Annotated[Path | None, typer.Option(help="Company attributes to join, over accounts_file.")]
Everyone = Annotated[
    bool, typer.Option("--all", help="Draft whatever can be drafted, and say which decision that overruled.")
]


NoNote = Annotated[
    bool,
    typer.Option(
        "--no-note", help="Send every connection request without a note: the first message stands in."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(preview)
    app.command()(generate)


def preview(
    context: typer.Context,
    prospects: Prospects,
    row: Annotated[
        int | None, typer.Option(min=1, help="The row to show; default: the first that would be drafted.")
    ] = None,
    plan_only: Annotated[bool, typer.Option("--plan", help="Show the plan alone, not the prompt.")] = False,
    angles: Annotated[
        bool, typer.Option("--angles", help="With the plan, the ideas it chose from, ranked, with reasons.")
    ] = False,
    sequence: SequenceName = None,
    persona: PersonaName = None,
    variant: Variant = None,
    accounts: Accounts = None,
    as_of: AsOf = None,
    start: Start = None,
    everyone: Everyone = False,
    no_note: NoNote = False,
) -> None:
    """Show what a row would get: the plan with its reasons, and the exact prompt. No call is made."""
    from outreach.errors import UsageError
    from outreach.planning.describe import describe_angles, describe_plan
    from outreach.running.arranging import arranged_list

    session = session_of(context)
    campaign = session.campaign({("sequence", "default"): sequence})
    options = triage_options(session, as_of, persona, variant, everyone=everyone, no_note=no_note)
    with session.store() as store:
        rows = arranged_list(prospects, campaign, options, store, accounts)
    if row is not None and row > len(rows):
        raise UsageError(f"--row {row}: the list has {len(rows)} rows", hint=f"take 1 to {len(rows)}")
    chosen = [item for item in rows if row is None or item.row.row == row]
    found = next((item for item in chosen if item.plan is not None or row is not None), None)
    if found is None:
        say("no row would be drafted; see why: outreach qualify " + str(prospects))
        raise typer.Exit(4)
    if found.plan is None:
        put(f"row {found.row.row}: nothing would be written: {found.reason}: {found.detail}")
        return
    dates = dating_of(campaign.settings.calendar, options.as_of, start).of_plan(found.plan)
    for line in [*describe_plan(found.plan, dates), *(describe_angles(found.plan) if angles else ())]:
        put(line)
    if not angles:
        put("\n".join(["", *notes_plan(campaign, rows)]))
    if not (plan_only or angles):
        from outreach.running.models import prompt_source
        from outreach.running.prompt_share import prompt_share

        prompt = prompt_source(campaign).sequence(found.plan)
        for message in prompt.messages:
            put(f"\n----- {message.role} -----")
            put(message.content)
        say(prompt_share([prompt]).line())


def dating_of(calendar: "CalendarSection", today: "date", start: str | None) -> "Dating":
    """Return when sequences start and which days the sender has off. Raises UsageError where `--start` is no date."""
    from outreach.running.dating import Dating

    return Dating.of(calendar, today, read_date(start, "--start") if start else None)


def triage_options(
    session: Session,
    as_of: str | None,
    persona: str | None,
    variant: list[str] | None,
    *,
    everyone: bool,
    no_note: bool = False,
) -> "TriageOptions":
    """Return what the flags lay over the verdicts, with the rows that a person accepted."""
    from outreach.errors import UsageError
    from outreach.running.triage import TriageOptions

    variants = dict(part.split("=", 1) for part in variant or [] if "=" in part)
    if len(variants) != len(variant or []) or set(variants) - {"sequence"}:
        raise UsageError("--variant: not TASK=NAME", hint="such as --variant sequence=question")
    with session.store() as store:
        accepted = store.accepted_ids()
    return TriageOptions(
        as_of=read_date(as_of), everyone=everyone, persona_id=persona, accepted=accepted,
        variant=variants.get("sequence", "default"), no_note=no_note,
    )  # fmt: skip


def notes_plan(campaign: "Campaign", triaged: "Sequence[Triaged]") -> list[str]:
    """Return who of a list gets a note with the connection request, who does not, and in which week invitations go out."""
    from outreach.planning.notes import describe_notes

    linkedin = campaign.settings.linkedin
    plans = [item.plan for item in triaged if item.plan is not None]
    return describe_notes(
        plans, account=linkedin.account, notes_left=linkedin.notes_left, per_week=linkedin.invites_per_week
    )


def generate(
    context: typer.Context,
    prospects: Prospects,
    model: Model = None,
    sequence: SequenceName = None,
    persona: PersonaName = None,
    variant: Variant = None,
    samples: Annotated[
        int | None, typer.Option(min=1, max=10, help="Drafts of each prospect; the rubric picks the best.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Draft at most so many prospects.")] = None,
    again: Annotated[
        list[str] | None,
        typer.Option(metavar="ROW|ID", help="Draft this one anew, also in place of a redraft of yours."),
    ] = None,
    concurrency: Annotated[int | None, typer.Option(min=1, help="Calls at once.")] = None,
    rpm: Annotated[int | None, typer.Option(min=1, help="Requests a minute at most.")] = None,
    tpm: Annotated[int | None, typer.Option(min=1, help="Tokens a minute at most.")] = None,
    max_usd: Annotated[
        float | None,
        typer.Option(min=0, help="Stop before a call that could cost more than is left of this."),
    ] = None,
    max_repairs: Annotated[
        int | None, typer.Option(min=0, help="Repairs of failing steps for each prospect.")
    ] = None,
    on_failure: Annotated[
        str | None, typer.Option(metavar="offline", help="Let the offline writer step in where a call fails.")
    ] = None,
    judge: JudgeModel = None,
    accounts: Accounts = None,
    as_of: AsOf = None,
    start: Start = None,
    everyone: Everyone = False,
    no_note: NoNote = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done and what it could cost; call nothing.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="F", help="Write the drafts: .jsonl, .csv or .md.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the account of the run as one JSON object.")
    ] = False,
) -> None:
    """Draft a judged sequence for every prospect that fits: the main job.

    Without a key the built-in offline writer drafts; with OPENAI_API_KEY or --model a model does. Run it again at any
    time: only what is missing or changed is done, and nothing is paid for twice. Drafts that fail the rubric are kept
    and shown, never exported.
    """
    from outreach.errors import UsageError

    if on_failure not in {None, "offline"}:
        raise UsageError(f"--on-failure: {on_failure!r}", hint="--on-failure offline")
    session = session_of(context)
    flags: dict[tuple[str, str], Any] = {
        ("model", "name"): model, ("model", "concurrency"): concurrency, ("model", "rpm"): rpm, ("model", "tpm"): tpm,
        ("sequence", "default"): sequence, ("generate", "max_repairs"): max_repairs, ("generate", "max_usd"): max_usd,
        ("generate", "samples"): samples,
    }  # fmt: skip
    campaign = session.campaign(flags)
    options = triage_options(session, as_of, persona, variant, everyone=everyone, no_note=no_note)
    run_generate(
        session, campaign, prospects, options, start=start, accounts=accounts, limit=limit, fallback=on_failure is not None, judge=judge,
        again=tuple(again or ()), dry_run=dry_run, out=out, as_json=as_json,
    )  # fmt: skip


def run_generate(
    session: Session, campaign: "Campaign", prospects: Path, options: "TriageOptions", *, start: str | None = None, accounts: Path | None = None,
    limit: int | None = None, fallback: bool = False, judge: str | None = None, again: tuple[str, ...] = (), dry_run: bool = False, out: Path | None = None, as_json: bool = False,
) -> "Generated":  # fmt: skip
    """Run `generate` and report; also the heart of `demo`. Exits 3, 4 or 130 where the run did not end well."""
    import time

    from outreach.running.job import Job, run_job, tally_of
    from outreach.running.models import choose_writer
    from outreach.running.output import check_suffix, write_lines

    if out is not None:
        check_suffix(out)
    started = time.monotonic()
    dating = dating_of(campaign.settings.calendar, options.as_of, start)
    writing = choose_writer(campaign, session.environment)
    judging = _judging(judge, session, campaign, writing)
    for note in [*writing.notes, *(judging.notes if judging else ())]:
        say(note)
    with session.store() as store:
        job = Job(
            prospects,
            campaign,
            options,
            store,
            writing,
            judging,
            accounts=accounts,
            limit=limit,
            fallback=fallback,
            again=again,
            dating=dating,
        )
        triaged = job.triage()
        if dry_run:
            for line in [*job.estimate(triaged), *notes_plan(campaign, triaged)]:
                put(line)
            return job.nothing_done(triaged)
        for line in notes_plan(campaign, triaged):
            say(line)
        progress = Progress(sum(item.plan is not None for item in triaged), "drafted")
        run, summary = run_job(job, triaged, clock=now, started=started, progress=progress.step)
        progress.end()
    clients = [part.client for part in (writing, judging) if part is not None and part.client]
    for warning in dict.fromkeys(warning for client in clients for warning in client.warnings):
        say(f"warning: {warning}")
    if judging is not None:
        say("\n".join(judge_lines_of(judging, tally_of(run.lines))))
    for note in kept_lines(run):
        say(note)
    if out is not None:
        write_lines(out, run.lines, dating)
        say(f"{len(run.lines)} sequences written to {out}")
    if as_json:
        put_raw(summary.model_dump_json() + "\n")
    else:
        say("\n".join(summary_lines(run, campaign.rubric)))
        if out is None and run.lines:
            put(show_sequence(run.lines[0], dating))
            say("all of them: outreach drafts; one: outreach show ID; as a file: --out drafts.md")
    _exit_as(run)
    return run


def _judging(
    judge: str | None, session: Session, campaign: "Campaign", writing: "Writing"
) -> "Judging | None":
    """Return the judge that `--judge` names, None without one."""
    if judge is None:
        return None
    from outreach.running.judges import choose_judge

    return choose_judge(
        judge, campaign.root, campaign.settings, campaign.rubric, session.environment, writing=writing
    )


def _exit_as(run: "Generated") -> None:
    if run.interrupted:
        say("stopped; what is done is kept. Run the same command again to go on.")
        raise typer.Exit(130)
    if run.fatal is not None:
        raise run.fatal
    unreadable = run.count("unreadable")
    broken = run.skipped.get("provider_failure", 0) + run.skipped.get("failed", 0)
    if unreadable or broken or any(line.verdict == "fail" for line in run.lines):
        raise typer.Exit(4)
