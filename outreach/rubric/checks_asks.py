"""What the reader is asked for: something, one thing, nothing too early, and no link in a connection request."""

import re
from collections.abc import Iterator

from outreach.rubric.checks_compliance import way_out_sentences
from outreach.rubric.foreign_links import is_name_in_context
from outreach.rubric.links import links
from outreach.rubric.registry import Note, check
from outreach.rubric.view import View
from outreach.text.phrases import Hit
from outreach.text.tokens import Sentence


@check("C1", defect="no_cta", dimension="structure",
       about="The reader is asked or offered something, in any form.", evidence="Gong (D): a soft ask beats none and beats a meeting ask.",
       example="We remain at your disposal.", fixed="Shall I send the one-page summary?")  # fmt: skip
def no_ask(view: View) -> Iterator[Note]:
    """Flag a message without a question or request."""
    if view.channel == "connection_request":
        return
    # `Not for you? Just say so` below the signature is a way out and asks for nothing.
    out = way_out_sentences(view) if view.channel == "email" and view.parts.closing else set[int]()
    out = {at for at in out if at > max(view.parts.closing)} if out else out
    asked = {
        at
        for at, sentence in enumerate(view.words.sentences)
        if "?" in view.words.sentence_text(at) or sentence.mark == "?"
    }
    asked |= {
        view.words.sentence_of[hit.first]
        for hit in view.phrases.get("request", [])
        if not view.is_quoted(view.words.starts[hit.first])
    }
    if asked - out:
        return
    yield Note("nothing is asked or offered", "end with one question that can be answered in a line")


#: Families of actions. Two different ones are two asks.
_ACTIONS = (
    "ask_meet",
    "ask_visit",
    "ask_signup",
    "ask_refer",
    "ask_form",
    "ask_order",
    "ask_social",
    "ask_calendar",
    "ask_reply_docs",
)
_SAME = {"ask_calendar": "ask_meet"}


@check("C2", defect="multiple_cta", dimension="structure",
       about="One ask. Alternatives of one ask, and a question about the situation before it, are fine.",
       evidence="Boomerang (B-): one to three questions; practice: every further ask lowers the chance of any.",
       example="Could you send a calendar, sign up on our page and introduce me to your CFO?", fixed="Shall I send the summary?")  # fmt: skip
def several_asks(view: View) -> Iterator[Note]:
    """Flag two or more different actions asked for."""
    found: dict[str, Hit] = {}
    for family in _ACTIONS:
        for hit in view.phrases.get(family, []):
            if _is_asked(view, hit) and not view.in_context(hit):
                found.setdefault(_SAME.get(family, family), hit)
                break
    classes = sorted(found.items(), key=lambda item: item[1].first)
    classes = [
        item
        for at, item in enumerate(classes)
        if not (at and _is_alternative(view, classes[at - 1][1], item[1]))
    ]
    if len(classes) >= 2:
        names = " and ".join(name.removeprefix("ask_").replace("_", " ") for name, _ in classes)
        yield Note(f"several asks: {names}", "keep the lightest one", *view.span(classes[-1][1]))
    elif (offered := _offered_beside(view, found)) is not None:
        yield Note(
            "something is offered and something else asked for", "keep the lighter one", *view.span(offered)
        )
    elif (row := _enumerated(view)) is not None:
        yield Note("several asks in one sentence", "keep the lightest one", *row)
    elif view.text.count("?") >= 5:
        yield Note(f"{view.text.count('?')} questions", "keep one or two", severity="warn")


#: Actions that are an ask of their own beside the offer to send something. `Who signs that today?` is a question like any.
_BESIDE_AN_OFFER = ("ask_meet", "ask_visit", "ask_signup", "ask_refer", "ask_form", "ask_social")


def _offered_beside(view: View, found: dict[str, Hit]) -> Hit | None:
    """Return an offer to send something that stands as a question of its own beside another question, which asks for an action."""
    offers = view.phrases.get("offer_send", [])
    offered_in = {view.words.sentence_of[hit.first] for hit in offers}
    # `Who answers the telephone at night?` asks about the situation, and for nothing: what is asked for begins as a request.
    requests = {
        view.words.sentence_of[hit.first]
        for family in ("request", "meet_request")
        for hit in view.phrases.get(family, [])
        if hit.first - view.sentence(view.words.sentence_of[hit.first]).first <= 2
    }
    for asked in (found[family] for family in _BESIDE_AN_OFFER if family in found):
        index = view.words.sentence_of[asked.first]
        if (
            index not in requests
            or view.sentence(index).mark != "?"
            or index in offered_in
            or view.is_quoted(view.words.starts[asked.first])
        ):
            continue
        for hit in offers:
            first, second = sorted((hit, asked))
            if view.sentence(view.words.sentence_of[hit.first]).mark == "?" and not _is_alternative(
                view, first, second
            ):
                return hit
    return None


