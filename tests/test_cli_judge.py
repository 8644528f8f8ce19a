"""`--judge` end to end: a real OpenAI-compatible server on loopback answers; what is paid, kept, found and said."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.cli import Result, run
from tests.judge_samples import BODY, CONTEXT, INVENTED, claim, judge_answer, said
from tests.loopback import Answer, Request, ScriptedServer, good, refusal

DAY = "2026-11-20"
JUDGE = "openai:judge-1"
SCHEMAS = Path(__file__).resolve().parents[1] / "docs" / "schemas"
DEV = Path(__file__).resolve().parent / "fixtures" / "rubric" / "messages.dev.jsonl"
PRICES = 'date = 2026-11-25\n[openai]\n"judge-1" = {input = 10.0, output = 30.0}\n"scripted" = {input = 10.0, output = 30.0}\n'


def schema(name: str) -> dict[str, object]:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    run("init", tmp_path / "w", "--example", "saas-en")
    return tmp_path / "w"


def write(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


def record(number: int = 1, **changes: object) -> dict[str, object]:
    return {"id": f"m{number}", "channel": "linkedin_message", "context": CONTEXT, "body": BODY} | changes


def lines_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def call(workspace: Path, server: ScriptedServer, *args: object, judge: str = JUDGE) -> Result:
    env = {"OUTREACH_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"}
    return run(*args, "--judge", judge, cwd=workspace, env=env)


def message_in(request: Request) -> str:
    """The text between the message's fence lines."""
    return request.messages[-1]["content"].split(" message>\n")[1].split("\n</fence")[0]


def inventive(request: Request) -> dict[str, object]:
    """Find the invention where it is, and nothing else."""
    text = message_in(request)
    return judge_answer([claim(INVENTED)] if INVENTED in text else [])


def knowing(labels: Callable[[str], bool]) -> Callable[[Request], dict[str, object]]:
    """A judge that calls the first words of a message an invention where `labels` says so."""

    def answer(request: Request) -> dict[str, object]:
        text = message_in(request)
        return judge_answer([claim(text.split("\n\n")[-1].split(".")[0])] if labels(text) else [])

    return answer


def test_validate_adds_findings_in_order_and_pays_once(workspace: Path) -> None:
    plain = [record(n, body=f"Hi Juno, do you weigh boxes in Łódź? {n}.") for n in range(2, 30)]
    path = write(workspace / "m.jsonl", record(), *plain)
    path.write_text(path.read_text(encoding="utf-8") + "not json\n\n", encoding="utf-8")
    without = run("validate", path, "--json", cwd=workspace)
    with ScriptedServer(inventive) as server:
        first = call(workspace, server, "validate", path, "--json")
        assert len(server.requests) == 29
        assert not server.errors
        body = server.requests[0].json
        assert (body["temperature"], server.requests[0].format) == (0, "json_schema")
        second = call(workspace, server, "validate", path, "--json")
        assert len(server.requests) == 29, "nothing is paid for twice"
    assert first.out == second.out
    assert first.code == without.code == 4  # the broken line; the judge only warns
    lines = lines_of(first.out)
    assert [line["id"] for line in lines] == [line["id"] for line in lines_of(without.out)]
    assert "judge" not in lines_of(without.out)[0]
    jsonschema.validate(lines[0], schema("judged-line"))
    found = [one for one in lines[0]["findings"] if one["check"] == "judge.invention"]
    assert [(one["severity"], one["quote"], one["defect"]) for one in found] == [
        ("warn", INVENTED, "fabricated_fact")
    ]
    assert lines[0]["verdict"] == "pass"
    claims = lines[0]["judge"]["opinions"][0]["claims"]
    assert claims == [{"quote": INVENTED, "rests_on": "none"}]
    for line, before in zip(lines[1:], lines_of(without.out)[1:], strict=True):
        assert {**line, "judge": None} == {**before, "judge": None}
    assert "29 messages, 0 errors and 1 warnings of the judge; 29 calls, 0 from the cache" in first.err
    assert "0 calls, 29 from the cache" in second.err
    assert "its findings are warnings" in first.err


