"""The material of a step in; the subject of its email or InMail out: a few words about the reader's situation."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from outreach.drafting.offline_casing import upper_first
from outreach.drafting.offline_material import Material

MAX_CHARS = 60
MIN_WORDS = 2
MAX_WORDS = 8
#: From this likeness on, two subjects look like one.
_ALIKE = 88


def write_subject(m: Material, *, fact_told: bool) -> str:
    """Return a subject not used before in the sequence; in a thread, the thread's own subject without any prefix."""
    if m.step.existing_thread and m.spent.subjects:
        return m.spent.subjects[-1]
    # Best a subject unlike all before it; where the wordings run out, at least one that is not the same.
    fresh = [text for text in _candidates(m, fact_told) if text not in m.spent.subjects]
    return next((text for text in fresh if not _is_like(text, m.spent.subjects)), next(iter(fresh), ""))


def _is_like(text: str, subjects: Sequence[str]) -> bool:
    """Say whether a subject reads like one before it: nearly the same words, or the same words before a colon."""
    head = text.casefold().partition(":")[0]
    others = [other.casefold() for other in subjects]
    return any(
        fuzz.ratio(text.casefold(), other) >= _ALIKE or other.partition(":")[0] == head for other in others
    )


def _candidates(m: Material, fact_told: bool) -> Iterator[str]:
    """Yield subjects that are neither too long nor one word: of the fact, of the pain, of the role, of the topic."""
    groups = [m.retelling.kind] if m.retelling and fact_told else []
    if m.role == "gatekeeper":
        groups.append("gatekeeper")
    else:
        groups.append(m.step.goal)
    for group in (*groups, "any"):
        for line in m.turned(m.book.lines("subject", m.form, group), f"subject.{group}"):
            text = line.fill(m.values)
            if text is not None and len(text) <= MAX_CHARS and MIN_WORDS <= len(text.split()) <= MAX_WORDS:
                yield upper_first(text)
