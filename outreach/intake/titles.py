"""A job title in seven languages in; the title as it is said, its rank and its fields out."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import get_args

from outreach.domain.vocabulary import Function, Seniority
from outreach.intake.cells import is_blank, one_line
from outreach.intake.tables import load_table
from outreach.text.folding import folded_words

_RANKS: tuple[Seniority, ...] = get_args(Seniority)
_GENDER = re.compile(
    r"\s*[(\[]\s*(?:[mwfdxhv]\s*[/|*]\s*){1,3}[mwfdxhv]\s*[)\]]|\s*\((?:[aoe]|in|as|os)\)|(?<=\w)(?:/-?|[:*·_])(?:in|innen|a|o|as|os|e|ne|rice|trice)\b",
    re.IGNORECASE,
)
_SEGMENTS = re.compile(r"\s*[|•·●▪►➤›»]\s*|\s+//\s+|\n+")
_EMPLOYER = re.compile(
    r"\s*(?:@\s*|\s(?:at|bei|chez)\s+)(?=[^\s]).*$|^(?:@\s*|at\s+|chez\s+|bei\s+).*$", re.IGNORECASE
)
_FORMER = re.compile(
    r"(?:^|[\s,;/|(-]+)(?:ex|former|formerly|previously|fmr|ehem|ehemals|antes|anciennement)[\s.:-]+.*$",
    re.IGNORECASE,
)
_ROLE_SPLIT = re.compile(r"\s*[,;/&+]\s*|\s[-–—]\s|\s(?:and|und|y|e|et|en)\s", re.IGNORECASE)
_MAX_CHARS = 100


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A title as it is said of somebody, its rank, and its fields with the main one first."""

    text: str = ""
    seniority: Seniority | None = None
    functions: tuple[Function, ...] = ()


@lru_cache(maxsize=16384)
def read_title(raw: str, company: str = "") -> JobTitle:
    """Return the title without employer, slogan and second jobs; all empty where the cell names no job.

    Of `CTO | Speaker | Author` it is the first part that says a rank or a field; `Executive Assistant to the CEO` is an
    assistant, `Deputy CISO` no CISO.
    """
    parts = [_trimmed(part, company) for part in _SEGMENTS.split(_split_at_emoji(raw))]
    parts = [part for part in parts if part and not is_blank(part)]
    if not parts or _names_no_job(parts[0]):
        return JobTitle()
    read = [(part, *_rank_and_fields(part)) for part in parts[:4]]
    text, rank, fields = next((item for item in read if item[1] or item[2]), read[0])
    return JobTitle(_sentence_case(text), rank, fields)


def _split_at_emoji(text: str) -> str:
    """Put a bar where an emoji stands: what follows it is a slogan."""
    if text.isascii():
        return text
    return "".join(
        "|" if ord(char) >= 0x1F000 or 0x2600 <= ord(char) <= 0x27BF else char
        for char in text
        if char not in "\ufe0f\u200d®™"
    )


def _trimmed(part: str, company: str) -> str:
    text = one_line(_GENDER.sub("", part))
    if company:
        text = re.sub(
            rf"\s+(?:at|@|en|na|no|em|in|bei|chez|presso|bij|von|de|da|do)\s+{re.escape(company)}.*$",
            "",
            text,
            flags=re.IGNORECASE,
        )
    text = _EMPLOYER.sub("", text)
    text = _FORMER.sub("", text)
    text = re.sub(r"\s*#\w+", "", text).strip(" ,;:-–—|/&+.'\"“”")
    if len(text) > _MAX_CHARS:
        text = re.split(r"[.;]\s|\s[-–—]\s|,\s", text)[0][:_MAX_CHARS].rsplit(" ", 1)[0]
    return text


def _names_no_job(text: str) -> bool:
    words = " ".join(folded_words(text))
    guards = load_table("titles")["guards"]
    return words in guards["none"] or words.startswith(tuple(f"{pitch} " for pitch in guards["pitches"]))


def _rank_and_fields(text: str) -> tuple[Seniority | None, tuple[Function, ...]]:
    words = _words(text)
    assistant = _is_assistant(words)
    if assistant:
        served = _cut_served(words)
        return "assistant", _assistant_fields(words, served)
    words = _cut_others(words)
    ranks = _ranks(words)
    fields = _fields(words)
    rank = min(ranks, key=_RANKS.index) if ranks else ("individual" if fields else None)
    return rank, fields


def _words(text: str) -> list[str]:
    """Return the folded words of a title, German compounds cut in two and feminine endings taken off."""
    found: list[str] = []
    for word in folded_words(text.replace("-", " ").replace("’", " ").replace("'", " ")):
        found.extend(_compound(word))
    return found


@lru_cache(maxsize=8192)
def _compound(word: str) -> tuple[str, ...]:
    table = load_table("titles")["german"]
    if word in _lexicon("seniority") or word in _lexicon("functions"):
        return (word,)
    for head in table["heads"]:
        if word == head:
            return (head.removesuffix("in") if head.endswith(("erin", "orin", "entin", "istin")) else head,)
        if word.endswith(head) and len(word) > len(head) + 1:
            stem = word[: -len(head)]
            bare = head.removesuffix("in") if head.endswith(("erin", "orin", "entin", "istin")) else head
            return (table["stems"].get(stem, stem), bare)
    if word.endswith("in") and (word[:-2] in _lexicon("seniority") or word[:-2] in _lexicon("functions")):
        return (word[:-2],)
    return (word,)


