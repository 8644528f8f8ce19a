"""A user's first hour, command by command: init, check, qualify, preview, generate, look, decide, export, and again."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli import run

SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"
DAY = "2026-11-20"


def schema(name: str) -> dict[str, object]:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "w", "--example", "saas-en").code == 0
    return tmp_path / "w"


def generate(workspace: Path, *args: object) -> Path:
    out = workspace / "drafts.jsonl"
    done = run("generate", "prospects.csv", "--as-of", DAY, "--out", out, *args, cwd=workspace)
    assert done.code == 0, done.err
    return out


def test_the_starter_workspace_is_ready_to_run(tmp_path: Path) -> None:
    assert run("init", "mine", cwd=tmp_path).code == 0
    checked = run("check", "prospects.csv", cwd=tmp_path / "mine")
    assert checked.code == 0, checked.err
    assert "Title" in checked.out
    done = run("generate", "prospects.csv", "--as-of", DAY, cwd=tmp_path / "mine")
    assert done.code == 0, done.err
    assert "no OPENAI_API_KEY" in done.err
    assert "Robin" in done.out


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "icp.yaml").write_text("mine", encoding="utf-8")
    refused = run("init", tmp_path)
    assert refused.code == 1
    assert "already there" in refused.err
    assert [p.name for p in tmp_path.iterdir()] == ["icp.yaml"]


@pytest.mark.parametrize("example", ["saas-en", "latam"])
def test_qualify_writes_a_line_a_row_and_the_counts_add_up(tmp_path: Path, example: str) -> None:
    run("init", tmp_path / "w", "--example", example)
    out = tmp_path / "q.jsonl"
    done = run("qualify", "prospects.csv", "--as-of", DAY, "--out", out, "--json", cwd=tmp_path / "w")
    counts = json.loads(done.out)
    assert (
        counts["rows"]
        == sum(number for name, number in counts.items() if name != "rows")
        == len(lines_of(out))
    )
    for line in lines_of(out):
        jsonschema.validate(line, schema("qualify-line"))
    assert [line["row"] for line in lines_of(out)] == list(range(1, counts["rows"] + 1))
    assert counts["write"] >= 5
    assert (
        min(
            counts[name]
            for name in ("write_generic", "ask_for_data", "route", "skip", "suppressed", "duplicate")
        )
        >= 1
    )


@pytest.mark.parametrize("example", ["saas-en", "latam"])
def test_every_offline_draft_passes_and_the_account_adds_up(tmp_path: Path, example: str) -> None:
    run("init", tmp_path / "w", "--example", example)
    out = tmp_path / "drafts.jsonl"
    done = run(
        "generate",
        "prospects.csv",
        "--as-of",
        DAY,
        "--model",
        "offline",
        "--out",
        out,
        "--json",
        cwd=tmp_path / "w",
    )
    assert done.code == 0, done.err
    summary = json.loads(done.out)
    jsonschema.validate(summary, schema("generate-summary"))
    assert summary["rows"] == (
        summary["drafted"] + sum(summary["skipped"].values()) + summary["duplicates"] + summary["unreadable"]
    )
    assert summary["drafted"] == summary["passed"] >= 10
    assert summary["llm_calls"] == summary["fallback"] == 0
    for line in lines_of(out):
        jsonschema.validate(line, schema("generate-line"))
        assert line["provider"] == line["model"] == "offline"
        for message in line["messages"]:
            assert not set("{}[]<>") & set(message["body"] + (message["subject"] or ""))
            assert message["basis"], "each sentence has a basis"
            assert (message["channel"] == "email") == bool(message["footer"])


def test_a_second_run_does_nothing_and_writes_the_same_bytes(workspace: Path) -> None:
    first = generate(workspace).read_bytes()
    done = run("generate", "prospects.csv", "--as-of", DAY, "--out", "again.jsonl", "--json", cwd=workspace)
    summary = json.loads(done.out)
    assert summary["reused"] == summary["drafted"] > 0
    assert (workspace / "again.jsonl").read_bytes() == first


def test_the_next_day_only_freshness_matters(workspace: Path) -> None:
    generate(workspace)
    done = run("generate", "prospects.csv", "--as-of", "2026-11-21", "--json", cwd=workspace)
    summary = json.loads(done.out)
    assert summary["reused"] == summary["drafted"]


def test_validate_judges_a_line_again_with_the_same_verdict(workspace: Path) -> None:
    out = generate(workspace)
    done = run("validate", out, "--out", workspace / "v.jsonl", cwd=workspace)
    assert done.code == 0, done.err
    for line, verdict in zip(lines_of(out), lines_of(workspace / "v.jsonl"), strict=True):
        assert verdict["id"] == line["outreach_id"]
        assert (verdict["verdict"], verdict["score"]) == (line["verdict"], line["score"])


def test_preview_shows_plan_and_prompt_without_a_call(workspace: Path) -> None:
    plan = run("preview", "prospects.csv", "--plan", "--as-of", DAY, cwd=workspace)
    assert plan.code == 0, plan.err
    whole = run("preview", "prospects.csv", "--as-of", DAY, cwd=workspace)
    assert plan.out.strip() in whole.out
    assert "----- system -----" in whole.out
    assert run("preview", "prospects.csv", "--row", "999", cwd=workspace).code == 2


def test_only_what_a_person_approved_is_exported(workspace: Path) -> None:
    out = generate(workspace)
    nothing = run("export", "--to", "generic_csv", cwd=workspace)
    assert "nothing approved" in nothing.err
    ids = [str(line["outreach_id"]) for line in lines_of(out)]
    assert run("approve", ids[0][:12], ids[1], cwd=workspace).code == 0
    assert run("reject", ids[1], "--reason", "not now", cwd=workspace).code == 0
    done = run("export", "--to", "generic_csv", "--out", "approved.csv", cwd=workspace)
    assert done.code == 0, done.err
    rows = list(csv.DictReader(io.StringIO((workspace / "approved.csv").read_text(encoding="utf-8"))))
    assert [row["outreach_id"] for row in rows] == [ids[0]]
    line = next(line for line in lines_of(out) if line["outreach_id"] == ids[0])
    note = next(m for m in line["messages"] if m["channel"] == "connection_request")
    assert rows[0]["connection_note"] == note["body"]
    assert "{{connection_note}}" in (workspace / "approved.steps.md").read_text(encoding="utf-8")


def test_a_person_who_opts_out_after_approval_is_not_exported(workspace: Path) -> None:
    out = generate(workspace)
    run("approve", "--passing", cwd=workspace)
    first = next(line for line in lines_of(out) if line["prospect"]["email"])
    with (workspace / "do-not-contact.csv").open("a", encoding="utf-8") as file:
        file.write(f"email,{first['prospect']['email']},asked to stop\n")
    done = run("export", "--to", "generic_csv", "--out", "approved.csv", cwd=workspace)
    assert f"left out: {first['outreach_id']}: suppressed" in done.err
    assert str(first["outreach_id"]) not in (workspace / "approved.csv").read_text(encoding="utf-8")


def test_looking_at_what_there_is(workspace: Path) -> None:
    assert "nothing has been drafted" in run("status", cwd=workspace).err
    out = generate(workspace)
    first = lines_of(out)[0]
    assert "last run: prospects.csv" in run("status", cwd=workspace).out
    assert str(first["outreach_id"]) in run("drafts", "--verdict", "pass", cwd=workspace).out
    shown = run("show", first["outreach_id"], cwd=workspace).out
    assert "rests on" in shown
    assert "decision: open" in shown
    assert str(first["outreach_id"]) in run("show", first["row"], cwd=workspace).out


def test_a_row_held_for_review_is_drafted_once_accepted(workspace: Path) -> None:
    held = [
        line["row"] for line in _qualified(workspace)
        if line["disposition"] == "review" and line["decision"] in {"write", "write_generic"}
    ]  # fmt: skip
    before = len(lines_of(generate(workspace)))
    assert held, "the example holds a row that only a person can decide"
    assert run("accept", held[0], cwd=workspace).code == 0
    assert len(lines_of(generate(workspace))) == before + 1
    assert run("accept", held[0], cwd=workspace).code == 2


def _qualified(workspace: Path) -> list[dict[str, object]]:
    run("qualify", "prospects.csv", "--as-of", DAY, "--out", "q.jsonl", cwd=workspace)
    return lines_of(workspace / "q.jsonl")


def test_limit_and_all_and_persona(workspace: Path) -> None:
    limited = run("generate", "prospects.csv", "--as-of", DAY, "--limit", "2", "--json", cwd=workspace)
    summary = json.loads(limited.out)
    assert summary["drafted"] == 2
    assert summary["skipped"]["limit"] > 0
    everyone = generate(workspace, "--all")
    overruled = [line for line in lines_of(everyone) if line["overruled"]]
    assert {line["overruled"] for line in overruled} >= {"skip", "route"}
    named = run(
        "generate", "prospects.csv", "--as-of", DAY, "--persona", "cfo", "--out", "named.jsonl", cwd=workspace
    )
    assert named.code == 0, named.err
    assert {line["persona"] for line in lines_of(workspace / "named.jsonl")} == {"cfo"}


def test_dry_run_writes_nothing(workspace: Path) -> None:
    done = run("generate", "prospects.csv", "--dry-run", "--as-of", DAY, cwd=workspace)
    assert "would be drafted" in done.out
    assert "no drafts" in run("drafts", cwd=workspace).out


@pytest.mark.parametrize("suffix", [".csv", ".md"])
def test_drafts_as_a_table_or_to_read(workspace: Path, suffix: str) -> None:
    done = run("generate", "prospects.csv", "--as-of", DAY, "--out", f"d{suffix}", cwd=workspace)
    assert done.code == 0
    text = (workspace / f"d{suffix}").read_text(encoding="utf-8")
    assert "o1_" in text
    assert run("generate", "prospects.csv", "--out", "d.docx", cwd=workspace).code == 2


def test_the_demo_shows_the_whole_path(tmp_path: Path) -> None:
    done = run("demo", cwd=tmp_path)
    assert done.code == 0, done.err
    for part in ("1. Whom", "2. What to say", "Step 1", "3. Next", "outreach qualify prospects.csv"):
        assert part in done.out
    again = run("demo", cwd=tmp_path)
    assert again.code == 1
    assert "already there" in again.err


def test_everything_the_program_makes_is_private(workspace: Path) -> None:
    out = generate(workspace)
    assert out.stat().st_mode & 0o777 == 0o600
    assert (workspace / ".outreach").stat().st_mode & 0o777 == 0o700
    for path in (workspace / ".outreach").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
