"""A workspace in; what is thin in its personas, offer or ICP out: `personas lint`, `offer lint`, `icp lint`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import heading, put, put_raw, say, wrap

if TYPE_CHECKING:
    from outreach.authoring.questions import Kind
    from outreach.authoring.thin import Thin

AsJson = Annotated[bool, typer.Option("--json", help="Print what was found as one JSON object.")]
Prospects = Annotated[
    Path | None,
    typer.Option(
        "--list", metavar="LIST", help="A lead list: name the texts that are missing in its languages."
    ),
]


def lint_personas(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this persona; default: your own.")
    ] = None,
    prospects: Prospects = None,
    as_json: AsJson = False,
) -> None:
    """Say what is thin in your personas: where, what drafts lose by it, and what to write.

    A persona without pains, questions or signals, pains that no claim answers, titles that two personas claim. Findings
    are advice: the exit code is 0.
    """
    from outreach.authoring.thin import Surroundings
    from outreach.running.linting import lint_personas as lint_library
    from outreach.workspace.library import Library

    if session_of(context).root_if_any is None:
        _show(lint_library(Library(), Surroundings(), name), as_json=as_json)
        return
    _lint(context, "persona", prospects, as_json=as_json, name=name)


def lint_offer(context: typer.Context, prospects: Prospects = None, as_json: AsJson = False) -> None:
    """Say what is thin in offer.yaml: where, what drafts lose by it, and what to write.

    Claims without proof, owner or time span, selling words, roles that are offered nothing, texts missing in a language.
    Findings are advice: the exit code is 0.
    """
    _lint(context, "offer", prospects, as_json=as_json)


def lint_icp(context: typer.Context, as_json: AsJson = False) -> None:
    """Say what is thin in icp.yaml: where, what drafts lose by it, and what to write.

    Criteria that decide everything or can never be met, no signals, nobody excluded. Findings are advice: the exit code
    is 0.
    """
    _lint(context, "icp", None, as_json=as_json)


def _lint(
    context: typer.Context, kind: "Kind", prospects: Path | None, *, as_json: bool, name: str | None = None
) -> None:
    from outreach.running.linting import lint_campaign

    _show(lint_campaign(kind, session_of(context).campaign(), name, prospects), as_json=as_json)


def _show(found: "Sequence[Thin]", *, as_json: bool) -> None:
    if as_json:
        put_raw(json.dumps({"thin": [thin.model_dump() for thin in found]}, ensure_ascii=False) + "\n")
        return
    for thin in found:
        put(heading(thin.told))
        put(wrap(f"{thin.why}. Write: {thin.write}", "    "))
    say(f"{len(found)} thin places" if found else "nothing thin")
