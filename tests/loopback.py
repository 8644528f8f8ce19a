"""A scripted server on this machine that speaks the OpenAI protocol, with every fault a real one has shown.

    with ScriptedServer([refusal(429, retry_after="1"), good({"steps": []})]) as server:
        ...                                   # server.url is the base_url
    assert len(server.requests) == 2

    def write(request):                       # or a function of the request, for as long as the server lives
        return good(my_answer(request.messages))

A script is used up answer by answer, its last one again and again. A function may return an Answer, a dict (the content,
as JSON) or a str (the content); what it raises is kept in `server.errors` and answered with 500.
"""

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request as it came in. Header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def messages(self) -> list[dict[str, str]]:
        return self.json["messages"]

    @property
    def text(self) -> str:
        """All messages, one after the other."""
        return "\n\n".join(message["content"] for message in self.messages)

    @property
    def format(self) -> str:
        """The response format that is asked for."""
        return self.json.get("response_format", {}).get("type", "text")

    @property
    def schema(self) -> dict[str, Any] | None:
        return self.json.get("response_format", {}).get("json_schema", {}).get("schema")


@dataclass(frozen=True)
class Answer:
    """One answer, and how it is sent."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    #: Seconds before the first byte.
    delay_s: float = 0
    #: Seconds between one byte and the next; 0 sends all at once.
    drip_s: float = 0
    #: The share of the body that is sent before the connection is closed, though all of it was promised.
    sent_share: float = 1
    #: Close the connection hard instead of answering.
    reset: bool = False


Script = Sequence[Answer] | Callable[[Request], "Answer | dict[str, Any] | str"]


def good(
    content: Any = "Hello.",
    *,
    usage: Any = None,
    finish_reason: str = "stop",
    refusal: str | None = None,
    **message: Any,
) -> Answer:
    """A chat completion. `content` that is no str or None is sent as JSON text."""
    text = content if content is None or isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    counted = (
        usage if usage is not None else {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    )
    return raw({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1_700_000_000, "model": "scripted",
        "choices": [{"index": 0, "finish_reason": finish_reason,
                     "message": {"role": "assistant", "content": text, "refusal": refusal, **message}}],
        "usage": counted,
    })  # fmt: skip


def raw(value: Any, status: int = 200, **headers: str) -> Answer:
    """Any JSON value, NaN included, or bytes as they are."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Answer(status, body, {"content-type": "application/json"} | _named(headers))


def refusal(status: int, message: str = "no", *, code: str | None = None, kind: str | None = None, param: str | None = None,
            **headers: str) -> Answer:  # fmt: skip
    """An error as OpenAI sends it; `retry_after="2"` and the like become headers."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    return raw({"error": error}, status, **headers)


def page(status: int = 200, text: str = "<html><body>Bad gateway</body></html>") -> Answer:
    """A web page where JSON is expected."""
    return Answer(status, text.encode(), {"content-type": "text/html"})


def half(answer: Answer | None = None) -> Answer:
    """A well-sent body that ends in the middle of its JSON."""
    answer = answer or good()
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def cut(answer: Answer | None = None) -> Answer:
    """A connection closed in the middle of a body."""
    return replace(answer or good(), sent_share=0.5)


def drip(answer: Answer | None = None, every_s: float = 0.02) -> Answer:
    """A body that comes byte by byte: no single read ever takes long."""
    return replace(answer or good(), drip_s=every_s)


def hang() -> Answer:
    """No answer as long as the server lives."""
    return Answer(delay_s=10_000)


def redirect(url: str, status: int = 307) -> Answer:
    """A redirect to another address."""
    return Answer(status, b"", {"location": url})


class ScriptedServer:
    """Serves a script on a free port of 127.0.0.1 from `with` on; see the head of the module."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.errors: list[BaseException] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._sockets: set[socket.socket] = set()
        self._at_once = self.most_at_once = 0

    def __enter__(self) -> "ScriptedServer":
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                server._sockets.add(self.connection)

            def finish(self) -> None:
                with contextlib.suppress(OSError):
                    super().finish()
                server._sockets.discard(self.connection)

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except (OSError, ValueError):  # the client went away, or the server is closing
                    self.close_connection = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                server._serve(self, Request(self.command, self.path, headers, body))

            do_GET = do_POST  # noqa: N815  (the name http.server looks for)

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = (
                256  # connections that wait to be accepted; the default of 5 resets the sixth
            )

        self._http = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        for open_socket in list(self._sockets):
            with contextlib.suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
        self._http.server_close()

    @property
    def url(self) -> str:
        """The base URL, ending in /v1."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def _serve(self, handler: BaseHTTPRequestHandler, request: Request) -> None:
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self._send(handler, self._answer(request, number))
        finally:
            with self._lock:
                self._at_once -= 1

    def _answer(self, request: Request, number: int) -> Answer:
        if not callable(self.script):
            return self.script[min(number, len(self.script) - 1)]
        try:
            answer = self.script(request)
        except Exception as error:  # noqa: BLE001  (kept for the test to look at)
            self.errors.append(error)
            return refusal(500, f"the script failed: {error!r}")
        return answer if isinstance(answer, Answer) else good(answer)

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        if answer.delay_s and self._closing.wait(answer.delay_s):
            handler.close_connection = True
            return
        if answer.reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            handler.close_connection = True
            return
        reason = handler.responses.get(answer.status, ("Unknown",))[0]
        head = [f"HTTP/1.1 {answer.status} {reason}", f"content-length: {len(answer.body)}"]
        head += [f"{name}: {value}" for name, value in answer.headers.items()]
        first = "\r\n".join([*head, "", ""]).encode()
        body = answer.body[: round(len(answer.body) * answer.sent_share)]
        if answer.sent_share < 1:
            handler.close_connection = True
        if not answer.drip_s:
            handler.wfile.write(first + body)
            return
        handler.wfile.write(first)
        for byte in body:
            handler.wfile.write(bytes([byte]))
            if self._closing.wait(answer.drip_s):
                return


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
