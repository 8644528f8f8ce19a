"""Pressure on the reader: invented deadlines and scarcity, presumed consent, blame for silence."""

from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.phrases import Hit


@check("T5", defect="pushy", dimension="tone",
       about="No invented deadline or scarcity, no presumed yes, no pressure, no threat of loss. A date that the facts hold is fine.",
       evidence="Practice; reactance in personal mail without a reason (A).",
       example="It is yours until Friday noon. After that it goes to your competitor.", fixed="Tell me if it is of use.")  # fmt: skip
def pushy(view: View) -> Iterator[Note]:
    """Flag urgency, scarcity, presumption and threats without a fact behind them."""
    for hit in view.phrases.get("pushy", []):
        if is_own_voice(view, hit) and not (
            view.in_context(hit) or _date_in_facts(view, hit) or _is_denied(view, hit)
        ):
            yield Note(
                "presses the reader", "drop the deadline or pressure; leave the choice open", *view.span(hit)
            )
            return
    for hit in view.subject_phrases.get("pushy", []):
        text = view.subject_words.span_text(hit.first, hit.last)
        yield Note(f"the subject presses the reader: {text}", "name the matter instead", quote=text)
        return


_DENIALS = {
    "en": frozenset({"no", "without"}),
    "es": frozenset({"sin"}),
    "pt": frozenset({"sem"}),
    "de": frozenset({"kein", "keine", "keinen", "keinem", "keiner", "ohne"}),
    "fr": frozenset({"sans", "aucun", "aucune"}),
}


def _is_denied(view: View, hit: Hit) -> bool:
    """Say whether the pressure is taken back in the same breath: `no deadline`, `sans échéance`."""
    return hit.first > 0 and view.words.folded[hit.first - 1] in _DENIALS.get(view.language, ())


def _date_in_facts(view: View, hit: Hit) -> bool:
    """Say whether the date or day in or beside the phrase stands in the ground truth."""
    lists = view.lists
    if lists is None:
        return False
    named = lists.words["months"] | lists.words["weekdays"]
    row = view.words.folded[
        hit.first : min(hit.last + 4, view.sentence(view.words.sentence_of[hit.first]).last)
    ]
    dates = [word for word in row if word in named]
    return bool(dates) and all(view.ground.knows_word(word) for word in dates)


def is_own_voice(view: View, hit: Hit) -> bool:
    """Say whether a phrase is the writer's own: not quoted and not part of the sign-off."""
    return not view.is_quoted(view.words.starts[hit.first])


@check("T6", defect="guilt_trip", dimension="tone",
       about="Nobody is blamed for not answering or told that they do not care.", evidence="Practice.",
       example="I've written three times and you couldn't even spare a minute.", fixed="I'll leave it here; a line is enough if it becomes a topic.")  # fmt: skip
def guilt(view: View) -> Iterator[Note]:
    """Flag blame."""
    for hit in view.phrases.get("guilt", []):
        if is_own_voice(view, hit) and not view.in_context(hit) and not _is_polite_condition(view, hit):
            yield Note("blames the reader", "give a way out without blame", *view.span(hit))
            return


_CONDITIONS = frozenset(
    {
        "if",
        "should",
        "whether",
        "si",
        "caso",
        "se",
        "falls",
        "wenn",
        "sollte",
        "sollten",
        "when",
        "whenever",
        "in",
        "cuando",
        "quando",
        "lorsque",
    }
)


def _is_polite_condition(view: View, hit: Hit) -> bool:
    """Say whether the phrase hangs on an `if`: `if this is not a priority, that is fine`."""
    sentence = view.sentence(view.words.sentence_of[hit.first])
    before = view.words.folded[sentence.first : hit.first]
    return any(word in _CONDITIONS for word in before[-6:])
