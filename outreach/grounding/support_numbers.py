"""The numbers of a message and the ground truth in; for each number whether it is held, follows by arithmetic, or is invented."""

from dataclasses import dataclass
from functools import cached_property

from outreach.grounding.arithmetic import from_one_statement, is_close, shown
from outreach.grounding.figures import (
    alike,
    counts_known,
    held_by,
    nearest_source,
    other_unit,
    percent_known,
    same_figure,
    unit_stems,
)
from outreach.grounding.support_index import GroundIndex, Source, content_stems
from outreach.text.languages import Pack
from outreach.text.number import Number
from outreach.text.numbers import shares
from outreach.text.phrases import Hit
from outreach.text.quotes import quoted_spans
from outreach.text.stems import related
from outreach.text.tokens import Words
from outreach.text.units import measure, span_factors, spans

#: A count of things offered or asked about is free up to here.
_MAX_COUNT = 120
#: Numbers of a text that are looked at: no message has as many, and cost must not grow with their square.
_MOST = 120
#: Counts that people propose: a handful, ten, twenty.
_ROUND = frozenset({2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 50.0, 100.0})
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
        if at in self.shares and percent_known(self.shares[at], index):
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

    def _is_rounded(self, number: Number) -> bool:
        """Say whether a figure said to be about so much is a known one in round terms: almost two hundred for 190."""
        return any(
            known.kind == number.kind
            and source.kind != "sender"
            and known.value >= 8
            and is_close(number.value, known.value, rough=True)
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

    def _is_free(self, at: int) -> bool:
        """Say whether a number claims nothing: a count of things offered, asked about or supposed, an ordinal, a base."""
        number = self.numbers[at]
        if number.kind == "ordinal":
            return number.value <= 31
        if number.kind in {"fraction", "multiple"} and (
            self._is_hedged(number) or not self._is_of_someone(number)
        ):
            return True
        if self._is_span(number):
            return True
        if number.kind not in {"plain", "fraction"}:
            return self._is_supposed(number)
        sentence = self.words.sentence_of[number.first]
        if sentence in self.open_sentences and measure(number.unit) == "minute" and number.value <= 60:
            return True
        if counts_known(number, self.index) and not (
            sentence in self.open_sentences and self._is_indefinite(number)
        ):
            return False
        if number.in_words and number.value in _BASES and number.last - number.first == 1:
            return True  # `mil cosas`, `cent avis`: many, not a thousand
        if number.kind == "plain" and (number.value == 1 or self._is_base(number)):
            return True
        paired = self._is_paired(at)
        if number.kind == "plain" and number.value <= 3 and number.in_words and not paired:
            return True
        if self._is_supposed(number):
            return True
        if number.value > _MAX_COUNT or (self._near(number, "yours", 2, 0)):
            return number.value in _BASES and sentence in self.open_sentences
        if sentence in self.open_sentences and not paired:
            return True
        return not paired and self._is_offered(number)

    def _is_indefinite(self, number: Number) -> bool:
        """Say whether a small round count in a proposal is of any such things: `on ten of them`, not `the ten` or `your ten`."""
        before = self.words.folded[number.first - 1] if number.first else ""
        lists = self.lists
        definite = (
            lists.words["the"] | lists.words["yours"] | lists.words["theirs"] if lists else frozenset[str]()
        )
        return number.value in _ROUND and before not in definite

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
                    and held_by(beside, self.index)
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

    def _is_of_someone(self, number: Number) -> bool:
        """Say whether the sentence of a figure is about the reader, the reader's firm or a customer."""
        if self.lists is None:
            return True
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        row = set(self.words.folded[sentence.first : sentence.last])
        return bool(
            row
            & (self.lists.words["yours"] | self.lists.words["second"] | self.index.organisations(self.lists))
        )

    def _is_span(self, number: Number) -> bool:
        """Say whether a number only says how long a week or a year is, or a quarter of an hour."""
        unit = measure(number.unit)
        if number.kind == "fraction":
            return bool({measure((word.removeprefix("d'"),)) for word in number.unit} & {"hour"})
        return (number.value, unit) in {
            (7.0, "day"),
            (52.0, "week"),
            (365.0, "day"),
            (12.0, "month"),
            (60.0, "minute"),
        }

    def _is_hedged(self, number: Number) -> bool:
        """Say whether a sentence marks its fraction or multiple as a guess: `probably half of them`."""
        here = self.words.sentence_of[number.first]
        return any(self.words.sentence_of[hit.first] == here for hit in self.phrases.get("hedge", []))

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
            and other.value in _BASES
            and self.words.sentence_of[other.first] == sentence
            and percent_known(100 * number.value / other.value, self.index)
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
            if self.words.sentence_of[other.first] == here and held_by(other, self.index) is not None
        ]
        parts = [share / 100 for share in {*self.shares.values(), *self.index.shares}] + self._points(here)
        near = (
            near[-5:] + [known for known, source in self.index.numbers if source.kind == "fact" and parts][:4]
        )
        return shown(number, near, parts, rough=rough, timed=timed)

    def _points(self, sentence: int) -> list[float]:
        """Return the percentage points that a sentence speaks of, as parts of a whole: `each point`, `3 points`."""
        here = self.words.sentences[sentence]
        row = self.words.folded[here.first : here.last]
        if not any(word.startswith(("punto", "ponto", "point", "prozentpunkt", "punkt")) for word in row):
            return []
        return [0.01] + [
            number.value / 100
            for number in self.numbers
            if number.kind == "plain"
            and number.value < 50
            and self.words.sentence_of[number.first] == sentence
        ]
