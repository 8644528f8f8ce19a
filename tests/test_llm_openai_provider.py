"""The adapter against a real server on this machine: forms of answer, every refusal, and where the key goes."""

import asyncio
import io
import logging
import time
from collections.abc import Callable
from typing import Any

import pytest

from outreach.domain.completions import Completion
from outreach.errors import AnswerError, CallError, OutreachError, ProviderError
from outreach.llm.openai_provider import OpenAIProvider
from outreach.llm.provider import TransientError
from tests.llm_providers import CANARY, SCHEMA, choice, options, prompt
from tests.loopback import Answer, ScriptedServer, cut, drip, good, half, hang, page, raw, redirect, refusal


def ask(server: ScriptedServer, times: int = 1, schema: Any = SCHEMA, **changes: Any) -> Completion:
    """Ask `times` times with one provider and return the last answer."""
    call = {key: changes.pop(key) for key in ("timeout_s", "temperature") if key in changes}

    async def run() -> Completion:
        provider = OpenAIProvider(choice(server.url, **changes))
        try:
            for _ in range(times):
                answer = await provider.complete(prompt(schema=schema), options(**call))
            return answer
        finally:
            await provider.aclose()

    return asyncio.run(run())


def fault(answer: Answer, **changes: Any) -> tuple[OutreachError, int]:
    """Return the error that an answer leads to, and how many requests were made."""
    with ScriptedServer([answer]) as server:
        with pytest.raises(OutreachError) as caught:
            ask(server, **changes)
        return caught.value, len(server.requests)


def test_structured_answer() -> None:
    usage = {"prompt_tokens": 1200, "completion_tokens": 80,
             "prompt_tokens_details": {"cached_tokens": 1024, "cache_write_tokens": 100}}  # fmt: skip
    with ScriptedServer([good({"steps": []}, usage=usage)]) as server:
        answer = ask(server)
    assert answer.text == '{"steps": []}'
    assert (answer.provider, answer.model, answer.finish_reason) == ("openai", "gpt-test", "stop")
    assert answer.response_format == "json_schema"
    assert answer.usage.input_tokens == 1200
    assert answer.usage.cached_tokens == 1024
    assert answer.usage.cache_write_tokens == 100
    request = server.requests[0]
    assert request.path == "/v1/chat/completions"
    assert request.schema == SCHEMA
    assert request.json["max_completion_tokens"] == 200
    assert request.headers["authorization"] == f"Bearer {CANARY}"


def test_free_text_asks_for_no_form() -> None:
    with ScriptedServer([good("Hello.")]) as server:
        assert ask(server, schema=None).response_format == "text"
        assert "response_format" not in server.requests[0].json


def test_refused_forms_are_met_once_in_a_run() -> None:
    def answer(request: Any) -> Answer:
        if request.format == "json_schema":
            return refusal(400, "This response_format type is unavailable now")
        if request.format == "json_object":
            return refusal(422, "'json_object' is not one of the known values")
        return good({"steps": []})

    with ScriptedServer(answer) as server:
        assert ask(server, times=3).response_format == "text"
        assert [request.format for request in server.requests] == [
            "json_schema",
            "json_object",
            "text",
            "text",
            "text",
        ]
        # Where the endpoint does not enforce the schema, the model is told it, and the user's message stays as it is.
        assert '"required": ["steps"]' in server.requests[-1].messages[0]["content"]
        assert server.requests[-1].messages[0]["content"].startswith("You draft.")
        assert server.requests[-1].messages[1] == server.requests[0].messages[1]


@pytest.mark.parametrize(
    ("message", "gone", "instead"),
    [
        ("Unsupported parameter: 'max_completion_tokens' is not supported. Use 'max_tokens' instead.",
         "max_completion_tokens", "max_tokens"),
        ("Unsupported value: 'temperature' does not support 0.7 with this model.", "temperature", None),
    ],
)  # fmt: skip
def test_refused_parameters_are_replaced(message: str, gone: str, instead: str | None) -> None:
    def answer(request: Any) -> Answer:
        return refusal(400, message, param=gone) if gone in request.json else good()

    with ScriptedServer(answer) as server:
        ask(server, times=2)
        assert len(server.requests) == 3
        assert instead is None or server.requests[-1].json[instead] == 200


def test_a_refusal_that_stays_is_no_endless_loop() -> None:
    error, requests = fault(refusal(400, "response_format, temperature and max_tokens are unsupported"))
    assert isinstance(error, CallError)
    assert requests <= 6


