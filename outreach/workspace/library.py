"""A workspace's root in; personas, prompts and templates out: the built-in file of a name, unless the workspace has its own."""

from functools import cached_property
from pathlib import Path
from typing import TypeVar

from outreach.domain.buyers import Persona
from outreach.domain.record import Record
from outreach.domain.selling import RolePolicy, Sequence
from outreach.errors import FileError
from outreach.workspace.files import near_match, read_record
from outreach.workspace.locate import builtin_root

R = TypeVar("R", bound=Record)

#: What the library holds: the word of the command line, the folder, and the ending of its files.
SHELVES: dict[str, tuple[str, str]] = {
    "personas": ("personas", ".yaml"),
    "prompts": ("prompts", ".j2"),
    "sequences": ("templates/sequences", ".yaml"),
    "messages": ("templates/messages", ".yaml"),
    "replies": ("templates/replies", ".yaml"),
    "rubrics": ("templates/rubrics", ".yaml"),
    "roles": ("templates/roles", ".yaml"),
    "criteria": ("templates/criteria", ".yaml"),
    "exports": ("templates/exports", ".yaml"),
}


class Library:
    """The built-in library overlaid, whole file by whole file, by a workspace. Files are read when asked for."""

    def __init__(self, workspace: Path | None = None, language: str = "en") -> None:
        """Look in `workspace` first (None: the built-in files alone); plain texts of its files are in `language`."""
        self.workspace = workspace
        self.language = language
        self.builtin = builtin_root()

    def names(self, shelf: str) -> dict[str, Path]:
        """Return every name on a shelf and the file that wins, sorted by name. A prompt's name is `task/variant`."""
        folder, ending = SHELVES[shelf]
        found: dict[str, Path] = {}
        for root in (self.builtin, self.workspace):
            base = root / folder if root else None
            if base and base.is_dir():
                for path in sorted(base.rglob(f"*{ending}")):
                    name = path.relative_to(base).as_posix().removesuffix(ending)
                    if not name.startswith("_"):
                        found[name] = path
        return dict(sorted(found.items()))

    def find(self, shelf: str, name: str) -> Path:
        """Return the winning file of a name. Raises FileError with the nearest name; nothing is ever put in its place."""
        names = self.names(shelf)
        if name in names:
            return names[name]
        folder, ending = SHELVES[shelf]
        raise FileError(f"no such file among the {shelf}", where=(self.workspace or self.builtin) / folder / f"{name}{ending}",
                        hint=near_match(name, names) or f"there is: {', '.join(names)}")  # fmt: skip

    def is_builtin(self, path: Path) -> bool:
        """Say whether a file is one of ours rather than the workspace's."""
        return path.is_relative_to(self.builtin) and not (
            self.workspace and path.is_relative_to(self.workspace)
        )

    def read(self, shelf: str, name: str, record: type[R]) -> R:
        """Read the winning file of a name into a record. Raises FileErrors; a file's `id` must be its name."""
        path = self.find(shelf, name)
        read = read_record(path, record, "en" if self.is_builtin(path) else self.language)
        given = getattr(read, "id", name)
        if given != name:
            raise FileError(
                f"id {given!r} is not the file's name", where=path, line=1, hint=f"write `id: {name}`"
            )
        return read

    @cached_property
    def personas(self) -> dict[str, Persona]:
        """All personas by id."""
        return {name: self.read("personas", name, Persona) for name in self.names("personas")}

    @cached_property
    def policies(self) -> dict[str, RolePolicy]:
        """The policy of each buying role."""
        return {name: self.read("roles", name, RolePolicy) for name in self.names("roles")}

    def sequence(self, name: str) -> Sequence:
        """The sequence of this name."""
        return self.read("sequences", name, Sequence)
