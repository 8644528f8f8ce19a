"""docs/writing.md shows one account with three roles side by side: what it shows is what the program writes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import run

PAGE = Path(__file__).resolve().parents[1] / "docs" / "writing.md"
DAY = "2026-11-20"
BEGIN, END = "<!-- account -->\n", "<!-- end of account -->"


def account(folder: Path) -> str:
    """Return the three sequences of the example's first account as a table, with the reasons."""
    run("init", folder / "w", "--example", "saas-en")
    done = run("account", "brightquay", "prospects.csv", "--as-of", DAY, "--json", cwd=folder / "w")
    people = json.loads(done.out)["people"][:3]
    run("generate", "prospects.csv", "--as-of", DAY, "--out", "a.jsonl", cwd=folder / "w")
    lines = [json.loads(line) for line in (folder / "w" / "a.jsonl").read_text("utf-8").splitlines()]
    drafts = {line["outreach_id"]: line for line in lines}
    columns = [_column(person, drafts[person["outreach_id"]]) for person in people]
    heads, bodies = [column[0] for column in columns], [column[1:] for column in columns]
    rows = [heads, ["---"] * len(heads), *map(list, zip(*bodies, strict=True))]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _column(person: dict[str, Any], line: dict[str, Any]) -> list[str]:
    role = person["buying_role"].replace("_", " ")
    head = f"{person['place']}. {person['name']}, {person['title']} ({role}), from day {person['start_day']}"
    cells = [head, f"*Why here:* {person['reason']}"]
    for step, message in zip(person["steps"], line["messages"], strict=True):
        text = message["body"].replace("\n\n", "<br>")
        cells.append(
            f"**{step['step']}. {step['channel'].replace('_', ' ')}, day {step['day']}.** {text}<br>*Built on* {step['angle']}. *Asks:* {step['ask']}"
        )
    return [*cells, f"*Keeps clear of:* {'; '.join(person['avoids']) or 'nothing'}"]


def test_the_page_shows_the_account_as_it_is_written(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    written = f"\n{account(tmp_path)}\n"
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    shown, after = rest.split(END)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(f"{before}{BEGIN}{written}{END}{after}", "utf-8")
        return
    assert shown == written
