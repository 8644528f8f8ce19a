"""Strict YAML: what is refused, with which line, and that scalars stay text."""

import time
from pathlib import Path

import pytest

from outreach.domain.buyers import Icp, Persona
from outreach.errors import FileError, FileErrors
from outreach.workspace.files import read_record, read_toml
from outreach.workspace.settings import Settings, load_settings
from outreach.workspace.strict_yaml import parse_yaml

FILES = Path(__file__).parent / "fixtures" / "yaml"


def write(tmp_path: Path, text: str, name: str = "persona.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "path", sorted(FILES.glob("bomb_*")) + sorted(FILES.glob("bad_*")), ids=lambda p: p.name
)
def test_hostile_and_broken_files_end_in_two_lines_at_once(path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(FileError) as raised:
        read_record(path, Persona)
    assert time.monotonic() - started < 1
    first = str(raised.value).splitlines()
    assert first[0].startswith(f"{path}:")
    assert first[1].startswith("hint: ")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: x\n")
    assert parse_yaml(path.read_text(encoding="utf-8"), path).value == {"name": "x"}


def test_scalars_stay_text_and_empty_is_none(tmp_path: Path) -> None:
    document = parse_yaml("countries: [NO, SE]\nversion: 1.10\nzip: 01234\nnothing:\nquoted: ''\n", tmp_path)
    assert document.value == {
        "countries": ["NO", "SE"],
        "version": "1.10",
        "zip": "01234",
        "nothing": None,
        "quoted": "",
    }


def test_types_come_from_the_record(tmp_path: Path) -> None:
    icp = read_record(
        write(tmp_path, "name: x\ncriteria:\n  employees: {min: 50, max: 1_000, weight: 3}\n"), Icp
    )
    assert icp.criteria["employees"].min == 50
    assert icp.criteria["employees"].max == 1000


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "id: a\nname: A\nbuying_role: champion\nmacth: {}\n",
            4,
            ["unknown key 'macth'", "did you mean 'match'?"],
        ),
        ("id: a\nname: A\nbuying_role: champoin\n", 3, ["buying_role", "champion"]),
        ("id: a\nname: A\n", 1, ["'buying_role' is missing"]),
        ("id: a\nid: b\n", 2, ["'id' stands twice", "line 1"]),
        ("id: a\nname: &x A\n", 2, ["anchors"]),
        (
            "id: a\nname: A\nbuying_role: champion\npain_points:\n  - {id: p, txt: t}\n",
            5,
            ["pain_points.0.txt", "'text'"],
        ),
        ("id: a\n\tname: b\n", 2, ["tabs"]),
        ("a: 1\n---\nb: 2\n", 2, ["second document"]),
    ],
)
def test_faults_name_line_and_nearest_key(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(FileError) as raised:
        read_record(path, Persona)
    shown = str(raised.value)
    assert f"{path}:{line}:" in shown
    for word in words:
        assert word in shown


def test_all_faults_of_a_file_are_shown_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileErrors) as raised:
        read_record(write(tmp_path, "id: a\nnmae: A\nbuying_role: x\n"), Persona)
    assert len(raised.value.errors) == 3


def test_too_large_and_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="too large"):
        read_record(write(tmp_path, "a: " + "x" * 300_000), Persona)
    path = tmp_path / "latin.yaml"
    path.write_bytes("id: a\nname: José\n".encode("latin-1"))
    with pytest.raises(FileError, match="UTF-8") as raised:
        read_record(path, Persona)
    assert raised.value.line == 2


def test_the_yaml_suite_never_hangs_or_leaks_another_error(shared: Path) -> None:
    import json

    for raw in (shared / "data" / "yaml" / "suite.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(raw).get("yaml", "")
        try:
            parse_yaml(text, Path("suite.yaml"))
        except FileError:
            continue


def test_settings_flags_over_environment_over_file(tmp_path: Path) -> None:
    write(tmp_path, '[model]\nname = "offline"\n[sequence]\ndefault = "light"\n', "outreach.toml")
    assert load_settings(tmp_path, {}).model.name == "offline"
    environment = {"OUTREACH_MODEL": "ollama:llama3"}
    assert load_settings(tmp_path, environment).model.name == "ollama:llama3"
    flags = {("model", "name"): "openai:x", ("model", "rpm"): None}
    assert load_settings(tmp_path, environment, flags).model.name == "openai:x"
    assert load_settings(tmp_path, environment, flags).sequence.default == "light"


def test_settings_faults_point_at_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, '[model]\nname = "offline"\ntemprature = 1\n', "outreach.toml")
    with pytest.raises(FileErrors) as raised:
        read_toml(path, Settings)
    assert f"{path}:3: unknown key 'model.temprature'\nhint: did you mean 'temperature'?" in str(raised.value)
    path = write(tmp_path, "[model\nname = 1\n", "outreach.toml")
    with pytest.raises(FileErrors, match="not valid TOML"):
        read_toml(path, Settings)
