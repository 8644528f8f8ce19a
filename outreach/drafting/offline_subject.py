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
    subject = next((text for text in _candidates(m, fact_told) if not _is_used(text, m.spent.subjects)), "")
    m.spent.subjects.append(subject)
    return subject


def _is_used(text: str, subjects: Sequence[str]) -> bool:
    """Say whether a subject reads like one before it: `… a question` and `… one more question` do."""
    return any(fuzz.ratio(text.casefold(), other.casefold()) >= _ALIKE for other in subjects)


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
