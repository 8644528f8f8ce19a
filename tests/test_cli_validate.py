"""What `validate` shows a person of a verdict."""

import json

from typer.testing import CliRunner

from outreach.cli.app import app

CONTEXT = {
    "prospect": {"first_name": "Ana", "company": "Harbour Light Bakery"},
    "facts": ["Harbour Light Bakery opened a second oven line in Leith"],
}


def test_what_could_not_be_held_against_facts_is_said(tmp_path):
    for language, context, said in (("xx", CONTEXT, True), ("en", None, True), ("en", CONTEXT, False)):
        record = {"id": "m", "channel": "linkedin_message", "step": 1, "language": language, "body": "Hi Ana, who counts?"}  # fmt: skip
        if context:
            record["context"] = context
        file = tmp_path / "messages.jsonl"
        file.write_text(json.dumps(record), encoding="utf-8")
        shown = CliRunner().invoke(app, ["validate", str(file)]).output
        assert ("  - not run: " in shown) is said
