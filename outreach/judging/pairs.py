"""Two texts for the same person in; which a judge prefers, blind and in both orders, out: only agreeing answers count."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from outreach.domain.completions import Prompt
from outreach.domain.judgement import Context, MessageRecord, SequenceRecord
from outreach.errors import AnswerError, CallError, ProviderError
from outreach.judging.answers import answer_object
from outreach.judging.ground import MAX_GROUND_CHARS, MAX_MESSAGE_CHARS, ground_of, shown_message, wishes_of
from outreach.judging.judge import messages_of
from outreach.llm.provider import CompletionSource
from outreach.prompting.answer_schema import strict_object
from outreach.prompting.environment import Data, PromptEnvironment
from outreach.prompting.fence import fence_token, fenced
from outreach.prompting.material import wording
from outreach.prompting.prompts import asked_again, two_part_prompt

#: How one pair came out. `first` and `second`: the text in that place was preferred in both orders.
Outcome = Literal["a", "b", "neither", "same_text", "first", "second", "void", "failed"]
Said = Literal["1", "2", "neither"]
_ANSWERS: tuple[Said, ...] = ("1", "2", "neither")


@dataclass(frozen=True)
class Pair:
    """Two texts with what is known of their one reader, from both sides."""

    ground: str
    a: str
    b: str


def pair_of(a: MessageRecord | SequenceRecord, b: MessageRecord | SequenceRecord) -> Pair | None:
    """Return two records as a pair; None where they are for different people, or too long to be shown whole."""
    first, second = _messages(a), _messages(b)
    if not first or not second or _person(first[0].context) != _person(second[0].context):
        return None
    known = [*_known(first[0]), *_known(second[0])]
    pair = Pair("\n".join(dict.fromkeys(known)), _text(first), _text(second))
    longest = max(len(pair.a), len(pair.b))
    return pair if longest <= 2 * MAX_MESSAGE_CHARS and len(pair.ground) <= MAX_GROUND_CHARS else None


@dataclass
class PairJudge:
    """Asks a model about pairs. `stopped` is the first fault that ended all calls."""

    client: CompletionSource
    environment: PromptEnvironment
    secret: bytes
    stopped: ProviderError | None = None

    async def outcome(self, pair: Pair) -> Outcome:
        """Ask in both orders and return what both answers say together."""
        if pair.a.split() == pair.b.split():
            return "same_text"
        try:
            forth, back = await asyncio.gather(
                self._better(pair.ground, pair.a, pair.b), self._better(pair.ground, pair.b, pair.a)
            )
        except ProviderError as error:
            self.stopped = self.stopped or error
            return "failed"
        except CallError:
            return "failed"
        except AnswerError:
            return "void"
        return _together(forth, back)

    def prompt(self, ground: str, first: str, second: str) -> Prompt:
        """Return the prompt of one order. Raises FileError on a missing or faulty prompt file."""
        token = fence_token(self.secret, [ground, first, second])
        stable: Data = {"part": "system"}
        own: Data = {
            "part": "user",
            "ground": fenced(token, "reader", ground),
            "first": fenced(token, "text", first),
            "second": fenced(token, "text", second),
            "first_length": _length(first),
            "second_length": _length(second),
        }
        better = {"type": "string", "enum": list(_ANSWERS)}
        schema: dict[str, Any] = strict_object(reason={"type": "string"}, better=better)
        return two_part_prompt(self.environment, "judge", "pairwise", stable, stable | own, schema)

    async def _better(self, ground: str, first: str, second: str) -> Said:
        prompt = self.prompt(ground, first, second)
        completion = await self.client.complete(prompt)
        try:
            return _said(completion.text)
        except AnswerError as error:
            completion = await self.client.complete(asked_again(prompt, error.what))
        return _said(completion.text)


async def compare(judge: PairJudge, pairs: Iterable[Pair], at_once: int) -> Counter[Outcome]:
    """Return how many pairs came out how. Raises ProviderError where the provider refuses the run or the budget is spent."""
    places = asyncio.Semaphore(at_once)

    async def ask(pair: Pair) -> Outcome:
        async with places:
            return await judge.outcome(pair)

    outcomes = await asyncio.gather(*(ask(pair) for pair in pairs))
    if judge.stopped is not None:
        raise judge.stopped
    return Counter(outcomes)


def _together(forth: Said, back: Said) -> Outcome:
    """Return the outcome of both orders; in `forth` text A stood first, in `back` text B."""
    if forth == "neither" or back == "neither":
        return "neither"
    if forth == back:
        return "first" if forth == "1" else "second"
    return "a" if forth == "1" else "b"


def _said(text: str) -> Said:
    better = answer_object(text, {"better"}).get("better")
    for answer in _ANSWERS:
        if str(better).strip().lower() == answer:
            return answer
    raise AnswerError('"better" was not "1", "2" or "neither"')


def _messages(record: MessageRecord | SequenceRecord) -> list[MessageRecord]:
    return messages_of(record) if isinstance(record, SequenceRecord) else [record]


def _person(context: Context) -> tuple[str, ...]:
    reader = context.prospect
    return tuple(part.casefold() for part in (reader.first_name, reader.last_name, reader.company))


def _known(message: MessageRecord) -> list[str]:
    """Return what is known of the reader, without ids: the two sides may number their statements differently."""
    return [*ground_of(message).values(), f"Wants to be written to: {wishes_of(message)}"]


def _text(messages: list[MessageRecord]) -> str:
    if len(messages) == 1:
        return shown_message(messages[0])
    channels = wording()["channels"]
    return "\n\n".join(f"Step {one.step}, {channels[one.channel]}:\n{shown_message(one)}" for one in messages)


def _length(text: str) -> str:
    words = sum(any(char.isalnum() for char in word) for word in text.split())
    return f"{words} words, {len(text)} characters"
