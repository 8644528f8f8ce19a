"""Whether a sequence goes anywhere: a new angle, proof or ask in each step."""

import itertools
from collections.abc import Iterator

from outreach.rubric.registry import Note, check
from outreach.rubric.sequence_view import SequenceView


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
    claims = [frozenset(ref for ref in units if ref.startswith("claim")) for units in seen.units]
    if (
        len(seen.views) >= 3
        and all(claims)
        and len(set(claims)) == 1
        and len(seen.views[0].ground.of_kind("claim")) >= 1
    ):
        first = seen.units[0]
        if all(units <= first or len(units - first) <= 1 for units in seen.units[1:]) and not any(
            _new_numbers(seen, at) for at in range(1, len(seen.views))
        ):
            yield Note(
                "every step rests on the same proof", "use a proof once, and another angle in the other steps"
            )


def _new_numbers(seen: SequenceView, at: int) -> bool:
    before = {number.value for view in seen.views[:at] for number in view.numbers}
    return any(number.value not in before and number.value > 3 for number in seen.views[at].numbers)


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
