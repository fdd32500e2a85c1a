"""Lets invocations end whose version of a function is replaced or deleted, as AWS does.

LocalStack stops all environments of such a version at once, and the update of a stack takes the invocations of its
executions with it.
"""

from __future__ import annotations

import functools
import threading
from typing import Any

from localstack.runtime import events, hooks

POLL_SECONDS = 0.1


@hooks.on_infra_start()
def finish_invocations() -> None:
    from localstack.services.lambda_.invocation.assignment import AssignmentService

    finish_invocations_of(AssignmentService)


def finish_invocations_of(assignment_class: Any) -> None:
    """Wraps how the environments of a version are stopped, once; where the emulator stops, nothing is waited for."""
    stop = assignment_class.stop_environments_for_version
    if hasattr(stop, "__wrapped__"):
        return

    @functools.wraps(stop)
    def stop_when_idle(assignment: Any, version_manager_id: str) -> None:
        environments = list(assignment.environments.get(version_manager_id, {}).values())
        busy = [environment for environment in environments if _is_busy(environment)]
        for environment in environments:
            if environment not in busy:
                assignment.stop_environment(environment)
        for environment in busy:
            threading.Thread(target=_stop_when_idle, args=(assignment, environment), daemon=True).start()

    assignment_class.stop_environments_for_version = stop_when_idle


def _stop_when_idle(assignment: Any, environment: Any) -> None:
    while _is_busy(environment):
        events.infra_stopping.wait(POLL_SECONDS)
    assignment.stop_environment(environment)


def _is_busy(environment: Any) -> bool:
    from localstack.services.lambda_.invocation.execution_environment import RuntimeStatus

    return environment.status is RuntimeStatus.INVOKING and not events.infra_stopping.is_set()
