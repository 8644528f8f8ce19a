"""`outreach prompts`: the list, a file, a prompt with its sources, two compared, and lint; and what preview and dry runs say of it."""

import json
from pathlib import Path

import pytest

from benchmarks.prompts import EXAMPLES, WANTED, shares
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.tracing import TracingEnvironment
from outreach.running.prompt_samples import shipped_sample
from outreach.running.prompt_share import common_start, prompt_share
from outreach.workspace.library import Library
from tests.cli import run
from tests.loopback import ScriptedServer, good

DAY = "2026-11-20"
VARIANTS = PromptEnvironment(Library().builtin / "prompts").variants("sequence")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    run("init", tmp_path / "w", "--example", "latam")
    return tmp_path / "w"


def without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("{#"))


def test_the_list_and_a_file(tmp_path):
    listed = run("prompts", cwd=tmp_path)
    assert listed.code == 0
    assert ["sequence/default", "built-in"] in [line.split()[:2] for line in listed.out.splitlines()]
    for name in ("sequence/plain", "sequence:plain"):
        shown = run("prompts", name, cwd=tmp_path)
        assert shown.code == 0
        assert shown.out.splitlines()[0].endswith("prompts/sequence/plain.j2")
        assert "{% block idea %}" in shown.out
    wrong = run("prompts", "sequence/plian", cwd=tmp_path)
    assert wrong.code == 1
    assert "hint: did you mean 'sequence/plain'?" in wrong.err
    assert run("prompts", "shwo", cwd=tmp_path).code == 1


def test_show_is_the_prompt_with_comments(tmp_path, golden):
    shown = run("prompts", "show", "sequence:default", cwd=tmp_path)
    assert shown.code == 0
    golden("prompts_show.txt", shown.out)
    sample = shipped_sample()
    prompt = PromptEnvironment(Library().builtin / "prompts")
    from outreach.prompting.prompts import sequence_prompt

    wanted = sequence_prompt(sample.plan, prompt, "default", b"sample")
    plain = [line for line in without_comments(shown.out).splitlines() if line.strip()]
    assert plain == [
        line for message in wanted.messages for line in message.content.splitlines() if line.strip()
    ]


@pytest.mark.parametrize("name", ["repair:default", "judge:default", "judge:pairwise", "sequence:question"])
def test_every_task_can_be_shown(tmp_path, name):
    shown = run("prompts", "show", name, cwd=tmp_path)
    assert shown.code == 0, shown.err
    assert f"{{# {name.replace(':', '/')}: " in shown.out
    assert "----- system, stable" in shown.out
    assert f"builtin:{name.split(':')[0]}/" in shown.out


def test_show_takes_the_workspaces_list_and_files(workspace):
    (workspace / "prompts/_partials").mkdir(parents=True)
    (workspace / "prompts/_partials/voice.j2").write_text("# Voice\n- As at sea.\n", encoding="utf-8")
    shown = run("prompts", "show", "--as-of", DAY, cwd=workspace)
    assert "row 1 of prospects.csv" in shown.out.splitlines()[0]
    assert "{# prompts/_partials/voice.j2:1-2; " in shown.out
    other = run("prompts", "show", "--row", "2", "--as-of", DAY, cwd=workspace)
    assert "row 2 of" in other.out.splitlines()[0]
    far = run("prompts", "show", "--row", "999", cwd=workspace)
    assert far.code == 2
    assert "hint: see why: outreach qualify" in far.err


def test_a_task_that_nobody_knows_is_shown_as_its_file(workspace):
    (workspace / "prompts/postcard").mkdir(parents=True)
    (workspace / "prompts/postcard/default.j2").write_text("Wish {{ you }} were here.\n", encoding="utf-8")
    shown = run("prompts", "show", "postcard:default", cwd=workspace)
    assert shown.code == 0
    assert "Wish {{ you }} were here." in shown.out
    assert "not known" in shown.err


def test_diff_of_renderings_and_of_files(tmp_path):
    rendered = run("prompts", "diff", "sequence:default", "sequence:plain", cwd=tmp_path).out
    assert rendered.startswith("--- sequence/default\n+++ sequence/plain\n")
    changed = [line for line in rendered.splitlines()[2:] if line[:1] in "+-"]
    assert len(changed) == 2, "only the idea differs, and no fence"
    assert changed[1].startswith("+Be brief above all.")
    source = run("prompts", "diff", "sequence:default", "sequence:plain", "--source", cwd=tmp_path).out
    assert '+{% extends "builtin:sequence/default.j2" %}' in source
    assert run("prompts", "diff", "sequence:plain", "sequence:plain", cwd=tmp_path).out == "no difference\n"


