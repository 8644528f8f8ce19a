"""`templates/messages/<language>.yaml` in; the wordings of a language out, checked slot by slot when the file is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from outreach.domain.ids import content_hash
from outreach.domain.record import Record
from outreach.errors import FileError, OutreachError
from outreach.workspace.files import near_match, read_record

#: All that a wording may be filled with. A wording whose slot has no value in a plan is passed over for one that has.
SLOTS = frozenset(
    (
        *("name", "full_name", "last_name", "honorific", "company"),  # the reader
        *("sender", "sender_company", "product", "topic"),  # the offer
        *("pain", "question", "ask"),  # the step
        *("when", "contact"),  # an answer to a reply
        *("text", "news"),  # a fact retold whole, and its parts under names that do not clash with the above
        *(
            "count",
            "count_many",
            "what",
            "place",
            "round",
            "amount",
            "role",
            "person",
            "subject",
            "event",
            "award",
        ),
    )
)

#: How the reader is addressed, as wordings name it. English has one form of address, but two registers.
FORMS = ("casual", "formal", "tu", "usted", "vos", "voce", "senhor", "du", "sie", "vous")

_SLOT = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]*)?")


class NoTextInLanguage(OutreachError):  # noqa: N818 -- a reason for one row, not a fault of the run
    """The draft's language lacks a text. The row waits with the reason `no_text_in_language`; the run goes on."""

    exit_code = 4
    reason = "no_text_in_language"


def _braces(text: str) -> str:
    for slot in _SLOT.findall(text):
        if not re.fullmatch(r"[a-z_]+", slot):
            msg = f"{{{slot}}} is no slot: a slot is a lower-case name in braces"
            raise ValueError(msg)
    if _SLOT.sub("", text).count("{") or _SLOT.sub("", text).count("}"):
        msg = "a brace stands alone"
        raise ValueError(msg)
    return text


def _forms(texts: dict[str, str]) -> dict[str, str]:
    for key in texts:
        unknown = [form for form in key.split() if form not in FORMS]
        if unknown:
            msg = f"unknown form of address {unknown[0]!r}; known: {', '.join(FORMS)}"
            raise ValueError(msg)
    return texts


Template = Annotated[str, AfterValidator(_braces)]
#: One wording: a text for every form of address, or a text by form (`{tu vos: …, usted: …}`).
Wording = Template | Annotated[dict[str, Template], AfterValidator(_forms)]


class Particle(Record):
    """A slot made of another: the value with the preposition or article that it takes in this language."""

    of: str = Field(description="the slot it is made of")
    default: str = Field(description="`in {value}`: how any other value is written")
    equals: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="`no {value}`: [Brasil, …]")
    starts: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="`du {rest}`: ['le ']; {rest} is what follows the start"
    )
    ends: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="`openings for {value}`: [s]")

    def apply(self, value: str) -> str:
        """Return the value as this language writes it here."""
        folded = value.casefold()
        for pattern, words in self.equals.items():
            if folded in (word.casefold() for word in words):
                return pattern.replace("{value}", value)
        for pattern, words in self.starts.items():
            for word in words:
                if folded.startswith(word.casefold()):
                    return pattern.replace("{rest}", value[len(word) :]).replace("{value}", value)
        for pattern, words in self.ends.items():
            if folded.endswith(tuple(word.casefold() for word in words)):
                return pattern.replace("{value}", value)
        return self.default.replace("{value}", value)


class ToReader(Record):
    """How `Ana spoke at …` is said to Ana: only where the verb stays right in this form of address."""

    say: str = Field(description="`you {rest}`; {rest} starts with the verb")
    verbs: dict[str, str] = Field(default_factory=dict, description="a verb and how it is said to the reader")
    suffixes: dict[str, str] = Field(
        default_factory=dict,
        description="endings of a verb and how they are said to the reader, longest first",
    )
    endings: tuple[str, ...] = Field(
        (), description="verbs with these endings stay as they are; [''] is every verb"
    )
    unless: tuple[str, ...] = Field((), description="words after which it would be wrong, such as `her`")

    def verb(self, word: str) -> str | None:
        """Return a third person's verb as it is said to the reader, or None where that is not known."""
        if word in self.verbs:
            return self.verbs[word]
        for ending, own in self.suffixes.items():
            if word.endswith(ending):
                return word.removesuffix(ending) + own
        return word if word.endswith(self.endings) else None


