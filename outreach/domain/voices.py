"""How the sender writes: samples, do and don't, signature, and what was measured of them. Style only, never ground truth."""

from pydantic import Field

from outreach.domain.record import Record

#: Fewer samples than this show a habit; they do not prove one. It is shown, and neither asked for nor checked.
ENOUGH_SAMPLES = 3


class Sample(Record):
    """A message that the sender wrote, and the language it is in."""

    language: str
    text: str


class Measure(Record):
    """A figure of the sender's style, and how many samples told it."""

    value: float
    samples: int

    @property
    def holds(self) -> bool:
        """Whether enough samples told it to hold a draft against it."""
        return self.samples >= ENOUGH_SAMPLES


class Habit(Record):
    """The form that most samples share, how many do, and of how many that told anything."""

    value: str
    samples: int
    of: int

    @property
    def holds(self) -> bool:
        """Whether it is a habit: enough samples, and two in three alike."""
        return self.of >= ENOUGH_SAMPLES and 3 * self.samples >= 2 * self.of


class Style(Record):
    """What was measured of the samples in one language. None: no sample told."""

    language: str
    samples: int = Field(description="samples in this language")
    sentence_words: Measure | None = Field(None, description="median words of a sentence")
    sentence_words_p90: Measure | None = Field(
        None, description="nine sentences in ten have at most so many words"
    )
    message_words: Measure | None = Field(None, description="median words between greeting and sign-off")
    contractions: Measure | None = Field(
        None, description="English: share of places for a contraction that have one"
    )
    questions: Measure | None = Field(None, description="share of sentences that ask")
    first_person: Measure | None = Field(None, description="share of words that speak of the sender")
    exclamations: Measure | None = Field(None, description="exclamation marks in a message, on average")
    emoji: Measure | None = Field(None, description="emojis in a message, on average")
    dashes: Measure | None = Field(None, description="dashes used as punctuation in a message, on average")
    greeting: Habit | None = Field(None, description="`Hi {name},`; `{name}:`; empty: no greeting")
    signoff: Habit | None = Field(
        None, description="the line above the signature, such as `Best,`; empty: none"
    )
    address: Habit | None = Field(None, description="`familiar` or `formal`; English has one form")


class Voice(Record):
    """The sender's voice. Its samples teach style; no sentence may rest on them."""

    samples: tuple[Sample, ...] = ()
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    signature: str = Field("", description="how messages are signed; over the offer's own")
    styles: tuple[Style, ...] = Field((), description="one for each language of the samples, sorted by code")

    def style(self, language: str) -> Style | None:
        """Return what was measured in a language, or None where no sample is in it."""
        return next((style for style in self.styles if style.language == language), None)

    def texts(self, language: str) -> tuple[str, ...]:
        """Return the samples in a language, in the order of the file."""
        return tuple(sample.text for sample in self.samples if sample.language == language)
