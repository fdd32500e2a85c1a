"""Lets executions whose names have characters such as ``=``, ``(`` and ``!`` be described, stopped and followed.

LocalStack starts them, as AWS does, and then refuses their ARNs. What a name may not have is from
https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#StepFunctions-StartExecution-request-name
"""

from __future__ import annotations

import re

from localstack.runtime import hooks

_PART = r"[^\s<>{}\[\]?*\"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f]+"
EXECUTION_ARN = re.compile(
    rf"^arn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{{12}}:(stateMachine|execution|express)(:{_PART})+$"
)


@hooks.on_infra_start()
def accept_execution_names() -> None:
    from localstack.services.stepfunctions.provider import StepFunctionsProvider

    StepFunctionsProvider._STATE_MACHINE_EXECUTION_ARN_REGEX = EXECUTION_ARN
