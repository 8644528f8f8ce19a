"""A source in; what rules alone can read of a persona, an offer or an ICP out, every item in the source's own words."""

import re

from outreach.authoring.passages import (
    Passage,
    is_heading,
    listed,
    passages,
    phrase_end,
    section_of,
    sentences,
)
from outreach.authoring.questions import Kind
from outreach.authoring.rules_icp import read_customers
from outreach.authoring.sheet import Item, Reading, Sheet, once_each
from outreach.authoring.source import Source
from outreach.authoring.tables import load_table
from outreach.authoring.wording import is_noun_phrase
from outreach.intake.titles import read_title
from outreach.text.folding import folded_words
from outreach.text.number import Number
from outreach.text.numbers import read_numbers
from outreach.text.tokens import Words, read_words

#: Better little and true than much: so many items of a sort are a file that a person still reads.
MAX_ITEMS = 8
_MAX_TITLE_WORDS = 8
_MAX_DUTY_WORDS = 18
_MIN_CLAIM_WORDS, _MAX_CLAIM_WORDS = 6, 35
#: Kinds of number that say when, which or how much it costs, and prove nothing.
_NO_RESULT = frozenset({"year", "date", "clock", "ordinal", "currency"})
_CUT = re.compile(r"[.!?;:,\s]+$")
_CONTACT = re.compile(r"@|https?://|www\.|\+\d|©|\(\d{2,}\)|\b\d{5} [A-ZÄÖÜ]")


def read_by_rules(kind: Kind, source: Source) -> Reading:
    """Return what stands in a source plainly enough for rules; the rest stays a question for a person."""
    if kind == "persona":
        return Reading(_persona(source), notes=source.notes)
    if kind == "offer":
        return Reading(_offer(source), notes=source.notes)
    return Reading(read_customers(source), notes=source.notes)


def _kept(**found: list[Item]) -> Sheet:
    return {name: once_each(tuple(items))[:MAX_ITEMS] for name, items in found.items() if items}


def _persona(source: Source) -> Sheet:
    titles = _titles(source)
    duties: list[Item] = []
    metrics: list[Item] = []
    for passage in passages(source):
        target = {"responsibilities": duties, "metrics": metrics}.get(passage.section)
        if target is not None and passage.line.kind == "bullet":
            target += _short(passage.line.text)
            continue
        for text, words in sentences(passage, source.language):
            # What an applicant has been responsible for elsewhere is no duty of the job.
            duties += _after("responsible", text, words) if passage.section != "other" else []
            metrics += _after("measured", text, words)
    return _kept(name=titles[:1], titles=titles, responsibilities=duties, metrics=metrics)


def _short(text: str) -> list[Item]:
    """Return a bullet as a few words: its first clause where it is long; a bullet that cannot be cut is left to a person."""
    said = _CUT.sub("", text)
    clause = (
        said
        if len(said.split()) <= _MAX_DUTY_WORDS
        else _CUT.sub("", re.split(r"[;:]\s|\s[-–—]\s|,\s", said)[0])
    )
    return [Item(clause, quote=text)] if 2 <= len(clause.split()) <= _MAX_DUTY_WORDS else []


def _after(table: str, text: str, words: Words) -> list[Item]:
    """Return what follows `responsible for` or `measured by` in a sentence."""
    end = phrase_end(words, listed(table, words.language))
    if not end or end >= len(words):
        return []
    rest = _CUT.sub("", text[words.starts[end] :])
    return [Item(rest, quote=text)] if 2 <= len(rest.split()) <= _MAX_DUTY_WORDS else []


def _titles(source: Source) -> list[Item]:
    """Return the titles that a source names: behind a label, or in its first headings."""
    table = load_table("reading")["titles"]
    found: list[Item] = []
    for at, line in enumerate(source.lines):
        label, colon, rest = line.text.partition(":")
        if colon and " ".join(folded_words(label)) in table["labels"]:
            found += _title(rest, line.text)
        elif (
            at < 3
            and (line.kind == "heading" or is_heading(source, at) or at == 0)
            and not section_of(line.text)
        ):
            found += _title(line.text, line.text)
    return found


def _title(text: str, quote: str) -> list[Item]:
    """Return the part of a heading that is a title, if any is: `Wir suchen: Leitung Kundenservice (m/w/d)`."""
    for part in re.split(r"[:|–—]|\s-\s", text):
        read = read_title(_without_invitation(part).strip(" .!"))
        named = bool(read.functions) and read.functions != ("other",)
        # One word that names a field and no rank is a heading of its own: `Pricing`.
        named = named and (len(read.text.split()) > 1 or read.seniority != "individual")
        if read.text and named and len(read.text.split()) <= _MAX_TITLE_WORDS:
            return [Item(read.text, quote=quote)]
    return []


