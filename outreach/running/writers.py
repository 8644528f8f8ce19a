"""A plan in; a judged draft out, by the offline writer or by an LLM, behind one protocol."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from outreach import __version__
from outreach.domain.completions import Prompt
from outreach.domain.drafts import Draft
from outreach.domain.ids import content_hash
from outreach.domain.plans import Plan
from outreach.drafting.basis import verified
from outreach.drafting.candidates import Failed, pick, write_several
from outreach.drafting.held import held
from outreach.drafting.judged import Examiner, judge_by_rules, judge_draft
from outreach.drafting.llm_writer import write_with_llm
from outreach.drafting.offline import MessageTemplates, NoTextInLanguage, write_several_offline
from outreach.drafting.offline_redrafting import redraft_offline
from outreach.drafting.redrafting import (
    Redrafted,
    RedraftSource,
    Request,
    reasons_against,
    redraft_with_llm,
)
from outreach.drafting.tries import Try
from outreach.drafting.written import Written
from outreach.llm.client import Client
from outreach.planning.plan import missing_texts
from outreach.rubric.account_view import Colleagues
from outreach.rubric.rubrics import Rubric
from outreach.running.circle import Circle

#: Sample numbers of one candidate: an unreadable answer is asked for again under the next number, so candidates keep apart.
SAMPLES_EACH = 10


class Writer(Protocol):
    """Whoever writes drafts in a run."""

    name: str
    #: How many drafts of a plan are written, for the best to be picked.
    samples: int
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

    async def judge(self, plan: Plan, draft: Draft) -> Written:
        """Judge a draft that is there already, by the plan as it is now."""
        ...

    async def redraft(self, request: Request, *, sample: int) -> Redrafted:
        """Write some steps anew as a person asks. Raises what `write` raises, and UsageError."""
        ...


class OfflineWriter:
    """Writes from message templates: no key, no call, the same draft every time."""

    name = "offline"

    def __init__(
        self, templates: Callable[[str], MessageTemplates], rubric: Rubric, *, samples: int = 1
    ) -> None:
        """Take a source of templates by language, the rubric that judges, and how many drafts to pick from."""
        self.examiner: Examiner | None = None
        self.samples = samples
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
        return content_hash([*made_of, *_keys(self.examiner, self.samples)])

    async def write(self, plan: Plan) -> Written:
        """Write and judge at once; only an examiner is waited for."""
        colleagues, avoid = self.circle.of(plan), self.circle.bodies_around(plan)
        drafts = write_several_offline(
            plan,
            self._templates(plan.language),
            self.samples,
            avoid=avoid,
            passes=self._passes(plan, colleagues),
        )
        if self.samples == 1:
            return await self._judged(plan, drafts[0], colleagues)
        judged: list[Written | Failed] = [await self._judged(plan, draft, colleagues) for draft in drafts]
        return pick(judged, self.samples)

    async def judge(self, plan: Plan, draft: Draft) -> Written:
        """Judge a draft as `generate` judges its own."""
        return await self._judged(plan, verified(draft, plan), self.circle.of(plan))

    async def redraft(self, request: Request, *, sample: int) -> Redrafted:
        """Fill the steps anew by rule; an examiner is asked about the chosen text alone."""
        del sample
        plan = request.plan
        colleagues, avoid = self.circle.of(plan), self.circle.bodies_around(plan)

        async def judged(draft: Draft, examiner: Examiner | None = None) -> Try:
            verdict = await judge_draft(draft, plan, self.rubric, examiner, colleagues)
            return Try(draft, held(verdict, draft, plan))

        done = await redraft_offline(request, self._templates(plan.language), judged, avoid=avoid)
        if self.examiner is None or not done.accepted:
            return done
        before, new = await judged(request.draft), await judged(done.written.draft, self.examiner)
        written = replace(done.written, verdict=new.verdict)
        return replace(done, written=written, reasons=reasons_against(new, before, request.steps))

    def _passes(self, plan: Plan, colleagues: Colleagues) -> Callable[[Draft], bool]:
        return lambda draft: judge_by_rules(draft, plan, self.rubric, colleagues).verdict == "pass"

    async def _judged(self, plan: Plan, draft: Draft, colleagues: Colleagues) -> Written:
        return Written(draft, await judge_draft(draft, plan, self.rubric, self.examiner, colleagues))


class LlmWriter:
    """Writes with one structured call per prospect, judges, and repairs the steps that fail."""

    def __init__(
        self, client: Client, prompts: RedraftSource, rubric: Rubric, *, max_repairs: int, model_key: object,
        samples: int = 1,
    ) -> None:  # fmt: skip
        """Take the client, the prompts, the rubric, what of model and parameters changes an answer, and how many to pick from."""
        self.name = "llm"
        self.samples = samples
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
        return content_hash(
            [self.prompt(plan), what_counts(plan), [*self._key, *_keys(self.examiner, self.samples)]]
        )

    async def write(self, plan: Plan) -> Written:
        """Ask, read, judge, repair, and keep the best of the tries; of several drafts, the best of these."""
        if self.samples == 1:
            return await self._sample(plan, 0)
        return pick(
            await write_several(lambda number: self._sample(plan, number), self.samples), self.samples
        )

    async def _sample(self, plan: Plan, number: int) -> Written:
        return await write_with_llm(
            plan,
            self._client,
            self._prompts,
            self.rubric,
            self._max_repairs,
            sample=number * SAMPLES_EACH,
            examiner=self.examiner,
            colleagues=self.circle.of(plan),
        )

    async def judge(self, plan: Plan, draft: Draft) -> Written:
        """Judge a draft as `generate` judges its own."""
        draft = verified(draft, plan)
        return Written(
            draft, await judge_draft(draft, plan, self.rubric, self.examiner, self.circle.of(plan))
        )

    async def redraft(self, request: Request, *, sample: int) -> Redrafted:
        """Ask for the steps anew, judge the whole sequence, and repair only what was redone."""
        return await redraft_with_llm(
            request,
            self._client,
            self._prompts,
            self.rubric,
            self._max_repairs,
            sample=sample * SAMPLES_EACH,
            examiner=self.examiner,
            colleagues=self.circle.of(request.plan),
        )


def what_counts(plan: Plan) -> Plan:
    """Return the plan without what no text depends on: place among colleagues, days to wait, and reasons in words."""
    steps = tuple(
        step.model_copy(update={"angle": step.angle.model_copy(update={"reason": ""})}) for step in plan.steps
    )
    bare = "bare" if plan.bare_request else ""
    return plan.model_copy(
        update={"steps": steps, "committee": None, "bare_request": bare, "invite_week": None, "start_day": 0}
    )


def _keys(examiner: Examiner | None, samples: int) -> list[object]:
    """Return what else makes a draft: nothing for one draft without an examiner, so that keys from before hold."""
    return ([] if examiner is None else [examiner.key]) + ([["samples", samples]] if samples > 1 else [])
