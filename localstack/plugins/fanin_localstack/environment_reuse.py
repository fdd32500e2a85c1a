"""Has an invocation wait for an environment that is soon free, where as many are busy as the machine can run.

LocalStack starts an environment for every invocation that finds none free, as AWS does, but all of them on one
machine: thirty JVMs that start at once load for as long as the first of them would take to answer everything.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from localstack.runtime import hooks

ENOUGH = 2 * (os.cpu_count() or 1)
"""Environments of one version, from which on an invocation waits."""
PATIENCE_SECONDS = 2.0
"""Most invocations take less. Behind those that take longer nobody waits until they end; while one of the version's
environments is loading, it is waited for."""
POLL_SECONDS = 0.02


@hooks.on_infra_start()
def reuse_environments() -> None:
    from localstack.services.lambda_.invocation.assignment import AssignmentService

    reuse_environments_of(AssignmentService)


def reuse_environments_of(assignment_class: Any, enough: int = ENOUGH, patience: float = PATIENCE_SECONDS) -> None:
    """Wraps how an invocation gets its environment, once."""
    get = assignment_class.get_environment
    if getattr(get, "reuses_environments", False):
        return
    turns = _Turns(enough, patience)

    @contextlib.contextmanager
    def get_when_free(assignment: Any, version_manager_id: str, *arguments: Any) -> Iterator[Any]:
        with contextlib.ExitStack() as stack:
            with turns.taken(assignment, version_manager_id):
                environment = stack.enter_context(get(assignment, version_manager_id, *arguments))
            yield environment

    get_when_free.reuses_environments = True  # type: ignore[attr-defined]
    assignment_class.get_environment = get_when_free


class _Turns:
    """Who is about to get an environment, by version: each takes a free one or starts one."""

    def __init__(self, enough: int, patience: float) -> None:
        self._enough = enough
        self._patience = patience
        self._guard = threading.Lock()
        self._entering: Counter[str] = Counter()

    @contextlib.contextmanager
    def taken(self, assignment: Any, version: str) -> Iterator[None]:
        waited = 0.0
        while not self._take(assignment, version, waited > self._patience):
            time.sleep(POLL_SECONDS)
            waited = 0.0 if self._entering[version] else waited + POLL_SECONDS
        try:
            yield
        finally:
            with self._guard:
                self._entering[version] -= 1

    def _take(self, assignment: Any, version: str, has_waited: bool) -> bool:
        environments = list(assignment.environments.get(version, {}).values())
        free = sum(_is_free(environment) for environment in environments)
        with self._guard:
            if not has_waited and self._entering[version] >= free + max(0, self._enough - len(environments)):
                return False
            self._entering[version] += 1
            return True


def _is_free(environment: Any) -> bool:
    from localstack.services.lambda_.invocation.execution_environment import RuntimeStatus

    return environment.status is RuntimeStatus.READY
