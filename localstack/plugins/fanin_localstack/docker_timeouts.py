"""Names the error of a function that was stopped at its timeout in Docker, as AWS does.

What LocalStack starts functions with in a container reports a timeout without a type, which state machines then see as
``Exception``.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from localstack import config
from localstack.runtime import hooks
from localstack.services.lambda_.invocation.lambda_models import InvocationResult

from fanin_localstack.invocation_report import timeout_error

TIMED_OUT = "Task timed out after"


@hooks.on_infra_start(should_load=lambda: config.LAMBDA_RUNTIME_EXECUTOR != "process")
def name_timeouts() -> None:
    from localstack.services.lambda_.invocation.docker_runtime_executor import DockerRuntimeExecutor

    name_timeouts_of(DockerRuntimeExecutor)


def name_timeouts_of(executor_class: Any) -> None:
    """Wraps the invocation of these executors, once."""
    invoke = executor_class.invoke
    if hasattr(invoke, "__wrapped__"):
        return

    @functools.wraps(invoke)
    def invoke_and_name(executor: Any, payload: dict[str, str]) -> InvocationResult:
        result = invoke(executor, payload)
        if result.is_error and _is_nameless_timeout(result.payload):
            result.payload, _ = timeout_error(result.request_id, executor.function_version.config.timeout)
        return result

    executor_class.invoke = invoke_and_name


def _is_nameless_timeout(payload: bytes) -> bool:
    try:
        error = json.loads(payload)
    except ValueError:
        return False
    return isinstance(error, dict) and "errorType" not in error and TIMED_OUT in str(error.get("errorMessage"))
