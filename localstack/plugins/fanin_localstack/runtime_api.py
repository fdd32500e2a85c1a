"""The Lambda Runtime API for one execution environment.

The runtime in the environment asks for an invocation, which may take forever, and posts the outcome. The executor
offers invocations and waits for outcomes. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import queue
import re
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

API_VERSION = "2018-06-01"
MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100
"""Lambda's limit for the response of a synchronous invocation."""

_OUTCOME_PATH = re.compile(rf"/{API_VERSION}/runtime/invocation/(?P<request_id>[^/]+)/(?P<kind>response|error)")


@dataclass(frozen=True)
class RuntimeInvocation:
    """What the runtime is handed for one call of the function."""

    request_id: str
    payload: bytes
    function_arn: str
    trace_id: str
    deadline_ms: int


@dataclass(frozen=True)
class Ready:
    """The function is loaded: the runtime asked for its first invocation."""


@dataclass(frozen=True)
class Responded:
    """The function returned."""

    payload: bytes


@dataclass(frozen=True)
class Failed:
    """The function threw, or its response cannot be delivered."""

    payload: bytes


@dataclass(frozen=True)
class InitFailed:
    """The runtime could not load the function."""

    payload: bytes


@dataclass(frozen=True)
class Exited:
    """The process ended without an answer. ``delivered`` is whether it had received the invocation."""

    return_code: int
    delivered: bool


@dataclass(frozen=True)
class Stopped:
    """The environment was shut down from outside."""


Outcome = Ready | Responded | Failed | InitFailed | Exited | Stopped


class RuntimeApi:
    """The state behind the server: at most one invocation at a time. Safe for use by several threads."""

    def __init__(self) -> None:
        self.outcomes: queue.Queue[Outcome] = queue.Queue()
        self._condition = threading.Condition()
        self._ready = False
        self._idle = False
        self._offered: RuntimeInvocation | None = None
        self._current_id: str | None = None
        self._closed = False

    def offer(self, invocation: RuntimeInvocation) -> None:
        with self._condition:
            self._offered = invocation
            self._condition.notify_all()

    def take(self) -> RuntimeInvocation | None:
        """Waits for an invocation; None when the environment is being shut down."""
        with self._condition:
            if not self._ready:
                self._ready = True
                self.outcomes.put(Ready())
            self._idle = True
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._offered is not None or self._closed)
            if self._closed:
                return None
            self._idle = False
            invocation, self._offered = self._offered, None
            self._current_id = invocation.request_id if invocation else None
            return invocation

    def wait_until_idle(self, seconds: float) -> None:
        """Waits until the runtime asks for the next invocation, or is gone.

        That, not its answer, is the end of an invocation: the runtime writes an exception's stack trace in between.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._idle or self._closed, timeout=seconds)

    def finish(self, request_id: str, outcome: Outcome) -> bool:
        """Hands over an outcome; False for an invocation that is not the current one."""
        with self._condition:
            if request_id != self._current_id:
                return False
            self._current_id = None
        self.outcomes.put(outcome)
        return True

    def process_exited(self, return_code: int) -> None:
        with self._condition:
            delivered = self._current_id is not None
            self._current_id = None
        self.outcomes.put(Exited(return_code, delivered))
        self._close()

    def shut_down(self) -> None:
        """Releases both sides: the runtime that waits for an invocation and the executor that waits for an outcome."""
        self.outcomes.put(Stopped())
        self._close()

    def _close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()


class RuntimeApiServer:
    """Serves a :class:`RuntimeApi` on a port of the loopback interface."""

    def __init__(self, api: RuntimeApi) -> None:
        self._api = api
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.api = api
        self._thread = threading.Thread(target=self._server.serve_forever, name="runtime-api", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The value for ``AWS_LAMBDA_RUNTIME_API``."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._api.shut_down()
        # The server checks for a shutdown every half second; callers need not wait for that.
        threading.Thread(target=self._close, name="runtime-api-close", daemon=True).start()

    def _close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    api: RuntimeApi

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silent: a runtime that goes away in the middle of a request shows as a process that exited."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The headers and the body leave in two writes; without this each answer waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        if self.path == f"/{API_VERSION}/runtime/restore/next":
            # The function is ready for a snapshot; none is taken, and it goes on at once.
            self._answer(200, {})
            return
        if self.path != f"/{API_VERSION}/runtime/invocation/next":
            self._answer(404, {"errorType": "NotFound", "errorMessage": self.path})
            return
        invocation = self.server.api.take()
        if invocation is None:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(invocation.payload)))
        self.send_header("Lambda-Runtime-Aws-Request-Id", invocation.request_id)
        self.send_header("Lambda-Runtime-Deadline-Ms", str(invocation.deadline_ms))
        self.send_header("Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn)
        self.send_header("Lambda-Runtime-Trace-Id", invocation.trace_id)
        self.end_headers()
        self.wfile.write(invocation.payload)

    def do_POST(self) -> None:
        body = self._body()
        if self.path == f"/{API_VERSION}/runtime/init/error":
            self.server.api.outcomes.put(InitFailed(body))
            self._answer(202, {"status": "OK"})
            return
        match = _OUTCOME_PATH.fullmatch(self.path)
        if match is None:
            self._answer(404, {"errorType": "NotFound", "errorMessage": self.path})
            return
        too_large = match["kind"] == "response" and len(body) > MAX_RESPONSE_BYTES
        outcome: Outcome
        if too_large:
            outcome = Failed(_too_large())
        elif match["kind"] == "response":
            outcome = Responded(body)
        else:
            outcome = Failed(body)
        if not self.server.api.finish(match["request_id"], outcome):
            self._answer(400, {"errorType": "InvalidRequestID", "errorMessage": "Invalid request ID"})
        elif too_large:
            self._answer(413, {"errorType": "RequestEntityTooLarge", "errorMessage": "Exceeded maximum allowed size"})
        else:
            self._answer(202, {"status": "OK"})

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline() not in (b"\r\n", b"\n", b""):
            pass
        return b"".join(chunks)

    def _answer(self, status: int, body: dict[str, str]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: what matters is in the function's own log."""


def _too_large() -> bytes:
    return json.dumps(
        {
            "errorType": "Function.ResponseSizeTooLarge",
            "errorMessage": "Response payload size exceeded maximum allowed payload size "
            f"({MAX_RESPONSE_BYTES} bytes).",
        }
    ).encode()
