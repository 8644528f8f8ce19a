"""A rubric file in; the rubric out: which checks run, how hard they weigh, and limits by channel, persona, style and language."""

from typing import Any, Literal

from pydantic import Field, model_validator

from outreach.domain.record import Record
from outreach.domain.vocabulary import Channel, Dimension, Severity


class Limits(Record):
    """Numbers that checks compare with. Characters count as channels count them, words are tokens with a letter or digit."""

    max_chars: dict[Channel, int] = Field(default={"linkedin_message": 1000, "inmail": 1200})
    max_words: dict[Channel, int] = Field(default={"email": 200})
    long_chars: dict[Channel, int] = Field(
        default={"linkedin_message": 700, "inmail": 1000}, description="info from here"
    )
    long_words: dict[Channel, int] = Field(default={"email": 160}, description="info from here")
    brief_words: dict[Channel, int] = Field(
        default={"linkedin_message": 110, "inmail": 130, "email": 130},
        description="words from which a reader who likes it brief is written too much",
    )
    min_words: dict[Channel, int] = Field(
        default={"connection_request": 5, "linkedin_message": 8, "inmail": 15, "email": 20}
    )
    min_words_later: dict[Channel, int] = Field(
        default={"connection_request": 5, "linkedin_message": 8, "inmail": 15, "email": 15}
    )
    subject_chars: int = 70
    sentence_words: int = Field(default=40, description="a longer sentence is noted")
    grade: float = Field(default=14, description="Flesch-Kincaid grade above which English is too hard")
    emoji: int = Field(default=2, description="emojis a message may hold")
    emoji_formal: int = Field(default=1, description="emojis a message to a formal reader may hold")
    exclamations: int = 3
    cliches: int = Field(default=2, description="stock phrases from which a message fails")
    buzzwords: int = Field(
        default=3, description="buzzwords foreign to the reader's trade from which a message fails"
    )
    spam_phrases: int = Field(default=2, description="stock spam phrases from which a message fails")
    repeat_ratio: float = Field(
        default=80, description="rapidfuzz token-sort ratio from which two steps are one"
    )
    same_ratio: float = Field(
        default=85, description="rapidfuzz ratio from which two messages, names and facts masked, are one"
    )
    same_share: float = Field(
        default=0.5, description="share of a step's messages that may be one text, names and facts masked"
    )
    same_least: int = Field(default=5, description="messages of a step from which sameness is spoken of")
    account_ratio: float = Field(
        default=70,
        description="rapidfuzz token-sort ratio from which two people of an account get one message",
    )
    links: int = 1
    max_emails: int = 5
    max_linkedin_messages: int = 4


class CheckSetting(Record):
    """What a rubric changes about one check."""

    severity: Severity | None = None
    on: bool = True
    dimension: Dimension | None = None


class Condition(Record):
    """When an override holds: every named part must fit."""

    channel: Channel | None = None
    language: str | None = None
    persona: str | None = None
    formality: Literal["casual", "neutral", "formal"] | None = None
    style: str | None = None


class Override(Record):
    """Other limits or settings for a channel, persona, style or language. Later overrides win."""

    when: Condition
    limits: dict[str, Any] = Field(default_factory=dict)
    checks: dict[str, CheckSetting] = Field(default_factory=dict)


#: Weights of the dimensions: 100 for a message, and 30 of a sequence's 100 for what only a sequence can have.
_WEIGHTS: dict[Dimension, float] = {
    "grounding": 25, "structure": 20, "tone": 15, "length": 12, "safety": 12, "clarity": 8, "compliance": 8, "sequence": 30,
}  # fmt: skip


class Rubric(Record):
    """How messages are judged."""

    id: str = "default"
    version: int = 1
    description: str = ""
    weights: dict[Dimension, float] = Field(default_factory=lambda: dict(_WEIGHTS))
    shares: dict[Severity, float] = Field(default={"error": 1.0, "warn": 0.35, "info": 0.0},
                                          description="share of its dimension's weight that a finding takes")  # fmt: skip
    cap: int = Field(default=59, ge=0, le=100, description="no score above this with any error")
    limits: Limits = Limits()
    checks: dict[str, CheckSetting] = Field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    accepted: tuple[str, ...] = Field(
        default=(),
        description="protected checks whose findings this rubric accepts: shown as info, never silent",
    )
    allowed_domains: tuple[str, ...] = Field(
        default=(), description="domains that links may lead to besides the sender's own"
    )

    @model_validator(mode="after")
    def _weights_sum(self) -> "Rubric":
        total = sum(weight for name, weight in self.weights.items() if name != "sequence")
        if abs(total - 100) > 1e-6:
            msg = f"the weights without `sequence` must sum to 100, these sum to {total:g}"
            raise ValueError(msg)
        return self

    def narrowed(
        self, *, channel: str, language: str, formality: str, style: str, persona: str | None = None
    ) -> "Rubric":
        """Return the rubric with every override applied that fits."""
        given = {
            "channel": channel,
            "language": language,
            "formality": formality,
            "style": style,
            "persona": persona,
        }
        limits: dict[str, Any] = {}
        checks = dict(self.checks)
        for override in self.overrides:
            wanted = override.when.model_dump(exclude_none=True)
            if all(given[key] == value for key, value in wanted.items()):
                for key, value in override.limits.items():
                    base = limits.get(key, getattr(self.limits, key, None))
                    limits[key] = (
                        {**base, **value} if isinstance(base, dict) and isinstance(value, dict) else value
                    )
                checks.update(override.checks)
        if not limits and checks == self.checks:
            return self
        merged = Limits.model_validate({**self.limits.model_dump(), **limits})
        return self.model_copy(update={"limits": merged, "checks": checks})


def builtin_rubric() -> Rubric:
    """Return the default rubric. It needs no workspace and no file; `templates/rubrics/default.yaml` says the same."""
    return Rubric()
