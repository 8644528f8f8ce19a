"""Figures and names against the ground truth: held, derived, or invented."""

import re
from collections.abc import Iterator

from outreach.grounding.support_numbers import NumberSupport, number_support
from outreach.rubric.proper_names import proper_names
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View


@check("G1", defect="fabricated_number", dimension="grounding", protected=True,
       about="Every figure stands in the facts or claims, in any form, or follows from them by arithmetic. Counts of things offered and call minutes are free.",
       evidence="Invented statistics persuade, and are false (A-).", example="Range fell by 32 % in January (the fact says 23 %).", fixed="Range fell by 23 % in January.")  # fmt: skip
def invented_number(view: View) -> Iterator[Note]:
    """Flag figures that rest on nothing."""
    if not view.ground.sources:
        return
    for item in number_support(view.words, view.numbers, view.ground, view.lists, view.phrases):
        if item.supported or not _in_content(view, item):
            continue
        number = item.number
        quote = view.text[number.start : number.end]
        if item.nearest is not None:
            yield Note(
                f"{quote} is not in the facts",
                f"the nearest says: {item.nearest.text}",
                number.start,
                number.end,
            )
        else:
            yield Note(
                f"{quote} is not in the facts",
                "take the figure out, or use one that the facts hold",
                number.start,
                number.end,
            )


def _in_content(view: View, item: NumberSupport) -> bool:
    index = view.words.sentence_of[min(item.number.first, len(view.words) - 1)]
    if index in view.parts.closing or index in view.parts.before_greeting:
        return False
    return not _is_date_or_slot(view, item)


_CLOCK_AFTER = re.compile(
    r"\s?(?:o['’]clock|uhr|h\d{0,2}|heures (?:du|pile)|a\.?m|p\.?m|horas da|de la (?:mañana|tarde|noche))\b",
    re.I,
)
_CLOCK_BEFORE = {
    (one, other)
    for one in ("a", "son", "eran", "desde", "hasta", "hacia", "sobre", "sao", "eram", "cliente", "ate")
    for other in ("las", "as")
}


def _is_date_or_slot(view: View, item: NumberSupport) -> bool:
    """Say whether the number belongs to a time that is proposed, to a phone or to an address: no figure about anything."""
    number = item.number
    if _CLOCK_AFTER.match(view.text[number.end : number.end + 14]):
        return True
    before = view.words.folded[max(0, number.first - 2) : number.first]
    if number.kind == "plain" and number.value <= 24 and tuple(before) in _CLOCK_BEFORE:
        return True
    return number.kind == "year" and number.value >= 2000 and _future_or_now(view, item)


def _future_or_now(view: View, item: NumberSupport) -> bool:
    """Say whether a year is spoken of as coming: `for 2027`, `in 2026 plans`; a past year would be a fact."""
    before = view.words.folded[max(0, item.number.first - 1) : item.number.first]
    return bool(before) and before[0] in {
        "for",
        "para",
        "fur",
        "pour",
        "until",
        "hasta",
        "ate",
        "bis",
        "jusqu'en",
    }


@check("G2", defect="fabricated_fact", dimension="grounding", languages=("en", "es", "pt", "fr", "de"), protected=True,
       about="Customers, firms, people and events that are named stand in the ground truth.",
       evidence="Seen in published reports: invented customers and mutual friends.", example="Firms like Brightwater Foods use it.", fixed="A firm in Leicester uses it.")  # fmt: skip
def unknown_name(view: View) -> Iterator[Note]:
    """Flag names in a customer's or source's place that the ground truth does not hold."""
    if not view.ground.sources:
        return
    for name in proper_names(view):
        if not name.unknown:
            continue
        if name.slot in {"like", "with", "owner", "at", "subject", "person"} or name.size >= 2:
            yield Note(f"nothing known is called {view.words.span_text(name.first, name.last)}", "name only what the facts and claims name",
                       view.words.starts[name.first], view.words.ends[name.last - 1])  # fmt: skip
            return
