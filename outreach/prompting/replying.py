"""An answer of a prospect and the plan of what goes back in; the prompts that class it and that write back, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outreach.domain.completions import Prompt
from outreach.domain.drafts import Draft
from outreach.domain.judgement import Finding
from outreach.domain.plans import Plan
from outreach.domain.replies import REPLY_CLASSES, ReplyReading
from outreach.prompting.answer_schema import sequence_schema, strict_object
from outreach.prompting.environment import Data
from outreach.prompting.fence import fence_token, fenced
from outreach.prompting.material import basis_ids, fenced_reader, halved, step_terms
from outreach.prompting.prompts import Prompts, asked_again, two_part_prompt
from outreach.text.hidden import clean_text

#: What an answer means to say stands in its beginning; more would only cost.
MAX_REPLY_CHARS = 2_000
MAX_SENT_CHARS = 1_500


@dataclass(frozen=True)
class ReplyPrompts:
    """Makes the prompts of one answer that goes back.

    Attributes:
        prompts: the workspace's prompt files and secret.
        reading: what the prospect wrote.
        sent: the message that was answered.
        accepted: id of the ask that the prospect said yes to.
        when: the day they named, in words of the language.
        variant: which file of the task `reply`.
    """

    prompts: Prompts
    reading: ReplyReading
    sent: str = ""
    accepted: str | None = None
    when: str = ""
    variant: str = "default"

    def sequence(self, plan: Plan) -> Prompt:
        """Return the prompt that writes the answer. Raises FileError on a missing or faulty file."""
        short = {long: key for key, long in basis_ids(plan).items()}
        step = plan.steps[0]
        token = fence_token(self.prompts.secret, [plan.outreach_id, self.reading.text, self.sent])
        own: Data = {
            "step": step_terms(plan, step),
            "kind": self.reading.kind,
            "claim": short.get(f"claim:{step.angle.claim_id}", ""),
            "ask": short.get(f"ask:{step.ask_id}", ""),
            "accepted": short.get(f"ask:{self.accepted}", ""),
            "when": self.when,
            "named": "yes" if self.reading.named else "",
            "reader": fenced_reader(plan, self.prompts.secret),
            "sent": fenced(token, "sent", self.sent[:MAX_SENT_CHARS]),
            "reply": fenced(token, "reply", _clean(self.reading.text)),
        }
        data = halved(plan, own)
        return two_part_prompt(
            self.prompts.environment, "reply", self.variant, data.stable, data.whole, sequence_schema()
        )

    def again(self, prompt: Prompt, reason: str) -> Prompt:
        """Return the prompt once more, with why its last answer could not be used."""
        return asked_again(prompt, reason)

    def repair(
        self, plan: Plan, draft: Draft, findings: dict[int, Sequence[Finding]], refused: Sequence[str] = ()
    ) -> Prompt:
        """Return the prompt that mends the answer."""
        return self.prompts.repair(plan, draft, findings, refused)


def classify_prompt(prompts: Prompts, reading: ReplyReading) -> Prompt:
    """Return the prompt that asks what kind of answer it is. Raises FileError on a missing or faulty file."""
    token = fence_token(prompts.secret, ["classify", reading.text])
    whole: Data = {"part": "user", "reply": fenced(token, "reply", _clean(reading.text))}
    answer: dict[str, dict[str, Any]] = {
        "class": {"type": "string", "enum": list(REPLY_CLASSES)},
        "quote": {"type": "string"},
    }
    schema = strict_object(**answer)
    return two_part_prompt(prompts.environment, "classify", "default", {"part": "system"}, whole, schema)


def _clean(text: str) -> str:
    return clean_text(text[:MAX_REPLY_CHARS]).text