#: Infinitives, with or without pronouns: `rellenar`, `decirme`, `remplir`. German and English verbs show no such ending.
_INFINITIVE = {
    "es": re.compile(r"\w{2,}(?:ar|er|ir)(?:me|nos|lo|la|los|las|melo|noslo|se|te|le)?$"),
    "pt": re.compile(r"\w{2,}(?:ar|er|ir)(?:me|nos|lo|la|lhe)?$"),
    "fr": re.compile(r"\w{2,}(?:er|ir|oir|re)$"),
}
#: Actions in one sentence from which they are several asks, whatever they are.
_MANY_ACTIONS = 3


def _enumerated(view: View) -> tuple[int, int] | None:
    """Return a sentence that lines up three actions of the reader: in the imperative, or as infinitives after a request.

    `¿Podría rellenar la encuesta, ver el vídeo y decirme con quién hablar?`, `Send me the log, sign up and post about it.`
    """
    if view.lists is None:
        return None
    orders, verb = view.lists.words["orders"], _INFINITIVE.get(view.language)
    asked = {view.words.sentence_of[request.first] for request in view.phrases.get("request", [])}
    for index, sentence, tokens in view.content():
        heads = [at for at in tokens if view.words.folded[at] in orders and _heads_clause(view, tokens, at)]
        if len(heads) < _MANY_ACTIONS and verb and (sentence.mark == "?" or index in asked):
            heads = [
                at for at in tokens if _is_infinitive(view, at, verb) and _heads_clause(view, tokens, at)
            ]
        if len(heads) >= _MANY_ACTIONS and not _is_choice(view, heads):
            return view.words.starts[heads[0]], view.words.ends[heads[-1]]
    return None


def _is_choice(view: View, heads: list[int]) -> bool:
    """Say whether actions are offered to choose from: `compter, trouver ou fixer`, `what do you do: ring, text?`."""
    before = view.text[: view.words.starts[heads[0]]].rstrip()
    return before.endswith(":") or any(
        word in {"or", "o", "ou", "u", "oder"} for at in heads[1:] for word in view.words.folded[at - 2 : at]
    )


def _is_infinitive(view: View, at: int, verb: re.Pattern[str]) -> bool:
    word = view.words.folded[at]
    return verb.match(word) is not None and view.lists is not None and word not in view.lists.words["stop"]


#: Words that may stand between the head of a clause and its verb: `me manda`, `à m'adresser`, `and please send`.
_BEFORE_VERB = frozenset(
    "a à m' me nous please then also just bitte mir de d' to paso could you can would dann doch".split()
)


def _heads_clause(view: View, tokens: range, at: int) -> bool:
    """Say whether a verb opens its clause: after a comma, an `and`, or the words of a request."""
    first = at
    while first > tokens.start and at - first < 3 and view.words.folded[first - 1] in _BEFORE_VERB:
        first -= 1
    if view.words.folded[first] == "you":
        return False  # `do you leave them be, ring, text?`
    if first == tokens.start or at == tokens.start + 1:
        return True
    between = view.text[view.words.ends[first - 1] : view.words.starts[first]]
    return (
        view.words.folded[first - 1] in _ANDS
        or any(char in between for char in ",;:")
        or any(request.last in {first, at} for request in view.phrases.get("request", []))
    )


_ANDS = frozenset("y e et ou o u and or und oder".split())


def _is_asked(view: View, hit: Hit) -> bool:
    """Say whether an action is asked of the reader: its sentence is a question, an imperative or a request."""
    index = view.words.sentence_of[hit.first]
    sentence = view.sentence(index)
    if index in view.parts.closing:
        return False
    if sentence.mark == "?":
        return True
    if any(
        view.words.sentence_of[request.first] == index and request.first <= hit.first + 1
        for request in view.phrases.get("request", [])
    ):
        return True
    return hit.first in {sentence.first, sentence.first + 1} or _after_comma(view, hit)


def _after_comma(view: View, hit: Hit) -> bool:
    before = view.text[view.words.ends[hit.first - 1] : view.words.starts[hit.first]]
    return (
        "," in before
        or ":" in before
        or view.words.folded[hit.first - 1]
        in {"and", "y", "e", "und", "et", "then", "please", "also", "bitte", "or"}
    )


#: Words that make one ask of two: `a call or a page`. The Spanish `o` is the Portuguese article.
_OR = {
    "en": frozenset({"or", "rather", "instead"}),
    "es": frozenset({"o", "u"}),
    "pt": frozenset({"ou"}),
    "de": frozenset({"oder"}),
    "fr": frozenset({"ou"}),
}


def _is_alternative(view: View, left: Hit, right: Hit) -> bool:
    choice = _OR.get(view.language, frozenset[str]())
    if (
        view.words.sentence_of[left.first] != view.words.sentence_of[right.first]
        and view.words.folded[view.sentence(view.words.sentence_of[right.first]).first] not in choice
    ):
        return False
    return any(word in choice for word in view.words.folded[left.first : right.first + 1])


@check("C3", defect="premature_meeting_ask", dimension="structure",
       about="A connection request asks for no call, demo, slot or minutes.", evidence="Practice; Gong (D).",
       example="Could we find 20 minutes on Thursday for a short demonstration?", fixed="Glad to connect.")  # fmt: skip
