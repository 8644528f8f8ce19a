"""One `generate` from the list to the summary: read, triage, draft, keep, count."""

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from outreach.domain.lines import GenerateLine, GenerateSummary, JudgedSummary
from outreach.domain.opinions import JudgeCounts
from outreach.domain.plans import Plan
from outreach.errors import UsageError
from outreach.judging.tally import Tally
from outreach.running.arranging import arranged_list
from outreach.running.campaign import Campaign
from outreach.running.dating import Dating
from outreach.running.generate import Generated, RowResult, RunOptions, generate, row_outcomes
from outreach.running.judges import Judging
from outreach.running.linting import refuse_open_texts
from outreach.running.models import Writing, offline_writer
from outreach.running.prompt_share import share_of
from outreach.running.triage import Triaged, TriageOptions
from outreach.running.writers import LlmWriter
from outreach.store.store import Store


@dataclass(frozen=True)
class Job:
    """Everything a run needs."""

    prospects: Path
    campaign: Campaign
    options: TriageOptions
    store: Store
    writing: Writing
    judging: Judging | None = None
    accounts: Path | None = None
    limit: int | None = None
    fallback: bool = False
    #: Rows and ids to draft though there is a draft, as a user names them.
    again: tuple[str, ...] = ()
    dating: Dating | None = None

    def triage(self) -> list[Triaged]:
        """Read the list, judge every row, and plan those that are written to beside each other."""
        return arranged_list(self.prospects, self.campaign, self.options, self.store, self.accounts)

    def estimate(self, triaged: Sequence[Triaged]) -> list[str]:
        """Return what a run would do, as lines for a person; nothing is called."""
        plans = [
            plan
            for item in triaged
            if (plan := item.plan) is not None and not self.writing.writer.missing(plan)
        ]
        plans = plans[: self.limit]
        again = ids_to_draft_again(triaged, self.again)
        left = [plan for plan in plans if plan.outreach_id in again or not self._is_kept(plan)]
        kept, todo, samples = len(plans) - len(left), len(left), self.writing.writer.samples
        lines = [
            f"{len(triaged)} rows: {len(plans)} would be drafted, {kept} of them are there already, {todo} to do"
            + (f", the best of {samples} each" if samples > 1 else "")
        ]
        lines += self._writer_s_part(plans, todo * samples)
        if self.judging is not None:
            steps = sum(len(plan.steps) for plan in left) * samples
            prompt = self.judging.judge.prompts.sample
            lines.append(f"the judge: {steps} calls, at most {steps * self._tries} with repairs")
            lines.append(_worst(self.judging.client.worst_cost(prompt), steps * self._tries))
        return lines

    @property
    def _tries(self) -> int:
        return 1 + (self.campaign.settings.generate.max_repairs if self.writing.client else 0)

    def _writer_s_part(self, plans: Sequence[Plan], drafts: int) -> list[str]:
        writer, client = self.writing.writer, self.writing.client
        if client is None or not isinstance(writer, LlmWriter):
            return ["the offline writer makes no call: it costs nothing"]
        calls = drafts * self._tries
        most = client.worst_cost(writer.prompt(plans[0])) if plans else None
        lines = [f"{drafts} calls, at most {calls} with repairs", _worst(most, calls)]
        share = share_of(writer, plans)
        return [lines[0], share.line(), lines[1]] if share is not None and plans else lines

    def _is_kept(self, plan: Plan) -> bool:
        key = self.writing.writer.input_key(plan)
        return (
            self.store.draft_with_key(plan.outreach_id, key) is not None
            or self.store.kept_by_hand(plan.outreach_id) is not None
        )

    def nothing_done(self, triaged: Sequence[Triaged]) -> Generated:
        """Return the account of a dry run."""
        return Generated([RowResult(item, item.reason or "limit", item.detail) for item in triaged])


def ids_to_draft_again(triaged: Sequence[Triaged], names: Sequence[str]) -> frozenset[str]:
    """Return the ids that rows and beginnings of ids name. Raises UsageError where a name is of no draftable row."""
    plans = [(item.row.row, item.plan.outreach_id) for item in triaged if item.plan is not None]
    chosen: set[str] = set()
    for name in names:
        named = {
            one for row, one in plans if name == str(row) or (len(name) > len("o1_") and one.startswith(name))
        }
        if len(named) != 1:
            what = "no row that is drafted" if not named else f"{len(named)} drafts"
            raise UsageError(
                f"--again {name}: {what} of this list", hint="name a row or an id; see: outreach drafts"
            )
        chosen |= named
    return frozenset(chosen)


