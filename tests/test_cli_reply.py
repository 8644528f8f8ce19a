"""`outreach reply`: what it says, what it stops, who is left alone from then on, and what goes back; offline and with a model."""

import csv
import json
from pathlib import Path

import pytest

from outreach.store.store import Store
from tests.cli import Result, run
from tests.loopback import ScriptedServer, good, refusal

DAY = "2026-11-20"
KEY = "sk-canary-0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Make the example with every draft approved that passes."""
    folder = tmp_path / "w"
    run("init", folder, "--example", "saas-en")
    made = run(
        "generate", "prospects.csv", "--model", "offline", "--as-of", DAY, "--out", "drafts.jsonl", cwd=folder
    )
    assert made.code in {0, 4}, made.err
    assert run("approve", "--passing", cwd=folder).code == 0
    return folder


def drafts(workspace: Path, language: str = "en", channel: str | None = None) -> list[dict]:
    lines = [
        json.loads(line) for line in (workspace / "drafts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [
        line
        for line in lines
        if line["language"] == language and (channel is None or line["messages"][0]["channel"] == channel)
    ]


def reply(
    workspace: Path, outreach_id: str, text: str, *args: object, env: dict[str, str] | None = None
) -> Result:
    answer = workspace / "answer.txt"
    answer.write_text(text, encoding="utf-8")
    return run("reply", outreach_id, answer, "--as-of", "2026-11-25", *args, cwd=workspace, env=env)


def exported(workspace: Path) -> tuple[set[str], str]:
    result = run("export", "--to", "generic_csv", "--out", "out.csv", cwd=workspace)
    assert result.code == 0, result.err
    with (workspace / "out.csv").open(encoding="utf-8-sig", newline="") as handle:
        return {cell for row in csv.reader(handle) for cell in row}, result.err


def is_exported(workspace: Path, line: dict) -> bool:
    cells, _ = exported(workspace)
    return (line["prospect"]["email"] or line["prospect"]["linkedin_url"]) in cells


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Yes please, send it over.", "interested"), ("How long does the setup take?", "question"), ("We already use a tool for that.", "objection"),
     ("Not now, try me again in March.", "later"), ("Not my area, please contact Priya Raman.", "not_me"), ("No thanks.", "no")],
)  # fmt: skip
def test_an_answer_stops_the_sequence(workspace: Path, text: str, kind: str) -> None:
    line = drafts(workspace)[0]
    assert is_exported(workspace, line)
    result = reply(workspace, line["outreach_id"], text, "--json")
    assert result.code == 0, result.err
    told = json.loads(result.out)
    assert (told["reading"]["kind"], told["stopped"]) == (kind, True)
    assert (told["answer"] is None) is (kind == "no")
    if told["answer"]:
        assert told["answer"]["verdict"] == "pass"
        assert all(one["rests_on"] for one in told["answer"]["message"]["basis"])
    cells, said = exported(workspace)
    assert (line["prospect"]["email"] or line["prospect"]["linkedin_url"]) not in cells
    assert f"left out: {line['outreach_id']}: answered: {kind.replace('_', ' ')}" in said


def test_a_later_day_is_shown_everywhere(workspace: Path) -> None:
    line = drafts(workspace)[0]
    assert (
        "resume on 2027-01-11"
        in reply(workspace, line["outreach_id"], "Not now, ask me again on January 11.").out
    )
    for command in (["status"], ["drafts"], ["show", line["outreach_id"]]):
        assert "answered: later, resume on 2027-01-11" in run(*command, cwd=workspace).out


def test_an_absence_notice_stops_nothing(workspace: Path) -> None:
    line = drafts(workspace)[0]
    result = reply(
        workspace, line["outreach_id"], "Automatic reply: I am out of the office until 7 December."
    )
    assert "back on 2026-12-07" in result.out
    assert "goes on" in result.out
    assert is_exported(workspace, line)


def test_an_opt_out_holds_at_once_and_for_every_draft_of_the_person(workspace: Path) -> None:
    line = next(
        one for one in drafts(workspace) if one["prospect"]["email"] and one["prospect"]["linkedin_url"]
    )
    run(
        "generate",
        "prospects.csv",
        "--model",
        "offline",
        "--as-of",
        DAY,
        "--sequence",
        "email-only",
        cwd=workspace,
    )
    run("approve", "--passing", cwd=workspace)
    before = (workspace / "do-not-contact.csv").read_bytes()
    result = reply(workspace, line["outreach_id"], "Please take me off your list.")
    assert result.code == 0, result.err
    after = (workspace / "do-not-contact.csv").read_bytes()
    assert after.startswith(before)
    added = list(csv.reader(after[len(before) :].decode().splitlines()))
    assert ["email", line["prospect"]["email"], "opted out by reply, 2026-11-25"] in added
    assert any(row[0] == "linkedin" and row[1] == line["prospect"]["linkedin_url"] for row in added)
    cells, said = exported(workspace)
    assert line["prospect"]["email"] not in cells
    assert said.count("suppressed: opted out by reply") >= 1
    again = run("generate", "prospects.csv", "--model", "offline", "--as-of", DAY, "--json", cwd=workspace)
    assert json.loads(again.out)["skipped"]["suppressed"] >= 1
    assert line["outreach_id"] not in {row["outreach_id"] for row in redrafted(workspace)}


