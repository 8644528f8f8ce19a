"""How it sounds against what the reader prefers: capitals, emojis, slang to the formal, stiffness to the casual, forms of address."""

import re
from collections.abc import Iterator

from outreach.rubric.reader import reader_is_technical
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.emoji import find_emoji
from outreach.text.forms import address_evidence


@check("T2", defect="shouting", dimension="tone", languages=None,
       about="No runs of words in capitals and no repeated exclamation marks. Acronyms, codes and names in capitals are fine.",
       evidence="Filters and readers alike take it for spam.", example="STOP LOSING MONEY!!", fixed="Two containers were rejected.")  # fmt: skip
def shouting(view: View) -> Iterator[Note]:
    """Flag capitals and repeated marks in body and subject."""
    hint = "write it in sentence case, with one ! at most"
    for text, words, in_body in ((view.text, view.words, True), (view.subject, view.subject_words, False)):
        match = re.search(r"[!¡]\s?[!¡]", text)
        if match is not None:
            yield Note(
                "repeated exclamation marks",
                hint,
                *(match.span() if in_body else (-1, -1)),
                quote=match.group(),
            )
            return
        run = _capital_run(
            view,
            words.raw,
            words.folded,
            [words.text[a:b] for a, b in zip(words.ends, words.starts[1:], strict=False)],
        )
        if run is not None:
            first, last = run
            yield Note(
                "words in capitals",
                hint,
                *((words.starts[first], words.ends[last]) if in_body else (-1, -1)),
                quote=words.span_text(first, last + 1),
            )
            return
    if view.text.count("!") > view.limits.exclamations:
        yield Note(f"{view.text.count('!')} exclamation marks", hint)


def _capital_run(view: View, raw: list[str], folded: list[str], between: list[str]) -> tuple[int, int] | None:
    """Return a run of shouted words: two or more in capitals of which at least one is no acronym, or three spread out."""
    capitals = [at for at, word in enumerate(raw) if word.isupper() and len(word) > 1]
    shouted = [
        at
        for at in capitals
        if len(raw[at]) > 3 and raw[at].isalpha() and not _is_acronym(view, raw[at], folded[at])
    ]
    if not shouted:
        return None
    run: list[int] = []
    for at, word in enumerate(raw):
        capital = len(word) > 1 and word.isupper() and word.isalpha()
        if capital and (not run or between[at - 1].strip() in {"", "'", "’", "-"}):
            run.append(at)
        elif capital:
            run = [at]
        else:
            run = []
        loud = [here for here in run if here in shouted]
        if (len(run) >= 2 and len(loud) >= 2) or (len(run) >= 3 and loud):
            return run[0], run[-1]
    if sum(1.5 if len(raw[at]) > 6 else 1 for at in shouted) >= 3:
        return shouted[0], shouted[0]
    return None


#: Words of code that are written in capitals.
_SQL = frozenset(
    "SELECT COUNT DISTINCT ALTER TABLE JOIN LEFT INNER OUTER WHERE UPDATE DELETE DROP INSERT INTO CREATE FROM GROUP ORDER HAVING UNION NULL TRUE FALSE INDEX VIEW PRIMARY FOREIGN GRANT COMMIT ROLLBACK MERGE LIMIT".split()
)


def _is_acronym(view: View, word: str, folded: str) -> bool:
    """Say whether capitals are how the word is written: it is in the ground truth, or has no shape of a plain word."""
    if folded in view.ground.known or not re.search(r"[AEIOUYÀ-Ü]", word):
        return True
    if word in _SQL and reader_is_technical(view):
        return True
    return (
        len(word) <= 5
        and view.lists is not None
        and folded not in view.lists.words["stop"]
        and not re.search(r"[AEIOU][^AEIOU]+[AEIOU]|[AEIOU]{2}", word)
    )


@check("T8", defect="emoji_overuse", dimension="tone", languages=None,
       about="At most two emojis, to a formal reader at most one. A flag or a joined sequence is one emoji.", evidence="Practice.",
       example="Great news 🚀🔥🎉", fixed="Great news")  # fmt: skip
