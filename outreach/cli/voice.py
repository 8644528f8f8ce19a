"""A workspace's voice file in; what was measured of it, what a model is asked and what is checked, out: `voice`."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.session import session_of
from outreach.cli.terminal import heading, put, put_raw, table, wrap

if TYPE_CHECKING:
    from outreach.domain.voices import Habit, Measure, Style, Voice


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(voice)


def voice(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Show how you write, measured of your own messages in voice.md or voice.yaml, and what drafts are held against.

    The samples teach style only: no word of theirs that says something reaches a prompt, and a draft that repeats one fails.
    """
    from outreach.drafting.manner import proven
    from outreach.errors import FileError
    from outreach.prompting.own_voice import own_voice
    from outreach.workspace.voice import read_voice, voice_file

    session = session_of(context)
    root, language = session.root, session.settings().workspace.language
    found, path = read_voice(root, language), voice_file(root)
    if found is None or path is None:
        raise FileError("there is no voice yet", where=path or root / "voice.md",
                        hint="write samples of your messages into it: docs/voice.md shows how")  # fmt: skip
    codes = [style.language for style in found.styles] or [language]
    if as_json:
        whole = {
            "file": path.name,
            "signature": found.signature,
            "styles": [style.model_dump(mode="json") for style in found.styles],
            "asked": {code: own_voice(found, code) for code in codes},
            "checked": {code: _checked(proven(found, code)) for code in codes},
        }
        put_raw(json.dumps(whole, ensure_ascii=False) + "\n")
        return
    put(f"{path.name}: {len(found.samples)} samples, {len(found.do)} do, {len(found.dont)} don't, "
        + ("a signature" if found.signature else "no signature of its own"))  # fmt: skip
    for code in codes:
        _show(found, code)


def _show(found: "Voice", code: str) -> None:
    from outreach.drafting.manner import proven
    from outreach.prompting.own_voice import own_voice

    style = found.style(code)
    if style is not None:
        put(heading(f"\n{code}: measured"))
        put(table(_measurements(style), ("  what", "value", "from")))
    asked = own_voice(found, code)
    put(heading(f"\n{code}: asked of a model"))
    lines = [
        *asked.get("habits", []),
        *(f"do: {line}" for line in asked.get("do", [])),
        *(f"don't: {line}" for line in asked.get("dont", [])),
        *(f"how it sounds: {line}" for line in asked.get("samples", [])),
    ]
    for line in lines or ["nothing yet"]:
        put(wrap(line, "    ", "  - "))
    put(heading(f"\n{code}: checked in every draft"))
    checked = _checked(proven(found, code))
    rows = [(f"  {name}", value) for name, value in checked.items()]
    put(table(rows, ("  check", "against")) if rows else "  nothing yet: three samples are needed")


def _measurements(style: "Style") -> list[tuple[str, str, str]]:
    """Return a row for each measurement: what, the value, and of how many samples it was told."""
    rows: list[tuple[str, str, str]] = []

    def add(what: str, measure: "Measure | None", form: str, factor: float = 1) -> None:
        if measure is not None:
            rows.append((f"  {what}", form.format(measure.value * factor), _from(measure)))

    add("sentence", style.sentence_words, "{:g} words, the median")
    add("nine sentences in ten", style.sentence_words_p90, "at most {:g} words")
    add("message", style.message_words, "{:g} words between greeting and sign-off, the median")
    add("contractions", style.contractions, "{:.0f} % of the places for one", 100)
    add("questions", style.questions, "{:.0f} % of the sentences", 100)
    add("first person", style.first_person, "{:.1f} % of the words", 100)
    add("exclamation marks", style.exclamations, "{:.1f} a message")
    add("emojis", style.emoji, "{:.1f} a message")
    add("dashes", style.dashes, "{:.1f} a message")
    for what, habit in (
        ("greeting", style.greeting), ("sign-off", style.signoff), ("address", style.address)
    ):  # fmt: skip
        if habit is not None:
            rows.append((f"  {what}", habit.value or "none", _of(habit)))
    return rows


def _from(measure: "Measure") -> str:
    count = f"{measure.samples} sample{'s' * (measure.samples != 1)}"
    return count if measure.holds else f"{count}: shown only"


def _of(habit: "Habit") -> str:
    count = f"{habit.samples} of {habit.of} samples"
    return count if habit.holds else f"{count}: shown only"


def _checked(manner: Any) -> dict[str, str]:
    """Return what the rubric holds drafts against, by check."""
    found: dict[str, str] = {}
    if manner.sentence_words:
        found["voice.sentence_length"] = f"sentences of about {manner.sentence_words:.0f} words on average"
    if manner.greeting is not None:
        found["voice.greeting"] = manner.greeting or "no greeting"
    if manner.contracts is not None:
        found["voice.contractions"] = "contracted" if manner.contracts else "written out"
    if manner.dont:
        found["voice.dont"] = "; ".join(manner.dont)
    if manner.copies:
        found["voice.copy"] = "no eight words in a row from a sample"
    return found
