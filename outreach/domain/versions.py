"""What became of a draft over time: where a version comes from, and what it was picked from."""

from typing import Literal

from pydantic import Field

from outreach.domain.judgement import Finding
from outreach.domain.lines import DraftedMessage
from outreach.domain.opinions import JudgeReport
from outreach.domain.record import Record

#: `kept`: a text that a person had redrafted, judged again because what it was made from changed. `refused`: never current.
How = Literal["generated", "redrafted", "brought_back", "kept", "refused"]


class Origin(Record):
    """Where a version of a draft comes from."""

    how: How
    by: str = Field("", description="who wrote what is new in it: `offline` or `provider:model`")
    instruction: str = Field("", description="what a person asked for, in their words")
    steps: tuple[int, ...] = Field((), description="the steps that were redrafted")
    repairs: int = Field(0, description="calls after the first that it took")
    from_version: int | None = Field(None, description="the version that was brought back")
    reason: str = Field("", description="why a redraft was refused")

    @property
    def by_hand(self) -> bool:
        """Whether a person asked for this text: `generate` does not replace it."""
        return self.how in {"redrafted", "brought_back", "kept"}


class Candidate(Record):
    """One of several drafts of a plan, and why it was picked or not."""

    number: int = Field(description="from 1, in the order asked for")
    picked: bool
    reason: str
    verdict: Literal["pass", "fail"] | None = Field(None, description="null: no draft came of it")
    score: int | None = None
    findings: tuple[Finding, ...] = Field((), description="findings on the sequence as a whole")
    messages: tuple[DraftedMessage, ...] = ()
    judge: JudgeReport | None = None


class Candidates(Record):
    """All drafts of a plan that one was picked from."""

    candidates: tuple[Candidate, ...]