def calibrated(workspace: Path, server: ScriptedServer, *, agrees: bool = True) -> Result:
    """Calibrate on ten lies and ten truths; a judge that does not agree calls everything an invention."""
    records = [
        record(n, body=f"{'Lie' if n % 2 else 'True'} number {n}. You told me so in May.", labels={
            "defects": ["fabricated_fact"] if n % 2 else [], "tolerated": []})
        for n in range(20)
    ]  # fmt: skip
    path = write(workspace / "labelled.jsonl", *records)
    server.script = knowing(lambda text: not agrees or text.startswith("Lie"))
    return call(workspace, server, "judge", "calibrate", path, "--json")


def test_a_calibration_on_record_turns_an_invention_into_an_error(workspace: Path) -> None:
    path = write(workspace / "m.jsonl", record())
    with ScriptedServer(inventive) as server:
        assert call(workspace, server, "validate", path, "--json").code == 0
        made = calibrated(workspace, server)
        assert made.code == 0, made.err
        report = json.loads(made.out)
        jsonschema.validate(report, schema("calibration"))
        assert report["criteria"]["invention"]["kappa"] == 1
        assert report["criteria"]["relevance"]["kappa"] is None
        assert "relevance: kappa is undefined" in made.err
        assert report["may_fail"] == ["invention"]
        assert (report["records"], report["llm_calls"]) == (20, 20)
        server.script = inventive
        after = call(workspace, server, "validate", path, "--json")
        assert after.code == 4
        verdict = lines_of(after.out)[0]
        assert (verdict["verdict"], verdict["judge"]["may_fail"]) == ("fail", ["invention"])
        assert verdict["score"] <= 59
        assert "invention can fail a message (calibrated)" in after.err
        other = call(workspace, server, "validate", path, "--json", judge="openai:judge-2")
        assert other.code == 0, "the calibration is of another model"
        prompts = workspace / "prompts" / "judge"
        prompts.mkdir(parents=True)
        (prompts / "default.j2").write_text(
            '{% extends "builtin:judge/default.j2" %}{% block questions %}{{ super() }}\nBe strict.{% endblock %}',
            encoding="utf-8",
        )
        changed = call(workspace, server, "validate", path, "--json")
        assert changed.code == 0, "the calibration is of another prompt"
        assert "Be strict." in server.requests[-1].text


def test_a_poor_calibration_leaves_warnings_and_takes_an_old_permission_away(workspace: Path) -> None:
    path = write(workspace / "m.jsonl", record())
    with ScriptedServer(inventive) as server:
        calibrated(workspace, server)
        run("cache", "clear", cwd=workspace)
        again = json.loads(calibrated(workspace, server, agrees=False).out)
        assert again["criteria"]["invention"]["kappa"] == 0
        assert again["may_fail"] == []
        server.script = inventive
        assert call(workspace, server, "validate", path, "--json").code == 0
    listed = run("judge", cwd=workspace).out
    assert "invention" in listed
    assert "openai:judge-1" in listed
    assert "0.00" in listed


def test_the_shipped_labelled_set_calibrates_and_lines_without_labels_are_named(workspace: Path) -> None:
    labelled = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    lies = {one["body"].strip() for one in labelled if "fabricated_fact" in one["labels"]["defects"]}
    tolerated = sum("fabricated_fact" in one["labels"]["tolerated"] for one in labelled)
    numbers = sum(
        "fabricated_number" in one["labels"]["defects"]
        and "fabricated_fact" not in one["labels"]["tolerated"]
        for one in labelled
    )
    path = workspace / "dev.jsonl"
    path.write_text(
        DEV.read_text(encoding="utf-8")
        + json.dumps(record(labels=None))
        + '\n{"id": "s", "steps": []}\n{"id": 7}\n',
        encoding="utf-8",
    )
    with ScriptedServer(knowing(lambda text: any(text.endswith(lie) for lie in lies))) as server:
        done = call(workspace, server, "judge", "calibrate", path, "--json")
    assert done.code == 4
    for line, what in ((121, "no labels"), (122, "a sequence"), (123, "id:")):
        assert f"dev.jsonl:{line}: {what}" in done.err
    report = json.loads(done.out)
    invention = report["criteria"]["invention"]
    assert invention["n"] + invention["set_aside"] + invention["void"] == 120
    assert invention["set_aside"] == tolerated + numbers
    assert (invention["both_yes"], invention["only_judge"], invention["only_label"]) == (6, 0, 0)
    assert invention["kappa"] == 1
    assert "only 6 of" in done.err
    shown = run("judge", "calibrate", path, "--limit", "3", "--judge", JUDGE, cwd=workspace,
                env={"OUTREACH_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"})  # fmt: skip
    assert shown.code == 0, shown.err
    assert "criterion" in shown.out
    assert "0 calls, 3 from the cache" in shown.err


