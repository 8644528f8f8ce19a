"""A plan and its draft in; the draft as verified, with its verdict: by the rubric, by its basis, and by an examiner if there is one."""

from typing import Protocol

from outreach.domain.drafts import Draft
from outreach.domain.judgement import SequenceRecord, SequenceVerdict
from outreach.domain.plans import Plan
from outreach.drafting.basis import with_basis
from outreach.drafting.context import judging_record
from outreach.drafting.honorifics import with_honorifics
from outreach.rubric.account_judge import account_findings, with_account
from outreach.rubric.account_view import NOBODY, Colleagues, Told, rests_on_fact
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
    draft: Draft,
    plan: Plan,
    rubric: Rubric,
    examiner: Examiner | None = None,
    colleagues: Colleagues = NOBODY,
) -> SequenceVerdict:
    """Judge a draft, also beside what colleagues of the reader get.

    The examiner is asked only about drafts that pass the rules: what fails them is mended first, or never sent.
    """
    verdict = judge_by_rules(draft, plan, rubric, colleagues)
    if examiner is None or verdict.verdict == "fail":
        return verdict
    return await examiner.sequence(judging_record(plan, draft), verdict)


def judge_by_rules(
    draft: Draft, plan: Plan, rubric: Rubric, colleagues: Colleagues = NOBODY
) -> SequenceVerdict:
    """Judge a draft by the rubric, by what its sentences rest on, by the honorifics that the list gives, and beside colleagues."""
    record = judging_record(plan, draft)
    verdict = with_honorifics(with_basis(judge_sequence(record, rubric), draft), record)
    if not colleagues:
        return verdict
    told = Told(record, rubric, tells_fact=rests_on_fact(one.rests_on for one in draft.messages[0].basis))
    return with_account(verdict, account_findings(told, colleagues, rubric), rubric.cap)