def emoji(view: View) -> Iterator[Note]:
    """Flag too many emojis in body and subject."""
    found = find_emoji(view.text)
    count = len(found) + len(find_emoji(view.subject))
    limit = view.limits.emoji_formal if view.formality == "formal" else view.limits.emoji
    if count > limit:
        start, end = found[-1] if found else (-1, -1)
        yield Note(f"{count} emojis, {limit} at most", "take them out", start, end)


@check("T1", defect="formality_mismatch", dimension="tone",
       about="The register fits the reader: no slang to a formal reader, no stiff prose to a casual one.",
       evidence="Formality can be read from contractions, lexical choice and form (A).",
       example="Hey Otto, wanna kill downtime? Super easy, no worries!", fixed="Dear Mr Otto, would a shorter set-up be of use?")  # fmt: skip
def register(view: View) -> Iterator[Note]:
    """Flag slang to the formal and stiffness to the casual."""
    if view.formality == "formal":
        yield from _slang(view)
    elif view.formality == "casual":
        yield from _stiff(view)


def _slang(view: View) -> Iterator[Note]:
    hits = [
        hit
        for hit in view.phrases.get("slang", [])
        if not view.in_context(hit) and not view.is_quoted(view.words.starts[hit.first])
    ]
    strong = [hit for hit in view.phrases.get("slang_strong", []) if not view.in_context(hit)]
    contractions = (
        sum("'" in word for word in view.words.folded if not word.endswith("'s"))
        if view.language == "en"
        else 0
    )
    subject = len(view.subject_phrases.get("slang", []))
    weight = (
        len({view.words.folded[hit.first] for hit in hits})
        + 2 * len(strong)
        + subject
        + (contractions >= 3)
        + (contractions >= 5)
    )
    if weight >= 2 and (hits or strong):
        hit = (strong or hits)[0]
        yield Note(
            f"too casual for a formal reader: {view.say(hit)}",
            "write it plainly and politely",
            *view.span(hit),
        )


def _stiff(view: View) -> Iterator[Note]:
    hits = [
        hit
        for hit in view.phrases.get("stiff", [])
        if not view.in_context(hit) and not view.is_quoted(view.words.starts[hit.first])
    ]
    if len({hit.pattern for hit in hits}) >= 2:
        yield Note(
            f"too stiff for a casual reader: {view.say(hits[0])}",
            "write as you would speak to a colleague",
            *view.span(hits[0]),
        )


@check("L2", defect="formality_mismatch", dimension="tone", languages=("es", "pt", "de", "fr"),
       about="The form of address fits the reader, and one form is kept: tú or usted, você or senhor, du or Sie, tu or vous.",
       evidence="Obvious breakage to a native reader.", example="Estimado Sr. Ruiz: ¿quieres que te lo envíe?", fixed="Estimado Sr. Ruiz: ¿quiere que se lo envíe?")  # fmt: skip
def address_form(view: View) -> Iterator[Note]:
    """Flag the wrong or a mixed form of address."""
    familiar, formal = address_evidence(view.words, view.quoted, view.parts.content)
    if view.formality == "formal" and familiar:
        start, end = familiar[0]
        yield Note(
            f"a familiar form of address to a formal reader: {view.text[start:end]}",
            f"use {_FORMS[view.language][1]} throughout",
            start,
            end,
        )
    elif view.formality == "casual" and formal:
        start, end = formal[0]
        yield Note(
            f"a formal form of address to a casual reader: {view.text[start:end]}",
            f"use {_FORMS[view.language][0]} throughout",
            start,
            end,
        )
    elif familiar and formal and view.formality == "neutral":
        start, end = familiar[0]
        yield Note("two forms of address", "use one form throughout", start, end)


_FORMS = {
    "es": ("tú (or vos)", "usted"),
    "pt": ("você or tu", "o senhor, a senhora or você"),
    "de": ("du", "Sie"),
    "fr": ("tu", "vous"),
}
