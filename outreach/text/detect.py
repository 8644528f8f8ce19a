"""The words of a text in; which of the known languages it is written in out, by its small words."""

from functools import lru_cache

from outreach.domain.vocabulary import LANGUAGES
from outreach.text.languages import pack
from outreach.text.tokens import Words

#: Small words of neighbours without a pack, so that an Italian or Dutch text is not taken for French or German.
_OTHERS = {
    "it": "il lo gli che di della delle degli dei sono è più con per una non questo come anche nel nella alla dalla sua suo ci ho hai abbiamo vostra vostro buongiorno ciao gentile saluti perché quando molto",
    "nl": "het een en van dat niet zijn voor met aan op ook wij jullie uw jouw deze naar heeft hebben wordt kunnen graag bij maar geen wat hoe goedemorgen beste groet hallo over uit nog",
    "pl": "nie jest się na do że jak dla od przez są czy pan pani państwo dzień dobry oraz lub ale już będzie może tego",
    "sv": "och att det är som för på av inte med har jag vi ni kan om den till från hej eller",
    "da": "og at det er som for på af ikke med har jeg vi kan om den til fra hej eller dig du",
    "ca": "els les amb per que del dels una aquest aquesta són està hem fer però també més bon dia gràcies",
}


@lru_cache(maxsize=1)
def small_words() -> dict[str, dict[str, float]]:
    """Return for each small word the languages that use it, each with a weight: shared words count less."""
    owners: dict[str, set[str]] = {}
    for code in LANGUAGES:
        lists = pack(code)
        for word in lists.words["detect"] if lists else ():
            owners.setdefault(word, set()).add(code)
    for code, text in _OTHERS.items():
        from outreach.text.tokens import split_words

        for word in split_words(text, code):
            owners.setdefault(word, set()).add(code)
    return {word: {code: 1.0 / len(codes) for code in codes} for word, codes in owners.items()}


def language_scores(
    words: Words, first: int, last: int, skip: frozenset[str] = frozenset()
) -> tuple[dict[str, float], int]:
    """Return the weight of small words by language over tokens `first` to `last`, and how many tokens were looked at."""
    table, scores, seen = small_words(), dict[str, float](), 0
    for at in range(first, last):
        word = words.folded[at]
        if word in skip or not word[0].isalpha():
            continue
        seen += 1
        # A text cut as English or Spanish keeps `n'est` in one piece: both halves tell the language.
        head, mark, tail = word.partition("'")
        for part in (head + mark, tail) if mark and word not in table else (word,):
            for code, weight in table.get(part, {}).items():
                scores[code] = scores.get(code, 0.0) + weight
    return scores, seen
