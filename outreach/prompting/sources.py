"""A prompt file in; its own words by line and block, and the names it wants, out. Nothing is rendered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from jinja2 import Environment, meta, nodes

from outreach.prompting.loader import OverlayLoader

N = TypeVar("N", bound=nodes.Node)


@dataclass(frozen=True, slots=True)
class Literal:
    """A line of a prompt file as far as it is the file's own words. `block` is a block's or macro's name, or empty."""

    line: int
    block: str
    text: str


@dataclass(frozen=True)
class PromptFile:
    """What a prompt file says and wants, read from its syntax tree."""

    name: str
    path: str
    tree: nodes.Template

    @property
    def literals(self) -> list[Literal]:
        """The file's own words, line by line; comments and what is filled in are left out."""
        found: dict[int, list[str]] = {}
        blocks: dict[int, str] = {}
        for node, block in outputs(self.tree):
            for line, text in lines_of(node):
                found.setdefault(line, []).append(text)
                blocks.setdefault(line, block)
        return [Literal(line, blocks[line], "".join(found[line])) for line in sorted(found)]

    @property
    def references(self) -> list[tuple[int, str]]:
        """The files that this one extends, includes or imports, with the line; only those named outright."""
        kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        found = [(node.lineno, getattr(node, "template", None)) for node in self.tree.find_all(kinds)]
        return sorted((line, str(one.value)) for line, one in found if isinstance(one, nodes.Const))

    @property
    def blocks(self) -> dict[str, int]:
        """The blocks that this file defines, with their lines."""
        return {block.name: block.lineno for block in self.tree.find_all(nodes.Block)}

    @property
    def parent(self) -> str:
        """The file that this one extends; empty where it extends none."""
        extends = next(iter(self.tree.find_all(nodes.Extends)), None)
        template = extends.template if extends is not None else None
        return str(template.value) if isinstance(template, nodes.Const) else ""

    @property
    def wanted(self) -> list[tuple[int, str]]:
        """The names that must be filled from outside, with the line of their first use."""
        free = meta.find_undeclared_variables(self.tree)
        first: dict[str, int] = {}
        for name in self.tree.find_all(nodes.Name):
            if name.name in free and name.ctx == "load":
                first[name.name] = min(name.lineno, first.get(name.name, name.lineno))
        return sorted((line, name) for name, line in first.items())

    @property
    def fields(self) -> list[tuple[int, str, str]]:
        """Every `name.field` that is read, as line, name and field."""
        return [
            (node.lineno, node.node.name, node.attr)
            for node in self.tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name)
        ]


def read_prompt_file(loader: OverlayLoader, name: str) -> PromptFile:
    """Parse a prompt file such as `sequence/default.j2`. Raises FileError (not found, no text) or TemplateSyntaxError."""
    jinja = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701  only parsed, never rendered
    source, path, _ = loader.get_source(jinja, name)
    return PromptFile(name, path, jinja.parse(source, name, path))


def outputs(node: nodes.Node, block: str = "") -> Iterator[tuple[nodes.Output, str]]:
    """Yield everything that is written out, in order, with the innermost block or macro it stands in."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield child, block
        elif isinstance(child, nodes.Block | nodes.Macro):
            yield from outputs(child, child.name)
        else:
            yield from outputs(child, block)


def lines_of(output: nodes.Output) -> Iterator[tuple[int, str]]:
    """Yield the words of an output by line: plain text, and texts that stand as constants in an expression.

    What is filled in stands as `{}`.
    """
    for node in output.nodes:
        if isinstance(node, nodes.TemplateData):
            for offset, text in enumerate(node.data.split("\n")):
                yield node.lineno + offset, text
        else:
            constants = [one.value for one in _with_itself(node, nodes.Const) if isinstance(one.value, str)]
            yield node.lineno, " / ".join(constants) if constants and not _is_joined(node) else "{}"


def _is_joined(node: nodes.Node) -> bool:
    """Say whether the texts in an expression are arguments, such as the comma of `join(", ")`, and not what is said."""
    return next(_with_itself(node, nodes.Filter), None) is not None


def _with_itself(node: nodes.Node, kind: type[N]) -> Iterator[N]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)
