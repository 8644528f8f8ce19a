"""`voice.md` or `voice.yaml` in; the sender's voice out, measured by language, or every fault with its line.

The samples are the sender's own text and still nobody's ground truth: they are cleaned, measured, and never quoted.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator

from outreach.domain.record import Record
from outreach.domain.voices import Sample, Voice
from outreach.errors import FileError, FileErrors, OutreachError
from outreach.text.detect import language_scores
from outreach.text.hidden import clean_text
from outreach.text.style import measure
from outreach.text.tokens import read_words
from outreach.workspace.files import build_record, read_text
from outreach.workspace.strict_yaml import Document, parse_yaml
from outreach.workspace.voice_markdown import read_sections

MAX_SAMPLES = 50
MAX_SAMPLE_BYTES = 20 * 1024
MAX_LINES = 40
MAX_LINE_CHARS = 200
MAX_SIGNATURE_CHARS = 500

MARKDOWN, YAML = "voice.md", "voice.yaml"
_CODE = re.compile(r"[a-z]{2,3}")


def _as_sample(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class SampleText(Record):
    """A sample as a file holds it."""

    text: str
    lang: str | None = None


class VoiceFile(Record):
    """`voice.yaml`, key by key; `voice.md` says the same in sections."""

    samples: tuple[Annotated[SampleText, BeforeValidator(_as_sample)], ...] = ()
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    signature: str = ""
    lang: str | None = None


@dataclass(frozen=True)
class _Found:
    """What a file holds, with the lines to name in errors."""

    path: Path
    file: VoiceFile
    lines: Document


def voice_file(root: Path) -> Path | None:
    """Return the voice file of a workspace, or None where there is none."""
    return next((path for path in (root / MARKDOWN, root / YAML) if path.is_file()), None)


def read_voice(root: Path, language: str) -> Voice | None:
    """Return the voice of a workspace, or None where there is no file or nothing is filled in.

    Args:
        root: the workspace's folder.
        language: the language of samples whose own cannot be told.

    Raises:
        FileError: both files are there.
        FileErrors: the file is faulty; every fault with its line.
    """
    markdown, yaml = root / MARKDOWN, root / YAML
    wrong = root / "voice.yml"
    if wrong.is_file():
        raise FileError("this name is not read", where=wrong, hint=f"name it {YAML}")
    if markdown.is_file() and yaml.is_file():
        raise FileError(f"{MARKDOWN} is there too", where=yaml, hint="keep one of the two")
    path = voice_file(root)
    if path is None:
        return None
    found = _read_markdown(path) if path.name == MARKDOWN else _read_yaml(path)
    faults = list(_faults(found))
    if faults:
        raise FileErrors(faults)
    return _voice(found.file, language)


def _read_yaml(path: Path) -> _Found:
    document = parse_yaml(clean_text(read_text(path)).text, path)
    if document.value is None:
        return _Found(path, VoiceFile(), document)
    if not isinstance(document.value, dict):
        raise FileErrors([FileError("the file must hold `key: value` lines", where=path, line=1,
                                    hint=f"known keys: {', '.join(VoiceFile.model_fields)}")])  # fmt: skip
    return _Found(path, build_record(document, VoiceFile), document)


def _read_markdown(path: Path) -> _Found:
    document = read_sections(clean_text(read_text(path)).text, path)
    return _Found(path, build_record(document, VoiceFile), document)


def _faults(found: _Found) -> "list[OutreachError]":
    """Return what is too much or makes no sense, each with its line."""
    file, lines = found.file, found.lines
    faults: list[OutreachError] = []

    def fault(what: str, hint: str, *place: str | int) -> None:
        faults.append(FileError(what, where=found.path, line=lines.line_of(place), hint=hint))

    if len(file.samples) > MAX_SAMPLES:
        fault(f"{len(file.samples)} samples", f"keep the {MAX_SAMPLES} that sound most like you", "samples", MAX_SAMPLES)  # fmt: skip
    for at, sample in enumerate(file.samples):
        size = len(sample.text.encode("utf-8", "replace"))
        if size > MAX_SAMPLE_BYTES:
            fault(f"a sample of {size // 1024} KB", f"a sample is one message, at most {MAX_SAMPLE_BYTES // 1024} KB", "samples", at)  # fmt: skip
        if sample.lang is not None and not _CODE.fullmatch(sample.lang):
            fault(f"{sample.lang!r} is no language code", "two letters, such as en or es", "samples", at)
    if file.lang is not None and not _CODE.fullmatch(file.lang):
        fault(f"{file.lang!r} is no language code", "two letters, such as en or es", "lang")
    for key in ("do", "dont"):
        entries: tuple[str, ...] = getattr(file, key)
        if len(entries) > MAX_LINES:
            fault(f"{len(entries)} lines", f"at most {MAX_LINES}: a model forgets the rest", key, MAX_LINES)
        for at, entry in enumerate(entries):
            if len(entry) > MAX_LINE_CHARS:
                fault(f"a line of {len(entry)} characters", f"at most {MAX_LINE_CHARS}: one habit a line", key, at)  # fmt: skip
    if len(file.signature) > MAX_SIGNATURE_CHARS:
        fault(f"a signature of {len(file.signature)} characters", f"at most {MAX_SIGNATURE_CHARS}", "signature")  # fmt: skip
    return faults


def _voice(file: VoiceFile, language: str) -> Voice | None:
    samples = tuple(
        Sample(language=sample.lang or file.lang or _language(sample.text, language), text=sample.text.strip())
        for sample in file.samples
        if sample.text.strip()
    )  # fmt: skip
    voice = Voice(
        samples=samples, do=_entries(file.do), dont=_entries(file.dont), signature=file.signature.strip()
    )
    if voice == Voice():
        return None
    codes = sorted({sample.language for sample in samples})
    return voice.model_copy(update={"styles": tuple(measure(voice.texts(code), code) for code in codes)})


def _entries(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for line in lines if (text := " ".join(line.split()))))


def _language(text: str, otherwise: str) -> str:
    """Return the language that a text's small words tell; where they are few or of two languages, the workspace's."""
    words = read_words(text, otherwise)
    scores, seen = language_scores(words, 0, len(words))
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < max(2.0, 0.1 * seen):
        return otherwise
    rival = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= 1.3 * rival else otherwise