def test_a_provider_that_refuses_leaves_the_rules_alone_and_no_calibration(workspace: Path) -> None:
    path = write(workspace / "m.jsonl", record(), record(2))
    without = run("validate", path, "--json", cwd=workspace)
    with ScriptedServer([refusal(401, "Incorrect API key", code="invalid_api_key")]) as server:
        done = call(workspace, server, "validate", path, "--json")
        assert len(server.requests) == 1
        labelled = write(workspace / "l.jsonl", record(labels={"defects": []}))
        refused = call(workspace, server, "judge", "calibrate", labelled)
    assert done.code == without.code == 0
    for line, before in zip(lines_of(done.out), lines_of(without.out), strict=True):
        assert {**line, "judge": None} == {**before, "judge": None}
        assert {one["answer"] for one in line["judge"]["opinions"]} == {"failed"}
    assert "invention: did not run 2 times" in done.err
    assert "the rules alone decided" in done.err
    assert refused.code == 3
    assert not (workspace / ".outreach" / "calibrations.json").exists()


def test_a_spent_budget_is_said_and_stops_no_verdict(workspace: Path) -> None:
    (workspace / "prices.toml").write_text(PRICES, encoding="utf-8")
    path = write(workspace / "m.jsonl", record(), record(2, body=BODY + " Hm."))
    with ScriptedServer(inventive) as server:
        done = call(workspace, server, "validate", path, "--json", "--max-usd", "0.001")
        assert server.requests == []
        assert done.code == 0
        assert "did not run 2 times: the budget is spent" in done.err
        unpriced = call(workspace, server, "validate", path, "--max-usd", "1", judge="openai:unpriced")
        assert unpriced.code == 3
        assert "no price is known" in unpriced.err


@pytest.mark.parametrize(
    ("judge", "code", "says"),
    [
        ("offline", 2, "a judge is a model"),
        ("gpt", 2, "--judge 'gpt' names no provider"),
        ("openia:x", 2, "did you mean 'openai'"),
    ],
)
def test_a_judge_that_is_none_is_said_before_anything_is_done(
    workspace: Path, judge: str, code: int, says: str
) -> None:
    path = write(workspace / "m.jsonl", record())
    done = run("validate", path, "--judge", judge, cwd=workspace)
    assert (done.code, done.out) == (code, "")
    assert says in done.err


def test_a_judge_needs_a_workspace_and_a_sound_criterion(workspace: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "m.jsonl", record())
    outside = run("validate", path, "--judge", JUDGE, cwd=tmp_path, env={"OPENAI_API_KEY": "sk-test"})
    assert outside.code == 1
    assert "outreach init" in outside.err
    criteria = workspace / "templates" / "criteria"
    criteria.mkdir(parents=True)
    (criteria / "tone.yaml").write_text("id: tone\nquestion: x\nyes_iff: x\n", encoding="utf-8")
    done = run("validate", path, "--judge", JUDGE, cwd=workspace, env={"OPENAI_API_KEY": "sk-test"})
    assert done.code == 1
    assert "tone.yaml:3" in done.err
    assert "did you mean 'yes_if'" in done.err
    checked = run("check", cwd=workspace)
    assert "tone.yaml:3" in checked.out + checked.err
    assert checked.code == 1


