"""A sequence with the readings and verdicts of its steps in; what sequence checks share out."""

from dataclasses import dataclass
from functools import cached_property

from outreach.domain.judgement import SequenceRecord, Verdict
from outreach.rubric.rubrics import Rubric
from outreach.rubric.units import used_units
from outreach.rubric.view import View


@dataclass
class SequenceView:
    """The steps of a sequence, each read and judged."""

    record: SequenceRecord
    views: list[View]
    verdicts: list[Verdict]
    rubric: Rubric

    @property
    def language(self) -> str:
        """The language asked for."""
        return self.views[0].language

    def defects(self, at: int) -> tuple[str, ...]:
        """Return the message defects of a step, errors and warnings."""
        return self.verdicts[at].defects

    def step(self, at: int) -> int:
        """Return the number of a step as the record has it."""
        return self.record.steps[at].step

    @cached_property
    def units(self) -> list[frozenset[str]]:
        """What each step draws on: facts, pains and claims by reference."""
        return [used_units(view) for view in self.views]
