"""A folder's name in; a workspace, or trust in an endpoint, out: `init` and `trust`."""

from pathlib import Path
from typing import Annotated

import typer

from outreach.cli.terminal import put, say


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(init)
    app.command()(trust)


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Folder of the new workspace; default: this one.")
    ] = Path(),
    example: Annotated[
        str | None, typer.Option(help="Begin with a complete example: saas-en or latam.")
    ] = None,
) -> None:
    """Make a workspace: outreach.toml, icp.yaml, offer.yaml, a sample list and the files they name.

    Everything is commented. Fill in icp.yaml (whom), offer.yaml (what may be said), then: outreach check
    """
    from outreach.workspace.scaffold import STARTER, make_workspace

    files = make_workspace(folder, example or STARTER)
    for name in files:
        put(str(folder / name))
    where = "" if folder == Path() else f"cd {folder} && "
    say(f"\nnext: {where}outreach check prospects.csv")


def trust(
    url: Annotated[str, typer.Argument(help="The base URL of an endpoint, as it stands in outreach.toml.")],
) -> None:
    """Allow your API key to be sent to an endpoint that a workspace file names.

    A workspace may come from somebody else. Its base_url never gets a key from your environment until you say so here;
    endpoints on this machine (localhost) need no trust.
    """
    from outreach.llm.trust import trust_url

    host, path = trust_url(url)
    put(host)
    say(f"noted in {path}")
