"""Facts, the ICP's signals and a date in; signals that fired, facts that may open a message and stale facts out."""

import datetime
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from outreach.domain.buyers import Signal
from outreach.domain.people import Fact
from outreach.domain.verdicts import FiredSignal
from outreach.text.folding import folded_words, has_phrase


@dataclass(frozen=True)
class FactReading:
    """What a prospect's facts are good for at a date."""

    fired: tuple[FiredSignal, ...]
    usable: tuple[str, ...]
    """Ids of facts that are fresh and may open a message, best first: by signal weight, then newest."""
    unusable: tuple[tuple[str, str], ...]
    """Ids of the other facts with the reason, such as `stale: of 2026-02-01, older than 120 days`."""


def read_facts(facts: Sequence[Fact], signals: Sequence[Signal], as_of: datetime.date) -> FactReading:
    """Return which signals fire and which facts may be used at `as_of`.

    A signal fires on a fact of one of its kinds that holds one of its words and is fresh by the signal's own days. A
    fact is usable where a signal fired on it, or where it is fresh by its kind; never where its kind may not open.
    """
    fired: list[FiredSignal] = []
    weights: dict[str, float] = {}
    unusable: list[tuple[str, str]] = []
    for fact in facts:
        kind = _kind(fact.kind)
        matching = [signal for signal in signals if _matches(signal, fact)]
        fresh = [signal for signal in matching if not _staleness(fact, kind, as_of, signal.fresh_days)]
        fired.extend(
            FiredSignal(signal_id=signal.id, fact_id=fact.id, weight=signal.weight) for signal in fresh
        )
        # Where the user named days for this sort of fact, theirs hold: the longest of them, not the table's.
        days = max((signal.fresh_days for signal in matching), default=kind["fresh_days"])
        why_not = _staleness(fact, kind, as_of, days)
        if not kind["opens"]:
            why_not = why_not or f"{fact.kind} is no way to open a message"
        if why_not:
            unusable.append((fact.id, why_not))
        else:
            weights[fact.id] = max((signal.weight for signal in fresh), default=0)
    usable = sorted(
        (fact for fact in facts if fact.id in weights), key=lambda fact: _rank(fact, weights[fact.id])
    )
    return FactReading(fired=tuple(_best_first(fired)), usable=_ids(usable), unusable=tuple(unusable))


def _ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.id for fact in facts))


def _best_first(fired: list[FiredSignal]) -> list[FiredSignal]:
    return sorted(fired, key=lambda signal: (-signal.weight, signal.signal_id, signal.fact_id))


def _rank(fact: Fact, weight: float) -> tuple[float, int, int, str]:
    """Sort key, best first: signal weight, newest (undated last), about the person rather than the firm, id."""
    age = -fact.date.toordinal() if fact.date else 0
    return -weight, age, 0 if fact.about == "person" else 1, fact.id


def _matches(signal: Signal, fact: Fact) -> bool:
    if signal.kinds and fact.kind.casefold() not in {kind.casefold() for kind in signal.kinds}:
        return False
    words = folded_words(" ".join((fact.text, *fact.slots.values())))
    return not signal.any or any(has_phrase(words, wanted) for wanted in signal.any)


def _staleness(fact: Fact, kind: dict[str, Any], as_of: datetime.date, fresh_days: int) -> str:
    """Return why a fact is no news at `as_of`, or an empty text."""
    if fact.date is None:
        return f"no date: {fact.kind} may be old news" if kind["needs_date"] else ""
    age = (as_of - fact.date).days
    if age > fresh_days:
        # The date, not the age: what a plan holds must not change from one day to the next.
        return f"stale: of {fact.date}, older than {fresh_days} days"
    if -age > kind["ahead_days"]:
        return f"dated too far ahead: {fact.date}"
    return ""


def fact_kinds() -> tuple[str, ...]:
    """Return the kinds of fact that are known; one of another name counts as `other`."""
    return tuple(_kinds())


def _kind(name: str) -> dict[str, Any]:
    kinds = _kinds()
    found: dict[str, Any] = kinds.get(name.casefold().replace(" ", "_"), kinds["other"])
    return found


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Any]:
    source = resources.files("outreach.qualify") / "data" / "fact_kinds.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
