"""What a fact says, whose a figure is, feelings, how something was found, and what the offer forbids: in five languages."""

import tomllib
from pathlib import Path

import pytest

from outreach.domain.judgement import MessageRecord
from outreach.rubric.judge import judge_message
from outreach.rubric.relations import kinds_of, may_be_told_as
from outreach.rubric.rubrics import builtin_rubric

FRAMES = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "rubric" / "ownership.toml").read_text(encoding="utf-8")
)
CHECKS = ("G7", "G8", "P5", "P4")
GREETINGS = {"en": "Hi", "es": "Hola", "pt": "Olá", "de": "Hallo", "fr": "Bonjour"}


def findings(language, text, subject="Truro", **policy):
    frame = FRAMES[language]
    body = f"{GREETINGS[language]} {frame['first_name']},\n\n{text}"
    record = MessageRecord.model_validate({
        "id": "case", "channel": "email", "language": language, "subject": subject, "body": body,
        "context": {
            "prospect": {"first_name": frame["first_name"], "company": frame["company"]}, "facts": frame["facts"],
            "sender": {"name": "Tom Elder", "company": "Fillwatch", "offer": "Fillwatch", "proof_points": frame["claims"]},
            "preferences": {"language": language}, "policy": policy,
        },
    })  # fmt: skip
    return judge_message(record, builtin_rubric()).findings


def cases(kind):
    return [
        pytest.param(language, check, text, id=f"{language}-{check}-{number}")
        for language, frame in FRAMES.items() for check in CHECKS for number, text in enumerate(frame[check][kind])
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "check", "text"), cases("bad"))
def test_a_fault_is_an_error(language, check, text):
    found = findings(language, text)
    # A figure told of the reader, or another event, may be found by the older checks first.
    same = {"G7": {"G7", "G6"}, "G8": {"G8", "G5", "G3"}}.get(check, {check})
    assert same & {finding.check for finding in found if finding.severity == "error"}, found


@pytest.mark.parametrize(("language", "check", "text"), cases("good"))
def test_what_is_near_it_passes(language, check, text):
    assert check not in {finding.check for finding in findings(language, text)}


def test_every_language_has_every_kind_of_event():
    from outreach.rubric.relations import _raw

    kinds = set(_raw()["en"])
    for language in ("es", "pt", "de", "fr"):
        assert set(_raw()[language]) == kinds, language


def test_events_that_may_be_told_as_each_other():
    assert kinds_of(["they", "raised", "money"], "en") == {"raised"}
    assert not may_be_told_as(frozenset({"raised"}), frozenset({"launched"}))
    assert not may_be_told_as(frozenset({"seek"}), frozenset({"hired"}))
    assert may_be_told_as(frozenset({"opened"}), frozenset({"launched"}))


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("en", "best in class", "It is a best-in-class camera."),
        ("en", "10x", "Bottles move 10x faster."),
        ("en", "guaranteed", "GUARANTEED by Friday."),
        ("es", "sin riesgo", "El cambio es sin riesgos."),
        ("pt", "líder de mercado", "Somos lider de mercado nisso."),
        ("de", "garantiert", "Ein garantierter Erfolg."),
        ("fr", "garanti", "Des résultats garantis."),
    ],
)
def test_what_the_offer_forbids_is_never_said(language, phrase, text):
    found = [one for one in findings(language, text, never_say=[phrase]) if one.check == "N1"]
    assert [one.severity for one in found] == ["error"]
    assert found[0].quote in text
    assert not [one for one in findings(language, text) if one.check == "N1"]


def test_the_subject_is_held_to_it_too_and_other_words_are_free():
    assert "N1" in {
        one.check for one in findings("en", "Hello.", subject="Guaranteed", never_say=["guaranteed"])
    }
    assert "N1" not in {one.check for one in findings("es", "Pide una garantía.", never_say=["garanti"])}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Shall I send you the plan? Could you also introduce me to whoever runs the filler?"),
        ("en", "May I share the plan? And can we book a call of 20 minutes on Tuesday?"),
        ("es", "¿Te envío el plan? ¿Podemos agendar una llamada de 20 minutos el martes?"),
        ("pt", "Posso enviar o plano? Podemos marcar uma reunião de 20 minutos na terça?"),
        ("de", "Soll ich dir den Plan schicken? Können wir am Dienstag 20 Minuten telefonieren?"),
        ("fr", "Je t'envoie le plan ? Pouvons-nous fixer un appel de 20 minutes mardi ?"),
    ],
)
def test_an_offer_and_another_ask_are_two_asks(language, text):
    assert "C2" in {one.check for one in findings(language, text) if one.severity == "error"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Who sees a rejected bottle first? Shall I send you the plan?"),
        ("en", "Shall I send you the plan, or would a call be easier?"),
        ("es", "¿Quién ve primero una botella? ¿Te envío el plan?"),
        ("de", "Wer sieht es zuerst? Soll ich dir den Plan schicken?"),
    ],
)
def test_a_question_about_the_situation_and_an_offer_are_one_ask(language, text):
    assert "C2" not in {one.check for one in findings(language, text)}
