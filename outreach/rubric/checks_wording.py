"""Wordings that could stand in any message: stock openers, stock phrases, jargon, spam, hard reading, private matters."""

import re
from collections.abc import Iterator

from outreach.grounding.support_index import content_stems
from outreach.rubric.checks_pressure import is_own_voice
from outreach.rubric.reader import reader_is_technical
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.phrases import Hit
from outreach.text.reading import flesch_kincaid, long_word_share


@check("O1", defect="empty_opener", dimension="tone",
       about="The first sentence is about the reader, not a formula that could open any message.", evidence="Editors' ban lists.",
       example="I hope this finds you well. My name is Ana.", fixed="Six openings in Bogotá at once is a lot of ramp.")  # fmt: skip
def stock_opener(view: View) -> Iterator[Note]:
    """Flag a formula in the first sentences that is tied to no fact."""
    first = [index for index, _, _ in view.parts.content[:3]]
    for hit in [*view.phrases.get("opener", []), *_at_the_head(view)]:
        index = view.words.sentence_of[hit.first]
        if index not in first or not is_own_voice(view, hit) or view.in_context(hit) or _is_title(view, hit):
            continue
        if _tied_to_fact(view, hit, index):
            continue
        yield Note(
            "a formula that could open any message",
            "delete the sentence and begin with the fact",
            *view.span(hit),
        )
        return


#: Words that make the formula at the head of a message; what follows them may name a fact.
_OPENING_WORDS = 3


def _at_the_head(view: View) -> list[Hit]:
    """Return formulas with which the message begins behind its greeting."""
    head = next((tokens.start for _, _, tokens in view.parts.content), -1)
    return [
        Hit(hit.first, min(hit.last, hit.first + _OPENING_WORDS), hit.pattern)
        for hit in view.phrases.get("opener_first", [])
        if hit.first == head
    ]


def _is_title(view: View, hit: Hit) -> bool:
    """Say whether the words are a title: every one of three or more is written with a capital."""
    row = view.words.raw[hit.first : hit.last]
    return len(row) >= 3 and all(word[0].isupper() for word in row)


def _tied_to_fact(view: View, hit: Hit, index: int) -> bool:
    """Say whether the sentence names a fact: two of its words beyond the phrase stand in one fact or pain, or a known number."""
    sentence = view.sentence(index)
    rest = [
        view.words.folded[at] for at in range(sentence.first, sentence.last) if not hit.first <= at < hit.last
    ]
    stems = content_stems(rest, view.language, view.lists)
    if any(len(stems & source.stems) >= 2 for source in view.ground.of_kind("fact", "pain")):
        return True
    return any(hit.first <= number.first < sentence.last and any(known.value == number.value for known, source in view.ground.numbers if source.kind in {"fact", "pain"})
               for number in view.numbers)  # fmt: skip


def _distinct(view: View, family: str) -> list[Hit]:
    """Return the hits of a family in the writer's own voice that do not overlap and are not the reader's own words."""
    kept: list[Hit] = []
    for hit in view.phrases.get(family, []):
        if is_own_voice(view, hit) and not view.in_context(hit) and not (kept and hit.first < kept[-1].last):
            kept.append(hit)
    return kept


@check("T3", defect="ai_cliche", dimension="tone",
       about="No stock phrases of marketing or of language models; one may be chance, two are a habit.",
       evidence="Excess words after ChatGPT (A); believed AI help lowers perceived sincerity (A-).",
       example="In today's ever-evolving landscape we unlock your full potential.", fixed="We stop the machine when a needle breaks.")  # fmt: skip
def cliches(view: View) -> Iterator[Note]:
    """Flag two or more stock phrases."""
    hits = _distinct(view, "ai_cliche")
    said = {view.words.folded[hit.first][:6] for hit in hits}
    extra = sum(
        view.subject_words.folded[hit.first][:6] not in said
        for hit in view.subject_phrases.get("ai_cliche", [])
    )
    if len(hits) + extra >= view.limits.cliches and hits:
        quotes = ", ".join(repr(view.say(hit)) for hit in hits[:3])
        yield Note(f"stock phrases: {quotes}", "say in plain words what it does", *view.span(hits[0]))
    elif hits:
        yield Note(
            f"a stock phrase: {view.say(hits[0])!r}",
            "say in plain words what it does",
            *view.span(hits[0]),
            severity="info",
        )


@check("T4", defect="jargon", dimension="clarity",
       about="No pile of buzzwords that a reader in that role would not use. Terms of the reader's own trade are no jargon.",
       evidence="Practice.", example="our scalable end-to-end platform leverages synergies", fixed="we put small orders in a better sequence")  # fmt: skip
