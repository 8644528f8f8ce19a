"""Any text in; its words without case, accents and punctuation out, so that titles, industries and names compare as words."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Signs that belong to a word stay in it: C++, C#, .NET comes out as `net`.
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")


@lru_cache(maxsize=16384)
def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, case-folded and without accents: `Müller & Söhne` is `("muller", "sohne")`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return tuple(_WORD.findall(bare))


def stem(word: str) -> str:
    """Return a folded word without a plural s (`SDRs`, `hospitals`, `vendas`); short words and double s stay whole."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def has_phrase(words: Sequence[str], phrase: str) -> bool:
    """Say whether the words of `phrase` stand in a row among folded `words`, singular and plural being one."""
    wanted = [stem(word) for word in folded_words(phrase)]
    given = [stem(word) for word in words]
    span = len(wanted)
    return span > 0 and any(given[i : i + span] == wanted for i in range(len(given) - span + 1))
