"""A workspace and a task in; the prompt of an example plan out, with where each passage comes from: for `prompts show`, `diff` and `lint`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from outreach.domain.completions import Prompt
from outreach.domain.drafts import Draft
from outreach.domain.judgement import Finding, MessageRecord
from outreach.domain.plans import Plan
from outreach.drafting.context import judging_context
from outreach.drafting.offline import load_templates, write_offline
from outreach.errors import UsageError
from outreach.judging.criteria import load_criteria
from outreach.judging.pairs import PairJudge
from outreach.judging.prompts import JudgePrompts
from outreach.llm.provider import CompletionSource
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.prompting.tracing import Passage, TracingEnvironment
from outreach.running.campaign import Campaign, load_campaign
from outreach.running.qualifying import read_list
from outreach.running.triage import TriageOptions, triage
from outreach.workspace.library import Library
from outreach.workspace.locate import builtin_root
from outreach.workspace.settings import load_settings

#: The example that stands in where there is no list, the day that its facts are looked at from, and its fence.
_EXAMPLE, _EXAMPLE_DAY, _SECRET = "saas-en", date(2026, 11, 20), b"sample"
#: The list of a workspace that is looked into unasked: what `outreach init` calls it.
LIST_NAME = "prospects.csv"


@dataclass(frozen=True)
class PlanSample:
    """A plan to render prompts for, and a line that says whose it is."""

    plan: Plan
    campaign: Campaign
    whose: str


@dataclass(frozen=True)
class RenderedPrompt:
    """A prompt with the passages of its halves, in the order of its messages."""

    prompt: Prompt
    passages: list[list[Passage]]


def sample_plan(
    campaign: Campaign | None, prospects: Path | None, row: int | None, as_of: date
) -> PlanSample:
    """Return the plan of a row of the list: the one asked for, else the first that gets one; else the shipped example's.

    Raises:
        UsageError: the row or list that was asked for gives no plan.
    """
    if campaign is not None:
        found = prospects or campaign.root / LIST_NAME
        if prospects is not None or row is not None or found.is_file():
            plan = _plan_of(campaign, found, row, as_of)
            if plan is not None:
                return PlanSample(plan[1], campaign, f"{_person(plan[1])}, row {plan[0]} of {found.name}")
            if prospects is not None or row is not None:
                raise UsageError(f"no plan for {'this row' if row else 'any row'} of {found}",
                                 hint=f"see why: outreach qualify {found}")  # fmt: skip
    elif prospects is not None or row is not None:
        raise UsageError(
            "a list needs a workspace to be read in", hint="name one: outreach -w DIR prompts show …"
        )
    return shipped_sample()


def shipped_sample() -> PlanSample:
    """Return the first plan of the shipped example: the same one every day and everywhere."""
    root = builtin_root() / "examples" / _EXAMPLE
    example = load_campaign(root, load_settings(root, {}))
    plan = _plan_of(example, root / LIST_NAME, None, _EXAMPLE_DAY)
    if plan is None:
        raise UsageError(f"the shipped example {_EXAMPLE} gives no plan", hint="install outreach again")
    return PlanSample(plan[1], example, f"{_person(plan[1])}, of the shipped example {_EXAMPLE}")


def _plan_of(campaign: Campaign, prospects: Path, row: int | None, as_of: date) -> tuple[int, Plan] | None:
    options = TriageOptions(as_of=as_of)
    for found in read_list(prospects, campaign).rows:
        if row is None or found.row == row:
            plan = triage(found, campaign, options).plan
            if plan is not None:
                return found.row, plan
    return None


def _person(plan: Plan) -> str:
    prospect = plan.prospect
    return f"{prospect.first_name} {prospect.last_name}, {prospect.title}, {prospect.company.name}"


def render_sample(library: Library, task: str, variant: str, sample: PlanSample) -> RenderedPrompt | None:
    """Return the prompt `task/variant` for a plan, or None where it is not known what the task is given.

    Raises:
        FileError: the prompt file is missing or faulty.
    """
    make = _MAKERS.get(task)
    if make is None:
        return None
    own = library.workspace / "prompts" if library.workspace else None
    environment = TracingEnvironment(library.builtin / "prompts", own)
    prompt = make(environment, variant, sample)
    return RenderedPrompt(prompt, environment.rendered)


def _sequence(environment: PromptEnvironment, variant: str, sample: PlanSample) -> Prompt:
    return Prompts(environment, _SECRET).sequence(sample.plan.model_copy(update={"variant": variant}))


def _repair(environment: PromptEnvironment, variant: str, sample: PlanSample) -> Prompt:
    """Mend the last step of what the offline writer writes, as if its second sentence rested on nothing."""
    draft = _draft(sample)
    last = draft.messages[-1]
    finding = Finding(
        check="B1", severity="error", dimension="grounding", quote=last.basis[min(1, len(last.basis) - 1)].sentence,
        message="this sentence rests on no fact, claim or known problem", hint="tie it to one of them, mark it as a guess, or leave it out",
    )  # fmt: skip
    return Prompts(environment, _SECRET, repair_variant=variant).repair(
        sample.plan, draft, {last.step: [finding]}
    )


def _judge(environment: PromptEnvironment, variant: str, sample: PlanSample) -> Prompt:
    """Ask about the first message of what the offline writer writes; `pairwise` compares it with the second."""
    draft = _draft(sample)
    first, second = draft.messages[0], draft.messages[-1]
    if variant == "pairwise":
        ground = f"{sample.plan.prospect.title}, {sample.plan.prospect.company.name}"
        no_client: CompletionSource = None  # type: ignore[assignment]  # only its prompt is wanted
        return PairJudge(no_client, environment, _SECRET).prompt(ground, first.body, second.body)
    context = judging_context(sample.plan).model_dump()
    record = MessageRecord(
        id=sample.plan.outreach_id, channel=first.channel, step=first.step, language=draft.language,
        context=context, subject=first.subject, body=first.body,
    )  # fmt: skip
    rubric = sample.campaign.rubric
    criteria = load_criteria(sample.campaign.library)
    return JudgePrompts(environment, criteria, _SECRET, (rubric.id, rubric.version), variant).message(record)


def _draft(sample: PlanSample) -> Draft:
    find = sample.campaign.library.find
    templates = load_templates(sample.plan.language, lambda name: find("messages", name))
    return write_offline(sample.plan, templates)


#: How the prompt of each task is made for an example. A task that is not here is linted by its files alone.
_MAKERS: Mapping[str, Callable[[PromptEnvironment, str, PlanSample], Prompt]] = {
    "sequence": _sequence,
    "repair": _repair,
    "judge": _judge,
}
