"""Prompt files and data in; rendered text out, and with it the file, lines and block that each passage comes from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import nodes

from outreach.prompting.environment import Data, PromptEnvironment, Sandbox
from outreach.prompting.sources import outputs

_MARK = re.compile("\x00(\\d+)\x00")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece of a rendered prompt comes from."""

    path: str
    line: int
    block: str


@dataclass(frozen=True)
class Passage:
    """Lines of a rendered prompt that follow each other out of one block of one file. `lines` are those of the file."""

    path: str
    block: str
    lines: tuple[int, int]
    text: str


class TracingEnvironment(PromptEnvironment):
    """Renders like any prompt environment and remembers, for each text that it rendered, where its passages come from."""

    def __init__(self, builtin: Path, workspace: Path | None = None) -> None:
        """Find prompts as a prompt environment does."""
        super().__init__(builtin, workspace)
        self.rendered: list[list[Passage]] = []
        self._origins: list[Origin] = []
        self._jinja = _marked(self._jinja, self._origins)

    def render(self, task: str, variant: str, data: Data) -> str:
        """Return what a plain environment returns, and add its passages to `rendered`. Raises FileError likewise."""
        lines = list(_lines(super().render(task, variant, data), self._origins))
        while lines and not lines[0][1].strip():
            lines.pop(0)
        while lines and not lines[-1][1].strip():
            lines.pop()
        self.rendered.append([_passage(list(group)) for _, group in groupby(_settled(lines), key=_place)])
        return "\n".join(text for _, text in lines).strip()


def _marked(jinja: Sandbox, origins: list[Origin]) -> Sandbox:
    """Return the sandbox with a parser that puts a mark before every piece of output."""

    class Marking(type(jinja)):  # type: ignore[misc]
        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = super()._parse(source, name, filename)
            for output, block in outputs(tree):
                output.nodes = list(_with_marks(output, str(filename), block, origins))
            return tree  # type: ignore[no-any-return]

    jinja.__class__ = Marking
    return jinja


def _with_marks(output: nodes.Output, path: str, block: str, origins: list[Origin]) -> Iterator[nodes.Expr]:
    for node in output.nodes:
        texts = node.data.splitlines(keepends=True) if isinstance(node, nodes.TemplateData) else [None]
        for offset, text in enumerate(texts):
            origins.append(Origin(path, node.lineno + offset, block))
            yield nodes.TemplateData(f"\x00{len(origins) - 1}\x00", lineno=node.lineno)
            yield node if text is None else nodes.TemplateData(text, lineno=node.lineno)


def _lines(text: str, origins: list[Origin]) -> Iterator[tuple[Origin, str]]:
    """Yield each line of a marked text without its marks, with the origin of its first piece that shows."""
    origin = origins[0]
    for line in text.split("\n"):
        pieces = _MARK.split(line)
        shown = [(int(at), piece) for at, piece in zip(pieces[1::2], pieces[2::2], strict=True)]
        if not pieces[
            0
        ].strip():  # else the line goes on with what the one before was: a value of several lines
            first = next((at for at, piece in shown if piece.strip()), shown[0][0] if shown else None)
            origin = origins[first] if first is not None else origin
        yield origin, pieces[0] + "".join(piece for _, piece in shown)
        if shown:
            origin = origins[shown[-1][0]]


def _settled(lines: Iterable[tuple[Origin, str]]) -> Iterator[tuple[Origin, str]]:
    """Give empty lines to the passage before them: they are the space after it."""
    before: Origin | None = None
    for origin, text in lines:
        before = origin if text.strip() or before is None else before
        yield before, text


def _place(line: tuple[Origin, str]) -> tuple[str, str]:
    return line[0].path, line[0].block


def _passage(lines: list[tuple[Origin, str]]) -> Passage:
    numbers = [origin.line for origin, _ in lines]
    text = "\n".join(text for _, text in lines)
    return Passage(lines[0][0].path, lines[0][0].block, (min(numbers), max(numbers)), text)
