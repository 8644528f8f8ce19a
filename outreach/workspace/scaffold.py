"""A target folder and the name of an example in; a new workspace out. Nothing that is there already is ever overwritten."""

import shutil
from pathlib import Path

from outreach.errors import FileError
from outreach.workspace.files import near_match
from outreach.workspace.locate import SETTINGS_NAME, STATE_NAME, builtin_root

#: The example that `init` copies where none is named: commented files to fill in.
STARTER = "starter"


def example_names() -> list[str]:
    """Return the names of the shipped examples."""
    return sorted(
        path.name for path in (builtin_root() / "examples").iterdir() if (path / SETTINGS_NAME).is_file()
    )


def make_workspace(target: Path, example: str = STARTER) -> list[Path]:
    """Copy an example into `target` and return the files made, relative to it.

    Raises FileError for an unknown example and for a folder that already holds a workspace or one of the files.
    """
    names = example_names()
    if example not in names:
        raise FileError(
            f"no example {example!r}", where="--example", hint=near_match(example, names) or ", ".join(names)
        )
    source = builtin_root() / "examples" / example
    files = sorted(
        path.relative_to(source)
        for path in source.rglob("*")
        if path.is_file() and STATE_NAME not in path.parts and "__pycache__" not in path.parts
    )
    taken = [name for name in files if (target / name).exists()]
    if taken:
        raise FileError(
            "is already there", where=target / taken[0], hint="take another folder: outreach init DIR"
        )
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    return files
