"""How long message, subject and sentences are, in the units of their channel."""

from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.counting import channel_length

_LINKEDIN = frozenset({"connection_request", "linkedin_message", "inmail"})


@check("A1", defect="too_long", dimension="length", languages=None, needs_context=False, protected=True,
       about="The message fits its channel: a connection note of 200 or 300 characters, a message of 1,000, an InMail of 1,200, an email of 200 words.",
       evidence="Limits of the platform, and vendors' data for InMail and email (B).",
       example="a connection note of 320 characters", fixed="the same note without its least specific sentence")  # fmt: skip
def too_long(view: View) -> Iterator[Note]:
    """Flag a body above the hard limit."""
    channel = view.channel
    if channel in _LINKEDIN:
        limit = (
            view.context.policy.connection_note_limit
            if channel == "connection_request"
            else view.limits.max_chars.get(channel, 10**9)
        )
        size, counted = len(view.raw), channel_length(view.raw)
        if counted > limit:
            # LinkedIn may count an emoji as two: within the limit in characters, that is a remark and no fault.
            yield Note(
                f"{size} characters, {limit} are allowed"
                if size > limit
                else f"{size} characters, which LinkedIn may count as {counted}; {limit} are allowed",
                f"cut {counted - limit} characters; drop the least specific sentence first",
                severity=None if size > limit else "info",
            )
        return
    limit, size = view.limits.max_words.get(channel, 10**9), view.word_count
    if size > limit:
        yield Note(
            f"{size} words, {limit} are allowed",
            f"cut {size - limit} words; drop the least specific sentence first",
        )


@check("A2", defect=None, dimension="length", severity="info", languages=None,
       about="Shorter than the limit reads better; past this point the message is long for its channel.",
       evidence="Vendors disagree (25 to 200 words); hence only a remark.", example="an email of 190 words", fixed="the same in 120")  # fmt: skip
def long_message(view: View) -> Iterator[Note]:
    """Remark on a long body."""
    channel = view.channel
    if channel in view.limits.long_words and view.word_count > view.limits.long_words[channel]:
        yield Note(
            f"{view.word_count} words are much for {channel}",
            "drop what the reader does not need to answer",
        )
    elif channel in view.limits.long_chars and channel_length(view.raw) > view.limits.long_chars[channel]:
        yield Note(
            f"{channel_length(view.raw)} characters are much for {channel}",
            "drop what the reader does not need to answer",
        )


@check("A3", defect="too_short", dimension="length", languages=None,
       about="There is enough to answer: 5 words in a note, 8 in a message, 15 in an InMail, 20 in a first email, 15 in later ones.",
       evidence="Shorter texts hold no reason and no ask.", example="Hi Ana, timed tickets for Fenwick?", fixed="one fact and one ask more")  # fmt: skip
def too_short(view: View) -> Iterator[Note]:
    """Flag a body below the minimum of words."""
    table = view.limits.min_words if view.record.step == 1 else view.limits.min_words_later
    size, least = view.word_count, table.get(view.channel, 0)
    if size < least:
        yield Note(f"{size} words, {least} are the least", "add one fact about the prospect and one ask")


@check("A4", defect="bad_subject", dimension="length", languages=None, protected=True,
       about="An email or InMail has a subject of at most 70 characters.", evidence="Longer ones are cut off in lists.",
       example="an empty subject", fixed="late samples from Porto")  # fmt: skip
def subject(view: View) -> Iterator[Note]:
    """Flag a missing or long subject."""
    if view.channel not in {"email", "inmail"}:
        return
    size = len(view.subject.strip())
    if not size:
        yield Note("no subject", "write three to six words on their situation")
    elif len(view.subject) > view.limits.subject_chars:
        yield Note(
            f"the subject has {len(view.subject)} characters, {view.limits.subject_chars} are allowed",
            "write three to six words on their situation",
        )


@check("A5", defect=None, dimension="clarity", severity="info", languages=None,
       about="A sentence that can be read in one breath.", evidence="Boomerang (B-): simple sentences get more answers.",
       example="a sentence of 45 words", fixed="the same in two sentences")  # fmt: skip
def long_sentence(view: View) -> Iterator[Note]:
    """Remark on a very long sentence."""
    for _, sentence, tokens in view.content():
        if len(tokens) > view.limits.sentence_words:
            yield Note(f"a sentence of {len(tokens)} words", "split it", sentence.start, sentence.end)
            return
