"""Words of a sentence or text in; how hard it is to read out."""

import re
from functools import lru_cache

_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûãõœæ]+", re.I)


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """Return about how many syllables an English word has: vowel groups, less a silent e."""
    lower = word.lower()
    count = len(_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith(("le", "ee")) and count > 1:
        count -= 1
    if (
        lower.endswith(("es", "ed"))
        and count > 1
        and not lower.endswith(("ses", "zes", "ches", "shes", "ted", "ded", "ces", "ges"))
    ):
        count -= 1
    return max(1, count)


def flesch_kincaid(words: list[str], sentences: int) -> float:
    """Return the Flesch-Kincaid grade of English words in a number of sentences."""
    if not words or not sentences:
        return 0.0
    return 0.39 * len(words) / sentences + 11.8 * sum(syllables(word) for word in words) / len(words) - 15.59


def long_word_share(words: list[str], letters: int) -> float:
    """Return the share of words of at least so many letters."""
    return sum(len(word) >= letters for word in words) / len(words) if words else 0.0
