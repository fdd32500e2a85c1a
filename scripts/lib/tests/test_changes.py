"""The report on a change set, tested with canned responses."""

import unittest
from datetime import datetime
from unittest import mock

import boto3
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber

from devtools import changes
from devtools.changes import ChangeSet
from devtools.errors import CliError

NAME = "partition-fan-in-dev"
STACK_ID = f"arn:aws:cloudformation:us-east-1:000000000000:stack/{NAME}/1"
EXECUTION = {"StackName": NAME, "ChangeSetName": ANY, "RetainExceptOnCreate": True, "ClientRequestToken": ANY}


class ChangeSetTest(unittest.TestCase):
    def setUp(self):
        keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
        self.client = boto3.client("cloudformation", region_name="us-east-1", **keys)
        self.stub = Stubber(self.client)
        self.stub.activate()
        patched = mock.patch.object(changes.time, "sleep")
        patched.start()
        self.addCleanup(patched.stop)

    def test_each_change_is_a_line_on_whatever_page_it_stands(self):
        self._creates("UPDATE")
        self._describes(Status="CREATE_IN_PROGRESS")
        self._describes(Status="CREATE_COMPLETE")
        self._describes(Changes=[_change("Modify", "StateBucket", "AWS::S3::Bucket", "Conditional")], NextToken="2")
        self._describes(Changes=[_change("Remove", "DetectorLogs", "AWS::Logs::LogGroup")])

        lines = ChangeSet(self.client, NAME, is_new=False).create({}, 0)

        self.assertEqual(
            [
                "Remove  DetectorLogs (AWS::Logs::LogGroup)",
                "Modify  StateBucket (AWS::S3::Bucket, perhaps replaced)",
            ],
            lines,
        )

    def test_change_set_without_changes_is_removed_and_no_failure(self):
        self._creates("UPDATE")
        self._describes(Status="FAILED", StatusReason="The submitted information didn't contain changes. Submit ...")
        self.stub.add_response("delete_change_set", {}, {"StackName": NAME, "ChangeSetName": ANY})

        self.assertEqual([], ChangeSet(self.client, NAME, is_new=False).create({}, 0))

        self.stub.assert_no_pending_responses()

    def test_failed_change_set_of_a_new_stack_leaves_nothing(self):
        self._creates("CREATE")
        self._describes(Status="FAILED", StatusReason="Transform failed")
        self._deletes_change_set_of("REVIEW_IN_PROGRESS")
        self.stub.add_response("delete_stack", {}, {"StackName": STACK_ID})

        with self.assertRaisesRegex(CliError, "Transform failed"):
            ChangeSet(self.client, NAME, is_new=True).create({}, 0)

        self.stub.assert_no_pending_responses()

    def test_stack_that_somebody_else_has_completed_meanwhile_stays(self):
        for status in ("CREATE_IN_PROGRESS", "CREATE_COMPLETE", "UPDATE_COMPLETE", "DELETE_COMPLETE"):
            with self.subTest(status):
                self._creates("CREATE")
                self._describes(Status="CREATE_COMPLETE")
                self._describes(Changes=[_change("Add", "StateBucket", "AWS::S3::Bucket")])
                self._deletes_change_set_of(status)
                changes = ChangeSet(self.client, NAME, is_new=True)
                changes.create({}, 0)

                changes.delete()

                self.stub.assert_no_pending_responses()

    def test_interrupted_change_set_leaves_nothing(self):
        self._creates("UPDATE")
        self._describes(Status="CREATE_IN_PROGRESS")
        self.stub.add_response("delete_change_set", {}, {"StackName": NAME, "ChangeSetName": ANY})
        changes.time.sleep.side_effect = KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            ChangeSet(self.client, NAME, is_new=False).create({}, 0)

        self.stub.assert_no_pending_responses()

    def test_what_an_execution_creates_goes_when_it_is_rolled_back(self):
        self.stub.add_response("execute_change_set", {}, EXECUTION)

        ChangeSet(self.client, NAME, is_new=False).execute()

        self.stub.assert_no_pending_responses()

    def test_an_execution_that_is_refused_since_it_has_begun_has_begun(self):
        """The answer to a first request was lost, and the client has repeated it."""
        for status in ("EXECUTE_IN_PROGRESS", "EXECUTE_COMPLETE", "EXECUTE_FAILED"):
            with self.subTest(status):
                self._refuses_to_execute("InvalidChangeSetStatus", status)

                ChangeSet(self.client, NAME, is_new=False).execute()

                self.stub.assert_no_pending_responses()

    def test_an_execution_that_is_refused_otherwise_has_not_begun(self):
        for code, status in (("InvalidChangeSetStatus", "OBSOLETE"), ("ChangeSetNotFound", "EXECUTE_COMPLETE")):
            with self.subTest(code):
                self._refuses_to_execute(code, status)

                with self.assertRaisesRegex(ClientError, status):
                    ChangeSet(self.client, NAME, is_new=False).execute()

    def test_a_repeated_execution_is_known_by_its_token(self):
        client = mock.Mock()
        for _ in range(2):
            ChangeSet(client, NAME, is_new=False).execute()

        first, second = (call.kwargs["ClientRequestToken"] for call in client.execute_change_set.call_args_list)
        self.assertNotEqual(first, second)

    def _refuses_to_execute(self, code, status):
        message = f"ChangeSet [1] cannot be executed in its current execution status of [{status}]"
        self.stub.add_client_error("execute_change_set", code, message, expected_params=EXECUTION)

    def _creates(self, kind):
        expected = {"StackName": NAME, "ChangeSetName": ANY, "ChangeSetType": kind}
        self.stub.add_response("create_change_set", {"StackId": STACK_ID}, expected)

    def _describes(self, **answer):
        self.stub.add_response("describe_change_set", answer)

    def _deletes_change_set_of(self, status):
        """Of a new stack, which is looked at by its id, so that no other of its name is taken for it."""
        stack = {"StackName": NAME, "StackId": STACK_ID, "CreationTime": datetime.now(), "StackStatus": status}
        self.stub.add_response("delete_change_set", {}, {"StackName": NAME, "ChangeSetName": ANY})
        self.stub.add_response("describe_stacks", {"Stacks": [stack]}, {"StackName": STACK_ID})


def _change(action, resource, kind, replacement="False"):
    change = {"Action": action, "LogicalResourceId": resource, "ResourceType": kind, "Replacement": replacement}
    return {"Type": "Resource", "ResourceChange": change}


if __name__ == "__main__":
    unittest.main()
