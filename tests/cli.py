"""Runs a command line in this process, as a user would type it; returns exit code, stdout and stderr."""

import contextlib
import io
import os
from dataclasses import dataclass
from pathlib import Path

import typer


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*args: object, cwd: Path | None = None, env: dict[str, str] | None = None) -> Result:
    """Run `outreach ARGS` in a folder, with these environment variables."""
    from outreach.cli.app import app

    out, err = io.StringIO(), io.StringIO()
    before, environment = Path.cwd(), dict(os.environ)
    try:
        os.environ.update(env or {})
        if cwd is not None:
            os.chdir(cwd)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                typer.main.get_command(app).main([str(arg) for arg in args], "outreach")
                code = 0
            except SystemExit as stop:
                code = int(stop.code or 0)
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)
    return Result(code, out.getvalue(), err.getvalue())
