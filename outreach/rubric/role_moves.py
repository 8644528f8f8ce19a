"""A message in; what a buying role may find out of place in it out: moves and asks, where they stand."""

from collections.abc import Callable, Iterator

from outreach.grounding.support_index import RUN_WORDS
from outreach.rubric.checks_asks import meeting_ask
from outreach.rubric.view import View
from outreach.text.phrases import Hit
from outreach.text.tokens import read_words

Span = tuple[int, int]

#: Part of the line that says what the sender does, in a row, from which it is told.
_MOST = 0.6

#: Sources whose words are the reader's or locked: a phrase that stands in one of them is not the writer's choice.
_NOT_OURS = frozenset({"fact", "pain", "claim", "role", "company", "industry"})
#: Words before a phrase among which a `no` or `without` turns it round.
_REACH = 3


class RoleReading:
    """The phrases of a message that matter to buying roles, found in its raw words."""

    def __init__(self, view: View) -> None:
        """Walk over the message once."""
        self.view = view
        self._found = view.lists.roles.find(view.words) if view.lists else {}

    def hits(self, family: str) -> Iterator[Hit]:
        """Yield the phrases of a family that the writer chose: not the reader's words, not turned round, not in the sign-off."""
        for hit in self._found.get(family, []):
            if hit.first in self._content and not self._is_turned_round(hit) and not self._is_theirs(hit):
                yield hit

    def put_to_reader(self, family: str) -> Iterator[Hit]:
        """Yield the phrases of a family that `hits` does and that stand in a question or a request."""
        return (hit for hit in self.hits(family) if self._is_put(hit))

    def holds(self, *families: str, put: bool = False) -> bool:
        """Say whether a phrase of these families stands in the message, in whosever words; `put`: in a question or request."""
        return any(not put or self._is_put(hit) for name in families for hit in self._found.get(name, []))

    def _is_put(self, hit: Hit) -> bool:
        index = self.view.words.sentence_of[hit.first]
        requests = self.view.phrases.get("request", [])
        return self.view.sentence(index).mark == "?" or any(
            self.view.words.sentence_of[request.first] == index for request in requests
        )

    @property
    def _content(self) -> frozenset[int]:
        return frozenset(self.view.content_tokens)

    def _is_turned_round(self, hit: Hit) -> bool:
        view = self.view
        start = max(view.sentence(view.words.sentence_of[hit.first]).first, hit.first - _REACH)
        negated = view.lists.words["negated"] if view.lists else frozenset[str]()
        return any(word in negated for word in view.words.folded[start : hit.first])

    def _is_theirs(self, hit: Hit) -> bool:
        row = tuple(self.view.words.folded[hit.first : hit.last])
        return any(
            source.folded[at : at + len(row)] == row
            for source in self.view.ground.sources
            if source.kind in _NOT_OURS and row[0] in source.folded
            for at in range(len(source.folded) - len(row) + 1)
        )


def find_move(view: View, move: str) -> Span | None:
    """Return where a move stands that a policy calls out of place; None where it does not, or is for the writer's eyes alone."""
    finder = _MOVES.get(move.strip().casefold())
    return finder(view) if finder else None


def find_ask(view: View, kind: str) -> Span | None:
    """Return where a message asks for something of a kind: `question` is an opinion or interest, `buy` a purchase."""
    finder = _ASKS.get(kind)
    return finder(view) if finder else None


def product_told(view: View) -> Span | None:
    """Return where the line that says what the sender's company does is told, or part of it."""
    line = read_words(view.context.sender.product, view.language).folded
    # A few words of it stand in asks, too: most of the line must be there.
    size = min(len(line), max(RUN_WORDS, round(_MOST * len(line))))
    if not size:
        return None
    rows = {tuple(line[at : at + size]) for at in range(len(line) - size + 1)}
    content = frozenset(view.content_tokens)
    starts = [at for at in view.run_starts(frozenset(rows), size) if at in content]
    return (view.words.starts[starts[0]], view.words.ends[starts[-1] + size - 1]) if starts else None


def _phrase(family: str, *, asked: bool = False) -> Callable[[View], Span | None]:
    def find(view: View) -> Span | None:
        reading = RoleReading(view)
        hit = next(reading.put_to_reader(family) if asked else reading.hits(family), None)
        return view.span(hit) if hit else None

    return find


def _meeting(view: View) -> Span | None:
    hit = next(RoleReading(view).put_to_reader("meeting"), None) or meeting_ask(view)
    return view.span(hit) if hit else None


def _product(view: View) -> Span | None:
    return _phrase("product")(view) or product_told(view)


def _urgency(view: View) -> Span | None:
    pushed = next((hit for hit in view.phrases.get("pushy", []) if not view.in_context(hit)), None)
    return view.span(pushed) if pushed else _phrase("urgency")(view)


def _figures(view: View) -> Span | None:
    """Find a figure that proves something: one of the claims."""
    proven = {
        value for known, source in view.ground.numbers if source.kind == "claim" for value in known.values
    }
    for number in view.numbers:
        large = number.value > 10 or number.kind == "percent"
        if large and number.value in proven and number.first in view.content_tokens:
            return number.start, number.end
    return None


_MOVES: dict[str, Callable[[View], Span | None]] = {
    "price": _phrase("price"),
    "product": _product,
    "features": _phrase("features"),
    "figures": _figures,
    "flattery": _phrase("flattery"),
    "urgency": _urgency,
    "adjectives": _phrase("adjectives"),
    "bypass": _phrase("bypass"),
    "meeting": _meeting,
    "trial": _phrase("trial", asked=True),
    "forward": _phrase("forward", asked=True),
}

_ASKS: dict[str, Callable[[View], Span | None]] = {
    "meeting": _meeting,
    "trial": _MOVES["trial"],
    "forward": _MOVES["forward"],
    "question": _phrase("opinion", asked=True),
    "buy": _phrase("buy", asked=True),
}
