"""An id, a row or nothing in; what there is and why a row is where it is out: `status`, `drafts` and `show`."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.drafting import Start, dating_of
from outreach.cli.session import read_date, session_of
from outreach.cli.terminal import dim, heading, put, put_raw, say, table, wrap

if TYPE_CHECKING:
    from outreach.running.dating import Dating
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
    decisions = Counter(draft.state for draft in found)
    verdicts = Counter(draft.line.verdict for draft in found)
    rows = Counter(outcome.outcome for _, outcome in outcomes)
    if as_json:
        whole = {
            "drafts": len(found),
            "verdicts": dict(verdicts),
            "decisions": dict(decisions),
            "rows": dict(rows),
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


def drafts(
    context: typer.Context,
    verdict: Annotated[str | None, typer.Option(help="Only these: pass or fail.")] = None,
    state: Annotated[
        str | None, typer.Option(help="Only these: open, approved, rejected or changed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the drafts: id, verdict, score, decision, person."""
    with session_of(context).store() as store:
        found = [d for d in store.drafts() if state in {None, d.state}]
    chosen = [(d, d.line) for d in found]
    chosen = [(d, line) for d, line in chosen if verdict in {None, line.verdict}]
    if as_json:
        put_raw("".join(d.record + "\n" for d, _ in chosen))
        return
    rows = [
        (line.outreach_id, line.verdict, line.score, d.state,
         f"{line.prospect.first_name or ''} {line.prospect.last_name or ''}".strip(), line.prospect.company or "", line.persona)
        for d, line in chosen
    ]  # fmt: skip
    put(
        table(rows, ("id", "verdict", "score", "decision", "who", "company", "persona"))
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
    start: Start = None,
    as_json: AsJson = False,
) -> None:
    """Show a draft with the basis of each sentence and what the rubric found, or why a row has none."""
    session = session_of(context)
    dating = dating_of(session.settings().calendar, read_date(None), start)
    with session.store() as store:
        if what.isdigit():
            for name, outcome in _rows(store, int(what), source):
                put(
                    f"{name}, row {outcome.row} (line {outcome.line}): {outcome.outcome}"
                    + (f": {outcome.reason}" if outcome.reason else "")
                )
                if outcome.outreach_id:
                    _show_draft(one_draft(store, outcome.outreach_id), dating, as_json=as_json)
            return
        _show_draft(one_draft(store, what), dating, as_json=as_json)


def _rows(store: "Store", row: int, source: str | None) -> "list[tuple[str, RowOutcome]]":
    from outreach.errors import UsageError

    found = [(name, outcome) for name, outcome in store.row_outcomes(source) if outcome.row == row]
    if not found:
        raise UsageError(f"no row {row} in what was run here", hint="outreach status says what was")
    return found


def one_draft(store: "Store", prefix: str) -> "StoredDraft":
    """Return the draft whose id begins so. Raises UsageError for none and for several."""
    from outreach.errors import UsageError

    found = store.find_drafts(prefix)
    if not found:
        raise UsageError(f"no draft {prefix!r}", hint="outreach drafts lists them")
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} drafts begin with {prefix!r}", hint=", ".join(d.outreach_id for d in found[:3])
        )
    return found[0]


def _show_draft(draft: "StoredDraft", dating: "Dating", *, as_json: bool) -> None:
    from outreach.cli.drafting import show_sequence

    if as_json:
        put_raw(draft.record + "\n")
        return
    line = draft.line
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
    decided = f"{draft.state}" + (
        f" by {draft.who}, {draft.decided_at} {draft.reason}" if draft.decision else ""
    )
    put("\n" + dim(f"  decision: {decided}"))