@cache
def _lexicon(table: str) -> dict[str, tuple[str, ...]]:
    """Return phrase → what it says; longer phrases are looked up first by the reader."""
    found: dict[str, tuple[str, ...]] = {}
    for value, phrases in load_table("titles")[table].items():
        for phrase in phrases:
            found.setdefault(phrase, (value,))
    if table == "functions":
        found.update({phrase: tuple(values) for phrase, values in load_table("titles")["both"].items()})
    return found


def _matches(words: list[str], table: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """Return the phrases of a table in the words, the longest at each place, with their position."""
    lexicon = _lexicon(table)
    found: list[tuple[int, str, tuple[str, ...]]] = []
    at = 0
    while at < len(words):
        for length in range(min(5, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in lexicon:
                found.append((at, phrase, lexicon[phrase]))
                at += length
                break
        else:
            at += 1
    return found


def _ranks(words: list[str]) -> list[Seniority]:
    guards = load_table("titles")["guards"]
    ranks: list[Seniority] = []
    found = _matches(words, "seniority")
    for at, phrase, values in found:
        rank: Seniority = values[0]  # type: ignore[assignment]  # the table's keys are the vocabulary
        before = words[at - 1] if at else ""
        after = words[at + len(phrase.split())] if at + len(phrase.split()) < len(words) else ""
        if phrase == "partner" and (before or after) and before not in {"&", "senior", "managing", "founder"}:
            # `HR Business Partner`, `Partner Manager`: only a partner alone owns the firm.
            continue
        if phrase == "principal" and rank == "senior" and len(found) > 1 and ranks:
            continue
        if before in guards["deputies"] or after in {"adjunto", "adjunta", "adjoint", "adjointe", "suplente"}:
            rank = {"c_level": "director", "vp": "director", "head": "manager"}.get(rank, rank)  # type: ignore[assignment]
        ranks.append(rank)
    return ranks


def _fields(words: list[str]) -> tuple[Function, ...]:
    named = [value for _, _, values in _matches(words, "functions") for value in values]
    order = list(dict.fromkeys(named))
    # Who runs the firm and a field is of the field first; who advises on one is of the field too.
    for last in ("consulting", "general_management"):
        if last in order and len(order) > 1:
            order.remove(last)
            order.append(last)
    if not order:
        return ()
    return tuple(order[:3])  # type: ignore[arg-type]  # the table's keys are the vocabulary


def _is_assistant(words: list[str]) -> bool:
    """Tell whether the title is an assistant's, and not that of a deputy such as an `Assistant Director`."""
    guards = load_table("titles")["guards"]
    for at, word in enumerate(words):
        if _lexicon("seniority").get(word) != ("assistant",):
            continue
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in {"assistant", "asst"} and after in guards["deputised"]:
            return False
        if word in {"secretario", "secretaria", "secretary"} and after == "general":
            return False
        return word not in {"pa", "ea"} or len(words) == 1 or after in {"to", "at"} or at == len(words) - 1
    return False


def _cut_served(words: list[str]) -> list[str]:
    """Return the words of an assistant's title up to the person who is assisted."""
    others = load_table("titles")["guards"]["assistants_of"]
    for at, _, values in _matches(words, "seniority"):
        linked = any(words[max(0, at - len(link.split())) : at] == link.split() for link in others)
        if values[0] not in {"assistant", "individual", "senior"} and linked:
            return words[:at]
    return words


def _assistant_fields(words: list[str], served: list[str]) -> tuple[Function, ...]:
    serves_person = len(served) < len(words) or any(
        rank[2][0] in {"owner", "c_level", "vp", "director"} for rank in _matches(words, "seniority")
    )
    fields = [field for field in _fields(served) if field not in {"general_management"}]
    if serves_person or not fields or "executive_assistance" in fields:
        return ("executive_assistance",)
    return tuple(fields)


def _cut_others(words: list[str]) -> list[str]:
    """Cut a title where it goes on to somebody else's rank: `Advisor to the CEO`."""
    others = load_table("titles")["guards"]["others"]
    for at, _, values in _matches(words, "seniority"):
        if values[0] in {"individual", "senior", "lead", "intern", "assistant"}:
            continue
        for link in others:
            size = len(link.split())
            if at > size and words[at - size : at] == link.split():
                return words[: at - size]
    return words


def _sentence_case(text: str) -> str:
    """Write a title in capitals as titles are written; short ones are abbreviations and stay."""
    letters = [char for char in text if char.isalpha()]
    if (
        len(letters) < 7
        or any(char.islower() for char in letters)
        or not any(char.isupper() for char in letters)
    ):
        return text
    small = load_table("companies")["display"]["lower"]
    done = []
    for index, word in enumerate(text.split()):
        core = "".join(folded_words(word))
        if index and core in small:
            done.append(word.lower())
        elif (
            len(core) <= 3 and _lexicon("functions").get(core, _lexicon("seniority").get(core)) is not None
        ) or (len(core) <= 4 and not re.search(r"[aeiou]", core)):
            done.append(word)
        else:
            done.append(word[:1] + word[1:].lower())
    return " ".join(done)
