"""What a list says of a person's name in; first and last name, what to call them, and an honorific out."""

import re
from dataclasses import dataclass
from functools import cache

from outreach.intake.cells import is_blank, one_line
from outreach.intake.name_scrubbing import note, scrub_name
from outreach.intake.name_splitting import second_names, split_full_name
from outreach.intake.name_writing import fold_name, proper_case
from outreach.intake.tables import load_table
from outreach.text.hidden import has_mixed_scripts

_NO_NAME_SIGN = re.compile(r"[0-9@{}<>\\/=+*_|~^]|https?:|www\.", re.IGNORECASE)
_BROKEN = re.compile(r"\ufffd|[^\W\d_]\?+(?:[^\W\d_]|$|\s)")
#: Words that no first name is: alone, or before another, they are the beginning of a surname.
_SURNAME_STARTS = frozenset(
    {"mc", "mac", "o", "de", "del", "der", "von", "van", "da", "dos", "di", "la", "le", "las", "los"}
)
_LETTER_DOTS = re.compile(r"(?:[A-Za-zÀ-ÿ]\.?[\s-]*){1,3}")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it may be used. `problem` is empty, `no_name`, `initial` or `doubtful_name`: then nobody can be greeted."""

    first: str = ""
    last: str = ""
    greeting: str = ""
    honorific: str = ""
    flags: tuple[str, ...] = ()
    problem: str = ""


def read_name(
    first: str,
    last: str = "",
    full: str = "",
    *,
    honorific: str = "",
    email: str | None = None,
    language: str | None = None,
) -> PersonName:
    """Return the name that a list means.

    Args:
        first: the first-name column; may hold the whole name where `last` is empty.
        last: the last-name column.
        full: the whole-name column, used where the other two are empty.
        honorific: the column with a form of address. Gender is never guessed from a name.
        email: the address, whose `ana.perez@` shows where a whole name divides.
        language: two letters, for the small words of surnames.
    """
    plain = _plain_name(first, last)
    if plain is not None and not honorific:
        return plain
    flags: list[str] = []
    if _BROKEN.search(f"{first} {last} {full}"):
        # `Jos?`, `Jos\ufffd`: a letter was lost on the way, and nobody can say which.
        return PersonName(first, last, flags=("broken_letters",), problem="doubtful_name")
    titles: list[str] = []
    given, nickname, found = scrub_name(first, flags)
    titles += found
    family, other, found = scrub_name(last, flags)
    titles += found
    if not given and not family and full:
        given, nickname, found = scrub_name(full, flags)
        titles += found
    given, family = _divide(given, family, email, flags)
    if _is_no_person(given, family):
        shown = "" if fold_name(family) in load_table("names")["no_person"]["words"] else family
        return PersonName(
            last=shown, honorific=_honorific(honorific, titles), flags=tuple(flags), problem="no_name"
        )
    turkish = any(char in "İığĞşŞ" for char in given + family)
    given, family = (
        _case(part, surname, language, flags, turkish=turkish)
        for part, surname in ((given, False), (family, True))
    )
    address = _honorific(honorific, titles)
    nickname = _case(nickname or other, False, language, flags, turkish=turkish)
    return _finished(given, family, nickname, address, flags)


def _plain_name(first: str, last: str) -> PersonName | None:
    """Return the name at once where it is two plain words, as most are."""
    if (
        first.isalpha()
        and last.isalpha()
        and len(first) > 2
        and len(last) > 2
        and max(first + last) < "\u0250"
    ):
        usual = first[1:].islower() and first[0].isupper() and last[0].isupper() and not last.isupper()
        words = {fold_name(first), fold_name(last)}
        if usual and not words & _odd_words():
            return PersonName(first, last, first)
    return None


@cache
def _odd_words() -> frozenset[str]:
    table = load_table("names")
    return frozenset(
        {*table["no_person"]["words"], *table["prefixes"], *table["credentials"]["words"], *table["credentials"]["generations"],
         *table["particles"]["surname"], *table["short_forms"]}
    )  # fmt: skip


def _divide(given: str, family: str, email: str | None, flags: list[str]) -> tuple[str, str]:
    """Find first and last name where one column holds both, or the first column both and the last one again."""
    if "," in given and not family:
        before, _, after = (part.strip() for part in given.partition(","))
        if before and after:
            note(flags, "full_name_in_one_column", True)
            return after, before
        given = before or after
    whole = given if given and not family else family if family and not given else ""
    if whole and len(whole.split()) > 1:
        note(flags, "full_name_in_one_column", True)
        return split_full_name(whole, email)
    if family and given.casefold().endswith(" " + family.casefold()):
        given = given[: -len(family)].strip()
    return given, family


def _is_no_person(given: str, family: str) -> bool:
    table = load_table("names")["no_person"]
    whole = fold_name(f"{given} {family}", keep_blanks=True)
    first = fold_name(given)
    if not given or whole in table["phrases"]:
        return True
    if _NO_NAME_SIGN.search(given) or not any(char.isalpha() for char in given):
        return True
    words = whole.split()
    return (
        first in table["words"]
        or (len(words) > 1 and all(word in table["words"] for word in words))
        or "linkedin" in words
    )


def _case(text: str, surname: bool, language: str | None, flags: list[str], *, turkish: bool) -> str:
    better = proper_case(text, surname=surname, language=language, turkish=turkish)
    note(flags, "case", better != text)
    return better


def _honorific(column: str, titles: list[str]) -> str:
    said = one_line(column)
    if said and not is_blank(said) and len(said) <= 20:
        return said
    return " ".join(dict.fromkeys(titles))


def _finished(given: str, family: str, nickname: str, honorific: str, flags: list[str]) -> PersonName:
    words = given.split()
    spoken = [word for word in words if not _is_initial(word)]
    if has_mixed_scripts(given) or any(has_mixed_scripts(word) for word in family.split()):
        note(flags, "mixed_scripts", True)
    if not spoken:
        return PersonName(given, family, "", honorific, tuple(flags), "initial")
    particles = frozenset(load_table("names")["particles"]["lower"])
    starts = fold_name(words[0]) in _SURNAME_STARTS
    if starts and (
        len(words) > 1
        or len(words[0]) > 3
        or fold_name(words[0]) in {"mc", "mac", "o", "de", "del", "der", "von"}
    ):
        # A surname in the first-name column: the order is unsure, so nobody is called by it.
        return PersonName(given, family, "", honorific, (*flags, "doubtful_name"), "doubtful_name")
    if len(words) > 1 and fold_name(words[0]) in load_table("names")["family_first"]["words"]:
        return PersonName(given, family, "", honorific, (*flags, "doubtful_name"))
    if re.search(r"\s(?:&|\+|and|und|y|e|et)\s", given):
        note(flags, "several_people", True)
        return PersonName(given, family, "", honorific, tuple(flags), "")
    note(flags, "initial_dropped", len(spoken) < len(words))
    if len(spoken) == 1 and len(spoken[0]) == 2 and spoken[0].isupper():
        note(flags, "initials", True)
    if (
        "full_name_in_one_column" in flags
        and len(spoken) > 1
        and fold_name(spoken[1]) not in second_names() | particles
    ):
        # Where the name divides was not told: only the first word is surely a first name.
        spoken = spoken[:1]
    greeting = nickname or (" ".join(spoken) if len(spoken) <= 2 else _short_greeting(spoken))
    return PersonName(given, family, greeting, honorific, tuple(flags))


def _short_greeting(words: list[str]) -> str:
    """Return what to call somebody of three first names or more: two, and the small words between them."""
    small = load_table("names")["particles"]["lower"]
    if fold_name(words[1]) in second_names():
        return " ".join(words[:2])
    count = 1
    while count < len(words) - 1 and fold_name(words[count]) in small:
        count += 1
    return " ".join(words[: count + 1]) if count > 1 else words[0]


def _is_initial(word: str) -> bool:
    """Tell whether a word is one Latin letter, or letters each with its full stop. One Chinese character is a name."""
    bare = word.replace(".", "").replace("-", "")
    if len(bare) < 2:
        return bare < "\u0250"
    if word.endswith(".") and len(bare) == 2 and word != "St.":
        return True
    return (
        "." in word
        and bool(_LETTER_DOTS.fullmatch(word))
        and len(bare) <= 3
        and word.count(".") >= len(bare) - 1
        and bare.isupper()
    )
