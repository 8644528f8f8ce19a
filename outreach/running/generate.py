"""Triaged rows and a writer in; drafts in the store and an account of every row out. Kill it and run it again: it resumes."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from outreach.domain.lines import GenerateLine
from outreach.domain.opinions import JudgedSequenceVerdict
from outreach.domain.plans import Plan
from outreach.domain.versions import Candidates, Origin
from outreach.drafting.offline import NoTextInLanguage
from outreach.drafting.written import Written
from outreach.errors import AnswerError, BudgetError, CallError, ProviderError
from outreach.running.arranging import kept_drafts
from outreach.running.circle import Circle
from outreach.running.dating import Dating
from outreach.running.keeping import keep_as_is, keep_by_hand
from outreach.running.lines import binding_of, candidates_of, generate_line
from outreach.running.triage import Triaged
from outreach.running.writers import Writer
from outreach.store.store import RowOutcome, Store


@dataclass
class RowResult:
    """What became of a row: a line, or the reason why there is none."""

    triaged: Triaged
    reason: str = ""
    detail: str = ""
    line: GenerateLine | None = None
    reused: bool = False
    #: A person had it redrafted and what it was made from has changed: the text stayed, and was judged again.
    by_hand: bool = False

    @property
    def outcome(self) -> str:
        """`drafted`, `duplicate`, `unreadable` or `skipped`."""
        if self.line is not None:
            return "drafted"
        return self.reason if self.reason in {"duplicate", "unreadable"} else "skipped"


@dataclass
class Generated:
    """The account of a run, in the order of the list. `fatal` is what ended it early, if anything did."""

    results: list[RowResult] = field(default_factory=list)
    fatal: ProviderError | None = None
    interrupted: bool = False

    @property
    def lines(self) -> list[GenerateLine]:
        """The drafted sequences, in the order of the list."""
        return [result.line for result in self.results if result.line is not None]

    @property
    def skipped(self) -> dict[str, int]:
        """How many rows were skipped, by reason, the most frequent first."""
        counts = Counter(result.reason for result in self.results if result.outcome == "skipped")
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def count(self, outcome: str) -> int:
        """Return how many rows had this outcome."""
        return sum(result.outcome == outcome for result in self.results)

    def check_sum(self) -> None:
        """Assert rows = drafted + skipped + duplicates + unreadable: no row is ever lost."""
        total = (
            self.count("drafted")
            + sum(self.skipped.values())
            + self.count("duplicate")
            + self.count("unreadable")
        )
        if total != len(self.results):
            msg = f"{len(self.results)} rows, but {total} outcomes"
            raise AssertionError(msg)


@dataclass(frozen=True)
class RunOptions:
    """How a run goes: how many at once and at most, who steps in when the provider fails, what is drafted anew, from which day."""

    concurrency: int = 1
    limit: int | None = None
    fallback: Writer | None = None
    #: Ids that are drafted though there is a draft, also in place of one that a person had redrafted.
    again: frozenset[str] = frozenset()
    dating: Dating | None = None


async def generate(
    triaged: Sequence[Triaged],
    writer: Writer,
    store: Store,
    options: RunOptions,
    *,
    clock: Callable[[], str],
    progress: Callable[[str], None] = lambda _name: None,
) -> Generated:
    """Draft every planned row, keeping each draft as soon as it is judged.

    A fault of one row skips that row. A ProviderError stops the run: the rows that are left are skipped with the reason.
    Cancelling the task (Ctrl-C, SIGTERM) keeps what is done and marks the rest as interrupted.
    """
    run = Generated([RowResult(item, item.reason, item.detail) for item in triaged])
    waiting = _to_draft(run.results, writer, options.limit)
    accounts = _by_account(waiting)
    queue = iter(accounts)
    approved = _introduce(waiting, writer, store, options)

    async def work() -> None:
        for result in (one for account in queue for one in account):
            if run.fatal is not None:
                return
            try:
                await _draft_row(result, writer, store, options, clock, approved)
            except ProviderError as error:
                run.fatal = run.fatal or error
            progress(result.triaged.row.prospect.first_name if result.triaged.row.prospect else "")
            await asyncio.sleep(0)  # lets a cancellation in where the writer never waits

    workers = [asyncio.ensure_future(work()) for _ in range(min(options.concurrency, len(accounts)))]
    try:
        await asyncio.gather(*workers)
    except asyncio.CancelledError:
        run.interrupted = True
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    _close_accounts(waiting, run)
    run.check_sum()
    return run


def _to_draft(results: Iterable[RowResult], writer: Writer, limit: int | None) -> list[RowResult]:
    """Return the rows to write, and give the others that have a plan the reason why not.

    The order is that of the list, but within an account whoever is written to first comes first.
    """
    planned = [result for result in results if result.triaged.plan is not None]
    waiting: list[RowResult] = []
    for result in (one for account in _by_account(planned) for one in account):
        plan = result.triaged.plan
        if plan is None:
            continue
        missing = writer.missing(plan)
        if missing:
            result.reason, result.detail = "no_text_in_language", f"{plan.language}: {', '.join(missing)}"
        elif limit is not None and len(waiting) >= limit:
            result.reason, result.detail = "limit", f"--limit {limit} is reached"
        else:
            waiting.append(result)
    return waiting


def _by_account(results: Sequence[RowResult]) -> list[list[RowResult]]:
    """Return the rows of each account together, in the order of writing: a colleague's draft must know those before it."""
    found: dict[str, list[RowResult]] = {}
    for result in results:
        if (plan := result.triaged.plan) is not None:
            found.setdefault(plan.prospect.company.key or plan.outreach_id, []).append(result)

    def place(result: RowResult) -> int:
        plan = result.triaged.plan
        return plan.committee.place if plan is not None and plan.committee is not None else 1

    return [sorted(account, key=place) for account in found.values()]


