"""The folded words of a text and a person's name in; where the text says that name in full out."""

from collections.abc import Sequence

from outreach.text.tokens import split_words

#: Words that may stand between first and last name: second names, `de`, `van der`.
_BETWEEN = 2
#: A last name's word shorter than this is a particle: `de`, `da`, `von` are spelled out below.
_SHORTEST = 3
_PARTICLES = frozenset("von van der den del dos das del las los bin ben san".split())


def telling_words(name: str, language: str) -> list[str]:
    """Return the folded words of a name without its particles; a short name keeps what it has."""
    words = split_words(name, language)
    return [word for word in words if len(word) >= _SHORTEST and word not in _PARTICLES] or words


def full_names(words: Sequence[str], first: str, last: str, language: str) -> list[tuple[int, int]]:
    """Return the spans of tokens, end exclusive, in which first and last name stand together in either order."""
    firsts, lasts = split_words(first, language)[:1], set(telling_words(last, language))
    if not firsts or not lasts:
        return []
    found = []
    for at, word in enumerate(words):
        if word != firsts[0]:
            continue
        end = next((i for i in range(at + 1, min(at + 2 + _BETWEEN, len(words))) if words[i] in lasts), None)
        if end is not None:
            found.append((at, end + 1))
        elif at and words[at - 1] in lasts:
            found.append((at - 1, at + 1))
    return found
