"""A plan in; how its sender's voice bends the message out: what is proven by enough samples and fits this reader.

The rubric checks it, the offline writer leans towards it. A draft never rests on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from outreach.domain.judgement import ContextVoice
from outreach.domain.plans import Plan
from outreach.domain.record import text_in
from outreach.domain.vocabulary import Address
from outreach.domain.voices import Habit, Measure, Style, Voice
from outreach.text.contractions import contract, expand
from outreach.text.counting import word_count
from outreach.text.letter import fits_anybody, greeting_key, read_letter
from outreach.text.rows import row_marks, rows_of, split_marks
from outreach.text.sayings import sayings, stands_in
from outreach.text.tokens import read_words

#: Forms of address that belong to a formal register; the others are familiar. English has one form for both.
FORMAL: frozenset[Address] = frozenset({"usted", "sie", "vous", "senhor"})
_FAMILIAR: frozenset[Address] = frozenset({"tu", "vos", "du", "voce"})
#: Shares of contracted places from which a sender contracts, and up to which one writes out.
_CONTRACTS, _WRITES_OUT = 0.7, 0.3


@dataclass(frozen=True)
class Manner:
    """What of a voice holds for one message; None: nothing is proven, or it does not fit the reader."""

    language: str = ""
    greeting: str | None = None
    signoff: str | None = None
    contracts: bool | None = None
    sentence_words: float | None = None
    sentence_words_most: float | None = None
    message_words: float | None = None
    dont: tuple[str, ...] = ()
    copies: frozenset[str] = frozenset()

    @property
    def is_measured(self) -> bool:
        """Whether lengths are known to lean towards."""
        return self.sentence_words is not None or self.message_words is not None

    def distance(self, words: int, sentences: int) -> float:
        """Return how far a message is from the sender's lengths, as a share of them; 0 where nothing is known."""
        off = 0.0
        if self.message_words:
            off += abs(words - self.message_words) / self.message_words
        if self.sentence_words:
            off += abs(words / sentences - self.sentence_words) / self.sentence_words
        return off

    def sentence_distance(self, text: str, sentences: int) -> float:
        """Return how many words the sentences of a text are from the sender's; 0 where nothing is known."""
        if not self.sentence_words:
            return 0.0
        return abs(word_count(text) / max(sentences, 1) - self.sentence_words)

    def spoken(self, text: str) -> str:
        """Return an English text of ours with contractions as the sender uses them."""
        if self.contracts is None or self.language != "en":
            return text
        return contract(text) if self.contracts else expand(text)

    def refuses(self, text: str) -> bool:
        """Say whether a text holds what the sender never writes, or a copy of a sample."""
        if not self.dont and not self.copies:
            return False
        words = read_words(text, self.language)
        return any(stands_in(saying, words) for saying in self.dont) or any(
            row.mark in self.copies for row in rows_of(words)
        )


NO_MANNER = Manner()


def proven(voice: Voice, language: str) -> Manner:
    """Return what enough samples prove of a voice in a language, whoever reads."""
    style = voice.style(language) or Style(language=language, samples=0)
    greeting = _habit(style.greeting)
    return Manner(
        language=language,
        greeting=greeting if greeting is not None and fits_anybody(greeting, language) else None,
        signoff=_habit(style.signoff),
        contracts=_contracts(style),
        sentence_words=_held(style.sentence_words),
        sentence_words_most=_held(style.sentence_words_p90),
        message_words=_held(style.message_words),
        dont=sayings(voice.dont),
        copies=split_marks(_rows(voice, language)),
    )


def manner_of(plan: Plan) -> Manner:
    """Return the manner of a plan's messages; without a voice one that changes nothing."""
    if plan.voice is None:
        return NO_MANNER
    manner = proven(plan.voice, plan.language)
    if manner.copies:
        manner = replace(manner, copies=manner.copies - split_marks(row_marks(_locked(plan), plan.language)))
    if not _register_fits(plan):
        return replace(manner, greeting=None, signoff=None)
    return manner if plan.prospect.greeting_name else replace(manner, greeting=None)


def _locked(plan: Plan) -> Iterator[str]:
    """Yield the texts of persona and offer: the sender's samples may hold them, and so may a draft."""
    for pain in plan.persona.pain_points:
        yield from (_text(texts, plan) for texts in (pain.text, pain.question, pain.remark))
    yield from (_text(claim.text, plan) for claim in plan.offer.claims)
    yield from (_text(ask.text, plan) for ask in plan.offer.asks)


def _text(texts: dict[str, str] | None, plan: Plan) -> str:
    return text_in(texts or {}, plan.language) or ""


def context_voice(plan: Plan) -> ContextVoice | None:
    """Return what the rubric holds a plan's messages against; None where the sender has no voice."""
    if plan.voice is None:
        return None
    manner = manner_of(plan)
    return ContextVoice(
        sentence_words=manner.sentence_words,
        sentence_words_most=manner.sentence_words_most,
        greeting=manner.greeting,
        contractions=manner.contracts,
        dont=manner.dont,
        sample_rows=_rows(plan.voice, plan.language),
    )


def same_greeting(form: str, other: str) -> bool:
    """Say whether two greetings are of one form, whatever the name and the mark that ends them."""
    return greeting_key(form) == greeting_key(other)


def _register_fits(plan: Plan) -> bool:
    """Say whether the samples' greeting and closing suit this reader: a formal one is not written to as a friend is."""
    style = plan.voice.style(plan.language) if plan.voice else None
    formal = plan.address in FORMAL or (
        plan.address == "plain" and plan.persona.communication.formality == "formal"
    )
    told = _habit(style.address) if style else None
    if plan.address in _FAMILIAR:
        return told != "formal"
    return told == "formal" if formal else True


def _contracts(style: Style) -> bool | None:
    share = _held(style.contractions)
    if share is None or _WRITES_OUT < share < _CONTRACTS:
        return None
    return share >= _CONTRACTS


def _habit(habit: Habit | None) -> str | None:
    return habit.value if habit is not None and habit.holds else None


def _held(measure: Measure | None) -> float | None:
    return measure.value if measure is not None and measure.holds else None


@lru_cache(maxsize=16)
def _rows(voice: Voice, language: str) -> str:
    """Return the marks of what the samples say between greeting and sign-off."""
    return row_marks((read_letter(text, language).body for text in voice.texts(language)), language)
