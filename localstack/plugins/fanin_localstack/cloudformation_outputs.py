"""Gives a stack its outputs before its status says that it is deployed.

LocalStack sets the status first: a caller that waits for it, as the CDK does, can find a deployed stack without
outputs.
"""

from __future__ import annotations

import functools
from typing import Any

from localstack.runtime import hooks


@hooks.on_infra_start()
def set_outputs_first() -> None:
    from localstack.services.cloudformation.engine.v2 import change_set_model_executor as engine

    give_outputs(engine.ChangeSetModelExecutor)


def give_outputs(executor: Any) -> None:
    """Has an executor set the outputs of the stack that it has deployed: the status is set after it has ended."""
    execute = executor.execute
    if hasattr(execute, "__wrapped__"):
        return

    @functools.wraps(execute)
    def execute_and_give(self: Any) -> Any:
        is_deletion = self._change_set.stack.status == "DELETE_IN_PROGRESS"
        result = execute(self)
        if not result.failure_message and not is_deletion:
            self._change_set.stack.resolved_outputs = result.outputs
        return result

    executor.execute = execute_and_give
