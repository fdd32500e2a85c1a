"""One run of a Glue job: a Python script as a process. Nothing here depends on LocalStack."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TZ")
MAX_ERROR = 1000
TRACEBACK = "Traceback (most recent call last):"
STARTING, RUNNING, STOPPING = "STARTING", "RUNNING", "STOPPING"
ENDED = frozenset({"SUCCEEDED", "FAILED", "STOPPED", "TIMEOUT"})


class JobRun:
    """Starts on construction. Any thread may read its state, or stop it.

    The process stays in the emulator's process group, so that it ends with the group.
    """

    def __init__(
        self,
        job: str,
        arguments: Mapping[str, str],
        script: Callable[[], bytes],
        environment: Mapping[str, str],
        timeout_seconds: float,
    ) -> None:
        """``script`` fetches the script; ``environment`` is all that the process gets besides path and locale."""
        self.id = f"jr_{uuid4().hex}{uuid4().hex}"
        self._job = job
        self._arguments = dict(arguments)
        self._script = script
        self._environment = dict(environment)
        self._timeout = timeout_seconds
        self._lock = threading.Lock()
        self._state = STARTING
        self._error = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._started = self._changed = _now()
        _runs.add(self)
        self._thread = threading.Thread(target=self._run, name=f"glue-{self.id[:11]}", daemon=True)
        self._thread.start()

    @property
    def has_ended(self) -> bool:
        with self._lock:
            return self._state in ENDED

    def stop(self) -> bool:
        """Whether there was something to stop; the run ends a little later."""
        with self._lock:
            if self._state in ENDED:
                return False
            self._state = STOPPING
            self._kill()
            return True

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)

    def kill(self) -> None:
        with self._lock:
            self._kill()

    def described(self) -> dict[str, Any]:
        """The run as Glue answers it."""
        with self._lock:
            described = {
                "Id": self.id,
                "Attempt": 0,
                "JobName": self._job,
                "StartedOn": self._started,
                "LastModifiedOn": self._changed,
                "JobRunState": self._state,
                "Arguments": self._arguments,
                "PredecessorRuns": [],
                "ExecutionTime": int((self._changed - self._started).total_seconds()),
                "Timeout": int(self._timeout / 60),
                "LogGroupName": "/aws-glue/python-jobs",
            }
            if self._state in ENDED:
                described["CompletedOn"] = self._changed
            if self._error:
                described["ErrorMessage"] = self._error
            return described

    def _run(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="glue-job-"))
        try:
            self._end(*self._outcome(folder))
        except Exception as e:
            self._end("FAILED", f"{type(e).__name__}: {e}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _outcome(self, folder: Path) -> tuple[str, str]:
        script = folder / "script.py"
        script.write_bytes(self._script())
        log = folder / "log"
        with log.open("wb") as output, self._lock:
            if self._state == STOPPING:
                return "STOPPED", ""
            process = self._process = subprocess.Popen(
                [sys.executable, str(script), *self._command_line()],
                env={
                    **{name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ},
                    "HOME": str(folder),
                    **self._environment,
                },
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            self._state = RUNNING
            self._changed = _now()
        try:
            code = process.wait(self._timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return "TIMEOUT", "Job run timed out"
        return ("SUCCEEDED", "") if code == 0 else ("FAILED", _last_words(log) or f"The script ended with {code}")

    def _command_line(self) -> list[str]:
        named = {"--JOB_NAME": self._job, "--JOB_RUN_ID": self.id, **self._arguments}
        return [word for argument in named.items() for word in argument]

    def _end(self, state: str, error: str) -> None:
        with self._lock:
            stopped = self._state == STOPPING
            self._state, self._error = ("STOPPED", "") if stopped else (state, error)
            self._changed = _now()

    def _kill(self) -> None:
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()


def _last_words(log: Path) -> str:
    """Of a traceback the exception and its message, which may have several lines; of anything else the last line."""
    lines = [line.rstrip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    if TRACEBACK in lines:
        after = lines[len(lines) - lines[::-1].index(TRACEBACK) :]
        lines = ["\n".join(itertools.dropwhile(lambda line: line.startswith(" "), after))]
    return lines[-1].strip()[:MAX_ERROR] if lines else ""


def _now() -> datetime:
    return datetime.now(UTC)


_runs: weakref.WeakSet[JobRun] = weakref.WeakSet()


@atexit.register
def _kill_all() -> None:
    for run in list(_runs):
        run.kill()
