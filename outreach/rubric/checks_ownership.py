"""Facts and figures in a message: whether each is used only for what it says, and told of whom it is true."""

from collections.abc import Iterator

from outreach.grounding.figures import same_figure
from outreach.grounding.support_index import Source, content_stems
from outreach.rubric.checks_claims import clauses, shared_stems, states
from outreach.rubric.checks_grounding import is_reader
from outreach.rubric.checks_structure import telling_company
from outreach.rubric.registry import Note, check
from outreach.rubric.relations import kinds_of, may_be_told_as
from outreach.rubric.view import View
from outreach.text.number import Number

#: Words at the head of a claim in which its owner is named.
_OWNER_WORDS = 9
#: Words of another claim's owner from which a sentence speaks of that one.
_ANOTHER = 2
#: Small counts are words like others, not figures that could be moved.
_SMALL = 3


@check("G7", defect="fabricated_fact", dimension="grounding", protected=True,
       about="A figure stays with its owner: it is told neither of another customer nor of the reader's firm.",
       evidence="A true figure with another owner is an invention, and the one who was measured may read it.",
       example="A bakery in Ghent cut rejected bottles by 18 % (a creamery in Devon did).", fixed="A creamery in Devon cut rejected bottles by 18 %.")  # fmt: skip
def moved_figure(view: View) -> Iterator[Note]:
    """Flag figures of one claim in a sentence that names the owner of another, or the reader's firm, and not its own."""
    claims = view.ground.of_kind("claim")
    for index, _, tokens in view.content():
        if view.lists is None or not states(view, index, view.sentence(index)) or _is_guess(view, index):
            continue
        for number in view.numbers:
            owner = None if number.first not in tokens or _is_small(number) else _only_holder(view, number)
            if owner is None:
                continue
            said = _stems(view, tokens)
            before = _stems(view, range(max(0, tokens.start - 25), tokens.start))
            if said & _own_head(view, owner, claims):
                continue
            other = next((one for one in claims if one is not owner and len(said & _head_apart(view, one, owner)) >= _ANOTHER), None)  # fmt: skip
            of_reader = not before & _own_head(view, owner, claims) and _is_told_of_firm(view, tokens, number)
            if other is None and not of_reader:
                continue
            quote = view.text[number.start : number.end]
            whose = "the reader's" if other is None else "that customer's"
            yield Note(f"{quote} is not {whose} figure", f"say whose it is: {owner.text}", view.words.starts[tokens.start], number.end)  # fmt: skip
            return


def _only_holder(view: View, number: Number) -> Source | None:
    """Return the claim that holds a figure which no other statement holds: `14` may be a team's size here and days there."""
    holders = {source.ref: source for known, source in view.ground.numbers if same_figure(number, known)}
    only = next(iter(holders.values())) if len(holders) == 1 else None
    return only if only is not None and only.kind == "claim" else None


def _is_small(number: Number) -> bool:
    return number.kind == "plain" and number.value <= _SMALL


def _is_guess(view: View, index: int) -> bool:
    return any(
        view.words.sentence_of[hit.first] == index
        for family in ("hedge", "guess", "request")
        for hit in view.phrases.get(family, [])
    )


def _stems(view: View, tokens: range) -> frozenset[str]:
    return content_stems((view.words.folded[at] for at in tokens), view.language, view.lists)


def _head(view: View, source: Source) -> frozenset[str]:
    """Return the stems of the words in which a claim names its owner: its first, and the names near them."""
    first = content_stems(source.folded[:4], view.language, view.lists)
    names = [
        word
        for at, word in enumerate(source.folded[:_OWNER_WORDS])
        if word in source.names and (view.language != "de" or _is_placed(view, source, at))
    ]
    return (first | content_stems(names, view.language, view.lists)) - view.ground.name_stems


