"""The name of a shelf in; what lies there, built-in or the workspace's own, out: `personas`, `sequences`, `exports`, `roles`."""

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import put, put_raw, table

if TYPE_CHECKING:
    from outreach.workspace.library import Library

#: Shelf and what it holds, as `--help` says it.
_SHELVES = {
    "personas": "The kinds of buyer that titles are matched to.",
    "sequences": "The sequences: order, days, channels and goals.",
    "roles": "The policy of each buying role: what may be asked, which proof, how long.",
    "exports": "The tools that approved drafts can be exported to.",
}


def register(app: typer.Typer) -> None:
    """Add one command for each shelf."""
    for shelf, about in _SHELVES.items():
        app.command(
            shelf, help=about + "\n\nYour workspace's file of a name wins over the built-in one, whole."
        )(_command(shelf))


def _command(shelf: str):  # type: ignore[no-untyped-def]
    def command(
        context: typer.Context,
        name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Show this one's file.")] = None,
    ) -> None:
        from outreach.workspace.files import read_text
        from outreach.workspace.library import Library

        library = Library(session_of(context).root_if_any)
        if name is not None:
            path = library.find(shelf, name.replace(":", "/"))
            put(f"# {path}")
            put_raw(read_text(path))
            return
        put(table(shelf_rows(library, shelf), (shelf, "from", "what")))

    return command


def shelf_rows(library: "Library", shelf: str) -> list[tuple[str, str, str]]:
    """Return what lies on a shelf: name, built-in or workspace, and what the file says of itself."""
    return [
        (found, "built-in" if library.is_builtin(path) else "workspace", _first_words(path))
        for found, path in library.names(shelf).items()
    ]


def _first_words(path) -> str:  # type: ignore[no-untyped-def]
    """Return the name or description that a file gives itself, in a line."""
    for raw in path.read_text(encoding="utf-8").splitlines()[:40]:
        for key in ("description:", "name:"):
            if raw.startswith(key):
                return str(raw.removeprefix(key).strip().strip("\"'>|")[:90])
        if raw.startswith("{#"):
            return str(raw.strip("{#} -")[:90])
    return ""
