"""A model choice in; a provider that speaks the OpenAI protocol out: one try per call, a total deadline, no redirects."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from outreach.domain.completions import Completion, Prompt
from outreach.errors import OutreachError, ProviderError
from outreach.llm.answers import read_answer
from outreach.llm.dialect import Dialect
from outreach.llm.faults import HttpRefusal, error_of
from outreach.llm.presets import ModelChoice
from outreach.llm.provider import CallOptions, TransientError

if TYPE_CHECKING:
    import httpx2

#: A draft takes some 10 KB; a body beyond this is not one. Refusals are read only as far as they can be understood.
_MOST_BYTES = 4_000_000
_MOST_REFUSAL_BYTES = 64_000
#: json_schema → json_object → text, the other limit parameter, no temperature: what one call may learn on its way.
_MOST_LESSONS = 4
#: Headers that a foreign endpoint has a use for; the SDK adds organisation, project and user-set ones from OPENAI_*.
_NEEDED_HEADERS = frozenset({
    "host", "accept", "accept-encoding", "connection", "user-agent", "authorization", "content-type", "content-length",
    "transfer-encoding", "x-stainless-raw-response",  # the last: how the SDK remembers to leave the body to us
})  # fmt: skip


class OpenAIProvider:
    """Asks one endpoint through the `openai` SDK, whose retries are off: `outreach.llm.retry` owns them."""

    def __init__(self, choice: ModelChoice, *, max_connections: int = 256) -> None:
        """Open nothing yet. Importing the SDK takes a moment, so it happens here and not at the module's import."""
        import httpx2
        import openai

        # At DEBUG, these log request bodies, which hold prospects, and response headers, which may echo a key.
        for name in ("openai", "httpcore2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self.name, self.base_url = choice.provider, choice.base_url
        self._choice = choice
        self._dialect = Dialect(choice.limit_parameter, choice.response_format)
        http = httpx2.AsyncClient(
            follow_redirects=False,
            # A proxy is for the way out; what runs on this machine is reached directly.
            trust_env=not choice.address.loopback,
            limits=httpx2.Limits(max_connections=max_connections, max_keepalive_connections=max_connections),
            event_hooks={"request": [self._strip_headers], "response": [_refuse]},
        )
        # Without a key no header is sent; the SDK wants to hear that for each request.
        self._headers: dict[str, Any] = {} if choice.api_key else {"Authorization": openai.Omit()}
        self._client = openai.AsyncOpenAI(
            api_key=choice.api_key or "none",  # the SDK refuses to be made without one
            base_url=choice.base_url,
            max_retries=0,
            http_client=http,
        )

    async def complete(self, prompt: Prompt, request: CallOptions) -> Completion:
        """Make one try, see `Provider`. What an endpoint refuses is learned here, and not counted as a try."""
        try:
            async with asyncio.timeout(request.timeout_s):
                return await self._complete(prompt, request)
        except TimeoutError:
            raise TransientError(f"{self.name} did not finish within {request.timeout_s:g} s", may_cost=True,
                                 hint="raise timeout_s under [model] for slow models") from None  # fmt: skip

    async def aclose(self) -> None:
        """Close every connection. Safe to call twice."""
        await self._client.close()

    async def _complete(self, prompt: Prompt, request: CallOptions) -> Completion:
        for _ in range(_MOST_LESSONS + 1):
            form = self._dialect.response_format(prompt, request)
            parameters = self._dialect.parameters(prompt, request)
            try:
                body = self._without_key(await self._post(parameters, request.timeout_s))
                return read_answer(body, self.name, request.model, form)
            except HttpRefusal as caught:
                refusal = HttpRefusal(caught.status, caught.headers, self._without_key(caught.body))
            if not self._dialect.learn(refusal, parameters):
                raise error_of(refusal, self._choice) from None
        raise error_of(refusal, self._choice) from None

    async def _post(self, parameters: dict[str, Any], timeout_s: float) -> str:
        """Send one request and return its body. Raises HttpRefusal, TransientError or ProviderError."""
        import httpx2
        import openai

        create = self._client.chat.completions.with_streaming_response.create
        try:
            async with create(**parameters, timeout=timeout_s, extra_headers=self._headers) as response:
                return (await _read(response.iter_bytes(), _MOST_BYTES)).decode("utf-8", "replace")
        except openai.APIConnectionError as error:
            raise self._unreachable(error.__cause__ or error) from None
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise self._unreachable(error) from None
        except openai.OpenAIError as error:
            raise ProviderError(f"the request to {self.name} could not be made: {self._without_key(str(error))[:200]}",
                                hint="this is a fault of the program or its setup, not of a row") from None  # fmt: skip

    def _unreachable(self, error: BaseException) -> OutreachError:
        import httpx2

        said = self._without_key(str(error))[:200] or type(error).__name__
        if "CERTIFICATE_VERIFY_FAILED" in said:
            return ProviderError(f"the certificate of {self._choice.address.host} cannot be verified",
                                 hint="behind a company proxy, set SSL_CERT_FILE to its certificates")  # fmt: skip
        never_sent = isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout)
        what = "cannot be reached" if never_sent else "broke off"
        return TransientError(f"{self.name} at {self._choice.address.host} {what}: {said}", may_cost=not never_sent,
                              hint="check the network and base_url" if never_sent else "")  # fmt: skip

    async def _strip_headers(self, request: "httpx2.Request") -> None:
        if not self._choice.own_environment:
            for name in [name for name in request.headers if name.lower() not in _NEEDED_HEADERS]:
                del request.headers[name]

    def _without_key(self, text: str) -> str:
        """Return a text that came from the endpoint with our key blotted out: servers echo it in errors."""
        key = self._choice.api_key
        return text.replace(key, "[key]") if key else text


async def _refuse(response: "httpx2.Response") -> None:
    """Turn every answer but a success into a HttpRefusal before the SDK reads it without a limit or follows it."""
    import httpx2

    if response.is_success:
        return
    try:
        body = await _read(response.aiter_bytes(), _MOST_REFUSAL_BYTES, cut=True)
    except (httpx2.HTTPError, httpx2.StreamError):
        body = b""  # the status alone says what happened
    headers = {name.lower(): value for name, value in response.headers.items()}
    raise HttpRefusal(response.status_code, headers, body.decode("utf-8", "replace"))


async def _read(chunks: Any, most: int, *, cut: bool = False) -> bytes:
    """Read up to `most` bytes; beyond it stop (`cut`) or raise TransientError."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            if cut:
                break
            raise TransientError(
                f"the provider's answer is larger than {most // 1_000_000} MB", may_cost=True
            )
    return bytes(body[:most])
