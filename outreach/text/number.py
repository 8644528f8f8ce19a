"""What a number in a text is: its readings, its kind, where it stands, and the words that follow it."""

from dataclasses import dataclass
from typing import Literal

from outreach.text.languages import NumberWords
from outreach.text.tokens import Words

Kind = Literal["plain", "percent", "currency", "fraction", "multiple", "ordinal", "year", "date", "clock"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. `values` holds every reading: `1.250` is 1250 or 1.25."""

    values: tuple[float, ...]
    kind: Kind
    start: int
    end: int
    first: int
    last: int
    in_words: bool = False
    weak: bool = False
    #: folded words that follow it, up to three: what it counts
    unit: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The likeliest reading."""
        return self.values[0]


def following(words: Words, first: int, at: int) -> tuple[str, ...]:
    """Return up to four words from a token on, within the sentence in which the number begins."""
    end = words.sentences[words.sentence_of[first]].last if first < len(words.sentence_of) else at
    return tuple(words.folded[at : min(at + 4, end)])


def is_percent(row: tuple[str, ...], numbers: NumberWords) -> bool:
    """Say whether the words after a number make it a percentage."""
    if not row:
        return False
    if row[0] in numbers.percent:
        return True
    return len(row) > 1 and row[0] in {"per", "por", "pour"} and row[1] in {"cent", "ciento", "cento"}
