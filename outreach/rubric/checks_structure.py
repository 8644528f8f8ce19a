"""What a message is made of: something about this reader, more about them than about us, and one greeting."""

from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.stems import related, stem


@check("P3", defect="generic", dimension="grounding",
       about="The message holds something of this prospect besides the name: the company, a fact or a pain point.",
       evidence="Backlinko (C): personal bodies get a third more replies; a text for everyone is answered by no one.",
       example="Many companies find it hard to keep suppliers on schedule. Our tool helps teams of every size.",
       fixed="Samples from Porto were nine days late last season. Who chases them on your side?")  # fmt: skip
def generic(view: View) -> Iterator[Note]:
    """Flag a text in which nothing belongs to this prospect."""
    if view.channel == "connection_request" and len(view.content_tokens) < 12:
        severity_note = "say in a few words why this person"
    else:
        severity_note = _fact_hint(view)
    to_anyone = bool(view.phrases.get("anyone"))
    if not uses_prospect(view) or (to_anyone and not speaks_of_prospect(view)):
        # Where the facts are in another language, their words cannot be compared; a follow-up need not say it all again.
        # Then only a text that is said to anyone is told.
        unsure = (view.ground.is_foreign or view.is_follow_up) and not to_anyone
        unsure &= _common_words(view) < _MANY_COMMON
        yield Note(
            "nothing here is about this prospect",
            severity_note,
            severity="info" if unsure else None,
        )


#: Words that fit any firm from which a text is taken to be for everyone.
_MANY_COMMON = 4


def _common_words(view: View) -> int:
    lists = view.lists
    return sum(view.words.folded[at] in lists.words["generic"] for at in view.content_tokens) if lists else 0


def speaks_of_prospect(view: View) -> bool:
    """Say whether a text is surely about this prospect: the firm, a figure of theirs, or two words of one fact or pain."""
    ground = view.ground
    said = {view.words.folded[at] for at in view.content_tokens} | set(view.subject_words.folded)
    if telling_company(view) & said or view.run_starts(ground.reader_runs):
        return True
    named = {view.words.folded[at] for at in view.content_tokens if view.words.raw[at][0].isupper()}
    if named & {
        word
        for source in ground.of_kind("fact")
        for word in source.names
        if stem(word, view.language) not in ground.name_stems
    }:
        return True  # a place or product of theirs
    common = {stem(word, view.language) for word in view.lists.words["generic"]} if view.lists else set()
    for source in ground.of_kind("fact", "pain"):
        own = source.stems - common - ground.name_stems
        shared = sum(
            item in view.stems or any(related(item, other) for other in view.stems if other[:4] == item[:4])
            for item in own
        )
        if shared >= min(2, len(own)) > 0 and (shared >= 2 or len(own) == 1):
            return True
        if any(known.value == number.value > 3 for known in source.numbers for number in view.numbers):
            return True
    return False


def uses_prospect(view: View) -> bool:
    """Say whether company, facts, pains, role or industry show in body or subject beyond words that fit any firm."""
    ground, lists = view.ground, view.lists
    if not ground.prospect_stems:
        return True
    common = {stem(word, view.language) for word in lists.words["generic"]} if lists else set()
    person = {item for source in ground.of_kind("person") for item in source.stems}
    company = telling_company(view)
    said = {view.words.folded[at] for at in view.content_tokens}
    if company & said or view.run_starts(ground.reader_runs):
        return True
    named = {item for source in ground.of_kind("company") for item in source.stems}
    telling = {
        item
        for item in ground.prospect_stems
        if item not in common and item not in person and item not in named
    }
    stems = {item for item in view.stems if item not in person}
    for item in stems:
        if item in telling or any(related(item, other) for other in telling if other[:4] == item[:4]):
            return True
    if view.language == "de" and any(
        _compound(word, other) for word in said if len(word) > 6 for other in telling
    ):
        return True
    for number in view.numbers:
        for known, source in ground.numbers:
            if source.kind in {"fact", "pain"} and known.value == number.value and number.value > 3:
                return True
    return False


def telling_company(view: View) -> set[str]:
    """Return the words of the firm's name that tell it from others: no articles, no `clinic`, unless it has no other."""
    words = {word for word in view.ground.company if len(word) > 2}
    lists = view.lists
    telling = {
        word for word in words if lists is None or word not in lists.words["stop"] | lists.words["generic"]
    }
    return telling or words