def jargon(view: View) -> Iterator[Note]:
    """Flag three or more buzzwords foreign to the reader's trade."""
    technical = reader_is_technical(view)
    seen: dict[str, Hit] = {}
    for hit in _distinct(view, "jargon"):
        words = view.words.folded[hit.first : hit.last]
        if any(view.ground.knows_word(word) for word in words if len(word) > 2) or (
            technical and words[0] in _TECH
        ):
            continue
        seen.setdefault(words[0][:6], hit)
    if len(seen) >= view.limits.buzzwords:
        hits = list(seen.values())
        quotes = ", ".join(repr(view.say(hit)) for hit in hits[:4])
        yield Note(f"buzzwords: {quotes}", "use the reader's own words", *view.span(hits[0]))


_TECH = frozenset(
    "api apis saas sla slas ml nlp llm llms etl crm erp cloud kubernetes middleware latency throughput microservices modular interoperability machine pipeline framework real data containerized".split()
)


@check("D1", defect="spam_words", dimension="compliance",
       about="No cluster of stock spam phrases. One alone has little effect; plain uses in the reader's trade are fine.",
       evidence="Sender reputation explains most of placement (C-): hence only clusters.",
       example="Limited time only, no strings attached, order today!", fixed="The price stays the same until you decide.")  # fmt: skip
def spam(view: View) -> Iterator[Note]:
    """Flag two or more spam phrases in body and subject."""
    hits = _distinct(view, "spam")
    subject = [hit for hit in view.subject_phrases.get("spam", []) if not _subject_known(view, hit)]
    if len(hits) + len(subject) >= view.limits.spam_phrases:
        quotes = ", ".join(repr(view.say(hit)) for hit in hits[:3]) or view.subject
        yield Note(
            f"spam phrases: {quotes}",
            "state it plainly, or leave it out",
            *(view.span(hits[0]) if hits else (-1, -1)),
        )


def _subject_known(view: View, hit: Hit) -> bool:
    return all(
        view.ground.knows_word(word)
        for word in view.subject_words.folded[hit.first : hit.last]
        if len(word) > 2
    )


_REPLY = re.compile(r"^\s*(?:re|r[ée]p|fwd?|fw|aw|antw|antwort|wg|rv|tr|enc|res|sv|vs|vl|rif|i|odp|rsp|resp|weitergeleitet|reenviado|encaminhado|transf[ée]r[ée]|respuesta|resposta|r[ée]ponse)"
                    r"\s?(?:\[\d+\]|\(\d+\)|\d)?\s?[:：]", re.I)  # fmt: skip


@check("D2", defect="fake_reply_subject", dimension="compliance", languages=None, protected=True,
       about="A reply or forward prefix stands only on a real thread.", evidence="CAN-SPAM: no deceptive subject (law).",
       example="Re: our talk", fixed="late samples from Porto")  # fmt: skip
def fake_reply(view: View) -> Iterator[Note]:
    """Flag Re:, Fwd:, AW: and the like without a thread."""
    match = _REPLY.match(view.subject)
    if match is None or view.context.existing_thread or view.channel not in {"email", "inmail"}:
        return
    prefix = match.group().strip(" :")
    if prefix.upper().startswith(("AW", "WG", "TR", "ENC", "RE", "I", "VS")) and _is_season(view, match):
        return
    yield Note(
        f"{match.group().strip()} without a thread", "write a subject of its own", quote=match.group().strip()
    )


def _is_season(view: View, match: re.Match[str]) -> bool:
    """Say whether the prefix is a term of the ground truth with a number, such as a season code `AW25`."""
    code = match.group().strip(" :")
    return (
        any(char.isdigit() for char in code)
        and "[" not in code
        and "(" not in code
        and code.casefold() in view.ground.text.casefold()
    )


@check("D3", defect=None, dimension="compliance", severity="info", languages=None,
       about="A subject without tricks: no exclamation marks, no emoji, no sums of money.", evidence="CAN-SPAM; practice.",
       example="Save $$$ now!", fixed="late samples from Porto")  # fmt: skip
def subject_tricks(view: View) -> Iterator[Note]:
    """Remark on tricks in the subject."""
    if re.search(r"!|[€$£]{2}|[\U0001f300-\U0001faff]", view.subject):
        yield Note("tricks in the subject", "write it plainly", quote=view.subject)


