"""An id, a row or nothing in; what there is and why a row is where it is out: `status`, `drafts` and `show`."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.drafting import Start, dating_of
from outreach.cli.session import one_draft, read_date, session_of
from outreach.cli.terminal import dim, heading, put, put_raw, say, table, wrap

if TYPE_CHECKING:
    from outreach.domain.lines import GenerateLine
    from outreach.running.dating import Dating
    from outreach.store.replies import StoredReply
    from outreach.store.store import RowOutcome, Store, StoredDraft

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(status)
    app.command()(drafts)
    app.command()(show)


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Say what there is: the last run, rows by outcome, drafts by verdict and decision."""
    with session_of(context).store() as store:
        found, outcomes, last = store.drafts(), store.row_outcomes(), store.last_run()
        answers = sorted(_answers(store).values(), key=lambda reply: reply.says)
    decisions = Counter(draft.state for draft in found)
    verdicts = Counter(draft.line.verdict for draft in found)
    rows = Counter(outcome.outcome for _, outcome in outcomes)
    if as_json:
        whole = {
            "drafts": len(found),
            "verdicts": dict(verdicts),
            "decisions": dict(decisions),
            "rows": dict(rows),
            "answers": dict(Counter(reply.kind for reply in answers)),
        }
        put_raw(json.dumps(whole) + "\n")
        return
    if last is None:
        say("nothing has been drafted here yet: outreach generate PROSPECTS")
        return
    source, started, finished, _ = last
    put(f"last run: {source}, {started}" + ("" if finished else " (was stopped; run it again to go on)"))
    put(f"rows: {len(outcomes)}; " + ", ".join(f"{name} {number}" for name, number in rows.most_common()))
    put(
        f"drafts: {len(found)}; " + ", ".join(f"{name} {number}" for name, number in sorted(verdicts.items()))
    )
    put("decisions: " + ", ".join(f"{name} {number}" for name, number in sorted(decisions.items())))
    for reply in answers:
        put(f"{reply.outreach_id} {reply.says}")


