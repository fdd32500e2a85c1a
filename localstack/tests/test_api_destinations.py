"""Connections and API destinations of a template, against the clients that LocalStack's providers call."""

from __future__ import annotations

import unittest
from unittest import mock

from localstack.services.events.resource_providers import aws_events_apidestination, aws_events_connection
from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack import api_destinations

CONNECTION = aws_events_connection.EventsConnectionProvider
DESTINATION = aws_events_apidestination.EventsApiDestinationProvider


class ApiDestinationsTest(unittest.TestCase):
    def setUp(self) -> None:
        for provider in (CONNECTION, DESTINATION):
            for method in ("create", "update"):
                patch = mock.patch.object(provider, method, getattr(provider, method))
                patch.start()
                self.addCleanup(patch.stop)
        api_destinations.name_api_destinations()
        self.events = mock.Mock()
        self.events.create_connection.return_value = {"ConnectionArn": "arn"}
        self.events.create_api_destination.return_value = {"ApiDestinationArn": "arn"}

    def request(self, desired: dict, previous: dict | None = None) -> mock.Mock:
        return mock.Mock(
            desired_state=desired,
            previous_state=previous,
            logical_resource_id="Webhook",
            aws_client_factory=mock.Mock(events=self.events),
            custom_context={},
        )

    def test_a_name_is_generated_where_there_is_none(self) -> None:
        CONNECTION().create(self.request({"AuthorizationType": "API_KEY"}))
        DESTINATION().create(self.request({"Name": "mine", "HttpMethod": "POST"}))

        self.assertRegex(self.events.create_connection.call_args.kwargs["Name"], r"^Webhook-[A-Za-z0-9]{12}$")
        self.assertEqual("mine", self.events.create_api_destination.call_args.kwargs["Name"])

    def test_a_destination_changes_under_its_name(self) -> None:
        changed = DESTINATION().update(
            self.request({"InvocationEndpoint": "https://b/"}, {"Name": "Webhook-1", "Arn": "arn"})
        )

        self.events.update_api_destination.assert_called_once_with(Name="Webhook-1", InvocationEndpoint="https://b/")
        self.assertEqual("arn", changed.resource_model["Arn"])


if __name__ == "__main__":
    unittest.main()
