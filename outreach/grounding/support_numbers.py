"""The numbers of a message and the ground truth in; for each number whether it is held, follows by arithmetic, or is invented."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from outreach.grounding.arithmetic import from_one_statement, is_close, shown
from outreach.grounding.figures import (
    alike,
    held_by,
    nearest_source,
    other_unit,
    percent_known,
    same_figure,
    unit_stems,
)
from outreach.grounding.free_numbers import BASES, FreeNumbers
from outreach.grounding.support_index import GroundIndex, Source, content_stems
from outreach.text.languages import Pack
from outreach.text.number import Number
from outreach.text.numbers import shares
from outreach.text.phrases import Hit
from outreach.text.quotes import quoted_spans
from outreach.text.stems import related
from outreach.text.tokens import Words
from outreach.text.units import measure, span_factors, spans, unit_scales

#: Numbers of a text that are looked at: no message has as many, and cost must not grow with their square.
_MOST = 120


@dataclass(frozen=True, slots=True)
class NumberSupport:
    """A number of the message and what it rests on. `nearest` is the statement it seems to retell with another figure."""

    number: Number
    supported: bool
    reason: str = ""
    nearest: Source | None = None


def number_support(
    words: Words, numbers: list[Number], index: GroundIndex, lists: Pack | None, phrases: dict[str, list[Hit]]
) -> list[NumberSupport]:
    """Judge every number of a message in order of position.

    Args:
        words: the message.
        numbers: its numbers.
        index: the ground truth.
        lists: the pack of the message's language.
        phrases: phrase hits of the message by family: they tell questions, requests and guesses from statements.
    """
    judge = _Judge(words, numbers[:_MOST], index, lists, phrases)
    for at in range(len(judge.numbers)):
        judge.results.append(judge.judged(at))
    return judge.results


@dataclass(eq=False)
class _Judge(FreeNumbers):
    """One reading of a message's numbers; each is judged knowing those before it."""

    results: list[NumberSupport] = field(default_factory=list)

    @cached_property
    def shares(self) -> dict[int, float]:
        """The percent of the share that a number is a part of, by the number's index; its first share where there are two."""
        found: dict[int, float] = {}
        for left, right, percent in shares(self.words, self.numbers, self.lists):
            if left not in found:
                found.update({left: percent, right: percent})
        return found

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Spans in quotation marks."""
        return quoted_spans(self.words.text)

    def judged(self, at: int) -> NumberSupport:
        """Judge the number with this index."""
        number, index = self.numbers[at], self.index
        if number.weak or number.kind == "clock":
            return NumberSupport(number, True, "weak")
        held = held_by(number, index)
        if held is not None:
            wrong = other_unit(number, index)
            if wrong is not None and (
                self._shared_with(number, wrong) < 2
                or (
                    measure(number.unit) == "minute"
                    and self.words.sentence_of[number.first] in self.open_sentences
                )
            ):
                wrong = None
            return NumberSupport(number, wrong is None, "unit" if wrong else held.ref, wrong or held)
        if at in self.shares and (percent_known(self.shares[at], index) or self._is_share_of_fact(at)):
            return NumberSupport(number, True, "share")
        if any(low <= number.start < high for low, high in self.quoted) or self._is_label(at):
            return NumberSupport(number, True, "named")
        if self._of_one_statement(number) or self._is_shown(at):
            return NumberSupport(number, True, "derived")
        replaced = None if self.is_supposed(number) else self._replaces(number)
        if replaced is not None:
            return NumberSupport(number, False, "replaced", replaced)
        if self.is_free(at):
            return NumberSupport(number, True, "free")
        reason = "share" if at in self.shares else "unknown"
        return NumberSupport(number, False, reason, nearest_source(self.words, number, index))

    def _is_share_of_fact(self, at: int) -> bool:
        """Say whether a share that is said to be rough follows from one statement: close to four in five for 52 that are 11 now."""
        number = self.numbers[at]
        started = self.numbers[at - 1] if at - 1 in self.shares else number
        if not (self._roughly(number) or self._roughly(started)):
            return False
        fraction = replace(number, values=(self.shares[at] / 100,), kind="fraction")
        return any(
            from_one_statement(fraction, source.numbers, rough=0.06)
            for source in self.index.sources
            if source.kind not in {"sender", "person"} and len(source.numbers) > 1
        )

    def _roughly(self, number: Number) -> float:
        """Return how much more may be meant than a figure says: nothing, a little after `about`, a good deal after `over`."""
        vague = number.in_words and self.words.folded[number.first].endswith("aine")  # `une quinzaine`
        if vague or self.near(number, "over", 3, 0):
            return 0.18
        return 0.06 if self.near(number, "rough", 3, 0) else 0.0

    def _is_label(self, at: int) -> bool:
        """Say whether a number names a thing rather than counts: `version 4`, `week one, three and eight`."""
        number = self.numbers[at]
        if number.kind != "plain" or number.value > 100:
            return False
        if self.near(number, "labels", 1, 0):
            return True
        previous = self.results[at - 1] if at else None
        return (
            previous is not None
            and previous.reason == "named"
            and number.first - previous.number.last <= 1
            and self.words.sentence_of[number.first] == self.words.sentence_of[previous.number.first]
        )

    def _of_one_statement(self, number: Number) -> bool:
        if number.kind == "percent" and self.near(number, "results", 4, 3) and self._is_part_of_fact(number):
            return True
        rough = self._roughly(number)
        if rough and number.kind in {"plain", "currency", "percent"} and self._is_rounded(number):
            return True
        if (
            number.kind == "fraction"
            and rough
            and any(
                known.kind == "percent" and abs(known.value - 100 * number.value) <= 6
                for known, _ in self.index.numbers
            )
        ):
            return True
        return any(
            from_one_statement(number, source.numbers, rough=rough)
            for source in self.index.sources
            if source.kind not in {"sender", "person"} and len(source.numbers) + len(source.shares) > 0
        )

    def _is_part_of_fact(self, number: Number) -> bool:
        """Say whether a percentage is one figure of the reader's as a part of another in the same unit: 2 of 50 tonnes."""
        told = [
            known
            for known, source in self.index.numbers
            if source.kind == "fact" and known.kind == "plain" and known.value > 0
        ]
        return any(
            abs(number.value - 100 * a.value / b.value) <= 0.6
            for a in told
            for b in told
            if a.value < b.value
            and (
                measure(a.unit) == measure(b.unit) is not None
                or unit_stems(a, self.index.language) & unit_stems(b, self.index.language)
            )
        )

    def _is_rounded(self, number: Number) -> bool:
        """Say whether a figure said to be about so much is a known one in round terms: almost two hundred for 190."""
        return any(
            known.kind == number.kind
            and source.kind != "sender"
            and known.value >= 8
            and is_close(number.value, known.value, rough=0.06)
            and (self._shared_with(number, source) >= 1 or self.index.is_foreign)
            for known, source in self.index.numbers
        )

    def _replaces(self, number: Number) -> Source | None:
        """Return the statement that is retold with another figure: the same thing is counted, and its own figure is not said."""
        unit = unit_stems(number, self.index.language)
        found: list[tuple[int, str, Source]] = []
        few = number.kind == "plain" and number.value <= 12
        for source in self.index.of_kind("fact", "claim", "pain"):
            unsaid = [
                known
                for known in source.numbers
                if alike(number, known) and not any(same_figure(other, known) for other in self.numbers)
            ]
            if not unsaid:
                continue
            shared = self._shared_with(number, source)
            counted = any(unit & unit_stems(known, self.index.language) for known in unsaid)
            if (shared >= 3 and not few) or (shared >= 2 and counted):
                found.append((-shared, source.text, source))
        return min(found, key=lambda item: item[:2], default=(0, "", None))[2]

    def _shared_with(self, number: Number, source: Source) -> int:
        """Count the content stems of a statement that stand around a number in its sentence."""
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        first, last = max(sentence.first, number.first - 14), min(sentence.last, number.last + 10)
        said = content_stems(self.words.folded[first:last], self.index.language, self.lists)
        return sum(
            1 for item in source.stems - self.index.name_stems if any(related(item, other) for other in said)
        )

    def _is_over_time(self, number: Number, *, rough: float) -> bool:
        """Say whether a figure is a known one over another span: 75 a month is 900 a year, every 4 minutes is 360 a day."""
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        said = spans(self.words.folded[sentence.first : sentence.last])
        for known, source in self.index.numbers:
            if source.kind == "sender" or known.kind not in {"plain", "currency"} or not known.value:
                continue
            for factor in span_factors(spans(source.folded), said):
                if any(
                    is_close(number.value, value, rough=rough)
                    for value in (known.value * factor, known.value / factor, factor / known.value)
                ):
                    return True
        return False

    def _is_share_of_base(self, number: Number) -> bool:
        """Say whether a base stands in the sentence, and the share of it is known: `for every thousand letters it is 90 more`."""
        sentence = self.words.sentence_of[number.first]
        return any(
            0 < number.value < other.value
            and other.value in BASES
            and self.words.sentence_of[other.first] == sentence
            and percent_known(100 * number.value / other.value, self.index)
            for other in self.numbers
        )

    def _is_shown(self, at: int) -> bool:
        """Say whether the message shows the sum: its parts stand in the same or the two sentences before."""
        number = self.numbers[at]
        if number.kind == "plain" and self._is_share_of_base(number):
            return True
        rough = self._roughly(number)
        timed = self.near(number, "periods", 4, 4)
        if timed and number.kind in {"plain", "currency"} and self._is_over_time(number, rough=rough):
            return True
        here = self.words.sentence_of[number.first]
        if self._is_of_two_beside(number, here):
            return True
        if not (rough or self.near(number, "results", 7, 3) or self._stands_by_percent(at)):
            return False
        near = [
            result.number
            for result in self.results
            if result.supported and here - self.words.sentence_of[result.number.first] <= 2
        ]
        near += [
            other
            for other in self.numbers[at + 1 :]
            if self.words.sentence_of[other.first] == here and held_by(other, self.index) is not None
        ]
        known = {
            share
            for index, share in self.shares.items()
            if percent_known(share, self.index) or self.is_supposed(self.numbers[index])
        } | set(self.index.shares)
        parts = [share / 100 for share in known] + self._points(here)
        near = (
            near[-5:] + [known for known, source in self.index.numbers if source.kind == "fact" and parts][:4]
        )
        first, last = self.words.sentences[max(0, here - 2)].first, self.words.sentences[here].last
        row = self.words.folded[first:last]
        scales = [*unit_scales(row), *span_factors(spans(row), spans(row))]
        return shown(number, near, parts, scales, rough=rough)

    def _is_of_two_beside(self, number: Number, here: int) -> bool:
        """Say whether a figure is the exact sum or difference of two supported ones in its sentence: 60 of 190 leave 130."""
        if number.value < 5 or number.kind not in {"plain", "currency"}:
            return False
        beside = [
            other.value
            for other in self.numbers
            if other is not number
            and self.words.sentence_of[other.first] == here
            and other.kind == number.kind
            and held_by(other, self.index) is not None
        ]
        return any(number.value in {a - b, a + b} for a in beside for b in beside if a > b)

    def _stands_by_percent(self, at: int) -> bool:
        """Say whether a known percentage stands a few words before a figure: `three per cent only 14`."""
        before = self.results[at - 1].number if at else None
        return (
            before is not None
            and self.results[at - 1].supported
            and before.kind == "percent"
            and 0 <= self.numbers[at].first - before.last <= 5
        )

    def _points(self, sentence: int) -> list[float]:
        """Return the percentage points that a sentence speaks of, as parts of a whole: `each point`, `3 points`."""
        here = self.words.sentences[sentence]
        row = self.words.folded[here.first : here.last]
        if not any(
            word.startswith(("punto", "puntit", "ponto", "point", "prozentpunkt", "punkt")) for word in row
        ):
            return []
        return [0.01] + [
            number.value / 100
            for number in self.numbers
            if number.kind == "plain"
            and number.value < 50
            and self.words.sentence_of[number.first] == sentence
        ]