def test_a_criterion_of_ones_own_takes_one_file(workspace: Path) -> None:
    criteria = workspace / "templates" / "criteria"
    criteria.mkdir(parents=True)
    (criteria / "one_idea.yaml").write_text(
        "id: one_idea\nquestion: Are there two ideas?\nyes_if: two\nno_if: one\ndimension: clarity\n"
        "message: two ideas\nhint: drop one\n",
        encoding="utf-8",
    )
    path = write(workspace / "m.jsonl", record())
    with ScriptedServer(lambda _request: judge_answer(one_idea=said(yes=True, quote="roughly"))) as server:
        done = call(workspace, server, "validate", path, "--json")
        assert "Are there two ideas?" in server.requests[0].text
        assert "one_idea" in server.requests[0].schema["properties"]
    assert "judge.one_idea" in {one["check"] for one in lines_of(done.out)[0]["findings"]}
    assert "one_idea" in run("judge", cwd=workspace).out
    assert "two ideas" in run("judge", "show", "one_idea", cwd=workspace).out
    assert "Are there two ideas?" in run("validate", "--explain", "judge.one_idea", cwd=workspace).out
    assert "warn; error once calibrated" in run("validate", "--explain", "judge.invention", cwd=workspace).out
    assert run("validate", "--explain", "judge.nothing", cwd=workspace).code == 2


def test_one_text_can_be_judged_too(workspace: Path) -> None:
    (workspace / "note.txt").write_text(BODY, encoding="utf-8")
    answer = judge_answer([claim(INVENTED)], naturalness=said(yes=True, quote="roughly"))
    with ScriptedServer(lambda _request: answer) as server:
        done = call(workspace, server, "validate", "note.txt", "--channel", "linkedin_message", "--json")
    checks = [one["check"] for one in lines_of(done.out)[0]["findings"]]
    assert [check for check in checks if check.startswith("judge.")] == ["judge.naturalness"]
    assert "invention: not asked 1 times: the message has no context" in done.err


# generate --judge ---------------------------------------------------------------------------------------------------


def generate(workspace: Path, server: ScriptedServer, *args: object, judge: str = JUDGE) -> Result:
    return call(
        workspace, server, "generate", "prospects.csv", "--model", "offline", "--as-of", DAY, "--limit", "3", "--json", *args,
        judge=judge,
    )  # fmt: skip


def test_generate_counts_the_judge_only_where_one_is_used(workspace: Path) -> None:
    plain = run("generate", "prospects.csv", "--model", "offline", "--as-of", DAY, "--limit", "3", "--json",
                "--out", "p.jsonl", cwd=workspace)  # fmt: skip
    assert "judge" not in json.loads(plain.out)
    with ScriptedServer(lambda _request: judge_answer()) as server:
        done = generate(workspace, server, "--out", "j.jsonl")
        assert done.code == 0, done.err
        asked = len(server.requests)
        again = generate(workspace, server, "--out", "k.jsonl")
        assert "3 of them are there already, 0 to do" in generate(workspace, server, "--dry-run").out
        assert len(server.requests) == asked
    summary = json.loads(done.out)
    jsonschema.validate(summary, schema("judged-summary"))
    assert summary["judge"]["messages"] == summary["judge"]["llm_calls"] == summary["llm_calls"] == asked
    assert not any(summary["judge"][name] for name in ("errors", "failed", "void", "not_shown"))
    assert json.loads(again.out)["reused"] == 3
    assert (workspace / "j.jsonl").read_bytes() == (workspace / "k.jsonl").read_bytes()
    for line, before in zip(
        lines_of((workspace / "j.jsonl").read_text(encoding="utf-8")),
        lines_of((workspace / "p.jsonl").read_text(encoding="utf-8")),
        strict=True,
    ):
        jsonschema.validate(line, schema("generate-line"))
        assert line["judge"]["model"] == JUDGE
        assert before["judge"] is None
        assert {**line, "judge": None} == before, (
            "a judge that finds nothing changes nothing, at any concurrency"
        )


def test_an_interrupted_judge_is_asked_again_and_the_drafts_are_kept(workspace: Path) -> None:
    with ScriptedServer([refusal(401, "no", code="invalid_api_key")]) as server:
        lost = generate(workspace, server, "--out", "a.jsonl")
        assert lost.code == 0, lost.err
        summary = json.loads(lost.out)
        assert (summary["drafted"], summary["passed"]) == (3, 3)
        assert summary["judge"]["failed"] == summary["judge"]["messages"] * 4 > 0
        assert "the rules alone decided" in lost.err
        server.script = lambda _request: judge_answer()
        found = generate(workspace, server, "--out", "b.jsonl")
    summary = json.loads(found.out)
    assert (summary["reused"], summary["judge"]["failed"]) == (0, 0)
    assert summary["judge"]["llm_calls"] == summary["judge"]["messages"]