@pytest.mark.parametrize(
    "answer",
    [
        refusal(401, f"Incorrect API key provided: {CANARY}", code="invalid_api_key"),
        refusal(400, f"API key not valid: {CANARY}"),
        refusal(403, f"Country not supported {CANARY}"),
        refusal(404, "The model `gpt-test` does not exist", code="model_not_found"),
        refusal(404, "Not Found"),
        refusal(400, "Model gpt-test not found"),
        refusal(429, "You exceeded your current quota", code="insufficient_quota"),
        refusal(429, "no credit", kind="insufficient_quota", code="credit_balance_exhausted"),
        refusal(402, "Insufficient Balance"),
        redirect("http://127.0.0.1:9/v1/chat/completions"),
        raw({"error": {"code": 401, "message": "no auth"}}),
        raw([{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}], 400),
    ],
    ids=lambda answer: f"{answer.status}-{answer.body[:50].decode()}",
)  # fmt: skip
def test_the_run_is_over_after_one_call(answer: Answer) -> None:
    error, requests = fault(answer)
    assert type(error) is ProviderError
    assert requests == 1
    assert error.hint
    assert CANARY not in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        refusal(429, "slow down", code="rate_limit_exceeded"),
        refusal(500), refusal(503), refusal(529), refusal(408),
        page(500), page(200), half(), cut(), Answer(), Answer(reset=True), raw([1]), raw({}), raw({"choices": [{}]}),
        raw({"error": {"message": "overloaded"}}), raw(b"\xff\xfe\x00"), raw(b"[" * 100_000),
        refusal(402, "in flight", retry_after="1"),
    ],
)  # fmt: skip
def test_another_try_may_succeed(answer: Answer) -> None:
    error, requests = fault(answer)
    assert isinstance(error, TransientError)
    assert requests == 1


def test_which_faults_may_be_billed() -> None:
    assert not fault(refusal(429))[0].may_cost
    assert not fault(refusal(500))[0].may_cost
    assert fault(half())[0].may_cost
    assert fault(cut())[0].may_cost
    assert fault(Answer(reset=True))[0].may_cost


def test_rate_limits_say_how_long() -> None:
    for headers, seconds in (
        ({"retry_after": "2"}, 2),
        ({"retry_after_ms": "350", "retry_after": "1"}, 0.35),
        ({"retry_after": "Wed, 25 Nov 2026 10:00:07 GMT", "date": "Wed, 25 Nov 2026 10:00:00 GMT"}, 7),
        ({}, None),
    ):
        error, _ = fault(refusal(429, **headers))
        assert isinstance(error, TransientError)
        assert error.rate_limited
        assert error.retry_after_s == seconds


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, "This model's maximum context length is 8192 tokens"), CallError),
        (refusal(400, "max_tokens is too large: 20000. This model supports at most 16384"), CallError),
        (refusal(400, "The response was filtered", code="content_filter"), AnswerError),
        (refusal(403, "Your input was flagged by moderation"), AnswerError),
        (refusal(418, "teapot"), CallError),
    ],
)
def test_only_this_prompt_fails(answer: Answer, kind: type[OutreachError]) -> None:
    error, requests = fault(answer, schema=None)
    assert type(error) is kind
    assert requests == 1


def test_what_was_paid_for_is_returned_with_its_reason() -> None:
    for answer, finish in (
        (good('{"steps": [{"body": "Hi An', finish_reason="length"), "length"),
        (good(None, finish_reason="content_filter"), "content_filter"),
        (good(None, refusal="I can't help with that."), "refusal"),
        (good(""), "stop"),
    ):
        with ScriptedServer([answer]) as server:
            got = ask(server)
            assert got.finish_reason == finish
            assert got.usage.input_tokens == 100


def test_odd_but_usable_answers() -> None:
    parts = [
        {"type": "thinking", "thinking": "hm"},
        {"type": "text", "text": "Hel"},
        {"type": "text", "text": "lo."},
    ]
    for content in ("<think>what to say</think>\n\nHello.", "Hello."):
        with ScriptedServer([good(content)]) as server:
            assert ask(server).text == "Hello."
    value = {"choices": [{"message": {"content": parts}}]}
    with ScriptedServer([raw(value)]) as server:
        got = ask(server)
        assert got.text == "Hello."
        assert got.usage.input_tokens == 0


