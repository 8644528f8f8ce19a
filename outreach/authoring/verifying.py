"""What a model says it read, and the source, in; what the source does say, and what was dropped and why, out."""

from dataclasses import replace

from outreach.authoring.form import RefusedError, read_answer
from outreach.authoring.questions import Kind, question
from outreach.authoring.quotes import CLAIM_SHARE, normal, stands_in, stands_in_line, why_not_carried
from outreach.authoring.rules_icp import places_in
from outreach.authoring.sheet import Item, Reading, Sheet, once_each
from outreach.authoring.source import Source
from outreach.text.numbers import read_numbers
from outreach.text.tokens import read_words

#: How much of an item's telling words its quote must hold. A claim is used as it stands; a pain is a reading of a sentence.
_SHARE = {"claims": CLAIM_SHARE, "product": CLAIM_SHARE, "asks": CLAIM_SHARE, "pains": 0.34, "topic": 0.34}
#: Names: they stand in the quote word for word, or they are not the source's.
_VERBATIM = frozenset({"titles", "company", "industries", "countries", "technologies", "vocabulary"})
MAX_ITEMS = 10


def verified(kind: Kind, claimed: Sheet, source: Source) -> Reading:
    """Return the items whose quotes carry them, and the others with the reason. A model's word is never enough."""
    lines = [normal(line.text) for line in source.lines]
    kept: Sheet = {}
    dropped: list[tuple[str, str]] = []
    for name, items in claimed.items():
        good: list[Item] = []
        for item in items:
            why = _why_dropped(kind, name, item, lines, source.language, kept)
            if why:
                dropped.append((f"{name}: {item.text}", why))
            else:
                good.append(replace(item, text=_bare(kind, name, item.text, source.language)))
        if good:
            kept[name] = once_each(tuple(good))[: 1 if question_takes_one(kind, name) else MAX_ITEMS]
    if kind == "persona" and kept.get("titles"):
        kept["name"] = kept["titles"][:1]
    return Reading(kept, tuple(dropped), source.notes)


def question_takes_one(kind: Kind, name: str) -> bool:
    """Say whether a question takes one answer only."""
    return question(kind, name).kind in {"line", "number"}


def _why_dropped(kind: Kind, name: str, item: Item, lines: list[str], language: str, kept: Sheet) -> str:
    asked = question(kind, name)
    if name in _VERBATIM:
        why = "" if stands_in_line(item.quote, lines) else "its quote does not stand in the source"
        why = why or ("" if stands_in(item.text, normal(item.quote)) else "it does not stand in its quote")
        if not why and name == "countries" and item.text not in places_in(item.text):
            why = "no country or region of that name"
    elif asked.kind == "number":
        why = _why_no_number(item, lines, language)
    else:
        why = why_not_carried(item.text, item.quote, lines, language, share=_SHARE.get(name, 0.2))
    if why:
        return why
    try:
        read_answer(
            asked.model_copy(update={"kind": "line"} if asked.kind == "list" else {}),
            _bare(kind, name, item.text, language),
            kept,
            language,
        )
    except RefusedError as refused:
        return str(refused)
    return ""


def _why_no_number(item: Item, lines: list[str], language: str) -> str:
    if not stands_in_line(item.quote, lines):
        return "its quote does not stand in the source"
    said = read_numbers(read_words(item.text, language))
    held = {value for number in read_numbers(read_words(item.quote, language)) for value in number.values}
    return "" if len(said) == 1 and said[0].value in held else "the figure does not stand in its quote"


def _bare(kind: Kind, name: str, text: str, language: str) -> str:
    """Return a text as its question wants it: a number in digits, a clause without the full stop that models put."""
    if question(kind, name).kind == "number":
        return f"{read_numbers(read_words(text, language))[0].value:.10g}"
    return text.rstrip(" .;") if name in {"pains", "product", "asks", "topic"} else text
