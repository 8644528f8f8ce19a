"""Nothing or a folder in; the built-in library's folder and the workspace's root out."""

from pathlib import Path

from outreach.errors import FileError

SETTINGS_NAME = "outreach.toml"
#: Where a workspace keeps what the program makes: the store, the cache, the fence secret.
STATE_NAME = ".outreach"


def builtin_root() -> Path:
    """Return the folder that holds the built-in personas/, prompts/, templates/ and examples/.

    In an installed wheel that is `library/` inside the package; an editable install has the folders beside it.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "library"
    return packed if packed.is_dir() else package.parent


def find_workspace(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that holds an outreach.toml, or None."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_NAME).is_file():
            return folder
    return None


def require_workspace(given: Path | None, cwd: Path) -> Path:
    """Return the workspace named by `-w`, or the one around the current folder. Raises FileError where there is none."""
    if given is not None:
        if not (given / SETTINGS_NAME).is_file():
            raise FileError(
                f"no {SETTINGS_NAME} in this folder", where=given, hint="make a workspace: outreach init DIR"
            )
        return given.resolve()
    found = find_workspace(cwd)
    if found is None:
        raise FileError(f"no {SETTINGS_NAME} here or above", where=cwd,
                        hint="make a workspace: outreach init DIR, or name one: outreach -w DIR …")  # fmt: skip
    return found
