import json
import time
from pathlib import Path

import pytest

from outreach.errors import FileError
from outreach.prompting.environment import PromptEnvironment

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "strings"
BUILTIN = Path(__file__).resolve().parents[1] / "prompts"

BOMBS = [
    "{{ 'a'*2000000000 }}",
    "{% for a in 'x'.ljust(9000000) %}{% for b in 'x'.ljust(9000000) %}{% endfor %}{% endfor %}",
    "{{ 'x'|center(2000000000) }}",
    "{{ 10**10**9 }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for a in 'x'.ljust(90000) %}word {% endfor %}",
    "{% set x = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 40,
]
ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ words|attr('__class__') }}",
    "{{ words['__class__'] }}",
    "{{ '{0.__class__}'.format(words) }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ words.append('x') }}",
    "{{ ['a', 'b']|random }}",
    "{{ range(3) }}",
]


def pack(root: Path, **files: str) -> PromptEnvironment:
    for name, text in files.items():
        path = root / "prompts" / (name.replace("__", "/") + ".j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return PromptEnvironment(BUILTIN, root / "prompts")


def strings(name: str) -> list[str]:
    path = SHARED / name
    return json.loads(path.read_text("utf-8")) if path.exists() else []


@pytest.mark.parametrize("source", BOMBS + strings("jinja_dos.json"), ids=lambda text: text[:30])
def test_a_bomb_is_stopped_in_time_and_names_file_and_line(tmp_path, source):
    environment = pack(tmp_path, sequence__mine="A line.\n" + source)
    start = time.monotonic()
    with pytest.raises(FileError) as caught:
        environment.render("sequence", "mine", {"part": "user"})
    assert time.monotonic() - start < 15  # 3 s of CPU at most; the rest is for a busy machine
    assert caught.value.where.endswith("sequence/mine.j2")
    assert caught.value.line == 2 or "64 KB" in caught.value.what
    assert caught.value.hint


@pytest.mark.parametrize("source", ESCAPES, ids=lambda text: text[:30])
def test_the_sandbox_holds(tmp_path, source):
    with pytest.raises(FileError):
        pack(tmp_path, sequence__mine=source).render("sequence", "mine", {"words": ["a"]})


def test_no_public_payload_reaches_python(tmp_path):
    for number, source in enumerate(strings("jinja_ssti.json")):
        environment = pack(tmp_path / str(number), sequence__mine=source)
        # Rendered in this process: each payload either does harmless arithmetic or is refused.
        try:
            text = environment.render_here("sequence/mine.j2", tmp_path, {})
        except FileError:
            continue
        assert not any(
            word in text for word in ("module", "built-in", "root:", "uid=", "<class", "<function")
        )


def test_a_workspace_file_overlays_and_extends_the_builtin_one(tmp_path):
    (tmp_path / "house/prompts/sequence").mkdir(parents=True)
    (tmp_path / "house/prompts/sequence/base.j2").write_text("Rules. {% block idea %}Ours.{% endblock %}")
    mine = tmp_path / "mine"
    (mine / "prompts/sequence").mkdir(parents=True)
    environment = PromptEnvironment(tmp_path / "house/prompts", mine / "prompts")
    assert environment.render("sequence", "base", {}) == "Rules. Ours."
    (mine / "prompts/sequence/base.j2").write_text(
        '{% extends "builtin:sequence/base.j2" %}{% block idea %}Mine.{% endblock %}'
    )
    environment = PromptEnvironment(tmp_path / "house/prompts", mine / "prompts")
    assert environment.render("sequence", "base", {}) == "Rules. Mine."
    assert environment.variants("sequence") == ["base"]


def test_a_missing_prompt_is_fatal_with_its_path_and_a_near_match(tmp_path):
    environment = pack(
        tmp_path, sequence__formal="x", sequence__twice="{% include 'sequence/gone.j2' ignore missing %}"
    )
    with pytest.raises(FileError, match="no such prompt file") as caught:
        environment.render("sequence", "fromal", {})
    assert caught.value.where.endswith("prompts/sequence/fromal.j2")
    assert "sequence/formal.j2" in caught.value.hint
    with pytest.raises(FileError, match="no such prompt file"):
        environment.render("sequence", "twice", {})


@pytest.mark.parametrize(
    "name",
    [
        "../secret.j2",
        "/etc/passwd.j2",
        "a/../../secret.j2",
        "C:\\x.j2",
        "\\\\host\\x.j2",
        "./x.j2",
        "x.txt",
        "",
    ],
)
def test_no_include_leaves_the_pack(tmp_path, name):
    (tmp_path / "secret.j2").write_text("SECRET")
    escaped = name.replace("\\", "\\\\")
    environment = pack(tmp_path / "pack", sequence__mine=f"{{% include '{escaped}' %}}")
    with pytest.raises(FileError, match="does not name a prompt file"):
        environment.render("sequence", "mine", {})


def test_links_out_of_the_pack_are_refused(tmp_path):
    (tmp_path / "secret.j2").write_text("SECRET")
    environment = pack(tmp_path / "pack", sequence__mine="{% include '_partials/far.j2' %}")
    (tmp_path / "pack/prompts/_partials").mkdir()
    (tmp_path / "pack/prompts/_partials/far.j2").symlink_to(tmp_path / "secret.j2")
    with pytest.raises(FileError, match="leads out of the prompt folder"):
        environment.render("sequence", "mine", {})
    other = tmp_path / "other"
    other.mkdir()
    (other / "prompts").symlink_to(tmp_path / "pack/prompts")
    with pytest.raises(FileError, match="leads out of the prompt folder"):
        PromptEnvironment(BUILTIN, other / "prompts").render("sequence", "mine", {})


def test_faults_name_the_file_the_line_and_a_hint(tmp_path):
    environment = pack(
        tmp_path,
        sequence__syntax="one\n{% if %}",
        sequence__typo="one\n\n{{ persona.nmae }}",
        sequence__part="{{ prospect.name }}",
        sequence__inner="{% include '_partials/bad.j2' %}",
        _partials__bad="one\ntwo\n{{ nothing }}",
    )
    cases = {
        "syntax": ("sequence/syntax.j2", 2, "end tag"),
        "typo": ("sequence/typo.j2", 3, "did you mean 'name'?"),
        "part": ("sequence/part.j2", 1, "user part"),
        "inner": ("_partials/bad.j2", 3, "user part"),
    }
    for variant, (path, line, hint) in cases.items():
        with pytest.raises(FileError) as caught:
            environment.render("sequence", variant, {"part": "system", "persona": {"name": "VP"}})
        assert caught.value.where.endswith(path)
        assert caught.value.line == line
        assert hint in caught.value.hint


def test_a_template_is_given_plain_data_only(tmp_path):
    environment = pack(tmp_path, sequence__mine="{{ x }}")
    for value in (tmp_path, 3, None, ("a",)):
        with pytest.raises(TypeError):
            environment.render("sequence", "mine", {"x": value})


def test_text_of_others_is_data_and_never_a_template(tmp_path):
    environment = pack(tmp_path, sequence__mine="{{ x }}")
    assert environment.render("sequence", "mine", {"x": "{{ 7*7 }} <b>&"}) == "{{ 7*7 }} <b>&"


def test_a_file_too_large_or_not_utf8_is_refused(tmp_path):
    environment = pack(tmp_path, sequence__big="x" * 300_000, sequence__latin="x")
    (tmp_path / "prompts/sequence/latin.j2").write_bytes(b"one\ntwo \xe9")
    with pytest.raises(FileError, match="larger than 256 KB"):
        environment.render("sequence", "big", {})
    with pytest.raises(FileError, match="not UTF-8") as caught:
        environment.render("sequence", "latin", {})
    assert caught.value.line == 2


def test_a_block_that_the_parent_lacks_is_said_and_not_dropped(tmp_path):
    environment = pack(
        tmp_path,
        sequence__wrong='{% extends "builtin:sequence/default.j2" %}\n{% block goal %}x{% endblock %}',
        sequence__right='{% extends "builtin:sequence/default.j2" %}{% block user %}a{% block mine %}b{% endblock %}{% endblock %}',
        sequence__round='{% extends "sequence/round.j2" %}',
    )
    with pytest.raises(FileError, match="no block 'goal'") as caught:
        environment.render("sequence", "wrong", {"part": "user"})
    assert caught.value.line == 2
    assert caught.value.hint == "did you mean 'goals'?"
    assert environment.render("sequence", "right", {"part": "user"}) == "ab"
    with pytest.raises(FileError, match="without end"):
        environment.render("sequence", "round", {"part": "user"})
