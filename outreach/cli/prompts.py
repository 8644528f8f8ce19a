"""A prompt's name in; its files, the rendered prompt with comments, a difference, or what is weak in it out: `prompts`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.listing import shelf_group
from outreach.cli.session import Session, read_date, session_of
from outreach.cli.terminal import put, put_raw, say

if TYPE_CHECKING:
    from outreach.running.prompt_samples import PlanSample, RenderedPrompt
    from outreach.workspace.library import Library

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A prompt as task:variant, such as sequence:default.")
]
ListFile = Annotated[
    Path | None,
    typer.Option("--list", metavar="PROSPECTS", help="The lead list that the example plan is of; default: prospects.csv, else a shipped example."),
]  # fmt: skip
RowNumber = Annotated[
    int | None, typer.Option(min=1, help="The row of the list; default: the first that would be drafted.")
]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="The day that facts are fresh or stale at; default: today.")]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = shelf_group(app, "prompts")
    for command in (file, show, diff, lint):
        group.command()(command)


def file(context: typer.Context, name: Name) -> None:
    """Print a prompt's file as it is, holes and all; `prompts NAME` does the same."""
    from outreach.workspace.files import read_text

    path = _library(context).find("prompts", _plain(name))
    put(f"# {path}")
    put_raw(read_text(path))


def show(
    context: typer.Context, name: Name = "sequence:default", prospects: ListFile = None, row: RowNumber = None, as_of: AsOf = None
) -> None:  # fmt: skip
    """Show a prompt as a model gets it for an example plan, with comments on where each passage comes from.

    The comments name file, lines and block, the tokens of each part, and what is stable and what is of one reader. No call is made.
    """
    from outreach.prompting.annotate import annotated

    library = _library(context)
    sample = _sample(session_of(context), prospects, row, as_of)
    rendered = _rendered(library, name, sample)
    if rendered is None:
        say(f"it is not known what a prompt of this task is given: here is the file of {_plain(name)}")
        file(context, name)
        return
    put(f"{{# for {sample.whose} #}}")
    folders = [library.builtin / "prompts"]
    if library.workspace:
        folders.insert(0, library.workspace / "prompts")
    for line in annotated(rendered.prompt, rendered.passages, folders):
        put(line)


def diff(
    context: typer.Context,
    first: Name,
    second: Name,
    source: Annotated[bool, typer.Option("--source", help="Compare the files instead of what they render to.")] = False,
    prospects: ListFile = None,
    row: RowNumber = None,
    as_of: AsOf = None,
) -> None:  # fmt: skip
    """Show how two prompts differ, as a unified diff: as rendered for the same plan, or with --source their files."""
    from difflib import unified_diff

    library = _library(context)
    sample = None if source else _sample(session_of(context), prospects, row, as_of)
    one, other = (_text(library, name, sample).splitlines() for name in (first, second))
    lines = list(unified_diff(one, other, _plain(first), _plain(second), n=1, lineterm=""))
    for line in lines or ["no difference"]:
        put(line)


def lint(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Prompts or shared blocks (_partials/voice); default: all there are.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object for each fault.")] = False,
) -> None:  # fmt: skip
    """Check prompt files for what breaks them, and for what makes a model write worse.

    Errors: unknown names, includes and blocks, readers in the stable half. Warnings: what a model could copy, examples,
    contradictions, double negations, lists of phrases, markup, repetition, and length.
    """
    import json
    from dataclasses import asdict

    from outreach.running.prompt_lint import lint_prompts
    from outreach.running.prompt_samples import shipped_sample

    faults = lint_prompts(_library(context), [_plain(name) for name in names or ()], shipped_sample())
    for fault in faults:
        if as_json:
            put_raw(json.dumps(asdict(fault), ensure_ascii=False) + "\n")
        else:
            put(f"{fault.path}:{fault.line}: {fault.severity} {fault.rule}: {fault.what}\nhint: {fault.hint}")
    errors = sum(fault.severity == "error" for fault in faults)
    say(f"{errors} errors, {len(faults) - errors} warnings" if faults else "nothing wrong")
    if errors or (strict and faults):
        raise typer.Exit(1)


def _library(context: typer.Context) -> "Library":
    from outreach.workspace.library import Library

    return Library(session_of(context).root_if_any)


def _plain(name: str) -> str:
    return name.removesuffix(".j2").replace(":", "/", 1)


def _sample(session: Session, prospects: Path | None, row: int | None, as_of: str | None) -> "PlanSample":
    from outreach.running.prompt_samples import sample_plan

    campaign = session.campaign() if session.root_if_any else None
    return sample_plan(campaign, prospects, row, read_date(as_of))


def _rendered(library: "Library", name: str, sample: "PlanSample") -> "RenderedPrompt | None":
    from outreach.running.prompt_samples import render_sample

    library.find("prompts", _plain(name))
    task, _, variant = _plain(name).partition("/")
    return render_sample(library, task, variant, sample)


def _text(library: "Library", name: str, sample: "PlanSample | None") -> str:
    from outreach.prompting.fence import without_tokens
    from outreach.workspace.files import read_text

    rendered = None if sample is None else _rendered(library, name, sample)
    if rendered is None:
        return read_text(library.find("prompts", _plain(name)))
    halves = (f"----- {message.role} -----\n{message.content}" for message in rendered.prompt.messages)
    return without_tokens("\n".join(halves))
