"""A message against the sender's own voice: sentence length, greeting, contractions, what they never write, what they wrote before."""

from collections.abc import Iterator
from statistics import fmean

from outreach.domain.judgement import ContextVoice
from outreach.domain.vocabulary import SUBJECT_CHANNELS
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.contractions import contracted, written_out
from outreach.text.counting import word_count
from outreach.text.letter import greeting_key, read_letter
from outreach.text.rows import LONG_ROW_WORDS, ROW_WORDS, Row, rows_of, split_marks
from outreach.text.sayings import stands_in

#: A message whose sentences are half as long as the sender's on average, or longer than nine in ten of them and than
#: these times the median, sounds like somebody else. Fewer sentences than this tell nothing.
_SHORT, _LONG, _LEAST_SENTENCES = 0.5, 1.6, 2


def _voice(view: View) -> ContextVoice:
    return view.context.voice or ContextVoice()


@check("voice.sentence_length", defect=None, dimension="clarity", severity="warn", languages=None, needs_context=False,
       about="Sentences are about as long as in the sender's own messages. Only where the context has a voice.",
       evidence="Measured of at least three samples.", example="one sentence of forty words, from somebody who writes ten", fixed="the same thought in three sentences")  # fmt: skip
def sentence_length(view: View) -> Iterator[Note]:
    """Warn where the mean sentence is far from what the sender writes."""
    voice = _voice(view)
    if not voice.sentence_words:
        return
    lengths = [
        count
        for _, sentence, tokens in view.content()
        if (count := word_count(view.text[view.words.starts[tokens.start] : sentence.end]))
    ]
    if len(lengths) < _LEAST_SENTENCES and view.word_count < _LEAST_SENTENCES * voice.sentence_words:
        return
    mean = fmean(lengths) if lengths else 0.0
    most = max(voice.sentence_words_most or 0.0, _LONG * voice.sentence_words)
    usual = f"{voice.sentence_words:.0f}"
    if mean > most:
        yield Note(
            f"sentences of {mean:.0f} words, the sender's have about {usual}",
            f"cut them to about {usual} words",
        )
    elif mean < _SHORT * voice.sentence_words:
        yield Note(
            f"sentences of {mean:.0f} words, the sender's have about {usual}",
            f"join them to about {usual} words",
        )


@check("voice.greeting", defect=None, dimension="tone", severity="warn", needs_context=False,
       about="The message greets as the sender does. A chat message may go without. Only where the context has a voice.",
       evidence="Measured of at least three samples, two in three alike.", example="Hello Nadia, … (the sender writes: Hi Nadia,)", fixed="Hi Nadia, …")  # fmt: skip
def greeting(view: View) -> Iterator[Note]:
    """Warn of another greeting than the sender's, and of a letter without one."""
    own = _voice(view).greeting
    name = view.context.prospect.first_name
    if own is None or not name:
        return
    form = read_letter(view.text, view.language).greeting
    found = view.parts.greeting
    if greeting_key(form) == greeting_key(own) or (found is not None and found.honorifics):
        return
    usual = own.replace("{name}", name)
    if form:
        last = found.last if found is not None else 1
        hint = f"greet with: {usual}" if own else "begin without a greeting"
        yield Note(
            "the sender greets otherwise", hint, view.words.starts[0], view.words.ends[max(last, 1) - 1]
        )
    elif own and view.channel in SUBJECT_CHANNELS:
        yield Note("no greeting, the sender's letters have one", f"greet with: {usual}")


@check("voice.contractions", defect=None, dimension="tone", severity="warn", languages=None, needs_context=False,
       about="English: contractions stand where the sender uses them, and are written out where not. Only where the context has a voice.",
       evidence="Measured of at least three samples that have places for them.", example="It is worth a look. (the sender writes: it's)", fixed="It's worth a look.")  # fmt: skip
def contractions(view: View) -> Iterator[Note]:
    """Warn where all places of a message for a contraction are against the sender's habit."""
    habit = _voice(view).contractions
    if habit is None or not view.content_tokens:
        return
    start = view.words.starts[view.content_tokens[0]]
    end = view.words.ends[view.content_tokens[-1]]
    told = {view.words.starts[at] for at in view.told_tokens}
    text = view.text[start:end]
    short = [span for span in contracted(text) if start + span[0] not in told]
    full = [span for span in written_out(text) if start + span[0] not in told]
    against, along = (full, short) if habit else (short, full)
    if not against or along:
        return
    what = "the sender contracts" if habit else "the sender writes this out"
    hint = "use contractions: it's, don't, I'll" if habit else "write contractions out: it is, do not, I will"
    yield Note(what, hint, start + against[0][0], start + against[0][1])


@check("voice.dont", defect=None, dimension="tone", severity="error", languages=None, needs_context=False,
       about="Nothing of the sender's don't list stands in the message or its subject. Locked words of the offer are not held against it.",
       evidence="The sender says so.", example="Just touching base on Truro. (don't: touching base)", fixed="Who sees a rejected bottle first in Truro?")  # fmt: skip
def dont(view: View) -> Iterator[Note]:
    """Flag each phrase that the sender never writes."""
    for saying in _voice(view).dont:
        found = stands_in(saying, view.words)
        if found is not None and not view.told_tokens.issuperset(range(*found)):
            first, last = found
            yield Note("the sender never writes this", "put it in other words, or drop it",
                       view.words.starts[first], view.words.ends[last - 1])  # fmt: skip
        elif found is None and stands_in(saying, view.subject_words):
            yield Note("the sender never writes this, and it stands in the subject", "put it in other words", quote=saying)  # fmt: skip


@check("voice.copy", defect=None, dimension="grounding", severity="error", languages=None, needs_context=False,
       about=f"No row of {ROW_WORDS} words of a sentence, or {LONG_ROW_WORDS} over its end, is copied from the sender's samples: they show how to write, not what. Claims and facts are no copies.",
       evidence="What a sample says was true of somebody else.", example="eight words in a row as in a sample", fixed="the thought in words of this message")  # fmt: skip
def copied(view: View) -> Iterator[Note]:
    """Flag the first row of words that stands in a sample too, from its first word to the last that is copied."""
    marks = split_marks(_voice(view).sample_rows)
    if not marks:
        return
    content = frozenset(view.content_tokens)
    # More than half of a copied row must be the writer's own choice: claims and names stand in samples and drafts alike.
    names = view.ground.name_stems | view.organisations
    copies: list[Row] = []
    for row in rows_of(view.words):
        tokens = range(row.first, row.last)
        own = sum(token not in view.told_tokens and view.words.folded[token] not in names for token in tokens)
        follows = not copies or row.first == copies[-1].first + 1
        if row.mark in marks and own > len(tokens) / 2 and follows and content.issuperset(tokens):
            copies.append(row)
    if copies:
        yield Note("copied from a sample of the sender's", "say it in words that fit this reader",
                   view.words.starts[copies[0].first], view.words.ends[copies[-1].last - 1])  # fmt: skip
