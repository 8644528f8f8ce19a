"""Sequences to people of one account in; what checks across them share out: readings made once, and who else is written to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from outreach.domain.judgement import Context, ContextProspect, MessageRecord, SequenceRecord, StepRecord
from outreach.grounding.support_index import content_stems
from outreach.rubric.rubrics import Rubric
from outreach.rubric.view import View
from outreach.text.number import Number
from outreach.text.stems import related

#: Share of a fact's own words, and its figure, from which a message opens on it.
_OPENING_SHARE = 0.5
#: So many of them, where the fact has as many.
_OPENING_WORDS = 2

#: A sentence with figures: its content stems, the figures, and the sentence.
Counted = tuple[frozenset[str], tuple[Number, ...], str]


class Told:
    """A sequence to one person, each message read once."""

    def __init__(self, record: SequenceRecord, rubric: Rubric, *, tells_fact: bool = True) -> None:
        """Take a sequence and how it is judged; `tells_fact` is False where its first message is known to rest on none."""
        self.record = record
        self.rubric = rubric
        self._tells_fact = tells_fact

    @cached_property
    def views(self) -> list[View]:
        """The messages as checks see them."""
        return [View(_message(self.record, step), self.rubric) for step in self.record.steps]

    @cached_property
    def opening(self) -> str:
        """The fact that the first message opens on, in small letters; empty for none."""
        return _opening_fact(self.views[0]).casefold() if self.views and self._tells_fact else ""

    @cached_property
    def counted(self) -> list[Counted]:
        """The sentences that hold figures."""
        return [found for view in self.views for found in _counted(view)]

    @property
    def prospect(self) -> ContextProspect:
        """Who is written to."""
        return self.record.context.prospect


@dataclass(frozen=True)
class Colleagues:
    """What is known of the others in an account: who they are, and what those who go before get."""

    people: tuple[ContextProspect, ...] = ()
    before: tuple[Told, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return bool(self.people or self.before)


NOBODY = Colleagues()


@dataclass(frozen=True)
class MemberView:
    """One message of a person, beside what the colleagues are and get."""

    told: Told
    at: int
    colleagues: Colleagues

    @property
    def view(self) -> View:
        """The message."""
        return self.told.views[self.at]

    @property
    def rubric(self) -> Rubric:
        """How it is judged."""
        return self.told.rubric


def rests_on_fact(rests_on: Iterable[Sequence[str]]) -> bool:
    """Say whether what the sentences of a message rest on holds a fact; the reader's own record is none."""
    return any(one.startswith("fact:") and one != "fact:prospect" for ids in rests_on for one in ids)


def _opening_fact(view: View) -> str:
    """Return the fact whose own words, those that no other fact has, a message holds most of: at least half, and two."""
    facts = view.ground.of_kind("fact")
    best, most = "", _OPENING_SHARE
    for source in facts:
        others = frozenset(stem for other in facts if other is not source for stem in other.stems)
        own = source.stems - view.ground.name_stems - others
        told = sum(
            1 for stem in own if any(related(stem, said) for said in view.stems if said[:3] == stem[:3])
        )
        figures = {number.value for number in source.numbers}
        told += bool(figures & {number.value for number in view.numbers})
        size = len(own) + bool(figures)
        # One word alone is told by chance: `openings` of jobs are no opened office.
        if told >= min(_OPENING_WORDS, size) > 0 and told / size >= most and (not best or told / size > most):
            best, most = source.text, told / size
    return best


def _message(record: SequenceRecord, step: StepRecord) -> MessageRecord:
    names = type(record.context).model_fields
    context = Context.model_construct(**{name: getattr(record.context, name) for name in names})
    return MessageRecord.model_construct(
        id=f"{record.id}/{step.step}", channel=step.channel, step=step.step, language=record.language, context=context,
        subject=step.subject, body=step.body)  # fmt: skip


def _counted(view: View) -> Iterable[Counted]:
    for index, sentence in enumerate(view.words.sentences):
        numbers = tuple(number for number in view.numbers if sentence.first <= number.first < sentence.last)
        if numbers:
            taken = {at for number in numbers for at in range(number.first, number.last)}
            words = [view.words.folded[at] for at in sentence.words if at not in taken]
            yield content_stems(words, view.language, view.lists), numbers, view.words.sentence_text(index)
