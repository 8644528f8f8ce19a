"""A word of a German text in; whether it addresses the reader familiarly or formally out: du and ihr, or Sie."""

from outreach.text.tokens import Sentence, Words

_DE_FAMILIAR = frozenset(
    "du dich dir dein deine deinen deinem deiner deines euch euer eure euren eurem eurer eures".split()
)
_DE_FORMAL = frozenset("Sie Ihnen Ihr Ihre Ihren Ihrem Ihrer Ihres".split())
_DE_IMPERATIVE = frozenset(
    "sag schreib schick melde meld ruf antworte gib schau guck probier lass nimm klick".split()
)
_DE_THIRD = frozenset("die der das eine ein".split())


def german_form(words: Words, at: int, sentence: Sentence) -> str | None:
    """Return `familiar` or `formal` where a word addresses the reader so, None where it does neither."""
    raw, low = words.raw[at], words.raw[at].lower()
    if low in _DE_FAMILIAR:
        return "familiar"
    if low in _DE_IMPERATIVE and at == sentence.first:
        return "familiar"
    if (
        low in _DE_IMPERATIVE
        and raw.islower()
        and words.text[words.ends[at - 1] : words.starts[at]].strip() in {",", ":", "–"}
        and low in {"sag", "schreib", "meld", "melde"}
    ):
        return "familiar"
    if raw in _DE_FORMAL:
        if at != sentence.first and words.text[words.ends[at - 1] : words.starts[at]].strip() not in {
            ":",
            ".",
            "?",
            "!",
            "„",
            "–",
        }:
            return "formal"
        if raw == "Ihnen" or (
            raw == "Sie"
            and at + 1 < sentence.last
            and words.folded[at + 1]
            in {
                "haben",
                "konnen",
                "mochten",
                "wollen",
                "kennen",
                "wissen",
                "suchen",
                "planen",
                "setzen",
                "finden",
            }
        ):
            return "formal" if not _they_before(words, sentence) else None
    return None


def _they_before(words: Words, sentence: Sentence) -> bool:
    """Say whether `Sie` at the start of a sentence may mean `they`: a plural noun stands just before."""
    index = words.sentence_of[sentence.first]
    if index == 0:
        return False
    before = words.sentences[index - 1]
    return any(
        words.folded[at].endswith(("en", "er", "e", "s")) and words.raw[at][0].isupper()
        for at in range(max(before.first, before.last - 6), before.last)
    )
