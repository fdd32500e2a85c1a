"""How a deployment is watched, tested with canned responses."""

import io
import json
import re
import unittest
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout, suppress
from datetime import datetime, timedelta, timezone
from unittest import mock

from botocore.exceptions import ClientError
from botocore.stub import Stubber

from devtools import packaging
from devtools import stack as stacks
from devtools.deployment import Deployment
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import TEMPLATE
from devtools.stack import LONGEST_NAME_WITH, Stack

NAME = "partition-fan-in"
STACK_ID = f"arn:aws:cloudformation:us-east-1:000000000000:stack/{NAME}/1"
REQUIRED = {"DataBuckets": "raw", "Databases": "raw"}
THEN = datetime(2013, 2, 9, tzinfo=timezone.utc)


class WatchingTest(unittest.TestCase):
    def setUp(self):
        endpoint = Endpoint("http://127.0.0.1:1", "us-east-1")
        self.stack = Stack(endpoint, NAME)
        self.stub = Stubber(self.stack._client)
        self.stub.activate()
        self.addCleanup(self.stub.deactivate)
        patched = mock.patch.object(stacks.time, "sleep")
        patched.start()
        self.addCleanup(patched.stop)

    def test_an_earlier_deployments_state_is_not_taken_for_the_new_one(self):
        self._describes("UPDATE_COMPLETE")
        self._tells()
        self._describes("UPDATE_IN_PROGRESS")
        self._describes("UPDATE_COMPLETE")
        self._tells(_event(1, NAME, "UPDATE_COMPLETE"))
        self._tells(_event(1, NAME, "UPDATE_COMPLETE"))

        self.stack._wait("UPDATE_COMPLETE")

        self.stub.assert_no_pending_responses()

    def test_an_update_that_localstack_calls_complete_after_rolling_it_back_has_failed(self):
        events = [
            _event(1, "DetectorFunctionAliaslive", "UPDATE_FAILED", "Alias already exists"),
            _event(2, NAME, "ROLLBACK_COMPLETE"),
            _event(3, NAME, "UPDATE_COMPLETE"),
        ]
        for localstack in ((4, 14, 0), None):
            self.stack._localstack = localstack
            self._describes("UPDATE_COMPLETE")
            self._tells(*events)
            self._tells(*events)
            told = io.StringIO()
            failed = (
                self.assertRaisesRegex(CliError, events[0]["ResourceStatusReason"]) if localstack else nullcontext()
            )

            with failed, redirect_stderr(told):
                self.stack._wait("UPDATE_COMPLETE")

            self.assertEqual(not localstack, "DetectorFunctionAliaslive: Alias already exists" in told.getvalue())

    def test_a_failed_creation_names_its_first_cause_from_the_oldest_page(self):
        self._describes("ROLLBACK_COMPLETE")
        for _ in range(2):
            self._tells(
                _event(7, "ProcessorFunction", "CREATE_FAILED", "Resource creation cancelled"),
                _event(8, NAME, "ROLLBACK_COMPLETE"),
                older=[
                    _event(1, NAME, "CREATE_IN_PROGRESS"),
                    _event(2, "StateBucket", "CREATE_FAILED", "name is taken"),
                ],
            )

        with self.assertRaisesRegex(CliError, "(?s)ROLLBACK_COMPLETE.*failed:\n  StateBucket: name is taken\n  Proc"):
            self.stack._wait("CREATE_COMPLETE")

        self.stub.assert_no_pending_responses()

    def test_what_outlives_the_stack_does_not_outlive_a_creation_that_is_rolled_back(self):
        policies = re.findall(r"^ +DeletionPolicy: (.*)$", TEMPLATE.read_text(), re.MULTILINE)

        self.assertEqual({"Delete", "RetainExceptOnCreate"}, set(policies))

    def test_a_parameter_that_the_template_lacks_is_refused_with_those_it_has(self):
        with self.assertRaisesRegex(CliError, "(?s)no parameter MaxConcurency.*it has .*MaxConcurrency"):
            self.stack._known_parameters(TEMPLATE, ["MaxConcurency"])

    def test_a_name_that_its_state_machines_could_not_have_is_refused(self):
        stack = Stack(Endpoint("http://127.0.0.1:1", "us-east-1"), 77 * "a")
        with self.assertRaisesRegex(CliError, "a has 77 characters, of 76 at most"):
            stack.deploy(REQUIRED, TEMPLATE, None, lambda: True)

    def test_a_name_too_long_for_what_calls_a_url_is_refused_with_the_parameter(self):
        for parameter, longest in LONGEST_NAME_WITH.items():
            stack = Stack(Endpoint("http://127.0.0.1:1", "us-east-1"), (longest + 1) * "a")
            parameters = {**REQUIRED, parameter: "https://example.com/"}
            refusal = f"{longest + 1} characters, of {longest} at most with {parameter}"
            for given, declared in ((parameters, None), ({}, parameters)):
                with (
                    self.subTest(parameter, declared=declared is not None),
                    self.assertRaisesRegex(CliError, refusal),
                ):
                    stack.deploy(given, TEMPLATE, declared, lambda: True)

    def test_names_of_connections_and_destinations_are_as_long_as_eventbridge_takes(self):
        """https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html."""
        template = TEMPLATE.read_text()
        named = {"WebhookUrl": "Webhook", "OpenLineageUrl": "OpenLineage"}

        self.assertEqual(set(named), set(LONGEST_NAME_WITH))
        for parameter, prefix in named.items():
            for kind in ("Connection", "Destination"):
                with self.subTest(prefix + kind):
                    (name,) = re.findall(rf"(?m)^  {prefix}{kind}:\n(?:    .*\n)*?      Name: !Sub (.+)$", template)
                    self.assertEqual(64, len(name.replace("${AWS::StackName}", LONGEST_NAME_WITH[parameter] * "a")))

    def test_parameters_without_a_value_are_named_before_anything_is_uploaded(self):
        with (
            self._changing([]) as (requests, _),
            self.assertRaisesRegex(CliError, "(?s)no default for DataBuckets, Databases.*--parameter KEY=VALUE"),
        ):
            self.stack.deploy({"TargetBuckets": "lake"}, TEMPLATE, None, lambda: True)

        self.assertEqual([], requests)

    def test_a_stack_that_is_not_there_says_how_to_deploy_it(self):
        self.stub.add_client_error("describe_stacks", "ValidationError", "does not exist")

        with self.assertRaisesRegex(CliError, "(?s)no stack partition-fan-in.*scripts/up"):
            self.stack.outputs()

    def test_a_stack_that_is_half_created_is_deleted_though_it_has_no_outputs(self):
        self._describes("DELETE_FAILED")
        self._tells()
        self.stub.add_response("delete_stack", {}, {"StackName": NAME})
        self.stub.add_client_error("describe_stacks", "ValidationError", "does not exist")

        self.assertEqual(f"Stack {NAME} would be deleted, and is DELETE_FAILED", self._delete().splitlines()[0])

        self.stub.assert_no_pending_responses()

    def test_a_stack_that_is_not_there_cannot_be_deleted(self):
        self.stub.add_client_error("describe_stacks", "ValidationError", "does not exist")

        with self.assertRaisesRegex(CliError, "(?s)no stack partition-fan-in at http.*see --stack"):
            self._delete()

    def test_a_stack_of_another_template_is_not_deleted(self):
        self._describes("UPDATE_COMPLETE")

        with self.assertRaisesRegex(
            CliError, "(?s)no output StateBucketName: it is not one of partition-fan-in.*--stack"
        ):
            self._delete()

        self.stub.assert_no_pending_responses()

    def test_a_deletion_makes_no_bucket_to_note_it_in(self):
        self._describes("CREATE_COMPLETE", Outputs=[{"OutputKey": "StateBucketName", "OutputValue": "state"}])
        self._tells()
        self.stub.add_response("delete_stack", {}, {"StackName": NAME})
        self.stub.add_client_error("describe_stacks", "ValidationError", "does not exist")

        self.assertIn("Its state bucket is kept: s3://state", self._delete())

        self.s3.create_bucket.assert_not_called()

    def test_a_stack_that_somebody_else_changes_is_waited_for(self):
        for status in ("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE"):
            self._describes(status)

        with redirect_stdout(io.StringIO()) as printed:
            self.assertEqual("UPDATE_COMPLETE", self.stack._usable()["StackStatus"])

        self.assertEqual(f"Waiting for stack {NAME}, which is UPDATE_IN_PROGRESS ...\n", printed.getvalue())

    def test_a_stack_that_cannot_be_updated_says_what_helps(self):
        for status, hint in (
            ("UPDATE_ROLLBACK_FAILED", f"continue-update-rollback --stack-name {NAME}"),
            ("ROLLBACK_FAILED", "with --delete"),
            ("DELETE_FAILED", "with --delete"),
        ):
            self._describes(status)
            with self.subTest(status), self.assertRaisesRegex(CliError, f"(?s)is {status}.*hint: .*{hint}"):
                self.stack._usable()

    def test_what_is_left_of_a_stack_is_deleted_once_somebody_agrees(self):
        review = {"StackId": "one", "StackStatus": "REVIEW_IN_PROGRESS"}
        changed = ({**review, "StackStatus": "CREATE_IN_PROGRESS"}, {**review, "StackId": "two"})
        artifacts = packaging.Artifacts(self.stack._endpoint, NAME)
        with (
            redirect_stdout(io.StringIO()) as printed,
            mock.patch.object(Endpoint, "is_aws", True),
            mock.patch.object(packaging.Artifacts, "account", "1" * 12),
            mock.patch.object(self.stack, "_remove") as remove,
            mock.patch.object(self.stack, "_describe") as describe,
        ):
            self.assertFalse(self.stack._may_remove(review, artifacts, lambda: False))
            for now in changed:
                describe.return_value = now
                with self.subTest(now), self.assertRaisesRegex(CliError, "run the same command again"):
                    self.stack._may_remove(review, artifacts, lambda: True)
            remove.assert_not_called()
            describe.return_value = review
            self.assertTrue(self.stack._may_remove(review, artifacts, lambda: True))
        remove.assert_called_once_with()
        self.assertIn(f"Stack {NAME} in account {'1' * 12}, us-east-1 is REVIEW_IN_PROGRESS", printed.getvalue())

    def test_throttled_events_are_not_taken_for_none(self):
        self.stub.add_client_error("describe_stack_events", "Throttling", "Rate exceeded")

        with self.assertRaises(ClientError):
            self.stack._event_ids()

    def test_a_secret_is_not_written_down_and_stays_what_it_is(self):
        secret, url = "WebhookUrl", "https://example.com/secret"
        with self._changing([{"ParameterKey": secret, "ParameterValue": "****"}]) as (requests, notes):
            for given, declared in ((REQUIRED, None), ({}, REQUIRED)):
                self.stack.deploy({**given, secret: url}, TEMPLATE, declared, lambda: True)
                self.stack.deploy(given, TEMPLATE, declared, lambda: True)

        given, kept = requests[0]["Parameters"], requests[1]["Parameters"]
        self.assertIn({"ParameterKey": secret, "ParameterValue": url}, given)
        self.assertIn({"ParameterKey": secret, "UsePreviousValue": True}, kept)
        self.assertNotIn("****", json.dumps(requests))
        self.assertNotIn(url, repr(notes.end.call_args_list))

    def test_secrets_that_are_known_to_be_empty_are_noted(self):
        missing = ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks")
        last = Deployment("id", "another", "key", {}, changed=str(THEN), empty=["OpenLineageKey", "WebhookUrl"])
        known = {"of a new stack": [missing], "of a known one": [], "of another": []}
        for of, before in known.items():
            with self.subTest(of), self._changing([]) as (_, notes):
                described = self.stack._client.describe_stacks
                described.side_effect = [*before, *[described.return_value] * 9]
                notes.last = lambda of=of: last if of == "of a known one" else None
                given = {**REQUIRED, "WebhookUrl": "https://example.com/", "OpenLineageUrl": ""}

                self.stack.deploy(given, TEMPLATE, None, lambda: True)

                unset = [] if of == "of another" else ["OpenLineageKey"]
                self.assertEqual([*unset, "OpenLineageUrl"], notes.end.call_args.args[0].empty)

    def test_a_stack_has_the_tags_of_its_environment_and_keeps_them_where_it_names_none(self):
        with self._changing([]) as (requests, notes):
            for tags in ({"team": "data"}, {}, None):
                self.stack.deploy({}, TEMPLATE, REQUIRED, lambda: True, tags)

        self.assertEqual([[{"Key": "team", "Value": "data"}], []], [one["Tags"] for one in requests[:2]])
        self.assertNotIn("Tags", requests[2])
        self.assertEqual({"team": "data"}, notes.end.call_args_list[0].args[0].tags)

    def test_nothing_is_left_of_changes_that_are_not_approved(self):
        interrupted = (KeyboardInterrupt, CliError("there is no terminal to ask for confirmation"))
        for answer in (lambda: False, *(mock.Mock(side_effect=error) for error in interrupted)):
            with self._changing([], ["Add"]) as (_, notes), suppress(KeyboardInterrupt, CliError):
                self.assertFalse(self.stack.deploy({}, TEMPLATE, REQUIRED, answer))

            notes.changes.delete.assert_called_once_with()
            notes.changes.execute.assert_not_called()
            notes.begin.assert_not_called()

    def test_a_stack_that_somebody_else_has_created_before_the_answer_stays(self):
        client = mock.Mock()
        client.create_change_set.return_value = {"StackId": STACK_ID}
        client.describe_change_set.return_value = {"Status": "CREATE_COMPLETE"}
        added = {"Action": "Add", "LogicalResourceId": "StateBucket", "ResourceType": "AWS::S3::Bucket"}
        client.get_paginator.return_value.paginate.return_value = [{"Changes": [{"ResourceChange": added}]}]
        client.describe_stacks.side_effect = [
            ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks"),
            {"Stacks": [{"StackId": STACK_ID, "StackStatus": "CREATE_COMPLETE"}]},
        ]
        with (
            mock.patch("devtools.stack.packaging.digest", return_value="digest"),
            mock.patch("devtools.stack.packaging.Artifacts"),
            mock.patch.object(self.stack, "_notes"),
            mock.patch.object(self.stack, "_client", client),
        ):
            self.assertFalse(self.stack.deploy({}, TEMPLATE, REQUIRED, lambda: False))

        client.delete_change_set.assert_called_once()
        client.delete_stack.assert_not_called()

    def test_a_deployment_that_changes_nothing_is_not_gone_back_to(self):
        with self._changing([]) as (_, notes):
            self.stack.deploy({}, TEMPLATE, REQUIRED, lambda: True)

        notes.begin.assert_not_called()
        notes.end.assert_called_once()

    def test_a_stack_that_another_program_has_changed_since_is_not_called_unchanged(self):
        last = Deployment("id", "digest", "key", {}, changed=str(THEN))
        for changed, unchanged in ((THEN, True), (THEN + timedelta(hours=1), False)):
            with self.subTest(changed), self._changing([]) as (requests, notes):
                notes.last = lambda: last
                self.stack._client.describe_stacks.return_value["Stacks"][0]["LastUpdatedTime"] = changed

                self.stack.deploy({}, TEMPLATE, REQUIRED, lambda: True)

                self.assertEqual(unchanged, not requests)
                if not unchanged:
                    self.assertEqual(str(changed), notes.end.call_args.args[0].changed)

    def test_the_commit_is_noted_also_where_nothing_changes(self):
        last = Deployment("id", "digest", "key", {}, changed=str(THEN), commit="a")
        for known in (last, None):
            with self.subTest(known=known is not None), self._changing([]) as (_, notes):
                notes.last = lambda known=known: known

                self.stack.deploy({}, TEMPLATE, REQUIRED, lambda: True, commit="b")

                self.assertEqual("b", notes.end.call_args.args[0].commit)

    def test_the_deployed_commit_is_read_once_nobody_changes_the_stack(self):
        with self._changing([]) as (_, notes), redirect_stdout(io.StringIO()):
            settled = self.stack._client.describe_stacks.return_value
            changing = {"Stacks": [{**settled["Stacks"][0], "StackStatus": "UPDATE_IN_PROGRESS"}]}
            self.stack._client.describe_stacks.side_effect = [changing, settled]

            self.assertEqual(notes.commit_of.return_value, self.stack.commit())

            notes.commit_of.assert_called_once_with(settled["Stacks"][0])

    @contextmanager
    def _changing(self, parameters, lines=()):
        """A stack with these parameters, whose requests for changes are kept; `lines` are what would change."""
        notes = mock.Mock(last=lambda: None, previous=lambda: None)
        requests = []
        changes = mock.Mock()
        changes.return_value.create = lambda request, pause: requests.append(request) or list(lines)
        notes.changes = changes.return_value
        client = mock.Mock()
        client.describe_stacks.return_value = {
            "Stacks": [
                {"StackId": "id", "StackStatus": "UPDATE_COMPLETE", "CreationTime": THEN, "Parameters": parameters}
            ]
        }
        with (
            mock.patch("devtools.stack.ChangeSet", changes),
            mock.patch("devtools.stack.packaging.digest", return_value="digest"),
            mock.patch("devtools.stack.packaging.Artifacts"),
            mock.patch.object(self.stack, "_notes", return_value=notes),
            mock.patch.object(self.stack, "_client", client),
        ):
            yield requests, notes

    def _delete(self):
        """Returns what is printed; there is no bucket with notes."""
        missing = ClientError({"Error": {"Code": "NoSuchBucket"}}, "DeleteObject")
        self.s3 = mock.Mock(**{"delete_object.side_effect": missing})
        clients = {"s3": self.s3, "sts": mock.Mock(**{"get_caller_identity.return_value": {"Account": "0" * 12}})}
        with (
            mock.patch.object(Endpoint, "client", side_effect=clients.get),
            redirect_stdout(io.StringIO()) as printed,
        ):
            self.stack.delete(lambda: True)
        return printed.getvalue()

    def _describes(self, status, **more):
        described = {"StackName": NAME, "StackId": STACK_ID, "CreationTime": THEN, "StackStatus": status, **more}
        self.stub.add_response("describe_stacks", {"Stacks": [described]})

    def _tells(self, *events, older=()):
        """CloudFormation returns the newest first, and those of the second page only when they are asked for."""
        page = {"StackEvents": list(reversed(events))}
        self.stub.add_response("describe_stack_events", {**page, "NextToken": "older"} if older else page)
        if older:
            asked = {"StackName": NAME, "NextToken": "older"}
            self.stub.add_response("describe_stack_events", {"StackEvents": list(reversed(older))}, asked)


def _event(number, resource, status, reason=None):
    event = {
        "StackId": STACK_ID,
        "EventId": str(number),
        "StackName": NAME,
        "Timestamp": THEN,
        "LogicalResourceId": resource,
        "ResourceStatus": status,
    }
    return {**event, "ResourceStatusReason": reason} if reason else event


if __name__ == "__main__":
    unittest.main()