@pytest.mark.parametrize("reported", [-5, float("nan"), float("inf"), "100", None, True, 10**12])
def test_impossible_counts_are_unknown(reported: Any) -> None:
    with ScriptedServer([good(usage={"prompt_tokens": reported, "completion_tokens": 5})]) as server:
        assert ask(server).usage.input_tokens == 0
    with ScriptedServer([good(usage={"prompt_tokens": 5, "completion_tokens": reported})]) as server:
        assert ask(server).usage.input_tokens == 0


@pytest.mark.parametrize("answer", [hang(), drip(every_s=0.02)], ids=["hang", "drip"])
def test_the_deadline_holds_for_the_whole_call(answer: Answer) -> None:
    started = time.monotonic()
    error, _ = fault(answer, timeout_s=0.3)
    assert time.monotonic() - started < 1.5
    assert isinstance(error, TransientError)
    assert "0.3 s" in error.what
    assert error.may_cost


def test_refused_connections_say_where() -> None:
    with ScriptedServer([good()]) as server:
        url = server.url

    async def run() -> None:
        provider = OpenAIProvider(choice(url))
        with pytest.raises(TransientError, match=r"127\.0\.0\.1:\d+ cannot be reached") as caught:
            await provider.complete(prompt(), options())
        assert not caught.value.may_cost
        await provider.aclose()

    asyncio.run(run())


def test_large_bodies_are_not_read_to_the_end() -> None:
    error, _ = fault(good("x" * 5_000_000))
    assert "larger than 4 MB" in error.what
    error, _ = fault(refusal(500, "x" * 5_000_000))
    assert len(str(error)) < 600


def test_a_redirect_never_carries_the_key() -> None:
    with ScriptedServer([good()]) as elsewhere, ScriptedServer([redirect(elsewhere.url)]) as server:
        for status in (301, 302, 303, 307, 308):
            server.script = [redirect(elsewhere.url + "/chat/completions", status)]
            with pytest.raises(ProviderError, match="redirects"):
                ask(server)
        assert elsewhere.requests == []


def test_the_key_is_in_one_header_and_nowhere_else() -> None:
    """Every fault echoes the key in each place an endpoint can; the log is at its loudest."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)
    echo = f"bad key {CANARY}"
    try:
        for answer in (
            refusal(401, echo), refusal(429, echo), refusal(500, echo), refusal(400, echo), refusal(404, echo, code=CANARY),
            refusal(400, echo, code="content_filter"), page(500, echo), page(200, echo), half(raw({"x": echo * 5})),
            redirect(f"http://127.0.0.1:9/?key={CANARY}"), raw({"error": {"code": 500, "message": echo}}),
        ):  # fmt: skip
            error, _ = fault(answer)
            shown = [str(error), repr(error), error.hint, str(error.__cause__), str(error.__dict__)]
            assert CANARY not in " ".join(shown)
            assert error.__suppress_context__
        with ScriptedServer([good(echo)]) as server:
            assert CANARY not in ask(server).model_dump_json()
            assert CANARY not in repr(choice(server.url))
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(logging.WARNING)
    assert "chat/completions" in log.getvalue()
    assert CANARY not in log.getvalue()
    assert "Write to Ana" not in log.getvalue()


def test_the_sdk_environment_stays_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "private-value")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: private-value")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with ScriptedServer([good()]) as server:
        ask(server, api_key=None)
        assert "private-value" not in str(server.requests[0].headers)
        assert "authorization" not in server.requests[0].headers
        ask(server, own_environment=True)
        assert server.requests[1].headers["openai-organization"] == "private-value"


def test_a_server_of_this_machine_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_ADMIN_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with ScriptedServer([good()]) as server:
        ask(server, api_key=None)
        assert "authorization" not in server.requests[0].headers


def test_a_connection_is_used_again(caplog: pytest.LogCaptureFixture) -> None:
    ports: set[Any] = set()

    def answer(request: Any) -> Answer:
        ports.add(request.headers.get("host"))
        return good()

    with ScriptedServer(answer) as server:
        ask(server, times=5)
        assert len(server.requests) == 5


def test_many_calls_at_once() -> None:
    async def run(url: str) -> list[Completion]:
        provider = OpenAIProvider(choice(url))
        try:
            return await asyncio.gather(
                *(provider.complete(prompt(f"row {n}"), options()) for n in range(30))
            )
        finally:
            await provider.aclose()

    echo: Callable[[Any], str] = lambda request: request.messages[-1]["content"]  # noqa: E731
    with ScriptedServer(echo) as server:
        answers = asyncio.run(run(server.url))
    assert [answer.text for answer in answers] == [f"row {n}" for n in range(30)]
