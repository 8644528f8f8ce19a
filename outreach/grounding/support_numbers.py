"""The numbers of a message and the ground truth in; for each number whether it is held, follows by arithmetic, or is invented."""

import math
from dataclasses import dataclass
from functools import cached_property

from outreach.grounding.arithmetic import from_one_statement, is_close, shown
from outreach.grounding.support_index import GroundIndex, Source, content_stems
from outreach.text.languages import Pack
from outreach.text.number import Number
from outreach.text.numbers import shares
from outreach.text.phrases import Hit
from outreach.text.quotes import quoted_spans
from outreach.text.stems import related, stem
from outreach.text.tokens import Words
from outreach.text.units import measure, span_factors, spans

#: A count of things offered or asked about is free up to here.
_MAX_COUNT = 120
#: Numbers of a text that are looked at: no message has as many, and cost must not grow with their square.
_MOST = 120
#: Round bases of a share: `nine in a hundred`.
_BASES = frozenset({10.0, 100.0, 1000.0})


#: Words between two figures of which one became the other.
_TO = frozenset("to a auf para bis instead than statt lieu vez inves als que down up".split())


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


class _Judge:
    """One reading of a message's numbers; each is judged knowing those before it."""

    def __init__(
        self,
        words: Words,
        numbers: list[Number],
        index: GroundIndex,
        lists: Pack | None,
        phrases: dict[str, list[Hit]],
    ) -> None:
        self.words, self.numbers, self.index, self.lists = words, numbers, index, lists
        self.phrases = phrases
        self.results: list[NumberSupport] = []
        self.shares: dict[int, float] = {}
        for left, right, percent in shares(words, numbers, lists):
            if left not in self.shares:
                self.shares.update({left: percent, right: percent})

    @cached_property
    def open_sentences(self) -> frozenset[int]:
        """Sentences that ask, offer or guess: a count in them is no claim."""
        hits = [
            hit for family in ("request", "guess", "courtesy_offer") for hit in self.phrases.get(family, [])
        ]
        asked = {at for at, sentence in enumerate(self.words.sentences) if sentence.mark == "?"}
        return frozenset(asked | {self.words.sentence_of[hit.first] for hit in hits})

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Spans in quotation marks."""
        return quoted_spans(self.words.text)

    def judged(self, at: int) -> NumberSupport:
        """Judge the number with this index."""
        number, index = self.numbers[at], self.index
        if number.weak or number.kind == "clock":
            return NumberSupport(number, True, "weak")
        held = _held(number, index)
        if held is not None:
            wrong = _other_unit(number, index)
            if wrong is not None and self._shared_with(number, wrong) < 2:
                wrong = None
            return NumberSupport(number, wrong is None, "unit" if wrong else held.ref, wrong or held)
        if at in self.shares and _percent_known(self.shares[at], index):
            return NumberSupport(number, True, "share")
        if any(low <= number.start < high for low, high in self.quoted) or self._is_label(at):
            return NumberSupport(number, True, "named")
        if self._of_one_statement(number) or self._is_shown(at):
            return NumberSupport(number, True, "derived")
        replaced = None if self._is_supposed(number) else self._replaces(number)
        if replaced is not None:
            return NumberSupport(number, False, "replaced", replaced)
        if self._is_free(at):
            return NumberSupport(number, True, "free")
        return NumberSupport(number, False, "unknown", nearest_source(self.words, number, index))

    def _near(self, number: Number, name: str, before: int, after: int) -> bool:
        """Say whether a word of a list stands near a number, within its sentence."""
        if self.lists is None:
            return False
        listed = self.lists.words[name]
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        first, last = max(sentence.first, number.first - before), min(sentence.last, number.last + after)
        folded = self.words.folded
        return any(folded[at] in listed for at in range(first, last) if not number.first <= at < number.last)

    def _is_label(self, at: int) -> bool:
        """Say whether a number names a thing rather than counts: `version 4`, `week one, three and eight`."""
        number = self.numbers[at]
        if number.kind != "plain" or number.value > 100:
            return False
        if self._near(number, "labels", 1, 0):
            return True
        previous = self.results[at - 1] if at else None
        return (
            previous is not None
            and previous.reason == "named"
            and number.first - previous.number.last <= 1
            and self.words.sentence_of[number.first] == self.words.sentence_of[previous.number.first]
        )

    def _of_one_statement(self, number: Number) -> bool:
        rough = self._near(number, "rough", 3, 1)
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

    def _replaces(self, number: Number) -> Source | None:
        """Return the statement that is retold with another figure: the same thing is counted, and its own figure is not said."""
        unit = _unit_stems(number, self.index.language)
        found: list[tuple[int, str, Source]] = []
        few = number.kind == "plain" and number.value <= 12
        for source in self.index.of_kind("fact", "claim", "pain"):
            unsaid = [
                known
                for known in source.numbers
                if _alike(number, known) and not any(same_figure(other, known) for other in self.numbers)
            ]
            if not unsaid:
                continue
            shared = self._shared_with(number, source)
            counted = any(unit & _unit_stems(known, self.index.language) for known in unsaid)
            if (shared >= 3 and not few) or (shared >= 2 and counted):
                found.append((-shared, source.text, source))
        return min(found, key=lambda item: item[:2], default=(0, "", None))[2]

    def _shared_with(self, number: Number, source: Source) -> int:
        """Count the content stems of a statement that stand around a number in its sentence."""
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        first, last = max(sentence.first, number.first - 14), min(sentence.last, number.last + 10)
        said = content_stems(self.words.folded[first:last], self.index.language, self.lists)
        return sum(1 for item in source.stems if any(related(item, other) for other in said))

    def _is_free(self, at: int) -> bool:
        """Say whether a number claims nothing: a count of things offered, asked about or supposed, an ordinal, a base."""
        number = self.numbers[at]
        if number.kind == "ordinal":
            return number.value <= 31
        if number.kind not in {"plain", "fraction"}:
            return self._is_supposed(number)
        if _counts_known(number, self.index):
            return False
        if number.kind == "plain" and (number.value == 1 or self._is_base(number)):
            return True
        paired = self._is_paired(at)
        if number.kind == "plain" and number.value <= 3 and number.in_words and not paired:
            return True
        if self._is_supposed(number):
            return True
        sentence = self.words.sentence_of[number.first]
        if number.value > _MAX_COUNT or (self._near(number, "yours", 2, 0)):
            return number.value in _BASES and sentence in self.open_sentences
        if sentence in self.open_sentences and not paired:
            return True
        return not paired and self._is_offered(number)

    def _is_base(self, number: Number) -> bool:
        """Say whether a round number is what a share is taken of: `in every hundred`, `sur mille`."""
        if number.value not in _BASES or self.lists is None:
            return False
        before = self.words.folded[max(0, number.first - 2) : number.first]
        return any(word in self.lists.numbers.out_of for word in before)

    def _is_paired(self, at: int) -> bool:
        """Say whether a known figure stands beside it: `from nine days to three` counts, `three questions` does not."""
        number = self.numbers[at]
        for other in (at - 1, at + 1):
            if 0 <= other < len(self.numbers):
                beside = self.numbers[other]
                if self.words.sentence_of[beside.first] != self.words.sentence_of[number.first]:
                    continue
                first, last = min(beside.last, number.last), max(beside.first, number.first)
                if (
                    last - first <= 4
                    and any(word in _TO for word in self.words.folded[first:last])
                    and _held(beside, self.index)
                ):
                    return True
        return False

    def _is_supposed(self, number: Number) -> bool:
        """Say whether a number stands behind an `if`: what is supposed is not claimed."""
        if self.lists is None:
            return False
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        row = self.words.folded[max(sentence.first, number.first - 9) : number.first]
        return any(word in self.lists.words["ifs"] for word in row)

    def _is_offered(self, number: Number) -> bool:
        """Say whether a small count is of things that one sends or shows: `three photos`, `two-page`."""
        return (
            self.lists is not None
            and number.value <= 31
            and any(word in self.lists.words["offered"] and not measure((word,)) for word in number.unit[:2])
        )

    def _is_over_time(self, number: Number, *, rough: bool) -> bool:
        """Say whether a figure is a known one over another span: 75 a month is 900 a year, every 4 minutes is 360 a day."""
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        said = spans(self.words.folded[sentence.first : sentence.last])
        for known, source in self.index.numbers:
            if source.kind == "sender" or known.kind not in {"plain", "currency"} or not known.value:
                continue
            for factor in span_factors(spans(source.folded), said):
                if is_close(number.value, known.value * factor, rough=rough) or is_close(
                    number.value, factor / known.value, rough=rough
                ):
                    return True
        return False

    def _is_share_of_base(self, number: Number) -> bool:
        """Say whether a base stands in the sentence, and the share of it is known: `for every thousand letters it is 90 more`."""
        sentence = self.words.sentence_of[number.first]
        return any(
            0 < number.value < other.value
            and other.value in _BASES
            and self.words.sentence_of[other.first] == sentence
            and _percent_known(100 * number.value / other.value, self.index)
            for other in self.numbers
        )

    def _is_shown(self, at: int) -> bool:
        """Say whether the message shows the sum: its parts stand in the same or the two sentences before."""
        number = self.numbers[at]
        if number.kind == "plain" and self._is_share_of_base(number):
            return True
        rough = self._near(number, "rough", 3, 1)
        timed = self._near(number, "periods", 4, 4)
        if timed and number.kind in {"plain", "currency"} and self._is_over_time(number, rough=rough):
            return True
        here = self.words.sentence_of[number.first]
        if not (rough or self._near(number, "results", 4, 3)):
            return False
        near = [
            result.number
            for result in self.results
            if result.supported and here - self.words.sentence_of[result.number.first] <= 2
        ]
        near += [
            other
            for other in self.numbers[at + 1 :]
            if self.words.sentence_of[other.first] == here and _held(other, self.index) is not None
        ]
        return shown(number, near[-5:], rough=rough, timed=timed)


def _held(number: Number, index: GroundIndex) -> Source | None:
    """Return the statement that holds this figure, in any form."""
    best: Source | None = None
    for known, source in index.numbers:
        if same_figure(number, known):
            if source.kind != "sender":
                return source
            best = source
    if best is None and number.kind in {"percent", "fraction"}:
        percent = number.value * (100 if number.kind == "fraction" else 1)
        if any(abs(percent - share) < 0.6 for share in index.shares):
            return index.sources[0] if index.sources else None
    return best


def same_figure(number: Number, known: Number) -> bool:
    """Say whether two figures are one in any form: 500 mil and half a million, nine in ten and 90 %."""
    if number.kind == "fraction" or known.kind == "fraction":
        return _percents_meet(number, known)
    if number.kind == "multiple" or known.kind == "multiple":
        return number.kind == known.kind and number.value == known.value
    if (number.kind == "percent") != (known.kind == "percent"):
        return False
    return any(math.isclose(left, right, rel_tol=1e-9) for left in number.values for right in known.values)


def _percents_meet(number: Number, known: Number) -> bool:
    """Compare a fraction with a fraction or percentage: a third is 31 to 36 %, and 38 % is more than a third."""

    def percent(value: Number) -> float | None:
        if value.kind == "fraction":
            return value.value * 100
        return value.value if value.kind == "percent" else None

    left, right = percent(number), percent(known)
    if left is None or right is None:
        return False
    return abs(left - right) <= (2.6 if number.kind != known.kind else 0.1)


def _percent_known(share: float, index: GroundIndex) -> bool:
    """Say whether a share is known, or the difference of two known ones: thirteen in a thousand is 3.2 % less 1.9 %."""
    known = [item.value for item, _ in index.numbers if item.kind == "percent"] + index.shares
    known += [item.value * 100 for item, _ in index.numbers if item.kind == "fraction"]
    known += [100 - value for value in known]
    known += [abs(a - b) for a in known for b in known if a != b]
    return any(abs(share - value) < 0.06 * max(1.0, min(share, 10.0)) for value in known)


def _other_unit(number: Number, index: GroundIndex) -> Source | None:
    """Return the statement that holds this figure only with another unit of the same sort: 4 weeks for 4 days."""
    unit = measure(number.unit)
    if unit is None:
        return None
    clashing = None
    for known, source in index.numbers:
        if not same_figure(number, known):
            continue
        other = measure(known.unit)
        if other is None or other == unit:
            return None
        clashing = source
    return clashing


def _alike(number: Number, known: Number) -> bool:
    """Say whether two figures are of one sort, so that one could stand for the other."""
    left = {"plain" if number.kind == "currency" else number.kind}
    right = {"plain" if known.kind == "currency" else known.kind}
    return left == right and not same_figure(number, known)


def _unit_stems(number: Number, language: str) -> set[str]:
    """Return the stems of what a number counts; a span of time is no thing."""
    return {stem(word, language) for word in number.unit[:2] if len(word) > 3 and not measure((word,))}


def _counts_known(number: Number, index: GroundIndex) -> bool:
    """Say whether the ground truth counts the same thing with another figure."""
    units = _unit_stems(number, index.language)
    return any(
        units & _unit_stems(known, index.language) and not same_figure(number, known)
        for known, source in index.numbers
        if source.kind in {"fact", "claim", "pain"} and known.kind == number.kind
    )


def nearest_source(words: Words, number: Number, index: GroundIndex) -> Source | None:
    """Return the statement with a figure whose words stand nearest around a number."""
    sentence = words.sentences[words.sentence_of[number.first]]
    around = {
        stem(word, index.language) for word in words.folded[sentence.first : sentence.last] if len(word) > 3
    }
    found = [
        (
            -sum(1 for item in source.stems if any(related(item, other) for other in around)),
            source.text,
            source,
        )
        for source in index.of_kind("fact", "claim", "pain")
        if source.numbers
    ]
    shared, _, nearest = min(found, key=lambda item: item[:2], default=(0, "", None))
    return nearest if shared else None
