"""A source in; the industries, head counts and places of the companies that buy, as sentences about customers say them, out."""

import re

from outreach.authoring.passages import listed, passages, phrase_end, sentences
from outreach.authoring.sheet import Item, Sheet, once_each
from outreach.authoring.source import Source
from outreach.authoring.tables import load_table
from outreach.intake.industries import industries_in
from outreach.text.folding import folded_words
from outreach.text.numbers import read_numbers
from outreach.text.regions import countries_in, country_code
from outreach.text.tokens import Words

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_MAX_PLACE_WORDS = 4
_MAX_ITEMS = 8


def read_customers(source: Source) -> Sheet:
    """Return criteria. Only sentences about customers count: where the firm itself sits and how large it is says nothing."""
    industries: list[Item] = []
    places: list[Item] = []
    sheet: Sheet = {}
    for passage in passages(source):
        for text, words in sentences(passage, source.language):
            if passage.section != "customers" and not phrase_end(words, listed("customers", source.language)):
                continue
            industries += [Item(name.casefold(), quote=text) for name in _industries(text)]
            places += [Item(name, quote=text) for name in places_in(text)]
            for end, value in _head_count(words).items():
                sheet.setdefault(f"employees_{end}", (Item(f"{value:.10g}", quote=text),))
    found = {"industries": industries, "countries": places}
    return sheet | {name: once_each(tuple(items))[:_MAX_ITEMS] for name, items in found.items() if items}


def _industries(text: str) -> list[str]:
    """Return the industries that a sentence names, without fields that are a team's inside a firm."""
    departments = load_table("reading")["departments"]["words"]
    kept = []
    for said, _group in industries_in(text):
        behind = folded_words(text[text.index(said) + len(said) :])[:1]
        if not behind or behind[0] not in departments:
            kept.append(said)
    return kept


def places_in(text: str) -> list[str]:
    """Return the countries and regions that a text names, as it writes them: in capitals, the longest names first."""
    words = list(_WORD.finditer(text))
    found: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_MAX_PLACE_WORDS, len(words) - at), 0, -1):
            said = text[words[at].start() : words[at + length - 1].end()]
            if _is_place(said):
                found.append(said)
                at += length
                break
        else:
            at += 1
    return found


def _is_place(said: str) -> bool:
    # Two letters are a code only to a machine: `IT`, `IN` and `NO` are words in capitals far more often.
    if (
        not (said[0].isupper() and said.rsplit(maxsplit=1)[-1][0].isupper())
        or len(said) < 3
        or (len(said) == 3 and not said.isupper())
    ):
        return False
    spelt_out = len(said) > 3 or said in {"USA", "UAE"}
    return bool(countries_in(said)) or (spelt_out and country_code(said) is not None)


def _head_count(words: Words) -> dict[str, float]:
    """Return `min` and `max` of the head count in a sentence: two numbers before its noun, or one with `from` or `up to`."""
    nouns = listed("employees", words.language)
    at = next((i for i, word in enumerate(words.folded) if word in nouns), 0)
    numbers = [n for n in read_numbers(words) if n.last <= at and n.kind in {"plain", "year"}]
    if not at or not numbers or at - numbers[-1].last > 1:
        return {}
    last = numbers[-1]
    if len(numbers) > 1 and last.first - numbers[-2].last <= 1 and numbers[-2].value < last.value:
        return {"min": numbers[-2].value, "max": last.value}
    before = words.folded[max(0, last.first - 3) : last.first]
    for end, table in (("min", "from"), ("max", "upto")):
        if any(before[-len(phrase.split()) :] == phrase.split() for phrase in listed(table, words.language)):
            return {end: last.value}
    return {}
