"""Whether a sequence goes anywhere: a new angle, proof or ask in each step."""

import itertools
from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.sequence_view import SequenceView
from outreach.rubric.units import own_stems, units_in
from outreach.text.stems import related


@check("Q3", defect="seq_no_progression", dimension="sequence", scope="sequence",
       about="Each step brings an angle, proof or ask that the others do not.", evidence="Belkins, Expandi (B- to C).",
       example="the same pain, proof and ask three times in other words", fixed="pain, then proof, then offer")  # fmt: skip
def no_progression(seen: SequenceView) -> Iterator[Note]:
    """Flag a sequence in which later steps draw on what the first did."""
    repeated = [at for at in range(len(seen.views)) if "repeated_step" in seen.defects(at)]
    bumps = [at for at in range(len(seen.views)) if "bump_only" in seen.defects(at)]
    if (
        len(seen.views) >= 3
        and len(repeated) >= len(seen.views) - 2
        and len(repeated) + len(bumps) >= 2
        and repeated
    ):
        yield Note(
            "the steps make the same points",
            "give each step a pain, proof or ask of its own",
            quote=f"step {seen.step(repeated[0])}",
        )
        return
    messages = [at for at, step in enumerate(seen.record.steps) if step.channel != "connection_request"]
    drawn = [units_in(own_stems(seen.views[at]), seen.views[at].numbers, seen.views[at]) for at in messages]
    claims = {frozenset(ref for ref in found if ref.startswith("claim")) for found in drawn}
    if len(messages) >= 3 and len(claims) == 1 and all(_tells_proof(seen, at) for at in messages):
        yield Note(
            "every step rests on the same proof", "use a proof once, and another angle in the other steps"
        )
    elif len(messages) >= 3 and all(_retells(seen, messages[0], at) for at in messages[1:]):
        yield Note(
            "every step says the same in other words", "give each step a pain, proof or ask of its own"
        )


def _tells_proof(seen: SequenceView, at: int) -> bool:
    """Say whether a step tells a claim: with one of its figures, or, where it has none, in half of its words. Else only its subject is shared."""
    view = seen.views[at]
    said = {(number.value, number.kind) for number in view.numbers}
    return any(
        any((number.value, number.kind) in said for number in source.numbers)
        if source.numbers
        else 2 * len(source.stems & view.stems) >= len(source.stems)
        for source in view.ground.of_kind("claim")
        if source.ref in seen.units[at]
    )


def _retells(seen: SequenceView, first: int, later: int) -> bool:
    """Say whether most words of a later step stand in the first, and no figure is new."""
    # Whose message it is stands in all of them: names are no repetition.
    names = seen.views[first].ground.name_stems
    theirs, mine = seen.views[first].stems - names, seen.views[later].stems - names
    said = {number.value for number in seen.views[first].numbers}
    if len(mine) < 5 or any(number.value not in said for number in seen.views[later].numbers):
        return False
    shared = sum(
        1
        for item in mine
        if item in theirs or any(related(item, other) for other in theirs if other[:4] == item[:4])
    )
    return shared >= 0.6 * len(mine)


@check("Q2S", defect="seq_bump_only", dimension="sequence", scope="sequence",
       about="Follow-ups have content.", evidence="See Q2.", example="Just bumping this up.", fixed="One thing I left out: …")  # fmt: skip
def bumps(seen: SequenceView) -> Iterator[Note]:
    """Flag follow-ups that only ask whether the last message was read."""
    found = [at for at in range(len(seen.views)) if "bump_only" in seen.defects(at)]
    if found:
        yield Note("follow-ups without content: steps " + ", ".join(str(seen.step(at)) for at in found), "add one new point to each",
                   quote=f"step {seen.step(found[0])}")  # fmt: skip


@check("Q9C", defect=None, dimension="sequence", severity="info", languages=None, scope="sequence",
       about="At most five emails and four LinkedIn messages, at least two days apart.", evidence="Belkins (B-), in conflict with itself: only a remark.",
       example="seven emails in seven days", fixed="four in three weeks")  # fmt: skip
def count(seen: SequenceView) -> Iterator[Note]:
    """Remark on many or crowded steps."""
    limits = seen.rubric.limits
    order = [step.channel for step in seen.record.steps]
    if (
        order.count("email") > limits.max_emails
        or order.count("linkedin_message") > limits.max_linkedin_messages
    ):
        yield Note(f"{len(order)} steps are many", "leave out the ones that bring least")
    days = [step.day for step in seen.record.steps]
    if any(right - left < 2 for left, right in itertools.pairwise(days)):
        yield Note("steps less than two days apart", "leave more time between them")
