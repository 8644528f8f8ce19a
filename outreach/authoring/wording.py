"""A text in; what kind of wording it is, out: a slug, a clause, a noun phrase or a question, whole sentences, hype."""

import re
import unicodedata

from outreach.authoring.tables import load_table
from outreach.domain.vocabulary import LANGUAGES
from outreach.text.detect import language_scores
from outreach.text.languages import pack
from outreach.text.tokens import fold, read_words

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG_CHARS = 48
#: Lists of the packs whose phrases are praise or selling rather than saying something.
_HYPE = ("ai_cliche", "spam", "jargon")


def slug(text: str) -> str:
    """Return a text as an id: small letters, digits and hyphens, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:MAX_SLUG_CHARS].strip("-")


def new_id(text: str, taken: set[str]) -> str:
    """Return an id made of the first words of a text, unlike those before."""
    made = "-".join(slug(text).split("-")[:4]) or "item"
    number = 2
    found = made
    while found in taken:
        found, number = f"{made}-{number}", number + 1
    taken.add(found)
    return found


def is_slug(text: str) -> bool:
    """Say whether a text can be an id."""
    return len(text) <= MAX_SLUG_CHARS and _SLUG.fullmatch(text) is not None


def is_question(text: str) -> bool:
    """Say whether a text is one whole question."""
    return text.rstrip().endswith("?")


def is_noun_phrase(text: str, language: str) -> bool:
    """Say whether a text can stand where a noun phrase is expected: it begins with an article or number, without a full stop."""
    words = read_words(text, language).folded
    if not words or text.rstrip()[-1:] in ".!;:" or len(words) < 2:
        return False
    starts = load_table("wording")["articles"].get(language)
    return starts is None or words[0] in {fold(word) for word in starts.split()} or words[0].isdigit()


def words_of(text: str, language: str) -> int:
    """Count the words of a text."""
    return len(read_words(text, language))


def hype_in(text: str, language: str) -> list[str]:
    """Return the words that praise or sell, by the rubric's own lists; empty for a language without lists."""
    lists = pack(language)
    if lists is None:
        return []
    words = read_words(text, language)
    found = lists.index.find(words)
    hits = sorted({(hit.first, hit.last) for family in _HYPE for hit in found.get(family, ())})
    return list(dict.fromkeys(words.span_text(at, stop) for at, stop in hits))


def written_in(text: str, otherwise: str) -> str:
    """Return the language that a text is written in by its small words; `otherwise` where they do not tell."""
    words = read_words(text, "en")
    scores, seen = language_scores(words, 0, len(words))
    if seen < 12 or not scores:
        return otherwise
    best, *rest = sorted(scores, key=lambda code: -scores[code])
    sure = scores[best] >= 0.08 * seen and (not rest or scores[best] > 1.3 * scores[rest[0]])
    return best if sure and best in LANGUAGES else otherwise
