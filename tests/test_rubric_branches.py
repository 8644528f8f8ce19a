"""A sequence with branches is judged as what each reader receives: once for who accepts, once for who does not."""

import pytest

from outreach.domain.judgement import SequenceContext, SequenceRecord, StepRecord
from outreach.judging.judge import messages_of
from outreach.rubric.judge import judge_sequence
from outreach.rubric.rubrics import builtin_rubric

NOTE = "Hi Ana, six SDR openings in Bogotá at once is a lot of ramp. Glad to connect."
OPEN = (
    "Hi Ana, when a team doubles, lists tend to double too, and replies per rep often drop before anybody looks at why. "
    "Do you track reply rates by cohort, or only in total at Cargolia?"
)
CLOSE = "I'll leave it here, Ana. If ramp becomes a topic at Cargolia once the six have started, a word is enough."
CONTEXT = SequenceContext.model_validate({
    "prospect": {"first_name": "Ana", "company": "Cargolia", "role": "VP Sales"},
    "facts": ["Cargolia has six SDR openings in Bogotá"],
    "pain_points": ["replies per rep drop when lists double", "ramp takes long when a team doubles"],
    "sender": {"name": "Nora Vance", "company": "Quill", "offer": "trains new reps"},
})  # fmt: skip


def step(
    number: int, after: str, body: str, channel: str = "linkedin_message", **fields: object
) -> StepRecord:
    return StepRecord.model_validate({"step": number, "channel": channel, "day": 3 * number, "after": after, "body": body} | fields)  # fmt: skip


def record(*steps: StepRecord, language: str = "en") -> SequenceRecord:
    return SequenceRecord(id="s", language=language, context=CONTEXT, steps=steps)


def judged(*steps: StepRecord, language: str = "en"):
    return judge_sequence(record(*steps, language=language), builtin_rubric())


def branched(other: str, *, after: str = "not_accepted"):
    return judged(
        step(1, "start", NOTE, "connection_request"), step(2, "accepted", OPEN), step(3, "accepted", CLOSE),
        step(4, after, other, "email", subject="six openings"), step(5, after, CLOSE, "email", subject="six openings", existing_thread=True),
    )  # fmt: skip


def test_both_branches_may_say_the_same() -> None:
    verdict = branched(OPEN)
    assert {"seq_repeated_step", "seq_same_opening", "seq_no_progression"} & set(verdict.defects) == set()
    assert not any("repeated_step" in one.defects for one in verdict.steps)
    # One reader who got all five would have read two messages twice.
    assert "seq_repeated_step" in branched(OPEN, after="start").defects


def test_within_a_branch_nothing_may_come_twice() -> None:
    verdict = branched(NOTE)
    assert "repeated_step" in verdict.steps[3].defects
    assert "seq_repeated_step" in verdict.defects
    assert sum(finding.defect == "seq_repeated_step" for finding in verdict.findings) == 1


def test_a_step_for_everybody_is_held_against_both_branches() -> None:
    head = (step(1, "start", NOTE, "connection_request"), step(2, "accepted", CLOSE),
            step(3, "not_accepted", OPEN, "email", subject="six openings"))  # fmt: skip
    for body in (CLOSE, OPEN):
        verdict = judged(*head, step(4, "start", body, "email", subject="ramp"))
        assert "repeated_step" in verdict.steps[3].defects
        assert "seq_repeated_step" in verdict.defects


@pytest.mark.parametrize(
    ("language", "thanks"),
    [
        ("en", "Thanks for connecting, Ana."),
        ("es", "Gracias por aceptar mi invitación, Ana."),
        ("pt", "Obrigada por aceitar o convite, Ana."),
        ("de", "Danke fürs Vernetzen, Ana."),
        ("fr", "Merci d'avoir accepté mon invitation, Ana."),
    ],
)
def test_who_did_not_accept_is_not_thanked_for_it(language: str, thanks: str) -> None:
    def with_thanks(after: str):
        return judged(step(1, "start", NOTE, "connection_request"), step(2, after, f"{thanks} {OPEN}", "email", subject="six openings"),
                      step(3, "not_accepted", CLOSE, "email", subject="ramp"), language=language)  # fmt: skip

    wrong = [f for f in with_thanks("not_accepted").findings if f.check == "Q7"]
    assert len(wrong) == 1
    assert wrong[0].severity == "error"
    assert "thanks for accepting" in wrong[0].message
    assert not [f for f in with_thanks("accepted").findings if f.check == "Q7"]


def test_the_model_that_judges_sees_only_what_the_reader_saw() -> None:
    seen = messages_of(record(
        step(1, "start", NOTE, "connection_request"), step(2, "accepted", OPEN),
        step(3, "not_accepted", CLOSE, "email"), step(4, "start", "x", "email"),
    ))  # fmt: skip
    assert [one.context.previous_messages for one in seen] == [(), (NOTE,), (NOTE,), (NOTE, OPEN, CLOSE)]
