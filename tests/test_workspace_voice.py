"""voice.md and voice.yaml: read alike, told apart by language, refused with file and line, silent until filled in."""

from pathlib import Path

import pytest

from outreach.domain.voices import Voice
from outreach.drafting.offline import load_templates
from outreach.errors import FileError
from outreach.running.campaign import load_campaign
from outreach.running.checking import check_workspace
from outreach.running.qualifying import read_list
from outreach.running.triage import TriageOptions, triage
from outreach.running.writers import OfflineWriter
from outreach.workspace.scaffold import make_workspace
from outreach.workspace.settings import load_settings
from outreach.workspace.voice import MAX_SAMPLES, read_voice
from tests.cli import run

MARKDOWN = """---
lang: en
---
# How I write
<!-- a note to myself:
## Samples -->

## Samples
Hi Ana,

saw the openings in Truro. It's a lot at once.

Cheers,
Noor

---
lang: es
Hola, Bo: vi que abrieron vacantes.

### to a friend
Hi Cy, what's next for the belt?

## Do
- one thought
  to a paragraph
## Don't
* "touch base"
plain line

## Signature
Noor
Rampwell
"""
YAML = """\
lang: en
samples:
  - "Hi Ana,\\n\\nsaw the openings in Truro. It's a lot at once.\\n\\nCheers,\\nNoor"
  - {text: "Hola, Bo: vi que abrieron vacantes.", lang: es}
  - Hi Cy, what's next for the belt?
do: [one thought to a paragraph]
dont: ['"touch base"', plain line]
signature: "Noor\\nRampwell"
"""


def read(tmp_path: Path, text: str, name: str = "voice.md", language: str = "en") -> Voice | None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_voice(tmp_path, language)


def test_markdown_and_yaml_say_the_same(tmp_path):
    by_hand = read(tmp_path, MARKDOWN)
    (tmp_path / "voice.md").unlink()
    assert read(tmp_path, YAML, "voice.yaml") == by_hand
    assert [sample.language for sample in by_hand.samples] == ["en", "es", "en"]
    assert by_hand.samples[2].text == "Hi Cy, what's next for the belt?"
    assert by_hand.do == ("one thought to a paragraph",)
    assert by_hand.dont == ('"touch base"', "plain line")
    assert by_hand.signature == "Noor\nRampwell"
    assert [style.language for style in by_hand.styles] == ["en", "es"]
    assert by_hand.style("en").samples == 2
    assert by_hand.style("de") is None


def test_without_lang_the_language_is_told_by_the_text(tmp_path):
    texts = [
        "Hi Ana, saw that you are looking for people in Truro. How do you train them?",
        "Hola, Ana: vi que buscan gente en Truro. ¿Cómo la forman y quién lo hace?",
        "Hallo Ana, ich habe gesehen, dass ihr Leute in Truro sucht. Wie macht ihr das?",
        "Bonjour Ana, j'ai vu que vous cherchez des gens à Truro. Comment faites-vous ?",
        "Olá, Ana! Vi que vocês estão com vagas em Truro. Como é que isso está com você?",
        "ok",
    ]
    voice = read(tmp_path, "## Samples\n" + "\n---\n".join(texts), language="de")
    assert [sample.language for sample in voice.samples] == ["en", "es", "de", "fr", "pt", "de"]


def test_hidden_characters_are_gone_before_anything_is_measured(tmp_path):
    voice = read(tmp_path, "## Samples\nHi\u200b A\u202ena, o\u00adne thing.\n## Do\n- ta\u2066lk\n")
    assert voice.samples[0].text == "Hi Ana, one thing."
    assert voice.do == ("talk",)


@pytest.mark.parametrize(
    "text", ["", "\n", "<!-- ## Samples\nHi Ana -->\n", "# Voice\n\n## Samples\n\n---\n\n## Do\n"]
)
def test_a_file_with_nothing_filled_in_is_no_voice(tmp_path, text):
    assert read(tmp_path, text) is None


