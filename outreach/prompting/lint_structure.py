"""A prompt file's syntax tree in; what keeps it from being rendered, or from being rendered as meant, out."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import nodes

from outreach.errors import FileError
from outreach.prompting.loader import BUILTIN, OverlayLoader
from outreach.prompting.sources import PromptFile

#: The halves that every prompt of a task is made of.
_HALVES = ("system", "user")


@dataclass(frozen=True, slots=True)
class StructureFault:
    """A fault of a file's build."""

    rule: str
    line: int
    what: str
    hint: str


def structure_faults(
    loader: OverlayLoader, file: PromptFile, chain: Sequence[PromptFile]
) -> Iterator[StructureFault]:
    """Yield unknown includes, missing and unknown blocks, names that nobody fills, and readers in the stable half.

    Args:
        loader: where prompt files are found.
        file: the file to look at.
        chain: it and those that it extends, nearest first.
    """
    yield from _unknown_includes(loader, file)
    yield from _blocks(file, chain)
    yield from _names(file, chain)


def _unknown_includes(loader: OverlayLoader, file: PromptFile) -> Iterator[StructureFault]:
    for line, reference in file.references:
        try:
            loader.find(reference)
        except FileError as error:
            yield StructureFault("unknown-include", line, f"{error.what}: {reference}", error.hint)


def _blocks(file: PromptFile, chain: Sequence[PromptFile]) -> Iterator[StructureFault]:
    if file.name.startswith("_"):
        return
    inherited = {name for parent in chain[1:] for name in parent.blocks}
    for name, line in file.blocks.items() if chain[1:] else ():
        if name not in inherited:
            near = get_close_matches(name, inherited, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"blocks there: {', '.join(sorted(inherited))}"
            yield StructureFault("unknown-block", line, f"no block {name!r} in the file that this one extends: it is never shown", hint)  # fmt: skip
    missing = [half for half in _HALVES if half not in inherited | set(file.blocks)]
    if missing:
        yield StructureFault(
            "missing-block", 1, f"no block {' and no block '.join(repr(half) for half in missing)}",
            "the stable half and the reader's half each stand in a block, so that a variant can extend them",
        )  # fmt: skip


def _names(file: PromptFile, chain: Sequence[PromptFile]) -> Iterator[StructureFault]:
    """A shared block may be for any task, and a new task fills names of its own: what they want shows when they are rendered."""
    task = file.name.removeprefix(BUILTIN).split("/")[0]
    known = variables().get(task)
    fields: dict[str, list[str]] = variables()["fields"]
    filled = [] if known is None else [*known["both"], *known["user"]]
    for line, name in file.wanted if known is not None else ():
        if name not in filled:
            near = get_close_matches(name, filled, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"filled here: {', '.join(filled)}"
            yield StructureFault("unknown-variable", line, f"nobody fills {name!r}", hint)
    for line, name, field in file.fields:
        if name in fields and field not in fields[name]:
            near = get_close_matches(field, fields[name], n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(fields[name])}"
            yield StructureFault("unknown-variable", line, f"{name!r} has no {field!r}", hint)
    if known is not None:
        for line, name in _stable_names(file, chain):
            if name in known["user"]:
                yield StructureFault(
                    "reader-in-stable", line, f"{name!r} is known of one reader only, and this half is equal for all",
                    "use it in the block `user`: the stable half is what a provider's prompt cache serves",
                )  # fmt: skip


def _stable_names(file: PromptFile, chain: Sequence[PromptFile]) -> Iterator[tuple[int, str]]:
    """Yield the names that are read in blocks of the stable half: `system`, and the blocks that stand inside it."""
    stable = {"system"}
    for parent in chain:
        for block in parent.tree.find_all(nodes.Block):
            if block.name == "system":
                stable |= {inner.name for inner in block.find_all(nodes.Block)}
    seen: set[tuple[int, str]] = set()
    for block in file.tree.find_all(nodes.Block):
        if block.name in stable:
            own = {name.name for name in block.find_all(nodes.Name) if name.ctx == "store"}
            seen |= {(name.lineno, name.name) for name in block.find_all(nodes.Name) if name.name not in own}
    yield from sorted(seen)


@lru_cache(maxsize=1)
def variables() -> dict[str, Any]:
    """Return the table of what fills the prompts of each task, `data/variables.toml`."""
    return tomllib.loads(files("outreach.prompting").joinpath("data/variables.toml").read_text("utf-8"))
