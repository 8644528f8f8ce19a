"""Statements about the reader, a customer or a shared past against the ground truth: events, posts, meetings, habits, added details."""

from collections.abc import Iterable, Iterator

from outreach.grounding.figures import same_figure
from outreach.grounding.support import rank_sources
from outreach.grounding.support_index import Source, content_stems
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.languages import pack
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
    for family in _CLAIMS:
        for hit in view.phrases.get(family, []):
            index = view.words.sentence_of[hit.first]
            if view.is_quoted(view.words.starts[hit.first]) or index in view.parts.closing:
                continue
            if (
                _is_borne(view, hit, index, family)
                or _is_hedged(view, hit, index)
                or _is_own_past(view, hit, family)
            ):
                continue
            yield Note(f"no fact holds this: {view.say(hit)}", _hint(view, index), *view.span(hit))
            return


def _hint(view: View, index: int) -> str:
    """Name the fact or claim that comes nearest to a sentence."""
    sentence = view.sentence(index)
    said = content_stems(view.words.folded[sentence.first : sentence.last], view.language, view.lists)
    near = [
        (source, shared)
        for source, shared in rank_sources(said, view.ground)
        if source.kind in {"fact", "claim"}
    ]
    nearest = min(near, key=lambda item: (-item[1], item[0].text), default=None)
    return f"say only what the facts hold: {nearest[0].text}" if nearest else "say only what the facts hold"


def _is_borne(view: View, hit: Hit, index: int, family: str) -> bool:
    """Say whether a fact bears the claim: it holds a word of the same kind, or shares the words of the sentence."""
    evidence, by_words = _CLAIMS[family]
    lists = view.lists
    groups = lists.evidence.get(evidence, ()) if lists else ()
    spoken = view.words.folded[hit.first : hit.last]
    meant = [group for group in groups if any(_begins(word, group) for word in spoken)] or list(groups)
    facts = view.ground.of_kind("fact")
    if family == "claim_event":
        facts = [source for source in facts if _shares_matter(view, index, source)]
    told = [word for source in facts for word in source.folded]
    if any(_begins(word, group) for group in meant for word in told):
        return True
    english = pack("en")
    if (
        view.language != "en"
        and english
        and any(_begins(word, group) for group in english.evidence.get(evidence, ()) for word in told)
    ):
        return True  # facts are often kept in English
    if not by_words:
        return view.in_context(hit)
    sentence = view.sentence(index)
    said = content_stems(view.words.folded[sentence.first : sentence.last], view.language, lists)
    relation = _relations(spoken, groups)
    return any(
        shared_stems(said, source.stems) >= 2
        and not _retold_otherwise(relation, _relations(source.folded, groups))
        for source in view.ground.of_kind("fact", "claim", "pain", "role")
    )


#: Words of a sentence that no statement holds, from which it speaks of a matter of its own.
_OWN_MATTER = 3


def _shares_matter(view: View, index: int, source: Source) -> bool:
    """Say whether a sentence may speak of what a fact tells: they share a word besides names, or it says nothing more of its own."""
    sentence = view.sentence(index)
    said = content_stems(view.words.folded[sentence.first : sentence.last], view.language, view.lists)
    said -= view.ground.name_stems
    if shared_stems(said, source.stems - view.ground.name_stems) or view.ground.is_foreign:
        return True
    return len(said) - shared_stems(said, view.ground.stems) < _OWN_MATTER


def _relations(words: Iterable[str], groups: tuple[tuple[str, ...], ...]) -> frozenset[int]:
    """Return which kinds of event words tell of: to open, to buy, to move, to hire, to raise."""
    spoken = list(words)
    return frozenset(at for at, group in enumerate(groups) if any(_begins(word, group) for word in spoken))


def _retold_otherwise(said: frozenset[int], held: frozenset[int]) -> bool:
    """Say whether a fact tells of an event of another kind: hired is not raised, and opened is not bought."""
    return bool(said and held and not said & held)