def test_no_file_is_no_voice(tmp_path):
    assert read_voice(tmp_path, "en") is None


@pytest.mark.parametrize(
    ("name", "text", "line", "what", "hint"),
    [
        ("voice.md", "# Me\nHi Ana\n", 2, "before the first section", "## Samples"),
        ("voice.md", "\n## Sampels\nHi\n", 2, "unknown section 'Sampels'", "did you mean 'samples'?"),
        ("voice.md", "## Do\n- a\n## do\n- b\n", 3, "'do' stands twice", "keep one"),
        ("voice.md", "---\n\nlanguage: en\n---\n", 3, "unknown key 'language'", "lang"),
        ("voice.md", "## Samples\nHi\n---\nlang: english\nHi\n", 4, "no language code", "two letters"),
        ("voice.md", "## Samples\nHi\n---\n" + "x" * 21_000, 4, "a sample of 20 KB", "one message"),
        ("voice.md", "## Samples\n" + "\n---\n".join(["Hi"] * 51), 102, "51 samples", str(MAX_SAMPLES)),
        ("voice.md", "## Do\n- a\n- " + "x" * 201, 3, "a line of 201 characters", "200"),
        ("voice.md", "## Don't\n" + "- x\n" * 41, 42, "41 lines", "40"),
        ("voice.md", "\n## Signature\n" + "x" * 501, 2, "a signature of 501 characters", "500"),
        ("voice.yaml", "do: []\ndon't: [a]\n", 2, "unknown key", "did you mean 'dont'?"),
        ("voice.yaml", "samples:\n  - {text: a, lan: en}\n", 2, "unknown key 'samples.0.lan'", "'lang'"),
        ("voice.yaml", "samples: Hi\n", 1, "samples", "write a list"),
        ("voice.yaml", "- Hi\n", 1, "`key: value`", "samples"),
        ("voice.yml", "samples: [Hi]\n", None, "not read", "voice.yaml"),
    ],
)  # fmt: skip
def test_faults_name_file_line_and_what_to_do(tmp_path, name, text, line, what, hint):
    with pytest.raises(FileError) as caught:
        read(tmp_path, text, name)
    assert Path(caught.value.where).name == name
    assert caught.value.line == line
    assert what in caught.value.what
    assert hint in caught.value.hint


def test_both_files_are_one_too_many(tmp_path):
    (tmp_path / "voice.yaml").write_text("do: [a]\n", encoding="utf-8")
    with pytest.raises(FileError, match="there too"):
        read(tmp_path, "## Do\n- a\n")


@pytest.fixture
def workspace(tmp_path) -> Path:
    make_workspace(tmp_path / "w", "saas-en")
    return tmp_path / "w"


def plans(root: Path):
    import datetime

    campaign = load_campaign(root, load_settings(root, {}))
    rows = read_list(root / "prospects.csv", campaign, None).rows
    triaged = [triage(row, campaign, TriageOptions(as_of=datetime.date(2026, 11, 20))) for row in rows]
    return campaign, [item.plan for item in triaged if item.plan is not None]


def test_a_voice_changes_what_makes_a_draft_and_no_id(workspace):
    def keys(campaign, found):
        writer = OfflineWriter(
            lambda code: load_templates(code, lambda name: campaign.library.find("messages", name)), campaign.rubric
        )  # fmt: skip
        return [writer.input_key(plan) for plan in found if plan.language == "en"]

    before, without = plans(workspace)
    (workspace / "voice.md").write_text("## Do\n- be brief\n## Signature\nNoor\n", encoding="utf-8")
    after, with_voice = plans(workspace)
    assert [plan.outreach_id for plan in without] == [plan.outreach_id for plan in with_voice]
    assert set(keys(before, without)).isdisjoint(keys(after, with_voice))
    assert {plan.offer.sender.signature for plan in with_voice} == {"Noor"}
    assert all(plan.voice == after.voice for plan in with_voice)
    assert keys(after, with_voice) == keys(*plans(workspace))


