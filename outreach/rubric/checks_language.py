"""The language of the body against the language asked for."""

from collections.abc import Iterator
from functools import lru_cache

from outreach.domain.vocabulary import LANGUAGES
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.detect import language_scores
from outreach.text.languages import pack


@lru_cache(maxsize=1)
def _greeting_words() -> frozenset[str]:
    return frozenset(
        word
        for code in LANGUAGES
        if (lists := pack(code))
        for name in ("greetings", "closings")
        for word in lists.words[name]
    )


@check("L1", defect="language_mismatch", dimension="safety", languages=None,
       about="The body is in the language asked for, all of it. Names, terms, a greeting or thanks in another language are fine.",
       evidence="Obvious breakage.", example="Hi Bettina, bei 34 Titeln kosten späte Proofs viele Wochen.", fixed="Hi Bettina, with 34 titles late proofs cost weeks.")  # fmt: skip
def language(view: View) -> Iterator[Note]:
    """Flag a body, or a whole sentence of it, in another language."""
    wanted = view.language
    skip = (
        frozenset(
            word for source in view.ground.of_kind("company", "person", "sender") for word in source.folded
        )
        | _greeting_words()
    )
    content = [(sentence, tokens) for _, sentence, tokens in view.content()]
    total: dict[str, float] = {}
    foreign: list[tuple[int, int, str]] = []
    seen = 0
    for sentence, tokens in content:
        scores, size = language_scores(view.words, tokens.start, tokens.stop, skip)
        for code, value in scores.items():
            total[code] = total.get(code, 0.0) + value
        seen += size
        other = _other(view, scores, size, wanted, tokens)
        if other is None and any(value >= _CLEARLY for code, value in scores.items() if code != wanted):
            other = _foreign_clause(view, tokens, wanted, skip)
        if other is not None and not _mostly_quoted(view, sentence.start, sentence.end):
            foreign.append((sentence.start, sentence.end, other))
    if foreign:
        start, end, other = foreign[0]
        yield Note(f"written in {other}, asked for in {wanted}", f"write it in {wanted}", start, end)
        return
    best = max(total, key=lambda code: total[code], default=wanted)
    common = sum(_common(view, tokens.start, tokens.stop) for _, tokens in content)
    if wanted in LANGUAGES and seen >= 12 and total.get(wanted, 0.0) < 0.06 * seen and common < 0.15 * seen:
        yield Note(f"this is not in {wanted}", f"write it in {wanted}")
    elif (
        wanted in LANGUAGES
        and best != wanted
        and seen >= 16
        and total[best] >= _FAR * (total.get(wanted, 0.0) + 0.3 * common)
    ) or (
        wanted not in LANGUAGES
        and best in LANGUAGES
        and seen >= 12
        and total[best] > 0.3 * seen
        and total.get(wanted, 0.0) == 0
    ):
        yield Note(f"written in {best}, asked for in {wanted}", f"write it in {wanted}")


#: How much more of another language's small words than of the wanted one a text holds that is written in it.
_FAR = 2.0
#: Weight of another language's small words in a sentence from which its clauses are looked at one by one.
_CLEARLY = 1.4
#: Words of a clause from which it can be told to be in another language than its sentence.
_CLAUSE_WORDS = 6


def _foreign_clause(view: View, tokens: range, wanted: str, skip: frozenset[str]) -> str | None:
    """Return the language of a clause between commas that is clearly not the one wanted."""
    words, first = view.words, tokens.start
    for at in range(tokens.start + 1, tokens.stop + 1):
        if at < tokens.stop and not any(
            char in ",;:–—(" for char in words.text[words.ends[at - 1] : words.starts[at]]
        ):
            continue
        if at - first >= _CLAUSE_WORDS and (first, at) != (tokens.start, tokens.stop):
            scores, size = language_scores(words, first, at, skip)
            other = _other(view, scores, size, wanted, range(first, at))
            if other is not None and scores.get(wanted, 0.0) < 0.5:
                return other
        first = at
    return None


def _common(view: View, first: int, last: int, best: str | None = None) -> int:
    """Count stop words of the wanted language between two tokens that the other language does not share: `a`, `in`, `one`."""
    stop = view.lists.words["stop"] if view.lists else frozenset()
    other = pack(best) if best else None
    shared = other.words["stop"] | other.words["detect"] if other else frozenset()
    return sum((word := view.words.folded[at]) in stop and word not in shared for at in range(first, last))


def _other(view: View, scores: dict[str, float], size: int, wanted: str, tokens: range) -> str | None:
    """Return the language a sentence is clearly in when that is not the one wanted."""
    if size < 4 or not scores or wanted not in LANGUAGES:
        return None
    best = max(scores, key=lambda code: scores[code])
    if best == wanted:
        return None
    own = max(scores.get(wanted, 0.0), 0.6 * _common(view, tokens.start, tokens.stop, best))
    if scores[best] >= 1.4 and scores[best] >= 2.2 * own + 0.5 and scores[best] / size > 0.14:
        return best
    return None


def _mostly_quoted(view: View, start: int, end: int) -> bool:
    inside = sum(min(high, end) - max(low, start) for low, high in view.quoted if low < end and high > start)
    return inside * 2 > end - start
