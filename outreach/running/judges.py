"""`--judge P:M`, a workspace and its environment in; the judge, its client and what to tell the user about it out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import UsageError
from outreach.judging.calibration import allowed_to_fail
from outreach.judging.calibration_file import read_calibrations
from outreach.judging.criteria import load_criteria
from outreach.judging.judge import Judge
from outreach.judging.pairs import PairJudge
from outreach.judging.prompts import JudgePrompts
from outreach.prompting.environment import PromptEnvironment
from outreach.rubric.rubrics import Rubric
from outreach.running.models import Writing, cache_folder
from outreach.workspace.library import Library
from outreach.workspace.settings import Settings
from outreach.workspace.writing import workspace_secret

if TYPE_CHECKING:  # heavy: imported by the call that needs it
    from outreach.llm.client import Client
    from outreach.llm.presets import ModelChoice


@dataclass
class Judging:
    """Who judges beside the rules in this run."""

    judge: Judge
    client: "Client"
    notes: list[str] = field(default_factory=list)
    #: Drafts that the judge's own model wrote, counted by whoever meets them.
    own_texts: int = 0


def choose_judge(
    spec: str,
    root: Path,
    settings: Settings,
    rubric: Rubric,
    environment: Mapping[str, str],
    *,
    writing: Writing | None = None,
) -> Judging:
    """Return the judge that `--judge` names, with what its calibration on record allows it.

    Args:
        spec: `provider:model`.
        root: the workspace: its prompts, criteria, cache, secret, prices and calibrations count.
        settings: whose limits hold for the judge too; its temperature is always 0.
        rubric: whose version the answers are kept under, and whose weights make the score.
        environment: keys and addresses.
        writing: who writes in the same run: its drafts are shown to the judge, and both spend from one purse.

    Raises:
        UsageError, FileError: the model, its key or address is not one we can use; a prompt or criterion is faulty.
        BudgetError: a cap is set, but the judge's price is not known.
    """
    library = Library(root, settings.workspace.language)
    criteria = load_criteria(library)
    environment_of_prompts = PromptEnvironment(library.builtin / "prompts", root / "prompts")
    prompts = JudgePrompts(
        environment_of_prompts, criteria, workspace_secret(root), (rubric.id, rubric.version)
    )
    prompt_hash = prompts.hash  # a faulty prompt file shows here, before anything is paid for
    choice, client = _client(spec, root, settings, environment, writing)
    on_record = read_calibrations(root).find(choice.label, choice.base_url, prompt_hash)
    may_fail = allowed_to_fail(criteria, on_record.criteria if on_record else None)
    judge = Judge(client, prompts, rubric, choice.label, choice.base_url, may_fail)
    notes = [f"{choice.label} judges beside the rules: {_severity(may_fail)}"]
    if writing is not None:
        writing.writer.examiner = judge
    if writing is not None and writing.model and is_same_model(writing.model, choice.label):
        notes.append(same_model_note(choice.label))
    return Judging(judge, client, notes)


def choose_pair_judge(
    spec: str, root: Path, settings: Settings, environment: Mapping[str, str]
) -> tuple[PairJudge, "Client", str]:
    """Return who compares texts in pairs, its client, and its name. Raises what `choose_judge` raises."""
    prompts = PromptEnvironment(Library(root).builtin / "prompts", root / "prompts")
    choice, client = _client(spec, root, settings, environment, None)
    judge = PairJudge(client, prompts, workspace_secret(root))
    judge.prompt("", "", "")  # a faulty prompt file shows here, before anything is paid for
    return judge, client, choice.label


def is_same_model(one: str, other: str) -> bool:
    """Say whether two `provider:model` names mean one model, also where two providers sell it."""
    names = [re.split(r"[:/]", name.lower(), maxsplit=1)[-1].rsplit("/", 1)[-1] for name in (one, other)]
    return names[0] == names[1]


def same_model_note(label: str) -> str:
    """Return what to say where a model judges its own texts."""
    return f"warning: {label} judges what it wrote itself; models are kind to their own texts, so take another family"


def _severity(may_fail: tuple[str, ...]) -> str:
    if may_fail:
        return f"{', '.join(may_fail)} can fail a message (calibrated), the rest warns"
    return "its findings are warnings (no calibration of 0.6 for this model and prompt: outreach judge calibrate)"


def _client(
    spec: str, root: Path, settings: Settings, environment: Mapping[str, str], writing: Writing | None
) -> "tuple[ModelChoice, Client]":
    from outreach.llm.client import make_client
    from outreach.llm.presets import resolve_model

    if spec.strip().lower() in {"offline", "auto"}:
        raise UsageError(
            f"--judge {spec}: a judge is a model",
            hint="such as --judge openai:NAME; without --judge the rules judge",
        )
    choice = resolve_model(spec, _base_url(spec, settings), environment, flag="--judge")
    client = make_client(
        choice,
        settings.model.model_copy(update={"temperature": 0.0}),
        settings.generate.max_usd,
        cache_folder(root),
        prices=root / "prices.toml",
        beside=writing.client if writing else None,
    )
    return choice, client


def _base_url(spec: str, settings: Settings) -> str | None:
    """Return the address under `[model]`, unless it is meant for another provider than the judge's."""
    from outreach.llm.presets import presets

    own, asked = (name.partition(":")[0].strip().lower() for name in (settings.model.name, spec))
    return settings.model.base_url if own == asked or own not in presets() else None
