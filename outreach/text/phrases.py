"""Phrase families written as small patterns in; an index out that finds all of them in one walk over a text's words.

A pattern is a row of words: `a|b` either word · `walk*` words that begin so · `x?` may be missing · `(a b|c d)` either row ·
`{set}` a named set of words · `_3` up to three other words · `#` a number · `^` first: the start · `$` the end of a sentence.
A phrase never runs over the end of a sentence.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from outreach.text.tokens import Words, fold, split_words

_LEXER = re.compile(r"[()|?]|\{\w+\}|[^\s()|?{}]+|\s+")
#: The automaton is built as texts need it; when it has grown this large it starts afresh.
_MAX_STATES = 20_000
#: Stands for the end of a sentence where a pattern asks for it; no word of a text looks so.
_END = "$"


class Hit(NamedTuple):
    """A phrase found: tokens `first` up to, not including, `last`; `pattern` is its number in the index."""

    first: int
    last: int
    pattern: int


class _Label(NamedTuple):
    family: str
    pattern: int


@dataclass(slots=True, eq=False)
class _State:
    """A place in a pattern: what may come next, and what is complete here."""

    exact: dict[str, list["_State"]] = field(default_factory=dict)
    stems: list[tuple[str, "_State"]] = field(default_factory=list)
    number: list["_State"] = field(default_factory=list)
    anything: list["_State"] = field(default_factory=list)
    labels: list[_Label] = field(default_factory=list)

    def absorb(self, other: "_State") -> None:
        """Take over everything that may happen at `other`: the way past something that may be missing."""
        for word, states in other.exact.items():
            self.exact.setdefault(word, []).extend(states)
        self.stems.extend(other.stems)
        self.number.extend(other.number)
        self.anything.extend(other.anything)
        self.labels.extend(other.labels)


@dataclass(slots=True, eq=False)
class _Node:
    """A set of states as one step of the automaton, with the steps found so far."""

    states: tuple[_State, ...]
    labels: tuple[_Label, ...]
    after: dict[str, "_Node | None"] = field(default_factory=dict)


class PhraseIndex:
    """Patterns of many families; `find` gives the hits of all of them in a text."""

    def __init__(self) -> None:
        """Begin without patterns."""
        self.sources: list[str] = []
        self._anywhere = _State()
        self._at_start = _State()
        self._nodes: dict[tuple[int, ...], _Node] = {}
        self._roots: tuple[_Node, _Node] | None = None

    def add(self, family: str, pattern: str, sets: Mapping[str, str], language: str) -> None:
        """Add one pattern. Raises ValueError when it cannot be read."""
        number = len(self.sources)
        self.sources.append(pattern)
        body = pattern.strip()
        at_start = body.startswith("^ ")
        done = _State(labels=[_Label(family, number)])
        try:
            first = _Reader(body.removeprefix("^ "), sets, language).read(done)
        except (KeyError, IndexError, ValueError) as error:
            msg = f"cannot read the pattern {pattern!r}: {error}"
            raise ValueError(msg) from None
        if first.labels or first.anything:
            msg = f"a pattern must begin with a word: {pattern!r}"
            raise ValueError(msg)
        (self._at_start if at_start else self._anywhere).absorb(first)
        self._roots = None

    def find(self, words: Words) -> dict[str, list[Hit]]:
        """Return the hits by family in order of position, of each start the longest."""
        found: dict[str, list[Hit]] = {}
        folded = words.folded
        start_root, inner_root = self._root_nodes()
        for sentence in words.sentences:
            end = sentence.last
            for at in range(sentence.first, end):
                node: _Node | None = start_root if at == sentence.first else inner_root
                here = at
                while node is not None and here < end:
                    word = folded[here]
                    node = node.after[word] if word in node.after else self._step(node, word)
                    here += 1
                    if node is not None and node.labels:
                        _note(found, node.labels, at, here)
                if node is not None and here == end:
                    node = node.after[_END] if _END in node.after else self._step(node, _END)
                    if node is not None and node.labels:
                        _note(found, node.labels, at, here)
        return found

    def _root_nodes(self) -> tuple[_Node, _Node]:
        if self._roots is None or len(self._nodes) > _MAX_STATES:
            self._nodes.clear()
            self._roots = (self._node([self._anywhere, self._at_start]), self._node([self._anywhere]))
            for root in self._roots:
                root.labels = ()
        return self._roots

    def _node(self, states: Iterable[_State]) -> _Node:
        unique = {id(state): state for state in states}
        key = tuple(sorted(unique))
        node = self._nodes.get(key)
        if node is None:
            labels = tuple(dict.fromkeys(label for state in unique.values() for label in state.labels))
            node = self._nodes[key] = _Node(tuple(unique.values()), labels)
        return node

    def _step(self, node: _Node, word: str) -> "_Node | None":
        following: list[_State] = []
        is_number = word[0].isdigit()
        owner = word.removesuffix("'s")
        for state in node.states:
            following.extend(state.exact.get(word) or state.exact.get(owner) or ())
            if word == _END:
                continue
            following.extend(target for stem, target in state.stems if word.startswith(stem))
            following.extend(state.anything)
            if is_number:
                following.extend(state.number)
        result = self._node(following) if following else None
        if len(node.after) < _MAX_STATES:
            node.after[word] = result
        return result


def _note(found: dict[str, list[Hit]], labels: tuple[_Label, ...], at: int, here: int) -> None:
    for label in labels:
        hits = found.setdefault(label.family, [])
        if hits and hits[-1].first == at:
            hits[-1] = Hit(at, here, label.pattern)
        else:
            hits.append(Hit(at, here, label.pattern))


class _Reader:
    """Reads one pattern from right to left into states."""

    def __init__(self, pattern: str, sets: Mapping[str, str], language: str) -> None:
        self.language = language
        self.sets = sets
        self.items = [item for item in _LEXER.findall(pattern) if item]
        self.at = 0

    def read(self, done: _State) -> _State:
        rows = self._row(outer=True)
        if self.at < len(self.items):
            msg = f"unexpected {self.items[self.at]!r}"
            raise ValueError(msg)
        return _compile(rows, done)

    def _row(self, *, outer: bool) -> "list[_Item]":
        """Read items up to the end, or inside parentheses up to `|` or `)`."""
        row: list[_Item] = []
        while self.at < len(self.items):
            token = self.items[self.at]
            if token.isspace():
                self.at += 1
            elif token == ")" or (token == "|" and not outer):
                break
            else:
                row.append(self._item(outer=outer))
        return row

    def _item(self, *, outer: bool) -> "_Item":
        choices = self._choice()
        while outer and self.at < len(self.items) and self.items[self.at] == "|":
            self.at += 1
            choices = choices + self._choice()
        optional = self.at < len(self.items) and self.items[self.at] == "?"
        self.at += optional
        return _Item(choices, optional)

    def _choice(self) -> "list[list[_Item] | _Word]":
        token = self.items[self.at]
        self.at += 1
        if token == "(":
            rows: list[list[_Item] | _Word] = [self._row(outer=False)]
            while self.items[self.at] == "|":
                self.at += 1
                rows.append(self._row(outer=False))
            if self.items[self.at] != ")":
                msg = "a parenthesis is not closed"
                raise ValueError(msg)
            self.at += 1
            return rows
        if token.startswith("{"):
            return [_word(word, self.language) for word in self.sets[token[1:-1]].split("|")]
        return [_word(token, self.language)]


class _Word(NamedTuple):
    kind: str
    parts: tuple[str, ...] = ()
    gap: int = 0


class _Item(NamedTuple):
    choices: "list[list[_Item] | _Word]"
    optional: bool


def _word(token: str, language: str) -> _Word:
    if token == "#":
        return _Word("number")
    if token == _END:
        return _Word("exact", (_END,))
    if token.startswith("_") and token[1:].isdigit():
        return _Word("gap", (), int(token[1:]))
    if token.endswith("*"):
        return _Word("stem", (fold(token[:-1]),))
    parts = tuple(split_words(token, language))
    if not parts:
        msg = f"no word in {token!r}"
        raise ValueError(msg)
    return _Word("exact", parts)


def _compile(row: list[_Item], done: _State) -> _State:
    state = done
    for item in reversed(row):
        merged = _State()
        for choice in item.choices:
            merged.absorb(
                _compile_word(choice, state) if isinstance(choice, _Word) else _compile(choice, state)
            )
        if item.optional:
            merged.absorb(state)
        state = merged
    return state


def _compile_word(word: _Word, done: _State) -> _State:
    if word.kind == "number":
        return _State(number=[done])
    if word.kind == "stem":
        return _State(stems=[(word.parts[0], done)])
    if word.kind == "gap":
        state = done
        for _ in range(word.gap):
            wider = _State(anything=[state])
            wider.absorb(done)
            state = wider
        return state
    state = done
    for part in reversed(word.parts):
        state = _State(exact={part: [state]})
    return state