def _begins(word: str, group: tuple[str, ...]) -> bool:
    """Say whether a word is of a group of stems: it begins as one of them does and is not much longer."""
    return any(word.startswith(stem) and len(word) - len(stem) <= 7 for stem in group)


def shared_stems(left: frozenset[str], right: frozenset[str]) -> int:
    """Return how many stems of one text stand in another, as they are or as a related word."""
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
            and hedge.first <= hit.last + 2
            and hedge.last <= hit.last + 3
        ):
            return True
    return sentence.mark == "?" and view.words.folded[sentence.first] in _OPEN


_OPEN = frozenset(
    "do does did is are have has would could might will ha han tienen hacen usan tem estao esta ja voces existe costumam fazem usam haben hat gibt est avez as utilisez".split()
)


#: To agree takes two: what one wrote oneself is no agreement.
_AGREED = (
    "agreed",
    "combin",
    "acord",
    "conven",
    "convinm",
    "vereinbar",
    "verabred",
    "abgesproch",
    "quedamos",
)


def _is_own_past(view: View, hit: Hit, family: str) -> bool:
    """Say whether the past spoken of is the writer's earlier messages, which were really sent."""
    if family != "claim_past" or not view.is_follow_up:
        return False
    if any(word.startswith(_AGREED) for word in view.words.folded[hit.first : hit.last]):
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
    if lists is None or not view.ground.of_kind("fact", "claim", "pain") or view.ground.is_foreign:
        return
    for index, sentence, tokens in view.content():
        if not states(view, index, sentence):
            continue
        for start, last in clauses(view, tokens):
            first = _habit(view, start, last)
            if _is_told_of(view, first, last) and (
                _is_bare(view, first, last) or _is_another_event(view, first, last)
            ):
                yield Note(
                    f"no fact holds this: {view.words.span_text(first, last)}",
                    _hint(view, index),
                    view.words.starts[first],
                    view.words.ends[last - 1],
                )
                return


#: Families that make a whole sentence something other than a statement.
_NO_STATEMENT = ("last_note", "accepted", "guess", "earlier")


def states(view: View, index: int, sentence: Sentence) -> bool:
    """Say whether a sentence states something: it is no question, guess, farewell or sign-off."""
    if sentence.mark == "?" or index in view.parts.closing or index > max(view.parts.closing, default=index):
        return False
    if view.lists and any(
        word in view.lists.words["ifs"] for word in view.words.folded[sentence.first : sentence.last]
    ):
        return False  # what is supposed is not stated
    return not any(
        view.words.sentence_of[hit.first] == index
        for family in _NO_STATEMENT
        for hit in view.phrases.get(family, [])
    )


def clauses(view: View, tokens: range) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence: rows of tokens between commas, colons, dashes and brackets."""
    words, first = view.words, tokens.start
    for at in range(tokens.start + 1, tokens.stop):
        if any(char in words.text[words.ends[at - 1] : words.starts[at]] for char in ",;–—()"):
            yield first, at
            first = at
    if first < tokens.stop:
        yield first, tokens.stop


def _habit(view: View, first: int, last: int) -> int:
    """Return where a habit of the reader's people is told behind a fact in one clause, or the start of the clause."""
    inner = (hit.first for hit in view.phrases.get("habit", []) if first < hit.first < last - 2)
    return next(inner, first)


