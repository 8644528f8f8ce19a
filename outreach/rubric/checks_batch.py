"""The messages of a batch, one by one, in; groups that share a skeleton, names and facts masked, out. Memory stays bounded."""

from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from outreach.domain.judgement import SequenceContext
from outreach.grounding.support_index import index_context
from outreach.rubric.registry import Note, check
from outreach.rubric.rubrics import Rubric
from outreach.text.tokens import read_words

#: Messages of a step that are looked at, and skeletons that are kept: enough for a share, and memory stays flat.
_SAMPLE = 2_000
_KEPT = 60
_MASK = "_"


@dataclass(slots=True)
class Skeleton:
    """What is left of a text when names, facts and figures are masked, and the messages that share it."""

    text: str
    size: int = 1
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Step:
    seen: int = 0
    skeletons: list[Skeleton] = field(default_factory=list)


class Batch:
    """The messages of one run by step. `add` each; `notes` says what they share."""

    def __init__(self, rubric: Rubric) -> None:
        """Begin without messages."""
        self.rubric = rubric
        self.steps: dict[int, _Step] = {}

    def add(self, name: str, step: int, body: str, language: str, context: SequenceContext) -> None:
        """Take one message of a prospect into account."""
        at = self.steps.setdefault(step, _Step())
        if at.seen >= _SAMPLE:
            return
        at.seen += 1
        text = skeleton(body, language, context)
        known = process.extractOne(
            text,
            [item.text for item in at.skeletons],
            scorer=fuzz.ratio,
            score_cutoff=self.rubric.limits.same_ratio,
        )
        if known is not None:
            found = at.skeletons[known[2]]
            found.size += 1
            found.examples = [*found.examples, name][:3]
        elif len(at.skeletons) < _KEPT:
            at.skeletons.append(Skeleton(text, 1, [name]))

    def notes(self) -> list[Note]:
        """Return what the messages of each step share."""
        return list(sameness(self))


def skeleton(body: str, language: str, context: SequenceContext) -> str:
    """Return a text in folded words with every word of the ground truth and every figure masked."""
    words = read_words(body, language)
    ground = index_context(context, language)
    row: list[str] = []
    for raw, word in zip(words.raw, words.folded, strict=True):
        stop = len(word) < 4 and raw.islower()
        masked = not stop and (word[0].isdigit() or ground.knows_word(word))
        if not (masked and row and row[-1] == _MASK):
            row.append(_MASK if masked else word)
    return " ".join(row)


@check("Q10", defect=None, dimension="structure", severity="warn", languages=None, scope="batch",
       about="The messages of a batch differ in more than names and facts.", evidence="Colleagues compare what they were sent; practice.",
       example="18 of 20 first messages are one text with the names exchanged", fixed="two or three variants, or a sentence of each one's own")  # fmt: skip
def sameness(batch: Batch) -> list[Note]:
    """Warn where most messages of a step share one skeleton."""
    limits = batch.rubric.limits
    found = []
    for number, step in sorted(batch.steps.items()):
        most = max(step.skeletons, key=lambda item: item.size, default=None)
        if most is None or step.seen < limits.same_least or most.size < limits.same_share * step.seen:
            continue
        found.append(
            Note(
                f"step {number}: {most.size} of {step.seen} messages are one text with names and facts exchanged ({', '.join(most.examples)} …)",
                "write a sentence of its own for each, or use several variants",
            )
        )
    return found
