"""The built-in and the workspace's prompt folder in; the source of a prompt file by name out, never one outside them."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from jinja2 import BaseLoader, Environment

from outreach.errors import FileError

#: Names the built-in file even where the workspace has one of the same name: `{% extends "builtin:…" %}`.
BUILTIN = "builtin:"
#: A prompt file is a page of text; more than this is no prompt.
MAX_FILE_BYTES = 256 * 1024


class OverlayLoader(BaseLoader):
    """Finds `task/variant.j2` in the workspace's `prompts/`, else among the built-in ones, file by file."""

    def __init__(self, builtin: Path, workspace: Path | None) -> None:
        """Read from the built-in prompt folder and, before it, the workspace's."""
        # The folder's own name is not resolved: one that links elsewhere leads out of the workspace.
        self.folders = [
            folder.parent.resolve() / folder.name for folder in (workspace, builtin) if folder is not None
        ]
        self.builtin = self.folders[-1]

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Return text, path and a constant `still fresh`. Raises FileError, never TemplateNotFound.

        Jinja would swallow TemplateNotFound under `ignore missing`; a missing prompt is fatal and never replaced.
        """
        path = self.find(template)
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                raise FileError(
                    "the prompt file is larger than 256 KB", where=path, hint="a prompt is a page of text"
                )
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise FileError(
                "the text is not UTF-8", where=path, line=line, hint="save the file as UTF-8"
            ) from None
        except OSError as error:
            raise FileError(f"the prompt file cannot be read: {error.strerror}", where=path) from None
        return text, str(path), lambda: True

    def find(self, name: str) -> Path:
        """Return the file of a name such as `sequence/default.j2` or `builtin:sequence/default.j2`, or raise FileError."""
        plain = name.removeprefix(BUILTIN)
        folders = [self.builtin] if name.startswith(BUILTIN) else self.folders
        if not _is_plain(plain):
            raise FileError(f"{name!r} does not name a prompt file", where=self.folders[0],
                            hint="write a path below prompts/, such as sequence/default.j2")  # fmt: skip
        for folder in folders:
            path = folder / plain
            if path.is_symlink() or path.exists():
                real = path.resolve()
                if not real.is_relative_to(folder):
                    raise FileError(
                        "the link leads out of the prompt folder", where=path, hint="copy the file instead"
                    )
                if real.is_file():
                    return path
        known = self.shared_names() if plain.startswith("_") else self.names()
        near = get_close_matches(plain, known, n=3, cutoff=0.6)
        there = f"did you mean {' or '.join(near)}?" if near else f"there is: {', '.join(known)}"
        raise FileError("no such prompt file", where=folders[0] / plain, hint=there)

    def names(self) -> list[str]:
        """Return the names of all prompt files, sorted; shared blocks under `_partials/` are left out."""
        return [name for name in self._all_names() if not name.startswith("_")]

    def shared_names(self) -> list[str]:
        """Return the names of the files of shared blocks, sorted."""
        return [name for name in self._all_names() if name.startswith("_")]

    def _all_names(self) -> list[str]:
        return sorted(
            {path.relative_to(folder).as_posix() for folder in self.folders for path in folder.rglob("*.j2")}
        )

    def is_builtin_only(self) -> bool:
        """Say whether no file of a workspace can take part in any prompt."""
        return not any(next(folder.rglob("*"), None) for folder in self.folders if folder != self.builtin)


def _is_plain(name: str) -> bool:
    """Refuse absolute paths, drives, UNC names, `..`, and anything that is not `a/b.j2`."""
    parts = name.split("/")
    return (
        name.endswith(".j2")
        and not any(char in name for char in '\\:*?"<>|\0')
        and all(part not in ("", ".", "..") for part in parts)
        and not PurePosixPath(name).is_absolute()
    )
