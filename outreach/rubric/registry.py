"""A function with a decorator in; a registered check out, with its metadata beside it: what it means, evidence, example."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

from outreach.domain.vocabulary import LANGUAGES, Dimension, Severity

#: Where checks live. A new check is a function in one of these modules; a new module is a line here.
MODULES = ("safety", "meta", "length", "structure", "asks", "pressure", "tone", "wording", "preferences", "roles", "names", "grounding", "claims", "ownership", "language", "compliance",
           "voice", "repetition", "sequence", "progression", "batch", "account")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """What a check noticed: the span (code points; -1: no one place), what is wrong, what to do; a severity only where it differs."""

    message: str
    hint: str
    start: int = -1
    end: int = -1
    severity: Severity | None = None
    quote: str = ""
    defect: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check."""

    id: str
    defect: str | None
    dimension: Dimension
    severity: Severity
    run: Callable[..., Iterable[Note]]
    about: str
    evidence: str
    example: str
    fixed: str
    languages: tuple[str, ...] | None
    needs_context: bool
    safety: bool
    protected: bool
    scope: str


F = TypeVar("F", bound=Callable[..., Iterable[Note]])


def check(
    check_id: str,
    *,
    defect: str | None,
    dimension: Dimension,
    severity: Severity = "error",
    about: str,
    evidence: str,
    example: str,
    fixed: str = "",
    languages: tuple[str, ...] | None = LANGUAGES,
    needs_context: bool = True,
    protected: bool = False,
    scope: str = "message",
) -> Callable[[F], F]:
    """Mark a function as a check.

    Args:
        check_id: short id, such as `A1`.
        defect: id of the defect list; None where there is no label: then it shows in findings and score only.
        dimension: which weight of the score it draws on.
        severity: what a finding is unless the rubric says otherwise.
        about: what it means, for people.
        evidence: why we believe it.
        example: a text that it flags.
        fixed: the same text after its hint was followed.
        languages: languages whose lists it needs; None: it is independent of language.
        needs_context: False: it judges a bare text too.
        protected: it guards truth, names, limits or law: it cannot be switched off, only accepted by name.
        scope: `message`, `sequence` or `batch`.
    """

    def mark(function: F) -> F:
        spec = Check(check_id, defect, dimension, severity, function, about, evidence, example, fixed, languages, needs_context,
                     dimension == "safety", protected, scope)  # fmt: skip
        function.__check__ = [*getattr(function, "__check__", []), spec]  # type: ignore[attr-defined]
        return function

    return mark


@lru_cache(maxsize=1)
def all_checks() -> dict[str, Check]:
    """Return every registered check by id, in the order of `MODULES`. Raises ValueError when two share an id."""
    found: dict[str, Check] = {}
    for name in MODULES:
        module: Any = import_module(f"outreach.rubric.checks_{name}")
        for value in list(vars(module).values()):
            for spec in getattr(value, "__check__", ()):
                if spec.run.__module__ != module.__name__:
                    continue
                if spec.id in found:
                    msg = f"two checks with the id {spec.id}"
                    raise ValueError(msg)
                found[spec.id] = spec
    return found
