"""A plan, its draft, the steps to redo and what a person asks for in; the plain data of a redraft's prompt out."""

from collections.abc import Collection

from outreach.domain.drafts import Draft, Message
from outreach.domain.plans import Plan
from outreach.prompting.environment import Data
from outreach.prompting.material import HalvedData, fenced_reader, halved, step_terms
from outreach.text.hidden import clean_text

#: Longer than any wish about one message; the rest is cut at a word.
MAX_INSTRUCTION_CHARS = 500


def redraft_data(
    plan: Plan, draft: Draft, steps: Collection[int], instruction: str, *, secret: bytes
) -> HalvedData:
    """Return what a redraft needs: the steps as they read, the messages around them, the ground, and the wish.

    Profile text is left out, as in a repair: what is asked for comes from the sender.
    """
    own: Data = {
        "reader": fenced_reader(plan, secret),
        "steps": [
            step_terms(plan, step) | {"text": _text(message)}
            for step in plan.steps
            for message in draft.messages
            if message.step == step.step and step.step in steps
        ],
        "others": [
            {"step": str(message.step), "text": _text(message)}
            for message in draft.messages
            if message.step not in steps
        ],
        "instruction": one_line(instruction),
    }
    return halved(plan, own)


def one_line(instruction: str) -> str:
    """Return what a person asks for as one line of visible text."""
    line = " ".join(clean_text(instruction).text.split())
    return line if len(line) <= MAX_INSTRUCTION_CHARS else line[:MAX_INSTRUCTION_CHARS].rsplit(" ", 1)[0]


def _text(message: Message) -> str:
    return f"[{message.subject}]\n{message.body}" if message.subject else message.body
