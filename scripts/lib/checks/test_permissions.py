"""The template's roles, as the suite of permissions renders and judges them."""

import json
import unittest

from devtools.errors import CliError
from devtools.permissions import judged, refused
from devtools.policies import evaluate_all
from devtools.recording import Recording
from devtools.roles import transformed

DEPLOYED = {
    "stack": "it",
    "alike": "it",
    "parameters": {
        "DataBuckets": "lake",
        "TargetBuckets": "it-statebucket-*",
        "SpecBuckets": "specs",
        "Databases": "*",
        "NotificationTopic": "arn:aws:sns:us-east-1:000000000000:people",
        "WebhookUrl": "http://localhost:9/",
        "OpenLineageUrl": "http://localhost:9/",
        "GlueJobs": "job",
        "AllowDeregister": "true",
    },
}
STATE = "arn:aws:s3:::it-statebucket-0a1b2c3d"


class TemplateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = transformed()

    def test_what_a_role_may_do_is_allowed_and_what_it_may_not_is_refused(self):
        for role, action, resource, expected in (
            ("DetectorFunctionRole", "s3:PutObject", f"{STATE}/tables/a/b/lease.json", ""),
            ("DetectorFunctionRole", "s3:GetObject", "arn:aws:s3:::lake/a", ""),
            ("DetectorFunctionRole", "s3:PutObject", "arn:aws:s3:::lake/a", "ImplicitlyDenied"),
            ("DetectorFunctionRole", "s3:GetObject", f"{STATE}/part-00000.parquet", "ExplicitlyDenied"),
            ("TableCreatorFunctionRole", "sns:Publish", "arn:aws:sns:us-east-1:000000000000:people", ""),
            ("ObjectEventsFunctionRole", "s3:GetObject", f"{STATE}/inbox/a", "ExplicitlyDenied"),
            (
                "StateMachineRole",
                "lambda:InvokeFunction",
                "arn:aws:lambda:us-east-1:000000000000:function:it-DetectorFunction-0a1b2c3d:live",
                "",
            ),
            (
                "AllTablesStateMachineRol",
                "lambda:InvokeFunction",
                "arn:aws:lambda:us-east-1:000000000000:function:it-ProcessorFunction-0a1b2c3d:live",
                "ImplicitlyDenied",
            ),
            ("ScheduleRole", "states:StartExecution", "arn:aws:states:us-east-1:000000000000:stateMachine:it-all", ""),
        ):
            with self.subTest(f"{role} {action} {resource}"):
                answer = refused(self.template, self._recording(role, action, resource), evaluate_all)
                self.assertEqual([expected] if expected else [], [one.rpartition(": ")[2] for one in answer])

    def test_a_bucket_of_another_account_is_refused(self):
        recording = self._recording("DetectorFunctionRole", "s3:GetObject", "arn:aws:s3:::lake/a", "111111111111")

        self.assertEqual(1, len(refused(self.template, recording, evaluate_all)))

    def test_one_request_leaves_most_permissions_unneeded(self):
        lines = self._lines("DetectorFunctionRole", "s3:GetObject", "arn:aws:s3:::lake/a")

        with self.assertRaises(CliError) as raised:
            judged(lines, self.template, evaluate_all)
        self.assertIn("no test needs DetectorFunctionRole AskWhetherHolderRuns", str(raised.exception))
        self.assertNotIn("ReadDataPolicy ReadData\n", str(raised.exception))

    def _recording(self, *request):
        return Recording.read(self._lines(*request), self.template)

    def _lines(self, role, action, resource, account="000000000000"):
        context = {"aws:ResourceAccount": account} if action.startswith("s3:") else {}
        request = {"role": f"it-{role}-0a1b2c3d", "action": action, "resource": resource, "context": context}
        return [json.dumps(DEPLOYED), json.dumps(request)]


if __name__ == "__main__":
    unittest.main()
