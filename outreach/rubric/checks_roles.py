"""A message or sequence and the policy of the reader's buying role in; breaches of the policy out. Without a policy: nothing."""

from collections.abc import Iterator

from outreach.domain.vocabulary import AskKind
from outreach.grounding.support_index import RUN_WORDS, company_words, content_stems
from outreach.rubric.registry import Note, check
from outreach.rubric.role_moves import RoleReading, find_ask, find_move, product_told
from outreach.rubric.sequence_view import SequenceView
from outreach.rubric.units import units_in
from outreach.rubric.view import View
from outreach.text.folding import stem
from outreach.text.tokens import read_words

#: Words over the role's limit, as a share of it, that are still only a warning.
_GRACE = 0.25


@check("role.length", defect=None, dimension="length", severity="warn", languages=None,
       about="The message has no more words than suit the reader's buying role; a quarter more is an error.",
       evidence="Practice: an assistant reads three lines, an engineer ten.", example="110 words to an assistant, where 80 are enough", fixed="the same request in 60 words")  # fmt: skip
def length(view: View) -> Iterator[Note]:
    """Remark on the words beyond the role's limit."""
    limit = view.context.policy.max_words.get(view.channel)
    if limit is None or view.word_count <= limit:
        return
    over = view.word_count - limit
    words = [at for at in range(len(view.words)) if any(char.isalnum() for char in view.words.raw[at])]
    first = words[min(limit, len(words) - 1)]
    end = view.sentence(view.words.sentence_of[first]).end
    yield Note(
        f"{view.word_count} words, {limit} are enough for this buying role",
        f"cut {over} word{'s' if over > 1 else ''}: {limit} at most",
        view.words.starts[first],
        max(end, view.words.ends[first]),
        severity="error" if over > _GRACE * limit else None,
    )


@check("role.move", defect=None, dimension="tone",
       about="The message makes no move that is out of place for the reader's buying role, such as a price to an assistant or praise to a CFO.",
       evidence="Practice: who is not asked to decide is not to be sold to.", example="to a gatekeeper: a creamery cut rejects by 18 %", fixed="Who looks after the filler, and may I send that person a page?")  # fmt: skip
def move(view: View) -> Iterator[Note]:
    """Flag each move that the policy forbids."""
    for name in view.context.policy.forbidden:
        found = find_move(view, name)
        if found is not None:
            said = view.text[found[0] : found[1]]
            yield Note(f"out of place for this buying role: {name}", f"leave out `{said}`", *found)


@check("role.ask", defect=None, dimension="structure",
       about="The message asks for nothing that the reader's buying role may be asked in no step: no call of an adviser, no opinion of an assistant.",
       evidence="Practice: what is not theirs to give is refused for us.", example="to a gatekeeper: what do you think of our cameras?", fixed="Who looks after the filler?")  # fmt: skip
def ask(view: View) -> Iterator[Note]:
    """Flag an ask of a kind that the policy allows nowhere. What it also forbids by name is `role.move`'s."""
    policy = view.context.policy
    if not policy.asks:
        return
    forbidden = {stem(name.strip().casefold()) for name in policy.forbidden}
    for kind, name in _KINDS.items():
        if kind in policy.asks or stem(kind) in forbidden or (kind == "forward" and "route" in policy.asks):
            continue
        found = find_ask(view, kind)
        if found is not None:
            yield Note(
                f"asks for {name}, which this buying role is not to be asked",
                f"ask for one of these instead: {', '.join(kind for kind in policy.asks if kind != 'none')}",
                *found,
            )


#: Kinds of ask that can be told from the words, and how they are called. No policy allows a purchase.
_KINDS: dict[AskKind | str, str] = {
    "meeting": "a meeting",
    "trial": "a trial",
    "forward": "a word to others",
    "question": "an opinion or interest",
    "buy": "a purchase",
}


@check("role.route", defect=None, dimension="sequence", scope="sequence",
       about="A gatekeeper is asked in some message for the right person, or given something to pass on.",
       evidence="Practice: routing is what an assistant can do for us.", example="three messages to an assistant about rejected bottles", fixed="Who looks after the filler, and may I send that person a page?")  # fmt: skip
