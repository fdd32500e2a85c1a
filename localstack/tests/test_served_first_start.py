"""The first start of an installation: many environments at once, which share nothing yet."""

from __future__ import annotations

import json
import shutil
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from served import archives, cannot_run_java, client, create_probe, probe_zip, run_machine, zipped

JAVA_MISSING = cannot_run_java()
ROUNDS = 20
ENVIRONMENTS = 8
JARS = 20


@unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
class ServedFirstStartTest(unittest.TestCase):
    def test_every_environment_of_a_first_start_answers(self) -> None:
        for number in range(ROUNDS):
            with self.subTest(number):
                shutil.rmtree(archives(), ignore_errors=True)
                function = create_probe("java25", Code={"ZipFile": self._made_of_jars()})
                # An environment that has only failed leaves no archive when it stops, which would take seconds.
                state = run_machine(self._fan_out(function), {"items": ["throw"] * ENVIRONMENTS})

                errors = [item["Error"] for item in json.loads(state["output"])]
                self.assertEqual(["ProbeException"] * ENVIRONMENTS, errors)
                self.assertEqual(JARS + 1, len(list(archives().glob("*/lib/*.jar"))))
                client("lambda").delete_function(FunctionName=function)

    def test_an_environment_that_cannot_start_is_an_error_of_lambda_that_is_retried(self) -> None:
        function = create_probe("java25", Environment={"Variables": {"UNUSABLE": "\0"}})
        task = self._task(function)
        task["Retry"] = [{"ErrorEquals": ["Lambda.ServiceException"], "MaxAttempts": 2, "IntervalSeconds": 1}]

        state = run_machine({"StartAt": "Task", "States": {"Task": task}}, "answer")

        self.assertEqual(("FAILED", "Lambda.ServiceException"), (state["status"], state["error"]))
        self.assertIn("Could not start new environment", state["cause"])
        history = client("stepfunctions").get_execution_history(executionArn=state["executionArn"])["events"]
        self.assertEqual(3, sum(event["type"] == "LambdaFunctionFailed" for event in history))

    def test_an_invocation_ends_though_its_version_is_replaced_or_deleted(self) -> None:
        functions = client("lambda")
        for qualifier, change in (
            ("live", lambda name: functions.delete_function(FunctionName=name, Qualifier="1")),
            ("$LATEST", lambda name: functions.update_function_configuration(FunctionName=name, Description="new")),
        ):
            with self.subTest(qualifier):
                function = create_probe("java25")
                self._invoke(function, qualifier, "start")
                with ThreadPoolExecutor() as pool:
                    answer = pool.submit(self._invoke, function, qualifier, "nap")
                    time.sleep(0.5)
                    change(function)

                self.assertEqual(2, answer.result()["invocations"])

    def _invoke(self, function: str, qualifier: str, event: str) -> dict[str, Any]:
        answer = client("lambda").invoke(FunctionName=function, Qualifier=qualifier, Payload=json.dumps(event))
        content: dict[str, Any] = json.loads(answer["Payload"].read())
        return content

    def _fan_out(self, function: str) -> dict[str, Any]:
        task = self._task(function)
        task["Catch"] = [{"ErrorEquals": ["States.ALL"], "Next": "Failed"}]
        states = {"Task": task, "Failed": {"Type": "Pass", "End": True}}
        item = {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Task", "States": states}
        fan = {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": item, "End": True}
        return {"StartAt": "Fan", "States": {"Fan": fan}}

    def _task(self, function: str) -> dict[str, Any]:
        arn = client("lambda").get_function(FunctionName=function, Qualifier="live")["Configuration"]["FunctionArn"]
        return {"Type": "Task", "Resource": arn, "End": True}

    def _made_of_jars(self) -> bytes:
        """Another archive of classes for each call."""
        others = {f"lib/{number}.jar": zipped({"content": uuid4().bytes * 10_000}) for number in range(JARS)}
        return zipped({"lib/probe.jar": probe_zip(), **others})


if __name__ == "__main__":
    unittest.main()