def _is_told_of(view: View, first: int, last: int) -> bool:
    """Say whether a clause is about the reader's firm or a customer: by its subject, or by what was observed of them."""
    lists = view.lists
    assert lists is not None  # noqa: S101 - asked by the caller
    folded = view.words.folded
    for hit in view.phrases.get("detail", []):
        if first <= hit.first < last and hit.first - first <= 4:
            return True
    if any(first <= hit.first <= first + 1 for hit in view.phrases.get("observed", [])):
        row = folded[first:last]
        return any(
            word in lists.words["yours"] or word in lists.words["second"] or word in view.ground.company
            for word in row
        )
    at = first
    while at < last and folded[at] in lists.words["leads"] and at - first < 4:
        at += 1
    if at + 1 >= last:
        return False
    word, following = folded[at], folded[at + 1]
    if view.language == "de" and word == "ihr" and _is_verb_of_ihr(view.words.raw[at + 1]):
        return False  # `Ihr habt zwei Linien`: the plural `you`, no `your`
    if view.language == "de" and view.formality == "casual" and word in _GERMAN_SHE:
        return False  # to a reader who is `du`, `Ihr Plan` is the plan of somebody else
    if word in lists.words["yours"] or word in lists.words["theirs"]:
        return not (
            view.language == "de"
            and word in _GERMAN_SHE
            and not view.words.raw[at][0].isupper()
            and at != first
        )
    if word in lists.words["the"]:
        return len(following) > 3 and following in view.organisations
    return word in view.ground.company and len(word) > 3 and at + len(view.ground.company) < last


def _is_verb_of_ihr(word: str) -> bool:
    """Say whether the word after `ihr` is its verb: small and in -t, or `seid`. A noun has a capital, an adjective -er or -es."""
    return word.islower() and (word.endswith("t") or word == "seid")


_GERMAN_SHE = frozenset("ihr ihre ihrem ihren ihrer ihres".split())


def _is_another_event(view: View, first: int, last: int) -> bool:
    """Say whether a clause retells a fact as an event of another kind: the line that was opened is said to be closed."""
    lists = view.lists
    groups = lists.evidence.get("event", ()) if lists else ()
    row = view.words.folded[first:last]
    if not _relations(row, groups) or any(first <= hit.first < last for hit in view.phrases.get("hedge", [])):
        return False
    person = view.ground.name_stems
    stems = content_stems(row, view.language, lists) - person
    told = [(source, shared_stems(stems, source.stems - person)) for source in view.ground.of_kind("fact")]
    most = max((shared for _, shared in told), default=0)
    nearest = [source for source, shared in told if shared == most and most >= 2]
    return bool(nearest) and all(
        not _of_one_matter(view, row, source)
        and _retold_otherwise(
            _relations(set(row).difference(source.folded), groups),
            _relations(set(source.folded).difference(row), groups),
        )
        for source in nearest
    )


def _holds_known_figure(view: View, first: int, last: int) -> bool:
    """Say whether a clause gives a figure of the facts: what it says of it is an opinion."""
    return any(
        first <= number.first < last
        and number.value > 3
        and any(same_figure(number, known) for known, source in view.ground.numbers if source.kind == "fact")
        for number in view.numbers
    )


def _of_one_matter(view: View, row: list[str], source: Source) -> bool:
    """Say whether both tell of hiring, or both of money: `six openings` is `recruits six`."""
    evidence = view.lists.evidence if view.lists else {}
    return any(
        any(_begins(word, group) for word in row) and any(_begins(word, group) for word in source.folded)
        for kind in ("hiring", "funding")
        for group in evidence.get(kind, ())
    )


def _is_bare(view: View, first: int, last: int) -> bool:
    """Say whether a clause states what the ground truth does not hold: no hedge in it, and few of its words known."""
    if any(view.is_quoted(view.words.starts[at]) for at in (first, last - 1)):
        return False
    if any(
        first <= hit.first < last
        for family in ("hedge", "request", "courtesy")
        for hit in view.phrases.get(family, [])
    ):
        return False
    person = view.ground.name_stems
    subjects = content_stems(view.organisations, view.language, view.lists)
    said = content_stems(view.words.folded[first:last], view.language, view.lists) - person - subjects
    if len(said) < 2 or _holds_known_figure(view, first, last):
        return False
    return shared_stems(said, view.ground.stems) <= 0.34 * len(said)
