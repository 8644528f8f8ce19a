"""The criteria files of a library in; what an LLM judge is asked, as records, out."""

from typing import Literal

from pydantic import Field

from outreach.domain.record import Record
from outreach.domain.vocabulary import Dimension
from outreach.workspace.library import Library

SHELF = "criteria"


class Criterion(Record):
    """One question to the judge; a YAML file under `templates/criteria/`."""

    id: str = Field(pattern="^[a-z][a-z0-9_]*$", max_length=40)
    kind: Literal["claims", "question"] = Field(
        "question", description="claims: every claim with what it rests on; question: yes or no with a span"
    )
    question: str = Field(min_length=1, max_length=400, description="yes means that the fault is there")
    yes_if: str = Field(min_length=1, max_length=800)
    no_if: str = Field(min_length=1, max_length=800)
    dimension: Dimension
    defect: str | None = Field(None, description="id of the defect list that a finding carries")
    message: str = Field(min_length=1, max_length=200, description="what a finding says is wrong")
    hint: str = Field(min_length=1, max_length=300, description="what to do about it; also said to a repair")
    needs_context: bool = Field(default=True, description="not asked of a bare text")
    labels: tuple[str, ...] = Field((), description="defect ids that stand for a yes in a labelled set")
    set_aside: tuple[str, ...] = Field((), description="defect ids beside which both answers are right")

    @property
    def check(self) -> str:
        """The id under which its findings are shown."""
        return f"judge.{self.id}"


def load_criteria(library: Library) -> tuple[Criterion, ...]:
    """Return every criterion, sorted by id. Raises FileErrors on the first bad file."""
    return tuple(library.read(SHELF, name, Criterion) for name in library.names(SHELF))
