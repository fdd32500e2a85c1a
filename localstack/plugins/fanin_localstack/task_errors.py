"""Names the error of a Task whose function could not be invoked, as Step Functions does.

LocalStack calls whatever Lambda answers ``Exception``, and a call without an answer ``States.TaskFailed``: no Retry
matches them, so a function whose environment could not start for once has failed for good. The names are those of
https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
"""

from __future__ import annotations

import functools
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from localstack.runtime import hooks

UNNAMED = "Lambda.AWSLambdaException"
"""An answer that is none of Lambda's own exceptions."""
UNANSWERED = "Lambda.SdkClientException"


@hooks.on_infra_start()
def name_task_errors() -> None:
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.state_task_lambda import (
        StateTaskLambda,
    )

    name_errors_of(StateTaskLambda)


def name_errors_of(task_class: Any) -> None:
    """Wraps how these Tasks make a failure of an exception, once."""
    from_error = task_class._from_error
    if hasattr(from_error, "__wrapped__"):
        return

    @functools.wraps(from_error)
    def from_named_error(task: Any, env: Any, ex: Exception) -> Any:
        name = name_of(ex)
        return _failure(env, name, str(ex)) if name else from_error(task, env, ex)

    task_class._from_error = from_named_error


def name_of(error: Exception) -> str | None:
    """None for what is no failure to invoke: a function's own error, a timeout."""
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
        return f"Lambda.{code}" if code.endswith("Exception") else UNNAMED
    return UNANSWERED if isinstance(error, BotoCoreError) else None


def _failure(env: Any, name: str, cause: str) -> Any:
    from localstack.aws.api.stepfunctions import HistoryEventType, LambdaFunctionFailedEventDetails
    from localstack.services.stepfunctions.asl.component.common.error_name.custom_error_name import CustomErrorName
    from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import FailureEvent
    from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails

    details = LambdaFunctionFailedEventDetails(error=name, cause=cause)
    return FailureEvent(
        env=env,
        error_name=CustomErrorName(name),
        event_type=HistoryEventType.LambdaFunctionFailed,
        event_details=EventDetails(lambdaFunctionFailedEventDetails=details),
    )
