"""A rubric's name in; the rubrics there are, one shown, checked or compared, out: `rubrics`."""

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import put, put_raw, table

if TYPE_CHECKING:
    from outreach.rubric.rubrics import Rubric

Name = Annotated[str, typer.Argument(help="The rubric.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        invoke_without_command=True, rich_markup_mode=None,
        help="The rubrics: which checks run, how hard they weigh, and thresholds by channel, persona and language.",
    )  # fmt: skip
    group.callback()(listing)
    for command in (show, checks, lint, diff):
        group.command()(command)
    app.add_typer(group, name="rubrics")


def listing(context: typer.Context) -> None:
    """List the rubrics, built-in or the workspace's own."""
    from outreach.workspace.library import Library

    if context.invoked_subcommand is not None:
        return
    library = Library(session_of(context).root_if_any)
    rows = [
        (name, "built-in" if library.is_builtin(path) else "workspace", _read(context, name).description)
        for name, path in library.names("rubrics").items()
    ]
    put(table(rows, ("rubrics", "from", "what")))


def show(context: typer.Context, name: Name = "default") -> None:
    """Print a rubric's file."""
    from outreach.workspace.files import read_text
    from outreach.workspace.library import Library

    path = Library(session_of(context).root_if_any).find("rubrics", name)
    put(f"# {path}")
    put_raw(read_text(path))


def checks(context: typer.Context, name: Name = "default") -> None:
    """List the checks of a rubric with their severity; `outreach validate --explain CHECK` says more of one."""
    from outreach.rubric.registry import all_checks

    rubric = _read(context, name)
    rows = []
    for spec in all_checks().values():
        setting = rubric.checks.get(spec.id)
        severity = (
            "off"
            if setting and not setting.on
            else (setting.severity if setting and setting.severity else spec.severity)
        )
        rows.append((spec.id, severity, spec.defect or "-", spec.dimension, spec.about))
    put(table(rows, ("check", "severity", "defect", "dimension", "about")))


def lint(context: typer.Context, name: Name = "default") -> None:
    """Check a rubric: unknown checks, and protected ones that it tries to switch off."""
    from outreach.rubric.registry import all_checks

    rubric, known = _read(context, name), all_checks()
    faults = [f"{check}: no such check" for check in (*rubric.checks, *rubric.accepted) if check not in known]
    faults += [
        f"{check}: it protects truth, names, limits or law and cannot be switched off; accept it by name under `accepted`"
        for check, setting in rubric.checks.items()
        if check in known
        and known[check].protected
        and (not setting.on or setting.severity not in {None, "error"})
    ]
    for fault in faults:
        put(fault)
    if faults:
        raise typer.Exit(1)
    put(f"{name}: {len(known)} checks, nothing wrong")


def diff(context: typer.Context, first: Name, second: Name) -> None:
    """Show in which settings two rubrics differ."""
    one, other = (_read(context, name).model_dump(mode="json") for name in (first, second))
    rows = [(key, one[key], other[key]) for key in one if one[key] != other[key] and key != "id"]
    put(table(rows, ("setting", first, second)) if rows else "no difference")


def _read(context: typer.Context, name: str) -> "Rubric":
    from outreach.rubric.rubrics import Rubric
    from outreach.workspace.library import Library

    return Library(session_of(context).root_if_any).read("rubrics", name, Rubric)
