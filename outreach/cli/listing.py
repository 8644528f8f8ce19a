"""The name of a shelf in; what lies there, built-in or the workspace's own, out: `personas`, `prompts`, `sequences`, `exports`, `roles`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from outreach.cli.session import session_of
from outreach.cli.terminal import put, put_raw, table

if TYPE_CHECKING:
    from outreach.workspace.library import Library

#: Shelf and what it holds, as `--help` says it.
_SHELVES = {
    "personas": "The kinds of buyer that titles are matched to.",
    "prompts": "The prompt variants, as task/variant.",
    "sequences": "The sequences: order, days, channels and goals.",
    "roles": "The policy of each buying role: what may be asked, which proof, how long.",
    "exports": "The tools that approved drafts can be exported to.",
}


#: Shelves that have commands of their own; the room of those adds them, with `shelf_group`.
_GROUPS = frozenset({"personas", "prompts"})
_OVERLAY = "\n\nYour workspace's file of a name wins over the built-in one, whole."


def register(app: typer.Typer) -> None:
    """Add one command for each shelf that has no commands of its own."""
    for shelf, about in _SHELVES.items():
        if shelf not in _GROUPS:
            app.command(shelf, help=about + _OVERLAY)(_command(shelf))


class _ShelfGroup(TyperGroup):
    """A group whose first word is one of its commands, else the name of a file on the shelf."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Take a word that is no command for the name of a file to show."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return _SHOW, self.commands[_SHOW], args
        return super().resolve_command(ctx, args)


#: The hidden command behind `outreach SHELF NAME`; no file on a shelf has such a name.
_SHOW = ".show"


def shelf_group(app: typer.Typer, shelf: str) -> typer.Typer:
    """Add a shelf as a group: alone it lists, with a file's name it shows the file. Return it for further commands."""
    group = typer.Typer(
        cls=_ShelfGroup, invoke_without_command=True, rich_markup_mode=None, subcommand_metavar="[NAME | COMMAND [ARGS]...]",
        help=_SHELVES[shelf] + f" Alone it lists them; `outreach {shelf} NAME` shows one." + _OVERLAY,
    )  # fmt: skip
    show = _command(shelf)

    @group.callback()
    def listing(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            show(context)

    group.command(_SHOW, hidden=True)(show)
    app.add_typer(group, name=shelf)
    return group


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
