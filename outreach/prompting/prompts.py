"""A plan (and what came of it so far) in; exactly what an LLM gets out: the prompt of a sequence, a repair, a judgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outreach.domain.completions import Prompt, PromptMessage
from outreach.domain.drafts import Draft, Message
from outreach.domain.judgement import Finding
from outreach.domain.plans import Plan
from outreach.prompting.answer_schema import judge_schema, sequence_schema
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.material import HalvedData, reader_data
from outreach.prompting.repairing import judged_data, repair_data


@dataclass(frozen=True)
class Prompts:
    """Makes the prompts of a run from its prompt files. `secret` is the workspace's own; it makes the fences.

    The variant of the task `sequence` is the plan's, so that an experiment can give each arm its own.
    """

    environment: PromptEnvironment
    secret: bytes
    repair_variant: str = "default"
    judge_variant: str = "default"

    def sequence(self, plan: Plan) -> Prompt:
        """Return the prompt that writes a plan's whole sequence. Raises FileError on a missing or faulty file."""
        return sequence_prompt(plan, self.environment, plan.variant, self.secret)

    def again(self, prompt: Prompt, reason: str) -> Prompt:
        """Return the prompt once more, with why its last answer could not be used. The start stays equal and cached."""
        said = f"{prompt.messages[-1].content}\nAn earlier answer could not be used: {reason}"
        messages = (*prompt.messages[:-1], prompt.messages[-1].model_copy(update={"content": said}))
        return prompt.model_copy(update={"messages": messages})

    def repair(
        self, plan: Plan, draft: Draft, findings: dict[int, Sequence[Finding]], refused: Sequence[str] = ()
    ) -> Prompt:
        """Return the prompt that rewrites only the steps with findings.

        Args:
            plan: whose sequence it is. Its profile text is left out: a repair needs none, and it is not ours.
            draft: what was written.
            findings: by step, worst first; at most five lines of them are said in all.
            refused: what an earlier repair did wrong, one line each.
        """
        data = repair_data(plan, draft, findings, refused, secret=self.secret)
        text = _render(self.environment, "repair", self.repair_variant, data)
        return _prompt("repair", self.repair_variant, text, sequence_schema())

    def judge(self, plan: Plan, messages: Sequence[Message]) -> Prompt:
        """Return the prompt that asks a model whether this reader would answer these messages."""
        data = judged_data(plan, messages, secret=self.secret)
        text = _render(self.environment, "judge", self.judge_variant, data)
        return _prompt("judge", self.judge_variant, text, judge_schema())


def sequence_prompt(plan: Plan, environment: PromptEnvironment, variant: str, secret: bytes) -> Prompt:
    """Return the prompt of the task `sequence`.

    Args:
        plan: the prospect's sequence with all it may draw on.
        environment: the prompt files.
        variant: which of them.
        secret: the workspace's secret, for the fence.

    Returns:
        A system message that is equal, byte for byte, for all prospects of one persona, offer, sequence and language,
        and a user message with this reader's plan and data. `stable_chars` counts the former.

    Raises:
        FileError: the file is missing or faulty.
    """
    text = _render(environment, "sequence", variant, reader_data(plan, secret))
    return _prompt("sequence", variant, text, sequence_schema())


@dataclass(frozen=True)
class _Halves:
    """The two messages of a prompt: the stable one, and the one about this reader."""

    system: str
    user: str


def _render(environment: PromptEnvironment, task: str, variant: str, data: HalvedData) -> _Halves:
    # Rendered twice: the system half is given no prospect data, so none can ever stand in it.
    return _Halves(
        environment.render(task, variant, data.stable), environment.render(task, variant, data.whole)
    )


def _prompt(task: str, variant: str, text: _Halves, schema: dict[str, Any]) -> Prompt:
    return Prompt(
        task=task,
        variant=variant,
        messages=(
            PromptMessage(role="system", content=text.system),
            PromptMessage(role="user", content=text.user),
        ),
        answer_schema=schema,
        schema_name=f"{task}_answer",
        stable_chars=len(text.system),
    )
