"""README says what is: its commands run, in order; its demo output is what `outreach demo` prints; its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli import run

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def test_the_commands_run_in_order(tmp_path: Path) -> None:
    here = tmp_path
    commands = [
        line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")
    ]
    assert len(commands) > 8
    for command in commands:
        words = shlex.split(command)
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        elif words[0] == "cd":
            here = here / words[1]
        else:
            result = run(*words[1:], cwd=here)
            assert result.code == 0, f"{command}: {result.err}"


def test_the_demo_output_is_what_the_demo_prints(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    printed = run("demo", cwd=tmp_path).out.strip()
    begin, end = "<!-- demo output -->\n", "<!-- end of demo output -->"
    if request.config.getoption("--update-golden"):
        head, _, rest = README.partition(begin)
        tail = rest.partition(end)[2] if end in rest else rest
        (ROOT / "README.md").write_text(
            f"{head}{begin}\n```text\n{printed}\n```\n\n{end}{tail}", encoding="utf-8"
        )
        return
    shown = (
        README.partition(begin)[2].partition(end)[0].strip().removeprefix("```text\n").removesuffix("\n```")
    )
    assert shown == printed, "run make golden and read the diff"


def test_every_command_is_named_and_no_other() -> None:
    shown = run("--help").out.split("Commands:")[1].split("\n\n")[0]
    listed = {line.split()[0] for line in shown.splitlines() if line.strip()}
    table = README.split("## Commands")[1].split("## Documentation")[0]
    named = set(re.findall(r"`(?:outreach )?([a-z]+)[ `]", table))
    assert {name for name in listed if name.isalpha()} <= named
    assert named & {"lab", "experiment", "today", "forget", "doctor"} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_a_page_for_each_thing_a_newcomer_adds() -> None:
    pages = {page.stem for page in (ROOT / "docs" / "adding").glob("*.md")}
    assert pages >= {
        "persona",
        "prompt-variant",
        "sequence",
        "role-policy",
        "message-template",
        "export-profile",
        "rubric-check",
        "provider",
    }
