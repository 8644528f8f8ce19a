"""A pasted answer in; what it says out: its class with the words it rests on, a date, a person, the questions it asks.

The families of phrases stand in `data/replies.toml`. What the rules do not know is `unclear`: a person says it then.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from outreach.domain.replies import NamedPerson, ReplyClass, ReplyReading
from outreach.domain.vocabulary import LANGUAGES
from outreach.intake.reply_cutting import Answer, cut_answer
from outreach.intake.reply_dates import resume_day, return_day
from outreach.intake.reply_people import named_person
from outreach.intake.suspicion import suspicious
from outreach.intake.tables import load_table
from outreach.text.detect import language_scores
from outreach.text.languages import pack
from outreach.text.phrases import Hit, PhraseIndex
from outreach.text.stems import related, stem
from outreach.text.tokens import Words, fold, read_words

#: A `no` so many words before `interested` turns it round.
_NEGATION_REACH = 3
#: A class found in the sequence's language stands unless the answer is plainly in another one.
_OTHER_LANGUAGE = 2.0
#: Content words that an answer must share with a persona's objection to be that one.
_SHARED = 2
_STATEMENT_WORDS = 3


@dataclass(frozen=True)
class Asked:
    """What is known of the conversation.

    Attributes:
        language: of the sequence.
        today: what `next month` counts from.
        objections: the persona's, each in all the languages it has.
        known: names that an answer does not recommend: the prospect's and the sender's.
        ours: bodies of the messages that were answered.
    """

    language: str
    today: date
    objections: Sequence[dict[str, str]] = ()
    known: Collection[str] = ()
    ours: Collection[str] = ()


@dataclass
class _Found:
    """The phrases of an answer in one language."""

    words: Words
    hits: dict[str, list[Hit]] = field(default_factory=dict)

    def has(self, family: str) -> bool:
        return bool(self.hits.get(family))

    def said(self, family: str) -> tuple[str, ...]:
        return tuple(self.words.span_text(hit.first, hit.last) for hit in self.hits.get(family, []))[:3]

    def sentences(self, *families: str) -> list[int]:
        return sorted(
            {self.words.sentence_of[hit.first] for name in families for hit in self.hits.get(name, [])}
        )


def read_reply(pasted: str, asked: Asked) -> ReplyReading:
    """Read an answer. An opt-out in any of the five languages wins over all else that it says."""
    answer = cut_answer(pasted, asked.ours)
    flags = answer.flags
    if reasons := suspicious(answer.text):
        flags = (*flags, *(f"reads like an instruction: {reason}" for reason in reasons[:2]))
    wanted = _opt_out(answer)
    readings = [_in_language(answer.text, code, asked) for code in _languages(answer.text, asked.language)]
    reading = next((one for one in readings if one.kind != "unclear"), readings[0])
    if wanted:
        reading = ReplyReading(kind="opt_out", words=wanted, text=answer.text, language=reading.language)
    return reading.model_copy(update={"flags": flags})


def _opt_out(answer: Answer) -> tuple[str, ...]:
    """Return the words with which the answer wants no more messages, in whatever language."""
    for code in LANGUAGES:
        found = _find(answer.text, code)
        kept = found.hits.get("keep", [])
        hits = [
            hit
            for hit in found.hits.get("opt_out", [])
            if not _within(hit, kept) and not _only_asks(found, hit)
        ]
        if hits:
            return tuple(found.words.span_text(hit.first, hit.last) for hit in hits[:3])
    return ()


def _only_asks(found: _Found, hit: Hit) -> bool:
    """Say whether it is a question about the product: `Can contacts be deleted from a list?`, with nobody's `me` in it."""
    words = found.words
    sentence = words.sentences[words.sentence_of[hit.first]]
    lists = pack(words.language)
    first = lists.words["first"] if lists else frozenset()
    return sentence.mark == "?" and first.isdisjoint(words.folded[sentence.first : sentence.last])


def _within(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.first <= hit.last and hit.first <= other.last for other in others)