def drafts(
    context: typer.Context,
    verdict: Annotated[str | None, typer.Option(help="Only these: pass or fail.")] = None,
    state: Annotated[
        str | None, typer.Option(help="Only these: open, approved, rejected or changed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the drafts: id, verdict, score, decision, person, and what they answered."""
    with session_of(context).store() as store:
        answers = _answers(store)
        found = [d for d in store.drafts() if state in {None, d.state}]
    chosen = [(d, d.line) for d in found]
    chosen = [(d, line) for d, line in chosen if verdict in {None, line.verdict}]
    if as_json:
        put_raw("".join(d.record + "\n" for d, _ in chosen))
        return
    rows = [
        (line.outreach_id, line.verdict, line.score, d.state,
         f"{line.prospect.first_name or ''} {line.prospect.last_name or ''}".strip(), line.prospect.company or "", line.persona,
         answers[line.outreach_id].says if line.outreach_id in answers else "")
        for d, line in chosen
    ]  # fmt: skip
    put(
        table(rows, ("id", "verdict", "score", "decision", "who", "company", "persona", "answer"))
        if rows
        else "no drafts"
    )


def show(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID|ROW", help="A draft's id (a unique beginning is enough), or a row number."
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="The list the row is of, where there are several.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="List its versions: when, why, verdict, score.")
    ] = False,
    version: Annotated[
        str | None, typer.Option(metavar="V", help="Show this version; see --history.")
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Show what it was picked from, and why the others lost.")
    ] = False,
    start: Start = None,
    as_json: AsJson = False,
) -> None:
    """Show a draft with the basis of each sentence and what the rubric found, or why a row has none."""
    if history and (version is not None or candidates):
        from outreach.errors import UsageError

        raise UsageError("--history lists all versions", hint="--version V shows one of them")
    session = session_of(context)
    dating = dating_of(session.settings().calendar, read_date(None), start)
    look = _Look(history=history, version=version, candidates=candidates, dating=dating, as_json=as_json)
    with session.store() as store:
        if what.isdigit():
            for name, outcome in _rows(store, int(what), source):
                put(
                    f"{name}, row {outcome.row} (line {outcome.line}): {outcome.outcome}"
                    + (f": {outcome.reason}" if outcome.reason else "")
                )
                if outcome.outreach_id:
                    look.at(store, one_draft(store, outcome.outreach_id))
            return
        look.at(store, one_draft(store, what))


@dataclass(frozen=True)
class _Look:
    """What of a draft is to be shown."""

    history: bool
    version: str | None
    candidates: bool
    dating: "Dating"
    as_json: bool

    def at(self, store: "Store", draft: "StoredDraft") -> None:
        """Show it."""
        from outreach.cli.versions import show_candidates, show_history, why

        if self.history:
            show_history(store, draft.outreach_id, as_json=self.as_json)
        elif self.candidates:
            show_candidates(store, draft.outreach_id, self.version, as_json=self.as_json)
        elif self.version is not None:
            from outreach.running.redrafting import version_named

            found = version_named(store.versions(draft.outreach_id), self.version)
            state = f"version {found.serial}: {why(found.origin)}"
            _show_line(found.line, found.record, state, self.dating, as_json=self.as_json)
        else:
            decided = f" by {draft.who}, {draft.decided_at} {draft.reason}" if draft.decision else ""
            _show_line(
                draft.line,
                draft.record,
                f"decision: {draft.state}{decided}",
                self.dating,
                as_json=self.as_json,
            )
            answer = None if self.as_json else _answers(store).get(draft.outreach_id)
            if answer is not None:
                _show_answer(answer)


def _answers(store: "Store") -> "dict[str, StoredReply]":
    """Return by draft the answer that holds for it: its own, or one that its person gave to another draft."""
    from outreach.store.replies import ReplyLog

    log = ReplyLog(store)
    newest = log.newest()
    own = {outreach_id: reply for outreach_id, reply in newest.items() if reply.stops}
    return {**newest, **log.stopped(), **own}


def _rows(store: "Store", row: int, source: str | None) -> "list[tuple[str, RowOutcome]]":
    from outreach.errors import UsageError

    found = [(name, outcome) for name, outcome in store.row_outcomes(source) if outcome.row == row]
    if not found:
        raise UsageError(f"no row {row} in what was run here", hint="outreach status says what was")
    return found


def _show_line(line: "GenerateLine", record: str, state: str, dating: "Dating", *, as_json: bool) -> None:
    from outreach.cli.drafted import show_sequence

    if as_json:
        put_raw(record + "\n")
        return
    put(show_sequence(line, dating))
    put(heading("  Why"))
    put(wrap(f"ICP {line.icp.verdict}: " + "; ".join(line.icp.reasons), "    "))
    put(wrap(f"persona {line.persona_match.verdict}: " + "; ".join(line.persona_match.reasons), "    "))
    for message in line.messages:
        put(heading(f"\n  Step {message.step} rests on"))
        for basis in message.basis:
            put(wrap(f"{', '.join(basis.rests_on) or 'nothing'}: {basis.sentence}", "      ", "    "))
        for finding in message.findings:
            put(
                wrap(
                    f"{finding.severity} {finding.check}: {finding.message}; {finding.hint}",
                    "      ",
                    "    ! ",
                )
            )
    for finding in line.findings:
        put(
            wrap(f"{finding.severity} {finding.check}: {finding.message}; {finding.hint}", "      ", "    ! ")
        )
    put("\n" + dim(f"  {state}"))


def _show_answer(reply: "StoredReply") -> None:
    from outreach.cli.replying import answer_text, reading_lines

    put("\n" + heading(f"  {reply.says}") + f"  ({reply.who}, {reply.at})")
    put(wrap(reply.reading.text[:2000], "    > "))
    for line in reading_lines(reply.reading):
        put(wrap(line, "      ", "    "))
    if reply.answer is not None:
        put(answer_text(reply.answer))
