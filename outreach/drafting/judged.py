"""A plan and its draft in; the draft as verified, with its verdict: by the rubric, by its basis, and by an examiner if there is one."""

from typing import Protocol

from outreach.domain.drafts import Draft
from outreach.domain.judgement import SequenceRecord, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.drafting.basis import with_basis
from outreach.drafting.context import judging_record
from outreach.drafting.honorifics import with_honorifics
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import Rubric


class Examiner(Protocol):
    """Whoever judges beside the rules: it may add findings to a verdict, and takes none away."""

    @property
    def key(self) -> str:
        """The hash of what makes its findings, beside the draft."""
        ...

    async def sequence(self, record: SequenceRecord, verdict: SequenceVerdict) -> SequenceVerdict:
        """Return the verdict with its findings added. No fault of its own is raised."""
        ...


async def judge_draft(
    draft: Draft, plan: Plan, rubric: Rubric, examiner: Examiner | None = None
) -> SequenceVerdict:
    """Judge a draft.

    The examiner is asked only about drafts that pass the rules: what fails them is mended first, or never sent.
    """
    verdict = judge_by_rules(draft, plan, rubric)
    if examiner is None or verdict.verdict == "fail":
        return verdict
    return await examiner.sequence(judging_record(plan, draft), verdict)


def judge_by_rules(draft: Draft, plan: Plan, rubric: Rubric) -> SequenceVerdict:
    """Judge a draft by the rubric, by what its sentences rest on, and by the honorifics that the list gives."""
    record = judging_record(plan, draft)
    return with_honorifics(with_basis(judge_sequence(record, rubric), draft), record)
