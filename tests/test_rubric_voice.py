"""The checks of the sender's own voice: silent without one, and holding drafts only against what enough samples prove."""

import pytest

from outreach.domain.judgement import MessageRecord
from outreach.drafting.context import judging_context
from outreach.rubric.judge import judge_message
from outreach.rubric.registry import all_checks
from outreach.rubric.rubrics import builtin_rubric
from outreach.text.rows import row_marks
from tests.plans import make_plan
from tests.voice_samples import SHORT, long_voice, short_voice, voice_of

CHECKS = {
    "voice.sentence_length": "warn",
    "voice.greeting": "warn",
    "voice.contractions": "warn",
    "voice.dont": "error",
    "voice.copy": "error",
}


def found(body, voice, *, language="en", channel="linkedin_message", **context):
    record = {
        "id": "m", "channel": channel, "language": language, "body": body,
        "subject": "the filler" if channel == "email" else None,
        "context": {
            "prospect": {"first_name": "Nadia", "last_name": "Okafor", "company": "Brackwater Dairy"},
            "pain_points": ["bottles rejected at the filler"],
            "facts": ["Brackwater Dairy opened a second bottling line in Truro in March"],
            "sender": {"name": "Tom Elder", "company": "Fillwatch", "proof_points": ["A creamery in Devon cut rejected bottles by 18% and it is still counting them"]},
            "preferences": {"language": language}, "voice": voice, **context,
        },
    }  # fmt: skip
    verdict = judge_message(MessageRecord.model_validate(record), builtin_rubric())
    return {finding.check: finding for finding in verdict.findings if finding.check in CHECKS}, verdict


def test_each_check_has_its_severity_and_no_label():
    specs = {name: spec for name, spec in all_checks().items() if name.startswith("voice.")}
    assert {name: spec.severity for name, spec in specs.items()} == CHECKS
    assert {spec.defect for spec in specs.values()} == {None}


def test_without_a_voice_they_are_silent_and_none_is_said_not_to_have_run():
    body = "Hello Nadia, it's just a note to touch base. It is fine. " + "word " * 60
    assert found(body, None)[0] == {}
    bare = MessageRecord(id="m", channel="email", language="es", body=body)
    assert not [name for name in judge_message(bare, builtin_rubric()).not_run if name in CHECKS]


@pytest.mark.parametrize(
    ("body", "flagged"),
    [
        ("Hi Nadia, a second line. Who watches it? Is it you? Or who?", True),
        ("Hi Nadia, with the second line in Truro running since March, somebody has to watch the filler. Who on your side sees a rejected bottle first, the shift or the lab?", False),
        ("Hi Nadia, who sees it?", False),
        ("Hi Nadia, when the second line in Truro runs, who sees a rejected bottle first?", False),
    ],
)  # fmt: skip
def test_short_sentences_of_somebody_who_writes_long_ones(body, flagged):
    voice = {"sentence_words": 16.0, "sentence_words_most": 25.0}
    assert ("voice.sentence_length" in found(body, voice)[0]) is flagged


def test_a_long_sentence_is_measured_against_what_the_sender_does_at_most():
    body = "Hi Nadia, when the second line in Truro runs and the milk comes in early, who on your side is it that sees a rejected bottle first?"
    assert "voice.sentence_length" in found(body, {"sentence_words": 9.0, "sentence_words_most": 12.0})[0]
    assert "voice.sentence_length" not in found(body, {"sentence_words": 9.0, "sentence_words_most": 30.0})[0]


def test_the_hint_names_the_sender_s_greeting_with_this_reader_s_name():
    finding = found("Hello Nadia, who sees it first?", {"greeting": "Hey {name},"})[0]["voice.greeting"]
    assert finding.hint == "greet with: Hey Nadia,"
    assert finding.quote == "Hello Nadia"


@pytest.mark.parametrize(
    ("body", "channel", "flagged"),
    [
        ("Nadia, who sees it first?", "linkedin_message", True),
        ("Who sees a rejected bottle first?", "linkedin_message", False),
        ("Who sees a rejected bottle first?", "email", True),
        ("Dear Ms Okafor, who sees it first?", "email", False),
        ("Hey Nadia\n\nwho sees it first?", "email", False),
    ],
)
def test_a_chat_may_go_without_a_greeting_and_an_honorific_is_its_own(body, channel, flagged):
    assert ("voice.greeting" in found(body, {"greeting": "Hey {name},"}, channel=channel)[0]) is flagged


def test_contractions_in_locked_words_are_nobody_s_choice():
    body = "Hi Nadia, a creamery in Devon cut rejected bottles by 18% and it is still counting them. Worth a look?"
    assert "voice.contractions" not in found(body, {"contractions": True})[0]
    assert "voice.contractions" in found(body + " It is short.", {"contractions": True})[0]
    assert (
        "voice.contractions" not in found(body + " It's short, and that is that.", {"contractions": True})[0]
    )
    assert "voice.contractions" in found("Hi Nadia, it's short. Worth a look?", {"contractions": False})[0]


def test_a_forbidden_phrase_is_an_error_unless_the_offer_says_it():
    voice = {"dont": ["cut rejected bottles", "touching base"]}
    findings, verdict = found(
        "Hi Nadia, just touching base: a creamery in Devon cut rejected bottles by 18%.", voice
    )
    assert findings["voice.dont"].quote == "touching base"
    assert verdict.verdict == "fail"
    assert "voice.dont" in found("Hi Nadia, you cut rejected bottles, did you not?", voice)[0]


def test_seven_words_in_a_row_are_chance_and_eight_are_a_copy():
    rows = row_marks(["I wonder who on your side looks at the belt these days."], "en")
    eight = "Hi Nadia, I wonder who on your side looks at bottles?"
    seven = "Hi Nadia, I wonder who on your side looks for bottles?"
    assert found(eight, {"sample_rows": rows})[0]["voice.copy"].quote == "I wonder who on your side looks at"
    assert "voice.copy" not in found(seven, {"sample_rows": rows})[0]
    short = row_marks(["It is late. I do not ask why. You know it best."], "en")
    over = "Hi Nadia, it is late. I do not ask why. You know it best, I guess."
    assert found(over, {"sample_rows": short})[0]["voice.copy"].quote.startswith("it is late. I do not")
    assert "voice.copy" not in found("Hi Nadia, it is late. I do not ask why.", {"sample_rows": short})[0]
    locked = row_marks(
        ["A creamery in Devon cut rejected bottles by 18% and it is still counting them"], "en"
    )
    body = "Hi Nadia, a creamery in Devon cut rejected bottles by 18% and it is still counting them."
    assert "voice.copy" not in found(body, {"sample_rows": locked})[0]


def test_a_context_holds_what_is_proven_and_no_sample():
    voice = judging_context(
        make_plan().model_copy(update={"voice": short_voice(dont=('say "touch base"',))})
    ).voice
    assert (voice.sentence_words, voice.greeting, voice.contractions) == (5.0, "Hey {name},", True)
    assert voice.dont == ("touch base",)
    assert len(voice.sample_rows) % 8 == 0
    assert len(voice.sample_rows) > 50
    few = judging_context(make_plan().model_copy(update={"voice": voice_of(*SHORT["en"][:2])})).voice
    assert (few.sentence_words, few.greeting, few.contractions) == (None, None, None)
    assert few.sample_rows, "a copy of a single sample is a copy"
    other = judging_context(make_plan(language="es").model_copy(update={"voice": long_voice()})).voice
    assert (other.sentence_words, other.sample_rows) == (None, "")
    assert judging_context(make_plan()).voice is None