@check("K1", defect="reading_level", dimension="clarity",
       about="It can be read once and understood: in English a Flesch-Kincaid grade of 14 or less, elsewhere no sentence of over 40 words full of long nouns.",
       evidence="Boomerang, Lavender (B- to C): easier texts get more answers.",
       example="a sentence of fifty words on the transportation of temperature-sensitive instruments", fixed="two short sentences")  # fmt: skip
def reading_level(view: View) -> Iterator[Note]:
    """Flag a text that is too hard."""
    content = list(view.content())
    if not content:
        return
    rows = [[view.words.raw[at] for at in tokens] for _, _, tokens in content]
    if view.language == "en":
        words = [word for row in rows for word in row if word[0].isalpha()]
        grade = flesch_kincaid(words, len(rows))
        if len(words) > 25 and grade > view.limits.grade:
            yield Note(
                f"reading grade {grade:.0f}, {view.limits.grade:.0f} is the limit",
                "shorter words, shorter sentences",
                content[0][1].start,
                content[-1][1].end,
            )
        return
    letters, share = _LONG[view.language]
    for (_, sentence, _tokens), row in zip(content, rows, strict=True):
        size = len(row)
        nouns = [word for word in row if word[0].isalpha()]
        if (size > 40 and long_word_share(nouns, letters) >= share) or (
            size > 30 and long_word_share(nouns, letters) >= share * 1.6
        ):
            yield Note(
                f"a sentence of {size} words full of long nouns",
                "split it and use shorter words",
                sentence.start,
                sentence.end,
            )
            return


#: From how many letters a word is long in a language, and which share of long words makes a long sentence hard.
_LONG = {"es": (9, 0.2), "pt": (9, 0.2), "de": (10, 0.22), "fr": (9, 0.2)}


@check("K2", defect=None, dimension="clarity", severity="info", languages=None,
       about="Nothing is said twice within one message.", evidence="Practice.", example="the same four words twice", fixed="once")  # fmt: skip
def said_twice(view: View) -> Iterator[Note]:
    """Remark on a row of five words that stands twice."""
    seen: dict[tuple[str, ...], int] = {}
    folded = view.words.folded
    for at in range(len(folded) - 4):
        row = tuple(folded[at : at + 5])
        if row in seen and at - seen[row] >= 5:
            yield Note(
                f"said twice: {' '.join(row)}", "say it once", view.words.starts[at], view.words.ends[at + 4]
            )
            return
        seen.setdefault(row, at)


@check("P4", defect="creepy", dimension="tone",
       about="Nothing of private life, family, home or health, and nothing of what the reader was seen to open or do.",
       evidence="White et al. (A): personal detail without a stated reason repels.",
       example="I saw that you opened my email three times last night.", fixed="You opened a depot in April.")  # fmt: skip
def private(view: View) -> Iterator[Note]:
    """Flag private matters and tracking that the ground truth does not hold."""
    for hit in view.phrases.get("creepy", []):
        if not is_own_voice(view, hit) or view.in_context(hit):
            continue
        words = [word for word in view.words.folded[hit.first : hit.last] if len(word) > 3]
        stop = view.lists.words["stop"] if view.lists else frozenset()
        telling = [word for word in words if word not in stop]
        if telling and all(view.ground.knows_word(word) for word in telling):
            continue
        yield Note(
            "a private matter, or watching the reader", "keep to public professional facts", *view.span(hit)
        )
        return


@check("P5", defect=None, dimension="tone",
       about="Nobody is told how they feel: a problem is said of such teams in general, or asked about.",
       evidence="Practice: whoever is told a feeling checks it against their own, and it is wrong for most of a list.",
       example="You must be exhausted.", fixed="Weeks like that are long for most teams.")  # fmt: skip
def guessed_feelings(view: View) -> Iterator[Note]:
    """Flag statements about the reader's feelings; what is asked, or marked as a guess beforehand, is none."""
    for hit in view.phrases.get("feelings", []):
        sentence = view.sentence(view.words.sentence_of[hit.first])
        imagined = any(
            sentence.first <= guess.first < hit.first
            and "," not in view.words.span_text(guess.first, hit.last)
            for family in ("guess", "hedge")
            for guess in view.phrases.get(family, [])
        )
        if (
            imagined
            or sentence.mark == "?"
            or view.is_quoted(view.words.starts[hit.first])
            or view.in_context(hit)
        ):
            continue
        yield Note(f"a guess at the reader's feelings: {view.say(hit)}", "say it of such teams in general, or ask", *view.span(hit))  # fmt: skip
        return
