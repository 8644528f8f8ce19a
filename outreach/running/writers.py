"""A plan in; a judged draft out, by the offline writer or by an LLM, behind one protocol."""

from collections.abc import Callable
from typing import Protocol

from outreach import __version__
from outreach.domain.completions import Prompt
from outreach.domain.ids import content_hash
from outreach.domain.plans import Plan
from outreach.drafting.judged import Examiner, judge_draft
from outreach.drafting.llm_writer import PromptSource, write_with_llm
from outreach.drafting.offline import MessageTemplates, NoTextInLanguage, write_offline
from outreach.drafting.written import Written
from outreach.llm.client import Client
from outreach.planning.plan import missing_texts
from outreach.rubric.rubrics import Rubric
from outreach.running.circle import Circle


class Writer(Protocol):
    """Whoever writes drafts in a run."""

    name: str
    #: Who judges beside the rubric, if anybody.
    examiner: Examiner | None
    #: Who else is written to, and what they get.
    circle: Circle
    rubric: Rubric

    def missing(self, plan: Plan) -> list[str]:
        """Return what lacks a text in the plan's language; not empty: the row waits."""
        ...

    def input_key(self, plan: Plan) -> str:
        """Return the hash of all that makes the draft: equal key, nothing to do again."""
        ...

    async def write(self, plan: Plan) -> Written:
        """Write and judge. Raises CallError or AnswerError for this row, ProviderError for the run."""
        ...


class OfflineWriter:
    """Writes from message templates: no key, no call, the same draft every time."""

    name = "offline"

    def __init__(self, templates: Callable[[str], MessageTemplates], rubric: Rubric) -> None:
        """Take a source of templates by language, and the rubric that judges."""
        self.examiner: Examiner | None = None
        self.rubric = rubric
        self.circle = Circle(rubric)
        self._templates = templates
        self._rubric_hash = content_hash(rubric)

    def missing(self, plan: Plan) -> list[str]:
        """Return the texts that a template cannot do without."""
        try:
            self._templates(plan.language)
        except NoTextInLanguage as error:
            return [error.what]
        return missing_texts(plan)

    def input_key(self, plan: Plan) -> str:
        """Hash the plan, the templates, the rubric and the program: the writer itself is part of what makes the text."""
        made_of = [
            __version__,
            what_counts(plan),
            self._templates(plan.language).content_hash,
            self._rubric_hash,
        ]
        return content_hash([*made_of, *_keys(self.examiner)])

    async def write(self, plan: Plan) -> Written:
        """Write and judge at once; only an examiner is waited for."""
        colleagues = self.circle.of(plan)
        avoid = [step.body for told in colleagues.before for step in told.record.steps]
        draft = write_offline(plan, self._templates(plan.language), avoid=avoid)
        return Written(draft, await judge_draft(draft, plan, self.rubric, self.examiner, colleagues))


class LlmWriter:
    """Writes with one structured call per prospect, judges, and repairs the steps that fail."""

    def __init__(
        self, client: Client, prompts: PromptSource, rubric: Rubric, *, max_repairs: int, model_key: object
    ) -> None:
        """Take the client, the prompts, the rubric, and what of model and parameters changes an answer."""
        self.name = "llm"
        self.examiner: Examiner | None = None
        self.rubric = rubric
        self.circle = Circle(rubric)
        self._client, self._prompts, self._max_repairs = client, prompts, max_repairs
        self._key = [model_key, max_repairs, content_hash(rubric)]

    def prompt(self, plan: Plan) -> Prompt:
        """Return the exact prompt of a plan's first call."""
        return self._prompts.sequence(plan)

    def missing(self, plan: Plan) -> list[str]:
        """A model may translate: nothing is missing."""
        del plan
        return []

    def input_key(self, plan: Plan) -> str:
        """Hash the exact prompt, the model with its parameters, the repairs and the rubric."""
        return content_hash([self.prompt(plan), what_counts(plan), [*self._key, *_keys(self.examiner)]])

    async def write(self, plan: Plan) -> Written:
        """Ask, read, judge, repair, and keep the best of the tries."""
        return await write_with_llm(
            plan, self._client, self._prompts, self.rubric, self._max_repairs, examiner=self.examiner,
            colleagues=self.circle.of(plan),
        )  # fmt: skip


def what_counts(plan: Plan) -> Plan:
    """Return the plan without what no text depends on: place among colleagues, days to wait, and reasons in words."""
    steps = tuple(
        step.model_copy(update={"angle": step.angle.model_copy(update={"reason": ""})}) for step in plan.steps
    )
    bare = "bare" if plan.bare_request else ""
    return plan.model_copy(
        update={"steps": steps, "committee": None, "bare_request": bare, "invite_week": None, "start_day": 0}
    )


def _keys(examiner: Examiner | None) -> list[str]:
    return [] if examiner is None else [examiner.key]
