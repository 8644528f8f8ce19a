"""Several judged drafts of one plan in; the best of them out, and for each of the others why it lost.

Fewest errors win, then the higher score. Ties go by fewer warnings, then fewer characters, then the order asked for: the
pick never depends on which answer came first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from outreach.domain.judgement import Finding
from outreach.drafting.written import Contender, Written, findings_of
from outreach.errors import AnswerError, CallError, OutreachError

#: Findings that a reason names at most.
_NAMED = 3


@dataclass(frozen=True)
class Failed:
    """A candidate that no draft came of."""

    error: OutreachError


async def write_several(write: Callable[[int], Awaitable[Written]], count: int) -> list[Written | Failed]:
    """Write candidates 0 to `count` - 1.

    The first goes alone: the others share its prompt, which the provider has in its cache by then, and a wrong key is met
    once.

    Raises:
        ProviderError: the provider refuses the run as a whole.
    """

    async def one(number: int) -> Written | Failed:
        try:
            return await write(number)
        except (AnswerError, CallError) as error:
            return Failed(error)

    first = await one(0)
    return [first, *await asyncio.gather(*(one(number) for number in range(1, count)))]


def pick(candidates: Sequence[Written | Failed], asked: int) -> Written:
    """Return the best candidate, with the tokens and cost of all and what became of each.

    Args:
        candidates: in the order asked for.
        asked: how many were asked for; fewer came where the wordings held no more.

    Raises:
        AnswerError, CallError: every candidate failed; the first one's error.
    """
    written = [(number, one) for number, one in enumerate(candidates, 1) if isinstance(one, Written)]
    failed = [(number, one) for number, one in enumerate(candidates, 1) if isinstance(one, Failed)]
    if not written:
        raise failed[0][1].error
    ranked = sorted(written, key=lambda item: (*rank(item[1]), item[0]))
    best_number, best = ranked[0]
    contenders = [Contender(number, why_lost(one, best, best_number), draft=one.draft, verdict=one.verdict)
                  for number, one in ranked[1:]]  # fmt: skip
    contenders += [Contender(number, f"no draft: {one.error.what}") for number, one in failed]
    won = Contender(
        best_number, _why_won(best, ranked[1:], asked, len(failed)), True, best.draft, best.verdict
    )
    costs = [one.cost_usd for _, one in written]
    return replace(
        best,
        input_tokens=sum(one.input_tokens for _, one in written),
        output_tokens=sum(one.output_tokens for _, one in written),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        contenders=tuple(sorted([won, *contenders], key=lambda one: one.number)),
        is_partial=any(isinstance(one.error, CallError) for _, one in failed),
    )


def rank(written: Written) -> tuple[int, int, int, int]:
    """Return what candidates are sorted by: errors, score (high first), warnings, characters."""
    verdict = written.verdict
    return (
        len(findings_of(verdict, "error")),
        -verdict.score,
        len(findings_of(verdict, "warn")),
        _chars(written),
    )


def why_lost(loser: Written, winner: Written, winner_number: int) -> str:
    """Say why a candidate lost: the first of errors, score, warnings and length in which the two differ."""
    if loser.draft.version == winner.draft.version:
        return f"the same text as candidate {winner_number}"
    theirs, ours = findings_of(loser.verdict, "error"), findings_of(winner.verdict, "error")
    if len(theirs) != len(ours):
        return f"{_count(len(theirs), 'error')} against {len(ours) or 'none'}: {_named(theirs, ours)}"
    warned, other = findings_of(loser.verdict, "warn"), findings_of(winner.verdict, "warn")
    if loser.verdict.score != winner.verdict.score:
        named = _named([*theirs, *warned], [*ours, *other])
        return f"score {loser.verdict.score} against {winner.verdict.score}" + (f": {named}" if named else "")
    if len(warned) != len(other):
        return f"as good by score; {_count(len(warned), 'warning')} against {len(other) or 'none'}: {_named(warned, other)}"
    if _chars(loser) != _chars(winner):
        return f"as good by errors, score and warnings; {_chars(loser)} characters against {_chars(winner)}"
    return f"as good as candidate {winner_number}, which comes first"


def _why_won(best: Written, others: Sequence[tuple[int, Written]], asked: int, failed: int) -> str:
    came = len(others) + 1
    why = f"the best of {came}"
    if others and rank(best)[:2] == rank(others[0][1])[:2]:
        why += ", by the rules for ties"
    if came + failed < asked:
        why += f"; {asked} were asked for, but the wordings give no more that are unlike each other and what colleagues get"
    return why


def _named(findings: Sequence[Finding], others: Sequence[Finding]) -> str:
    """Name the findings that the other side lacks, by check, the first of each."""
    known = {(one.check, one.quote) for one in others}
    own = {one.check: one for one in reversed(findings) if (one.check, one.quote) not in known}
    verbs = {"error": "fails", "warn": "warns", "info": "notes"}
    named = [f"{one.check} {verbs[one.severity]}: {one.message}" for one in reversed(own.values())]
    return "; ".join(named[:_NAMED]) + (f"; and {len(named) - _NAMED} more" if len(named) > _NAMED else "")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("s" if number != 1 else "")


def _chars(written: Written) -> int:
    return sum(len(message.body) + len(message.subject or "") for message in written.draft.messages)