def _is_placed(view: View, source: Source, at: int) -> bool:
    """Say whether a German noun stands behind `in`, `von`, `bei` and the like: all nouns have capitals, and places tell most."""
    lists = view.lists
    before = source.folded[at - 1] if at else ""
    return lists is not None and before in lists.words["stop"] - lists.words["the"] - lists.words["articles"]


def _own_head(view: View, owner: Source, claims: list[Source]) -> frozenset[str]:
    """Return the stems that name a claim's owner and stand at the head of no other claim: `software` may be two firms' word."""
    others = [_head_words(view, one) for one in claims if one is not owner]
    own = _head(view, owner)
    alone = own.difference(*others) if others else own
    return alone or own


def _head_apart(view: View, other: Source, owner: Source) -> frozenset[str]:
    """Return the stems at the head of another claim that this one does not hold at all."""
    return _head_words(view, other) - owner.stems - view.ground.name_stems


def _head_words(view: View, source: Source) -> frozenset[str]:
    return content_stems(source.folded[:_OWNER_WORDS], view.language, view.lists)


def _is_told_of_firm(view: View, tokens: range, number: Number) -> bool:
    """Say whether the reader's firm is named before a figure in its sentence, and no figure of its own that this one could follow from."""
    firm = telling_company(view)
    known = [one for one, source in view.ground.numbers if source.kind in {"fact", "pain"}]
    own = any(one.first in tokens and same_figure(one, other) for one in view.numbers for other in known)
    return not own and any(is_reader(view, at, frozenset(), firm) for at in tokens if at < number.first)


@check("G8", defect="fabricated_fact", dimension="grounding", protected=True,
       about="A fact is used only for what it says: to look for people is not to have hired them, to raise money is not to launch or to spend.",
       evidence="Seen in published reports: funding told as a launch, a vacancy as growth; whoever was there notices first.",
       example="Brackwater bought a second bottling line (it opened one).", fixed="Brackwater opened a second bottling line.")  # fmt: skip
def stretched_fact(view: View) -> Iterator[Note]:
    """Flag clauses about the reader's firm that share a fact's matter and tell of an event of another kind."""
    facts = view.ground.of_kind("fact")
    for index, sentence, tokens in view.content():
        if not facts or view.lists is None or not states(view, index, sentence):
            continue
        for first, last in clauses(view, tokens):
            row = view.words.folded[first:last]
            said = kinds_of(row, view.language)
            if not said or not _is_of_reader(view, tokens) or _has_hedge(view, first, last):
                continue
            fact = _stretched(view, range(first, last), said, facts)
            if fact is not None:
                yield Note(
                    f"the fact says something else: {view.words.span_text(first, last)}", f"say only what it says: {fact.text}",
                    view.words.starts[first], view.words.ends[last - 1],
                )  # fmt: skip
                return


def _has_hedge(view: View, first: int, last: int) -> bool:
    return any(first <= hit.first < last for hit in view.phrases.get("hedge", []))


def _is_of_reader(view: View, tokens: range) -> bool:
    """Say whether a sentence speaks of the reader or the reader's firm."""
    lists = view.lists
    words = set(view.ground.company) | (
        lists.words["second"] | lists.words["yours"] if lists else frozenset()
    )
    return any(view.words.folded[at] in words for at in tokens)


def _stretched(view: View, clause: range, said: frozenset[str], facts: list[Source]) -> Source | None:
    """Return the fact whose matter a clause tells as another event; None where any statement bears it."""
    names = view.ground.name_stems
    stems = _stems(view, clause) - names
    numbers = [number for number in view.numbers if number.first in clause]
    found: Source | None = None
    for source in view.ground.of_kind("fact", "claim", "pain", "offer"):
        matter = shared_stems(stems, source.stems - names) + sum(
            any(same_figure(number, known) for known in source.numbers) for number in numbers
        )
        if not matter:
            continue
        held = kinds_of(source.folded, view.language, *(("en",) if source.is_english else ()))
        if may_be_told_as(held, said):
            return None
        if source in facts and held and found is None and matter > 0:
            found = source
    return found
