"""`account`, `accounts`, `--no-note`, and what approvals and new colleagues do to the drafts there are."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Result, run
from tests.loopback import Answer, Request, ScriptedServer, good

DAY = "2026-11-20"
BRIGHTQUAY = "brightquay.example"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "w", "--example", "saas-en").code == 0
    return tmp_path / "w"


def generate(
    workspace: Path, *args: object, code: int = 0, prospects: str = "prospects.csv"
) -> list[dict[str, Any]]:
    out = workspace / "drafts.jsonl"
    done = run("generate", prospects, "--as-of", DAY, "--out", out, "--json", *args, cwd=workspace)
    assert done.code == code, done.err
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def account(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    people = [line for line in lines if line["account"] == BRIGHTQUAY]
    return sorted(people, key=lambda line: line["committee"]["place"] if line["committee"] else 0)


def settings(workspace: Path, section: str, text: str) -> None:
    file = workspace / "outreach.toml"
    said = file.read_text(encoding="utf-8")
    head = f"[{section}]\n"
    file.write_text(
        said.replace(head, f"{head}{text}\n") if head in said else f"{said}\n{head}{text}\n", encoding="utf-8"
    )


def cut(workspace: Path, *left_out: str, name: str = "fewer.csv", backwards: bool = False) -> str:
    """Write the list without these last names and without a person's second row, and return its name."""
    with (workspace / "prospects.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    once = {(row[0].casefold(), row[1].casefold()): row for row in reversed(rows)}
    kept = [row for row in rows if row in once.values() and not any(name in row[1] for name in left_out)]
    with (workspace / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *(reversed(kept) if backwards else kept)])
    return name


def shown(result: Result) -> str:
    assert result.code == 0, result.err
    return " ".join(result.out.split())


def test_an_account_is_shown_from_a_list_with_order_reasons_and_what_is_avoided(workspace: Path) -> None:
    text = shown(run("account", "brightquay", "prospects.csv", "--as-of", DAY, cwd=workspace))
    assert "Brightquay Software (brightquay.example): 4 people" in text
    order = [
        text.index(name)
        for name in ("1. Theo Marchetti", "2. Dana Whitlock", "3. Ingrid Solheim", "4. Moira Feeney")
    ]
    assert order == sorted(order)
    assert "why here: champion:" in text
    assert "from day 6" in text
    assert "avoids: fact Brightquay is hiring six SDRs in Lisbon" in text
    found = json.loads(
        run("account", BRIGHTQUAY, "prospects.csv", "--as-of", DAY, "--json", cwd=workspace).out
    )
    assert [person["place"] for person in found["people"]] == [1, 2, 3, 4]
    assert len({person["opens_on"] for person in found["people"]}) == 4


def test_an_account_is_shown_from_the_drafts_there_are(workspace: Path) -> None:
    generate(workspace)
    text = shown(run("account", "Brightquay Software", cwd=workspace))
    assert "1. Theo Marchetti" in text
    assert "opens on: fact: " in text
    assert "from day 6" in text


def test_a_wrong_name_is_told_the_nearest(workspace: Path) -> None:
    wrong = run("account", "brihtquay", "prospects.csv", "--as-of", DAY, cwd=workspace)
    assert wrong.code == 2
    assert "did you mean 'brightquay.example'?" in wrong.err
    several = run("account", ".example", "prospects.csv", "--as-of", DAY, cwd=workspace)
    assert (several.code, "accounts fit" in several.err) == (2, True)


def test_accounts_are_listed_with_their_people_and_who_waits(workspace: Path) -> None:
    settings(workspace, "committee", "people = 3")
    text = run("accounts", "prospects.csv", "--as-of", DAY, cwd=workspace).out
    assert text.splitlines()[1].split() == [
        BRIGHTQUAY,
        "Brightquay",
        "Software",
        "3",
        "1",
        "Theo",
        "Marchetti",
    ]
    whole = shown(run("account", BRIGHTQUAY, "prospects.csv", "--as-of", DAY, cwd=workspace))
    assert "Moira Feeney, Executive Assistant to the CFO (gatekeeper) waits: [committee] people = 3" in whole
    lines = generate(workspace)
    assert len(account(lines)) == 3
    assert "account_full" in run("show", 4, cwd=workspace).out


