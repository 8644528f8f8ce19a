"""A `generate` line in; the sequence that it was judged as, and the draft that it was, out."""

from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import SequenceRecord, StepRecord
from outreach.domain.lines import GenerateLine


def as_sequence(line: GenerateLine) -> SequenceRecord:
    """Return a `generate` line as the record that it was judged as."""
    return SequenceRecord(
        id=line.outreach_id,
        account=line.account or "",
        language=line.language,
        context=line.context,
        steps=tuple(
            StepRecord(
                step=message.step, channel=message.channel, day=message.day, after=message.after, subject=message.subject,
                existing_thread=message.existing_thread, body=message.body,
            )
            for message in line.messages
        ),
    )  # fmt: skip


def as_draft(line: GenerateLine) -> Draft:
    """Return the draft of a `generate` line, each sentence with what it rests on."""
    fields = set(Message.model_fields)
    messages = tuple(Message.model_validate(message.model_dump(include=fields)) for message in line.messages)
    return Draft(
        outreach_id=line.outreach_id, language=line.language, messages=messages,
        provider=line.provider, model=line.model, fallback=line.fallback,
    )  # fmt: skip
