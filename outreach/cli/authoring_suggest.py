"""A lead list in; its titles by field and rank, who takes them, and personas proposed for the rest, out: `personas suggest`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import put, put_raw, say, table

if TYPE_CHECKING:
    from outreach.authoring.suggest import TitleGroup


def suggest(
    context: typer.Context,
    prospects: Annotated[Path, typer.Argument(metavar="LIST", help="The lead list: CSV, XLSX or JSONL.")],
    write: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write the proposed personas into this folder; default: print them."
        ),
    ] = None,
    least: Annotated[
        int, typer.Option("--least", min=1, help="Propose a persona from so many people on.")
    ] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="Print the groups as one JSON object.")] = False,
) -> None:
    """Propose personas from the titles of a list: which groups there are, who takes them already, and who takes the rest.

    Titles are grouped by field and rank and matched as `qualify` matches them. A proposal holds the list's own titles and
    a buying role with its reason; what troubles such people is left to fill in. Files that are there are not overwritten.
    """
    from outreach.authoring.suggest import proposal_yaml, title_groups
    from outreach.running.qualifying import read_list

    campaign = session_of(context).campaign()
    rows = read_list(prospects, campaign).rows
    people = [
        row.prospect for row in rows if row.prospect is not None and row.disposition in {"ready", "review"}
    ]
    groups = title_groups(people, campaign.personas, least)
    files = {
        f"{group.proposal.id}.yaml": proposal_yaml(
            group, prospects.name, campaign.settings.workspace.language
        )
        for group in groups
        if group.proposal is not None
    }
    if as_json:
        put_raw(
            json.dumps(
                {"people": len(people), "groups": [group.model_dump() for group in groups]},
                ensure_ascii=False,
            )
            + "\n"
        )
    else:
        put(_report(groups))
    if write is not None:
        _write(files, write, quiet=as_json)
    elif not as_json:
        for name, text in files.items():
            put(f"\n--- {name}")
            put(text.rstrip("\n"))
    untaken = sum(group.untaken for group in groups)
    say(f"{len(people)} people, {untaken} whom no persona takes, {len(files)} personas proposed")


def _report(groups: "list[TitleGroup]") -> str:
    rows = [
        (
            (group.function or "field unknown").replace("_", " "),
            (group.seniority or "rank unknown").replace("_", " "),
            group.people,
            ", ".join(f"{name} {count}" for name, count in group.taken.items()) or "-",
            group.untaken or "-",
            group.proposal.id if group.proposal else "-",
            "; ".join(group.examples),
        )
        for group in groups
    ]
    return table(rows, ("field", "rank", "people", "taken by", "by nobody", "proposed", "titles"))


def _write(files: dict[str, str], folder: Path, *, quiet: bool) -> None:
    """Write the proposals; a file that is there stays, and that is said."""
    from outreach.workspace.writing import write_atomically

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        if path.exists():
            say(f"{path} is already there and was left alone")
            continue
        write_atomically(path, text)
        if not quiet:
            put(str(path))
