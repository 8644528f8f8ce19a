"""The house as docs/architecture.md draws it: imports point down, modules stay small, every module says what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "outreach"

#: Packages by level, lowest first. A module may import from its own package and from lower levels, never sideways.
LEVELS = (
    ("domain", "errors"),
    ("text",),
    ("workspace", "grounding"),
    ("intake", "qualify", "planning", "rubric", "llm", "prompting", "store"),
    ("drafting", "judging", "authoring"),
    ("running",),
    ("review", "export", "experiments"),
    ("cli",),
)
LEVEL_OF = {name: number for number, level in enumerate(LEVELS) for name in level}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("outreach."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("outreach.")
            )


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parent != PACKAGE], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_point_down(path: Path) -> None:
    own = room(path)
    for other in imported(ast.parse(path.read_text(encoding="utf-8"))):
        if other != own:
            assert LEVEL_OF[other] < LEVEL_OF[own], f"{own} must not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)), "a module opens with a sentence"


def test_no_bags() -> None:
    bags = {"utils", "helpers", "common", "base", "core", "misc"}
    assert not [path for path in MODULES if path.stem in bags or path.parent.name in bags]


def test_only_the_command_line_prints_or_exits() -> None:
    for path in MODULES:
        if room(path) in {"cli", "__main__"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"print", "exit", "quit"}, path


def test_no_pickle_no_eval_no_unsafe_yaml() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            )
            assert not {"pickle", "marshal", "shelve"} & set(names), path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "yaml"
            ):
                assert node.attr not in {"load", "unsafe_load", "full_load", "safe_load"}, path
