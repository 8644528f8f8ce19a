"""A sequence and a prospect in; the steps that can reach the person out, renumbered, with the others named and why."""

import tomllib
from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from outreach.domain.branches import After, meet, paths
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
    after: After
    """What its day counts from, and whether it comes at all."""
    existing_thread: bool


@dataclass(frozen=True)
class Reach:
    """The steps that can reach a person, a line for each of the others, and the day the request may take."""

    touches: list[Touch]
    dropped: list[str]
    wait_days: int | None
    """None where no step depends on a request that was not accepted."""


def reachable(steps: Several[SequenceStep], prospect: Prospect, wait_days: int) -> Reach:
    """Return the steps whose channel has an address.

    What depended on a dropped step is put right: days start at the first step that is left, a thread needs an email
    before it, a branch needs a connection request (without one, its steps are plain steps), and the first message that is
    no note opens.
    """
    touches: list[Touch] = []
    dropped: list[str] = []
    lost: list[SequenceStep] = []
    for number, step in enumerate(steps, 1):
        missing = _missing_address(step.channel, prospect)
        if missing:
            dropped.append(f"step {number} {step.channel}: {missing}")
            lost.append(step)
            continue
        after = _after(step, touches)
        touches.append(
            Touch(
                number=number,
                channel=step.channel,
                day=step.day,
                goal=step.goal,
                after=after,
                existing_thread=step.thread
                and any(touch.channel == "email" and meet(touch.after, after) for touch in touches),
            )
        )
    first = min((touch.day for touch in touches if touch.after != "accepted"), default=0)
    branched = any(touch.after == "not_accepted" for touch in touches)
    opened = _opened(_from_day_zero(touches, first), lost)
    return Reach(opened, dropped, wait_days - first if branched else None)


def _after(step: SequenceStep, before: list[Touch]) -> After:
    """Return what a step waits for. Without a request nothing does, and a message waits for acceptance in any case."""
    if not any(touch.channel == "connection_request" for touch in before):
        return "start"
    # A message to a stranger is only delivered once the request is accepted.
    return "accepted" if step.channel == "linkedin_message" else step.after


def _missing_address(channel: Channel, prospect: Prospect) -> str:
    name = _table()[channel]["address"]
    return "" if getattr(prospect, name) else _ADDRESSES[name]


def _from_day_zero(touches: list[Touch], first: int) -> list[Touch]:
    return [
        touch if touch.after == "accepted" else replace(touch, day=touch.day - first) for touch in touches
    ]


def _opened(touches: list[Touch], lost: list[SequenceStep]) -> list[Touch]:
    """Let the first real message of each branch open, where the step that should have done it is gone."""
    for path in paths([touch.after for touch in touches]):
        at = next((i for i in path if touches[i].goal != "connect"), None)
        if at is None or touches[at].goal == "open":
            continue
        if any(step.goal == "open" and meet(step.after, touches[at].after) for step in lost):
            touches = [*touches[:at], replace(touches[at], goal="open"), *touches[at + 1 :]]
    return touches


def shortened(touches: list[Touch], max_steps: int | None) -> tuple[list[Touch], list[str]]:
    """Return at most `max_steps` steps for each reader: the first ones and, from three on, the last one that says goodbye."""
    if max_steps is None:
        return touches, []
    kept = set(range(len(touches)))
    for path in paths([touch.after for touch in touches]):
        kept -= set(path) - set(_shortened(path, touches, max_steps))
    return [touches[at] for at in sorted(kept)], [
        f"step {touch.number} {touch.channel}: more than {max_steps} steps"
        for at, touch in enumerate(touches)
        if at not in kept
    ]


def without_note(touches: list[Touch]) -> list[Touch]:
    """Return the steps without the connection request, which goes out bare.

    In each branch the first message that is left opens, where nothing else does.
    """
    left = [touch for touch in touches if touch.channel != "connection_request"]
    for path in paths([touch.after for touch in left]):
        if path and not any(left[at].goal == "open" for at in path):
            left[path[0]] = replace(left[path[0]], goal="open")
    return left


def _shortened(path: list[int], touches: list[Touch], max_steps: int) -> list[int]:
    if len(path) <= max_steps:
        return path
    first, last = path[: max_steps - 1], touches[path[-1]]
    delivered = last.after != "accepted" or any(touches[at].channel == "connection_request" for at in first)
    farewell = path[-1:] if last.goal == "close" and max_steps >= 3 and delivered else []
    return [*path[: max_steps - len(farewell)], *farewell]


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
