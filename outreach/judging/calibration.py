"""Labelled messages and a judge in; how far it agrees with the labels, by criterion, out."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from outreach.domain.calibrations import Agreement
from outreach.domain.judgement import MessageRecord
from outreach.errors import FileError
from outreach.judging.agreement import ENOUGH_KAPPA, agreement
from outreach.judging.criteria import Criterion
from outreach.judging.judge import Judge


def expected(criterion: Criterion, labels: Mapping[str, Any]) -> bool | None:
    """Return what the labels say of a criterion: True, the fault is there; None, both answers are right.

    `labels.judge.<criterion>` wins. Else a defect that stands for the criterion is a yes; one that is only tolerated, or
    one beside which both answers are right, sets the message aside.
    """
    said = labels.get("judge")
    if isinstance(said, Mapping) and isinstance(said.get(criterion.id), bool):
        return bool(said[criterion.id])
    defects, tolerated = (set(labels.get(key) or ()) for key in ("defects", "tolerated"))
    if defects & set(criterion.labels):
        return True
    if tolerated & set(criterion.labels) or defects & set(criterion.set_aside):
        return None
    return False


def labels_of(record: MessageRecord) -> Mapping[str, Any]:
    """Return a record's labels. Raises FileError where it has none, or they have another shape than DEFECTS' records."""
    labels = record.labels
    if not isinstance(labels, Mapping) or not ("defects" in labels or "judge" in labels):
        raise FileError("no labels", hint='such as "labels": {"defects": [], "tolerated": []}')
    for key in ("defects", "tolerated"):
        named = labels.get(key, [])
        if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
            raise FileError(f"labels.{key} is no list of ids", hint='such as ["generic"]')
    said = labels.get("judge", {})
    if not isinstance(said, Mapping) or not all(isinstance(one, bool) for one in said.values()):
        raise FileError("labels.judge is no object of true and false", hint='such as {"invention": true}')
    return labels


async def calibrate(judge: Judge, records: Iterable[MessageRecord], at_once: int) -> dict[str, Agreement]:
    """Ask the judge about every record and compare by criterion.

    Raises:
        ProviderError: the provider refuses the run, or the budget is spent: half a calibration is none.
    """
    places = asyncio.Semaphore(at_once)
    pairs: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    counts: dict[str, Counter[str]] = defaultdict(Counter)

    async def ask(record: MessageRecord) -> None:
        labels = labels_of(record)
        async with places:
            opinions = await judge.opinions(record)
        for criterion, opinion in zip(judge.criteria, opinions, strict=True):
            label = expected(criterion, labels)
            if label is None:
                counts[criterion.id]["set_aside"] += 1
            elif opinion.answer in {"yes", "no"}:
                pairs[criterion.id].append((label, opinion.answer == "yes"))
            else:
                counts[criterion.id][opinion.answer] += 1

    await asyncio.gather(*(ask(record) for record in records))
    if judge.stopped is not None:
        raise judge.stopped
    return {one.id: agreement(pairs[one.id], **counts[one.id]) for one in judge.criteria}


def allowed_to_fail(
    criteria: Iterable[Criterion], figures: Mapping[str, Agreement] | None
) -> tuple[str, ...]:
    """Return the criteria whose findings may be errors: those that list claims, with enough agreement on record.

    All others warn, however well they agree: whether a text is natural is a matter of taste, whether a claim is held by
    the context is not.
    """
    known = figures or {}
    return tuple(
        one.id
        for one in criteria
        if one.kind == "claims" and one.id in known and _is_enough(known[one.id].kappa)
    )


def _is_enough(kappa: float | None) -> bool:
    return kappa is not None and kappa >= ENOUGH_KAPPA
