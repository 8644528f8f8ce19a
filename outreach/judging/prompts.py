"""Criteria and a message in its context in; the judge's prompt out, all text of others fenced, and the hash of the wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from outreach.domain.completions import Prompt
from outreach.domain.ids import content_hash
from outreach.domain.judgement import MessageRecord
from outreach.domain.vocabulary import CHANNELS
from outreach.judging.criteria import Criterion
from outreach.judging.ground import ground_of, shown_message, wishes_of
from outreach.prompting.answer_schema import strict_object
from outreach.prompting.environment import Data, PromptEnvironment
from outreach.prompting.fence import fence_token, fenced
from outreach.prompting.material import wording
from outreach.prompting.prompts import two_part_prompt

TASK = "judge"
#: What the wording's hash is taken over, for each channel: any message will do, as long as it is always the same one.
_SAMPLE = MessageRecord.model_validate({
    "id": "sample", "channel": "email", "language": "en", "subject": "s", "body": "b",
    "context": {"prospect": {"first_name": "f"}, "facts": ["f"], "pain_points": ["p"],
                "sender": {"name": "n", "proof_points": ["c"]}, "previous_messages": ["m"]},
})  # fmt: skip


@dataclass(frozen=True)
class JudgePrompts:
    """Makes the judge's prompts. `secret` is the workspace's own; `rubric_key` names the rubric's version."""

    environment: PromptEnvironment
    criteria: tuple[Criterion, ...]
    secret: bytes
    rubric_key: tuple[str, int]
    variant: str = "default"

    def message(self, record: MessageRecord) -> Prompt:
        """Return the prompt about one message. Raises FileError on a missing or faulty prompt file.

        The fence is made from message, context, criteria and rubric version, and the cache's key from the whole prompt:
        the answer is kept for exactly these.
        """
        return self._prompt(record, self.secret, self.rubric_key)

    @cached_property
    def hash(self) -> str:
        """The hash of all wording: prompt file, criteria and schema. A calibration holds for one of these."""
        samples = [_SAMPLE.model_copy(update={"channel": channel}) for channel in CHANNELS]
        prompts = [self._prompt(sample, b"", ("", 0)) for sample in samples]
        return content_hash([self.criteria, [(prompt.messages, prompt.answer_schema) for prompt in prompts]])

    @property
    def sample(self) -> Prompt:
        """A prompt about a message and context of common length, for an estimate of cost."""
        context = _SAMPLE.context.model_copy(update={"facts": ("x" * 2000,)})
        return self.message(_SAMPLE.model_copy(update={"context": context, "body": "x" * 800}))

    def _prompt(self, record: MessageRecord, secret: bytes, rubric_key: tuple[str, int]) -> Prompt:
        lines = [f"{label}: {text}" for label, text in ground_of(record).items()]
        lines.append(f"Wants to be written to: {wishes_of(record)}")
        text = shown_message(record)
        token = fence_token(secret, [text, lines, rubric_key, self.criteria])
        stable: Data = {"part": "system", "criteria": criteria_data(self.criteria)}
        own: Data = {
            "part": "user",
            "channel": wording()["channels"][record.channel],
            "step": str(record.step),
            "ground": fenced(token, "ground", "\n".join(lines)),
            "message": fenced(token, "message", text),
        }
        return two_part_prompt(
            self.environment, TASK, self.variant, stable, stable | own, answer_schema(self.criteria)
        )


def criteria_data(criteria: Sequence[Criterion]) -> list[Data]:
    """Return the criteria as a prompt file may use them."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "question": one.question.strip(),
            "yes_if": one.yes_if.strip(),
            "no_if": one.no_if.strip(),
        }
        for one in criteria
    ]


def answer_schema(criteria: Sequence[Criterion]) -> dict[str, Any]:
    """Return the JSON Schema of an answer: an object by criterion. The reason stands before the verdict it leads to."""
    text = {"type": "string"}
    claim = strict_object(quote=text, rests_on=text)
    claims = strict_object(claims={"type": "array", "items": claim})
    question = strict_object(reason=text, yes={"type": "boolean"}, quote=text)
    return strict_object(**{one.id: claims if one.kind == "claims" else question for one in criteria})