def _languages(text: str, expected: str) -> list[str]:
    """Return the languages to read an answer in: the sequence's, the one it looks to be in, English."""
    words = read_words(text, expected)
    scores, _ = language_scores(words, 0, min(len(words), 400))
    likely = max(scores, key=lambda code: scores[code], default=expected)
    order = [expected, likely, "en"]
    if scores.get(likely, 0) > scores.get(expected, 0) + _OTHER_LANGUAGE:
        order = [likely, expected, "en"]
    known = [code for code in dict.fromkeys(order) if code in LANGUAGES]
    return known or ["en"]


def _in_language(text: str, language: str, asked: Asked) -> ReplyReading:
    found = _find(text, language)
    _drop_negated(found)
    questions = _questions(found)
    kind, family, candidates = _decide(found, questions, asked)
    reading = ReplyReading(
        kind=kind, words=found.said(family) if family else (), text=text, language=language, asks=questions, candidates=candidates
    )  # fmt: skip
    return reading.model_copy(update=_details(kind, found, asked))


def _details(kind: ReplyClass, found: _Found, asked: Asked) -> dict[str, object]:
    """Return what belongs to a class: the day of a `later`, the person of a `not_me`, which objection it is."""
    if kind == "later":
        return {"resume_on": resume_day(found.words, asked.today)}
    if kind == "out_of_office":
        return {"returns_on": return_day(found.words, asked.today)}
    if kind == "not_me":
        return {"named": _named(found, asked)}
    if kind in {"objection", "no"}:
        return {"objection": _which_objection(found, asked), "objection_kind": _objection_kind(found)}
    return {}


def _named(found: _Found, asked: Asked) -> NamedPerson | None:
    """Return who is named: where the answer sends us, else where it says that it is not its writer."""
    for family in ("refer", "not_me"):
        person = named_person(found.words, found.sentences(family), asked.known)
        if person is not None:
            return person
    return None


def _decide(
    found: _Found, questions: tuple[str, ...], asked: Asked
) -> tuple[ReplyClass, str, tuple[ReplyClass, ...]]:
    """Return the class, the family whose words it rests on, and, of an unclear answer, what it may be."""
    has = found.has
    elsewhere = _elsewhere(found, questions, asked)
    if elsewhere is not None:
        return (*elsewhere, ())
    objects = _objection_kind(found)
    if has("later"):
        return "later", "later", ()
    if has("busy") and (has("no") or not (objects or has("yes"))):
        return "later", "busy", ()
    if has("no"):
        return ("unclear", "", ("interested", "no")) if has("yes") else ("no", "no", ())
    if objects and not has("yes"):
        return "objection", f"objection.{objects}", ()
    return _willing(found, questions, asked)


def _elsewhere(
    found: _Found, questions: tuple[str, ...], asked: Asked
) -> tuple[ReplyClass, str] | None:  # fmt: skip
    """Return the class of an answer whose writer is not there, or not the one to ask; None for any other."""
    has = found.has
    if has("left"):
        return "not_me", "left"
    if has("auto") or (has("away") and not (has("yes") or has("later") or has("not_me") or questions)):
        return "out_of_office", "auto" if has("auto") else "away"
    person = _named(found, asked) if has("refer") or has("not_me") else None
    if has("refer") and (person is not None or has("not_me")):
        return "not_me", "refer"
    if has("not_me") and not (has("no") and person is None and _says_twice(found)):
        return "not_me", "not_me"
    return None


def _willing(
    found: _Found, questions: tuple[str, ...], asked: Asked
) -> tuple[ReplyClass, str, tuple[ReplyClass, ...]]:
    """Return the class of an answer that neither refuses nor puts off."""
    if found.has("yes"):
        return "interested", "yes", ()
    if questions or found.has("asks"):
        return "question", "asks", ()
    if found.has("warm"):
        return "interested", "warm", ()
    if _which_objection(found, asked) is not None:
        return "objection", "", ()
    return "unclear", "", ("opt_out",) if found.has("maybe_out") else ()


