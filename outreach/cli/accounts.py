"""A company's name in; who of it is written to first, why, and what each one gets out: `account` and `accounts`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.drafting import Accounts, AsOf, Everyone, NoNote, PersonaName, SequenceName, triage_options
from outreach.cli.session import session_of
from outreach.cli.terminal import heading, put, put_raw, table, wrap

if TYPE_CHECKING:
    from outreach.running.account_plans import AccountPlan, MemberPlan

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(account)
    app.command()(accounts)


def account(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The company's name or domain, or a part of it.")
    ],
    prospects: Annotated[
        Path | None,
        typer.Argument(metavar="[PROSPECTS]", help="The lead list; default: the drafts there are."),
    ] = None,
    sequence: SequenceName = None,
    persona: PersonaName = None,
    accounts_file: Accounts = None,
    as_of: AsOf = None,
    everyone: Everyone = False,
    no_note: NoNote = False,
    as_json: AsJson = False,
) -> None:
    """Show the plan of an account: who is written to first and why, what each one gets, and what was kept clear of."""
    from outreach.running.account_plans import find_account, plans_of_drafts, plans_of_list

    session = session_of(context)
    if prospects is None:
        with session.store() as store:
            known = plans_of_drafts([draft.line for draft in store.drafts()])
    else:
        from outreach.running.arranging import arranged_list

        campaign = session.campaign({("sequence", "default"): sequence})
        options = triage_options(session, as_of, persona, None, everyone=everyone, no_note=no_note)
        with session.store() as store:
            known = plans_of_list(arranged_list(prospects, campaign, options, store, accounts_file))
    found = find_account(name, known)
    if as_json:
        put_raw(found.model_dump_json() + "\n")
        return
    put(heading(f"{found.company or found.account} ({found.account}): {_people(found)}"))
    for member in found.people:
        for line in _member(member):
            put(line)


def accounts(
    context: typer.Context,
    prospects: Annotated[
        Path, typer.Argument(metavar="PROSPECTS", help="The lead list: CSV, XLSX or JSONL.")
    ],
    accounts_file: Accounts = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the accounts of a lead list with how many people of each would be written to, the largest first."""
    from outreach.running.account_plans import plans_of_list
    from outreach.running.arranging import arranged_list

    session = session_of(context)
    options = triage_options(session, as_of, None, None, everyone=False)
    with session.store() as store:
        found = plans_of_list(arranged_list(prospects, session.campaign(), options, store, accounts_file))
    if as_json:
        put_raw("".join(one.model_dump_json() + "\n" for one in found))
        return
    rows = [
        (one.account, one.company, sum(not person.waiting for person in one.people), sum(bool(person.waiting) for person in one.people),
         one.people[0].name)
        for one in found
    ]  # fmt: skip
    put(
        table(rows, ("account", "company", "people", "wait", "first"))
        if rows
        else "nobody would be written to"
    )


def _people(found: "AccountPlan") -> str:
    count = len(found.people)
    return f"{count} {'person' if count == 1 else 'people'}"


def _member(member: "MemberPlan") -> list[str]:
    """Return one person's part as lines."""
    title = f"{member.name}, {member.title or 'no title'} ({member.buying_role.replace('_', ' ')})"
    if member.waiting:
        return ["", heading(f"-. {title}"), wrap(f"waits: {member.waiting}", "   ")]
    lines = [
        "",
        heading(f"{member.place}. {title}, from day {member.start_day}"),
        wrap(f"why here:  {member.reason}", "              ", "   "),
        wrap(f"opens on:  {member.opens_on}", "              ", "   "),
    ]
    if member.bare_request:
        lines.append(
            wrap(f"request:   day 0, without a note: {member.bare_request}", "              ", "   ")
        )
    if member.invite_week is not None:
        lines.append(f"   invite:    week {member.invite_week}")
    for step in member.steps:
        lines.append(
            wrap(
                f"step {step.step}:    day {step.day}, {step.channel.replace('_', ' ')}",
                "              ",
                "   ",
            )
        )
        lines.append(wrap(step.angle, "              "))
        lines.append(wrap(f"ask {step.ask}", "              "))
    lines.append(wrap(f"avoids:    {'; '.join(member.avoids) or 'nothing'}", "              ", "   "))
    return lines
