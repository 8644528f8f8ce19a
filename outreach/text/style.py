"""Messages that one person wrote, in one language, in; how they write out: lengths, greeting, sign-off, habits, each with its count."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from outreach.domain.voices import Habit, Measure, Style
from outreach.text.contractions import count_contractions
from outreach.text.counting import word_count
from outreach.text.emoji import find_emoji
from outreach.text.forms import address_evidence
from outreach.text.letter import Letter, greeting_key, read_letter
from outreach.text.own_words import own_words
from outreach.text.quotes import quoted_spans
from outreach.text.tokens import Words, read_words

#: A dash between spaces, or an em dash anywhere, stands for a comma or colon; within a word it joins.
_DASH = re.compile(r"(?<=\s)[–—-](?=\s)|—")


@dataclass(frozen=True, slots=True)
class _Read:
    """A sample read once."""

    text: str
    letter: Letter
    words: Words

    @property
    def sentences(self) -> list[int]:
        """Words of each sentence between greeting and sign-off, as people count them."""
        return sentence_lengths(self.words)


def sentence_lengths(words: Words) -> list[int]:
    """Return the words of each sentence of a text, as people count them; a line without a word is none."""
    lengths = [word_count(words.text[sentence.start : sentence.end]) for sentence in words.sentences]
    return [length for length in lengths if length]


def measure(texts: Sequence[str], language: str) -> Style:
    """Return the style of some messages in one language. What no message tells is None.

    Args:
        texts: whole messages, with greeting and sign-off where they have them.
        language: the language of all of them; without a language pack only lengths and marks are measured.
    """
    read = [_read(text, language) for text in texts]
    told = [one for one in read if one.sentences]
    lengths = sorted(length for one in told for length in one.sentences)
    counted = len(told)
    return Style(
        language=language,
        samples=len(texts),
        sentence_words=_measure(median(lengths), counted) if lengths else None,
        sentence_words_p90=_measure(_percentile(lengths, 0.9), counted) if lengths else None,
        message_words=_measure(median(sum(one.sentences) for one in told), counted) if told else None,
        contractions=_contractions(read) if language == "en" else None,
        questions=_share_of_questions(told),
        first_person=_share_of_first_person(told, language),
        exclamations=_mean([one.text.count("!") for one in read]),
        emoji=_mean([len(find_emoji(one.text)) for one in read]),
        dashes=_mean([len(_DASH.findall(one.text)) for one in read]),
        greeting=_greeting(read, language),
        signoff=_habit([one.letter.signoff for one in read]) if own_words(language) else None,
        address=_address(told),
    )


def _read(text: str, language: str) -> _Read:
    letter = read_letter(text, language)
    return _Read(text, letter, read_words(letter.body, language))


def _measure(value: float, samples: int) -> Measure:
    return Measure(value=round(value, 3), samples=samples)


def _percentile(ordered: Sequence[int], share: float) -> float:
    """Return the nearest-rank percentile of ordered values."""
    return float(ordered[max(0, math.ceil(share * len(ordered)) - 1)])


def _mean(counts: Sequence[int]) -> Measure | None:
    return _measure(fmean(counts), len(counts)) if counts else None


def _contractions(read: Sequence[_Read]) -> Measure | None:
    """Return the share of places that are contracted, over the samples that have any such place."""
    counts = [counted for one in read if sum(counted := count_contractions(one.letter.body))]
    short, full = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    return _measure(short / (short + full), len(counts)) if counts else None


def _share_of_questions(told: Sequence[_Read]) -> Measure | None:
    marks = [sentence.mark == "?" for one in told for sentence in one.words.sentences]
    return _measure(sum(marks) / len(marks), len(told)) if marks else None


def _share_of_first_person(told: Sequence[_Read], language: str) -> Measure | None:
    known = own_words(language)
    folded = [word for one in told for word in one.words.folded]
    if known is None or not folded:
        return None
    return _measure(sum(word in known.first for word in folded) / len(folded), len(told))


def _greeting(read: Sequence[_Read], language: str) -> Habit | None:
    """Return the greeting that most share; `Hi Ana,` and `Hi Ana:` are one form."""
    if not read or own_words(language) is None:
        return None
    forms = [one.letter.greeting for one in read]
    keys = Counter(greeting_key(form) for form in forms)
    key, shared = keys.most_common(1)[0]
    alike = Counter(form for form in forms if greeting_key(form) == key)
    return Habit(value=alike.most_common(1)[0][0], samples=shared, of=len(forms))


def _habit(values: Sequence[str]) -> Habit | None:
    if not values:
        return None
    value, shared = Counter(values).most_common(1)[0]
    return Habit(value=value, samples=shared, of=len(values))


def _address(told: Sequence[_Read]) -> Habit | None:
    """Return how the reader is addressed, over the samples whose words tell it."""
    forms = []
    for one in told:
        words = one.words
        content = [(at, sentence, sentence.words) for at, sentence in enumerate(words.sentences)]
        familiar, formal = address_evidence(words, quoted_spans(words.text), content)
        if len(familiar) != len(formal):
            forms.append("familiar" if len(familiar) > len(formal) else "formal")
    return _habit(forms)