def test_lint_by_name_with_exit_codes_and_json(workspace):
    assert run("prompts", "lint", cwd=workspace).code == 0
    (workspace / "prompts/sequence").mkdir(parents=True)
    path = workspace / "prompts/sequence/mine.j2"
    path.write_text(
        '{% extends "builtin:sequence/default.j2" %}\n{% block idea %}\nSave them 30 %.\n{% endblock %}\n'
    )
    warned = run("prompts", "lint", "sequence:mine", cwd=workspace)
    assert warned.code == 0
    assert warned.out.startswith(f"{path}:3: warn copyable: a figure that a model could copy: 30 %\nhint: ")
    assert run("prompts", "lint", "sequence:mine", "--strict", cwd=workspace).code == 1
    path.write_text(
        '{% extends "builtin:sequence/default.j2" %}\n{% block idea %}\n{{ facts }}\n{% endblock %}\n'
    )
    wrong = run("prompts", "lint", "--json", cwd=workspace)
    assert wrong.code == 1
    found = [json.loads(line) for line in wrong.out.splitlines()]
    assert [(one["rule"], one["severity"], one["line"]) for one in found] == [
        ("reader-in-stable", "error", 3)
    ]


def test_tracing_changes_nothing():
    sample = shipped_sample()
    from outreach.prompting.prompts import Prompts

    builtin = Library().builtin / "prompts"
    for variant in VARIANTS:
        plan = sample.plan.model_copy(update={"variant": variant})
        traced = TracingEnvironment(builtin)
        assert Prompts(traced, b"s").sequence(plan) == Prompts(PromptEnvironment(builtin), b"s").sequence(
            plan
        )
        paths = {Path(passage.path).name for passages in traced.rendered for passage in passages}
        assert {"default.j2", "voice.j2", "reader.j2", "goals.j2"} <= paths


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_most_of_a_list_that_shares_persona_and_offer_is_cacheable(example, variant):
    for name, share in shares(example, variant).items():
        assert share.share >= WANTED, name


def test_prospects_of_one_persona_share_one_beginning():
    for share in shares("latam", "default").values():
        # One for each set of steps: an address that is missing drops a step, and the sequence stands in the beginning.
        assert share.beginnings <= min(share.prompts, 3)
    one = shipped_sample()
    from outreach.prompting.prompts import Prompts

    prompt = Prompts(PromptEnvironment(Library().builtin / "prompts"), b"s").sequence(one.plan)
    twice = prompt_share([prompt, prompt])
    assert (twice.beginnings, twice.common_tokens) == (1, twice.stable_tokens // 2)
    assert twice.share == pytest.approx(prompt.stable_share, abs=0.01)
    assert prompt_share([]).share == 0
    assert common_start(["abcd", "abx"]) == "ab"


def test_the_share_is_said_by_preview_and_dry_run(workspace):
    preview = run("preview", "prospects.csv", "--as-of", DAY, cwd=workspace)
    assert "of them in the stable beginning that a prompt cache can serve" in preview.err
    dry = run("generate", "prospects.csv", "--model", "ollama:x", "--dry-run", "--as-of", DAY, cwd=workspace)
    assert "prompts: about " in dry.out
    assert "tokens are common to all" in dry.out
    offline = run("generate", "prospects.csv", "--model", "offline", "--json", "--limit", "1", "--as-of", DAY, cwd=workspace)  # fmt: skip
    assert json.loads(offline.out)["cacheable_share"] is None


def test_one_call_for_a_whole_sequence(workspace):
    """Text that fails would be repaired; without repairs there is exactly one request for each prospect."""

    def answer(request):
        steps = request.text.split("Write the ")[1].split(" message")[0]
        said = [{"step": n, "subject": "s", "paragraphs": [[{"text": "Hello.", "rests_on": ["courtesy"]}]]} for n in range(1, int(steps) + 1)]  # fmt: skip
        return good({"messages": said})

    with ScriptedServer(answer) as server:
        done = run(
            "generate", "prospects.csv", "--model", "openai:scripted", "--max-repairs", "0", "--json", "--as-of", DAY,
            cwd=workspace, env={"OUTREACH_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test"},
        )  # fmt: skip
        assert not server.errors
        summary = json.loads(done.out)
        assert summary["drafted"] == summary["llm_calls"] == len(server.requests) > 5
        assert summary["cacheable_share"] >= WANTED
        assert all(len(request.messages) == 2 for request in server.requests)
