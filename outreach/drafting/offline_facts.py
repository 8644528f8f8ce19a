"""A dated fact and message templates in; the slots and the frames in which a message may retell it out."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import Any

from outreach.domain.people import Fact
from outreach.domain.plans import Plan
from outreach.drafting.offline_casing import upper_first
from outreach.drafting.offline_templates import MessageTemplates

#: A retold text longer than this makes a sentence nobody reads to its end.
MAX_RETOLD_WORDS = 20
MAX_SLOT_CHARS = 60

#: Signs of a note to self, a link or a table cell rather than words to say.
_UNSAYABLE = re.compile(r"[\n\r\t{}<>\[\]|@]|https?:|www\.|\.\s+\S")


@dataclass(frozen=True)
class Retelling:
    """How a fact may be told: groups of the place `fact` in the order to try, and what their slots hold."""

    fact: Fact
    groups: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The group of wordings that belong to what happened."""
        return self.fact.kind.casefold()


def retell(plan: Plan, fact: Fact, book: MessageTemplates, form: str) -> Retelling | None:
    """Return how a fact may be told in the draft's language, or None where it cannot be told truly."""
    kind = fact.kind.casefold()
    values = _slots(fact, plan.language, book, kind)
    person = fact.about == "person" or _names_reader(values.get("person", ""), plan)
    groups = [f"{kind}_person"] if person else [kind]
    if not any(
        _filled(line.slots, book) <= values.keys() | {"company"} for line in book.lines("fact", form, *groups)
    ):
        groups = []
    text = _text(plan, fact, book, form)
    if text is not None:
        values |= {text[0]: text[1]}
        group = "retold" if text[0] == "text" else "news"
        groups.insert(0 if kind in _text_first() and group == "retold" else len(groups), group)
    return Retelling(fact, tuple(groups), values) if groups else None


def _filled(slots: frozenset[str], book: MessageTemplates) -> set[str]:
    """Return the slots that a wording needs, each particle counted as the slot it is made of."""
    particles = book.file.particles
    return {particles[slot].of if slot in particles else slot for slot in slots}


def _slots(fact: Fact, language: str, book: MessageTemplates, kind: str) -> dict[str, str]:
    """Return the wording slots that a fact fills."""
    values: dict[str, str] = {}
    for slot, names in _slot_names().get(kind, {}).items():
        value = next(
            (" ".join(fact.slots[name].split()) for name in names if fact.slots.get(name, "").strip()), ""
        )
        sayable = value and len(value) <= MAX_SLOT_CHARS and not _UNSAYABLE.search(value)
        if sayable and (fact.language == language or _neutral(value)):
            values[slot] = _reword(value, book.file.words.get(slot, {}))
    _count(values, book)
    return values


def _count(values: dict[str, str], book: MessageTemplates) -> None:
    """Say a small count in words; drop a count of one, which no plural frame fits."""
    count = values.pop("count", "")
    if not count or count in {"0", "1"} or not count[0].isdigit():
        return
    values["count"] = book.file.numbers.get(count, count)
    digits = re.match(r"\d+", count)
    if digits and int(digits[0]) >= 4:  # from four openings on, "at once" is true of them
        values["count_many"] = values["count"]


def _neutral(value: str) -> bool:
    """Say whether a value reads the same in every language: names, acronyms, figures; no ordinary lower-case word."""
    return not any(word.islower() and len(word) > 1 and word.isalpha() for word in value.split())


def _reword(value: str, words: dict[str, str]) -> str:
    return " ".join(words.get(word, word) for word in value.split()) if words else value


def _names_reader(person: str, plan: Plan) -> bool:
    last = plan.prospect.last_name.casefold()
    return (
        bool(last) and last in person.casefold() and plan.prospect.first_name.casefold() in person.casefold()
    )


def _text(plan: Plan, fact: Fact, book: MessageTemplates, form: str) -> tuple[str, str] | None:
    """Return (`text` | `news`, words): a clause that can follow `that`, or a note that can follow a colon."""
    text = " ".join(fact.text.split()).rstrip(" .;")
    if fact.language != plan.language or not text or len(text.split()) > MAX_RETOLD_WORDS:
        return None
    if _UNSAYABLE.search(text) or any(mark in text for mark in "?!:"):
        return None
    first, _, rest = text.partition(" ")
    if _starts_with_company(text, plan):
        return "text", text
    if len(first) <= 3 and _starts_with_company(rest, plan):  # the Playhouse, la Usina
        return "text", text if book.file.capitals_after_colon else f"{first.lower()} {rest}"
    names = {plan.prospect.first_name.casefold(), plan.prospect.last_name.casefold()} - {""}
    if names & set(text.casefold().split()):
        own = _to_reader(text, plan, book, form)
        return None if own is None else ("text", own)
    return None if fact.about == "person" else ("news", text)


def _starts_with_company(text: str, plan: Plan) -> bool:
    """Say whether a text starts with the company's name or a word of it that tells: `Altoverde` of Distribuidora Altoverde."""
    company = plan.prospect.company.name.casefold()
    words = company.split()
    if not words or text.casefold().startswith(company):
        return bool(words)
    named = list(takewhile(lambda word: word[0].isupper() and word.casefold() in words, text.split()))
    return len("".join(named)) > 3


def _to_reader(text: str, plan: Plan, book: MessageTemplates, form: str) -> str | None:
    """Turn `Ana spoke at …` into what may be said to Ana, where this form of address shares the verb."""
    rule = book.file.retell_person.get(form)
    if rule is None:
        return None
    names = f"{plan.prospect.first_name} {plan.prospect.last_name}".casefold().split()
    words = text.split()
    at = next((index for index, word in enumerate(words) if word.casefold() not in names), len(words))
    if at == 0 or at == len(words):
        return None
    verb, rest = words[at], words[at + 1 :]
    said = rule.verb(verb)
    if said is None or {word.casefold() for word in rest} & {*rule.unless, *names}:
        return None
    own = rule.say.replace("{rest}", " ".join((said, *rest)))
    return upper_first(own) if book.file.capitals_after_colon else own


def _text_first() -> list[str]:
    kinds: list[str] = _tables()["text_first"]
    return kinds


def _slot_names() -> dict[str, dict[str, list[str]]]:
    return {kind: slots for kind, slots in _tables().items() if isinstance(slots, dict)}


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    text = files("outreach.drafting").joinpath("data/offline_facts.toml").read_text("utf-8")
    return tomllib.loads(text)
