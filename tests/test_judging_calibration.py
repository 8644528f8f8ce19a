"""Labels, a judge's answers and their agreement; what is on record decides what may fail, for one model and one wording."""

import asyncio

import pytest

from outreach.domain.calibrations import Calibration
from outreach.errors import FileError, ProviderError
from outreach.judging.agreement import agreement
from outreach.judging.calibration import allowed_to_fail, calibrate, expected, labels_of
from outreach.judging.calibration_file import read_calibrations, record_calibration
from tests.judge_samples import CRITERIA, INVENTED, claim, dumped, judge_answer, make_judge, message
from tests.llm_samples import FakeClient, completion

BY_ID = {one.id: one for one in CRITERIA}


@pytest.mark.parametrize(
    ("criterion", "labels", "label"),
    [
        ("invention", {"defects": ["fabricated_fact"]}, True),
        ("invention", {"defects": ["pushy"]}, False),
        ("invention", {"defects": [], "tolerated": ["fabricated_fact"]}, None),
        ("invention", {"defects": ["fabricated_number"]}, None),
        ("invention", {"defects": ["fabricated_number", "fabricated_fact"]}, True),
        ("relevance", {"defects": ["generic"]}, True),
        ("naturalness", {"defects": ["ai_cliche"]}, True),
        ("naturalness", {"defects": ["empty_opener"]}, True),
        ("naturalness", {"defects": ["jargon"]}, True),
        ("persona_fit", {"defects": ["formality_mismatch"]}, True),
        ("persona_fit", {"defects": ["generic"], "judge": {"persona_fit": True}}, True),
        ("relevance", {"defects": ["generic"], "judge": {"relevance": False}}, False),
        (
            "invention",
            {"defects": [], "tolerated": ["fabricated_fact"], "judge": {"invention": False}},
            False,
        ),
    ],
)
def test_what_labels_say_of_a_criterion(criterion, labels, label):
    assert expected(BY_ID[criterion], labels) is label


@pytest.mark.parametrize(
    "labels",
    [
        None,
        [],
        {},
        {"verdict": "pass"},
        {"defects": "generic"},
        {"defects": [1]},
        {"defects": [], "judge": {"relevance": "yes"}},
    ],
)
def test_what_are_no_labels_is_said(labels):
    with pytest.raises(FileError):
        labels_of(message(labels=labels))


def labelled(*labels):
    return [
        message(id=f"m{n}", labels=given, body=f"{message().body} {n}.") for n, given in enumerate(labels)
    ]


def test_agreement_void_answers_and_set_aside_are_counted_by_criterion():
    lies, fine = {"defects": ["fabricated_fact"]}, {"defects": []}
    records = labelled(lies, lies, fine, fine, lies, {"defects": [], "tolerated": ["fabricated_fact"]})
    yes, no, void = (
        dumped(judge_answer(claims)) for claims in ([claim(INVENTED)], [], [claim("not in there at all")])
    )
    judge = make_judge(FakeClient(yes, no, no, yes, void, no))
    figures = asyncio.run(calibrate(judge, records, 1))
    invention = figures["invention"]
    assert (invention.both_yes, invention.only_label, invention.both_no, invention.only_judge) == (1, 1, 1, 1)
    assert (invention.n, invention.void, invention.set_aside, invention.kappa) == (4, 1, 1, 0)
    assert figures["relevance"].kappa is None
    assert figures["relevance"].agreement == 1


def test_half_a_calibration_is_none():
    judge = make_judge(FakeClient(completion(dumped(judge_answer())), ProviderError("quota is used up")))
    with pytest.raises(ProviderError):
        asyncio.run(calibrate(judge, labelled({"defects": []}, {"defects": []}), 1))


GOOD = agreement([(True, True)] * 5 + [(False, False)] * 5)
EDGE = agreement([(True, True)] * 4 + [(False, True), (True, False)] + [(False, False)] * 4)
POOR = agreement([(True, True)] * 3 + [(False, True), (True, False)] * 2 + [(False, False)] * 3)
UNDEFINED = agreement([(False, False)] * 50)


@pytest.mark.parametrize(
    ("figures", "allowed"),
    [
        (None, ()),
        ({"invention": GOOD}, ("invention",)),
        ({"invention": EDGE}, ("invention",)),
        ({"invention": POOR}, ()),
        ({"invention": UNDEFINED}, ()),
        ({"relevance": GOOD, "naturalness": GOOD, "persona_fit": GOOD}, ()),
    ],
)
def test_only_claims_and_only_from_six_tenths(figures, allowed):
    assert allowed_to_fail(CRITERIA, figures) == allowed


def calibration(**changes):
    values = {
        "model": "fake:judge", "base_url": "", "prompt_hash": "h", "at": "2026-11-20T00:00:00+00:00", "source": "l.jsonl",
        "records": 10, "criteria": {"invention": GOOD},
    }  # fmt: skip
    return Calibration(**values | changes)


def test_the_record_holds_for_one_model_address_and_wording_and_the_newest_counts(tmp_path):
    assert read_calibrations(tmp_path).calibrations == ()
    record_calibration(tmp_path, calibration())
    record_calibration(tmp_path, calibration(model="fake:other"))
    record_calibration(tmp_path, calibration(criteria={"invention": POOR}))
    found = read_calibrations(tmp_path)
    assert len(found.calibrations) == 2
    assert found.find("fake:judge", "", "h").criteria["invention"] == POOR
    assert found.find("fake:judge", "", "other") is None
    assert found.find("fake:judge", "http://127.0.0.1/v1", "h") is None
    path = tmp_path / ".outreach" / "calibrations.json"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{", '{"version": 1, "calibrations": [{"model": "x"}]}', "[]"])
def test_a_damaged_record_is_never_believed(tmp_path, text):
    (tmp_path / ".outreach").mkdir()
    (tmp_path / ".outreach" / "calibrations.json").write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match="cannot be read"):
        read_calibrations(tmp_path)