def test_drafts_do_not_know_the_order_of_rows(workspace: Path) -> None:
    there = {
        line["outreach_id"]: [m["body"] for m in line["messages"]]
        for line in generate(workspace, prospects=cut(workspace))
    }
    other = workspace.parent / "other"
    run("init", other, "--example", "saas-en")
    turned = generate(other, prospects=cut(other, name="turned.csv", backwards=True))
    assert {line["outreach_id"]: [m["body"] for m in line["messages"]] for line in turned} == there


def test_a_new_colleague_leaves_approved_drafts_as_they_are(workspace: Path) -> None:
    before = account(generate(workspace, prospects=cut(workspace, "Marchetti")))
    assert [line["prospect"]["last_name"] for line in before] == ["Whitlock", "Solheim", "Feeney"]
    dana = before[0]
    assert run("approve", dana["outreach_id"], cwd=workspace).code == 0
    after = account(generate(workspace))
    kept = next(line for line in after if line["outreach_id"] == dana["outreach_id"])
    assert kept["messages"] == dana["messages"]
    assert (kept["committee"]["place"], kept["committee"]["size"], kept["start_day"]) == (1, 4, 0)
    theo = next(line for line in after if line["prospect"]["last_name"] == "Marchetti")
    assert theo["committee"]["place"] == 2, "whoever is approved keeps the day"
    used = {
        one
        for message in dana["messages"]
        for basis in message["basis"]
        for one in basis["rests_on"]
        if one[:5] in {"fact:", "claim"}
    }
    told = {one for message in theo["messages"] for basis in message["basis"] for one in basis["rests_on"]}
    assert not (used - {"fact:prospect", "claim:product"}) & told
    listed = json.loads(run("status", "--json", cwd=workspace).out)
    assert listed["decisions"]["approved"] == 1, "the approval still holds"


def test_approving_changes_no_other_draft(workspace: Path) -> None:
    lines = account(generate(workspace))
    assert run("approve", lines[2]["outreach_id"], cwd=workspace).code == 0
    again = account(generate(workspace))
    assert [line["messages"] for line in again] == [line["messages"] for line in lines]
    assert [line["start_day"] for line in again] == [0, 2, 4, 6]


def test_an_approved_colleague_of_another_list_counts_too(workspace: Path) -> None:
    alone = generate(workspace, prospects=cut(workspace, "Whitlock", "Solheim", "Feeney", name="theo.csv"))
    theo = next(line for line in alone if line["account"] == BRIGHTQUAY)
    assert theo["committee"] is None
    run("approve", theo["outreach_id"], cwd=workspace)
    others = account(generate(workspace, prospects=cut(workspace, "Marchetti", name="others.csv")))
    facts = {
        one
        for basis in theo["messages"][0]["basis"]
        for one in basis["rests_on"]
        if one.startswith("fact:f_")
    }
    assert facts
    for line in others:
        assert not facts & {
            one for message in line["messages"] for basis in message["basis"] for one in basis["rests_on"]
        }


def test_notes_are_planned_before_anything_is_drafted_and_kept_by_whom_has_them(workspace: Path) -> None:
    settings(workspace, "linkedin", "notes_left = 4\ninvites_per_week = 6")
    planned = run("generate", "prospects.csv", "--as-of", DAY, "--dry-run", cwd=workspace)
    assert "notes: 4 of 16 connection requests carry a note, 12 go out without" in planned.out
    assert "invites: at most 6 a week; week 1: 6, week 2: 6, week 3: 4" in planned.out
    preview = run("preview", "prospects.csv", "--as-of", DAY, "--row", 1, "--plan", cwd=workspace).out
    assert "request   day 0, without a note: 4 notes left" in preview
    assert "notes: 4 of 16" in preview
    lines = generate(workspace)
    noted = {line["outreach_id"] for line in lines if line["messages"][0]["channel"] == "connection_request"}
    bare = [line for line in lines if line["bare_request"]]
    assert len(noted) + len(bare) == len(lines)
    assert all(line["messages"][0]["channel"] == "linkedin_message" for line in bare)
    assert {line["invite_week"] for line in lines} == {1, 2, 3}
    assert all(line["start_day"] >= 7 * (line["invite_week"] - 1) for line in lines)
    said = (
        (workspace / "outreach.toml").read_text(encoding="utf-8").replace("notes_left = 4", "notes_left = 3")
    )
    (workspace / "outreach.toml").write_text(said, encoding="utf-8")
    fewer = {line["outreach_id"] for line in generate(workspace) if not line["bare_request"]}
    assert len(fewer) <= 3
    assert fewer <= noted