def redrafted(workspace: Path) -> list[dict]:
    run(
        "generate",
        "prospects.csv",
        "--model",
        "offline",
        "--as-of",
        DAY,
        "--out",
        "again.jsonl",
        cwd=workspace,
    )
    return [json.loads(line) for line in (workspace / "again.jsonl").read_text(encoding="utf-8").splitlines()]


def test_an_opt_out_reaches_a_new_address_of_the_same_person(workspace: Path) -> None:
    line = next(one for one in drafts(workspace) if one["prospect"]["email"] and one["prospect"]["company"])
    reply(workspace, line["outreach_id"], "unsubscribe")
    person = line["prospect"]
    fresh = workspace / "fresh.csv"
    fresh.write_text(
        "First Name,Last Name,Title,Company,Email\n"
        f"{person['first_name']},{person['last_name']},VP Sales,{person['company']},another@elsewhere-test.example\n",
        encoding="utf-8",
    )
    made = run("generate", fresh, "--model", "offline", "--as-of", DAY, "--json", "--all", cwd=workspace)
    assert json.loads(made.out)["skipped"] == {"suppressed": 1}


def test_without_a_named_list_the_usual_one_is_made_and_holds(workspace: Path) -> None:
    icp = workspace / "icp.yaml"
    icp.write_text(
        icp.read_text(encoding="utf-8").replace("  suppression: do-not-contact.csv\n", ""), encoding="utf-8"
    )
    (workspace / "do-not-contact.csv").unlink()
    line = drafts(workspace)[0]
    result = reply(workspace, line["outreach_id"], "STOP")
    assert "do-not-contact.csv" in result.out
    assert not is_exported(workspace, line)
    assert line["outreach_id"] not in {row["outreach_id"] for row in redrafted(workspace)}


def test_unclear_is_asked_about_and_nothing_is_kept(workspace: Path) -> None:
    line = drafts(workspace)[0]
    result = reply(workspace, line["outreach_id"], "Noted.")
    assert result.code == 2
    assert "--as interested|question" in result.err
    assert is_exported(workspace, line)
    assert reply(workspace, line["outreach_id"], "Noted.", "--as", "no").code == 0
    assert not is_exported(workspace, line)


def test_nobody_is_talked_out_of_an_opt_out(workspace: Path) -> None:
    line = drafts(workspace)[0]
    result = reply(workspace, line["outreach_id"], "Unsubscribe me.", "--as", "interested")
    assert result.code == 2
    assert "Unsubscribe" in result.err


def test_an_answer_is_taken_back_but_an_opt_out_only_by_hand(workspace: Path) -> None:
    first, second = drafts(workspace)[:2]
    reply(workspace, first["outreach_id"], "No thanks.")
    assert "taken back: answered: no" in run("reply", first["outreach_id"], "--undo", cwd=workspace).out
    assert is_exported(workspace, first)
    assert run("reply", first["outreach_id"], "--undo", cwd=workspace).code == 2
    reply(workspace, second["outreach_id"], "stop")
    result = run("reply", second["outreach_id"], "--undo", cwd=workspace)
    assert result.code == 2
    assert "by hand" in result.err


def test_the_step_is_known_from_what_is_quoted(workspace: Path) -> None:
    line = (
        drafts(workspace, channel="email")[0] if drafts(workspace, channel="email") else drafts(workspace)[0]
    )
    message = line["messages"][1]
    quoted = "\n".join("> " + part for part in message["body"].split("\n"))
    told = json.loads(
        reply(workspace, line["outreach_id"], f"How long does it take?\n\n{quoted}", "--json").out
    )
    assert told["answer"]["message"]["step"] == message["step"] + 1
    assert not any("taken as an answer" in note for note in told["answer"]["notes"])
    wrong = reply(workspace, line["outreach_id"], "How long?", "--step", "99")
    assert wrong.code == 2


def test_a_draft_from_before_plans_were_kept_stops_and_says_why_no_answer(workspace: Path) -> None:
    line = drafts(workspace)[0]
    store = Store(workspace / ".outreach" / "store.db", None, "2026-11-25T00:00:00+00:00")
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE drafts SET plan = NULL")
    store.close()
    result = reply(workspace, line["outreach_id"], "Yes please, send it.")
    assert result.code == 4
    assert "before plans were kept" in result.out
    assert not is_exported(workspace, line)
    run("generate", "prospects.csv", "--model", "offline", "--as-of", DAY, cwd=workspace)
    assert reply(workspace, line["outreach_id"], "Yes please, send it.").code == 0


