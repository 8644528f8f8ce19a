"""Dates on the command line: `--start` changes what is shown and exported, and no draft; the sender's days off; both branches."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli import run

DAY = "2026-11-20"  # a Friday


def lines_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert run("init", tmp_path / "w", "--example", "saas-en").code == 0
    return tmp_path / "w"


def generate(workspace: Path, name: str, *args: object) -> tuple[Path, dict[str, int]]:
    out = workspace / name
    done = run("generate", "prospects.csv", "--as-of", DAY, "--out", out, "--json", *args, cwd=workspace)
    assert done.code == 0, done.err
    return out, json.loads(done.out)


def without_dates(lines: list[dict]) -> list[dict]:
    return [line | {"messages": [message | {"date": None} for message in line["messages"]]} for line in lines]


def dates_of_first(line: dict) -> str:
    return line["messages"][0]["date"]


def test_another_start_shows_other_dates_of_the_same_draft(workspace: Path) -> None:
    first, done = generate(workspace, "a.jsonl")
    later, again = generate(workspace, "b.jsonl", "--start", "2026-12-21")
    assert done["reused"] == 0
    assert again["reused"] == again["drafted"] == done["drafted"] > 10
    before, after = lines_of(first), lines_of(later)
    assert without_dates(before) == without_dates(after)
    assert {dates_of_first(line) for line in before if not line["start_day"]} == {
        "2026-11-23"
    }  # the next business day
    assert {dates_of_first(line) for line in after if not line["start_day"]} == {"2026-12-21"}
    spaced = {line["start_day"]: dates_of_first(line) for line in before if line["committee"]}
    # Colleagues start two days after each other: Sunday the 29th moves on.
    assert spaced == {0: "2026-11-23", 2: "2026-11-25", 4: "2026-11-27", 6: "2026-11-30"}


def test_an_approval_outlives_another_start(workspace: Path) -> None:
    generate(workspace, "a.jsonl")
    assert run("approve", "--passing", cwd=workspace).code == 0
    generate(workspace, "b.jsonl", "--start", "2026-12-21")
    states = run("drafts", "--state", "approved", "--json", cwd=workspace).out.splitlines()
    assert len(states) > 10
    # The store keeps no dates: they are counted when somebody looks.
    assert {message["date"] for line in map(json.loads, states) for message in line["messages"]} == {None}


def test_only_steps_that_wait_for_nothing_have_a_date(workspace: Path) -> None:
    out, _ = generate(workspace, "a.jsonl", "--sequence", "linkedin-then-email")
    messages = [message for line in lines_of(out) for message in line["messages"]]
    assert {message["after"] for message in messages} == {"start", "accepted", "not_accepted"}
    assert all((message["date"] is not None) == (message["after"] == "start") for message in messages)
    waits = {line["wait_days"] for line in lines_of(out)}
    assert waits == {14, None}  # None: people with one address only
    assert {line["prospect"]["country"] for line in lines_of(out)} >= {"GB", "US"}


def test_a_branched_line_is_judged_again_with_the_same_verdict(workspace: Path) -> None:
    out, _ = generate(workspace, "a.jsonl", "--sequence", "linkedin-then-email")
    assert run("validate", out, "--out", workspace / "v.jsonl", cwd=workspace).code == 0
    for line, verdict in zip(lines_of(out), lines_of(workspace / "v.jsonl"), strict=True):
        assert (verdict["verdict"], verdict["score"]) == ("pass", line["score"])
        assert line["score"] >= 85


@pytest.mark.parametrize("example", ["saas-en", "latam"])
def test_who_did_not_accept_reads_of_no_acceptance(tmp_path: Path, example: str) -> None:
    from outreach.text.languages import pack
    from outreach.text.tokens import read_words

    run("init", tmp_path / "w", "--example", example)
    out, done = generate(tmp_path / "w", "a.jsonl", "--sequence", "linkedin-then-email")
    assert done["passed"] == done["drafted"] > 10
    thanked = {"accepted": 0, "not_accepted": 0}
    for line in lines_of(out):
        lists = pack(line["language"])
        for message in line["messages"]:
            hits = lists.index.find(read_words(message["body"], line["language"]))
            if "accepted" in hits:
                thanked[message["after"]] += 1
    assert thanked["not_accepted"] == 0
    assert thanked["accepted"] > 5


def test_what_is_read_says_when_each_step_comes(workspace: Path) -> None:
    out, _ = generate(workspace, "a.md", "--sequence", "linkedin-then-email", "--start", "2026-11-24")
    text = out.read_text(encoding="utf-8")
    assert "### Step 1, day 0: connection request, Tue 24 Nov" in text
    assert "### Step 2, day 2 after accepting: linkedin message, Fri 27 Nov if accepted Wed 25 Nov" in text
    assert "### Step 5, day 14 if not accepted by day 14: email, Tue 8 Dec" in text
    assert "weekends and public holidays are left out (United Kingdom)" in text
    generate(workspace, "a.jsonl", "--sequence", "linkedin-then-email")
    one = next(
        line for line in lines_of(workspace / "a.jsonl") if line["wait_days"] and not line["start_day"]
    )
    shown = run("show", one["outreach_id"], "--start", "2026-11-28", cwd=workspace).out
    assert "Step 1, day 0: connection request, Mon 30 Nov" in shown
    assert "step 1: Sat 28 Nov is a weekend day" in shown


def test_the_plan_shows_dates_and_both_branches(workspace: Path) -> None:
    shown = run("preview", "prospects.csv", "--plan", "--as-of", DAY, "--sequence", "linkedin-then-email",
                "--start", "2026-12-22", cwd=workspace).out  # fmt: skip
    # She is written to two days after a colleague.
    assert "1. day 0, Thu 24 Dec, connection_request" in shown
    assert (
        "2. day 2 after accepting, Thu 31 Dec if accepted Tue 29 Dec" in shown
    )  # Boxing Day is kept on Monday 28
    assert "if the request is not accepted by day 14:\n  5. day 14 if not accepted, Thu 7 Jan" in shown


def test_export_counts_dates_afresh_by_row(workspace: Path) -> None:
    generate(workspace, "a.jsonl", "--sequence", "linkedin-then-email")
    run("approve", "--passing", cwd=workspace)
    later = {line["outreach_id"] for line in lines_of(workspace / "a.jsonl") if line["start_day"]}
    assert len(later) == 3  # colleagues of one person
    for start, note, email in (
        ("2026-12-21", "2026-12-21", "2027-01-04"), ("2027-01-11", "2027-01-11", "2027-01-25"),
    ):  # fmt: skip
        done = run("export", "--to", "generic_csv", "--out", "x.csv", "--start", start, cwd=workspace)
        assert done.code == 0, done.err
        rows = [row for row in rows_of(workspace / "x.csv") if row["outreach_id"] not in later]
        branched = [row for row in rows if row["connection_note"] and row["email_1_body"]]
        assert len(branched) > 5
        for row in branched:
            assert row["connection_note_date"] == note
            assert row["li_msg_1_date"] == "2 days after acceptance"
            assert row["email_1_date"] == f"{email} if not accepted"
        alone = [row for row in rows if not row["connection_note"]]
        assert [row["email_1_date"] for row in alone] == [start] * len(alone)
        steps = (workspace / "x.steps.md").read_text(encoding="utf-8")
        assert "| day 2 after accepting |  | linkedin message | `{{li_msg_1}}` |" in steps
        assert "a request that is accepted by day 14 leads to the steps after accepting" in steps


def test_a_profile_that_asks_for_no_dates_gets_none(workspace: Path) -> None:
    generate(workspace, "a.jsonl")
    run("approve", "--passing", cwd=workspace)
    folder = workspace / "templates" / "exports"
    folder.mkdir(parents=True)
    (folder / "plain.yaml").write_text(
        "id: plain\nname: Plain\nconfidence: documented\nchannels: [connection_request]\ncolumns: {email: Email}\n",
        encoding="utf-8",
    )
    assert run("export", "--to", "plain", "--out", "x.csv", cwd=workspace).code == 0
    assert list(rows_of(workspace / "x.csv")[0]) == ["Email", "connection_note"]


def test_the_senders_holidays_and_days_off_move_dates(workspace: Path) -> None:
    settings = workspace / "outreach.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text + '\n[calendar]\ncountry = "ES"\nskip = ["2026-12-07", 2026-12-09, "2026-12-10..2026-12-11"]\n',
        encoding="utf-8",
    )
    out, _ = generate(workspace, "a.jsonl", "--start", "2026-12-07")
    # Monday 7 is skipped, Tuesday 8 is a holiday in Spain, Wednesday to Friday are skipped, then comes the weekend.
    assert {line["messages"][0]["date"] for line in lines_of(out)} == {"2026-12-14"}


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ('country = "Spain"', "calendar.country: no country's ISO code; write two capitals such as ES"),
        ('skip = ["24.12.2026"]', "no day off; write 2026-12-24 or 2026-12-27..2027-01-02"),
        ('skip = ["2026-12-24", "2027-01-02..2026-12-27"]', "the last day comes before the first"),
        ('skip = ["2026-01-01..2028-01-01"]', "more than 366 days off in a row"),
        ('holidays = "ES"', "unknown key 'calendar.holidays'"),
    ],
)
def test_a_wrong_calendar_is_told_with_its_line(workspace: Path, setting: str, fault: str) -> None:
    settings = workspace / "outreach.toml"
    text = settings.read_text(encoding="utf-8") + f"\n[calendar]\n{setting}\n"
    settings.write_text(text, encoding="utf-8")
    done = run("check", cwd=workspace)
    assert done.code == 1
    assert f"outreach.toml:{len(text.splitlines())}: " in done.err
    assert fault in done.err


@pytest.mark.parametrize("command", [["generate", "prospects.csv"], ["preview", "prospects.csv"], ["export", "--to", "generic_csv"]])  # fmt: skip
def test_a_start_that_is_no_date_is_a_usage_error(workspace: Path, command: list[str]) -> None:
    done = run(*command, "--start", "Monday", cwd=workspace)
    assert done.code == 2
    assert "--start: 'Monday' is no date" in done.err


def test_a_year_that_is_a_typing_mistake_is_a_usage_error(workspace: Path) -> None:
    done = run("preview", "prospects.csv", "--plan", "--start", "9999-12-31", cwd=workspace)
    assert done.code == 2
    assert "--start: the year 9999 is too far away" in done.err