def test_check_says_what_is_thin_and_what_contradicts_itself(workspace):
    (workspace / "voice.md").write_text(
        "## Samples\nHi Bo, let us touch base about https://quill.example/x for $40.\n---\nHi Cy, all good?\n"
        "## Signature\nNoor\nhttps://quill.example/noor\n"
        '## Do\n- say "touch base"\n## Don\'t\n- "Touch base"\n- "freight software firm"\n',
        encoding="utf-8",
    )
    _, warnings, faults = check_workspace(workspace, {})
    said = [line for line in warnings if line.startswith("voice: ")]
    assert not faults
    for part in (
        "2 of 3 samples in 'en'",
        "sample 1 holds a link",
        "sample 1 holds a price",
        "the signature holds a link",
        "'Touch base' stands under do and under don't",
        "sample 1 says 'Touch base'",
        "of the offer says 'freight software firm'",
    ):
        assert len([line for line in said if part in line]) >= 1, (part, said)
    (workspace / "voice.md").write_text("## Do\n- be brief\n", encoding="utf-8")
    assert [line for line in check_workspace(workspace, {})[1] if "no sample in 'en'" in line]


def test_check_tells_a_broken_file_with_its_line(workspace):
    (workspace / "voice.md").write_text("## Sampels\n", encoding="utf-8")
    result = run("-w", workspace, "check")
    assert result.code == 1
    assert "voice.md:1: unknown section 'Sampels'" in result.err


def test_the_command_shows_what_is_measured_asked_and_checked(workspace):
    import json

    from tests.voice_samples import SECRETS, SHORT

    missing = run("-w", workspace, "voice")
    assert missing.code == 1
    assert "hint: " in missing.err
    (workspace / "voice.md").write_text(
        "## Samples\n" + "\n---\n".join(SHORT["en"]) + '\n## Don\'t\n- "circle back"\n', encoding="utf-8"
    )
    shown = run("-w", workspace, "voice")
    assert shown.code == 0
    for part in ("5 words, the median", "Hey {name},", "3 of 3 samples", "circle back", "voice.greeting", "sentences of about 5 words"):  # fmt: skip
        assert part in shown.out
    whole = json.loads(run("-w", workspace, "voice", "--json").out)
    assert whole["checked"]["en"]["voice.contractions"] == "contracted"
    assert whole["asked"]["en"]["dont"] == ['"circle back"']
    assert not [secret for secret in SECRETS if secret in json.dumps(whole, ensure_ascii=False)]


def test_the_page_shows_what_the_command_prints(workspace, request):
    path = Path(__file__).resolve().parents[1] / "docs" / "voice.md"
    page = path.read_text(encoding="utf-8")
    example = page.split("```markdown\n", 1)[1].split("```", 1)[0]
    (workspace / "voice.md").write_text(example, encoding="utf-8")
    assert [line for line in check_workspace(workspace, {})[1] if line.startswith("voice")] == []
    head, _, rest = page.partition("```text\n$ outreach voice\n")
    shown, _, tail = rest.partition("```")
    printed = run("-w", workspace, "voice").out
    if request.config.getoption("--update-golden"):
        path.write_text(f"{head}```text\n$ outreach voice\n{printed}```{tail}", encoding="utf-8")
        return
    assert shown == printed


def test_the_starter_s_voice_is_silent_until_it_is_filled_in(tmp_path):
    make_workspace(tmp_path / "s")
    assert (tmp_path / "s" / "voice.md").is_file()
    campaign, warnings, faults = check_workspace(tmp_path / "s", {})
    assert campaign.voice is None
    assert not faults
    assert not [line for line in warnings if line.startswith("voice")]
    filled = (tmp_path / "s" / "voice.md").read_text(encoding="utf-8").replace("<!--\n- one", "- one").replace("paragraph\n-->", "paragraph")  # fmt: skip
    (tmp_path / "s" / "voice.md").write_text(filled, encoding="utf-8")
    assert check_workspace(tmp_path / "s", {})[0].voice.do == ("one thought to a paragraph",)
