"""docs/schemas: the JSON Schema of every line users script against, generated from the records and never out of date."""

import json
from pathlib import Path

import pytest

from outreach.authoring.suggest import TitleGroup
from outreach.authoring.thin import Thin
from outreach.domain.calibrations import CalibrationReport, PairsReport
from outreach.domain.judgement import MessageRecord, SequenceRecord, SequenceVerdict, Verdict
from outreach.domain.lines import GenerateLine, GenerateSummary, JudgedSummary, QualifyLine
from outreach.domain.opinions import JudgedSequenceVerdict, JudgedVerdict
from outreach.domain.record import Record
from outreach.domain.replies import ReplyLine

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"
RECORDS: dict[str, type[Record]] = {
    "generate-line": GenerateLine,
    "generate-summary": GenerateSummary,
    "qualify-line": QualifyLine,
    "reply-line": ReplyLine,
    "validate-line": Verdict,
    "validate-sequence-line": SequenceVerdict,
    "message-record": MessageRecord,
    "sequence-record": SequenceRecord,
    "judged-line": JudgedVerdict,
    "judged-sequence-line": JudgedSequenceVerdict,
    "judged-summary": JudgedSummary,
    "calibration": CalibrationReport,
    "pairs": PairsReport,
    "thin": Thin,
    "title-group": TitleGroup,
}


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_on_disk_is_the_record_s(name: str, request: pytest.FixtureRequest) -> None:
    schema = RECORDS[name].model_json_schema(mode="serialization") | {
        "$schema": "https://json-schema.org/draft/2020-12/schema"
    }
    text = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    path = SCHEMAS / f"{name}.schema.json"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "run make golden and read the diff"


def test_a_drafted_line_is_what_its_schema_says() -> None:
    import jsonschema

    from tests.lines import drafted_line

    schema = json.loads((SCHEMAS / "generate-line.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(drafted_line().model_dump_json()), schema)
