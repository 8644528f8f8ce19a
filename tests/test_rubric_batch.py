"""Sameness across a batch: names and facts masked, most messages of a step being one text is a warning, and nothing else is."""

import json

from typer.testing import CliRunner

from outreach.cli.app import app
from outreach.domain.judgement import SequenceContext
from outreach.rubric.checks_batch import Batch, skeleton
from outreach.rubric.rubrics import builtin_rubric

PEOPLE = [
    ("Ana", "Harbour Light Bakery", "Harbour Light Bakery opened a second oven line in Leith", "oven line"),
    ("Bo", "Mossgate Nurseries", "Mossgate Nurseries planted 40 hectares of hedging this spring", "hedging"),
    ("Cleo", "Fernway Coaches", "Fernway Coaches runs 60 coaches out of Hexham", "coaches"),
    ("Dan", "Pellmore Castings", "Pellmore Castings poured its first ductile iron in May", "ductile iron"),
    ("Eve", "Quillfield Press", "Quillfield Press prints 90 titles a year in Ludlow", "titles"),
    ("Finn", "Stourbank Textiles", "Stourbank Textiles weaves linen on 22 looms", "looms"),
]  # fmt: skip
OWN = [
    "a second oven line in Leith doubles what the first shift has to watch. Who looks after the bake plans?",
    "40 hectares of hedging is a spring that nobody forgets. How do you plan the lifting crews for autumn?",
    "sixty coaches out of one yard: I'd guess the morning wash decides the day. Is that so in Hexham?",
    "the first ductile iron in May, and now the scrap bin tells the truth. Shall I send our chart of causes?",
    "ninety titles mean ninety proofs. Would a page on how a printer in Malvern halved late ones be of use?",
    "twenty-two looms and one linen. Which of them stops first when the yarn runs dry?",
]


def context(name, company, fact):
    return SequenceContext.model_validate(
        {"prospect": {"first_name": name, "company": company, "role": "Owner"}, "facts": [fact]}
    )


def batch_of(texts):
    batch = Batch(builtin_rubric())
    for (name, company, fact, _), text in zip(PEOPLE, texts, strict=True):
        batch.add(name, 1, text, "en", context(name, company, fact))
    return batch


def one_text():
    return [
        f"Hi {name}, I saw the news on {thing} at {company} and wondered who plans the shifts there. Shall I send a page on it?"
        for name, company, _, thing in PEOPLE
    ]


def test_one_text_with_names_exchanged_is_a_warning():
    (note,) = batch_of(one_text()).notes()
    assert "6 of 6" in note.message
    assert note.hint


def test_texts_of_their_own_are_none():
    assert batch_of([f"Hi {p[0]}, {text}" for p, text in zip(PEOPLE, OWN, strict=True)]).notes() == []


def test_a_handful_is_too_few_to_speak_of():
    batch = Batch(builtin_rubric())
    for (name, company, fact, _), text in zip(PEOPLE[:4], one_text()[:4], strict=True):
        batch.add(name, 1, text, "en", context(name, company, fact))
    assert batch.notes() == []


def test_the_skeleton_holds_no_name_fact_or_figure():
    text = "Hi Cleo, 60 coaches out of Hexham is a lot for Fernway Coaches."
    assert (
        skeleton(text, "en", context("Cleo", "Fernway Coaches", PEOPLE[2][2]))
        == "hi _ out of _ is a lot for _"
    )


def test_validate_says_it_once_after_the_verdicts(tmp_path):
    lines = [
        {"id": name, "channel": "linkedin_message", "language": "en", "body": text,
         "context": context(name, company, fact).model_dump(mode="json")}
        for (name, company, fact, _), text in zip(PEOPLE, one_text(), strict=True)
    ]  # fmt: skip
    file = tmp_path / "batch.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["validate", str(file), "--json"])
    assert len(result.stdout.splitlines()) == 6
    assert result.stderr.count("warn Q10: step 1: 6 of 6 messages are one text") == 1
