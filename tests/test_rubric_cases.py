"""Every check on sentences of our own, in each language it covers: what it must flag, and the near-misses it must let pass."""

import tomllib
from pathlib import Path

import pytest

from outreach.domain.judgement import MessageRecord
from outreach.rubric.judge import judge_message
from outreach.rubric.registry import all_checks
from outreach.rubric.rubrics import builtin_rubric

FOLDER = Path(__file__).parent / "fixtures" / "rubric"
PACKS = {
    path.stem.removeprefix("cases_"): tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("cases_*.toml"))
}


def message(frame, section, text):
    """Put a sentence into a clean message as its section asks."""
    formal = bool(section.get("formal"))
    greeting = frame["greeting_formal" if formal else "greeting"]
    follow_up = bool(section.get("follow_up"))
    channel = "email"
    clean = frame["clean_no_ask"] if section.get("no_ask") else frame["clean"]
    if section.get("note"):
        channel, body = "connection_request", f"{greeting} {text} {frame['closing']}"
    elif section.get("raw"):
        body = text
    elif section.get("only") or section.get("alone"):
        body = f"{greeting}\n\n{text}\n\n{frame['closing']}"
    else:
        clean = frame["clean_formal"] if formal and "clean_formal" in frame else clean
        body = f"{greeting}\n\n{text}\n\n{clean}\n\n{frame['closing']}"
    return MessageRecord.model_validate({
        "id": "case", "channel": channel, "step": 2 if follow_up else 1, "language": frame["language"],
        "context": {
            "prospect": frame["prospect"], "pain_points": frame["pain_points"], "facts": frame["facts"], "sender": frame["sender"],
            "preferences": {"formality": "formal" if formal else section.get("formality", "casual"), "style": "brief", "language": frame["language"]},
            "policy": {"connection_note_limit": 300, "require_opt_out": bool(section.get("opt_out"))},
            "previous_messages": frame["earlier"] if follow_up else [], "existing_thread": False,
        },
        "subject": None if channel == "connection_request" else frame["subject"], "body": body,
    })  # fmt: skip


def cases(kind):
    return [
        pytest.param(language, name, text, id=f"{language}-{name}-{number}")
        for language, pack in PACKS.items() for name, section in pack.items() if name != "context"
        for number, text in enumerate(section.get(kind, []))
    ]  # fmt: skip


def judged(language, name, text):
    section = PACKS[language][name]
    return section.get("check", name), judge_message(
        message(PACKS[language]["context"], section, text), builtin_rubric()
    )


@pytest.mark.parametrize(("language", "name", "text"), cases("bad"))
def test_a_fault_is_flagged(language, name, text):
    check, verdict = judged(language, name, text)
    wanted = all_checks()[check].defect
    assert verdict.verdict == "fail"
    assert (
        check in {finding.check for finding in verdict.findings if finding.severity == "error"}
        or wanted in verdict.defects
    )


@pytest.mark.parametrize(("language", "name", "text"), cases("good"))
def test_a_near_miss_passes(language, name, text):
    _, verdict = judged(language, name, text)
    assert [
        (finding.check, finding.quote or finding.message)
        for finding in verdict.findings
        if finding.severity != "info"
    ] == []
