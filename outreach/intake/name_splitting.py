"""A whole name in one text in; where it divides into first and last name out."""

import re
from functools import cache

from outreach.intake.name_writing import fold_name
from outreach.intake.tables import load_table


def split_full_name(whole: str, email: str | None = None) -> tuple[str, str]:
    """Return first and last name of a whole name in the order of speech.

    The address is the best witness (`ana.perez@`), then small words that begin a surname, then double first names we
    know; else all but the first word is the surname. Family names that come first (`Xi Jinping`) cannot be told from others.
    """
    words = whole.split()
    if len(words) == 1:
        return whole, ""
    at = _by_email(words, email) or _by_particle(words) or _by_given_names(words)
    return " ".join(words[:at]), " ".join(words[at:])


def _by_email(words: list[str], email: str | None) -> int | None:
    """Return where the surname begins, if a part of the address is the surname's first word, or all of it."""
    if not email or "@" not in email:
        return None
    parts = [fold_name(part) for part in re.split(r"[._+]", email.partition("@")[0]) if len(part) > 2]
    folded = [fold_name(word) for word in words]
    for at in range(1, len(words)):
        rest = "".join(folded[at:])
        if any(part == rest for part in parts[-1:]):
            return at
    for at in range(1, len(words)):
        begins = folded[at]
        if len(begins) > 3 and any(part == begins or part == folded[0][0] + begins for part in parts):
            return at
    return None


def _by_particle(words: list[str]) -> int | None:
    """Return where a surname with small words begins: `de la Cruz`, `van der Berg`, `v. Beethoven`."""
    from nameparser import HumanName  # only lists with whole names pay for it

    small = load_table("names")["particles"]["surname"]
    for at in range(1, len(words) - 1):
        if words[at] == "v.":
            return at
    count = len(str(HumanName(" ".join(words)).last).split())
    at = len(words) - count
    if count < 2 or at < 1:
        return None
    main = at
    while main < len(words) - 1 and fold_name(words[main]) in small:
        main += 1
    if main == at or (main < len(words) - 1 and fold_name(words[main]) in second_names()):
        # `María del Carmen Ruiz`: the small words belong to a double first name.
        return None
    return at


def _by_given_names(words: list[str]) -> int:
    if len(words) == 2:
        return 1
    folded = [fold_name(word) for word in words]
    at = 1
    while at < len(words) - 1 and (
        folded[at] in second_names() or len(folded[at]) == 1 or _joins(folded, at)
    ):
        at += 1
    # Three words with an unknown one in the middle: two surnames are as likely as a middle name, and the greeting
    # is right either way. Four words are two and two.
    return 2 if at == 1 and len(words) == 4 else at


def _joins(folded: list[str], at: int) -> bool:
    return (
        folded[at] in load_table("names")["particles"]["lower"]
        and at + 1 < len(folded) - 1
        and folded[at + 1] in second_names()
    )


@cache
def second_names() -> frozenset[str]:
    """Return names that stand second in double first names, folded."""
    return frozenset(load_table("names")["given"]["second"])
