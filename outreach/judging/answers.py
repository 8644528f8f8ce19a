"""A judge's answer and the message it is about in; an opinion by criterion out. What cannot be checked against the message is void."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from outreach.domain.judgement import MessageRecord
from outreach.domain.opinions import NOTHING, Answer, JudgedClaim, Opinion
from outreach.errors import AnswerError
from outreach.judging.criteria import Criterion
from outreach.judging.ground import one_line
from outreach.judging.spans import find_span, stands_in
from outreach.text.json_values import json_values

#: A longer answer is no answer to a handful of questions; nothing of it is read.
MAX_ANSWER_CHARS = 60_000
MAX_REASON_CHARS = 200
#: More claims than a message has sentences are no reading of it.
MAX_CLAIMS = 60
#: An id of a statement. Some models write the statement out behind it.
_ID = re.compile(r"\b[FPACM]\d{1,3}\b", re.IGNORECASE)
_ABSENT_SPAN = "a quoted span is not in the message"


class _VoidError(Exception):
    """One criterion's answer does not count."""


def read_opinions(
    text: str, record: MessageRecord, criteria: Sequence[Criterion], ground: Mapping[str, str]
) -> list[Opinion]:
    """Return an opinion for each criterion, in their order.

    An answer is void, and the rules alone decide, where a span is not in the message, a claim rests on a statement
    that was not given, a claim called unsupported stands word for word in the ground, or the answer has another shape.

    Raises:
        AnswerError: there is no JSON object with an answer, or more than one; it says what to tell the model.
    """
    given = answer_object(text, {one.id for one in criteria})
    return [_opinion(given.get(one.id), record, one, ground) for one in criteria]


def no_opinions(criteria: Sequence[Criterion], step: int, answer: Answer, why: str) -> list[Opinion]:
    """Return an opinion for each criterion that only says why there is none."""
    return [Opinion(step=step, criterion=one.id, answer=answer, why=one_line(why)) for one in criteria]


def answer_object(text: str, keys: set[str]) -> dict[str, Any]:
    """Return the one JSON object of an answer that has any of these keys. Raises AnswerError for none, or for several."""
    if not text.strip():
        raise AnswerError("it was empty; answer with one JSON object")
    if len(text) > MAX_ANSWER_CHARS:
        raise AnswerError("it was far too long; answer with one JSON object")
    found = [value for value in json_values(text) if isinstance(value, dict) and keys & set(value)]
    if not found:
        raise AnswerError("it was no JSON object of the asked-for shape")
    if len(found) > 1:
        # A message may hold an answer of its own making; which of several is the judge's cannot be known.
        raise AnswerError("it held more than one JSON object; answer with one")
    return found[0]


def _opinion(given: Any, record: MessageRecord, criterion: Criterion, ground: Mapping[str, str]) -> Opinion:
    empty = Opinion(step=record.step, criterion=criterion.id, answer="void")
    if not isinstance(given, dict):
        return empty.model_copy(update={"why": "the answer leaves it out"})
    try:
        if criterion.kind == "claims":
            return _read_claims(given, record, empty, ground)
        return _read_question(given, record, empty)
    except _VoidError as reason:
        return empty.model_copy(update={"why": str(reason)})


def _read_question(given: dict[str, Any], record: MessageRecord, empty: Opinion) -> Opinion:
    said, quote = given.get("yes"), given.get("quote")
    if not isinstance(said, bool) or not isinstance(quote, str | None):
        raise _VoidError("the answer is no yes or no with a quote")
    quoted = ""
    if said or (quote or "").strip():
        quoted = _span(quote or "", record)
    reason = given.get("reason")
    why = one_line(reason)[:MAX_REASON_CHARS] if isinstance(reason, str) else ""
    return empty.model_copy(update={"answer": "yes" if said else "no", "quote": quoted, "why": why})


def _read_claims(
    given: dict[str, Any], record: MessageRecord, empty: Opinion, ground: Mapping[str, str]
) -> Opinion:
    listed = given.get("claims")
    if not isinstance(listed, list) or len(listed) > MAX_CLAIMS:
        raise _VoidError("the answer lists no claims")
    claims = tuple(_claim(item, record, ground) for item in listed)
    bare = [claim.quote for claim in claims if claim.rests_on == NOTHING]
    return empty.model_copy(
        update={"answer": "yes" if bare else "no", "quote": bare[0] if bare else "", "claims": claims}
    )


def _claim(item: Any, record: MessageRecord, ground: Mapping[str, str]) -> JudgedClaim:
    quote = item.get("quote") if isinstance(item, dict) else None
    rests_on = item.get("rests_on") if isinstance(item, dict) else None
    if not isinstance(quote, str) or not isinstance(rests_on, str):
        raise _VoidError("a claim has no quote, or does not say what it rests on")
    text = _span(quote, record)
    ids = [found.upper() for found in _ID.findall(rests_on)]
    if not ids and rests_on.strip("[]()\"'. ").lower() in {"", NOTHING}:
        # An earlier message is no ground for what it says: it may have been invented there.
        if any(stands_in(text, statement) for label, statement in ground.items() if label[0] != "M"):
            raise _VoidError("a claim called unsupported stands word for word in the context")
        return JudgedClaim(quote=text, rests_on=NOTHING)
    if not ids or not all(one in ground for one in ids):
        raise _VoidError("a claim rests on a statement that was not given")
    return JudgedClaim(quote=text, rests_on="; ".join(ground[one] for one in dict.fromkeys(ids)))


def _span(quote: str, record: MessageRecord) -> str:
    found = find_span(quote, record)
    if found is None:
        raise _VoidError(_ABSENT_SPAN)
    return found.text
