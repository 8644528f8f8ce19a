"""`generate` with a model: a real OpenAI-compatible server on loopback, its faults, what is paid, and what a user reads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import Result, run
from tests.loopback import Answer, Request, ScriptedServer, good, half, page, refusal

DAY = "2026-11-20"
KEY = "sk-canary-0123456789abcdefghijklmnopqrstuvwxyz"

Answerer = Callable[[Request], Answer]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Make the example without its Italian row: a model would write it, the offline texts we answer with cannot."""
    run("init", tmp_path / "w", "--example", "saas-en")
    prospects = tmp_path / "w" / "prospects.csv"
    rows = prospects.read_text(encoding="utf-8").splitlines(keepends=True)
    prospects.write_text("".join(row for row in rows if "Trevisan" not in row), encoding="utf-8")
    return tmp_path / "w"


@pytest.fixture
def answerer(workspace: Path, tmp_path: Path) -> Answerer:
    """Answer each prompt with what the offline writer wrote for the same person: text that passes, from a real server."""
    out = tmp_path / "offline.jsonl"
    other = tmp_path / "other"
    run("init", other, "--example", "saas-en")
    run("generate", "prospects.csv", "--model", "offline", "--as-of", DAY, "--out", out, cwd=other)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    def answer(request: Request) -> Answer:
        said = request.messages[-1]["content"]
        line = next(
            (
                line
                for line in lines
                if line["prospect"]["last_name"] in said and line["prospect"]["first_name"] in said
            ),
            None,
        )  # a repair names no prospect: it would mean that a good answer was refused
        if line is None:
            return good({"messages": []})
        messages = [
            {
                "step": message["step"],
                "subject": message["subject"],
                "paragraphs": [
                    [{"text": paragraph, "rests_on": ["courtesy"]}]
                    for paragraph in message["body"].split("\n\n")
                ],
            }
            for message in line["messages"]
        ]
        return good(
            {"messages": messages},
            usage={"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200},
        )

    return answer


def generate(workspace: Path, server: ScriptedServer, *args: object, key: str | None = KEY) -> Result:
    env = {"OUTREACH_BASE_URL": server.url} | ({"OPENAI_API_KEY": key} if key else {})
    return run(
        "generate",
        "prospects.csv",
        "--model",
        "openai:scripted",
        "--as-of",
        DAY,
        "--json",
        *args,
        cwd=workspace,
        env=env,
    )


def everything_written(workspace: Path, result: Result) -> bytes:
    files = [path.read_bytes() for path in workspace.rglob("*") if path.is_file()]
    return b"".join(files) + result.out.encode() + result.err.encode()


def test_one_call_a_prospect_and_none_the_second_time(workspace: Path, answerer: Answerer) -> None:
    with ScriptedServer(answerer) as server:
        first = generate(workspace, server, "--out", "a.jsonl")
        assert first.code == 0, first.err
        summary = json.loads(first.out)
        assert summary["llm_calls"] == summary["drafted"] == len(server.requests) > 0
        assert summary["input_tokens"] == 1000 * summary["drafted"]
        assert summary["cost_usd"] is None
        assert all(request.format == "json_schema" for request in server.requests)
        second = generate(workspace, server, "--out", "b.jsonl")
        assert json.loads(second.out)["llm_calls"] == 0
        assert json.loads(second.out)["reused"] == summary["drafted"]
        assert len(server.requests) == summary["drafted"]
    assert (workspace / "a.jsonl").read_bytes() == (workspace / "b.jsonl").read_bytes()
    line = json.loads((workspace / "a.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (line["provider"], line["model"], line["fallback"]) == ("openai", "scripted", False)
    assert KEY.encode() not in everything_written(workspace, first)


def test_a_lost_store_costs_nothing_as_long_as_the_cache_is_there(
    workspace: Path, answerer: Answerer
) -> None:
    with ScriptedServer(answerer) as server:
        generate(workspace, server, "--out", "a.jsonl")
        for path in (workspace / ".outreach").glob("store.db*"):
            path.unlink()
        again = generate(workspace, server, "--out", "b.jsonl")
        summary = json.loads(again.out)
        assert (summary["llm_calls"], summary["cached"]) == (0, summary["drafted"])


def test_a_wrong_key_makes_one_call_and_stops_the_run(workspace: Path) -> None:
    denied = refusal(401, f"Incorrect API key provided: {KEY}", code="invalid_api_key")
    with ScriptedServer([denied]) as server:
        result = generate(workspace, server)
        assert len(server.requests) == 1
    assert result.code == 3
    assert "OPENAI_API_KEY" in result.err
    assert KEY.encode() not in everything_written(workspace, result)
    summary = json.loads(result.out)
    assert summary["drafted"] == 0
    assert summary["skipped"]["provider_failure"] > 0


@pytest.mark.parametrize(
    "fault",
    [
        half(),
        page(200),
        page(502),
        good(""),
        refusal(500, "oops"),
        refusal(429, "slow down", retry_after="0"),
    ],
    ids=["half JSON", "HTML with 200", "HTML with 502", "empty content", "500", "429 with Retry-After"],
)
def test_a_passing_fault_costs_one_more_call(workspace: Path, answerer: Answerer, fault: Answer) -> None:
    seen: list[Request] = []

    def once(request: Request) -> Answer:
        seen.append(request)
        return fault if len(seen) == 1 else answerer(request)

    with ScriptedServer(once) as server:
        result = generate(workspace, server, "--limit", "2")
    assert result.code == 0, result.err
    summary = json.loads(result.out)
    assert summary["drafted"] == summary["passed"] == 2
    assert len(seen) == 3


def test_an_endpoint_without_json_schema_is_asked_in_json_object_for_the_rest_of_the_run(
    workspace: Path, answerer: Answerer
) -> None:
    def refusing(request: Request) -> Answer:
        if request.format == "json_schema":
            return refusal(400, "response_format json_schema is not supported", param="response_format")
        return answerer(request)

    with ScriptedServer(refusing) as server:
        result = generate(workspace, server)
        formats = [request.format for request in server.requests]
    assert result.code == 0, result.err
    assert formats == ["json_schema"] + ["json_object"] * json.loads(result.out)["drafted"]


def test_a_row_that_fails_for_good_skips_that_row_alone(workspace: Path, answerer: Answerer) -> None:
    poisoned = _first_name_drafted(workspace)

    def mostly(request: Request) -> Answer:
        return (
            refusal(400, "bad request") if poisoned in request.messages[-1]["content"] else answerer(request)
        )

    with ScriptedServer(mostly) as server:
        result = generate(workspace, server, "--out", "a.jsonl")
        assert result.code == 4
        summary = json.loads(result.out)
        assert summary["skipped"]["provider_failure"] == 1
        assert summary["drafted"] > 5
        assert "provider_failure" not in (workspace / "a.jsonl").read_text(encoding="utf-8")
        helped = generate(workspace, server, "--on-failure", "offline", "--out", "b.jsonl")
    assert helped.code == 0, helped.err
    assert json.loads(helped.out)["fallback"] == 1
    marked = [json.loads(line) for line in (workspace / "b.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["provider"] for line in marked if line["fallback"]] == ["offline"]


def _first_name_drafted(workspace: Path) -> str:
    result = run(
        "generate",
        "prospects.csv",
        "--model",
        "offline",
        "--as-of",
        DAY,
        "--limit",
        "1",
        "--out",
        "x.jsonl",
        cwd=workspace,
    )
    assert result.code == 0, result.err
    return str(
        json.loads((workspace / "x.jsonl").read_text(encoding="utf-8").splitlines()[0])["prospect"][
            "last_name"
        ]
    )


def test_a_refusal_is_never_kept_as_a_message(workspace: Path) -> None:
    with ScriptedServer([good("I'm sorry, but I can't help with writing sales messages.")]) as server:
        result = generate(workspace, server, "--limit", "1", "--out", "a.jsonl")
    assert result.code == 4
    assert json.loads(result.out)["drafted"] == 0
    assert (workspace / "a.jsonl").read_text(encoding="utf-8") == ""


def test_a_draft_that_stays_bad_is_marked_shown_and_never_exported(
    workspace: Path, answerer: Answerer
) -> None:
    def inventing(request: Request) -> Answer:
        content = json.loads(json.loads(answerer(request).body)["choices"][0]["message"]["content"])
        for message in content["messages"]:
            message["paragraphs"].insert(
                1, [{"text": "Our customers grow by 87% in [TIMEFRAME].", "rests_on": ["C1"]}]
            )
        return good(content)

    with ScriptedServer(inventing) as server:
        result = generate(workspace, server, "--limit", "1", "--out", "a.jsonl")
        assert len(server.requests) <= 3
    assert result.code == 4
    line = json.loads((workspace / "a.jsonl").read_text(encoding="utf-8"))
    assert line["verdict"] == "fail"
    assert "placeholder" in {defect for message in line["messages"] for defect in message["defects"]}
    assert "FAILS" in run("show", line["outreach_id"], cwd=workspace).out
    refused = run("approve", line["outreach_id"], cwd=workspace)
    assert refused.code == 2
    assert "fails the rubric" in refused.err
    assert "nothing approved" in run("export", "--to", "generic_csv", cwd=workspace).err


def test_a_budget_that_is_too_small_stops_before_the_call(workspace: Path) -> None:
    (workspace / "prices.toml").write_text(
        "date = 2026-11-25\n[openai]\nscripted = {input = 10.0, output = 30.0}\n", encoding="utf-8"
    )
    with ScriptedServer([good("never")]) as server:
        result = generate(workspace, server, "--max-usd", "0.0001")
        assert server.requests == []
    assert result.code == 3
    assert json.loads(result.out)["skipped"]["budget"] > 0


def test_a_workspace_cannot_send_the_key_elsewhere(workspace: Path) -> None:
    settings = workspace / "outreach.toml"
    text = settings.read_text(encoding="utf-8").replace(
        "[model]", '[model]\nbase_url = "https://models.example/v1"'
    )
    settings.write_text(text, encoding="utf-8")
    args = ("generate", "prospects.csv", "--model", "openai:x", "--limit", "1")
    result = run(*args, cwd=workspace, env={"OPENAI_API_KEY": KEY})
    assert result.code == 1
    assert "outreach trust https://models.example/v1" in result.err


def test_without_a_key_a_named_model_is_an_error_not_the_offline_writer(workspace: Path) -> None:
    result = run("generate", "prospects.csv", "--model", "openai:gpt-5-mini", cwd=workspace)
    assert result.code == 1
    assert "OPENAI_API_KEY" in result.err
    assert "no drafts" in run("drafts", cwd=workspace).out


def test_a_missing_prompt_file_is_fatal(workspace: Path) -> None:
    with ScriptedServer([good("never")]) as server:
        result = generate(workspace, server, "--variant", "sequence=defualt")
        assert server.requests == []
    assert result.code == 1
    assert "default" in result.err
