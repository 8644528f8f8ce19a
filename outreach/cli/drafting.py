"""A lead list in; the plan and prompt of a row, or drafted and judged sequences, out: `preview` and `generate`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.judging import JudgeModel
from outreach.cli.judging_words import judge_lines_of
from outreach.cli.session import Session, now, read_date, session_of
from outreach.cli.terminal import Progress, heading, put, put_raw, say, wrap

if TYPE_CHECKING:
    from outreach.domain.lines import GenerateLine
    from outreach.rubric.registry import Note
    from outreach.rubric.rubrics import Rubric
    from outreach.running.campaign import Campaign
    from outreach.running.generate import Generated
    from outreach.running.triage import Triaged, TriageOptions

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
    sequence: SequenceName = None,
    persona: PersonaName = None,
    variant: Variant = None,
    accounts: Accounts = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    no_note: NoNote = False,
) -> None:
    """Show what a row would get: the plan with its reasons, and the exact prompt. No call is made."""
    from outreach.errors import UsageError
    from outreach.planning.describe import describe_plan
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
    for line in describe_plan(found.plan):
        put(line)
    put("\n".join(["", *notes_plan(campaign, rows)]))
    if not plan_only:
        from outreach.running.models import prompt_source

        prompt = prompt_source(campaign).sequence(found.plan)
        for message in prompt.messages:
            put(f"\n----- {message.role} -----")
            put(message.content)


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
    limit: Annotated[int | None, typer.Option(min=1, help="Draft at most so many prospects.")] = None,
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
    }  # fmt: skip
    campaign = session.campaign(flags)
    options = triage_options(session, as_of, persona, variant, everyone=everyone, no_note=no_note)
    run_generate(
        session, campaign, prospects, options, accounts=accounts, limit=limit, fallback=on_failure is not None, judge=judge,
        dry_run=dry_run, out=out, as_json=as_json,
    )  # fmt: skip


def run_generate(
    session: Session, campaign: "Campaign", prospects: Path, options: "TriageOptions", *, accounts: Path | None = None,
    limit: int | None = None, fallback: bool = False, judge: str | None = None, dry_run: bool = False, out: Path | None = None, as_json: bool = False,
) -> "Generated":  # fmt: skip
    """Run `generate` and report; also the heart of `demo`. Exits 3, 4 or 130 where the run did not end well."""
    import time

    from outreach.running.job import Job, run_job, tally_of
    from outreach.running.models import choose_writer
    from outreach.running.output import check_suffix, write_lines

    if out is not None:
        check_suffix(out)
    started = time.monotonic()
    writing = choose_writer(campaign, session.environment)
    judging = None
    if judge is not None:
        from outreach.running.judges import choose_judge

        judging = choose_judge(
            judge, campaign.root, campaign.settings, campaign.rubric, session.environment, writing=writing
        )
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
    if out is not None:
        write_lines(out, run.lines)
        say(f"{len(run.lines)} sequences written to {out}")
    if as_json:
        put_raw(summary.model_dump_json() + "\n")
    else:
        say("\n".join(summary_lines(run, campaign.rubric)))
        if out is None and run.lines:
            put(show_sequence(run.lines[0]))
            say("all of them: outreach drafts; one: outreach show ID; as a file: --out drafts.md")
    _exit_as(run)
    return run


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


def summary_lines(run: "Generated", rubric: "Rubric") -> list[str]:
    """Return the account of a run for a person: every row is in it."""
    passed = sum(line.verdict == "pass" for line in run.lines)
    reused = sum(result.reused for result in run.results)
    drafted = (
        f"{len(run.lines)} drafted ({passed} pass, {len(run.lines) - passed} fail; {reused} from before)"
    )
    counted = [("skipped: " + SKIPPED.get(reason, reason), count) for reason, count in run.skipped.items()]
    counted += [(outcome, run.count(outcome)) for outcome in ("duplicate", "unreadable")]
    return [
        f"{len(run.results)} rows: {drafted}",
        *(f"  {count:4} {what}" for what, count in counted if count),
        *(
            f"  {result.triaged.row.source}:{result.triaged.row.line}: {result.reason}: {result.detail}"
            for result in run.results
            if result.reason in {"unreadable", "provider_failure", "failed"}
        ),
        *(f"  warn Q10: {note.message}\n  hint: {note.hint}" for note in _what_all_share(run, rubric)),
    ]


def _what_all_share(run: "Generated", rubric: "Rubric") -> "list[Note]":
    """Return what the drafts of a run share beyond names and facts."""
    from outreach.rubric.checks_batch import Batch

    batch = Batch(rubric)
    for line in run.lines:
        for message in line.messages:
            batch.add(line.outreach_id, message.step, message.body, line.language, line.context)
    return batch.notes()


#: What a reason for skipping means, for people.
SKIPPED = {
    "unfit": "the person or the employer does not fit",
    "route": "the account fits, the person is none of your personas: find the right one",
    "ask_for_data": "too little is known to decide: enrich the row or accounts.csv",
    "review_pending": "held for review: look, then outreach accept ROW",
    "suppressed": "asked not to be contacted, or a customer",
    "no_channel": "no address for any step",
    "no_persona": "no persona to write to",
    "no_text_in_language": "a text is missing in the row's language: outreach show ROW says which",
    "provider_failure": "the provider failed",
    "account_full": "colleagues go first: [committee] people",
    "budget": "the budget is spent",
    "limit": "beyond --limit",
    "interrupted": "not reached before the stop",
}


def show_sequence(line: Any) -> str:
    """Return a whole sequence as one wants to read it."""
    person = line.prospect
    name = f"{person.first_name or ''} {person.last_name or ''}".strip()
    verdict = f"ICP {line.icp.verdict} {line.icp.score:.0f}, {line.verdict} {line.score}/100"
    role = line.buying_role.replace("_", " ")
    parts = [
        heading(f"{name}, {person.title or 'no title'} at {person.company or 'no company'}"),
        f"  {line.persona} ({role}), {line.language}, {verdict}, {line.provider}, {line.outreach_id}",
    ]
    parts += [wrap(text, "  ") for text in standing_lines(line)]
    for message in line.messages:
        flaw = "" if message.verdict == "pass" else f"  FAILS: {', '.join(message.defects)}"
        after = " after accepting" if message.channel == "linkedin_message" else ""
        parts.append(
            "\n"
            + heading(f"  Step {message.step}, day {message.day}{after}: {message.channel.replace('_', ' ')}")
            + flaw
        )
        if message.subject is not None:
            parts.append(wrap(f"Subject: {message.subject}", "    "))
        parts.append(wrap(message.body, "    "))
    return "\n".join(parts) + "\n"


def standing_lines(line: "GenerateLine") -> list[str]:
    """Return where a draft stands beside the others: its place in the account, its start, and a request without a note."""
    found = []
    if line.committee is not None:
        place = line.committee
        found.append(
            f"{place.place} of {place.size} at the account, from day {line.start_day}: {place.reason}"
        )
    elif line.start_day:
        found.append(f"from day {line.start_day} of the list")
    if line.invite_week is not None:
        found.append(f"invitation in week {line.invite_week}")
    if line.bare_request:
        found.append(f"Day 0: send the request without a note: {line.bare_request}")
    return found
