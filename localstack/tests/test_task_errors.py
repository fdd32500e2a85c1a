from __future__ import annotations

import unittest

from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.task_errors import name_of


class TaskErrorsTest(unittest.TestCase):
    def test_an_exception_of_lambda_is_called_as_lambda_calls_it(self) -> None:
        for code in ("ServiceException", "TooManyRequestsException", "ResourceNotFoundException"):
            self.assertEqual(f"Lambda.{code}", name_of(self._refusal(code)))

    def test_an_answer_without_the_name_of_an_exception_is_an_exception_of_lambda(self) -> None:
        self.assertEqual("Lambda.AWSLambdaException", name_of(self._refusal("InternalError")))

    def test_a_call_without_an_answer_is_an_exception_of_the_sdk(self) -> None:
        for error in (EndpointConnectionError(endpoint_url="http://a"), ReadTimeoutError(endpoint_url="http://a")):
            self.assertEqual("Lambda.SdkClientException", name_of(error))

    def test_what_else_fails_a_task_keeps_its_name(self) -> None:
        self.assertIsNone(name_of(TimeoutError()))

    @staticmethod
    def _refusal(code: str) -> ClientError:
        return ClientError({"Error": {"Code": code, "Message": "no"}}, "Invoke")


if __name__ == "__main__":
    unittest.main()
