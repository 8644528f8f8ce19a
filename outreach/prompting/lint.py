"""The names of prompt files in; what makes them weak or wrong out, each with file, line and what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from jinja2 import TemplateSyntaxError

from outreach.errors import FileError
from outreach.prompting.lint_rules import RULES, Weakness
from outreach.prompting.lint_structure import structure_faults
from outreach.prompting.loader import BUILTIN, OverlayLoader
from outreach.prompting.sources import PromptFile, read_prompt_file


@dataclass(frozen=True, slots=True)
class PromptFault:
    """One thing that lint noticed. `error`: the prompt cannot work, or tells of a reader where it may not; `warn`: it works badly."""

    rule: str
    severity: OneOf["error", "warn"]
    path: str
    line: int
    what: str
    hint: str


def lint_file(loader: OverlayLoader, name: str) -> list[PromptFault]:
    """Return what is wrong with a prompt file such as `sequence/default.j2`, in the order of its lines.

    Args:
        loader: where prompt files are found.
        name: the file. Shared blocks (`_partials/…`) are files like any other.
    """
    try:
        file = read_prompt_file(loader, name)
        chain = _with_parents(loader, file)
        faults = [PromptFault(one.rule, "error", file.path, one.line, one.what, one.hint)
                  for one in structure_faults(loader, file, chain)]  # fmt: skip
    except TemplateSyntaxError as error:
        return [PromptFault("syntax", "error", error.filename or name, error.lineno, str(error.message),
                            "each {% block %}, {% if %} and {% for %} needs its end tag; {{ }} holds one value")]  # fmt: skip
    except FileError as error:
        return [PromptFault("unknown-include", "error", error.where or name, error.line or 1, error.what, error.hint)]  # fmt: skip
    faults += [_fault(rule, file.path, weakness) for rule, weakness in _weaknesses(file)]
    faults += [_fault("contradiction", file.path, weakness) for weakness in _contradictions(loader, file, chain)]  # fmt: skip
    return sorted(faults, key=lambda fault: fault.line)


def _fault(rule: str, path: str, weakness: Weakness) -> PromptFault:
    return PromptFault(rule, "warn", path, weakness.line, weakness.what, weakness.hint)


def _weaknesses(file: PromptFile) -> Iterator[tuple[str, Weakness]]:
    literals = file.literals
    for rule in RULES:
        for weakness in rule.run(literals):
            yield rule.id, weakness


def _with_parents(loader: OverlayLoader, file: PromptFile) -> list[PromptFile]:
    """Return a file and those that it extends, nearest first. Raises FileError where one is missing or they go round."""
    chain = [file]
    while parent := chain[-1].parent:
        if parent in {one.name for one in chain}:
            raise FileError("the prompt extends itself", where=file.path, line=1, hint=f"extend {BUILTIN}{parent.removeprefix(BUILTIN)}")  # fmt: skip
        chain.append(read_prompt_file(loader, parent))
    return chain


def _contradictions(
    loader: OverlayLoader, file: PromptFile, chain: Sequence[PromptFile]
) -> Iterator[Weakness]:
    """Yield instructions of this file that another one, of this file or of what it is rendered with, turns upside down."""
    from outreach.prompting.lint_rules import contradictions

    own = [(file.path, line) for line in file.literals]
    others: list[tuple[str, object]] = []
    replaced: set[str] = set(file.blocks)
    for parent in chain[1:]:
        others += [(parent.path, line) for line in parent.literals if line.block not in replaced]
        replaced |= set(parent.blocks) - {"system", "user"}
    for _, reference in (one for parent in chain for one in parent.references):
        if reference != file.parent:
            included = read_prompt_file(loader, reference)
            others += [(included.path, line) for line in included.literals]
    yield from contradictions(own, others)  # type: ignore[arg-type]
