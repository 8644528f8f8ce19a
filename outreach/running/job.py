"""One `generate` from the list to the summary: read, triage, draft, keep, count."""

import asyncio
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from outreach.domain.lines import GenerateSummary
from outreach.domain.plans import Plan
from outreach.running.campaign import Campaign
from outreach.running.generate import Generated, RowResult, RunOptions, generate, row_outcomes
from outreach.running.models import Writing, offline_writer
from outreach.running.qualifying import read_list
from outreach.running.triage import Triaged, TriageOptions, triage
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
    accounts: Path | None = None
    limit: int | None = None
    fallback: bool = False

    def triage(self) -> list[Triaged]:
        """Read the list and judge every row."""
        rows = read_list(self.prospects, self.campaign, self.accounts).rows
        return [triage(row, self.campaign, self.options) for row in rows]

    def estimate(self, triaged: Sequence[Triaged]) -> list[str]:
        """Return what a run would do, as lines for a person; nothing is called."""
        plans = [
            plan
            for item in triaged
            if (plan := item.plan) is not None and not self.writing.writer.missing(plan)
        ]
        plans = plans[: self.limit]
        kept = sum(self._is_kept(plan) for plan in plans)
        todo = len(plans) - kept
        lines = [
            f"{len(triaged)} rows: {len(plans)} would be drafted, {kept} of them are there already, {todo} to do"
        ]
        writer, client = self.writing.writer, self.writing.client
        if client is None or not isinstance(writer, LlmWriter):
            return [*lines, "the offline writer makes no call: it costs nothing"]
        calls = todo * (1 + self.campaign.settings.generate.max_repairs)
        lines.append(f"{todo} calls, at most {calls} with repairs")
        most = client.worst_cost(writer.prompt(plans[0])) if plans else None
        if most is None:
            return [*lines, "the model's price is not known: tokens are counted, cost is not"]
        return [*lines, f"at most {most * calls:.2f} USD, if every answer were as long as may be"]

    def _is_kept(self, plan: Plan) -> bool:
        return self.store.draft_with_key(plan.outreach_id, self.writing.writer.input_key(plan)) is not None

    def nothing_done(self, triaged: Sequence[Triaged]) -> Generated:
        """Return the account of a dry run."""
        return Generated([RowResult(item, item.reason or "limit", item.detail) for item in triaged])


def run_job(
    job: Job,
    triaged: Sequence[Triaged],
    *,
    clock: Callable[[], str],
    started: float,
    progress: Callable[[str], None],
) -> tuple[Generated, GenerateSummary]:
    """Draft what is to be drafted, note every row in the store, and count. SIGTERM stops it as Ctrl-C does."""
    source = job.prospects.name
    run_id = job.store.start_run(source, job.options.as_of.isoformat(), clock())
    settings = job.campaign.settings.model
    options = RunOptions(
        concurrency=settings.concurrency if job.writing.client else 1,
        limit=job.limit,
        fallback=offline_writer(job.campaign) if job.fallback and job.writing.client else None,
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
            if job.writing.client is not None:
                await job.writing.client.aclose()

    run = asyncio.run(drafted())
    summary = summarise(run, job, time.monotonic() - started)
    job.store.save_rows(run_id, source, row_outcomes(run))
    job.store.finish_run(run_id, summary.model_dump_json(), clock())
    return run, summary


def summarise(run: Generated, job: Job, wall_s: float) -> GenerateSummary:
    """Return the object of `generate --json`."""
    lines = run.lines
    client = job.writing.client
    passed = sum(line.verdict == "pass" for line in lines)
    return GenerateSummary(
        rows=len(run.results),
        drafted=len(lines),
        skipped=run.skipped,
        duplicates=run.count("duplicate"),
        unreadable=run.count("unreadable"),
        passed=passed,
        failed=len(lines) - passed,
        fallback=sum(line.fallback for line in lines),
        reused=sum(result.reused for result in run.results),
        llm_calls=client.calls if client else 0,
        cached=client.cached if client else 0,
        input_tokens=client.input_tokens if client else 0,
        output_tokens=client.output_tokens if client else 0,
        cost_usd=client.cost_usd if client else 0.0,
        wall_s=round(wall_s, 3),
    )
