"""Sequences to people of one account in; what checks across them share out: readings made once, and who else is written to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from outreach.domain.judgement import Context, ContextProspect, MessageRecord, SequenceRecord, StepRecord
from outreach.grounding.support_index import content_stems
from outreach.rubric.rubrics import Rubric
from outreach.rubric.units import used_units
from outreach.rubric.view import View
from outreach.text.number import Number

#: A sentence with figures: its content stems, the figures, and the sentence.
Counted = tuple[frozenset[str], tuple[Number, ...], str]


class Told:
    """A sequence to one person, each message read once."""

    def __init__(self, record: SequenceRecord, rubric: Rubric, opening: frozenset[str] | None = None) -> None:
        """Take a sequence, how it is judged, and, where it is known, which facts the first message rests on."""
        self.record = record
        self.rubric = rubric
        self._opening = opening

    @cached_property
    def views(self) -> list[View]:
        """The messages as checks see them."""
        return [View(_message(self.record, step), self.rubric) for step in self.record.steps]

    @cached_property
    def opening(self) -> frozenset[str]:
        """What identifies the facts of the first message: ids where the writer's basis is known, else their texts."""
        if self._opening is not None or not self.views:
            return self._opening or frozenset()
        view, facts = self.views[0], self.record.context.facts
        refs = [ref.removeprefix("fact:") for ref in used_units(view) if ref.startswith("fact:")]
        return frozenset(
            facts[int(ref)].casefold() for ref in refs if ref.isdigit() and int(ref) < len(facts)
        )

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


def opening_facts(rests_on: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the ids of facts among what the sentences of a first message rest on; the reader's own record is none."""
    return frozenset(
        one for ids in rests_on for one in ids if one.startswith("fact:") and one != "fact:prospect"
    )


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