def early_meeting(view: View) -> Iterator[Note]:
    """Flag a meeting ask in a connection request."""
    if view.channel != "connection_request":
        return
    hit = meeting_ask(view)
    if hit is not None:
        yield Note("asks for a meeting before being connected", "ask only to connect", *view.span(hit))


def meeting_ask(view: View) -> Hit | None:
    """Return the words that ask for a call, demo, slot or minutes, in any channel."""
    for hit in view.phrases.get("meet_nouns", []):
        sentence = view.sentence(view.words.sentence_of[hit.first])
        if view.in_context(hit) and not _has_time(view, sentence):
            continue
        if _asks_for_meeting(view, hit, sentence):
            return hit
    return None


def _is_small(view: View, request: Hit) -> bool:
    """Say whether a word of request asks in questions only: `un`, `te`, `has`, a day of the week."""
    word = view.words.folded[request.first]
    days = view.lists.words["weekdays"] if view.lists else frozenset()
    return request.last - request.first == 1 and (len(word) <= 4 or word in days)


#: Words that may stand between `could we find` and `a short call`.
_NEAR_REQUEST = 5


def _asks_for_meeting(view: View, hit: Hit, sentence: Sentence) -> bool:
    index = view.words.sentence_of[hit.first]
    requests = [
        request
        for request in view.phrases.get("meet_request", [])
        if view.words.sentence_of[request.first] == index and request.first != hit.first
    ]
    if not requests:
        return False
    word = view.words.folded[hit.first]
    minutes = word in _MINUTES
    if minutes:
        return (
            hit.first > 0
            and (view.words.folded[hit.first - 1][0].isdigit() or _is_number_word(view, hit.first - 1))
            and (sentence.mark == "?" or bool(requests))
        )
    if _is_trade_compound(view, hit):
        return False
    near = any(
        0 <= hit.first - request.last <= _NEAR_REQUEST and not _is_small(view, request)
        for request in requests
    )
    return near or (sentence.mark == "?" and any(request.first < hit.first for request in requests))


_MINUTES = frozenset("minute minutes mins min minuto minutos minuten minutchen minutinhos minutitos".split())


def _is_number_word(view: View, at: int) -> bool:
    return any(number.first <= at < number.last for number in view.numbers) or view.words.folded[at] in {
        "few",
        "couple",
        "some",
        "unos",
        "alguns",
        "paar",
        "quelques",
        "of",
        "de",
    }


def _is_trade_compound(view: View, hit: Hit) -> bool:
    """Say whether the word is part of a term: `call-outs`, `call centre`, `demo farm`, `service call`."""
    after = view.text[view.words.ends[hit.last - 1] : view.words.ends[hit.last - 1] + 1]
    if after in {"-", "‑"}:
        return True
    following = view.words.folded[hit.last] if hit.last < len(view.words) else ""
    return following in {
        "centre",
        "center",
        "centres",
        "centers",
        "outs",
        "out",
        "logs",
        "volume",
        "volumes",
        "handlers",
        "handling",
        "desk",
        "rates",
        "farm",
        "rooms",
        "room",
    }


def _has_time(view: View, sentence: Sentence) -> bool:
    lists = view.lists
    days = lists.words["weekdays"] if lists else frozenset()
    row = view.words.folded[sentence.first : sentence.last]
    return any(word in days for word in row) or any(
        row[at] in _MINUTES and at and row[at - 1][0].isdigit() for at in range(len(row))
    )


@check("C4", defect=None, dimension="structure", severity="info",
       about="A first email or InMail asks for interest, not for a slot.", evidence="Gong (D).",
       example="Do you have 30 minutes on Tuesday?", fixed="Would the summary be of use?")  # fmt: skip
def heavy_ask(view: View) -> Iterator[Note]:
    """Remark on a fixed slot or a long call in a first message."""
    if view.record.step > 1 or view.channel == "connection_request":
        return
    for hit in view.phrases.get("meet_nouns", []):
        sentence = view.sentence(view.words.sentence_of[hit.first])
        if sentence.mark == "?" and _has_time(view, sentence):
            yield Note("asks for a fixed slot at once", "ask for interest first", *view.span(hit))
            return


@check("C5", defect="link_in_connection_request", dimension="structure", languages=None, needs_context=False,
       about="No link in a connection request; elsewhere one at most.", evidence="LinkedIn readers distrust links from strangers; practice.",
       example="An example week is at dustline.example/week.", fixed="I can send an example week.")  # fmt: skip
def link(view: View) -> Iterator[Note]:
    """Flag a link in a connection request."""
    found = [
        (start, end)
        for start, end, bare in links(view.text)
        if not (bare and is_name_in_context(view, view.text[start:end]))
    ]
    if view.channel == "connection_request":
        for start, end in found[:1]:
            yield Note("a link in a connection request", "take it out and offer to send it", start, end)
    elif len(found) > view.limits.links:
        start, end = found[-1]
        yield Note(f"{len(found)} links", "keep one", start, end, severity="info", defect="")
