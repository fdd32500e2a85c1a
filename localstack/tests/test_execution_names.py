from __future__ import annotations

import unittest
from unittest import mock

from localstack.aws.api.stepfunctions import InvalidArn
from localstack.services.stepfunctions.provider import StepFunctionsProvider
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.execution_names import accept_execution_names

EXECUTIONS = "arn:aws:states:us-east-1:000000000000:execution:fanin"


class ExecutionNamesTest(unittest.TestCase):
    def setUp(self) -> None:
        before = StepFunctionsProvider._STATE_MACHINE_EXECUTION_ARN_REGEX
        patch = mock.patch.object(StepFunctionsProvider, "_STATE_MACHINE_EXECUTION_ARN_REGEX", before)
        patch.start()
        self.addCleanup(patch.stop)
        accept_execution_names()

    def test_names_that_aws_starts_are_described(self) -> None:
        for name in ("nightly=1", "a(b)'c'", "=(!" * 20, "first", "label:0b1c-2d"):
            StepFunctionsProvider._validate_state_machine_execution_arn(f"{EXECUTIONS}:{name}")

    def test_names_that_aws_does_not_start_are_refused(self) -> None:
        for name in ("a b", "a/b", "a*", 'a"b', "a$b", "", "a\u0007"):
            with self.assertRaises(InvalidArn):
                StepFunctionsProvider._validate_state_machine_execution_arn(f"{EXECUTIONS}:{name}")


if __name__ == "__main__":
    unittest.main()
