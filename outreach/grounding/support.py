"""A sentence and the ground truth in; what supports it out: a fact, a claim, role knowledge, or that it is a hedge, question or courtesy."""

from dataclasses import dataclass
from typing import Literal

from outreach.domain.judgement import SequenceContext
from outreach.grounding.support_index import GroundIndex, Source, content_stems, index_context
from outreach.grounding.support_numbers import number_support
from outreach.text.languages import Pack, pack
from outreach.text.numbers import read_numbers
from outreach.text.phrases import Hit
from outreach.text.stems import related
from outreach.text.tokens import Words, read_words

SupportKind = Literal["fact", "claim", "pain", "offer", "role", "hedge", "question", "courtesy", "nothing"]
_KINDS: dict[str, SupportKind] = {
    "fact": "fact",
    "claim": "claim",
    "pain": "pain",
    "offer": "offer",
    "role": "role",
    "industry": "role",
    "company": "role",
    "sender": "offer",
}


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence rests on.

    Attributes:
        kind: what supports it, the strongest first; `nothing` where it rests on nothing.
        refs: statements it draws on: `fact:0`, `claim:1`, `pain:0`, `offer`, … by index in the context.
        missing_numbers: figures that no statement holds and no arithmetic gives.
        missing_names: capitalised names that no statement holds.
        nearest: the statement that it comes nearest to, with the text.
        share: part of its content words that the ground truth holds, 0–1.
    """

    kind: SupportKind
    refs: tuple[str, ...] = ()
    missing_numbers: tuple[str, ...] = ()
    missing_names: tuple[str, ...] = ()
    nearest: str = ""
    share: float = 0.0

    @property
    def is_supported(self) -> bool:
        """Say whether the sentence may stand."""
        return self.kind != "nothing" and not self.missing_numbers and not self.missing_names


def classify_sentence(sentence: str, context: SequenceContext, language: str) -> Support:
    """Return what a sentence rests on in a context.

    Args:
        sentence: one sentence as it stands in the message.
        context: the ground truth.
        language: language code of the sentence.
    """
    words = read_words(sentence, language)
    index = index_context(context, language)
    lists = pack(language)
    phrases = lists.index.find(words) if lists else {}
    return support_of(words, index, lists, phrases)


def support_of(
    words: Words, index: GroundIndex, lists: Pack | None, phrases: dict[str, list[Hit]]
) -> Support:
    """Return what a text of one sentence rests on; all that is needed has been read before."""
    numbers = read_numbers(words)
    results = number_support(words, numbers, index, lists, phrases)
    missing = tuple(words.text[item.number.start : item.number.end] for item in results if not item.supported)
    names = tuple(unknown_names(words, index, lists))
    stems = content_stems(words.folded, index.language, lists)
    ranked = rank_sources(stems, index)
    figures = {item.nearest.ref for item in results if item.supported and item.nearest is not None}
    refs = tuple(
        source.ref
        for source, shared in ranked
        if shared >= 2 or source.ref in figures or (shared and len(source.stems) <= 2)
    )
    refs += tuple(ref for ref in sorted(figures) if ref not in refs)
    nearest = ranked[0][0].text if ranked else ""
    share = _share(stems, index)
    kind = _kind(words, refs, index, phrases)
    return Support(kind, refs, missing, names, nearest, share)


def rank_sources(stems: frozenset[str], index: GroundIndex) -> list[tuple[Source, int]]:
    """Return statements with the number of content stems they share with a text, most first; only those that share one."""
    ranked = []
    for source in index.sources:
        if source.kind in {"person", "sender"}:
            continue
        shared = sum(
            1
            for item in source.stems
            if item in stems or any(related(item, other) for other in stems if other[:4] == item[:4])
        )
        if shared:
            ranked.append((source, shared))
    ranked.sort(key=lambda item: (-item[1], item[0].kind not in {"fact", "claim"}))
    return ranked


def _share(stems: frozenset[str], index: GroundIndex) -> float:
    if not stems:
        return 1.0
    held = sum(
        1
        for item in stems
        if item in index.stems or any(related(item, other) for other in index.stems if other[:4] == item[:4])
    )
    return held / len(stems)


def _kind(
    words: Words, refs: tuple[str, ...], index: GroundIndex, phrases: dict[str, list[Hit]]
) -> SupportKind:
    by_ref = {source.ref: source.kind for source in index.sources}
    kinds = [by_ref.get(ref, "") for ref in refs]
    for wanted in ("fact", "claim", "pain"):
        if wanted in kinds:
            return _KINDS[wanted]
    if "?" in words.text:
        return "question"
    if phrases.get("hedge"):
        return "hedge"
    if "offer" in kinds:
        return "offer"
    if phrases.get("request"):
        return "question"
    # Taking leave is a courtesy: it says something of the messages, nothing of the reader.
    if phrases.get("courtesy") or phrases.get("last_note") or len(words) <= 5:
        return "courtesy"
    return "role" if any(kind in {"role", "industry", "company"} for kind in kinds) else "nothing"


def unknown_names(words: Words, index: GroundIndex, lists: Pack | None) -> list[str]:
    """Return capitalised words inside sentences that no statement holds. In German, where nouns have capitals, only rows of two."""
    found: list[str] = []
    stop = lists.words["stop"] if lists else frozenset()
    ordinary = (lists.words["months"] | lists.words["weekdays"]) if lists else frozenset()
    for sentence in words.sentences:
        for at in range(sentence.first + 1, sentence.last):
            raw, word = words.raw[at], words.folded[at]
            if (
                not raw[0].isupper()
                or len(raw) < 2
                or word in stop
                or word in ordinary
                or index.knows_word(word)
                or (raw.isupper() and len(raw) < 5)
            ):
                continue
            if index.language == "de" and not (words.raw[at - 1][0].isupper() and at - 1 > sentence.first):
                continue
            if any(char in words.text[words.ends[at - 1] : words.starts[at]] for char in '.:!?“"«„'):
                continue
            found.append(raw)
    return found
