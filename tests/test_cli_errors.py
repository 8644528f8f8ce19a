"""What goes wrong ends in two lines with a place and a hint, the right exit code, and nothing lost."""

import json
from pathlib import Path

import pytest

from tests.cli import Result, run

DAY = "2026-11-20"
HEADER = "First Name,Last Name,Title,Company,Website,Industry,# Employees,Country,Email,LinkedIn URL\n"
ANA = (
    "Ana,Souza,VP Sales,Quellwerk,quellwerk.example,software,120,United States,ana.souza@quellwerk.example,"
    "https://www.linkedin.com/in/ana-souza-test-0001\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    run("init", tmp_path / "w")
    return tmp_path / "w"


def two_lines(result: Result) -> tuple[str, str]:
    """Return the last two lines of stderr: what is wrong, and the hint. No traceback is ever among them."""
    assert "Traceback" not in result.err
    lines = [line for line in result.err.splitlines() if line]
    assert lines[-1].startswith("hint: "), result.err
    return lines[-2], lines[-1]


@pytest.mark.parametrize(
    ("args", "code", "what"),
    [
        (["generate", "none.csv"], 1, "none.csv: "),
        (["generate", "prospects.csv", "--model", "opnai:x"], 2, "opnai"),
        (["generate", "prospects.csv", "--sequence", "linkedin-frist"], 1, "linkedin-frist"),
        (["generate", "prospects.csv", "--persona", "vp-sale"], 1, "vp-sale"),
        (["generate", "prospects.csv", "--as-of", "soon"], 2, "soon"),
        (["generate", "prospects.csv", "--variant", "question"], 2, "--variant"),
        (["generate", "prospects.csv", "--on-failure", "cry"], 2, "--on-failure"),
        (["generate", "prospects.csv", "--out", "missing/x.jsonl"], 1, "missing/x.jsonl"),
        (["generate", "prospects.csv", "--limit", "0"], 2, "--limit"),
        (["generate"], 2, "PROSPECTS"),
        (["generte"], 2, "generte"),
        (["show", "o1_none"], 2, "o1_none"),
        (["show", "7"], 2, "row 7"),
        (["approve"], 2, "--passing"),
        (["accept", "3"], 2, "row 3"),
        (["export", "--to", "genric_csv"], 1, "genric_csv"),
        (["personas", "vp-sale"], 1, "vp-sale"),
        (["init", "x", "--example", "saas"], 1, "saas"),
    ],
)
def test_wrong_words_on_the_command_line(workspace: Path, args: list[str], code: int, what: str) -> None:
    result = run(*args, cwd=workspace)
    assert result.code == code, result.err
    assert what in "\n".join(two_lines(result))


def test_near_matches_are_offered(workspace: Path) -> None:
    assert (
        "'linkedin-first'"
        in run("generate", "prospects.csv", "--sequence", "linkedin-frist", cwd=workspace).err
    )
    assert "'vp-sales'" in run("generate", "prospects.csv", "--persona", "vp-sale", cwd=workspace).err


def test_outside_a_workspace(tmp_path: Path) -> None:
    result = run("generate", "x.csv", cwd=tmp_path)
    assert result.code == 1
    assert "outreach init" in two_lines(result)[1]


@pytest.mark.parametrize(
    ("name", "change", "line", "what"),
    [
        ("icp.yaml", ("criteria:", "critera:"), 3, "critera"),
        ("icp.yaml", ("min: 50,", "min: fifty,"), 5, "number"),
        ("offer.yaml", ("company: Your Company", "company: Your Company\n  compnay: x"), 7, "compnay"),
        ("offer.yaml", ("weight: light", "weight: lite"), 19, "light"),
        ("outreach.toml", ('account = "free"', 'account = "gratis"'), None, "account"),
        ("outreach.toml", ("[linkedin]", "[linkedin"), None, "TOML"),
    ],
)
def test_wrong_files_name_the_line(
    workspace: Path, name: str, change: tuple[str, str], line: int | None, what: str
) -> None:
    path = workspace / name
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    for command in (["check"], ["generate", "prospects.csv"]):
        result = run(*command, cwd=workspace)
        assert result.code == 1
        assert what in result.err
        assert f"{name}:{line or ''}" in result.err


def test_bad_rows_are_named_and_the_others_go_on(workspace: Path) -> None:
    path = workspace / "list.csv"
    path.write_bytes(
        (HEADER + ANA).encode()
        + b'x,"y" z,"unclosed\n'
        + ANA.replace("Ana", "Eva").replace("ana", "eva").encode()
    )
    result = run("generate", "list.csv", "--as-of", DAY, "--json", cwd=workspace)
    assert result.code == 4
    summary = json.loads(result.out)
    assert summary["drafted"] >= 1
    assert summary["unreadable"] >= 1
    assert run("check", "list.csv", cwd=workspace).code == 4


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"   \n \n", "empty"),
        (HEADER.encode(), "header"),
        (b"<html><body><table></table></body></html>", "HTML"),
        (b"PK\x03\x04 workbook", "list.csv"),
        (b"1,2,3\n4,5,6\n", "header"),
    ],
)
def test_files_that_are_no_lead_list(workspace: Path, content: bytes, what: str) -> None:
    (workspace / "list.csv").write_bytes(content)
    result = run("generate", "list.csv", cwd=workspace)
    assert result.code == 1
    assert what.lower() in "\n".join(two_lines(result)).lower()


def test_an_unreadable_suppression_list_stops_everything(workspace: Path) -> None:
    (workspace / "do-not-contact.csv").unlink()
    for command in (["generate", "prospects.csv"], ["qualify", "prospects.csv"]):
        result = run(*command, cwd=workspace)
        assert result.code == 1
        assert "do-not-contact.csv" in result.err


def test_a_prospect_cannot_drive_the_terminal(workspace: Path) -> None:
    strings = json.loads(
        (Path(__file__).parent / "fixtures" / "strings" / "terminal.json").read_text(encoding="utf-8")
    )
    rows = [ANA.replace("Quellwerk", f'"{text}"').replace("ana", f"a{n}") for n, text in enumerate(strings)]
    (workspace / "list.csv").write_bytes((HEADER + "".join(rows)).encode())
    for command in (
        ["check", "list.csv"],
        ["qualify", "list.csv"],
        ["generate", "list.csv", "--as-of", DAY],
        ["drafts"],
        ["preview", "list.csv", "--row", "1"],
    ):
        result = run(*command, cwd=workspace)
        assert not set("\x1b\x07\x08\r\x9b") & set(result.out + result.err), command


def test_help_teaches_and_shows_only_what_is_built() -> None:
    whole = run("--help")
    assert whole.code == 0
    listed = [
        line.split()[0]
        for line in whole.out.split("Commands:")[1].split("\n\n")[0].splitlines()
        if line.strip()
    ]
    for command in [name for name in listed if name.isalpha()]:
        shown = run(command, "--help")
        assert shown.code == 0
        assert len(shown.out.splitlines()) > 5
    for unbuilt in ("lab", "experiment", "review", "today"):
        assert unbuilt not in listed


def test_an_unexpected_error_is_two_lines_and_a_traceback_only_with_debug(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outreach.workspace import library

    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(library.Library, "names", broken)
    result = run("personas", cwd=workspace)
    assert result.code == 1
    assert "unexpected: RuntimeError: boom" in two_lines(result)[0]
    monkeypatch.setattr("sys.argv", ["outreach", "--debug"])
    with pytest.raises(RuntimeError):
        run("--debug", "personas", cwd=workspace)
