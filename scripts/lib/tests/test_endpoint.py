"""The rule of whom the commands talk to."""

import unittest

from fanin_cli import endpoint
from fanin_cli.errors import CliError


class ChooseTest(unittest.TestCase):
    def test_without_anything_it_is_localstack_on_this_machine(self):
        chosen = endpoint.choose({}, aws=False)

        self.assertEqual(("http://localhost:4566", "us-east-1"), (chosen.url, chosen.region))
        self.assertFalse(chosen.is_aws)

    def test_credentials_in_the_environment_alone_do_not_lead_to_aws(self):
        environment = {"AWS_PROFILE": "production", "AWS_ACCESS_KEY_ID": "AKIA", "AWS_REGION": "eu-central-1"}

        chosen = endpoint.choose(environment, aws=False)

        self.assertEqual("http://localhost:4566", chosen.url)
        self.assertNotIn("AWS_PROFILE", environment)

    def test_the_endpoint_of_the_environment_is_taken(self):
        chosen = endpoint.choose({"AWS_ENDPOINT_URL": "http://localhost:4599/"}, aws=False)

        self.assertEqual("http://localhost:4599", chosen.url)

    def test_aws_only_when_asked_for(self):
        self.assertTrue(endpoint.choose({}, aws=True).is_aws)

    def test_aws_and_an_endpoint_contradict_each_other(self):
        with self.assertRaises(CliError) as caught:
            endpoint.choose({"AWS_ENDPOINT_URL": "http://localhost:4599"}, aws=True)

        self.assertIn("http://localhost:4599", str(caught.exception))

    def test_calls_to_this_machine_go_past_a_proxy(self):
        environment = {"NO_PROXY": "example.com", "HTTPS_PROXY": "http://proxy:3128"}

        endpoint.choose(environment, aws=False)

        self.assertEqual("example.com,localhost", environment["NO_PROXY"])

    def test_local_clients_have_credentials_of_their_own(self):
        credentials = endpoint.local("http://localhost:1", {}).session.get_credentials()

        self.assertIsNotNone(credentials)

    def test_nobody_there_is_said_at_once_with_what_to_do(self):
        with self.assertRaises(CliError) as caught:
            endpoint.local("http://127.0.0.1:1", {}).check()

        self.assertIn("scripts/up", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
