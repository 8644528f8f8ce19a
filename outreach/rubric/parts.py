"""The words of a message in; its parts out: greeting with name and honorific, content sentences, sign-off."""

from dataclasses import dataclass, field
from functools import lru_cache

from outreach.domain.judgement import Context
from outreach.domain.vocabulary import LANGUAGES
from outreach.text.languages import pack
from outreach.text.tokens import Sentence, Words, split_words


@dataclass(slots=True)
class Greeting:
    """The greeting: tokens up to `last`, the name in it, and what it says of title and gender."""

    first: int
    last: int
    name: list[int] = field(default_factory=list)
    honorifics: list[int] = field(default_factory=list)
    word: str = ""


@dataclass(slots=True)
class Parts:
    """Greeting, content sentences `(index, sentence, tokens)`, and indices of sign-off sentences."""

    greeting: Greeting | None
    content: list[tuple[int, Sentence, range]]
    closing: list[int]
    before_greeting: list[int] = field(default_factory=list)


@lru_cache(maxsize=1)
def greeting_words() -> frozenset[str]:
    """Return the words that open a greeting in any language."""
    return _union("greetings")


@lru_cache(maxsize=8)
def _union(name: str) -> frozenset[str]:
    return frozenset(word for code in LANGUAGES if (lists := pack(code)) for word in lists.words[name])


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Return honorifics and titles in any language."""
    return _union("masculine") | _union("feminine") | _union("titles")


def read_parts(words: Words, context: Context) -> Parts:
    """Find greeting and sign-off; everything between is content."""
    if not words.sentences:
        return Parts(None, [], [])
    names = set(split_words(f"{context.prospect.first_name} {context.prospect.last_name}", words.language))
    greeting, greeted = None, 0
    for index, sentence in enumerate(words.sentences[:6]):
        greeting = _greeting(words, sentence, names)
        if greeting is not None and (index == 0 or sentence.line_start):
            greeted = index
            break
        greeting = None
    closing = _closing(words, context, greeted)
    content = []
    for index, sentence in enumerate(words.sentences):
        if index < greeted or index in closing:
            continue
        first = greeting.last if greeting is not None and index == greeted else sentence.first
        if first < sentence.last:
            content.append((index, sentence, range(first, sentence.last)))
    return Parts(greeting, content, closing, list(range(greeted)))


def _greeting(words: Words, sentence: Sentence, names: set[str]) -> Greeting | None:
    """Read `Hi Ana,` · `Sehr geehrte Frau Dr. Weiß,` · `Madame Kermarrec,` · `Bastien,` at the start of a sentence."""
    opening, all_titles, folded = greeting_words(), titles(), words.folded
    at = sentence.first
    first_word = folded[at]
    begins = first_word in opening or first_word in all_titles
    if not begins:
        return _bare_name(words, sentence, names)
    name: list[int] = []
    honorifics: list[int] = []
    here = at
    while here < sentence.last and here - at < 9:
        word, raw = folded[here], words.raw[here]
        if here > at and _cut_before(words, here):
            break
        if word in all_titles and not (word in names and honorifics):
            honorifics.append(here)
        elif (word in opening and not name) or (word in _JOINING and (honorifics or not name)):
            pass
        elif (
            raw[0].isupper()
            or word in names
            or (name and word in _PARTICLES)
            or (not name and here == at + 1 and _cut_after(words, here, sentence))
        ):
            name.append(here)
        else:
            break
        here += 1
    if here < sentence.last and not _cut_before(words, here) and not name and not honorifics:
        # `¿Qué tal?` greets, `¿Qué persona se ocupa?` asks.
        asks = sentence.mark == "?" and sentence.last - at > _LONGEST_GREETING
        return Greeting(at, here, [], [], first_word) if first_word in opening and not asks else None
    return Greeting(at, here, name, honorifics, first_word)


#: Words of the longest question that is a greeting, such as `¿Qué tal todo por ahí?`.
_LONGEST_GREETING = 5

_PARTICLES = frozenset(
    "van von de da do dos das del della di la le der den zu el al bin ibn ter ten y e".split()
)
_JOINING = frozenset(
    "good buenos buenas dias tardes noches bom boa dia tarde noite guten gute tag morgen abend sehr geehrte geehrter geehrtes muy senor my".split()
)


def _bare_name(words: Words, sentence: Sentence, names: set[str]) -> Greeting | None:
    """Read `Bastien, je pensais…`: a line that begins with the prospect's own name and a comma."""
    here = sentence.first
    name: list[int] = []
    while here < sentence.last and words.raw[here][0].isupper() and len(name) < 3:
        name.append(here)
        here += 1
        if _cut_after(words, here - 1, sentence):
            break
    if (
        name
        and _cut_after(words, name[-1], sentence)
        and len(name) <= 2
        and any(words.folded[at] in names for at in name)
    ):
        return Greeting(sentence.first, here, name, [], "")
    return None


def _cut_before(words: Words, here: int) -> bool:
    between = words.text[words.ends[here - 1] : words.starts[here]]
    return (
        bool(between.strip(" .-'’\u00a0"))
        or "\n" in between
        or ("." in between and words.folded[here - 1] not in titles())
    )


def _cut_after(words: Words, here: int, sentence: Sentence) -> bool:
    if here + 1 >= len(words):
        return True
    after = words.text[words.ends[here] : words.starts[here + 1]]
    return here + 1 >= sentence.last or any(char in after for char in ",:!;–—\n")


def _closing(words: Words, context: Context, greeted: int) -> list[int]:
    """Return the sentences of the sign-off: closing formulas, the sender's name, firm and signature on lines of their own."""
    sender = set(split_words(context.sender.name, words.language))
    firm = set(split_words(context.sender.company, words.language))
    signed = sender | firm | set(split_words(context.sender.signature, words.language))
    closings = _union("closings")
    found: list[int] = []
    for index in range(len(words.sentences) - 1, greeted, -1):
        sentence = words.sentences[index]
        row = words.folded[sentence.first : sentence.last]
        size = len(row)
        if (
            size <= 6
            and sentence.mark != "?"
            and (
                signed.issuperset(row)
                or (
                    sentence.line_start
                    and (sum(word in closings for word in row) * 2 > size or (row[0] in sender and size <= 5))
                )
            )
        ):
            found.append(index)
        elif (found and len(found) >= 1 and index < found[-1] - 1) or (
            not found and len(words.sentences) - index > 4
        ):
            break
    return sorted(found)
