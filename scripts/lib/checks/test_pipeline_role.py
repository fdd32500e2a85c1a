"""The role of the pipeline may do what the stack takes, and no policy is too long."""

import json
import re
import unittest
from pathlib import Path
from unittest import mock

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

ROOT = Path(__file__).resolve().parents[3]
POLICY_CHARACTERS = 6_144
NEEDED = {
    "AWS::CloudWatch::Alarm": {"cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"},
    "AWS::CloudWatch::Dashboard": {"cloudwatch:PutDashboard", "cloudwatch:DeleteDashboards"},
    "AWS::Events::ApiDestination": {"events:CreateApiDestination", "events:DeleteApiDestination"},
    "AWS::Events::Connection": {"events:CreateConnection", "events:DeleteConnection", "secretsmanager:CreateSecret"},
    "AWS::Events::Rule": {"events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:DeleteRule"},
    "AWS::IAM::ManagedPolicy": {"iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy"},
    "AWS::IAM::Role": {"iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PassRole", "iam:DeleteRole"},
    "AWS::Lambda::Alias": {"lambda:CreateAlias", "lambda:UpdateAlias", "lambda:DeleteAlias"},
    "AWS::Lambda::EventSourceMapping": {"lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping"},
    "AWS::Lambda::Function": {"lambda:CreateFunction", "lambda:UpdateFunctionCode", "lambda:DeleteFunction"},
    "AWS::Lambda::Permission": {"lambda:AddPermission", "lambda:RemovePermission"},
    "AWS::Lambda::Version": {"lambda:PublishVersion"},
    "AWS::Logs::LogGroup": {"logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteLogGroup"},
    "AWS::S3::Bucket": {"s3:CreateBucket", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"},
    "AWS::S3::BucketPolicy": {"s3:PutBucketPolicy"},
    "AWS::SQS::Queue": {"sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:DeleteQueue"},
    "AWS::SQS::QueuePolicy": {"sqs:SetQueueAttributes"},
    "AWS::StepFunctions::StateMachine": {
        "states:CreateStateMachine",
        "states:UpdateStateMachine",
        "states:DeleteStateMachine",
    },
}
"""What CloudFormation asks for on behalf of who deploys."""


class PipelineRoleTest(unittest.TestCase):
    def setUp(self):
        self.role = yaml_parse((ROOT / "github-oidc.yaml").read_text())["Resources"]
        template = yaml_parse((ROOT / "template.yaml").read_text())
        for resource in template["Resources"].values():
            for name in ("CodeUri", "DefinitionUri"):
                if name in resource.get("Properties", {}):
                    resource["Properties"][name] = "s3://artifacts/code"
        with mock.patch.dict("os.environ", AWS_DEFAULT_REGION="us-east-1"):
            self.stack = transform(template, {}, mock.Mock(load=lambda: {}))["Resources"]

    def test_it_may_make_each_kind_of_resource(self):
        allowed = {action for statement in self._statements() for action in _listed(statement["Action"])}

        for kind in {resource["Type"] for resource in self.stack.values()}:
            with self.subTest(kind):
                self.assertLessEqual(NEEDED[kind], allowed)

    def test_it_may_attach_what_sam_attaches(self):
        (statement,) = [one for one in self._statements() if one["Sid"] == "AttachPolicies"]
        attachable = json.dumps(statement["Condition"])

        text = json.dumps(
            [resource.get("Properties", {}).get("ManagedPolicyArns", []) for resource in self.stack.values()]
        )
        for policy in set(re.findall(r":aws:policy/([\w/-]+)", text)):
            self.assertIn(f":aws:policy/{policy}", attachable)

    def test_no_policy_is_longer_than_iam_takes(self):
        for name, resource in self.role.items():
            if resource["Type"] == "AWS::IAM::ManagedPolicy":
                document = json.dumps(resource["Properties"]["PolicyDocument"], separators=(",", ":"))
                longest = document.replace("${AWS::Partition}", "aws-us-gov").replace(
                    "${StackPrefix}", "partition-fan-in"
                )
                with self.subTest(name):
                    self.assertLess(len(longest.replace("${AWS::Region}", "ap-southeast-1")), POLICY_CHARACTERS)

    def test_only_jobs_of_its_environment_may_assume_it(self):
        (trust,) = self.role["Role"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]

        self.assertEqual("sts:AssumeRoleWithWebIdentity", trust["Action"])
        self.assertEqual(
            {
                "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                "token.actions.githubusercontent.com:sub": {"Fn::Sub": "repo:${Repository}:environment:${Environment}"},
            },
            trust["Condition"]["StringEquals"],
        )

    def test_what_it_may_do_everywhere_changes_nothing(self):
        for statement in self._statements():
            if statement["Resource"] == "*" and "Condition" not in statement:
                for action in _listed(statement["Action"]):
                    self.assertRegex(action, r":(Get|List|Describe|Validate)")

    def _statements(self):
        policies = [one for one in self.role.values() if one["Type"] == "AWS::IAM::ManagedPolicy"]
        return [statement for one in policies for statement in one["Properties"]["PolicyDocument"]["Statement"]]


def _listed(value):
    return value if isinstance(value, list) else [value]


if __name__ == "__main__":
    unittest.main()
