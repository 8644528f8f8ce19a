"""Settings and environment in; who writes, and what to tell the user about it, out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.drafting.offline import MessageTemplates, load_templates
from outreach.errors import FileError
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import Prompts
from outreach.running.campaign import Campaign
from outreach.running.writers import LlmWriter, OfflineWriter, Writer
from outreach.workspace.locate import SETTINGS_NAME
from outreach.workspace.writing import state_folder, workspace_secret

if TYPE_CHECKING:
    from outreach.llm.client import Client


@dataclass
class Writing:
    """Who writes in this run. `client` is None for the offline writer."""

    writer: Writer
    client: "Client | None" = None
    notes: list[str] = field(default_factory=list)
    #: `provider:model`; empty for the offline writer.
    model: str = ""


def offline_writer(campaign: Campaign) -> OfflineWriter:
    """Return the built-in writer with this workspace's templates."""
    cache: dict[str, MessageTemplates] = {}

    def templates(language: str) -> MessageTemplates:
        if language not in cache:
            cache[language] = load_templates(language, lambda name: campaign.library.find("messages", name))
        return cache[language]

    return OfflineWriter(templates, campaign.rubric, samples=campaign.settings.generate.samples)


def prompt_source(campaign: Campaign) -> Prompts:
    """Return the prompts of this workspace, fenced with its secret."""
    environment = PromptEnvironment(campaign.library.builtin / "prompts", campaign.root / "prompts")
    return Prompts(environment, workspace_secret(campaign.root))


def choose_writer(campaign: Campaign, environment: Mapping[str, str]) -> Writing:
    """Return the writer that the settings name; never one in place of another in silence.

    `auto` is the offline writer where no OPENAI_API_KEY is set, and that is said. Raises FileError for an unknown provider,
    a missing key, and an endpoint that a workspace file names but the user has not trusted.
    """
    settings = campaign.settings.model
    name = settings.name
    if name == "auto":
        if settings.base_url:
            raise FileError("a base_url is set, but no model", where=SETTINGS_NAME,
                            hint="name it: [model] name = \"openai:NAME\", or --model openai:NAME")  # fmt: skip
        if not environment.get("OPENAI_API_KEY"):
            note = "no OPENAI_API_KEY: the built-in offline writer drafts (set a key, or --model P:M, for a model)"
            return Writing(offline_writer(campaign), notes=[note])
        name = _default_openai_model()
    if name == "offline":
        return Writing(offline_writer(campaign))
    return _llm_writing(campaign, name, environment)


def _default_openai_model() -> str:
    from outreach.llm.presets import presets

    return f"openai:{presets()['openai'].default_model}"


def _llm_writing(campaign: Campaign, name: str, environment: Mapping[str, str]) -> Writing:
    from outreach.llm.client import make_client
    from outreach.llm.presets import resolve_model

    settings = campaign.settings
    choice = resolve_model(name, settings.model.base_url, environment)
    client = make_client(
        choice,
        settings.model,
        settings.generate.max_usd,
        cache_folder(campaign.root),
        prices=campaign.root / "prices.toml",
    )
    key = [
        choice.provider,
        choice.model,
        choice.base_url,
        settings.model.temperature,
        settings.model.max_output_tokens,
    ]
    writer = LlmWriter(
        client,
        prompt_source(campaign),
        campaign.rubric,
        max_repairs=settings.generate.max_repairs,
        model_key=key,
        samples=settings.generate.samples,
    )
    return Writing(writer, client, [f"{choice.label} drafts"], choice.label)


def cache_folder(root: Path) -> Path:
    """Return where a workspace's answers are cached."""
    return state_folder(root) / "cache"
