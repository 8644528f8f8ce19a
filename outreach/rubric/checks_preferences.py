"""What the reader is said to prefer against the message: the style and evidence of the persona."""

from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.numbers import read_numbers
from outreach.text.tokens import read_words


@check("T7", defect=None, dimension="tone", severity="warn",
       about="The message is as the persona likes it: a figure for the data-driven, few words for the brief.",
       evidence="Weak (RCTs disagree): a warning at most.", example="to a data-driven reader: Others found it useful.", fixed="A creamery in Devon cut rejected bottles by 18 %.")  # fmt: skip
def style(view: View) -> Iterator[Note]:
    """Warn where a data-driven reader gets no figure though one is known, and a brief one many words."""
    preferred = view.context.preferences.style
    if preferred == "data-driven" and view.channel != "connection_request":
        known = [source for known, source in view.ground.numbers if source.kind in {"fact", "claim"}]
        given = [number for number in view.numbers if number.value > 1]
        given += [
            n
            for text in view.context.previous_messages
            for n in read_numbers(read_words(text, view.language))
        ]
        if known and not given:
            nearest = min(known, key=lambda source: (source.kind != "claim", source.text))
            yield Note("no figure, and the reader goes by figures", f"use one: {nearest.text}")
    limit = view.limits.brief_words.get(view.channel)
    if preferred == "brief" and limit is not None and view.word_count > limit:
        yield Note(f"{view.word_count} words to a reader who likes it brief", f"cut to {limit} words")
