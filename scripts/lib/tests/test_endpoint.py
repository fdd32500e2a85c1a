"""The rule that selects the commands' endpoint."""

import json
import os
import unittest
from unittest import mock

from devtools import endpoint
from devtools.errors import CliError
from devtools.project import ROOT


class ChooseTest(unittest.TestCase):
    def test_the_rule_that_the_command_line_shares(self):
        for case in json.loads((ROOT / "cli/src/test/resources/endpoints.json").read_text()):
            with self.subTest(case["name"]):
                environment, aws = dict(case["environment"]), case["aws"]
                if "error" in case:
                    with self.assertRaises(CliError) as caught:
                        endpoint.choose(environment, aws)
                    self.assertEqual(case["error"], caught.exception.message)
                    continue
                chosen = endpoint.choose(environment, aws)
                self.assertEqual(case["url"], chosen.url)
                if not aws:
                    self.assertEqual(case["region"], chosen.region)
                    self.assertEqual(case["keys"], [chosen.access_key, chosen.secret_key, chosen.token])
                    self.assertNotIn("AWS_PROFILE", environment)

    def test_what_is_no_url_is_refused(self):
        for url in (
            "localhost:4566",
            "http://localhost:99999",
            "http://localhost:abc",
            "http://[::1",
            "ftp://localhost",
        ):
            with (
                self.subTest(url),
                self.assertRaisesRegex(CliError, "(?s)is not the URL of an endpoint.*AWS_ENDPOINT_URL"),
            ):
                endpoint.choose({"AWS_ENDPOINT_URL": url}, aws=False)

    def test_calls_to_this_machine_go_past_a_proxy(self):
        environment = {"NO_PROXY": "example.com", "HTTPS_PROXY": "http://proxy:3128"}

        endpoint.choose(environment, aws=False)

        self.assertEqual("example.com,localhost", environment["NO_PROXY"])

    def test_the_region_of_aws_is_found_by_both_of_its_names(self):
        for variables in (
            {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-west-2"},
            {"AWS_DEFAULT_REGION": "eu-west-1"},
        ):
            with self.subTest(variables), mock.patch.dict(os.environ, variables, clear=True):
                self.assertEqual("eu-west-1", endpoint.Endpoint(None).session.region_name)

    def test_aws_is_nothing_that_stands_in_for_it(self):
        variables = {
            "AWS_ENDPOINT_URL_S3": "http://localhost:4566",
            "AWS_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b",
        }
        with (
            mock.patch.dict(os.environ, variables),
            self.assertRaisesRegex(CliError, "(?s)endpoint of s3 is http://localhost:4566.*unset AWS_ENDPOINT_URL_S3"),
        ):
            endpoint.choose({}, True).check()

    def test_local_clients_have_credentials_of_their_own(self):
        credentials = endpoint.local("http://localhost:1", {}).session.get_credentials()

        self.assertIsNotNone(credentials)

    def test_nobody_there_is_said_at_once_with_what_to_do(self):
        with self.assertRaises(CliError) as caught:
            endpoint.local("http://127.0.0.1:1", {}).check()

        self.assertEqual("start LocalStack: scripts/up --port 1", caught.exception.hint)


if __name__ == "__main__":
    unittest.main()
