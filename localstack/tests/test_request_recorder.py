from __future__ import annotations

import json
import os
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from localstack.aws import handlers
from support import temporary_folder

from fanin_localstack.request_recorder import VARIABLE, RequestRecorder, record_requests

ROLE = "arn:aws:iam::000000000000:role/fanin-DetectorFunctionRole-1"
OF_ROLE = "LSIAQAAAAAAAKQBV2QAB"


def context(service: str, operation: str, given: Any, key: str = OF_ROLE, answer: Any = None) -> Any:
    authorization = f"AWS4-HMAC-SHA256 Credential={key}/20261101/us-east-1/{service}/aws4_request, Signature=x"
    return SimpleNamespace(
        service=SimpleNamespace(service_name=service, signing_name=service),
        operation=SimpleNamespace(name=operation),
        service_request=given,
        service_response=answer,
        region="us-east-1",
        account_id="000000000000",
        request=SimpleNamespace(headers={"Authorization": authorization}),
    )


class RequestRecorderTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = temporary_folder()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name, "requests.jsonl")
        self.recorder = RequestRecorder(self.file)

    def test_requests_are_those_of_the_role_that_was_assumed(self) -> None:
        self._assume()
        self._serve(context("sns", "Publish", {"TopicArn": "arn:aws:sns:us-east-1:000000000000:people"}))
        self._serve(context("sns", "Publish", {"TopicArn": "arn:aws:sns:us-east-1:000000000000:others"}, key="test"))

        self.assertEqual(
            [
                {
                    "role": "fanin-DetectorFunctionRole-1",
                    "action": "sns:Publish",
                    "resource": "arn:aws:sns:us-east-1:000000000000:people",
                    "context": {},
                }
            ],
            self._written(),
        )

    def test_a_permission_is_written_once(self) -> None:
        self._assume()
        for run in ("1a2b", "3c4d"):
            self._serve(context("s3", "GetObject", {"Bucket": "state", "Key": f"runs/{run}/spec.json"}))

        (written,) = self._written()
        self.assertEqual("arn:aws:s3:::state/runs/0000/spec.json", written["resource"])
        self.assertEqual({"aws:ResourceAccount": "000000000000"}, written["context"])

    def test_an_absent_object_is_seen_by_its_status(self) -> None:
        self._assume()
        self._serve(context("s3", "HeadObject", {"Bucket": "state", "Key": "a"}), 404)

        self.assertEqual(["s3:GetObject", "s3:ListBucket"], [one["action"] for one in self._written()])

    def test_parameters_of_stacks_are_written_each_time(self) -> None:
        parameters = [
            {"ParameterKey": "Databases", "ParameterValue": "*"},
            {"ParameterKey": "X", "UsePreviousValue": True},
        ]
        given = {"StackName": "fanin-2", "Parameters": parameters}
        for _ in range(2):
            self._serve(context("cloudformation", "CreateChangeSet", given, key="test"))

        self.assertEqual(
            [{"stack": "fanin-2", "alike": "fanin-0", "parameters": {"Databases": "*"}}] * 2, self._written()
        )

    def test_a_stack_that_is_named_by_its_arn_is_the_same(self) -> None:
        arn = "arn:aws:cloudformation:us-east-1:000000000000:stack/fanin-2/8f7c6f0e-0000-4000-8000-000000000000"
        self._serve(context("cloudformation", "UpdateStack", {"StackName": arn}, key="test"))

        self.assertEqual(["fanin-2"], [one["stack"] for one in self._written()])

    def test_a_request_that_is_not_understood_is_written_and_hurts_nobody(self) -> None:
        self._assume()
        with self.assertLogs("fanin_localstack.request_recorder"):
            self._serve(context("s3", "DeleteObjects", {"Bucket": "state"}))

        self.assertEqual([{"failed": "s3.DeleteObjects"}], self._written())

    def test_requests_that_are_of_no_service_are_left_alone(self) -> None:
        self.recorder(None, SimpleNamespace(service=None, operation=None), SimpleNamespace(status_code=200))

        self.assertFalse(self.file.exists())

    def test_nothing_is_recorded_unless_a_file_is_named(self) -> None:
        for variables, expected in (({}, 0), ({VARIABLE: str(self.file)}, 1)):
            with (
                mock.patch.dict(os.environ, variables, clear=True),
                mock.patch.object(handlers.run_custom_response_handlers, "append") as append,
            ):
                record_requests()
                self.assertEqual(expected, append.call_count)

    def _assume(self) -> None:
        answer = {"Credentials": {"AccessKeyId": OF_ROLE}}
        self._serve(context("sts", "AssumeRole", {"RoleArn": ROLE}, key="000000000000", answer=answer))

    def _serve(self, given: Any, status: int = 200) -> None:
        self.recorder(None, given, SimpleNamespace(status_code=status))

    def _written(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text().splitlines()]


if __name__ == "__main__":
    unittest.main()
