"""A sequence and a prospect in; the steps that can reach the person out, renumbered, with the others named and why."""

import tomllib
from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from outreach.domain.people import Prospect
from outreach.domain.selling import RolePolicy, SequenceStep
from outreach.domain.vocabulary import Channel, Goal

#: How an address is called where it lacks.
_ADDRESSES = {"linkedin_url": "no LinkedIn URL", "email": "no email address"}


@dataclass(frozen=True)
class Touch:
    """A step of a sequence as it will be written for one person."""

    number: int
    """The step's number in the sequence's file, by which a dropped step is named."""
    channel: Channel
    day: int
    goal: Goal
    accepted: bool
    """Whether its day counts from the accepted connection request."""
    existing_thread: bool


def reachable(steps: Several[SequenceStep], prospect: Prospect) -> tuple[list[Touch], list[str]]:
    """Return the steps whose channel has an address, and a line for each of the others.

    What depended on a dropped step is put right: days start at the first step that is left, a thread needs an email
    before it, acceptance needs a connection request, and the first message that is no note opens.
    """
    touches: list[Touch] = []
    dropped: list[str] = []
    dropped_goals: set[Goal] = set()
    for number, step in enumerate(steps, 1):
        missing = _missing_address(step.channel, prospect)
        if missing:
            dropped.append(f"step {number} {step.channel}: {missing}")
            dropped_goals.add(step.goal)
            continue
        channels = {touch.channel for touch in touches}
        asked = "connection_request" in channels
        touches.append(
            Touch(
                number=number,
                channel=step.channel,
                day=step.day,
                goal=step.goal,
                # A message to a stranger is only delivered once the request is accepted.
                accepted=asked and (step.after == "accepted" or step.channel == "linkedin_message"),
                existing_thread=step.thread and "email" in channels,
            )
        )
    return _opened(_from_day_zero(touches), dropped_goals), dropped


def _missing_address(channel: Channel, prospect: Prospect) -> str:
    name = _table()[channel]["address"]
    return "" if getattr(prospect, name) else _ADDRESSES[name]


def _from_day_zero(touches: list[Touch]) -> list[Touch]:
    first = min((touch.day for touch in touches if not touch.accepted), default=0)
    return [touch if touch.accepted else replace(touch, day=touch.day - first) for touch in touches]


def _opened(touches: list[Touch], dropped_goals: set[Goal]) -> list[Touch]:
    """Let the first real message open, where the step that should have done it is gone."""
    at = next((i for i, touch in enumerate(touches) if touch.goal != "connect"), None)
    if at is None or touches[at].goal == "open" or "open" not in dropped_goals:
        return touches
    return [*touches[:at], replace(touches[at], goal="open"), *touches[at + 1 :]]


def shortened(touches: list[Touch], max_steps: int | None) -> tuple[list[Touch], list[str]]:
    """Return at most `max_steps` steps: the first ones and, from three on, the last one that says goodbye."""
    if max_steps is None or len(touches) <= max_steps:
        return touches, []
    first = touches[: max_steps - 1]
    delivered = not touches[-1].accepted or any(touch.channel == "connection_request" for touch in first)
    farewell = touches[-1:] if touches[-1].goal == "close" and max_steps >= 3 and delivered else []
    kept = [*touches[: max_steps - len(farewell)], *farewell]
    return kept, [
        f"step {t.number} {t.channel}: more than {max_steps} steps" for t in touches if t not in kept
    ]


def without_note(touches: list[Touch]) -> list[Touch]:
    """Return the steps without the connection request: it goes out bare, and what is left opens where nothing else does."""
    left = [touch for touch in touches if touch.channel != "connection_request"]
    return _opened(left, {"open"} if not any(touch.goal == "open" for touch in left) else set())


def note_limit(account: str) -> int:
    """Return how many characters a connection note of a `free` or `premium` account may have."""
    limit: int = _table()["note_limit"][account]
    return limit


def limits(channel: Channel, policy: RolePolicy, note_chars: int) -> tuple[int | None, int | None]:
    """Return the most characters and the most words of a message: the channel's, and under it the role's."""
    entry = _table()[channel]
    chars = note_chars if channel == "connection_request" else entry.get("max_chars")
    wanted = policy.max_words.get(channel, entry.get("aim_words"))
    hard = entry.get("max_words")
    words = wanted if hard is None else min(hard, wanted or hard)
    return chars, words


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    source = resources.files("outreach.planning") / "data" / "channels.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