def _compound(word: str, part: str) -> bool:
    """Say whether a German word is made with another: `Fehletiketten` with `Etikett`."""
    return len(part) > 4 and part[:6] in word


def _fact_hint(view: View) -> str:
    facts = view.context.facts or view.context.pain_points
    return (
        f"use this fact: {min(facts, key=lambda text: (len(text), text))}"
        if facts
        else "say why this person and not any other"
    )


@check("C6", defect="self_centred", dimension="structure",
       about="The reader is the subject of more sentences than the sender.", evidence="Practice only.",
       example="We log temperatures. We think we do it well. I'd love to tell you what we do, how we do it and why we like it.",
       fixed="Who keeps your cooler logs for the inspector?")  # fmt: skip
def self_centred(view: View) -> Iterator[Note]:
    """Flag five or more words of the first person that outnumber the second 2.5 to 1, or mostly sentences about the sender."""
    lists = view.lists
    if lists is None:
        return
    first, second = lists.words["first"], lists.words["second"]
    folded, raw = view.words.folded, view.words.raw
    ours = theirs = about_us = about_them = sentences = 0
    sender = {word for source in view.ground.of_kind("sender") for word in source.folded if len(word) > 2}
    about_us_sentence = None
    signed = max(view.parts.closing, default=len(view.words.sentences))
    for index, sentence, tokens in view.content():
        if index > signed:
            continue  # the line below the signature that tells how to stop the mails
        row = [folded[at] for at in tokens]
        us = sum(word in first or is_first_plural(word, view.language) for word in row)
        them = sum(word in second for word in row) + sum(
            raw[at] in _GERMAN_FORMAL for at in tokens if view.language == "de" and at != sentence.first
        )
        named = any(word in sender for word in row)
        ours, theirs, sentences = ours + us, theirs + them, sentences + 1
        if (us or named) and not them and sentence.mark != "?":
            about_us += 1
            about_us_sentence = about_us_sentence or sentence
        elif them or sentence.mark == "?":
            about_them += 1
    company = sum(
        1 for at in view.content_tokens if folded[at] in view.ground.company and len(folded[at]) > 3
    )
    if (ours >= 5 and ours >= 2.5 * max(1, theirs + 0.5 * company) and about_us > 0.5 * sentences) or (
        sentences >= 4 and about_us >= 0.7 * sentences and ours >= 4 and theirs <= 2 and not company
    ):
        where = about_us_sentence or view.sentence(view.parts.content[0][0])
        yield Note(
            f"{ours} words about us, {theirs} to the reader",
            "start from the reader's situation, and leave one sentence about us",
            where.start,
            where.end,
        )


_GERMAN_FORMAL = frozenset({"Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres"})


def is_first_plural(word: str, language: str) -> bool:
    """Say whether a verb form speaks of us by its ending alone: `ofrecemos`, `trabalhamos`."""
    return (
        language in {"es", "pt"}
        and len(word) > 5
        and word.endswith(("amos", "emos", "imos"))
        and word not in _NOT_VERBS
    )


_NOT_VERBS = frozenset(
    {
        "ultimos",
        "maximos",
        "minimos",
        "proximos",
        "tramos",
        "ramos",
        "extremos",
        "mesmos",
        "mismos",
        "prestamos",
        "otimos",
        "ritmos",
        "termos",
    }
)


@check("C7", defect=None, dimension="structure", severity="info",
       about="One greeting, one signature.", evidence="Practice.", example="Best, Ana / Regards, Ana", fixed="Best, Ana")  # fmt: skip
def doubled_sign_off(view: View) -> Iterator[Note]:
    """Remark on a doubled sign-off."""
    lists = view.lists
    if lists is None or len(view.parts.closing) < 3:
        return
    formulas = [index for index in view.parts.closing if any(word in lists.words["closings"] for word in
                view.words.folded[view.sentence(index).first : view.sentence(index).last])]  # fmt: skip
    if len(formulas) > 2:
        sentence = view.sentence(formulas[-1])
        yield Note("two sign-offs", "keep one", sentence.start, sentence.end)
