"""Questions in; the answers from a terminal, from `--set` or from a file, and the new file on disk, out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from outreach.cli.terminal import put, put_raw, say

if TYPE_CHECKING:
    from outreach.authoring.new import Origin
    from outreach.authoring.questions import Kind, Question
    from outreach.authoring.sheet import Reading, Sheet
    from outreach.authoring.source import Source

#: What stands for stdout where a file is asked for.
_STDOUT = Path("-")


def ask_on_terminal(kind: "Kind", language: str) -> "Sheet":
    """Ask every question on the terminal. Raises UsageError where there is none."""
    from outreach.authoring.form import ask_all
    from outreach.authoring.questions import questions
    from outreach.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal to ask on", hint="give --answers F.yaml, --set ID=ANSWER or --from FILE"
        )
    say(
        "An empty answer takes what stands in brackets, or leaves it open. Parts of a list stand between semicolons.\n"
    )
    return ask_all(questions(kind), _ask, {}, language)


def _ask(question: "Question", default: str, reason: str) -> str:
    if reason:
        say(f"  {reason}")
    else:
        say(question.ask)
        if question.options:
            say(f"  one of: {', '.join(question.options)}")
        if question.example:
            say(f"  for example: {question.example}")
    try:
        return str(
            typer.prompt("", default=default, show_default=bool(default), prompt_suffix="> ", err=True)
        )
    except typer.Abort:
        raise KeyboardInterrupt from None


def read_sets(kind: "Kind", sets: list[str], answers: Path | None, language: str) -> "Sheet":
    """Return the answers of `--answers`, and over them those of `--set`. Raises FileErrors and UsageError."""
    from outreach.authoring.form import RefusedError, read_answer, read_answers
    from outreach.authoring.questions import questions
    from outreach.errors import UsageError
    from outreach.workspace.files import near_match, read_text
    from outreach.workspace.strict_yaml import parse_yaml

    known = {question.id: question for question in questions(kind)}
    sheet: Sheet = {}
    if answers is not None:
        sheet = read_answers(parse_yaml(read_text(answers), answers), questions(kind), language)
    for given in sets:
        name, equals, answer = given.partition("=")
        if not equals or name.strip() not in known:
            raise UsageError(
                f"--set {given}: no question {name.strip()!r}",
                hint=near_match(name, known) or f"questions: {', '.join(known)}",
            )
        try:
            sheet[name.strip()] = read_answer(known[name.strip()], answer, sheet, language)
        except RefusedError as refused:
            raise UsageError(f"--set {name.strip()}: {refused}", hint=known[name.strip()].ask) from None
    return sheet


def write_new(
    kind: "Kind", sheet: "Sheet", reading: "Reading | None", source: "Source | None", languages: tuple[str, str],
    root: Path | None, out: Path | None, *, force: bool, model: str | None,
) -> None:  # fmt: skip
    """Write the file, and say what was dropped, what is open and what to do next. `languages`: of the texts, of the workspace."""
    from outreach.authoring.new import new_file
    from outreach.authoring.sheet import Item, first
    from outreach.authoring.wording import is_slug
    from outreach.workspace.locate import builtin_root
    from outreach.workspace.writing import write_atomically

    if kind == "persona" and out is not None and "id" not in sheet and is_slug(out.stem):
        sheet = sheet | {"id": (Item(out.stem),)}
    text, whole = new_file(kind, sheet, _origin(kind, source, model, languages), out or Path(f"{kind}.yaml"))
    for what, why in reading.dropped if reading else ():
        say(f"dropped: {what}: {why}")
    if out == _STDOUT:
        put_raw(text)
        return
    name = f"personas/{first(whole, 'id')}.yaml" if kind == "persona" else f"{kind}.yaml"
    path = out or (root or Path()) / name
    refuse_to_overwrite(path, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text)
    put(str(path))
    if kind == "persona" and root and (builtin_root() / "personas" / path.name).is_file():
        say(f"it takes the place of the built-in {path.stem}")
    _say_next(kind, text, path)


def _origin(kind: "Kind", source: "Source | None", model: str | None, languages: tuple[str, str]) -> "Origin":
    """Say where the statements come from, and how far they may be believed before a person has read them."""
    from outreach.authoring.new import Origin

    group = "personas" if kind == "persona" else kind
    if source is None:
        return Origin("", f"answers to outreach {group} new", "medium", *languages)
    reader = f"read by {model}, each quote checked" if model else "read by rules"
    return Origin(source.name, f"{source.name}, {reader}", "low", *languages)


def _say_next(kind: "Kind", text: str, path: Path) -> None:
    from outreach.authoring.yaml_lines import FILL_IN

    group = "personas" if kind == "persona" else kind
    still = text.count(FILL_IN)
    if still:
        say(f"{still} places say `{FILL_IN.strip()}`: what nobody told and nothing showed")
    say(f"next: outreach {group} lint" + (f" {path.stem}" if kind == "persona" else ""))


def refuse_to_overwrite(path: Path, *, force: bool) -> None:
    """Raise FileError where a file is there already and nobody said to overwrite it."""
    from outreach.errors import FileError

    if path.exists() and not force:
        raise FileError(
            "is already there", where=path, hint="write elsewhere with -o FILE, or over it with --force"
        )