def _worst(most_usd: float | None, calls: int) -> str:
    if most_usd is None:
        return "the model's price is not known: tokens are counted, cost is not"
    return f"at most {most_usd * calls:.2f} USD, if every answer were as long as may be"


def run_job(
    job: Job,
    triaged: Sequence[Triaged],
    *,
    clock: Callable[[], str],
    started: float,
    progress: Callable[[str], None],
) -> tuple[Generated, GenerateSummary]:
    """Draft what is to be drafted, note every row in the store, and count. SIGTERM stops it as Ctrl-C does.

    Raises FileErrors where a text of the offer still asks to be filled in.
    """
    refuse_open_texts(job.campaign)
    source = job.prospects.name
    run_id = job.store.start_run(source, job.options.as_of.isoformat(), clock())
    settings = job.campaign.settings.model
    fallback = offline_writer(job.campaign) if job.fallback and job.writing.client else None
    clients = [part.client for part in (job.writing, job.judging) if part is not None and part.client]
    if fallback is not None and job.judging is not None:
        fallback.examiner = job.judging.judge
    options = RunOptions(
        concurrency=settings.concurrency if clients else 1,
        limit=job.limit,
        fallback=fallback,
        again=ids_to_draft_again(triaged, job.again),
        dating=job.dating,
    )

    async def drafted() -> Generated:
        task = asyncio.current_task()
        if task is not None:
            with suppress(NotImplementedError, ValueError):  # not on Windows, nor outside the main thread
                for number in (signal.SIGTERM, signal.SIGINT):
                    asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        try:
            return await generate(
                triaged, job.writing.writer, job.store, options, clock=clock, progress=progress
            )
        finally:
            for client in clients:
                await client.aclose()

    run = asyncio.run(drafted())
    summary = summarise(run, job, time.monotonic() - started)
    job.store.save_rows(run_id, source, row_outcomes(run))
    job.store.finish_run(run_id, summary.model_dump_json(), clock())
    return run, summary


def summarise(run: Generated, job: Job, wall_s: float) -> GenerateSummary:
    """Return the object of `generate --json`."""
    lines = run.lines
    clients = [part.client for part in (job.writing, job.judging) if part is not None and part.client]
    costs = [client.cost_usd for client in clients]
    passed = sum(line.verdict == "pass" for line in lines)
    written = [
        item.triaged.plan for item in run.results if item.line is not None and item.triaged.plan is not None
    ]
    share = share_of(job.writing.writer, written)
    summary = GenerateSummary(
        rows=len(run.results),
        drafted=len(lines),
        skipped=run.skipped,
        duplicates=run.count("duplicate"),
        unreadable=run.count("unreadable"),
        passed=passed,
        failed=len(lines) - passed,
        fallback=sum(line.fallback for line in lines),
        reused=sum(result.reused for result in run.results),
        llm_calls=sum(client.calls for client in clients),
        cached=sum(client.cached for client in clients),
        input_tokens=sum(client.input_tokens for client in clients),
        output_tokens=sum(client.output_tokens for client in clients),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        wall_s=round(wall_s, 3),
        cacheable_share=round(share.share, 3) if share is not None and share.prompts else None,
    )
    if job.judging is None:
        return summary
    return JudgedSummary(**dict(summary), judge=judge_counts(job.judging, lines))


def tally_of(lines: Sequence[GenerateLine]) -> Tally:
    """Return what the judge said of the drafts of a run."""
    tally = Tally()
    for line in lines:
        if line.judge is None:
            tally.not_shown += 1
        else:
            tally.add(line.judge, (finding for message in line.messages for finding in message.findings))
    return tally


def judge_counts(judging: Judging, lines: Sequence[GenerateLine]) -> JudgeCounts:
    """Return the judge's part of `generate --json`."""
    tally, client = tally_of(lines), judging.client
    return JudgeCounts(
        model=judging.judge.model,
        may_fail=judging.judge.may_fail,
        messages=tally.messages,
        not_shown=tally.not_shown,
        errors=tally.errors,
        warnings=tally.warnings,
        void=tally.answers["void"],
        not_asked=tally.answers["not_asked"],
        failed=tally.answers["failed"],
        llm_calls=client.calls,
        cached=client.cached,
        input_tokens=client.input_tokens,
        output_tokens=client.output_tokens,
        cost_usd=client.cost_usd,
    )
