"""Figures and names against the ground truth: held, derived, or invented."""

import re
from collections.abc import Iterator

from outreach.domain.vocabulary import Severity
from outreach.grounding.figures import same_figure
from outreach.grounding.support_index import Source, content_stems
from outreach.grounding.support_numbers import NumberSupport, number_support
from outreach.rubric.checks_structure import is_first_plural, telling_company
from outreach.rubric.proper_names import proper_names
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.number import Number


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
        nearest = f"the nearest says: {item.nearest.text}" if item.nearest else ""
        hint = nearest or "take the figure out, or use one that the facts hold"
        # A figure that is nobody's and no result is likely a remark on the trade.
        severity: Severity | None = None if _is_claim(view, item) else "warn"
        yield Note(f"{quote} is not in the facts", hint, number.start, number.end, severity)


def _is_claim(view: View, item: NumberSupport) -> bool:
    """Say whether a figure claims something: a percentage or sum, another figure in a fact's place, or one of the reader or a customer."""
    number = item.number
    if item.reason in {"replaced", "unit", "share"} or item.nearest is not None:
        return True
    if number.kind in {"percent", "currency", "fraction", "multiple"}:
        return True
    lists = view.lists
    if lists is None or number.value >= _LARGE:
        return True
    sentence = view.sentence(view.words.sentence_of[number.first])
    row = set(view.words.folded[sentence.first : sentence.last])
    persons = lists.words["yours"] | lists.words["second"] | lists.words["first"] | view.organisations
    return bool(row & persons) or any(is_first_plural(word, view.language) for word in row)


#: A figure as large as this is no manner of speaking.
_LARGE = 1000


def _in_content(view: View, item: NumberSupport) -> bool:
    index = view.words.sentence_of[min(item.number.first, len(view.words) - 1)]
    if index in view.parts.closing or index in view.parts.before_greeting:
        return False
    return not _is_date_or_slot(view, item)


_CLOCK_AFTER = re.compile(
    r"\s?(?:o['’]clock|uhr|h\d{0,2}|heures (?:du|pile)|a\.?m|p\.?m|horas da|de la (?:mañana|tarde|noche))\b",
    re.I,
)
_GERMAN_CLOCK = frozenset("um ab gegen vor nach bis halb seit".split())
_CLOCK_BEFORE = {
    (one, other)
    for one in ("a", "de", "son", "eran", "desde", "hasta", "hacia", "sobre", "sao", "eram", "ate", "cliente")
    for other in ("las", "as")
}


def _is_date_or_slot(view: View, item: NumberSupport) -> bool:
    """Say whether the number belongs to a time that is proposed, to a phone or to an address: no figure about anything."""
    number = item.number
    if _CLOCK_AFTER.match(view.text[number.end : number.end + 14]):
        return True
    before = view.words.folded[max(0, number.first - 2) : number.first]
    if before[-1:] == ["h"] and before[0][0].isdigit():
        return True  # `5 h 30`
    stop = view.lists.words["stop"] if view.lists else frozenset()
    minutes = view.lists.numbers.units if view.lists else {}
    alone = not number.unit or number.unit[0] in stop or number.unit[0] in minutes
    following = view.words.raw[number.last : number.last + 1]
    german = bool(
        view.language == "de"
        and before[-1:]
        and before[-1] in _GERMAN_CLOCK
        and not (following and following[0][0].isupper())
    )
    # `às seis` has its accent only before an hour; the article has none.
    portuguese = view.words.raw[number.first - 1 : number.first] in (["às"], ["Às"])
    hour_before = tuple(view.words.folded[max(0, number.first - 4) : max(0, number.first - 2)])
    past_hour = before[-1:] in (["y"], ["e"], ["menos"]) and hour_before in _CLOCK_BEFORE
    hour = german or portuguese or past_hour or (alone and tuple(before) in _CLOCK_BEFORE)
    if hour and number.kind == "plain" and number.value <= 24:
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


@check("G6", defect="fabricated_fact", dimension="grounding", protected=True,
       about="A customer's figure is told of the customer, not of the reader.",
       evidence="A true figure with another owner is an invention.", example="You cut rejected bottles by 18 % (a creamery in Devon did).", fixed="A creamery in Devon cut rejected bottles by 18 %.")  # fmt: skip
def wrong_owner(view: View) -> Iterator[Note]:
    """Flag figures of a claim in a plain statement whose subject is the reader or the reader's firm."""
    lists = view.lists
    if lists is None:
        return
    readers, firm = lists.words["second"] | lists.words["yours"], telling_company(view)
    for index, sentence, tokens in view.content():
        if sentence.mark == "?" or any(
            view.words.sentence_of[hit.first] == index
            for family in ("hedge", "guess", "request")
            for hit in view.phrases.get(family, [])
        ):
            continue
        for number in view.numbers:
            if number.first not in tokens or (number.kind == "plain" and number.value <= 3):
                continue
            owner = _sole_owner(view, number)
            first = _clause_start(view, tokens, number.first)
            subject = range(first, min(first + 2, number.first))
            if (
                owner is None
                or not any(is_reader(view, at, readers, firm) for at in subject)
                or _names_owner(view, owner, tokens)
            ):
                continue
            quote = view.text[number.start : number.end]
            yield Note(
                f"{quote} is not the reader's figure",
                f"say whose it is: {owner.text}",
                view.words.starts[first],
                number.end,
            )
            return


def is_reader(view: View, at: int, readers: frozenset[str], firm: set[str]) -> bool:
    """Say whether a token is the reader or the reader's firm: `une érablière` is any, `Érablière du Rang Six` is the reader's."""
    word, lists = view.words.folded[at], view.lists
    if word in readers or word not in firm or lists is None:
        return word in readers
    before = view.words.folded[at - 1] if at else ""
    return view.words.raw[at][0].isupper() and before not in lists.numbers.one


def _sole_owner(view: View, number: Number) -> Source | None:
    """Return the claim that holds a figure which no fact, pain or the offer holds."""
    holders = [source for known, source in view.ground.numbers if same_figure(number, known)]
    claims = [source for source in holders if source.kind == "claim"]
    return claims[0] if claims and len(claims) == len(holders) else None


def _clause_start(view: View, tokens: range, at: int) -> int:
    """Return the first token of the clause that a token stands in, past `and`, `since` and the like."""
    first = at
    while first > tokens.start and not any(
        char in view.text[view.words.ends[first - 1] : view.words.starts[first]] for char in ",;:–—()"
    ):
        first -= 1
    leads = view.lists.words["leads"] if view.lists else frozenset()
    while first < at and view.words.folded[first] in leads:
        first += 1
    return first


def _names_owner(view: View, owner: Source, tokens: range) -> bool:
    """Say whether the customer of a claim is spoken of in the sentence, by a word of the claim's subject."""
    subject = content_stems(owner.folded[:4], view.language, view.lists)
    return bool(subject & content_stems((view.words.folded[at] for at in tokens), view.language, view.lists))
