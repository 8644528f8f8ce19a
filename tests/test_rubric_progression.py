"""What counts as the same proof in every step: a claim that is told, not the words of a subject."""

import pytest

from outreach.domain.judgement import SequenceContext, SequenceRecord, StepRecord
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import builtin_rubric

CONTEXT = SequenceContext.model_validate({
    "prospect": {"first_name": "Luz", "company": "Altoverde", "role": "Executive Assistant"},
    "sender": {"name": "Camila", "company": "Guia", "offer": "collecting payments for deliveries",
               "proof_points": ["A hardware wholesaler sees payments and deliveries each day at 7, instead of 11."]},
})  # fmt: skip

BODIES = (
    "Hi Luz, who at Altoverde looks after payments and deliveries?{figure}",
    "Luz, one line is enough: may I send a summary on payments and deliveries to whoever it belongs with at Altoverde?{figure}",
    "I'll leave it here, Luz. If somebody at Altoverde looks after payments and deliveries, a hint will do.{figure}",
)


@pytest.mark.parametrize(
    ("figure", "same"), [("", False), (" A wholesaler sees them at 7, instead of 11.", True)]
)
def test_a_claim_with_figures_is_told_with_one_of_them(figure: str, same: bool) -> None:
    steps = tuple(
        StepRecord(step=number, channel="linkedin_message", day=4 * number, body=body.format(figure=figure))
        for number, body in enumerate(BODIES, 1)
    )
    verdict = judge_sequence(SequenceRecord(id="s", context=CONTEXT, steps=steps), builtin_rubric())
    found = [finding.message for finding in verdict.findings if finding.check == "Q3"]
    assert ("every step rests on the same proof" in found) == same
