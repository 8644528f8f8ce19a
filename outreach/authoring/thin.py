"""A file and its record in; what is thin in it out: where, what drafts lose by it, and what to write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import Field

from outreach.authoring.yaml_lines import FILL_IN
from outreach.domain.buyers import Icp, Persona
from outreach.domain.record import Record
from outreach.domain.selling import Offer, RolePolicy
from outreach.workspace.strict_yaml import Document, Place

R = TypeVar("R", bound=Record)
#: As a comment or as a whole value; within a sentence the words mean themselves.
_OPEN = re.compile(
    r"(?:#\s*|[:\-]\s+[\"']?|[\[,]\s*[\"']?)"
    + re.escape(FILL_IN)
    + r"(?:(?P<key>\w+): )?(?P<what>.*?)[\"']?\s*$"
)


class Thin(Record):
    """One thing that a file could say and does not, or says in a way that helps no draft."""

    file: str
    line: int | None = None
    about: str = Field("", description="the persona, claim, ask or criterion")
    what: str
    why: str = Field(description="what drafts lose")
    write: str = Field(description="what to write")
    grave: bool = Field(default=False, description="`outreach check` says it too")

    @property
    def told(self) -> str:
        """The place and what is thin, in one line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: " + (f"{self.about}: " if self.about else "") + self.what


@dataclass(frozen=True)
class Authored(Generic[R]):
    """A record with the file it stands in."""

    record: R
    document: Document
    text: str
    #: How the file is named to a reader.
    name: str

    def thin(
        self, place: Place, what: str, why: str, write: str, *, about: str = "", grave: bool = False
    ) -> Thin:
        """Return a finding at a place of the file; where the file asks to fill it in, the line of that."""
        key = str(place[-1]) if place else ""
        line = None if place in self.document.lines else self.open_lines.get(key)
        return Thin(
            file=self.name,
            line=line or self.document.line_of(place),
            about=about,
            what=what,
            why=why,
            write=write,
            grave=grave,
        )

    def says(self, *place: str | int) -> bool:
        """Say whether the file itself holds something at a place."""
        return place in self.document.lines

    @property
    def open_lines(self) -> dict[str, int]:
        """The lines of comments that ask to fill something in, by its key."""
        return {key: line for line, key, _ in self.still_open if key}

    @property
    def still_open(self) -> list[tuple[int, str, str]]:
        """Every `fill in:` of the file: its line, the key it is about, and what is asked for."""
        found = []
        for number, line in enumerate(self.text.splitlines(), 1):
            match = _OPEN.search(line)
            if match is not None:
                found.append((number, match["key"] or "", match["what"]))
        return found


def left_open(file: Authored[R], found: Sequence[Thin]) -> list[Thin]:
    """Return the `fill in:` marks that no other finding speaks of. One that stands as a value would reach a reader."""
    told = {thin.line for thin in found}
    marks: list[Thin] = []
    for line, key, what in file.still_open:
        is_value = not file.text.splitlines()[line - 1].lstrip().startswith("#")
        if told & {line, line + 1} and not is_value:  # a mark stands on or above the line that it is about
            continue
        why = (
            "it stands in the file as if it were the answer, so it can reach a reader"
            if is_value
            else "nobody has said it yet"
        )
        marks.append(Thin(file=file.name, line=line, what=f"still open: {f'{key}: ' if key else ''}{what}", why=why,
                          write="the answer in its place, or take the line out", grave=is_value))  # fmt: skip
    return marks


@dataclass(frozen=True)
class Surroundings:
    """What a file is held against: the rest of the workspace, and the languages of a list."""

    personas: Sequence[Persona] = ()
    policies: Mapping[str, RolePolicy] = field(default_factory=dict)
    offer: Offer | None = None
    icp: Icp | None = None
    #: How many prospects of the list are written to in which language; empty without a list.
    languages: Mapping[str, int] = field(default_factory=dict)
    has_email: bool = False
    root: Path | None = None

    @property
    def pain_ids(self) -> set[str]:
        """The ids of all pains."""
        return {pain.id for persona in self.personas for pain in persona.pain_points}


def missing_languages(texts: Mapping[str, str] | None, around: Surroundings) -> str:
    """Return the languages of the list that a text is not in, with how many prospects wait for each: `de (3), fr (1)`."""
    lacking = [code for code in around.languages if texts is not None and not (texts.get(code) or "").strip()]
    return ", ".join(f"{code} ({around.languages[code]})" for code in lacking)
