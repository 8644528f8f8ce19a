"""A message record in; one reading of it out that all checks share: words, phrases, numbers, parts and ground truth."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from outreach.domain.judgement import Context, MessageRecord
from outreach.grounding.support_index import RUN_WORDS, GroundIndex, content_stems, index_context
from outreach.rubric.links import links
from outreach.rubric.parts import Parts, read_parts
from outreach.rubric.rubrics import Limits, Rubric
from outreach.text.counting import word_count
from outreach.text.detect import language_scores
from outreach.text.languages import Pack, pack, safety_index
from outreach.text.number import Number
from outreach.text.numbers import read_numbers
from outreach.text.phrases import Hit
from outreach.text.quotes import quoted_spans
from outreach.text.tokens import Sentence, Words, read_words

#: A longer text is judged by its length alone beyond this point: nothing that long is ever sent.
_MAX_CHARS = 20_000


class View:
    """One message as the checks see it. Everything is read once, when first asked for."""

    def __init__(self, record: MessageRecord, rubric: Rubric) -> None:
        """Take a record and the rubric narrowed to it."""
        self.record = record
        self.rubric = rubric
        self.raw = record.body
        body = record.body[:_MAX_CHARS]
        self.text = body if body.isascii() else unicodedata.normalize("NFC", body)
        self.language = (
            record.context.preferences.language
            if record.context.preferences.language != "en"
            else record.language
        )
        if "language" not in record.context.preferences.model_fields_set:
            self.language = record.language
        self.channel = record.channel
        self.subject = record.subject or ""

    @property
    def context(self) -> Context:
        """The record's context."""
        return self.record.context

    @property
    def limits(self) -> Limits:
        """The rubric's limits."""
        return self.rubric.limits

    @property
    def formality(self) -> str:
        """How the reader wants to be written to: casual, neutral or formal."""
        return self.context.preferences.formality

    @property
    def is_follow_up(self) -> bool:
        """Say whether something was written before."""
        return self.record.step > 1 or bool(self.context.previous_messages)

    @cached_property
    def lists(self) -> Pack | None:
        """The language pack, None for a language without one."""
        return pack(self.language)

    @cached_property
    def words(self) -> Words:
        """Words and sentences of the body."""
        return read_words(self.text, self.language)

    @cached_property
    def subject_words(self) -> Words:
        """Words of the subject."""
        return read_words(unicodedata.normalize("NFC", self.subject), self.language)

    @cached_property
    def phrases(self) -> dict[str, list[Hit]]:
        """Phrase hits in the body by family, in the message's language, without those that the ground truth says just so."""
        if not self.lists:
            return {}
        found = self.lists.index.find(self.words)
        told = self.told_tokens
        if not told:
            return found
        kept = {name: [hit for hit in hits if not _is_told(hit, told)] for name, hits in found.items()}
        return {name: hits for name, hits in kept.items() if hits}

    @cached_property
    def told_tokens(self) -> frozenset[int]:
        """Tokens that stand in a run of four or more just as in a claim, ask, pain or fact: locked words, not the writer's choice."""
        return frozenset(
            at + offset for at in self.run_starts(self.ground.runs) for offset in range(RUN_WORDS)
        )

    def run_starts(self, runs: frozenset[tuple[str, ...]], size: int = RUN_WORDS) -> list[int]:
        """Return the tokens at which one of these rows of `size` words begins."""
        folded = self.words.folded
        return [at for at in range(len(folded) - size + 1) if tuple(folded[at : at + size]) in runs]

    @cached_property
    def subject_phrases(self) -> dict[str, list[Hit]]:
        """Phrase hits in the subject by family."""
        return self.lists.index.find(self.subject_words) if self.lists and self.subject else {}

    @cached_property
    def safety_phrases(self) -> dict[str, list[Hit]]:
        """Hits of the safety families: in the message's language, in English, which models fall back to, and in what it seems to be written in.

        Without a context any of the five languages may be meant. All five at once would take words of one for another's.
        """
        if "context" not in self.record.model_fields_set or self.lists is None:
            return safety_index().find(self.words)
        scores, _ = language_scores(self.words, 0, len(self.words))
        likely = max(scores, key=lambda code: scores[code], default=self.language)
        return safety_index(frozenset({self.language, "en", likely})).find(self.words)

    @cached_property
    def numbers(self) -> list[Number]:
        """Numbers of the body."""
        return read_numbers(self.words)

    @cached_property
    def ground(self) -> GroundIndex:
        """What the message may rest on."""
        return index_context(self.context, self.language)

    @cached_property
    def organisations(self) -> frozenset[str]:
        """Words that name the prospect's firm or a customer."""
        return self.ground.organisations(self.lists)

    @cached_property
    def parts(self) -> Parts:
        """Greeting, content and sign-off."""
        return read_parts(self.words, self.context)

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """Spans in quotation marks: what stands there is not said in the writer's own voice."""
        return quoted_spans(self.text)

    def is_quoted(self, start: int) -> bool:
        """Say whether a position stands within quotation marks."""
        if not self.quoted:
            return False
        at = bisect_right(self.quoted, (start, 1 << 30)) - 1
        return at >= 0 and start < self.quoted[at][1]

    def sentence(self, index: int) -> Sentence:
        """Return a sentence of the body."""
        return self.words.sentences[index]

    def content(self) -> Iterator[tuple[int, Sentence, range]]:
        """Yield the sentences between greeting and sign-off: index, sentence, and the tokens without the greeting."""
        yield from self.parts.content

    @cached_property
    def word_count(self) -> int:
        """Number of white-space tokens of the whole body that hold a letter or a digit."""
        return word_count(self.raw)

    @cached_property
    def links(self) -> list[tuple[int, int, bool]]:
        """Links of the body: start, end, and whether one is only a bare domain without a path."""
        return links(self.text)

    @cached_property
    def content_tokens(self) -> list[int]:
        """Indices of the tokens between greeting and sign-off."""
        return [at for _, _, tokens in self.parts.content for at in tokens]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Content stems between greeting and sign-off."""
        folded = self.words.folded
        return content_stems((folded[at] for at in self.content_tokens), self.language, self.lists)

    def in_context(self, hit: Hit) -> bool:
        """Say whether the words of a phrase stand just so in the ground truth: then they are the reader's own."""
        return self.span_in_context(hit.first, hit.last)

    def span_in_context(self, first: int, last: int) -> bool:
        """Say whether a row of words stands just so in one statement of the ground truth."""
        row = tuple(self.words.folded[first:last])
        size = len(row)
        for source in self.ground.sources:
            folded = source.folded
            if row[0] in folded and any(
                folded[at : at + size] == row for at in range(len(folded) - size + 1)
            ):
                return True
        return False

    def span(self, hit: Hit) -> tuple[int, int]:
        """Return the positions of a phrase in the body."""
        return self.words.starts[hit.first], self.words.ends[hit.last - 1]

    def say(self, hit: Hit) -> str:
        """Return a phrase as it stands in the body."""
        return self.words.span_text(hit.first, hit.last)


def _is_told(hit: Hit, told: frozenset[int]) -> bool:
    """Say whether a phrase stands within locked words, or begins there: what it may run on into is not what makes it."""
    tokens = range(hit.first, hit.last)
    mostly = sum(at in told for at in tokens) >= 0.6 * len(tokens)
    return mostly or told.issuperset(tokens[:2])