def _introduce(
    waiting: Iterable[RowResult], writer: Writer, store: Store, options: RunOptions
) -> frozenset[str]:
    """Tell the writers who else is written to and what approved drafts say; return the ids of those on this list."""
    plans = [result.triaged.plan for result in waiting if result.triaged.plan is not None]
    writer.circle = circle = Circle(writer.rubric)
    if options.fallback is not None:
        options.fallback.circle = circle
    circle.expect(plans)
    kept = kept_drafts(store, plans)
    for line in (*kept.elsewhere, *kept.approved.values()):
        circle.add(line)
    return frozenset(kept.approved)


async def _draft_row(
    result: RowResult,
    writer: Writer,
    store: Store,
    options: RunOptions,
    clock: Callable[[], str],
    approved: frozenset[str],
) -> None:
    await _keep_or_write(result, writer, store, options, clock, approved)
    if result.line is not None and options.dating is not None:
        # Laid on after keeping: another start shows other dates of the same draft.
        result.line = options.dating.dated(result.line)


async def _keep_or_write(
    result: RowResult,
    writer: Writer,
    store: Store,
    options: RunOptions,
    clock: Callable[[], str],
    approved: frozenset[str],
) -> None:
    plan, row = result.triaged.plan, result.triaged.row
    if plan is None:
        return
    key = writer.input_key(plan)
    again = plan.outreach_id in options.again
    record = None if again else store.draft_with_key(plan.outreach_id, key, plan)
    is_approved = plan.outreach_id in approved
    kept = None if record is None else keep_as_is(record, plan, writer, store, approved=is_approved)
    if kept is not None:
        line = kept
        result.line, result.reused = line.model_copy(update={"row": row.row, "source": row.source}), True
        writer.circle.add(line, _candidates_kept(line, store))
        return
    by_hand = None if again else store.kept_by_hand(plan.outreach_id)
    if by_hand is not None:
        result.line = await keep_by_hand(by_hand, row, plan, writer, store, key, clock())
        result.reused = result.by_hand = True
        writer.circle.add(result.line)
        return
    made = await _write(result, plan, writer, options)
    if made is None:
        return
    written, fallback = made
    result.line = line = generate_line(row, plan, written).model_copy(update={"fallback": fallback})
    candidates = candidates_of(written)
    store.save_draft(
        line,
        input_key=_kept_under(key, line, written),
        version=written.draft.version,
        binding=binding_of(plan, written.draft),
        prospect_id=plan.prospect.id,
        now=clock(),
        plan=plan,
        origin=Origin(how="generated", by=_label(line), repairs=written.tries - 1),
        candidates=candidates,
    )
    writer.circle.add(line, candidates)


def _label(line: GenerateLine) -> str:
    return line.provider if line.provider == line.model else f"{line.provider}:{line.model}"


def _candidates_kept(line: GenerateLine, store: Store) -> Candidates | None:
    """Return what a kept draft was picked from, so that a run that resumes heeds what an unbroken one would."""
    if line.candidates is None:
        return None
    return next((v.candidates for v in store.versions(line.outreach_id) if v.current), None)


def _kept_under(key: str, line: GenerateLine, written: Written) -> str:
    """Return the key of a draft. Where a model was to write or judge and did not, the next run must not find it."""
    if line.fallback:
        return f"fallback:{key}"[:64]
    if written.is_partial:
        return f"partial:{key}"[:64]
    judged = [one.verdict for one in written.contenders] + [written.verdict]
    if any(isinstance(one, JudgedSequenceVerdict) and not one.judge.is_whole for one in judged):
        return f"unjudged:{key}"[:64]
    return key


async def _write(
    result: RowResult, plan: Plan, writer: Writer, options: RunOptions
) -> tuple[Written, bool] | None:
    """Return the draft and whether the fallback wrote it, or None where the row is given its reason instead."""
    try:
        return await writer.write(plan), False
    except NoTextInLanguage as error:
        result.reason, result.detail = NoTextInLanguage.reason, error.what
    except (CallError, AnswerError) as error:
        if options.fallback is not None and not options.fallback.missing(plan):
            return await options.fallback.write(plan), True
        result.reason, result.detail = "provider_failure", error.what
    return None


def _close_accounts(waiting: Iterable[RowResult], run: Generated) -> None:
    """Give every row that was not reached its reason."""
    for result in waiting:
        if result.line is None and not result.reason:
            if run.interrupted:
                result.reason, result.detail = (
                    "interrupted",
                    "the run was stopped; run the same command again",
                )
            elif isinstance(run.fatal, BudgetError):
                result.reason, result.detail = "budget", run.fatal.what
            else:
                result.reason, result.detail = (
                    "provider_failure",
                    run.fatal.what if run.fatal else "not reached",
                )


def row_outcomes(run: Generated) -> list[RowOutcome]:
    """Return what became of each row, as the store keeps it for `status` and `show`."""
    outcomes = []
    for result in run.results:
        row = result.triaged.row
        person = row.prospect
        name = f"{person.first_name} {person.last_name}".strip() if person else ""
        line = result.line
        outcomes.append(
            RowOutcome(
                row=row.row, line=row.line, outcome={"pass": "passed", "fail": "failed"}[line.verdict] if line else result.reason,
                reason=result.detail, prospect_id=person.id if person else None,
                name=name or (person.email or "" if person else ""), outreach_id=line.outreach_id if line else None,
            )
        )  # fmt: skip
    return outcomes
