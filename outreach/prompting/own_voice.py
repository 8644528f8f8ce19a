"""A voice and a language in; what a prompt says of it out: measurements in words, do and don't, two samples without content."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from statistics import median

from outreach.domain.voices import Measure, Style, Voice
from outreach.prompting.environment import Data
from outreach.text.counting import word_count
from outreach.text.hidden import clean_text
from outreach.text.letter import fits_anybody
from outreach.text.masking import masked

#: Samples shown, and how much of each: enough to hear the rhythm.
MAX_SAMPLES = 2
MAX_SAMPLE_CHARS = 500
MAX_LINE_CHARS = 200
#: Of a masked sample so many words must be left to show anything.
_LEAST_WORDS = 6


def own_voice(voice: Voice | None, language: str) -> Data:
    """Return `habits`, `do`, `dont` and `samples`, each a list of text; empty where there is no voice.

    Equal for all prospects of a language, so it belongs to the stable half. No word of a sample stands in it that says
    something: `outreach.text.masking` says how.
    """
    if voice is None:
        return {}
    style = voice.style(language)
    data: Data = {
        "habits": habits(style) if style else [],
        "do": [_line(line) for line in voice.do],
        "dont": [_line(line) for line in voice.dont],
        "samples": shown_samples(voice, language),
    }
    return data if any(data.values()) else {}


def habits(style: Style) -> list[str]:
    """Return the measurements that enough samples tell, in words, one a line."""
    say = _words()
    lines: list[str] = []

    def add(key: str, measure: Measure | None, form: str = "{:.0f}") -> None:
        if measure is not None and measure.holds:
            lines.append(say[key].format(form.format(measure.value)))

    add("sentence_words", style.sentence_words)
    add("message_words", style.message_words)
    share = style.contractions
    if share is not None and share.holds and not 0.3 < share.value < 0.7:
        lines.append(say["contracts" if share.value >= 0.7 else "writes_out"])
    greeting = style.greeting
    if greeting is not None and greeting.holds and fits_anybody(greeting.value, style.language):
        lines.append(_greeting(greeting.value))
    asked = style.questions
    if asked is not None and asked.holds and asked.value >= 0.2:
        lines.append(say["questions"].format(round(1 / asked.value)))
    first = style.first_person
    if first is not None and first.holds:
        lines.append(say["few_first_person" if first.value < 0.04 else "first_person"])
    marks = style.exclamations
    if marks is not None and marks.holds:
        lines.append(say["no_exclamations" if marks.value < 0.2 else "exclamations"])
    return lines


def _greeting(form: str) -> str:
    """Return a greeting's form in words: its own words in quotation marks, and the mark behind it."""
    say = _words()
    if not form:
        return str(say["no_greeting"])
    words = re.sub(r"[,]?\s*\{name\}.*$", "", form).strip(" ,.:!;–—-")
    mark = say["marks"].get(form[-1:], say["marks"]["none"])
    named = "{name}" in form
    key = "greeting_named" if words and named else "greeting" if words else "greeting_name_only"
    return str(say[key].format(words=words, mark=mark))


def shown_samples(voice: Voice, language: str) -> list[str]:
    """Return at most two masked samples: those of about the usual length, always the same ones, each in one line."""
    texts = voice.texts(language)
    if not texts:
        return []
    usual = median(word_count(text) for text in texts)
    order = sorted(range(len(texts)), key=lambda at: (abs(word_count(texts[at]) - usual), at))
    shown: dict[str, None] = {}
    for at in order:
        line = " / ".join(part.strip() for part in masked(texts[at], language).split("\n") if part.strip())
        if word_count(line) >= _LEAST_WORDS:
            shown[_cut(line)] = None
        if len(shown) == MAX_SAMPLES:
            break
    return list(shown)


def _cut(line: str) -> str:
    return line if len(line) <= MAX_SAMPLE_CHARS else line[:MAX_SAMPLE_CHARS].rsplit(" ", 1)[0] + " …"


def _line(text: str) -> str:
    return " ".join(clean_text(text).text.split())[:MAX_LINE_CHARS]


@lru_cache(maxsize=1)
def _words() -> Data:
    text = files("outreach.prompting").joinpath("data/own_voice.toml").read_text("utf-8")
    return tomllib.loads(text)
