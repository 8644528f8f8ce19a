"""`provider:model` and the environment in; who is asked, where and with which key out, after a table of providers."""

import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pydantic import TypeAdapter

from outreach.domain.record import Record
from outreach.errors import FileError, UsageError
from outreach.llm.addresses import Address, parse_address
from outreach.llm.prices import built_in_prices
from outreach.llm.provider import ResponseFormat
from outreach.llm.trust import config_folder, trusted_hosts
from outreach.workspace.files import near_match
from outreach.workspace.locate import SETTINGS_NAME

LimitParameter = Literal["max_tokens", "max_completion_tokens"]


class Preset(Record):
    """One provider of the table; what each key means stands at the head of `data/presets.toml`."""

    base_url: str | None = None
    base_url_env: str | None = None
    key_env: str | None = None
    key_optional: bool = False
    limit_parameter: LimitParameter = "max_tokens"
    response_format: ResponseFormat = "json_schema"
    default_model: str | None = None
    local: bool = False
    example: str


@lru_cache
def presets() -> dict[str, Preset]:
    """Return every provider by name, in the order of the table."""
    text = files("outreach.llm").joinpath("data/presets.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Preset]).validate_python(tomllib.loads(text))


@dataclass(frozen=True)
class ModelChoice:
    """A provider and model to call. The key never shows in its repr."""

    provider: str
    model: str
    address: Address
    key_env: str | None
    limit_parameter: LimitParameter
    response_format: ResponseFormat
    local: bool
    #: Whether the SDK's own variables (organisation, project, headers) are meant for this address.
    own_environment: bool
    api_key: str | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """`provider:model`, as the user wrote it."""
        return f"{self.provider}:{self.model}"

    @property
    def base_url(self) -> str:
        """Where it is asked, without a trailing slash."""
        return self.address.url


def resolve_model(
    spec: str, base_url: str | None, environment: Mapping[str, str], trusted: Container[str] | None = None,
    *, where: str = SETTINGS_NAME, flag: str = "--model",
) -> ModelChoice:  # fmt: skip
    """Find the provider, address and key of a model.

    Args:
        spec: `provider:model`.
        base_url: overrides the provider's own address. It counts as a workspace file's word unless OUTREACH_BASE_URL
            says the same: then a key goes beyond this machine only to `trusted` hosts.
        environment: environment variables: keys, and addresses such as OPENAI_BASE_URL.
        trusted: hosts as `outreach.llm.trust.trusted_hosts` returns them; None reads the user's list.
        where: the file that holds the setting, for messages.
        flag: the option that named the model, for messages.

    Raises:
        UsageError: no such provider, or no model.
        FileError: the key is missing, or the address is not one we may use.
    """
    name, preset, model = _parse(spec.strip(), flag)
    by_user = not base_url or base_url == environment.get("OUTREACH_BASE_URL")
    given = base_url or environment.get(preset.base_url_env or "") or preset.base_url
    if not given:
        raise FileError(f"{name} has no address of its own", where=where,
                        hint=f"set base_url under [model], or {preset.base_url_env}")  # fmt: skip
    address = parse_address(given, where=None if by_user else where)
    own = preset.base_url is not None and address.host == parse_address(preset.base_url).host
    key = _key(preset, name, address, environment)
    if key and not (by_user or own or address.loopback):
        hosts = trusted_hosts(config_folder(environment)) if trusted is None else trusted
        if address.host not in hosts:
            raise FileError(f"base_url would send {preset.key_env} to {address.host}", where=where,
                            hint=f"if that is meant: outreach trust {address.url}")  # fmt: skip
    return ModelChoice(
        provider=name, model=model, address=address, key_env=preset.key_env, api_key=key,
        # An unknown server behind another's name knows the older parameter more often than the newer one.
        limit_parameter=preset.limit_parameter if own or name == "azure" else "max_tokens",
        response_format=preset.response_format if own else "json_schema",
        local=preset.local and address.loopback,
        own_environment=preset.key_env == "OPENAI_API_KEY" and (own or by_user),
    )  # fmt: skip


def _parse(spec: str, flag: str) -> tuple[str, Preset, str]:
    name, colon, model = (part.strip() for part in spec.partition(":"))
    known = presets()
    if not colon:
        if name in known:
            raise UsageError(
                f"{flag} {name} names no model", hint=f"for example {name}:{known[name].example}"
            )
        sold_by = built_in_prices().providers_of(name)
        near = (
            f"did you mean '{sold_by[0]}:{name}'?"
            if sold_by
            else near_match(name, [*known, "offline", "auto"])
        )
        hint = near or "write provider:model, such as openai:gpt-6.1-terra"
        raise UsageError(f"{flag} {name!r} names no provider", hint=hint)
    if name.lower() not in known:
        hint = (
            near_match(name.lower(), known)
            or f"known: {', '.join(known)}; any other: openai:MODEL and base_url"
        )
        raise UsageError(f"unknown provider {name!r}", hint=hint)
    name = name.lower()
    if not model:
        raise UsageError(f"{flag} {name}: names no model", hint=f"for example {name}:{known[name].example}")
    return name, known[name], model


def _key(preset: Preset, name: str, address: Address, environment: Mapping[str, str]) -> str | None:
    variable = preset.key_env
    key = environment.get(variable, "").strip() if variable else ""
    if not key:
        if preset.key_optional or address.loopback or not variable:
            return None
        raise FileError(f"{name} needs a key, and {variable} is not set",
                        hint=f"export {variable}=…, or use --model offline")  # fmt: skip
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise FileError(f"{variable} does not hold a key: it has blanks or letters beyond ASCII",
                        hint="copy the key again, without quotes and blanks")  # fmt: skip
    return key
