"""Prompt files and plain data in; rendered text out, from the one sandboxed Jinja environment of the product."""

import traceback
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from outreach.errors import FileError
from outreach.prompting.loader import OverlayLoader
from outreach.prompting.trial import try_in_child

#: What a template is given: text, lists and dicts of text. No objects, so nothing to climb from.
Data = dict[str, Any]

MAX_OUTPUT_CHARS = 64 * 1024
#: What a template may raise while it is compiled or runs; each becomes a FileError with the template's line.
_FAULTS = (
    TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError, SyntaxError,
    TimeoutError, TypeError, ValueError,
)  # fmt: skip


class PromptEnvironment:
    """Renders prompt files. A workspace's files are first tried once in a child process with limits on CPU and memory."""

    def __init__(self, builtin: Path, workspace: Path | None = None) -> None:
        """Find prompts in the workspace's prompt folder (which need not exist) over the built-in one."""
        self.builtin = builtin
        self.workspace = workspace
        self.loader = OverlayLoader(builtin, workspace)
        self._jinja = Sandbox(
            loader=self.loader, undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True,
            auto_reload=False,
        )  # fmt: skip
        # Nothing but the data: no range to loop over, no namespace, nothing that differs from run to run.
        self._jinja.globals.clear()
        self._jinja.filters.pop("random")
        self._tried: set[tuple[str, str]] = set()
        self._blocks_of: dict[str, frozenset[str]] = {}

    def variants(self, task: str) -> list[str]:
        """Return the names of a task's variants, sorted."""
        prefix = f"{task}/"
        return [
            name.removeprefix(prefix).removesuffix(".j2")
            for name in self.loader.names()
            if name.startswith(prefix)
        ]

    def render(self, task: str, variant: str, data: Data) -> str:
        """Return the text of `task/variant.j2` over the data, stripped at both ends.

        Args:
            task: folder of the prompt file.
            variant: name of the file without `.j2`.
            data: dicts, lists and text only; `part` says which message of the prompt is wanted.

        Raises:
            FileError: the file is missing, leads out of its folder, is wrong, or wants too much time or memory.
        """
        name = f"{task}/{variant}.j2"
        where = self.loader.find(name)
        check_plain(data)
        self._try_in_child(name, where, data)
        return self.render_here(name, where, data)

    def render_here(self, name: str, where: Path, data: Data) -> str:
        """Render in this process, without a trial. For built-in files, tried ones, and the child itself."""
        pieces: list[str] = []
        size = 0
        try:
            self._blocks(name)
            for piece in self._jinja.get_template(name).generate(data):
                size += len(piece)
                if size > MAX_OUTPUT_CHARS:
                    raise FileError(
                        "the prompt renders to more than 64 KB", where=where, hint="look for a loop"
                    )
                pieces.append(piece)
        except _FAULTS as error:
            _raise_file_error(error, self.loader, where, data)
        return "".join(pieces).strip()

    def _blocks(self, name: str) -> frozenset[str]:
        """Return the blocks that a file has, its own and inherited. Jinja drops a block that the parent lacks; we say so."""
        if name not in self._blocks_of:
            source, path, _ = self.loader.get_source(self._jinja, name)
            tree = self._jinja.parse(source, name, path)
            own = frozenset(block.name for block in tree.find_all(nodes.Block))
            extends = next((node.template for node in tree.body if isinstance(node, nodes.Extends)), None)
            parent = self._blocks(str(extends.value)) if isinstance(extends, nodes.Const) else None
            for block in tree.body if parent is not None else []:
                if isinstance(block, nodes.Block) and parent is not None and block.name not in parent:
                    near = get_close_matches(block.name, parent, n=1, cutoff=0.6)
                    raise FileError(f"no block {block.name!r} in the file that this one extends", where=path, line=block.lineno,
                                    hint=f"did you mean {near[0]!r}?" if near else f"blocks there: {', '.join(sorted(parent))}")  # fmt: skip
            self._blocks_of[name] = own | (parent or frozenset())
        return self._blocks_of[name]

    def _try_in_child(self, name: str, where: Path, data: Data) -> None:
        key = (name, str(data.get("part", "")))
        if key in self._tried or self.loader.is_builtin_only():
            return
        try_in_child(self.builtin, self.workspace, name, where, data)
        self._tried.add(key)


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuses the operators that build huge values in one step, which no limit on the loop would see."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Let numbers of everyday size through; no repeated text, no formatting by `%`, no powers."""
        small = all(isinstance(side, (int, float)) and abs(side) < 1_000_000 for side in (left, right))
        if operator == "**" or not small:
            msg = f"the operator {operator} is for small numbers only in a prompt"
            raise SecurityError(msg)
        return super().call_binop(context, operator, left, right)


def check_plain(value: Any) -> None:
    """Raise TypeError unless a value is text or dicts and lists of text all the way down. A fault of ours, not a user's."""
    if isinstance(value, dict):
        for key, item in value.items():
            check_plain(key)
            check_plain(item)
    elif isinstance(value, list):
        for item in value:
            check_plain(item)
    elif type(value) is not str:
        msg = f"templates are given text, lists and dicts only, not {type(value).__name__}"
        raise TypeError(msg)


def _raise_file_error(error: BaseException, loader: OverlayLoader, where: Path, data: Data) -> NoReturn:
    what, hint = " ".join(str(error).split())[:300] or type(error).__name__, ""
    if isinstance(error, TemplateSyntaxError):
        raise FileError(what, where=error.filename or where, line=error.lineno,
                        hint="each {% block %}, {% if %} and {% for %} needs its end tag; {{ }} holds one value") from None  # fmt: skip
    if isinstance(error, UndefinedError):
        hint = _undefined_hint(what, data)
    elif isinstance(error, SecurityError):
        hint = "a prompt may use the data it is given, if, for, include and extends"
    elif isinstance(error, MemoryError):
        what, hint = "the prompt wants too much memory", "look for a loop or a very long text"
    elif isinstance(error, TimeoutError):
        hint = "look for a loop"
    elif isinstance(error, RecursionError):
        what, hint = "the prompt calls or includes itself without end", "look at its macros and includes"
    path, line = _place(error, loader) or (str(where), None)
    raise FileError(what, where=path, line=line, hint=hint) from None


def _place(error: BaseException, loader: OverlayLoader) -> tuple[str, int | None] | None:
    """Return file and line of the innermost template frame; Jinja has mapped both back to the template's own."""
    folders = tuple(str(folder) for folder in loader.folders)
    frames = traceback.extract_tb(error.__traceback__)
    return next(((f.filename, f.lineno) for f in reversed(frames) if f.filename.startswith(folders)), None)


def _undefined_hint(what: str, data: Data) -> str:
    quoted = what.split("'")
    name = quoted[-2] if len(quoted) > 2 else ""
    near = get_close_matches(name, sorted(_keys(data)), n=1, cutoff=0.6)
    if near and near[0] != name:
        return f"did you mean {near[0]!r}?"
    if data.get("part") == "system":
        return "the system part is equal for all prospects and knows none: use their data in the user part"
    return f"known here: {', '.join(sorted(data))}"


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in _keys(item)}
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    return set()
