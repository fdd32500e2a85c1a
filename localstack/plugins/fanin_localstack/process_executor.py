"""Runs Lambda functions as processes of this machine, where there is no Docker: ``LAMBDA_RUNTIME_EXECUTOR=process``.

LocalStack calls one executor for each execution environment, with one invocation at a time. What comes of an
invocation, its error names and its log read as on AWS, since that is what the state machine's Retry and Catch match.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException, RuntimeExecutor

from fanin_localstack.class_archives import ArchivedStart, archive_of
from fanin_localstack.invocation_report import InvocationReport, exit_error, timeout_error
from fanin_localstack.java_runtime import RuntimeNotUsableError, java_runtime
from fanin_localstack.layers import combined
from fanin_localstack.runtime_api import Exited, Failed, InitFailed, Ready, Responded, RuntimeInvocation, Stopped
from fanin_localstack.runtime_process import InvocationOutcome, RuntimeProcess, TimedOut

LOG = logging.getLogger(__name__)

INHERITED_VARIABLES = ("PATH",)
"""All that a function sees of the emulator's own environment; a proxy setting, say, would break its SDK clients."""


ARCHIVES_VARIABLE = "FANIN_CLASS_ARCHIVES"
"""Names the folder for archives of classes; none are made where it is not set."""

WRAPPER_VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER"
"""https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper"""


