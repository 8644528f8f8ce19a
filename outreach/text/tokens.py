"""A text in; its words out, once and for all: folded forms, positions, sentences. Every check reads this one pass."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

#: Letters with inner apostrophes are one word (`don't`); digits with inner separators are one (`1,250`). `e-mail` is `email`.
_WORDS = re.compile(r"[eE]-[mM]ail\w*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
#: French and Italian elisions are words of their own: `l'` + `atelier`.
_WORDS_ELIDED = re.compile(r"[eE]-[mM]ail\w*|[^\W\d_]+['’]?|\d+(?:[.,:]\d+)*")
_ELIDING = frozenset({"fr", "it", "ca"})

_BREAK = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s|$)|\n+|[¡¿](?=\S)|(?<=[:;])\s+(?=[¡¿])")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nr e.g i.e eg ie z.b bzw ca u.a d.h usw inkl vgl sr sra srta dra ing lic arq eng exma exmo m mm mme mlle"
    " p.ej ej vs approx co inc ltd corp bros jr ud uds vd n.º fig vol art hr fr abt str mio mrd tsd p a.m p.m etc av".split()
)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word without case, accents, hyphens and curly apostrophes: `Straße` → `strasse`, `É` → `e`."""
    if word.isascii():
        return word.lower().replace("-", "")
    plain = unicodedata.normalize(
        "NFD", word.casefold().replace("’", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l")
    )
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("-", "")


@dataclass(slots=True)
class Sentence:
    """A sentence: its span in the text, its words, and the mark that ends it."""

    start: int
    end: int
    first: int
    last: int
    mark: str = ""
    line_start: bool = False

    @property
    def words(self) -> range:
        """Indices of its tokens."""
        return range(self.first, self.last)


@dataclass(slots=True)
class Words:
    """The tokens of a text as parallel lists, and its sentences. Positions are code points of `text`."""

    text: str
    language: str
    raw: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.raw)

    def span_text(self, first: int, last: int) -> str:
        """Return the text from token `first` up to, not including, token `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    def sentence_text(self, index: int) -> str:
        """Return the text of a sentence."""
        sentence = self.sentences[index]
        return self.text[sentence.start : sentence.end]


def split_words(text: str, language: str) -> list[str]:
    """Return the folded words of a short text, cut as `read_words` cuts them."""
    pattern = _WORDS_ELIDED if language in _ELIDING else _WORDS
    return [fold(match) for match in pattern.findall(text)]


def read_words(text: str, language: str) -> Words:
    """Cut a text into words and sentences in one pass. The text is taken as it is; normalise it before."""
    pattern = _WORDS_ELIDED if language in _ELIDING else _WORDS
    raw: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in pattern.finditer(text):
        raw.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    words = Words(text, language, raw, [fold(word) for word in raw], starts, ends)
    _cut_sentences(words)
    return words


def _cut_sentences(words: Words) -> None:
    """Fill in the sentences. A line end cuts unless the line goes on in small letters without a mark before it."""
    text, starts = words.text, words.starts
    token = 0
    start = 0
    line_start = True
    for stop, mark, at_line_end in _breaks(text):
        first = token
        while token < len(starts) and starts[token] < stop:
            token += 1
        _close(words, start, stop, first, token, mark, line_start)
        if token > first or at_line_end:
            line_start = at_line_end
        start = stop
    _close(words, start, len(text), token, len(starts), "", line_start)


def _close(words: Words, start: int, stop: int, first: int, last: int, mark: str, line_start: bool) -> None:
    if last <= first:
        return
    text = words.text
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    words.sentence_of.extend([len(words.sentences)] * (last - first))
    words.sentences.append(Sentence(start, stop, first, last, mark, line_start))


def _breaks(text: str) -> "list[tuple[int, str, bool]]":
    found: list[tuple[int, str, bool]] = []
    for match in _BREAK.finditer(text):
        mark = match.group()
        at, stop = match.span()
        if mark[0] == "\n":
            if _line_goes_on(text, at, stop, mark):
                continue
            found.append((at, "", True))
        elif mark[0] in "¡¿" or not mark.strip():
            found.append((at, "", False))
        elif mark[0] == "." and _is_abbreviation(text, at, stop):
            continue
        else:
            found.append((stop, "?" if "?" in mark else mark[0], False))
    return found


def _line_goes_on(text: str, at: int, stop: int, mark: str) -> bool:
    if len(mark) > 1 or at == 0 or stop >= len(text):
        return False
    return (
        text[stop].islower()
        and (text[at - 1].isalnum() or text[at - 1] in ",;")
        and at - text.rfind("\n", 0, at) > 45
    )


def _is_abbreviation(text: str, at: int, stop: int) -> bool:
    """Say whether a full stop belongs to a shortened word, an initial or an ordinal rather than to the sentence."""
    begin = at
    while begin > 0 and at - begin < 12 and (text[begin - 1].isalnum() or text[begin - 1] in ".º"):
        begin -= 1
    word = text[begin:at]
    if stop < len(text) and text[stop] == "\n":
        return False
    following = text[stop : stop + 2].strip()
    if following[:1].islower():
        return True
    if word.lower() in _ABBREVIATIONS:
        return bool(following)
    return (len(word) == 1 and word.isupper()) or (word.isdigit() and len(word) <= 2 and bool(following) and following[0].isalpha()
                                                    and _month_follows(text, stop))  # fmt: skip


def _month_follows(text: str, stop: int) -> bool:
    word = text[stop : stop + 16].split()
    return bool(word) and fold(word[0])[:3] in {
        "jan",
        "feb",
        "mar",
        "apr",
        "mai",
        "jun",
        "jul",
        "aug",
        "sep",
        "okt",
        "nov",
        "dez",
    }
