"""A plan (and what came of it so far) in; exactly what an LLM gets out: the prompt of a sequence, a repair or a redraft."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.domain.completions import Prompt, PromptMessage
from outreach.domain.drafts import Draft
from outreach.domain.judgement import Finding
from outreach.domain.plans import Plan
from outreach.prompting.answer_schema import sequence_schema
from outreach.prompting.environment import Data, PromptEnvironment
from outreach.prompting.material import reader_data
from outreach.prompting.redrafting import redraft_data
from outreach.prompting.repairing import repair_data


@dataclass(frozen=True)
class Prompts:
    """Makes the prompts of a run from its prompt files. `secret` is the workspace's own; it makes the fences.

    The variant of the task `sequence` is the plan's, so that an experiment can give each arm its own.
    """

    environment: PromptEnvironment
    secret: bytes
    repair_variant: str = "default"
    redraft_variant: str = "default"

    def sequence(self, plan: Plan) -> Prompt:
        """Return the prompt that writes a plan's whole sequence. Raises FileError on a missing or faulty file."""
        return sequence_prompt(plan, self.environment, plan.variant, self.secret)

    def again(self, prompt: Prompt, reason: str) -> Prompt:
        """Return the prompt once more, with why its last answer could not be used. The start stays equal and cached."""
        return asked_again(prompt, reason)

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
        return two_part_prompt(
            self.environment, "repair", self.repair_variant, data.stable, data.whole, sequence_schema()
        )

    def redraft(self, plan: Plan, draft: Draft, steps: Collection[int], instruction: str) -> Prompt:
        """Return the prompt that writes some steps of a draft anew, as a person asks for.

        Args:
            plan: whose sequence it is.
            draft: what was written.
            steps: numbers of the steps to redo.
            instruction: what the person asks for, in their words; it stands in the user part as one line.
        """
        data = redraft_data(plan, draft, steps, instruction, secret=self.secret)
        return two_part_prompt(
            self.environment, "redraft", self.redraft_variant, data.stable, data.whole, sequence_schema()
        )


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
    data = reader_data(plan, secret)
    return two_part_prompt(environment, "sequence", variant, data.stable, data.whole, sequence_schema())


def two_part_prompt(
    environment: PromptEnvironment, task: str, variant: str, stable: Data, whole: Data, schema: dict[str, Any]
) -> Prompt:
    """Return the prompt of a file that is rendered twice: from the stable data alone, and from the whole.

    The system half is given no text of others, so none can ever stand in it. Raises FileError on a missing or faulty file.
    """
    system = environment.render(task, variant, stable)
    user = environment.render(task, variant, whole)
    return Prompt(
        task=task,
        variant=variant,
        messages=(
            PromptMessage(role="system", content=system),
            PromptMessage(role="user", content=user),
        ),
        answer_schema=schema,
        schema_name=f"{task}_answer",
        stable_chars=len(system),
    )


def asked_again(prompt: Prompt, reason: str) -> Prompt:
    """Return the prompt once more, with why its last answer could not be used; `reason` is a text of ours."""
    said = f"{prompt.messages[-1].content}\nAn earlier answer could not be used: {reason}"
    messages = (*prompt.messages[:-1], prompt.messages[-1].model_copy(update={"content": said}))
    return prompt.model_copy(update={"messages": messages})
