"""A prompt file's own words in; what a model would copy, misread or be confused by out. Each rule has its evidence beside it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from outreach.prompting.sources import Literal

#: A line that shows the shape of an answer in JSON: its braces and figures are no text.
_SHAPE = re.compile(r'^\s*(?:"[^"]*"\s*:\s*)?[{\[].*[}\]],?\s*$|"\s*:\s*(?:[{\["\d]|true|false|null)')
_STARTS = re.compile(r"(?:^|[.!?:;)\]]\s+|\{\}\s*|[\"“(\[/]\s*|^\s*(?:[-*#>]+|\w{1,2}[.)])\s+|[-–—]\s+)$")
#: A letter, or a letter with a figure: a short id of the material.
_ID = re.compile(r"[A-Z]\d*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_WORDS_OF_AN_EXAMPLE = 7
#: Lines of fewer words may well be alike; from this share of common words two of them say the same.
_SAME_WORDS, _SAME_SHARE = 7, 0.8


@dataclass(frozen=True, slots=True)
class Weakness:
    """What a rule noticed in a line, and what to do."""

    line: int
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about a prompt's words: what it means, and why we believe it."""

    id: str
    about: str
    evidence: str
    run: Callable[[Sequence[Literal]], Iterable[Weakness]]


def _copyable(lines: Sequence[Literal]) -> Iterator[Weakness]:
    table = _table()["copyable"]
    hint = "let the material give it: a model copies what stands in its prompt into messages to people whom it does not concern"
    for line in lines:
        if _SHAPE.search(line.text):
            continue
        for kind, what in (("link", "a link or address"), ("date", "a date"), ("figure", "a figure"), ("count", "a figure")):  # fmt: skip
            if match := _search(table[kind], line.text):
                yield Weakness(line.line, f"{what} that a model could copy: {match[0].strip()}", hint)
                break
        for name in _names(line.text):
            yield Weakness(line.line, f"a name that a model could copy: {name}", hint)


def _names(text: str) -> Iterator[str]:
    """Yield capitalised words inside a sentence, rows of them as one; letters of ids and names of channels are none."""
    known = set(_table()["names"]["known"])
    row: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        is_name = word[0].isupper() and word not in known and not _ID.fullmatch(word) and not _STARTS.search(text[: match.start()])  # fmt: skip
        if row and not (is_name and text[end : match.start()].isspace()):
            yield " ".join(row)
            row = []
        if is_name:
            row.append(word)
        end = match.end()
    if row:
        yield " ".join(row)


def _example(lines: Sequence[Literal]) -> Iterator[Weakness]:
    table, quoted = _table()["example"], _table()["phrases"]["quoted"]
    hint = "say what makes a message good instead of showing one: its words, shape and figures come back in every draft"
    for line in lines:
        if _SHAPE.search(line.text):
            continue
        shown = _search(table["announced"], line.text) or _search(table["greeting"], line.text)
        long = next((one[0] for one in re.finditer(quoted, line.text) if len(one[0].split()) >= _WORDS_OF_AN_EXAMPLE), "")  # fmt: skip
        if shown or long:
            yield Weakness(line.line, f"an example: {long or line.text.strip()[:60]}", hint)


def _phrase_list(lines: Sequence[Literal]) -> Iterator[Weakness]:
    table = _table()["phrases"]
    for line in lines:
        quoted = [] if _SHAPE.search(line.text) else [one[0] for one in re.finditer(table["quoted"], line.text) if " " in one[0]]  # fmt: skip
        if len(quoted) > table["most_quoted"]:
            yield Weakness(
                line.line, f"a list of {len(quoted)} phrases: {quoted[0]} …",
                "name the form of the fault, not its wordings; the rubric holds the lists and checks every draft",
            )  # fmt: skip


def _double_negation(lines: Sequence[Literal]) -> Iterator[Weakness]:
    for line in lines:
        text = re.sub(_table()["phrases"]["quoted"], '""', line.text)
        if match := _search(_table()["negation"]["double"], text):
            yield Weakness(line.line, f"two negations in one clause: {match[0]}", "say what to do, or deny one thing at a time")  # fmt: skip


def _markup(lines: Sequence[Literal]) -> Iterator[Weakness]:
    for line in lines:
        if match := _search(_table()["markup"]["found"], line.text):
            yield Weakness(line.line, f"markup: {match[0].strip()[:30]}", "write plain lines under headings: a model answers in the dress of its prompt")  # fmt: skip


def _said_twice(lines: Sequence[Literal]) -> Iterator[Weakness]:
    seen: list[tuple[int, frozenset[str]]] = []
    for line in lines:
        words = frozenset(word.casefold() for word in _WORD.findall(line.text))
        if len(words) < _SAME_WORDS:
            continue
        for number, earlier in seen:
            if len(words & earlier) >= _SAME_SHARE * len(words | earlier):
                yield Weakness(line.line, f"it says what line {number} says", "say it once, where it matters most")  # fmt: skip
                break
        seen.append((line.line, words))


RULES = (
    Rule("copyable", "no number, name, company, date or link that a model could copy",
         "seen in answers of small models: the figure of the prompt's example stood in the message as the customer's", _copyable),
    Rule("example", "no example message", "few-shot examples set the words and the shape of all answers, so that the messages of a batch look alike", _example),
    Rule("phrase-list", "a rule rather than a list of banned phrases", "a list primes what it names, and whatever is not on it gets through", _phrase_list),
    Rule("double-negation", "one negation to a clause", "models, small ones most, follow what to do better than what not to leave undone", _double_negation),
    Rule("markup", "plain text", "answers mirror the formatting of the prompt, and the channels show it as signs", _markup),
    Rule("said-twice", "nothing said twice", "repeated rules cost on every call, and two wordings of one rule are read as two rules", _said_twice),
)  # fmt: skip


def contradictions(
    own: Sequence[tuple[str, Literal]], others: Sequence[tuple[str, Literal]]
) -> Iterator[Weakness]:
    """Yield the lines of a file that say the opposite of another line, its own or one it is rendered with.

    Evidence: a model that is told both does one of them by chance, and which one differs from call to call.
    """
    for pair in _table()["contradiction"]:
        for mine, theirs in (("one", "other"), ("other", "one")):
            for _, line in own:
                if not _search(pair[mine], line.text):
                    continue
                against = next(((path, other) for path, other in (*others, *own) if other is not line and _search(pair[theirs], other.text)), None)  # fmt: skip
                # Two lines of one file are told once, at the second.
                if against is not None and (against in others or against[1].line < line.line):
                    path, other = against
                    yield Weakness(line.line, f"a contradiction: {pair['about']}", f"the other half stands at {path}:{other.line}; keep one, or say when each holds")  # fmt: skip


def budget(task: str) -> dict[str, int]:
    """Return the tokens that the halves of a task's prompt may take, `system` and `user`."""
    table = _table()["budget"]
    found: dict[str, int] = table.get(task, table["default"])
    return found


def _search(pattern: str, text: str) -> re.Match[str] | None:
    return _compiled(pattern).search(text)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(files("outreach.prompting").joinpath("data/lint.toml").read_text("utf-8"))
