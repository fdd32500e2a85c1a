from __future__ import annotations

import json
import unittest
from types import SimpleNamespace

from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.docker_timeouts import name_timeouts_of

TIMEOUT = {"errorMessage": "2013-02-09T00:00:00Z 7f3c Task timed out after 5.00 seconds"}


class DockerTimeoutsTest(unittest.TestCase):
    def test_a_timeout_gets_the_name_that_aws_gives_it(self) -> None:
        error = self._invoke(TIMEOUT)

        self.assertEqual("Sandbox.Timedout", error["errorType"])
        self.assertEqual("RequestId: 7f3c Error: Task timed out after 5.00 seconds", error["errorMessage"])

    def test_an_error_that_has_a_name_keeps_it(self) -> None:
        error = {**TIMEOUT, "errorType": "java.lang.IllegalStateException"}

        self.assertEqual(error, self._invoke(error))

    def test_an_answer_that_only_reads_like_a_timeout_stays_as_it_is(self) -> None:
        self.assertEqual(TIMEOUT, self._invoke(TIMEOUT, is_error=False))

    def test_an_error_that_is_no_object_stays_as_it_is(self) -> None:
        self.assertEqual("Task timed out after all", self._invoke("Task timed out after all"))

    def _invoke(self, answer: object, is_error: bool = True) -> object:
        class Executor:
            function_version = SimpleNamespace(config=SimpleNamespace(timeout=5))

            def invoke(self, payload: dict[str, str]) -> InvocationResult:
                return InvocationResult(payload["invoke-id"], json.dumps(answer).encode(), is_error, None)

        for _ in range(2):
            name_timeouts_of(Executor)
        return json.loads(Executor().invoke({"invoke-id": "7f3c"}).payload)


if __name__ == "__main__":
    unittest.main()