def test_no_note_gives_nobody_one_and_exports_say_what_to_do_on_day_0(workspace: Path) -> None:
    lines = generate(workspace, "--no-note")
    assert not any(
        message["channel"] == "connection_request" for line in lines for message in line["messages"]
    )
    assert {line["bare_request"] for line in lines} == {"no notes in this run (--no-note)"}
    assert all(line["verdict"] == "pass" for line in lines)
    with_notes = generate(workspace)
    assert {line["outreach_id"] for line in lines} == {line["outreach_id"] for line in with_notes}
    generate(workspace, "--no-note")
    text = shown(run("show", lines[0]["outreach_id"], cwd=workspace))
    assert "Day 0: send the request without a note" in text
    run("approve", "--passing", cwd=workspace)
    assert run("export", "--to", "generic_csv", "--out", "x.csv", cwd=workspace).code == 0
    steps = (workspace / "x.steps.md").read_text(encoding="utf-8")
    assert "| day 0 |  | connection request | send the request without a note: everybody |" in steps
    assert "connection_note" not in steps
    assert "## When to start each sequence" in steps


# With a model -------------------------------------------------------------------------------------------------------


def answering(lines: list[dict[str, Any]], instead: dict[str, str], asked: list[str]) -> Any:
    """Return a server's answers: the offline text of whoever is asked for, with the first message of some replaced once."""

    def answer(request: Request) -> Answer:
        said = request.messages[-1]["content"]
        asked.append(said)
        line = next(one for one in lines if f"F0: {one['prospect']['first_name']} " in said)
        steps = [dict(message) for message in line["messages"]]
        if said.startswith("Mend"):
            steps = steps[:1]
        else:
            steps[0]["body"] = instead.get(line["prospect"]["last_name"], steps[0]["body"])
        return good({"messages": [
            {"step": step["step"], "subject": None, "paragraphs": [[{"text": step["body"], "rests_on": ["courtesy"]}]]}
            for step in steps
        ]})  # fmt: skip

    return answer


def test_a_model_that_gives_a_colleague_away_is_repaired_or_fails(workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "offline"
    run("init", other, "--example", "saas-en")
    names = {"Whitlock", "Marchetti", "Solheim", "Feeney"}
    with (other / "prospects.csv").open(encoding="utf-8", newline="") as file:
        rest = [
            row[1]
            for row in list(csv.reader(file))[1:]
            if row[1] and not any(name in row[1] for name in names)
        ]
    lines = account(generate(other, "--model", "offline", prospects=cut(other, *rest)))
    cut(workspace, *rest)
    bad = "Hi Dana, Theo Marchetti at Brightquay has my note on the six SDR openings in Lisbon already."
    asked: list[str] = []
    with ScriptedServer(answering(lines, {"Whitlock": bad}, asked)) as server:
        env = {"OUTREACH_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test-0000000000000000"}
        out = workspace / "d.jsonl"
        args = ("generate", "fewer.csv", "--as-of", DAY, "--model", "openai:test", "--out", out)
        done = run(*args, cwd=workspace, env=env)
        assert done.code == 0, done.err
        assert any("names a colleague" in said for said in asked)
        dana = next(json.loads(line) for line in out.read_text().splitlines() if "Whitlock" in line)
        assert "Marchetti" not in dana["messages"][0]["body"]
        calls = len(asked)
        assert run(*args, cwd=workspace, env=env).code == 0
        settings(workspace, "committee", "spacing_days = 4")
        assert run(*args, cwd=workspace, env=env).code == 0
        assert len(asked) == calls, "another day is no reason to pay again"
        assert run(*args, "--max-repairs", 0, cwd=workspace, env=env).code == 4
    failing = next(json.loads(line) for line in out.read_text().splitlines() if "Whitlock" in line)
    assert failing["verdict"] == "fail"
    assert "account.names" in {finding["check"] for finding in failing["messages"][0]["findings"]}
    assert "account.names" in run("show", failing["outreach_id"], cwd=workspace).out
    refused = run("approve", failing["outreach_id"], cwd=workspace)
    assert "fails the rubric and is never exported" in refused.err
    run("export", "--to", "generic_csv", "--out", "x.csv", cwd=workspace)
    assert "Whitlock" not in ((workspace / "x.csv").read_text() if (workspace / "x.csv").exists() else "")
