from __future__ import annotations

import contextlib
import threading
import time
import unittest
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from localstack.services.lambda_.invocation.execution_environment import RuntimeStatus

from fanin_localstack.environment_reuse import reuse_environments_of

START_SECONDS = 0.3


class EnvironmentReuseTest(unittest.TestCase):
    def assignment(self, enough: int, patience: float) -> Any:
        """Assigns as LocalStack does: it takes a free environment, or starts one and then shows it."""
        guard = threading.Lock()

        class Assignment:
            def __init__(self) -> None:
                self.environments: dict[str, dict[int, Any]] = {}

            @contextlib.contextmanager
            def get_environment(self, version: str, *_: Any) -> Iterator[Any]:
                known = self.environments.setdefault(version, {})
                with guard:
                    free = [one for one in known.values() if one.status is RuntimeStatus.READY]
                    if free:
                        free[0].status = RuntimeStatus.INVOKING
                environment = free[0] if free else SimpleNamespace(status=RuntimeStatus.INVOKING)
                if not free:
                    time.sleep(START_SECONDS)
                    known[id(environment)] = environment
                yield environment
                environment.status = RuntimeStatus.READY

        reuse_environments_of(Assignment, enough, patience)
        reuse_environments_of(Assignment, enough, patience)
        return Assignment()

    @staticmethod
    def invoke(assignment: Any, seconds: float, version: str = "1") -> None:
        with assignment.get_environment(version, None, None):
            time.sleep(seconds)

    def invoke_together(self, assignment: Any, count: int) -> None:
        with ThreadPoolExecutor(count) as pool:
            for invocation in [pool.submit(self.invoke, assignment, 0.02) for _ in range(count)]:
                invocation.result()

    def test_many_short_invocations_share_a_few_environments(self) -> None:
        assignment = self.assignment(enough=3, patience=30)
        self.invoke_together(assignment, 30)
        self.assertEqual(3, len(assignment.environments["1"]))

    def test_what_is_loading_is_waited_for(self) -> None:
        assignment = self.assignment(enough=2, patience=START_SECONDS / 2)
        self.invoke_together(assignment, 4)
        self.assertEqual(2, len(assignment.environments["1"]))

    def test_nobody_waits_for_long_behind_a_long_invocation(self) -> None:
        assignment = self.assignment(enough=1, patience=0.2)
        with ThreadPoolExecutor(1) as pool, assignment.get_environment("1", None, None):
            pool.submit(self.invoke, assignment, 0).result(5)
        self.assertEqual(2, len(assignment.environments["1"]))

    def test_versions_do_not_wait_for_each_other(self) -> None:
        assignment = self.assignment(enough=1, patience=30)
        with ThreadPoolExecutor(1) as pool, assignment.get_environment("1", None, None):
            pool.submit(self.invoke, assignment, 0, "2").result(5)
        self.assertEqual(1, len(assignment.environments["2"]))

    def test_an_invocation_that_got_no_environment_is_not_waited_for(self) -> None:
        class Refusing:
            def __init__(self) -> None:
                self.environments: dict[str, dict[int, Any]] = {}

            @contextlib.contextmanager
            def get_environment(self, *_: Any) -> Iterator[Any]:
                raise ValueError("refused")
                yield

        reuse_environments_of(Refusing, 1, 30)
        for _ in range(2):
            with self.assertRaisesRegex(ValueError, "refused"):
                self.invoke(Refusing(), 0)


if __name__ == "__main__":
    unittest.main()