def route(seen: SequenceView) -> Iterator[Note]:
    """Flag a sequence to a gatekeeper that never asks to be routed."""
    if seen.record.context.policy.buying_role != "gatekeeper" or not _written(seen):
        return
    if any(RoleReading(view).holds("route", "pass_on", put=True) for view in _written(seen)):
        return
    yield Note(
        f"step {_written(seen)[-1].record.step}: no message asks a gatekeeper for the right person",
        "ask in one message who looks after the subject, or whether it may be passed on",
    )


@check("role.forward", defect=None, dimension="sequence", severity="warn", scope="sequence",
       about="A champion gets something to pass on, where the offer holds something.",
       evidence="Practice: who wins others for it needs more than our word.", example="three messages to a champion, each with a question", fixed="Shall I send a one-page summary that you can pass on?")  # fmt: skip
def forward(seen: SequenceView) -> Iterator[Note]:
    """Warn of a sequence to a champion that offers nothing to pass on."""
    policy = seen.record.context.policy
    if policy.buying_role != "champion" or not policy.pass_on:
        return
    for view in _written(seen):
        if RoleReading(view).holds("pass_on") or any(_names(view, text) for text in policy.pass_on):
            return
    yield Note(
        "nothing is offered that a champion could pass on", f"offer in one message: {policy.pass_on[0]}"
    )


def _names(view: View, text: str) -> bool:
    """Say whether a message names something of the offer in its own words: a row of them."""
    told = read_words(text, view.language).folded
    size = min(RUN_WORDS, len(told))
    rows = {tuple(told[at : at + size]) for at in range(len(told) - size + 1)}
    return bool(size and view.run_starts(frozenset(rows), size))


@check("role.product_first", defect=None, dimension="sequence", scope="sequence",
       about="The first message that is no connection note speaks of the reader before it names the sender's firm or product.",
       evidence="Practice; Gong (D): who begins with themselves is read as one of many.", example="Hi Nadia, Fillwatch makes cameras for fillers. How many bottles are rejected in Truro?", fixed="Hi Nadia, how many bottles are rejected in Truro? Fillwatch makes cameras for fillers.")  # fmt: skip
def product_first(seen: SequenceView) -> Iterator[Note]:
    """Flag a first message in which the sender's firm or product comes before anything of the reader."""
    if seen.record.context.policy.buying_role is None or not _written(seen):
        return
    view = _written(seen)[0]
    at = _first_of_ours(view)
    if at is not None and not _is_of_reader(view, at):
        yield Note(
            f"step {view.record.step} speaks of the sender before the reader",
            "begin with what you know of them; say who you are after it, or in the signature",
            quote=view.words.sentence_text(view.words.sentence_of[at]).strip(),
        )


def _written(seen: SequenceView) -> list[View]:
    return [view for view in seen.views if view.channel != "connection_request"]


def _first_of_ours(view: View) -> int | None:
    """Return the first token that names the sender's firm, its product or its line."""
    firm = company_words(view.context.sender.company)
    tokens = view.content_tokens
    found = [at for at in tokens if firm and tuple(view.words.folded[at : at + len(firm)]) == firm]
    found += [hit.first for hit in RoleReading(view).hits("product")]
    line = product_told(view)
    if line is not None:
        found += [at for at in tokens if view.words.starts[at] == line[0]]
    return min(found, default=None)


def _is_of_reader(view: View, at: int) -> bool:
    """Say whether the text before a token holds the reader's firm, a fact, a problem, a question, or a word to the reader."""
    before = [token for token in view.content_tokens if token < at]
    folded, sentences = view.words.folded, view.words.sentence_of
    if any(folded[token] in view.ground.company for token in before):
        return True
    if any(
        view.sentence(index).mark == "?" for index in {sentences[token] for token in before} - {sentences[at]}
    ):
        return True
    polite = {sentences[hit.first] for name in ("accepted", "courtesy") for hit in view.phrases.get(name, [])}
    second = view.lists.words.get("second", frozenset()) if view.lists else frozenset[str]()
    if any(folded[token] in second and sentences[token] not in polite for token in before):
        return True
    stems = content_stems((folded[token] for token in before), view.language, view.lists)
    told = units_in(stems, [number for number in view.numbers if number.first < at], view)
    return any(not ref.startswith("claim") for ref in told)
