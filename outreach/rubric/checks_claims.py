"""Statements about the reader, a customer or a shared past against the ground truth: events, posts, meetings, habits, added details."""

from collections.abc import Iterator

from outreach.grounding.support_index import content_stems
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.phrases import Hit
from outreach.text.stems import related
from outreach.text.tokens import Sentence

#: A family of claims, the evidence list that can bear it, and whether words of any fact may bear it too.
_CLAIMS: dict[str, tuple[str, bool]] = {
    "claim_post": ("post", False), "claim_talk": ("talk", False), "claim_award": ("award", False), "claim_funding": ("funding", False), "claim_hiring": ("hiring", False),
    "claim_event": ("event", True), "claim_growth": ("event", True), "claim_role": ("person", True), "claim_referral": ("referral", False), "claim_past": ("", False),
}  # fmt: skip


@check("G3", defect="fabricated_fact", dimension="grounding", protected=True,
       about="A post, talk, prize, round, event, referral or meeting that is spoken of stands in the facts.",
       evidence="Reports of generated mail: posts misread, funding that never happened, shared interests invented.",
       example="Loved your post last week about paper tape.", fixed="You spoke about cocoa prices in Bristol.")  # fmt: skip
def claimed_event(view: View) -> Iterator[Note]:
    """Flag claims of a kind for which there is no fact."""
    for family, (evidence, by_words) in _CLAIMS.items():
        for hit in view.phrases.get(family, []):
            index = view.words.sentence_of[hit.first]
            if view.is_quoted(view.words.starts[hit.first]) or index in view.parts.closing:
                continue
            if (
                _is_borne(view, hit, index, evidence, by_words=by_words)
                or _is_hedged(view, hit, index)
                or _is_own_past(view, hit, family)
            ):
                continue
            yield Note(f"no fact holds this: {view.say(hit)}", _hint(view), *view.span(hit))
            return


def _hint(view: View) -> str:
    return (
        f"say only what the facts hold: {view.context.facts[0]}"
        if view.context.facts
        else "say only what the facts hold"
    )


def _is_borne(view: View, hit: Hit, index: int, evidence: str, *, by_words: bool) -> bool:
    """Say whether a fact bears the claim: it holds a word of the same kind, or shares the words of the sentence."""
    lists = view.lists
    stems = lists.evidence.get(evidence, ()) if lists else ()
    facts = view.ground.of_kind("fact", "claim", "pain", "role")
    if stems and any(
        word.startswith(stem) and len(word) - len(stem) <= 7
        for source in view.ground.of_kind("fact")
        for word in source.folded
        for stem in stems
    ):
        sentence = view.sentence(index)
        said = content_stems(view.words.folded[sentence.first : sentence.last], view.language, lists)
        return by_words is False or any(_shared(said, source.stems) >= 1 for source in facts) or True
    if not by_words:
        return view.in_context(hit)
    sentence = view.sentence(index)
    said = content_stems(view.words.folded[sentence.first : sentence.last], view.language, lists)
    return any(_shared(said, source.stems) >= 2 for source in facts)


def _shared(left: frozenset[str], right: frozenset[str]) -> int:
    return sum(
        1
        for item in left
        if item in right or any(related(item, other) for other in right if other[:4] == item[:4])
    )


def _is_hedged(view: View, hit: Hit, index: int) -> bool:
    """Say whether the claim is a guess marked as one, or asked about with an open `do you`, rather than stated."""
    sentence = view.sentence(index)
    for hedge in view.phrases.get("hedge", []):
        if (
            view.words.sentence_of[hedge.first] == index
            and hedge.first <= hit.first
            and hedge.last <= hit.last
        ):
            return True
    return sentence.mark == "?" and view.words.folded[sentence.first] in _OPEN


_OPEN = frozenset(
    "do does did is are have has would could might will ha han tienen hacen usan tem haben hat gibt est avez as utilisez".split()
)


def _is_own_past(view: View, hit: Hit, family: str) -> bool:
    """Say whether the past spoken of is the writer's earlier messages, which were really sent."""
    if family != "claim_past" or not view.is_follow_up:
        return False
    return any(
        earlier.first <= hit.last and hit.first <= earlier.last for earlier in view.phrases.get("earlier", [])
    )


@check("G5", defect="fabricated_fact", dimension="grounding", protected=True,
       about="A plain statement about the reader's firm or a customer rests on a fact or claim, or is marked as a guess.",
       evidence="A detail added to a true fact is the invention that readers notice first.",
       example="Their illustrators now sign off from home.", fixed="I'd guess their illustrators notice too.")  # fmt: skip
def added_detail(view: View) -> Iterator[Note]:
    """Flag plain statements about the prospect or a customer that share too little with the ground truth."""
    lists = view.lists
    if lists is None or not view.ground.of_kind("fact", "claim", "pain"):
        return
    for hit in view.phrases.get("detail", []):
        index = view.words.sentence_of[hit.first]
        sentence = view.sentence(index)
        if not _is_plain(view, hit, index, sentence):
            continue
        first, last = _clause(view, hit, sentence)
        said = content_stems(view.words.folded[first:last], view.language, lists)
        if len(said) < 2:
            continue
        held = _shared(said, view.ground.stems)
        if held <= 0.34 * len(said):
            yield Note(
                f"no fact holds this: {view.words.span_text(first, last)}",
                _hint(view),
                view.words.starts[first],
                view.words.ends[last - 1],
            )
            return


def _is_plain(view: View, hit: Hit, index: int, sentence: Sentence) -> bool:
    """Say whether the sentence states something: no question, no hedge in the clause, no condition, not quoted."""
    parting = any(view.words.sentence_of[note.first] == index for note in view.phrases.get("last_note", []))
    if (
        sentence.mark == "?"
        or parting
        or index in view.parts.closing
        or view.is_quoted(view.words.starts[hit.first])
    ):
        return False
    first, last = _clause(view, hit, sentence)
    return not any(first <= hedge.first < last for hedge in view.phrases.get("hedge", [])) and not any(
        first <= request.first < last for request in view.phrases.get("request", []))  # fmt: skip


def _clause(view: View, hit: Hit, sentence: Sentence) -> tuple[int, int]:
    """Return the tokens of the clause that a phrase stands in: from comma, colon or dash to the next."""
    first, last = hit.first, hit.last
    words = view.words
    while first > sentence.first and not any(
        char in words.text[words.ends[first - 1] : words.starts[first]] for char in ",:;–—("
    ):
        first -= 1
    while last < sentence.last and not any(
        char in words.text[words.ends[last - 1] : words.starts[last]] for char in ",:;–—)"
    ):
        last += 1
    return first, last
