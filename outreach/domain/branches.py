"""What the steps of a sequence wait for in; which of them reach the same reader, and how a step's day is told, out.

A connection request is accepted or it is not. Whoever accepts gets the steps that wait for nothing and those after
accepting; whoever does not gets the steps that wait for nothing and those for a request that was not accepted.
"""

from collections.abc import Sequence
from typing import Literal, get_args

#: What a step waits for: nothing, the accepted connection request, or that it was not accepted within `wait_days`.
After = Literal["start", "accepted", "not_accepted"]
AFTERS: tuple[After, ...] = get_args(After)

#: The branches a reader may be on.
_BRANCHES: tuple[After, ...] = ("accepted", "not_accepted")


def meet(one: After, other: After) -> bool:
    """Say whether the steps that wait for these two can reach the same reader."""
    return one == other or "start" in {one, other}


def paths(afters: Sequence[After]) -> list[list[int]]:
    """Return the positions of the steps that one reader would receive: one list, or one for each branch."""
    if "not_accepted" not in afters:
        return [list(range(len(afters)))]
    return [[at for at, after in enumerate(afters) if meet(after, branch)] for branch in _BRANCHES]


def day_text(day: int, after: After, wait_days: int | None = None) -> str:
    """Return when a step comes: `day 2 after accepting`, `day 18 if not accepted by day 14`."""
    if after == "accepted":
        return f"day {day} after accepting"
    if after == "not_accepted":
        return f"day {day} if not accepted" + ("" if wait_days is None else f" by day {wait_days}")
    return f"day {day}"