def test_what_a_prospect_wrote_cannot_drive_the_terminal(workspace: Path) -> None:
    line = drafts(workspace)[0]
    result = reply(workspace, line["outreach_id"], "No thanks \x1b[2J\u202e evil")
    shown = run("show", line["outreach_id"], cwd=workspace).out
    assert "\x1b" not in result.out + shown
    assert "\u202e" not in result.out + shown


@pytest.mark.parametrize("text", ["", "  \n", "> only our words\n> and nothing else"])
def test_nothing_pasted_is_a_mistake(workspace: Path, text: str) -> None:
    assert reply(workspace, drafts(workspace)[0]["outreach_id"], text).code == 2


# --- with a model ------------------------------------------------------------------------------------------------


def with_model(server: ScriptedServer) -> dict[str, str]:
    return {"OUTREACH_BASE_URL": server.url, "OPENAI_API_KEY": KEY}


def message(step: int, text: str) -> object:
    sentences = [{"text": one, "rests_on": ["courtesy"]} for one in text.split("|")]
    return good({"messages": [{"step": step, "subject": None, "paragraphs": [sentences]}]})


def test_a_model_writes_back_and_its_invention_is_repaired(workspace: Path) -> None:
    line = drafts(workspace)[0]
    name = line["prospect"]["first_name"]
    bad = message(
        2,
        f"Hi {name}, thanks for asking.|We cut ramp time by 63 % for 400 customers, and it costs 49 dollars.",
    )
    fine = message(
        2,
        f"Hi {name}, thanks for asking.|I would rather check that than guess.|Is there a date by which you need to know?",
    )
    with ScriptedServer([bad, fine]) as server:
        result = reply(workspace, line["outreach_id"], "How much is it? Our rival promised us 63 % off.", "--step", "1", "--model", "openai:scripted", "--json", env=with_model(server))  # fmt: skip
        assert len(server.requests) == 2
        said = server.requests[0].messages
    assert result.code == 0, result.err
    answer = json.loads(result.out)["answer"]
    assert (answer["verdict"], answer["provider"]) == ("pass", "openai"), answer["findings"]
    assert "63" not in answer["message"]["body"]
    assert "How much is it?" not in said[0]["content"], (
        "what a prospect wrote never stands in the system role"
    )
    assert "How much is it?" in said[1]["content"]
    assert "reply>" in said[1]["content"], "and stands between fence lines"


def test_what_only_the_reply_says_is_no_claim_of_ours(workspace: Path) -> None:
    line = drafts(workspace)[0]
    name = line["prospect"]["first_name"]
    ours = message(2, f"Hi {name}, thanks for your reply.|We guarantee 300 % more replies to our customers.")
    with ScriptedServer([ours, ours, ours]) as server:
        result = reply(workspace, line["outreach_id"], "I read that you guarantee 300 % more replies. Is that right?", "--step", "1", "--model", "openai:scripted", "--json", env=with_model(server))  # fmt: skip
    answer = json.loads(result.out)["answer"]
    assert answer["verdict"] == "fail"
    assert any("300" in finding["quote"] for finding in answer["findings"])


def test_a_model_classes_what_the_rules_cannot_if_it_quotes_the_answer(workspace: Path) -> None:
    first, second = drafts(workspace)[:2]
    text = "The ship has sailed on this one."
    with ScriptedServer([good({"class": "no", "quote": "The ship has sailed"})]) as server:
        result = reply(
            workspace, first["outreach_id"], text, "--model", "openai:scripted", env=with_model(server)
        )
        assert "a model's reading" in result.out
    assert not is_exported(workspace, first)
    with ScriptedServer([good({"class": "interested", "quote": "yes, send it"})]) as server:
        made_up = reply(workspace, second["outreach_id"], text + " Truly.", "--model", "openai:scripted", env=with_model(server))  # fmt: skip
    assert made_up.code == 2
    assert is_exported(workspace, second)


def test_an_opt_out_asks_no_model(workspace: Path) -> None:
    line = drafts(workspace)[0]
    with ScriptedServer([good({"class": "interested", "quote": "Unsubscribe"})]) as server:
        result = reply(workspace, line["outreach_id"], "Unsubscribe", "--model", "openai:scripted", "--json", env=with_model(server))  # fmt: skip
        assert not server.requests
    assert json.loads(result.out)["reading"]["kind"] == "opt_out"


def test_a_provider_that_refuses_loses_no_answer(workspace: Path) -> None:
    line = drafts(workspace)[0]
    with ScriptedServer([refusal(401, "no", code="invalid_api_key")]) as server:
        result = reply(workspace, line["outreach_id"], "Yes please, send it.", "--model", "openai:scripted", env=with_model(server))  # fmt: skip
    assert result.code == 3
    assert "answered: interested" in run("drafts", cwd=workspace).out
    assert not is_exported(workspace, line)
