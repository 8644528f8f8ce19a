"""Answers that are bad on purpose, and the scripted provider that gives them: first the flaw, then a repair.

`fixtures/flawed/answers.jsonl` holds one flaw a line: `plan` says whose sequence it is (`answers/NAME`: a real answer of the
fixtures, `EXAMPLE/FIRST NAME`: the offline draft of a shipped example's row), `steps` the texts that replace good ones,
`subjects`, `raw`, `cut`, `drop`, `order` the flaws of a whole answer; `gone` words that may not stand in what passes; `mended` that the
parser puts it right; `needs` the part of the product without which the flaw is not seen.
"""

import asyncio
import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.prompts import plans_of
from outreach.domain.completions import Completion, Prompt
from outreach.domain.plans import Plan
from outreach.drafting.llm_writer import write_with_llm
from outreach.drafting.offline import load_templates, write_offline
from outreach.drafting.written import Written
from outreach.errors import AnswerError
from outreach.llm.client import Client
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.rubric.rubrics import builtin_rubric
from outreach.workspace.library import Library
from tests.llm_providers import FakeProvider, completion, options

FIXTURES = Path(__file__).parent / "fixtures"
PROMPTS = Prompts(PromptEnvironment(Library().builtin / "prompts"), b"secret")
_STEP = re.compile(r"^Step (\d+), ", re.MULTILINE)

#: A message as a model answers it.
RawMessage = dict[str, Any]


@dataclass(frozen=True)
class Flaw:
    """One line of the fixture."""

    id: str
    flaw: str
    language: str
    plan: str
    gone: tuple[str, ...] = ()
    steps: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    raw: str = ""
    cut: float = 0
    drop: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    needs: str = ""
    #: The parser mends it without asking: what passes is the good text.
    mended: bool = False


def flaws() -> list[Flaw]:
    """Return every flaw of the fixture."""
    lines = (FIXTURES / "flawed" / "answers.jsonl").read_text("utf-8").splitlines()
    return [Flaw(**json.loads(line)) for line in lines]


@lru_cache(maxsize=64)
def good_answer(name: str) -> tuple[Plan, tuple[RawMessage, ...]]:
    """Return a plan and the good messages for it."""
    where, _, who = name.partition("/")
    if where == "answers":
        raw = json.loads((FIXTURES / "answers" / f"{who}.json").read_text("utf-8"))
        return Plan.model_validate(raw["plan"]), tuple(json.loads(raw["answer"])["messages"])
    plan = next(one for one in _plans(where) if one.prospect.first_name == who)
    library = Library()
    draft = write_offline(
        plan, load_templates(plan.language, lambda wanted: library.find("messages", wanted))
    )
    return plan, tuple(_message(one.step, one.subject, one.body) for one in draft.messages)


@lru_cache(maxsize=4)
def _plans(example: str) -> list[Plan]:
    return plans_of(example)


def _message(step: int, subject: str | None, body: str) -> RawMessage:
    """Return a text as a model answers it. What it says that it rests on is a lie: every sentence claims the first fact."""
    paragraphs = [[{"text": text, "rests_on": ["F1"]}] for text in body.split("\n\n")]
    return {"step": step, "subject": subject, "paragraphs": paragraphs}


class BadWriter:
    """Answers a sequence prompt with the flaw and a repair with the good text, or, stubborn, with the flaw again."""

    def __init__(self, flaw: Flaw, *, stubborn: bool) -> None:
        """Take the flaw; `stubborn` never mends it."""
        self.flaw, self.stubborn = flaw, stubborn
        self.plan, self.good = good_answer(flaw.plan)
        self.tasks: list[str] = []

    def __call__(self, prompt: Prompt, request: Any) -> Completion:
        del request
        again = bool(self.tasks)
        self.tasks.append(prompt.task)
        if prompt.task == "sequence":
            return completion(_json(self.good) if again and not self.stubborn else self._flawed())
        wanted = {
            int(step) for step in _STEP.findall(prompt.messages[1].content.split("The messages around it")[0])
        }
        messages = self._messages() if self.stubborn else list(self.good)
        return completion(_json([one for one in messages if one["step"] in wanted]))

    def _flawed(self) -> str:
        if self.flaw.raw:
            return self.flaw.raw
        text = _json(self._messages())
        return text[: int(len(text) * self.flaw.cut)] if self.flaw.cut else text

    def _messages(self) -> list[RawMessage]:
        flaw = self.flaw
        by_step = {one["step"]: one for one in self.good if one["step"] not in flaw.drop}
        for step, text in flaw.steps.items():
            subject = by_step.get(int(step), {}).get("subject")
            by_step[int(step)] = _message(int(step), subject, text)
        for step, subject in flaw.subjects.items():
            by_step[int(step)] = by_step[int(step)] | {"subject": subject}
        return [by_step[step] for step in flaw.order or sorted(by_step)]


def _json(messages: Any) -> str:
    return json.dumps({"messages": list(messages)}, ensure_ascii=False)


@dataclass(frozen=True)
class Outcome:
    """What became of a flawed answer: the draft with its verdict, or None where no answer could be read."""

    written: Written | None
    calls: int

    @property
    def passes(self) -> bool:
        """Say whether there is a draft that could be approved and exported."""
        return self.written is not None and self.written.verdict.verdict == "pass"

    @property
    def texts(self) -> str:
        """All that a reader would see."""
        messages = self.written.draft.messages if self.written else ()
        return "\n".join(f"{message.subject or ''}\n{message.body}" for message in messages)


def write_badly(flaw: Flaw, *, stubborn: bool) -> Outcome:
    """Take a flawed answer the way of every answer: client, parser, basis, rubric, repair."""
    writer = BadWriter(flaw, stubborn=stubborn)

    async def written() -> Outcome:
        client = Client(FakeProvider(writer), options())
        try:
            done = await write_with_llm(writer.plan, client, PROMPTS, builtin_rubric(), max_repairs=2)
        except AnswerError:
            return Outcome(None, len(writer.tasks))
        finally:
            await client.aclose()
        return Outcome(done, len(writer.tasks))

    return asyncio.run(written())