def test_an_error_of_the_judge_fails_an_offline_draft_and_exit_is_4(workspace: Path) -> None:
    with ScriptedServer(inventive) as server:
        calibrated(workspace, server)
        first = knowing(lambda text: "connect" in text.lower())
        server.script = first
        done = generate(workspace, server, "--out", "a.jsonl")
        assert not server.errors
    assert done.code == 4
    summary = json.loads(done.out)
    assert summary["failed"] > 0
    assert summary["judge"]["errors"] > 0
    assert summary["judge"]["may_fail"] == ["invention"]
    failed = [
        line
        for line in lines_of((workspace / "a.jsonl").read_text(encoding="utf-8"))
        if line["verdict"] == "fail"
    ]
    assert "fabricated_fact" in {
        one for line in failed for message in line["messages"] for one in message["defects"]
    }
    refused = run("approve", failed[0]["outreach_id"], cwd=workspace)
    assert refused.code == 2
    validated = run("validate", "a.jsonl", "--json", cwd=workspace)
    assert validated.code == 0, "without the judge the rules alone decide"


def test_writer_and_judge_of_one_model_are_named_and_share_the_budget(workspace: Path) -> None:
    (workspace / "prices.toml").write_text(PRICES, encoding="utf-8")
    offline = workspace / "o.jsonl"
    run("generate", "prospects.csv", "--model", "offline", "--as-of", DAY, "--out", offline, cwd=workspace)
    drafts = lines_of(offline.read_text(encoding="utf-8"))

    def both(request: Request) -> Answer:
        said_to = request.messages[-1]["content"]
        usage = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
        if " message>" in said_to:
            return good(judge_answer(), usage=usage)
        line = next(one for one in drafts if one["prospect"]["last_name"] in said_to)
        messages = [
            {"step": one["step"], "subject": one["subject"],
             "paragraphs": [[{"text": part, "rests_on": ["courtesy"]}] for part in one["body"].split("\n\n")]}
            for one in line["messages"]
        ]  # fmt: skip
        return good({"messages": messages}, usage=usage)

    args = (
        "generate",
        "prospects.csv",
        "--model",
        "openai:scripted",
        "--as-of",
        DAY,
        "--limit",
        "2",
        "--json",
    )
    with ScriptedServer(both) as server:
        done = call(workspace, server, *args, "--max-usd", "5", "--out", "a.jsonl", judge="openai:scripted")
        assert not server.errors
        assert done.code == 0, done.err
        assert "judges what it wrote itself" in done.err
        summary = json.loads(done.out)
        calls = len(server.requests)
        assert summary["llm_calls"] == calls == 2 + summary["judge"]["llm_calls"]
        assert summary["cost_usd"] == pytest.approx(calls * (1000 * 10 + 100 * 30) / 1e6)
        validated = call(workspace, server, "validate", "a.jsonl", judge="openai:scripted")
        assert "judges what it wrote itself" in validated.err
        assert len(server.requests) == calls, "validate asks what generate asked: it costs nothing"
        other = call(workspace, server, *args, "--dry-run")
        assert "judges what it wrote itself" not in other.err
        assert "the judge: " in other.out
        assert len(server.requests) == calls
        run("cache", "clear", cwd=workspace)
        for path in (workspace / ".outreach").glob("store.db*"):
            path.unlink()
        # Room for one writer's call at worst and little more: the judge finds the purse empty.
        capped = call(workspace, server, *args, "--max-usd", "0.15", "--limit", "1")
    spent = json.loads(capped.out)
    assert spent["cost_usd"] <= 0.15
    assert spent["judge"]["failed"] > 0 or spent["skipped"].get("budget")


# judge compare ------------------------------------------------------------------------------------------------------


