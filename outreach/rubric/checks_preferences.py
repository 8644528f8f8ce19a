"""What the reader is said to prefer against the message: style and evidence of the persona, length and moves of the buying role."""

from collections.abc import Callable, Iterator

from outreach.rubric.checks_asks import early_meeting
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.numbers import read_numbers
from outreach.text.phrases import Hit
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


@check("R1", defect=None, dimension="tone", severity="warn",
       about="The message keeps to the policy of the reader's buying role: how long, and what is out of place. Only where the context names one.",
       evidence="Practice: who is not asked to decide is not to be sold to.", example="to a gatekeeper: a creamery cut rejects by 18 %", fixed="Who looks after the filler, and may I send that person a page?")  # fmt: skip
def buying_role(view: View) -> Iterator[Note]:
    """Warn of words beyond the role's limit, and of moves that its policy calls out of place."""
    policy = view.context.policy
    limit = policy.max_words.get(view.channel)
    if limit is not None and view.word_count > limit:
        yield Note(
            f"{view.word_count} words, {limit} are enough for this buying role", f"cut to {limit} words"
        )
    for move in policy.forbidden:
        found = _MOVES.get(move)
        hit = found(view) if found else None
        if hit is not None:
            start, end = hit
            yield Note(f"out of place for this buying role: {move}", f"leave out the {move}", start, end)


def _first(view: View, *families: str) -> tuple[int, int] | None:
    hits: list[Hit] = [
        hit for family in families for hit in view.phrases.get(family, []) if not view.in_context(hit)
    ]
    return view.span(min(hits)) if hits else None


def _meeting(view: View) -> tuple[int, int] | None:
    """Find a meeting that is asked for, in any channel."""
    record = view.record.model_copy(update={"channel": "connection_request"})
    note = next(iter(early_meeting(View(record, view.rubric))), None)
    return (note.start, note.end) if note else None


def _figures(view: View) -> tuple[int, int] | None:
    """Find a figure that proves something: one of the claims."""
    proven = {
        value for known, source in view.ground.numbers if source.kind == "claim" for value in known.values
    }
    for number in view.numbers:
        if (
            (number.value > 10 or number.kind == "percent")
            and number.value in proven
            and number.first in view.content_tokens
        ):
            return number.start, number.end
    return None


#: Moves that a policy may call out of place, and how each is found. Others are for the writer's eyes alone.
_MOVES: dict[str, Callable[[View], tuple[int, int] | None]] = {
    "price": lambda view: _first(view, "price"),
    "trial": lambda view: _first(view, "trial"),
    "urgency": lambda view: _first(view, "pushy"),
    "flattery": lambda view: _first(view, "opener_praise"),
    "meeting": _meeting,
    "figures": _figures,
}
