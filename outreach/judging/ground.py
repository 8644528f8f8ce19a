"""A message's context in; the statements that its claims may rest on, each with a short id, out."""

from collections.abc import Iterator

from outreach.domain.judgement import MessageRecord
from outreach.text.hidden import clean_text

#: Longer contexts are not cut, since a claim could rest on what is cut off: the judge is not asked.
MAX_GROUND_CHARS = 16_000
MAX_MESSAGE_CHARS = 8_000


def ground_of(record: MessageRecord) -> dict[str, str]:
    """Return the statements by id, in the order they are shown.

    `F0` is the reader, `F1`… facts, `P` problems of the role, `A0` the sender and what is offered, `C` proof, `M`
    earlier messages. Profile text is neither fact nor needed, so it cannot speak to the judge at all.
    """
    return {label: text for label, text in _statements(record) if text}


def wishes_of(record: MessageRecord) -> str:
    """Return how this reader wants to be written to. The texts are of others, too: they belong inside the fence."""
    wanted = record.context.preferences
    language = wanted.language if "language" in wanted.model_fields_set else record.language
    return f"{wanted.formality}, {one_line(wanted.style)}, in the language with code {one_line(language)}"


def shown_message(record: MessageRecord) -> str:
    """Return the message as the judge reads it: its subject, if any, and its body."""
    body = clean_text(record.body).text.strip()
    return f"Subject: {one_line(record.subject)}\n\n{body}" if record.subject else body


def one_line(text: str) -> str:
    """Return a text as one visible line."""
    return " ".join(clean_text(text).text.split())


def _statements(record: MessageRecord) -> Iterator[tuple[str, str]]:
    context = record.context
    reader, sender = context.prospect, context.sender
    name = " ".join(part for part in (reader.honorific, reader.first_name, reader.last_name) if part)
    who = (name, reader.role, reader.company, reader.industry)
    yield "F0", ", ".join(one_line(part) for part in who if part)
    yield from ((f"F{n}", one_line(text)) for n, text in enumerate(context.facts, 1))
    yield from ((f"P{n}", one_line(text)) for n, text in enumerate(context.pain_points, 1))
    yield "A0", ", ".join(one_line(part) for part in (sender.name, sender.company, sender.offer) if part)
    yield from ((f"C{n}", one_line(text)) for n, text in enumerate(sender.proof_points, 1))
    if context.existing_thread:
        yield "M0", "the reader and the sender are in a thread of messages already"
    yield from ((f"M{n}", one_line(text)) for n, text in enumerate(context.previous_messages, 1))