def _says_twice(found: _Found) -> bool:
    """Say whether a refusal stands in another sentence than `not my area`: then it is one."""
    return bool(set(found.sentences("no")) - set(found.sentences("not_me")))


def _drop_negated(found: _Found) -> None:
    """Take out what a negation turns round, and what is part of a longer phrase that says something else."""
    negations = {hit.first for hit in found.hits.get("not", [])}
    louder = [hit for name in ("no", "later", "busy", "not_me") for hit in found.hits.get(name, [])]
    for family in ("yes", "warm"):
        kept = []
        for hit in found.hits.get(family, []):
            start = found.words.sentences[found.words.sentence_of[hit.first]].first
            before = [
                at
                for at in range(max(start, hit.first - _NEGATION_REACH), hit.first)
                if "," not in found.words.text[found.words.ends[at] : found.words.starts[hit.first]]
            ]
            inside = any(other.first <= hit.first and hit.last <= other.last for other in louder)
            if not inside and negations.isdisjoint(before):
                kept.append(hit)
        found.hits[family] = kept


def _questions(found: _Found) -> tuple[str, ...]:
    """Return the questions an answer asks, as they stand; `how are you?` asks nothing."""
    words, small = found.words, found.sentences("smalltalk")
    return tuple(
        words.sentence_text(number)[:300]
        for number, sentence in enumerate(words.sentences)
        if sentence.mark == "?" and (number not in small or sentence.last - sentence.first > 6)
    )[:5]


def _objection_kind(found: _Found) -> str | None:
    kinds = [
        (hits[0].first, name) for name, hits in found.hits.items() if name.startswith("objection.") and hits
    ]
    return min(kinds)[1].removeprefix("objection.") if kinds else None


def _which_objection(found: _Found, asked: Asked) -> int | None:
    """Return which of the persona's objections an answer is: of one kind with it, else by the words they share."""
    kind = _objection_kind(found)
    stems = {stem(word, found.words.language) for word in found.words.folded if len(word) > 3}
    best, most = None, 0
    for number, texts in enumerate(asked.objections):
        alike = kind is not None and any(_kind_of(text, code) == kind for code, text in texts.items())
        text = texts.get(found.words.language, "")
        theirs = {stem(word, found.words.language) for word in map(fold, text.split()) if len(word) > 3}
        shared = sum(any(one == other or related(one, other) for other in stems) for one in theirs)
        weight = shared + (_SHARED if alike else 0)
        if weight >= _SHARED and weight > most:
            best, most = number, weight
    return best


@lru_cache(maxsize=256)
def _kind_of(text: str, language: str) -> str | None:
    return _objection_kind(_find(text, language)) if language in LANGUAGES else None


def _find(text: str, language: str) -> _Found:
    words = read_words(text, language)
    return _Found(words, dict(_index(language).find(words)))


@lru_cache(maxsize=len(LANGUAGES))
def _index(language: str) -> PhraseIndex:
    index = PhraseIndex()
    raw = load_table("replies")[language]
    for family, pattern in _patterns(raw):
        index.add(family, pattern, raw.get("sets", {}), language)
    return index


def _patterns(raw: dict[str, object]) -> Iterator[tuple[str, str]]:
    for family, patterns in raw.items():
        if isinstance(patterns, list):
            yield from ((family, pattern) for pattern in patterns)
    kinds = raw["objection"]
    if isinstance(kinds, dict):
        for kind, patterns in kinds.items():
            yield from ((f"objection.{kind}", pattern) for pattern in patterns)


def taken_as(
    reading: ReplyReading, kind: ReplyClass, by: str, asked: Asked, words: tuple[str, ...] = ()
) -> ReplyReading:
    """Return a reading with the class that a person or model gives it; its date, person and objection are read anew."""
    found = _find(reading.text, reading.language)
    update = {"kind": kind, "by": by, "words": words, "candidates": (), **_details(kind, found, asked)}
    return reading.model_copy(update=update)