class ProcessRuntimeExecutor(RuntimeExecutor):
    """One execution environment. A process that timed out, exited or did not load is replaced at the next invocation,
    as AWS resets an environment."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self._environment: dict[str, str] = {}
        self._process: RuntimeProcess | None = None
        self._archived: ArchivedStart | None = None
        self._init_outcome: InvocationOutcome = Stopped()
        self._init_ms: float | None = None
        self._starts = 0
        self._spent = False
        self._has_responded = False

    def start(self, env_vars: dict[str, Any]) -> None:
        """Waits until the function is loaded; a machine that is too slow for that is an error of Lambda's.

        A function that cannot be loaded is reported by the invocation rather than here: only so its error and its log
        reach those who look for them.
        """
        self._environment = self._process_environment(env_vars)
        self._start_process()
        if isinstance(self._init_outcome, Stopped):
            raise LambdaRuntimeException(f"Environment {self.id} was stopped while it started")
        if isinstance(self._init_outcome, TimedOut):
            raise LambdaRuntimeException(
                f"Environment {self.id} was not ready after {config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT} seconds"
            )

    def stop(self) -> None:
        if self._process:
            # Without an answer it has hardly loaded what the function is made of.
            if self._archived and self._has_responded and not self._spent:
                self._archived.end(self._process)
            self._process.stop()

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        if self._spent:
            self._restart()
        outcome, seconds = self._invoke_process(payload)
        if isinstance(outcome, Exited) and isinstance(self._init_outcome, Ready) and not outcome.delivered:
            # It ended after the answer to an earlier invocation: this one was never tried.
            self._restart()
            outcome, seconds = self._invoke_process(payload)
        self._spent = not isinstance(outcome, (Responded, Failed))
        self._has_responded |= isinstance(outcome, Responded)
        return self._result(payload["invoke-id"], outcome, seconds)

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        """An address, not a name: with it the SDKs put the bucket into the path, not in front of the host."""
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self) -> str:
        return self._process.whole_log() if self._process else ""

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Finds out early, so that a missing JDK fails the function's creation with the reason."""
        runtime = function_version.config.runtime or "none"
        if not runtime.startswith("java"):
            raise RuntimeNotUsableError(
                f"Function {function_version.id.function_name} has runtime {runtime}; "
                "the process executor runs Java functions only"
            )
        java_runtime()
        archives = [function_version.config.code, *(layer.code for layer in function_version.config.layers)]
        for archive in filter(None, archives):
            archive.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Leaves the unpacked code alone: versions of a function share it, and LocalStack removes it with the last."""

    @classmethod
    def validate_environment(cls) -> bool:
        try:
            java_runtime()
        except Exception as e:
            LOG.warning("Lambda functions cannot run: %s", e)
            return False
        return True

    def _process_environment(self, env_vars: dict[str, Any]) -> dict[str, str]:
        return {
            **{name: os.environ[name] for name in INHERITED_VARIABLES if name in os.environ},
            "LANG": "en_US.UTF-8",
            **{name: str(value) for name, value in env_vars.items()},
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{self.function_version.config.runtime}",
        }

    def _start_process(self) -> None:
        self._starts += 1
        self._has_responded = False
        folder = Path(tempfile.gettempdir()) / "environments" / f"{self.id}-{self._starts}"
        task_root = str(self._task_root(folder))
        # A home of its own, lest the SDKs read the developer's ~/.aws.
        variables = {"HOME": str(folder), **self._environment, "LAMBDA_TASK_ROOT": task_root}
        self._archived = self._archived_start()
        if self._archived:
            variables |= self._archived.variables
        command = [*self._wrapper(task_root), *self._command(folder)]
        self._process = RuntimeProcess(command, variables, folder)
        self._init_outcome = self._process.wait_for_init(config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT)
        self._init_ms = (time.monotonic() - self._process.started_at) * 1000

    def _archived_start(self) -> ArchivedStart | None:
        settings = self.function_version.config
        folder = os.environ.get(ARCHIVES_VARIABLE)
        if not folder or settings.layers or settings.code.is_hot_reloading():
            return None
        code = settings.code.get_unzipped_code_location()
        identity = (settings.code.code_sha256, settings.handler or "", java_runtime().jdk)
        archive = archive_of(Path(folder), code, *identity)
        return archive.started(code) if archive else None

    def _command(self, folder: Path) -> list[str]:
        settings = self.function_version.config

        def line(jars: Sequence[Path], options: Sequence[str]) -> list[str]:
            return java_runtime().command(settings.handler or "", settings.memory_size, folder, jars, options)

        return self._archived.command(line) if self._archived else line((), ())

    def _wrapper(self, task_root: str) -> list[str]:
        """What starts the runtime in its place, with the runtime's command as its arguments.

        A shell starts it, so that a script that is not there or may not be run ends the runtime, as it does on AWS.
        """
        script = self._environment.get(WRAPPER_VARIABLE)
        if not script:
            return []
        return ["/bin/sh", "-c", 'exec "$0" "$@"', re.sub(r"^/var/task(?=/)", lambda _: task_root, script)]

    def _task_root(self, folder: Path) -> Path:
        settings = self.function_version.config
        code = settings.code.get_unzipped_code_location()
        if not settings.layers:
            return code
        return combined(code, [layer.code.get_unzipped_code_location() for layer in settings.layers], folder / "task")

    def _restart(self) -> None:
        if self._process:
            self._process.stop()
        self._start_process()

    def _invoke_process(self, payload: dict[str, str]) -> tuple[InvocationOutcome, float]:
        if self._process is None or not isinstance(self._init_outcome, Ready):
            return self._init_outcome, 0.0
        timeout = float(self.function_version.config.timeout)
        invocation = RuntimeInvocation(
            request_id=payload["invoke-id"],
            payload=payload["payload"].encode(),
            function_arn=payload["invoked-function-arn"],
            trace_id=payload["trace-id"],
            deadline_ms=int((time.time() + timeout) * 1000),
        )
        started = time.monotonic()
        outcome = self._process.invoke(invocation, timeout)
        return outcome, time.monotonic() - started

    def _result(self, request_id: str, outcome: InvocationOutcome, seconds: float) -> InvocationResult:
        if self._process is None or isinstance(outcome, (Ready, Stopped)):
            raise LambdaRuntimeException(f"Environment {self.id} was stopped during the invocation {request_id}")
        memory_used = self._process.max_memory_mb()
        if isinstance(outcome, TimedOut):
            self._process.kill()
        payload, closing_line = self._answer(request_id, outcome)
        report = InvocationReport(
            request_id=request_id,
            version=self.function_version.id.qualifier,
            log=self._process.new_log(),
            closing_line=closing_line,
            seconds=seconds,
            init_ms=self._init_ms,
            memory_mb=self.function_version.config.memory_size,
            memory_used_mb=memory_used,
        )
        self._init_ms = None
        return InvocationResult(
            request_id=request_id,
            payload=payload,
            is_error=not isinstance(outcome, Responded),
            logs=report.text(),
        )

    def _answer(self, request_id: str, outcome: InvocationOutcome) -> tuple[bytes, str]:
        """The payload for the caller and, where the function could not write it itself, the last line of the log."""
        if isinstance(outcome, TimedOut):
            return timeout_error(request_id, self.function_version.config.timeout)
        if isinstance(outcome, Exited):
            return exit_error(request_id, outcome.return_code)
        if isinstance(outcome, (Responded, Failed, InitFailed)):
            return outcome.payload, ""
        raise TypeError(f"Not an answer: {outcome}")


class ProcessRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    name = "process"

    def load(self, *args: Any, **kwargs: Any) -> type[RuntimeExecutor]:
        return ProcessRuntimeExecutor
