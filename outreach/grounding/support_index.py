"""The ground truth of a message in; an index of what may be said out: words, stems, names and numbers with their sources."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from outreach.domain.judgement import SequenceContext
from outreach.text.languages import Pack, exonyms, pack
from outreach.text.number import Number
from outreach.text.numbers import read_numbers, shares
from outreach.text.stems import stem
from outreach.text.tokens import Words, fold, read_words

#: Words in a row from which a text is taken to repeat a statement rather than to say something of its own.
RUN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Source:
    """One statement of the ground truth. `ref` is `fact:0`, `pain:1`, `claim:0`, `offer`, `role`, `company`, `industry` or `sender`."""

    ref: str
    kind: str
    text: str
    folded: tuple[str, ...]
    stems: frozenset[str]
    numbers: tuple[Number, ...]
    shares: tuple[float, ...]
    names: frozenset[str]
    is_english: bool


@lru_cache(maxsize=1 << 13)
def _read(
    text: str, language: str
) -> tuple[tuple[str, ...], frozenset[str], tuple[Number, ...], tuple[float, ...], frozenset[str], bool]:
    words = read_words(text, language)
    lists = pack(language)
    numbers = read_numbers(words)
    english = language == "en" or _is_english(words)
    if english and language != "en":
        # Facts are often kept in English whatever the message is written in: `halved` is a half in every language.
        numbers = read_numbers(read_words(text, "en"))
    names = frozenset(words.folded[i] for i in range(len(words)) if words.raw[i][0].isupper())
    return (tuple(words.folded), content_stems(words.folded, language, lists), tuple(numbers),
            tuple(share for _, _, share in shares(words, numbers, lists)), names, english)  # fmt: skip


def _is_english(words: Words) -> bool:
    """Say whether a statement is in English rather than in the language it was cut as: by its small words."""
    english, own = pack("en"), pack(words.language)
    assert english is not None  # noqa: S101 - the five packs are shipped
    small = english.words["stop"]
    theirs = own.words["stop"] if own else frozenset()
    return sum(word in small for word in words.folded) > sum(word in theirs for word in words.folded)


def content_stems(folded: Iterable[str], language: str, lists: Pack | None) -> frozenset[str]:
    """Return the stems of the words that carry meaning: no stop words, no digits, three letters or more."""
    stop = lists.words["stop"] if lists else frozenset()
    return frozenset(
        stem(word, language) for word in folded if len(word) > 2 and word not in stop and word[0].isalpha()
    )


@dataclass
class GroundIndex:
    """Everything a message may rest on, ready for comparison."""

    language: str
    sources: list[Source]
    stems: frozenset[str]
    prospect_stems: frozenset[str]
    known: frozenset[str]
    known_stems: frozenset[str]
    numbers: list[tuple[Number, Source]]
    shares: list[float]
    company: tuple[str, ...]
    text: str
    prefixes: frozenset[str] = field(default=frozenset())

    @cached_property
    def is_foreign(self) -> bool:
        """Say whether most statements are in English and the message is not: words cannot be compared then, figures and names can."""
        if self.language == "en":
            return False
        told = self.of_kind("fact", "claim", "pain")
        return 2 * sum(source.is_english for source in told) > len(told)

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Stems of the names of prospect, firm and sender: they tell nothing of what is said."""
        return frozenset(
            item for source in self.of_kind("person", "company", "sender") for item in source.stems
        )

    def organisations(self, lists: Pack | None) -> frozenset[str]:
        """Return the words that name the prospect's firm or a customer: those of its name, and those after an article where a claim or fact begins."""
        articles = (lists.words["the"] | lists.words["articles"]) if lists else frozenset()
        found = set(self.company)
        for source in self.of_kind("claim", "fact"):
            for at in range(min(4, len(source.folded) - 1)):
                if source.folded[at] in articles:
                    found.update(source.folded[at + 1 : at + 3])
        return frozenset(found)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every row of RUN_WORDS folded words of a fact, pain, claim or the offer."""
        return self.reader_runs | self._rows("claim", "offer")

    @cached_property
    def reader_runs(self) -> frozenset[tuple[str, ...]]:
        """Every row of RUN_WORDS folded words of a fact or pain: what is the reader's, in the words it was given in."""
        return self._rows("fact", "pain")

    def _rows(self, *kinds: str) -> frozenset[tuple[str, ...]]:
        return frozenset(
            tuple(source.folded[at : at + RUN_WORDS])
            for source in self.of_kind(*kinds)
            for at in range(len(source.folded) - RUN_WORDS + 1)
        )

    def knows_word(self, word: str) -> bool:
        """Say whether a folded word, its stem or its plain genitive stands in the ground truth."""
        return word in self.known or word.removesuffix("'s") in self.known or stem(word, self.language) in self.known_stems or (
            len(word) > 4 and (word.removesuffix("s") in self.known))  # fmt: skip

    def of_kind(self, *kinds: str) -> list[Source]:
        """Return the sources of some kinds, in order."""
        return [source for source in self.sources if source.kind in kinds]


def index_context(context: SequenceContext, language: str, extra: tuple[str, ...] = ()) -> GroundIndex:
    """Index a context. `extra` are further statements that may be repeated, such as the subject of a thread."""
    prospect, sender = context.prospect, context.sender
    entries: list[tuple[str, str, str]] = [
        ("fact:" + str(i), "fact", text) for i, text in enumerate(context.facts)
    ]
    entries += [("pain:" + str(i), "pain", text) for i, text in enumerate(context.pain_points)]
    entries += [("claim:" + str(i), "claim", text) for i, text in enumerate(sender.proof_points)]
    entries += [("offer", "offer", sender.offer), ("company", "company", prospect.company), ("role", "role", prospect.role),
                ("industry", "industry", prospect.industry), ("person", "person", f"{prospect.honorific} {prospect.first_name} {prospect.last_name}"),
                ("sender", "sender", f"{sender.name}, {sender.company}")]  # fmt: skip
    entries += [("extra", "extra", text) for text in extra]
    sources = [Source(ref, kind, text, *_read(text, language)) for ref, kind, text in entries if text.strip()]
    known = frozenset(word for source in sources for word in source.folded)
    known |= {other for word in known & exonyms().keys() for other in exonyms()[word]}
    prospect_kinds = {"fact", "pain", "company", "role", "industry"}
    stems = frozenset(item for source in sources for item in source.stems)
    return GroundIndex(
        language=language,
        sources=sources,
        stems=stems,
        prospect_stems=frozenset(
            item for source in sources if source.kind in prospect_kinds for item in source.stems
        ),
        known=known,
        known_stems=stems,
        numbers=[(number, source) for source in sources for number in source.numbers],
        shares=[share for source in sources for share in source.shares],
        company=company_words(prospect.company),
        text=" \n ".join(source.text for source in sources),
    )


_LEGAL = frozenset(
    "inc ltd llc plc gmbh ag kg sa sas sarl srl sl spa bv nv co corp company ltda limited oy ab as cia s l a r".split()
)


def company_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a company's name without its legal form."""
    # `Serra d'Alva`, `L'Atelier`: the elided article is no part of the name that people repeat.
    words = [
        re.sub(r"^[dl]'(?=\w{3})", "", fold(word)) for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name)
    ]
    kept = [word for word in words if word not in _LEGAL]
    return tuple(kept or words)


def message_words(text: str, language: str) -> Words:
    """Cut a message into words and sentences."""
    return read_words(text, language)
