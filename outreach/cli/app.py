"""The commands, their order, and the one place where an error becomes two lines and an exit code."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from outreach import __version__
from outreach.cli import (
    accounts,
    authoring,
    checking,
    deciding,
    demo,
    drafting,
    exporting,
    judging,
    listing,
    looking,
    prompts,
    qualifying,
    redrafting,
    replying,
    rubrics,
    starting,
    upkeep,
    validate,
    voice,
)
from outreach.cli.terminal import report_error, report_usage
from outreach.errors import OutreachError


class ErrorBoundary(TyperGroup):
    """The group that every command runs in: no traceback reaches a user unless `--debug` asks for it."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Show the commands in the order of the work, not of the alphabet."""
        del ctx
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and turn what goes wrong into two lines on stderr and an exit code."""
        code: Any = None
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except OutreachError as error:
            report_error(error)
            code = error.exit_code
        except (BrokenPipeError, KeyboardInterrupt):
            code = 130
        except Exception as error:
            if "--debug" in sys.argv:
                raise
            if hasattr(error, "format_message"):  # the parser's own errors, whose class is private to typer
                report_usage(error)
                code = 2
            else:
                report_error(OutreachError(f"unexpected: {type(error).__name__}: {error}",
                                           hint="this is a fault of outreach: run again with --debug and report it"))  # fmt: skip
                code = 1
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


app = typer.Typer(
    name="outreach",
    cls=ErrorBoundary,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Qualify a lead list, then draft LinkedIn and email sequences whose every sentence is signed for. "
    "It drafts: it never sends, logs in or scrapes.",
    epilog="Begin with: outreach demo",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"outreach {__version__}")
        raise typer.Exit


@app.callback()
def _global_options(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w", "--workspace", metavar="DIR", help="The workspace; default: the one around this folder."
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say what is done while it is done.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")
    ] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    from outreach.cli.session import Session

    del debug  # read from the arguments by the error boundary, which must know it even when parsing fails
    context.obj = Session(workspace, verbose=verbose)


for room in (
    demo,
    starting,
    checking,
    voice,
    qualifying,
    drafting,
    accounts,
    validate,
    judging,
    looking,
    redrafting,
    deciding,
    replying,
    exporting,
    authoring,
    listing,
    prompts,
    rubrics,
    upkeep,
):
    room.register(app)
