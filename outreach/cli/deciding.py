"""Ids and a person's decision in; the decision, bound to what was read, kept: `accept`, `approve` and `reject`."""

from typing import Annotated

import typer

from outreach.cli.session import now, one_draft, session_of
from outreach.cli.terminal import put, say

Ids = Annotated[
    list[str] | None, typer.Argument(metavar="[ID]...", help="Drafts, by id or a unique beginning of it.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(accept)
    app.command()(approve)
    app.command()(reject)


def accept(
    context: typer.Context,
    rows: Annotated[list[int], typer.Argument(metavar="ROW...", help="Rows held for review.")],
    source: Annotated[
        str | None, typer.Option(help="The list the rows are of, where there are several.")
    ] = None,
) -> None:
    """Overrule the hold on a row: you looked at it and it is good to go. The next `generate` drafts it.

    Rows are held where something is odd that a program should not decide: no name to greet, an info@ address, no title.
    """
    from outreach.errors import UsageError

    session = session_of(context)
    with session.store() as store:
        held = {
            outcome.row: outcome
            for _, outcome in store.row_outcomes(source)
            if outcome.outcome == "review_pending"
        }
        for row in rows:
            if row not in held:
                raise UsageError(
                    f"row {row} is not held for review",
                    hint=f"held: {', '.join(map(str, sorted(held))) or 'none'}",
                )
        store.accept([p for row in rows if (p := held[row].prospect_id)], session.user(), now())
    for row in rows:
        put(f"row {row} accepted: {held[row].name or 'no name'} ({held[row].reason})")
    say("draft them: outreach generate PROSPECTS")


def approve(
    context: typer.Context,
    ids: Ids = None,
    passing: Annotated[
        bool, typer.Option("--passing", help="Every open draft that passes the rubric.")
    ] = False,
    reason: Annotated[str, typer.Option(help="A note for yourself.")] = "",
) -> None:
    """Approve drafts for export. The approval holds for exactly this text, facts and recipient.

    A draft that fails the rubric cannot be approved: edit what it rests on and draft it again.
    """
    _decide(context, "approved", ids or [], passing=passing, reason=reason)


def reject(
    context: typer.Context,
    ids: Ids = None,
    reason: Annotated[str, typer.Option(help="Why; it helps to mend the template or the persona.")] = "",
) -> None:
    """Reject drafts: they stay readable and are never exported."""
    _decide(context, "rejected", ids or [], passing=False, reason=reason)


def _decide(context: typer.Context, decision: str, ids: list[str], *, passing: bool, reason: str) -> None:
    from outreach.errors import UsageError

    if bool(ids) == passing:
        raise UsageError("name drafts by id, or use --passing" if not ids else "either ids or --passing, not both",
                         hint="outreach drafts lists them")  # fmt: skip
    session = session_of(context)
    with session.store() as store:
        if passing:
            chosen = [
                d for d in store.drafts() if d.state in {"open", "changed"} and d.line.verdict == "pass"
            ]
        else:
            chosen = [one_draft(store, prefix) for prefix in ids]
        failing = [d.outreach_id for d in chosen if decision == "approved" and d.line.verdict == "fail"]
        if failing:
            raise UsageError(f"{failing[0]} fails the rubric and is never exported",
                             hint=f"outreach show {failing[0]} says why")  # fmt: skip
        changed = store.review(chosen, decision, reason=reason, who=session.user(), now=now())
    for draft in chosen:
        if draft.outreach_id not in changed:
            put(f"{draft.outreach_id} {decision}")
    for outreach_id in changed:
        say(f"{outreach_id} changed while you read it: look again")
    if not chosen:
        say("nothing to decide")
