from __future__ import annotations

import unittest
from types import SimpleNamespace
from unittest import mock

from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.credentials import (
    StateCredentials,
)
from localstack.services.stepfunctions.asl.parse import asl_parser
from localstack.services.stepfunctions.asl.utils import boto_client, json_path
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)
from twisted.web import http

from fanin_localstack.client_cache import cache_task_clients
from fanin_localstack.definition_cache import cache_definitions
from fanin_localstack.jsonpath_cache import cache_parse
from fanin_localstack.served_requests import spare_requests


class CachesTest(unittest.TestCase):
    def test_a_path_is_parsed_once_and_finds_the_same(self) -> None:
        module = SimpleNamespace(parse=mock.Mock(wraps=json_path.parse))
        parse = module.parse
        for _ in range(2):
            cache_parse(module)

        found = [module.parse("$.a[0].b").find({"a": [{"b": value}]})[0].value for value in (1, 2)]

        self.assertEqual([1, 2], found)
        parse.assert_called_once_with("$.a[0].b")

    def test_a_definition_is_parsed_once_and_each_execution_has_a_program_of_its_own(self) -> None:
        parser = asl_parser.AmazonStateLanguageParser
        definition = '{"StartAt": "a", "States": {"a": {"Type": "Succeed"}}}'
        with mock.patch.object(parser, "parse", staticmethod(parser.parse)):
            for _ in range(2):
                cache_definitions()
            (program, tree), (other, same) = parser.parse(definition), parser.parse(definition)
            for _ in range(2):
                with self.assertRaises(asl_parser.ASLParserException):
                    parser.parse("{")

        self.assertIs(tree, same)
        self.assertIsNot(program, other)
        self.assertEqual([program.start_at.start_at_name] * 2, ["a", other.start_at.start_at_name])

    def test_a_role_is_assumed_once_and_only_for_itself(self) -> None:
        assume_role = mock.Mock(side_effect=lambda **_: mock.Mock())
        with mock.patch.object(boto_client, "connect_to", mock.Mock(with_assumed_role=assume_role)):
            for _ in range(2):
                cache_task_clients()
            for role in ("arn:aws:iam::000000000000:role/a", "arn:aws:iam::000000000000:role/b"):
                for service in ("lambda", "stepfunctions"):
                    boto_client.boto_client_for(service, "us-east-1", StateCredentials(role))

        roles = [call.kwargs["role_arn"][-1] for call in assume_role.call_args_list]
        self.assertEqual(["a", "b"], roles)

    def test_a_content_type_is_parsed_once_and_means_the_same(self) -> None:
        for _ in range(2):
            spare_requests()

        for line, expected in (
            (b"application/x-www-form-urlencoded; charset=utf-8", b"application/x-www-form-urlencoded"),
            (b"multipart/form-data; boundary=a", b"multipart/form-data"),
            (b"nonsense", b"text/plain"),
        ):
            self.assertEqual([expected] * 2, [http._parseContentType(line) for _ in range(2)])
        self.assertEqual(3, http._parseContentType.cache_info().hits)


if __name__ == "__main__":
    unittest.main()
