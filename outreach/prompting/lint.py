"""The names of prompt files in; what makes them weak or wrong out, each with file, line and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError

from outreach.errors import FileError
from outreach.prompting.lint_rules import RULES, Weakness, contradictions
from outreach.prompting.lint_structure import structure_faults
from outreach.prompting.loader import BUILTIN, OverlayLoader
from outreach.prompting.sources import Literal, PromptFile, read_prompt_file


@dataclass(frozen=True, slots=True)
class PromptFault:
    """One thing that lint noticed. Severity `error`: the prompt cannot work, or tells of a reader where it may not; `warn`: it works badly."""

    rule: str
    severity: str
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
    faults += [_fault(rule.id, file, weakness) for rule in RULES for weakness in rule.run(file.literals)]
    if not any(fault.rule == "unknown-include" for fault in faults):
        others = _rendered_with(loader, file, chain)
        own = [(file.path, line) for line in file.literals]
        faults += [_fault("contradiction", file, weakness) for weakness in contradictions(own, others)]
    return sorted(faults, key=lambda fault: fault.line)


def _fault(rule: str, file: PromptFile, weakness: Weakness) -> PromptFault:
    return PromptFault(rule, "warn", file.path, weakness.line, weakness.what, weakness.hint)


def _with_parents(loader: OverlayLoader, file: PromptFile) -> list[PromptFile]:
    """Return a file and those that it extends, nearest first. Raises FileError where one is missing or they go round."""
    chain = [file]
    while parent := chain[-1].parent:
        if parent in {one.name for one in chain}:
            raise FileError(
                "the prompt extends itself", where=file.path, line=1,
                hint=f"extend the built-in file: {BUILTIN}{parent.removeprefix(BUILTIN)}",
            )  # fmt: skip
        chain.append(read_prompt_file(loader, parent))
    return chain


def _rendered_with(
    loader: OverlayLoader, file: PromptFile, chain: Sequence[PromptFile]
) -> list[tuple[str, Literal]]:
    """Return the lines, with their files, that stand beside a file's own in the prompt: what it extends and includes.

    Blocks that the file replaces are left out: they are not rendered.
    """
    found: list[tuple[str, Literal]] = []
    replaced: set[str] = set(file.blocks)
    for parent in chain[1:]:
        found += [(parent.path, line) for line in parent.literals if line.block not in replaced]
        replaced |= set(parent.blocks) - {"system", "user"}
    parents = {one.parent for one in chain}
    for reference in {name for one in chain for _, name in one.references} - parents:
        included = read_prompt_file(loader, reference)
        found += [(included.path, line) for line in included.literals]
    return found
