from __future__ import annotations

import json
import time
import unittest

from served import cannot_run_java, create_probe, run_machine

JAVA_MISSING = cannot_run_java()


class ServedStateMachineTest(unittest.TestCase):
    def test_a_map_of_500_items_takes_seconds(self) -> None:
        """It takes minutes when every path is parsed again for every item."""
        item = {"Type": "Pass", "Parameters": {"n.$": "$.n", "run.$": "$.run"}, "ResultPath": "$.result", "End": True}
        fan_out = {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemSelector": {"n.$": "$$.Map.Item.Value", "run.$": "$$.Execution.Name"},
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Item",
                "States": {"Item": item},
            },
            "End": True,
        }
        started = time.monotonic()
        state = run_machine({"StartAt": "Fan", "States": {"Fan": fan_out}}, {"items": list(range(500))})

        self.assertEqual("SUCCEEDED", state["status"])
        self.assertEqual(500, len(json.loads(state["output"])))
        self.assertLess(time.monotonic() - started, 30)

    def test_a_loop_of_many_rounds_does_not_exhaust_the_stack(self) -> None:
        count = {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "Again"}
        again = {
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericLessThan": 60, "Next": "Count"}],
            "Default": "Done",
        }
        states = {"Count": count, "Again": again, "Done": {"Type": "Succeed"}}

        state = run_machine({"StartAt": "Count", "States": states}, {"n": 0})

        self.assertEqual("SUCCEEDED", state["status"])

    @unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
    def test_errors_of_java_functions_have_the_names_that_retry_and_catch_match(self) -> None:
        function = create_probe("java21", Timeout=2)
        task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}
        task["Parameters"] = {"FunctionName": f"{function}:live", "Payload.$": "$"}
        for event, error in (
            ("throw", "ProbeException"),
            ("exit", "Runtime.ExitError"),
            ("sleep", "Sandbox.Timedout"),
            ("memory", "java.lang.OutOfMemoryError"),
        ):
            with self.subTest(event):
                state = run_machine({"StartAt": "Task", "States": {"Task": task}}, event)
                self.assertEqual(("FAILED", error), (state["status"], state.get("error")))


if __name__ == "__main__":
    unittest.main()
