"""Answers, a source text or a lead list in; new personas, offers and ICPs, and what is thin in them, out: `personas`, `offer`, `icp`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.authoring_form import ask_on_terminal, read_sets, refuse_to_overwrite, write_new
from outreach.cli.authoring_lint import lint_icp, lint_offer, lint_personas
from outreach.cli.authoring_suggest import suggest
from outreach.cli.listing import shelf_group
from outreach.cli.session import Session, session_of
from outreach.cli.terminal import say

if TYPE_CHECKING:
    from outreach.authoring.questions import Kind
    from outreach.authoring.sheet import Reading, Sheet
    from outreach.authoring.source import Source

_NEW = {
    "persona": "Make a persona file: a few questions, or what a job description says (`--from`).",
    "offer": "Make offer.yaml: a few questions, or what a one-pager or website says of you (`--from`).",
    "icp": "Make icp.yaml: a few questions, or what a text says of your customers (`--from`).",
}
_HOW = (
    "\n\nWithout `--from`, `--answers` or `--set` it asks on the terminal. With `--from FILE` it reads a .txt, .md or .html file: "
    "by rules, or with `--model` by a model whose every statement is held against its quote. The file says above each item where it "
    "was read, and `fill in:` where a person must say more. Nothing is overwritten without `--force`."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    personas = shelf_group(app, "personas")
    offer = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="The offer: who writes, what may be said, what may be asked.",
    )
    icp = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="The ideal customer profile: which companies are worth writing to.",
    )
    for group, kind in ((personas, "persona"), (offer, "offer"), (icp, "icp")):
        group.command("new", help=_NEW[kind] + _HOW)(_new_command(kind))  # type: ignore[arg-type]
    personas.command("lint")(lint_personas)
    personas.command("suggest")(suggest)
    offer.command("lint")(lint_offer)
    icp.command("lint")(lint_icp)
    app.add_typer(offer, name="offer")
    app.add_typer(icp, name="icp")


def _new_command(kind: "Kind") -> Callable[..., None]:
    def command(
        context: typer.Context,
        source: Annotated[
            Path | None, typer.Option("--from", metavar="FILE", help="Read this text: .txt, .md or .html.")
        ] = None,
        model: Annotated[
            str | None, typer.Option(metavar="P:M", help="Let a model read it: provider:model.")
        ] = None,
        max_usd: Annotated[
            float | None, typer.Option(min=0, help="Stop before a call that could cost more than this.")
        ] = None,
        answers: Annotated[
            Path | None,
            typer.Option(metavar="F.yaml", help="Take the answers from a file: `question: answer`."),
        ] = None,
        sets: Annotated[
            list[str] | None,
            typer.Option("--set", metavar="ID=ANSWER", help="Answer one question; may stand several times."),
        ] = None,
        language: Annotated[
            str | None,
            typer.Option(
                metavar="CODE",
                help="What the texts are written in; default: the source's, else the workspace's.",
            ),
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option(
                "-o",
                "--out",
                metavar="FILE",
                help="Write here; - prints. Default: where the workspace looks for it.",
            ),
        ] = None,
        force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
    ) -> None:
        session = session_of(context)
        root = session.root if out is None else session.root_if_any
        own = session.settings().workspace.language if root else "en"
        if out is None and kind != "persona":
            refuse_to_overwrite(Path(root or ".") / f"{kind}.yaml", force=force)
        text, reading = _read(kind, source, model, max_usd, session, own)
        written_in = _language(language) or (text.language if text else own)
        given = read_sets(kind, sets or [], answers, written_in)
        if text is None and not given:
            given = ask_on_terminal(kind, written_in)
        sheet: Sheet = (reading.sheet if reading else {}) | given
        write_new(kind, sheet, reading, text, (written_in, own), root, out, force=force, model=model)

    return command


def _language(code: str | None) -> str | None:
    """Return the code given. Raises UsageError where it is none: it would become a key of every text."""
    from outreach.errors import UsageError

    if code is None or (code.isascii() and code.isalpha() and code.islower() and len(code) in {2, 3}):
        return code
    raise UsageError(f"--language {code}: not a language code", hint="such as en, es, pt, de or fr")


def _read(
    kind: "Kind", path: Path | None, model: str | None, max_usd: float | None, session: Session, own: str
) -> "tuple[Source | None, Reading | None]":
    """Read the source by rules or with a model, and say what was noticed."""
    from outreach.authoring.rules import read_by_rules
    from outreach.authoring.source import read_source
    from outreach.errors import UsageError

    if path is None:
        if model:
            raise UsageError("--model reads a source, and there is none", hint="name it: --from FILE")
        return None, None
    source = read_source(path, own)
    for note in source.notes:
        say(f"{source.name}: {note}")
    if model is None:
        return source, read_by_rules(kind, source)
    from outreach.running.authoring import read_with_model

    settings = session.settings({("generate", "max_usd"): max_usd})
    reading, label = read_with_model(kind, source, model, session.root, settings, session.environment)
    say(f"{label} read {source.name}")
    return source, reading