def two_files(workspace: Path) -> tuple[Path, Path]:
    a = [record(n, body=f"Plain text {n}.") for n in range(1, 9)]
    b = [record(n, body=f"{'Better' if n <= 6 else 'Plain'} text {n} of B.") for n in range(1, 9)]
    return write(workspace / "a.jsonl", *a, record(20)), write(
        workspace / "b.jsonl", *b, record(1), record(30)
    )


def test_compare_counts_wins_in_both_orders_and_pays_once(workspace: Path) -> None:
    a, b = two_files(workspace)

    def answer(request: Request) -> dict[str, str]:
        texts = request.messages[-1]["content"].split(" text>\n")[1:]
        better = next((str(n) for n, text in enumerate(texts, 1) if text.startswith("Better")), "1")
        return {"reason": "r", "better": better}

    with ScriptedServer(answer) as server:
        done = call(workspace, server, "judge", "compare", a, b, "--json")
        assert len(server.requests) == 16
        again = call(workspace, server, "judge", "compare", a, b)
        assert len(server.requests) == 16
    assert done.code == 4, "one id comes twice, and is named"
    assert "b.jsonl:9: the id 'm1' comes twice" in done.err
    report = json.loads(done.out)
    jsonschema.validate(report, schema("pairs"))
    assert (report["pairs"], report["a_wins"], report["b_wins"], report["ties"]) == (8, 0, 6, 2)
    assert (report["first_both_times"], report["only_a"], report["only_b"]) == (2, 1, 1)
    assert report["p_value"] == pytest.approx(2 / 64)
    assert report["a_share"] == 0
    assert report["a_share_high"] == pytest.approx(0.4593, abs=1e-4)
    assert "b.jsonl wins 6" in again.out
    assert "0 calls, 16 from the cache" in again.err
    assert "no prediction of replies" in again.err


def test_a_judge_that_likes_a_place_decides_nothing(workspace: Path) -> None:
    a, b = two_files(workspace)
    with ScriptedServer(lambda _request: {"reason": "r", "better": "2"}) as server:
        done = call(workspace, server, "judge", "compare", a, b, "--limit", "4")
    assert "ties 4" in done.out
    assert "4 the second" in done.out
    assert "no pair was decided" in done.out


def test_files_without_a_pair_and_a_provider_that_refuses(workspace: Path) -> None:
    a = write(workspace / "a.jsonl", record(1))
    b = write(workspace / "b.jsonl", record(2))
    with ScriptedServer([refusal(401, "no", code="invalid_api_key")]) as server:
        assert call(workspace, server, "judge", "compare", a, b).code == 1
        assert server.requests == []
        write(b, record(1, body="Other."))
        assert call(workspace, server, "judge", "compare", a, b).code == 3


def test_order_is_kept_and_lines_are_read_only_as_far_as_they_are_in_work(workspace: Path) -> None:
    from dataclasses import replace

    from outreach.rubric.rubrics import Rubric
    from outreach.running.judges import choose_judge
    from outreach.running.validating_judged import judge_lines_with
    from outreach.workspace.settings import load_settings

    read = 0

    def lines():
        nonlocal read
        for read in range(1, 61):
            yield json.dumps(record(read, body=f"Hi Juno, do you weigh boxes in Łódź? {read}.")).encode()

    def slow(request: Request) -> Answer:
        number = int(message_in(request).split("? ")[1].rstrip("."))
        return replace(good(judge_answer()), delay_s=0.05 * (number % 3))

    with ScriptedServer(slow) as server:
        env = {"OUTREACH_BASE_URL": server.url}
        judging = choose_judge(JUDGE, workspace, load_settings(workspace, env), Rubric(), env)
        verdicts = judge_lines_with(lines(), judging, 8)
        first = next(verdicts)
        assert read == 8
        ids = [first.id, *(verdict.id for verdict in verdicts)]
    assert ids == [f"m{number}" for number in range(1, 61)]
    assert server.most_at_once > 1


def test_without_a_judge_validate_loads_nothing_of_it() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from tests.cli import run\n"
        "print(run('validate', '-', '--channel', 'email', '--help').code)\n"
        "print([name for name in sys.modules if name in ('openai', 'diskcache', 'outreach.llm.client', 'outreach.judging.judge')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).resolve().parents[1])  # fmt: skip
    assert done.stdout.split("\n")[:2] == ["0", "[]"], done.stdout
