"""A folded word and its language in; a light stem out, so that inflected forms of one word meet. For comparison only."""

from functools import lru_cache

_ENDINGS: dict[str, tuple[str, ...]] = {
    "en": ("ingly", "edly", "ments", "ment", "ations", "ation", "ers", "ings", "ing", "ies", "ied", "ed", "es", "er", "ly", "s", "y", "e"),
    "es": ("amientos", "imientos", "amiento", "imiento", "aciones", "iciones", "ciones", "acion", "icion", "cion", "adores", "ador", "adora", "mente",
           "ando", "iendo", "aron", "ieron", "abamos", "amos", "emos", "imos", "aban", "ados", "adas", "idos", "idas", "ado", "ada", "ido", "ida",
           "aste", "iste", "aria", "eria", "iria", "ando", "aba", "ian", "ar", "er", "ir", "an", "en", "as", "os", "es", "io", "ia", "a", "o", "e", "s"),
    "pt": ("amentos", "imentos", "amento", "imento", "acoes", "icoes", "coes", "acao", "icao", "cao", "oes", "aes", "ais", "eis", "adores", "ador", "adora",
           "mente", "ando", "endo", "indo", "aram", "eram", "iram", "amos", "emos", "imos", "avam", "ados", "adas", "idos", "idas", "ado", "ada", "ido",
           "ida", "aria", "eria", "iria", "ava", "iam", "ou", "eu", "iu", "ao", "ar", "er", "ir", "am", "em", "as", "os", "es", "io", "ia", "a", "o", "e", "s"),
    "de": ("ungen", "ung", "ieren", "iert", "innen", "lich", "isch", "heit", "keit", "enden", "ende", "ten", "tet", "te", "ern", "est", "em", "en", "er", "es", "et", "e", "n", "s", "t"),
    "fr": ("issements", "issement", "ements", "ement", "ations", "ation", "itions", "ition", "ateurs", "ateur", "atrice", "euses", "euse", "eurs", "eur", "ment",
           "aient", "antes", "ants", "ante", "ant", "erons", "eront", "ees", "ee", "es", "er", "ez", "ir", "it", "is", "ait", "ais", "ons", "ent", "aux", "al", "e", "s", "x", "t"),
}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """Return a word's stem of at least three letters. Words of a language without endings keep their first seven letters."""
    if not word.isalpha():
        return word.replace("'s", "").replace("'", "")
    for ending in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= (4 if len(ending) > 2 else 3):
            word = word[: -len(ending)]
            break
    return word[:7]


def related(left: str, right: str) -> bool:
    """Say whether two stems are likely of one family: equal, or alike in all but a short end."""
    if left == right:
        return True
    shorter = min(len(left), len(right))
    return shorter >= 4 and left[:shorter] == right[:shorter] and abs(len(left) - len(right)) <= 3