def _without_invitation(text: str) -> str:
    """Take off what invites to the job: `We are looking for a`."""
    for phrase in load_table("reading")["titles"]["around"]:
        pattern = r"[\W_]+".join(map(re.escape, phrase.split()))
        text = re.sub(
            rf"^\W*{pattern}\b\W*(?:(?:an?|eine?n?|una?|uma?|une?)\b)?\s*", "", text, flags=re.IGNORECASE
        )
    return text


def _offer(source: Source) -> Sheet:
    company, product = _product(source)
    claims = [
        Item(text, quote=text, parts={"kind": ("figure",)})
        for passage in passages(source)
        if passage.section not in {"other", "customers", "responsibilities", "metrics", "offers"}
        for text in _statements(passage, source.language)
        if _is_result(text, passage, source.language)
    ]
    return _kept(company=company, product=product, claims=claims, asks=_asks(source))


def _asks(source: Source) -> list[Item]:
    """Return what stands as a noun phrase under a heading such as `What you get`: something that can be offered."""
    found = []
    for passage in passages(source):
        text = _CUT.sub("", passage.line.text)
        if (
            passage.section == "offers"
            and is_noun_phrase(text, source.language)
            and len(text.split()) <= _MAX_DUTY_WORDS
        ):
            words = read_words(text, source.language).folded
            kinds = load_table("reading")["asks"]
            kind = next(
                (kind for kind, named in kinds.items() if any(word in named for word in words)), "asset"
            )
            weight = {"trial": "medium", "meeting": "heavy"}.get(kind, "light")
            parts: dict[str, tuple[str, ...]] = {"kind": (kind,), "weight": (weight,)}
            found.append(Item(text[0].lower() + text[1:], quote=passage.line.text, parts=parts))
    return found


def _statements(passage: Passage, language: str) -> list[str]:
    """Return what is told together: a bullet of one or two sentences as a whole, else each sentence."""
    parts = [text for text, _ in sentences(passage, language)]
    whole = passage.line.kind == "bullet" and len(parts) <= 2
    return [passage.line.text] if whole and parts else parts


def _is_result(text: str, passage: Passage, language: str) -> bool:
    """Say whether a statement tells a figure that could be a proof: whole, of a usual length, no date, price or address."""
    words = read_words(text, language)
    if not _MIN_CLAIM_WORDS <= len(words) <= _MAX_CLAIM_WORDS or _CONTACT.search(text):
        return False
    if text[-1] not in ".!" and not (passage.line.kind == "bullet" and passage.section == "results"):
        return False
    money = load_table("reading")["money"]["words"]
    if phrase_end(words, listed("customers", language)) or any(word in money for word in words.folded):
        return False
    numbers = read_numbers(words)
    return any(_counts(number, text, language) for number in numbers) and not any(
        n.kind == "currency" for n in numbers
    )


def _counts(number: Number, text: str, language: str) -> bool:
    """Say whether a number counts or measures something: `41 days`, `22 %`, not `Example Street 100, Exampletown`."""
    if (
        number.kind in _NO_RESULT
        or number.weak
        or (number.in_words and number.value < 3 and number.kind == "plain")
    ):
        return False
    behind = re.match(r"\s([^\W\d_])", text[number.end :])
    # A capital behind a number begins a name, as in `12 Sample Street`; German nouns all have one.
    return number.kind != "plain" or (behind is not None and (behind[1].islower() or language == "de"))


def _product(source: Source) -> tuple[list[Item], list[Item]]:
    """Return the firm and what it does, from the first sentence of the shape `NAME helps …`."""
    for passage in passages(source):
        for text, words in sentences(passage, source.language):
            verbs = listed("helps", source.language)
            at = next((i for i in range(1, min(4, len(words))) if words.folded[i] in verbs), 0)
            name = words.span_text(0, at)
            if not at or not all(word[0].isupper() for word in words.raw[:at]) or len(words) > 28:
                continue
            if words.folded[0] in load_table("wording")["owners"].get(source.language, "").split():
                continue
            does = _CUT.sub("", text[words.starts[at] :])
            if 3 <= len(does.split()) <= 20:
                return [Item(name, quote=text)], [Item(does, quote=text)]
    return [], []
