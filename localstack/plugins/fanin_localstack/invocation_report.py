"""What AWS Lambda itself says about an invocation: the frame of its log, and errors that the function cannot name."""

from __future__ import annotations

import json
import math
import signal
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class InvocationReport:
    """The log of one invocation between its START and REPORT lines."""

    request_id: str
    version: str
    log: str
    closing_line: str
    seconds: float
    init_ms: float | None
    memory_mb: int
    memory_used_mb: int

    def text(self) -> str:
        lines = [f"START RequestId: {self.request_id} Version: {self.version}", self.log.rstrip("\n")]
        if self.closing_line:
            lines.append(self.closing_line)
        lines += [f"END RequestId: {self.request_id}", self._report()]
        return "\n".join(line for line in lines if line) + "\n"

    def _report(self) -> str:
        milliseconds = self.seconds * 1000
        parts = [
            f"REPORT RequestId: {self.request_id}",
            f"Duration: {milliseconds:.2f} ms",
            f"Billed Duration: {math.ceil(milliseconds)} ms",
            f"Memory Size: {self.memory_mb} MB",
            f"Max Memory Used: {self.memory_used_mb} MB",
        ]
        if self.init_ms is not None:
            parts.append(f"Init Duration: {self.init_ms:.2f} ms")
        return "\t".join(parts)


def timeout_error(request_id: str, timeout_seconds: float) -> tuple[bytes, str]:
    """Payload and log line of a function that was stopped at its timeout."""
    what = f"Task timed out after {timeout_seconds:.2f} seconds"
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return _error("Sandbox.Timedout", f"RequestId: {request_id} Error: {what}"), f"{now} {request_id} {what}"


def exit_error(request_id: str, return_code: int) -> tuple[bytes, str]:
    """Payload and log line of a function whose process ended, with a ``subprocess`` return code."""
    message = f"RequestId: {request_id} Error: Runtime exited {_reason(return_code)}"
    return _error("Runtime.ExitError", message), f"{message} Runtime.ExitError"


def _reason(return_code: int) -> str:
    if return_code == 0:
        return "without providing a reason"
    if return_code > 0:
        return f"with error: exit status {return_code}"
    description = signal.strsignal(-return_code) or str(-return_code)
    return f"with error: signal: {description.lower()}"


def _error(error_type: str, message: str) -> bytes:
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()
