"""`prompts lint`: every rule on a file that breaks it and on one that comes near, and the built-in prompts, which are clean."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from outreach.errors import UsageError
from outreach.prompting.lint import lint_file
from outreach.prompting.lint_rules import RULES
from outreach.prompting.loader import OverlayLoader
from outreach.prompting.material import reader_data, stable_data
from outreach.running.prompt_lint import all_names, lint_prompts, prompt_loader
from outreach.running.prompt_samples import shipped_sample
from outreach.workspace.library import Library
from tests.llm_samples import make_plan

BUILTIN = Path(__file__).resolve().parents[1] / "prompts"


def faults(tmp_path: Path, text: str, name: str = "sequence/mine"):
    path = tmp_path / "prompts" / f"{name}.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return lint_file(OverlayLoader(BUILTIN, tmp_path / "prompts"), f"{name}.j2")


def idea(words: str) -> str:
    return f'{{% extends "builtin:sequence/default.j2" %}}\n{{% block idea %}}\n{words}\n{{% endblock %}}\n'


def test_the_built_in_prompts_are_clean():
    library = Library()
    assert lint_prompts(library, [], shipped_sample()) == []
    names = all_names(prompt_loader(library))
    assert {"_partials/voice", "judge/default", "repair/default", "sequence/plain"} <= set(names)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("copyable", "A team cut its time by 30 %."),
        ("copyable", "Mention that Brightmalt grew."),
        ("copyable", "Open with the news of 3 March 2026."),
        ("copyable", "Point to https://tallyforge.example/demo in the end."),
        ("copyable", "Say that it takes 14 days."),
        ("copyable", "Write as Ida Bergson would."),
        ("example", 'For example: "We saw that your new line is running, how do shifts hand over?"'),
        ("example", "Hi Carla, how do your shifts hand over?"),
        ("phrase-list", 'Never write "touch base", "circle back", "game changer" or "quick win".'),
        ("double-negation", "Do not write a message without a fact."),
        ("double-negation", "Never avoid the subject."),
        ("markup", "Write **short** sentences."),
        ("markup", "<rules>be brief</rules>"),
        ("contradiction", "Never ask for anything. Stay with the thought."),
        ("contradiction", "Open with who we are and what we sell."),
        ("contradiction", "Include a link to the page of the offer."),
        ("said-twice", "Name the matter first and ask at the end in one plain line.\nName the matter first and ask at the end in a plain line."),
    ],
)  # fmt: skip
def test_a_weakness_is_named_with_its_line(tmp_path, rule, words):
    found = [fault for fault in faults(tmp_path, idea(words)) if fault.rule == rule]
    assert found, words
    assert found[0].severity == "warn"
    assert found[0].line == 3 + words.count("\n")
    assert found[0].path.endswith("sequence/mine.j2")
    assert found[0].hint


@pytest.mark.parametrize(
    "words",
    [
        "Two or three sentences, at most 60 words, one thought to a message.",
        "Put the reader first. We come in only where C or A1 does, in English or in the InMail.",
        'No "following up"; whatever could stand in any mail stays out.',
        "Do not guess, and do not praise.",
        "Each message leads to one question that the reader likes to answer.",
        "Answer with JSON: the keys are those of the shape above.",
    ],
)
def test_what_is_near_a_weakness_is_none(tmp_path, words):
    assert faults(tmp_path, idea(words)) == []


@pytest.mark.parametrize(
    ("rule", "line", "text", "hint"),
    [
        ("unknown-include", 3, idea('{% include "_partials/voise.j2" %}'), "voice"),
        ("unknown-include", 1, '{% extends "builtin:sequence/defalt.j2" %}', "default"),
        ("unknown-block", 2, '{% extends "builtin:sequence/default.j2" %}\n{% block ideas %}x{% endblock %}', "idea"),
        ("unknown-variable", 3, idea("{{ persona.nmae }}"), "name"),
        ("unknown-variable", 3, idea("{{ personna.name }}"), "persona"),
        ("reader-in-stable", 3, idea("{{ reader }}"), "user"),
        ("missing-block", 1, "Write something.", "block"),
        ("syntax", 3, idea("{% if x %}"), "end tag"),
    ],
)  # fmt: skip
def test_what_breaks_a_prompt_is_an_error(tmp_path, rule, line, text, hint):
    found = [fault for fault in faults(tmp_path, text) if fault.rule == rule]
    assert [(fault.severity, fault.line) for fault in found][:1] == [("error", line)] or rule == "syntax"
    assert found, faults(tmp_path, text)
    assert hint in found[0].hint


def test_a_task_of_its_own_is_linted_by_its_words(tmp_path):
    text = (
        '{% if part == "system" %}{% block system %}Write **boldly** of {{ anything }}.{% endblock %}'
        "{% else %}{% block user %}{{ something }}{% endblock %}{% endif %}"
    )
    assert [fault.rule for fault in faults(tmp_path, text, "postcard/default")] == ["markup"]


def test_a_prompt_that_is_too_long_or_has_no_shape_shows_when_it_is_rendered(tmp_path):
    root = tmp_path
    (root / "prompts" / "sequence").mkdir(parents=True)
    long = idea("Stay with the matter at hand, whatever it may turn out to be in the end.\n" * 1)
    (root / "prompts/sequence/long.j2").write_text(long.replace("Stay", "{% for pain in persona.pains %}{% for claim in offer.claims %}{{ pain.text }} {{ claim.text }} {% endfor %}{% endfor %}Stay"))  # fmt: skip
    (root / "prompts/sequence/bare.j2").write_text('{% if part == "system" %}{% block system %}Write.{% endblock %}{% else %}{% block user %}{{ reader }}{% endblock %}{% endif %}')  # fmt: skip
    library = Library(root)
    sample = shipped_sample()
    assert [fault.rule for fault in lint_prompts(library, ["sequence/long"], sample)] == ["budget"]
    bare = lint_prompts(library, ["sequence/bare"], sample)
    assert [(fault.rule, fault.severity) for fault in bare] == [("no-answer-shape", "error")]
    with pytest.raises(UsageError, match="no prompt file"):
        lint_prompts(library, ["sequence/lnog"], sample)


def test_each_rule_says_why_it_is_believed():
    assert all(len(rule.evidence.split()) >= 8 and rule.about for rule in RULES)


def test_the_table_of_names_is_what_prompts_are_given():
    table = tomllib.loads(files("outreach.prompting").joinpath("data/variables.toml").read_text("utf-8"))
    stable, whole = stable_data(make_plan()), reader_data(make_plan(), b"s").whole
    assert set(table["sequence"]["both"]) == set(stable)
    assert set(table["sequence"]["user"]) == set(whole) - set(stable)
    for name, fields in table["fields"].items():
        assert set(fields) == set(stable[name]), name
