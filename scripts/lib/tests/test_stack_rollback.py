"""What a rollback of a stack asks for, tested with canned responses."""

import io
import unittest
from contextlib import redirect_stdout, suppress
from datetime import timedelta
from unittest import mock

from botocore.exceptions import ClientError, UnauthorizedSSOTokenError
from test_stack import NAME, STACK_ID, THEN

from devtools import packaging
from devtools.deployment import Deployment
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.stack import Stack


class RollbackTest(unittest.TestCase):
    """Two deployments of a stack whose changes are mocked, and what a rollback then asks for."""

    def setUp(self):
        self.changes, self.asked = mock.Mock(), []
        self.described = {"StackId": STACK_ID, "StackStatus": "UPDATE_COMPLETE", "CreationTime": THEN}
        clients = {
            "cloudformation": mock.Mock(**{"describe_stacks.return_value": {"Stacks": [self.described]}}),
            "s3": (objects := Objects()),
            "sts": mock.Mock(**{"get_caller_identity.return_value": {"Account": "0" * 12}}),
        }
        objects.meta = mock.Mock(endpoint_url="http://127.0.0.1:1")
        for patched in (
            mock.patch.object(Endpoint, "client", side_effect=clients.get),
            mock.patch.object(Stack, "_wait"),
            mock.patch.object(Stack, "_event_ids"),
            mock.patch("devtools.stack.ChangeSet", return_value=self.changes),
        ):
            patched.start()
            self.addCleanup(patched.stop)
        self.stack = Stack(Endpoint("http://127.0.0.1:1", "us-east-1"), NAME)
        self._would_change(["Modify"])
        self.notes = self.stack._notes(packaging.Artifacts(self.stack._endpoint, NAME))
        for template in ("old.yaml", "bad.yaml"):
            self._deploy(template)

    def test_one_that_cloudformation_has_rolled_back_goes_back_to_the_same_when_it_is_repeated(self):
        for failure in (CliError("it is UPDATE_ROLLBACK_COMPLETE"), KeyboardInterrupt()):
            with self.subTest(repr(failure)):
                self.stack._wait.side_effect = failure
                with suppress(CliError, KeyboardInterrupt):
                    self._roll_back()
                self.stack._wait.side_effect = None

                self.assertEqual(f"Stack {NAME} is deployed, in 0 s", self._roll_back().splitlines()[-1])

                self.assertEqual(["old.yaml", "old.yaml"], self.asked)
                self._roll_back()
                self.assertEqual("bad.yaml", self.asked.pop())
                self.asked.clear()

    def test_one_that_has_gone_on_after_an_interruption_is_said_to_have_been_done(self):
        self.stack._wait.side_effect = KeyboardInterrupt
        with suppress(KeyboardInterrupt):
            self._roll_back()
        self._would_change([])

        self.assertEqual(f"Nothing would change: stack {NAME} already is that deployment\n", self._roll_back())

        self.assertEqual(["old.yaml", "old.yaml"], self.asked)
        self._roll_back()
        self.assertEqual("bad.yaml", self.asked.pop())

    def test_the_commit_of_one_that_has_gone_on_after_an_interruption_is_known(self):
        for commit in ("old", "new"):
            self.notes.begin()
            self.notes.end(Deployment(STACK_ID, commit, f"{commit}.yaml", {}, changed=str(THEN), commit=commit))
        self.stack._wait.side_effect = KeyboardInterrupt
        with suppress(KeyboardInterrupt):
            self._roll_back()

        self.assertEqual("new", self.stack.commit())
        self.described["LastUpdatedTime"] = THEN + timedelta(hours=1)
        self.assertEqual("old", self.stack.commit())

    def test_after_a_deployment_that_failed_it_goes_to_the_one_before_the_last_good_one(self):
        """CloudFormation has rolled the stack back to the last good one."""
        self.notes.begin()
        self._would_change(["Modify"], unless="bad.yaml")

        self._roll_back()

        self.assertEqual(["bad.yaml", "old.yaml"], self.asked)
        self.asked.clear()
        self._roll_back()
        self.assertEqual(["bad.yaml"], self.asked)

    def test_after_a_deployment_that_was_interrupted_it_goes_to_the_last_one(self):
        self.notes.begin()

        self._roll_back()

        self.assertEqual(["bad.yaml", "bad.yaml"], self.asked)
        self.changes.delete.assert_called_once_with()
        self._would_change(["Modify"])
        self._roll_back()
        self.assertEqual("old.yaml", self.asked.pop())

    def test_after_somebody_else_has_changed_the_stack_it_goes_to_the_last_one(self):
        self.notes.begin()
        self.notes.end(Deployment(STACK_ID, "good", "good.yaml", {}, changed="before"))

        printed = self._roll_back()

        self.assertEqual(["good.yaml", "good.yaml"], self.asked)
        self.assertIn("Something else has changed stack", printed)

    def test_after_an_update_of_somebody_else_that_was_rolled_back_it_goes_to_the_one_before_the_last(self):
        self.notes.begin()
        self.notes.end(Deployment(STACK_ID, "good", "good.yaml", {}, changed="before"))
        self._would_change(["Modify"], unless="good.yaml")

        self._roll_back()

        self.assertEqual(["good.yaml", "bad.yaml"], self.asked)

    def test_a_stack_that_holds_nothing_is_not_deleted(self):
        self.described["StackStatus"] = "ROLLBACK_COMPLETE"

        with self.assertRaisesRegex(CliError, "no deployment before the last is known"):
            self.stack.roll_back(lambda: True)

        self.stack._client.delete_stack.assert_not_called()

    def test_one_that_can_no_longer_be_watched_is_said_to_go_on(self):
        expired = {"Error": {"Code": "ExpiredToken", "Message": "it is expired"}}
        for failure in (ClientError(expired, "DescribeStacks"), UnauthorizedSSOTokenError()):
            self.stack._wait.side_effect = failure
            told = "(?s)is being deployed, and can no longer be watched.*same command again"
            with self.subTest(repr(failure)), self.assertRaisesRegex(CliError, told):
                self._roll_back()

    def test_secrets_that_were_empty_are_empty_again_and_others_stay(self):
        self.notes.begin()
        self.notes.end(
            Deployment(STACK_ID, "plain", "plain.yaml", {}, ["WebhookUrl", "OpenLineageKey"], empty=["WebhookUrl"])
        )
        self._deploy("webhook.yaml")
        self.described["Parameters"] = [
            {"ParameterKey": key, "ParameterValue": "****"} for key in ("WebhookUrl", "OpenLineageKey")
        ]

        self._roll_back()

        self.assertEqual(
            [
                {"ParameterKey": "WebhookUrl", "ParameterValue": ""},
                {"ParameterKey": "OpenLineageKey", "UsePreviousValue": True},
            ],
            self.parameters,
        )

    def test_keys_that_encrypt_the_state_since_stay(self):
        for before, since, after in (
            ("", "new", "new"),
            ("old", "new,old", "old,new"),
            ("old", "old", "old"),
            ("old", "", "old"),
        ):
            with self.subTest(since):
                self.notes.begin()
                self.notes.end(Deployment(STACK_ID, f"before {since}", "plain.yaml", {"StateKey": before}))
                self._deploy(f"{since}.yaml")
                self.described["Parameters"] = [{"ParameterKey": "StateKey", "ParameterValue": since}]

                self._roll_back()

                self.assertEqual([{"ParameterKey": "StateKey", "ParameterValue": after}], self.parameters)

    def _deploy(self, template):
        self.notes.begin()
        self.notes.end(Deployment(STACK_ID, template, template, {}))

    def _would_change(self, lines, unless=""):
        def create(request, pause):
            self.asked.append(request["TemplateURL"].rpartition("/")[2])
            self.parameters = request["Parameters"]
            return [] if self.asked[-1] == unless else lines

        self.changes.create = create

    def _roll_back(self):
        """Returns what is printed."""
        with redirect_stdout(io.StringIO()) as printed:
            self.assertTrue(self.stack.roll_back(lambda: True))
        return printed.getvalue()


class Objects(dict):
    """A bucket in memory."""

    def put_object(self, Key, Body, **_):
        self[Key] = Body

    def get_object(self, Key, **_):
        if Key not in self:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        return {"Body": io.BytesIO(self[Key])}

    def delete_object(self, Key, **_):
        self.pop(Key, None)


if __name__ == "__main__":
    unittest.main()
