"""What `validate` shows a person of a verdict."""

import json

from typer.testing import CliRunner

from outreach.cli.app import app


def test_a_language_without_word_lists_is_said(tmp_path):
    for language, said in (("xx", True), ("en", False)):
        file = tmp_path / f"{language}.jsonl"
        record = {
            "id": "m",
            "channel": "linkedin_message",
            "step": 1,
            "language": language,
            "body": "Hi Ana, who counts?",
        }
        file.write_text(json.dumps(record), encoding="utf-8")
        shown = CliRunner().invoke(app, ["validate", str(file)]).output
        assert ("not run, for want of word lists" in shown) is said
