"""The numbers of a message in; those that claim nothing out: counts of things offered, asked about, supposed or guessed."""

from dataclasses import dataclass
from functools import cached_property

from outreach.grounding.figures import counts_known, held_by
from outreach.grounding.support_index import GroundIndex
from outreach.text.languages import Pack
from outreach.text.number import Number
from outreach.text.phrases import Hit
from outreach.text.tokens import Words
from outreach.text.units import measure

#: A count of things offered or asked about is free up to here.
_MAX_COUNT = 120
#: Counts that people propose: a handful, ten, twenty.
_ROUND = frozenset({2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 50.0, 100.0})
#: `for example`, in five languages: what is an example is not claimed.
_EXAMPLE = frozenset("example instance ejemplo exemplo beispielsweise beispiel exemple".split())
#: Round bases of a share: `nine in a hundred`.
BASES = frozenset({10.0, 100.0, 1000.0, 1_000_000.0})
#: Words between two figures of which one became the other.
_TO = frozenset("to a auf para bis instead than statt lieu vez inves als que down up".split())


@dataclass(eq=False)
class FreeNumbers:
    """One reading of a message's numbers against the ground truth, and which of them are free of any claim."""

    words: Words
    numbers: list[Number]
    index: GroundIndex
    lists: Pack | None
    phrases: dict[str, list[Hit]]

    @cached_property
    def open_sentences(self) -> frozenset[int]:
        """Sentences that ask, offer or guess: a count in them is no claim."""
        hits = [
            hit for family in ("request", "guess", "courtesy_offer") for hit in self.phrases.get(family, [])
        ]
        asked = {at for at, sentence in enumerate(self.words.sentences) if sentence.mark == "?"}
        return frozenset(asked | {self.words.sentence_of[hit.first] for hit in hits})

    def near(self, number: Number, name: str, before: int, after: int) -> bool:
        """Say whether a word of a list stands near a number, within its sentence."""
        if self.lists is None:
            return False
        listed = self.lists.words[name]
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        first, last = max(sentence.first, number.first - before), min(sentence.last, number.last + after)
        folded = self.words.folded
        return any(folded[at] in listed for at in range(first, last) if not number.first <= at < number.last)

    def is_free(self, at: int) -> bool:
        """Say whether a number claims nothing: an ordinal, a guess, a span of time, a supposition, or a free count."""
        number = self.numbers[at]
        if number.kind == "ordinal":
            return number.value <= 31
        if number.kind in {"fraction", "multiple"} and self._is_hedged(number):
            return True
        if number.kind == "multiple" and not self._is_of_someone(number):
            return True  # `doubly a pity`
        if self._is_span(number):
            return True
        if number.kind in {"plain", "fraction"}:
            return self._is_free_count(at)
        return self.is_supposed(number)

    def _is_free_count(self, at: int) -> bool:
        """Say whether a count is of things offered, asked about or supposed, or a base or manner of speaking."""
        number = self.numbers[at]
        is_open = self.words.sentence_of[number.first] in self.open_sentences
        if is_open and measure(number.unit) == "minute" and number.value <= 60:
            return True
        if number.value in {0.0, 1.0}:
            return True
        if counts_known(number, self.index) and not (is_open and self._is_indefinite(number)):
            return False
        if self._is_base(number) or self.is_supposed(number):
            return True
        paired = self._is_paired(at)
        if self._is_many(number) or (
            number.value <= 3 and number.in_words and number.kind == "plain" and not paired
        ):
            return True
        if number.value > _MAX_COUNT or self.near(number, "yours", 2, 0):
            return number.value in BASES and is_open
        return not paired and (is_open or self._is_offered(number))

    def _is_many(self, number: Number) -> bool:
        """Say whether a round word stands for many: `mil cosas`, `cent avis`."""
        return number.in_words and number.value in BASES and number.last - number.first == 1

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
        if number.value not in BASES or self.lists is None:
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

    def is_supposed(self, number: Number) -> bool:
        """Say whether a number stands behind an `if` or beside `for example`: what is supposed is not claimed."""
        if self.lists is None:
            return False
        sentence = self.words.sentences[self.words.sentence_of[number.first]]
        row = self.words.folded[max(sentence.first, number.first - 9) : number.first]
        beside = self.words.folded[
            max(sentence.first, number.first - 4) : min(sentence.last, number.last + 4)
        ]
        return any(word in self.lists.words["ifs"] for word in row) or any(
            word in _EXAMPLE for word in beside
        )

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
            (5.0, "day"),
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
