"""A kind of file, a source and a model's name in; what the model read and the source confirms, out. The client is closed afterwards."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from outreach.authoring.asking import author_prompt, read_claimed
from outreach.authoring.questions import Kind
from outreach.authoring.sheet import Reading, Sheet
from outreach.authoring.source import Source
from outreach.authoring.verifying import verified
from outreach.domain.completions import Prompt
from outreach.errors import AnswerError, ProviderError, UsageError
from outreach.llm.provider import CompletionSource
from outreach.prompting.environment import PromptEnvironment
from outreach.prompting.prompts import asked_again
from outreach.running.models import cache_folder
from outreach.workspace.locate import builtin_root
from outreach.workspace.settings import Settings
from outreach.workspace.writing import workspace_secret


def read_with_model(
    kind: Kind, source: Source, spec: str, root: Path, settings: Settings, environment: Mapping[str, str]
) -> tuple[Reading, str]:
    """Ask a model what a source says, verify every quote, and return what holds, with the model's name.

    Args:
        kind: which file is to be written.
        source: the text; untrusted.
        spec: `provider:model`.
        root: the workspace: its cache, secret, prices and prompt files count.
        settings: its limits hold; the temperature is always 0.
        environment: keys and addresses.

    Raises:
        UsageError, FileError: the model, its key or address is not one we can use; a prompt file is faulty.
        ProviderError, CallError, AnswerError: there is no usable answer, or it was refused. Rules are never taken in its place in silence.
    """
    from outreach.llm.client import make_client
    from outreach.llm.presets import resolve_model

    if spec.strip().lower() in {"offline", "auto"}:
        raise UsageError(
            f"--model {spec}: reading needs a model", hint="without --model, rules read the source"
        )
    choice = resolve_model(spec, settings.model.base_url, environment)
    cold = settings.model.model_copy(update={"temperature": 0.0})
    client = make_client(
        choice, cold, settings.generate.max_usd, cache_folder(root), prices=root / "prices.toml"
    )
    prompts = PromptEnvironment(builtin_root() / "prompts", root / "prompts")
    prompt = author_prompt(kind, source, prompts, workspace_secret(root))

    async def asked() -> Sheet:
        try:
            return await ask(kind, prompt, client)
        finally:
            await client.aclose()

    return verified(kind, asyncio.run(asked()), source), choice.label


async def ask(kind: Kind, prompt: Prompt, client: CompletionSource) -> Sheet:
    """Ask, and once more with the reason where the answer cannot be read. Raises ProviderError when that does not help."""
    completion = await client.complete(prompt)
    try:
        return read_claimed(kind, completion.text)
    except AnswerError as error:
        completion = await client.complete(asked_again(prompt, error.what))
    try:
        return read_claimed(kind, completion.text)
    except AnswerError as error:
        raise ProviderError(f"the model's answer could not be read: {error.what}",
                          hint="try another model, or leave --model out: rules read the source") from None  # fmt: skip
