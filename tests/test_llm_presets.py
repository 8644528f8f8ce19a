"""Who is asked, where and with which key: the table, base URLs, and what a workspace file may not decide."""

import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import FileError, OutreachError, UsageError
from outreach.llm.addresses import is_loopback, parse_address
from outreach.llm.presets import ModelChoice, presets, resolve_model
from outreach.llm.trust import config_folder, trust_url, trusted_hosts, untrust_host
from tests.llm_providers import CANARY

KEYS = {
    "OPENAI_API_KEY": CANARY,
    "GROQ_API_KEY": "gsk-1",
    "DEEPSEEK_API_KEY": "ds-1",
    "AZURE_OPENAI_API_KEY": "az-1",
}


def resolve(
    spec: str, base_url: str | None = None, env: dict[str, str] | None = None, trusted: Any = ()
) -> ModelChoice:
    return resolve_model(spec, base_url, KEYS if env is None else env, trusted)


def test_every_preset_resolves_with_its_example() -> None:
    for name, preset in presets().items():
        env = {preset.key_env: "key-1"} if preset.key_env else {}
        if preset.base_url is None and preset.base_url_env:
            env[preset.base_url_env] = "https://mine.example/openai/v1"
        choice = resolve(f"{name}:{preset.example}", env=env)
        assert choice.label == f"{name}:{preset.example}"
        assert choice.address.loopback == preset.local
        assert preset.base_url is None or choice.base_url == preset.base_url


def test_the_plain_ways() -> None:
    choice = resolve("openai:gpt-6.1-terra")
    assert (choice.provider, choice.model, choice.base_url) == (
        "openai",
        "gpt-6.1-terra",
        "https://api.openai.com/v1",
    )
    assert choice.api_key == CANARY
    assert choice.limit_parameter == "max_completion_tokens"
    assert choice.own_environment
    local = resolve("ollama:llama3.2:3b", env={})
    assert (local.model, local.api_key, local.local) == ("llama3.2:3b", None, True)
    assert resolve(" Groq : openai/gpt-oss-120b ").label == "groq:openai/gpt-oss-120b"
    assert resolve("deepseek:deepseek-flash").response_format == "json_object"


def test_another_address_is_asked_the_plain_way() -> None:
    choice = resolve("openai:mine", "http://localhost:8000/v1/")
    assert choice.base_url == "http://localhost:8000/v1"
    assert choice.limit_parameter == "max_tokens"
    assert not choice.own_environment
    assert resolve("openai:mine", "http://localhost:8000/v1", env={}).api_key is None
    assert resolve("ollama:big", "https://ollama.example/v1", env={}).local is False
    assert resolve("openai:x", env=KEYS | {"OPENAI_BASE_URL": "https://gateway.example/v1"}).own_environment