class LanguageFile(Record):
    """A file of wordings as it stands on disk. What each key is for stands at the top of the file."""

    language: str
    capitals_after_colon: bool = False
    keep_capital: tuple[str, ...] = Field((), description="first words that stay as they are after `Hi Ana,`")
    starters: tuple[str, ...] = Field(
        (), description="first words of a claim that are no name: they lose their capital after `Hi Ana,`"
    )
    lower_only: tuple[str, ...] | None = Field(
        None, description="where given, only these first words lose their capital"
    )
    greeting_line: Literal["upper", "lower"] = Field(
        "upper", description="how a text starts in the line under the greeting"
    )
    first_person: tuple[str, ...] = Field((), description="words that speak of the sender, lower case")
    numbers: dict[str, str] = Field(default_factory=dict, description="small counts in words")
    words: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="by slot: a word and what it is here"
    )
    honorifics: dict[str, str] = Field(
        default_factory=dict, description="an honorific of the list and how it is said here"
    )
    particles: dict[str, Particle] = Field(default_factory=dict)
    retell_person: dict[str, ToReader] = Field(default_factory=dict, description="by form of address")
    places: dict[str, dict[str, tuple[Wording, ...]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One wording in one form of address, ready to be filled."""

    text: str
    slots: frozenset[str]
    ours: int
    """How many of its words speak of the sender."""

    def fill(self, values: dict[str, str]) -> str | None:
        """Return the text with every slot filled, or None where a value is missing: a slot never stays open."""
        if not self.slots <= values.keys():
            return None
        return _SLOT.sub(lambda match: values[match[1]], self.text) if self.slots else self.text


def _line_of(text: str, path: Path | None) -> int | None:
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    return next((number for number, line in enumerate(lines, 1) if text in line), None)


class MessageTemplates:
    """The wordings of one language, by place, group and form of address."""

    def __init__(self, file: LanguageFile, path: Path | None = None) -> None:
        """Take a file that has been read. Raises FileError for a slot that nothing fills."""
        self.file = file
        self._lines: dict[tuple[str, str, str], tuple[Line, ...]] = {}
        for place, groups in file.places.items():
            for group, wordings in groups.items():
                for wording in wordings:
                    for text in (wording,) if isinstance(wording, str) else wording.values():
                        self._check(text, f"places.{place}.{group}", path)

    def _check(self, text: str, where: str, path: Path | None) -> None:
        known = SLOTS | self.file.particles.keys()
        unknown = set(_SLOT.findall(text)) - known
        if unknown:
            slot = min(unknown)
            hint = near_match(slot, known) or f"known slots: {', '.join(sorted(known))}"
            raise FileError(
                f"{where}: nothing fills the slot {{{slot}}}",
                where=path,
                line=_line_of(text, path),
                hint=hint,
            )

    def lines(self, place: str, form: str, *groups: str) -> tuple[Line, ...]:
        """Return the wordings of the first of these groups that has any in this form."""
        for group in groups:
            key = (place, group, form)
            if key not in self._lines:
                self._lines[key] = tuple(self._read(place, group, form))
            if self._lines[key]:
                return self._lines[key]
        return ()

    def _read(self, place: str, group: str, form: str) -> list[Line]:
        texts: list[str] = []
        for wording in self.file.places.get(place, {}).get(group, ()):
            if isinstance(wording, str):
                texts.append(wording)
            else:
                texts.extend(text for key, text in wording.items() if form in key.split())
        return [Line(text, self._slots(text), self.of_us(text)) for text in texts]

    def _slots(self, text: str) -> frozenset[str]:
        """Return the slots of a wording; `na_company` counts as `company`, too."""
        named = _SLOT.findall(text)
        made_of = (self.file.particles[slot].of for slot in named if slot in self.file.particles)
        return frozenset((*named, *made_of))

    def of_us(self, text: str) -> int:
        """Return how many words of a text speak of the sender."""
        words = _WORD.findall(text.casefold().replace("’", "'"))
        own = self.file.first_person
        return sum(1 for word in words if word in own or word.partition("'")[0] + "'" in own)

    @cached_property
    def content_hash(self) -> str:
        """The hash of all wordings and rules: what a draft depends on besides its plan."""
        return content_hash(self.file)


def load_templates(language: str, find: Callable[[str], Path]) -> MessageTemplates:
    """Return a language's templates from the file that `find(language)` names, the workspace's or the built-in one.

    Raises:
        NoTextInLanguage: there is no file for this language.
        FileErrors: the file is faulty.
    """
    try:
        path = find(language)
    except FileError as error:
        raise NoTextInLanguage(
            f"the offline writer has no wordings in {language!r}", where=error.where,
            hint=f"write templates/messages/{language}.yaml, or draft with a model",
        ) from error  # fmt: skip
    return MessageTemplates(read_record(path, LanguageFile, language), path)
