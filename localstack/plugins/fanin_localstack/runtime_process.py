"""One execution environment: a runtime process with its Runtime API and its log."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import shutil
import subprocess
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from fanin_localstack.runtime_api import Outcome, RuntimeApi, RuntimeApiServer, RuntimeInvocation

STOP_SECONDS = 5
SETTLE_SECONDS = 1
"""For what a runtime does between its answer and its request for the next invocation; it takes milliseconds."""


@dataclass(frozen=True)
class TimedOut:
    """No outcome came in time."""


InvocationOutcome = Outcome | TimedOut


class RuntimeProcess:
    """Starts the process on construction. One thread invokes; any thread may stop it.

    The process stays in the emulator's process group, so that it ends with the group. It also ends itself
    when the emulator is gone, as its connection to the Runtime API breaks.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        """``folder`` is the environment's own scratch space; it is removed when the process is stopped."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._log_path = folder / "log"
        self._log_read = 0
        self._memory_mb = 0
        self._api = RuntimeApi()
        self._server = RuntimeApiServer(self._api)
        self._stop_lock = threading.Lock()
        self._stopped = False
        self.started_at = time.monotonic()
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env={**environment, "AWS_LAMBDA_RUNTIME_API": self._server.address},
                cwd=environment.get("LAMBDA_TASK_ROOT", folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        _alive.add(self)
        threading.Thread(target=self._watch, name=f"runtime-{self._process.pid}", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_for_init(self, seconds: float) -> InvocationOutcome:
        """``Ready`` when the function is loaded, else why it is not."""
        return self._next_outcome(seconds)

    def invoke(self, invocation: RuntimeInvocation, seconds: float) -> InvocationOutcome:
        self._api.offer(invocation)
        outcome = self._next_outcome(seconds)
        if not isinstance(outcome, TimedOut):
            self._api.wait_until_idle(SETTLE_SECONDS)
        return outcome

    def new_log(self) -> str:
        """What was written to stdout and stderr since the last call.

        The log is a file rather than a pipe so that everything that was written before an outcome is there to be read
        when the outcome arrives.
        """
        with self._log_path.open("rb") as log:
            log.seek(self._log_read)
            content = log.read()
        self._log_read += len(content)
        return content.decode("utf-8", errors="replace")

    def whole_log(self) -> str:
        try:
            return self._log_path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def max_memory_mb(self) -> int:
        """The most resident memory that was seen so far."""
        with contextlib.suppress(psutil.Error):
            self._memory_mb = max(self._memory_mb, psutil.Process(self.pid).memory_info().rss // (1024 * 1024))
        return self._memory_mb

    def end(self, seconds: float) -> bool:
        """Ends the process gracefully, including its exit hooks; returns whether it has ended."""
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """Ends the process at once; its log stays readable."""
        self._process.kill()
        self._process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Ends the process and removes everything that belongs to it."""
        with self._stop_lock:
            if self._stopped:
                return
            self._stopped = True
        _alive.discard(self)
        # In this order: an invocation that is running is to see that it was stopped, not that its process ended.
        self._server.stop()
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _watch(self) -> None:
        self._api.process_exited(self._process.wait())

    def _next_outcome(self, seconds: float) -> InvocationOutcome:
        try:
            return self._api.outcomes.get(timeout=seconds)
        except queue.Empty:
            return TimedOut()


_alive: weakref.WeakSet[RuntimeProcess] = weakref.WeakSet()


@atexit.register
def _kill_all() -> None:
    for process in list(_alive):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, 9)