@pytest.mark.parametrize(
    ("spec", "what", "hint"),
    [
        ("openai:", "--model openai: names no model", "for example openai:gpt-6.1-terra"),
        ("openai", "--model openai names no model", "for example openai:gpt-6.1-terra"),
        ("opnai:gpt-5", "unknown provider 'opnai'", "did you mean 'openai'?"),
        ("ollma:llama3.2", "unknown provider 'ollma'", "did you mean 'ollama'?"),
        ("zzz:x", "unknown provider 'zzz'", "known: openai, azure,"),
        ("ofline", "--model 'ofline' names no provider", "did you mean 'offline'?"),
        ("gpt-5-mini", "--model 'gpt-5-mini' names no provider", "did you mean 'openai:gpt-5-mini'?"),
        ("my-own-model", "--model 'my-own-model' names no provider", "provider:model"),
        (":x", "unknown provider ''", "known:"),
        ("", "--model '' names no provider", "provider:model"),
    ],
)
def test_mistakes_in_the_model(spec: str, what: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve(spec)
    assert caught.value.what == what
    assert hint in caught.value.hint


def test_a_missing_key_is_named() -> None:
    with pytest.raises(FileError, match="groq needs a key, and GROQ_API_KEY is not set"):
        resolve("groq:x", env={"GROQ_API_KEY": "  "})
    with pytest.raises(FileError, match="OPENAI_API_KEY does not hold a key") as caught:
        resolve("openai:x", env={"OPENAI_API_KEY": f"{CANARY} {CANARY}"})
    assert CANARY not in str(caught.value)
    assert resolve("openai:x", env={"OPENAI_API_KEY": f" {CANARY}\n"}).api_key == CANARY
    with pytest.raises(FileError, match="azure has no address of its own"):
        resolve("azure:deployment")


def test_a_key_never_shows() -> None:
    choice = resolve("openai:x")
    assert CANARY not in repr(choice) + str(choice) + f"{choice}"


def test_a_workspace_file_sends_no_key_elsewhere() -> None:
    url = "https://llm.example:8443/v1"
    with pytest.raises(FileError) as caught:
        resolve("openai:x", url)
    assert str(caught.value) == (
        "outreach.toml: base_url would send OPENAI_API_KEY to llm.example:8443\n"
        "hint: if that is meant: outreach trust https://llm.example:8443/v1"
    )
    assert resolve("openai:x", url, trusted={"llm.example:8443"}).api_key == CANARY
    for other in ({"llm.example"}, {"example:8443"}, {"x.llm.example:8443"}):
        with pytest.raises(FileError):
            resolve("openai:x", url, trusted=other)


def test_what_needs_no_trust() -> None:
    assert resolve("openai:x", "http://127.0.0.1:1234/v1").api_key == CANARY
    assert resolve("openai:x", "https://api.openai.com/v1").api_key == CANARY
    assert resolve(
        "openai:x", "https://llm.example/v1", KEYS | {"OUTREACH_BASE_URL": "https://llm.example/v1"}
    ).api_key
    assert resolve("ollama:x", "https://llm.example/v1", env={}).api_key is None
    # The user's own address is no leave for another one in a file.
    with pytest.raises(FileError):
        resolve("openai:x", "https://evil.example/v1", KEYS | {"OUTREACH_BASE_URL": "https://llm.example/v1"})
    # A key of one provider does not go to another's address because both are known.
    with pytest.raises(FileError):
        resolve("openai:x", "https://api.groq.com/openai/v1")


@pytest.mark.parametrize(
    "url",
    [
        "api.openai.com/v1", "ftp://x.example", "https://", "https:///v1", "https://user:pass@x.example/v1",
        "https://x.example/v1?key=abc", "https://x.example/v1#a", "https://x.example:99999/v1", "https://x.example\\@y.example",
        "http://x.example/v1", "http://127.0.0.1.x.example/v1", "http://localhost@x.example/v1", "http://localhost.x.example",
        "http://0x7f.0.0.1/v1", "http://2130706433/v1", "http://0.0.0.0:11434/v1", "http://192.168.1.5:8000/v1",
        "http://[::ffff:10.0.0.1]/v1", "http://169.254.169.254/latest", "https://exämple.example/v1", "https://x.example/%2e%2e",
        "javascript:alert(1)", "https://x.example/v1/chat/completions", "https://x example/v1", "https://x.example/v1\nhost: y",
        "file:///etc/passwd", "${OPENAI_BASE_URL}", "",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(FileError) as caught:
        parse_address(url)
    assert caught.value.hint
    assert "pass@" not in str(caught.value)
    assert "key=abc" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "normal", "host", "loopback"),
    [
        ("https://X.Example/V1/", "https://x.example/V1", "x.example", False),
        ("HTTPS://x.example:443/v1", "https://x.example:443/v1", "x.example", False),
        ("https://x.example:8443", "https://x.example:8443", "x.example:8443", False),
        ("http://localhost:11434/v1", "http://localhost:11434/v1", "localhost:11434", True),
        ("http://127.8.8.8/v1", "http://127.8.8.8/v1", "127.8.8.8", True),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1", "::1:8080", True),
        (
            "https://xn--exmple-cua.example/v1",
            "https://xn--exmple-cua.example/v1",
            "xn--exmple-cua.example",
            False,
        ),
    ],
)
def test_addresses(url: str, normal: str, host: str, loopback: bool) -> None:
    address = parse_address(url)
    assert (address.url, address.host, address.loopback) == (normal, host, loopback)


@given(st.text(max_size=60) | st.from_regex(r"https?://[ -~]{0,40}", fullmatch=True))
def test_every_text_is_an_address_or_an_error(text: str) -> None:
    try:
        address = parse_address(text)
    except OutreachError:
        return
    assert parse_address(address.url) == address


def test_loopback_is_named_plainly() -> None:
    assert is_loopback("localhost")
    assert is_loopback("a.localhost")
    assert not is_loopback("localhost.example")
    assert not is_loopback("0.0.0.0")  # noqa: S104
    assert not is_loopback("")


def test_trust_is_kept_in_the_users_folder(tmp_path: Path) -> None:
    env = {"OUTREACH_CONFIG_DIR": str(tmp_path / "config")}
    folder = config_folder(env)
    assert trusted_hosts(folder) == frozenset()
    assert not folder.exists()
    host, path = trust_url("https://LLM.example/v1", env)
    assert (host, path.parent) == ("llm.example", folder)
    trust_url("gateway.example:8443", env)
    trust_url("https://llm.example/other", env)
    assert trusted_hosts(folder) == {"llm.example", "gateway.example:8443"}
    assert path.read_text().count("llm.example") == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert resolve_model("openai:x", "https://llm.example/v1", KEYS | env).api_key == CANARY
    assert untrust_host(folder, "llm.example")
    assert not untrust_host(folder, "llm.example")
    assert trusted_hosts(folder) == {"gateway.example:8443"}


@pytest.mark.parametrize(
    "url", ["http://llm.example/v1", "https://a:b@llm.example", "two words", "", "#x", "a.example\nb.example"]
)
def test_what_cannot_be_trusted(url: str, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        trust_url(url, {"OUTREACH_CONFIG_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_where_the_config_lies(tmp_path: Path) -> None:
    assert config_folder({"OUTREACH_CONFIG_DIR": "/a", "XDG_CONFIG_HOME": "/b"}) == Path("/a")
    assert config_folder({"XDG_CONFIG_HOME": "/b", "HOME": "/c"}) == Path("/b/outreach")
    assert config_folder({"XDG_CONFIG_HOME": "b", "HOME": "/c"}) == Path("/c/.config/outreach")
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(FileError):
        trust_url("https://llm.example", {"OUTREACH_CONFIG_DIR": str(blocked / "config")})


def test_the_docs_list_every_provider() -> None:
    page = (Path(__file__).parents[1] / "docs" / "providers.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    for (name, preset), row in zip(presets().items(), rows, strict=True):
        key = f"`{preset.key_env}`" + (", if any" if preset.key_optional else "")
        places = [f"`{preset.base_url}`"] * bool(preset.base_url) + [f"`{preset.base_url_env}`"] * bool(
            preset.base_url_env
        )
        assert row == f"| `{name}` | {key} | {', or '.join(places)} | {'here' if preset.local else 'there'} |"
