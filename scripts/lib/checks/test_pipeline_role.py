"""The role of the pipeline may do what the stack takes, and no policy is too long."""

import json
import re
import unittest
from pathlib import Path
from unittest import mock

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

from devtools.policies import ALLOWED, Case, Rendering, Request, evaluate, evaluate_all

ROOT = Path(__file__).resolve().parents[3]
POLICY_CHARACTERS = 6_144
ACCOUNT = "123456789012"
NAME = "partition-fan-in-dev"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/boundary"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/made"
NAMED_AS_THE_STACK = f"arn:aws:iam::{ACCOUNT}:policy/{NAME}-boundary"

HANDLERS = json.loads((Path(__file__).parent / "handler-permissions.json").read_text())["handlers"]
"""What CloudFormation's handlers of each type of resource ask for, by its registry."""

UNUSED = {
    "ec2:.*|elasticfilesystem:.*|s3files:.*|lambda:PassCapacityProvider": "functions lie in no VPC and mount nothing",
    "kms:.*": "functions, event sources, connections and machines are encrypted with keys of AWS",
    "codedeploy:.*": "aliases are switched at once",
    "firehose:.*|s3:REST.PUT.OBJECT|logs:CreateLogDelivery": "log groups are delivered nowhere",
    r"s3tables:.*|s3:\w+BucketMetadata\w*Table\w*": "the state bucket has no tables of metadata",
    "lambda:(Put|Delete|Get)(FunctionCodeSigningConfig|CodeSigningConfig)": "functions are not signed",
    "lambda:(Put|Delete)ProvisionedConcurrencyConfig": "no concurrency is provisioned",
    "lambda:Put(RuntimeManagementConfig|FunctionRecursionConfig|FunctionScalingConfig)": "these have their defaults",
    "s3:GetObjectVersion": "the artifact bucket has no versions",
    "iam:(Attach|Detach)(Group|User)Policy": "policies are attached to roles alone",
    "iam:DeleteRolePermissionsBoundary": "a boundary is never taken away",
    "logs:(Put|Delete)(DataProtectionPolicy|IndexPolicy|ResourcePolicy|BearerTokenAuthentication)"
    "|logs:PutLogGroupDeletionProtection|logs:(Dis)?[Aa]ssociateKmsKey": "log groups have a retention and nothing else",
    "s3:(Put|Create|Update)(Analytics|BucketAbac|BucketAcl|BucketCORS|Inventory|Metrics|BucketNotification"
    "|BucketReplication|Replication|BucketWebsite|Accelerate|ObjectAcl|BucketObjectLock|ObjectLock|BucketLogging"
    "|BucketVersioning|IntelligentTiering).*": "the state bucket has none of these",
    "s3:Delete(BucketAnalytics|BucketCors|BucketMetrics|BucketReplication|BucketWebsite|BucketEncryption"
    "|BucketLifecycle).*": "the state bucket always has, or never had, these",
    "s3:DeleteObject": "the state bucket outlives the stack as long as it holds anything",
}
"""Permissions that CloudFormation may need for other stacks, and why not for this one."""

EVERYWHERE = {
    "cloudwatch:DescribeAlarms",
    "lambda:CreateEventSourceMapping",
    "lambda:ListEventSourceMappings",
    "logs:DescribeIndexPolicies",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "states:ValidateStateMachineDefinition",
}
"""Evaluated on all resources: a statement that names some does not allow them."""


def _function(name="Detector"):
    return f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{NAME}-{name}Function-1A2B3C"


def _role(name="DetectorFunctionRole"):
    return f"arn:aws:iam::{ACCOUNT}:role/{NAME}-{name}-1A2B3C"


AMBIGUOUS = "lambda:GetProvisionedConcurrencyConfig"
"""The evaluator takes its resource for an alias and a version, and refuses to judge."""

RESOURCES = {
    "AWS::CloudWatch::Alarm": [f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:{NAME}-Alarm-1A2B3C"],
    "AWS::CloudWatch::Dashboard": [f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{NAME}-us-east-1"],
    "AWS::Events::ApiDestination": [f"arn:aws:events:us-east-1:{ACCOUNT}:api-destination/{NAME}-webhook/5e6f"],
    "AWS::Events::Connection": [f"arn:aws:events:us-east-1:{ACCOUNT}:connection/{NAME}-webhook/5e6f"],
    "AWS::Events::Rule": [
        f"arn:aws:events:us-east-1:{ACCOUNT}:rule/{NAME}-Schedule-1A2B3C",
        f"arn:aws:events:us-east-1:{ACCOUNT}:rule/a-bus/{NAME}-Schedule-1A2B3C",
    ],
    "AWS::IAM::ManagedPolicy": [f"arn:aws:iam::{ACCOUNT}:policy/{NAME}-ReadDataPolicy-1A2B3C"],
    "AWS::IAM::Role": [_role()],
    "AWS::Lambda::Alias": [_function()],
    "AWS::Lambda::EventSourceMapping": [f"arn:aws:lambda:us-east-1:{ACCOUNT}:event-source-mapping:1a2b"],
    "AWS::Lambda::Function": [_function()],
    "AWS::Lambda::Permission": [_function()],
    "AWS::Lambda::Version": [_function()],
    "AWS::Logs::LogGroup": [
        f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/{NAME}-DetectorFunction-1A2B3C",
        f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/vendedlogs/states/{NAME}",
    ],
    "AWS::S3::Bucket": [f"arn:aws:s3:::{NAME}-statebucket-1a2b3c"],
    "AWS::S3::BucketPolicy": [f"arn:aws:s3:::{NAME}-statebucket-1a2b3c"],
    "AWS::SQS::Queue": [f"arn:aws:sqs:us-east-1:{ACCOUNT}:{NAME}-ObjectEventsQueue-1A2B3C"],
    "AWS::SQS::QueuePolicy": [f"arn:aws:sqs:us-east-1:{ACCOUNT}:{NAME}-ObjectEventsQueue-1A2B3C"],
    "AWS::StepFunctions::StateMachine": [f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:{NAME}"],
}
"""What the stack's resources are called."""

OTHERS = {
    "iam:PassRole": [_role()],
    "iam:AttachRolePolicy": [_role()],
    "iam:DetachRolePolicy": [_role()],
    "iam:CreateServiceLinkedRole": [
        f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/apidestinations.events.amazonaws.com/AWSServiceRoleForApi"
    ],
    "lambda:GetLayerVersion": [f"arn:aws:lambda:us-east-1:{ACCOUNT}:layer:processors:3"],
    "s3:GetObject": [f"arn:aws:s3:::partition-fan-in-artifacts-{ACCOUNT}-us-east-1/{NAME}/code.zip"],
}
"""What an action is about, other than the resource of its type."""

CONTEXT = {
    "aws:ResourceAccount": ACCOUNT,
    "iam:PassedToService": "lambda.amazonaws.com",
    "iam:PolicyARN": f"arn:aws:iam::{ACCOUNT}:policy/{NAME}-ReadDataPolicy-1A2B3C",
    "lambda:FunctionArn": _function("ObjectEvents"),
}


class PipelineRoleTest(unittest.TestCase):
    def setUp(self):
        self.template = yaml_parse((ROOT / "github-oidc.yaml").read_text())
        self.role = self.template["Resources"]
        template = yaml_parse((ROOT / "template.yaml").read_text())
        for resource in template["Resources"].values():
            for name in ("CodeUri", "DefinitionUri"):
                if name in resource.get("Properties", {}):
                    resource["Properties"][name] = "s3://artifacts/code"
        with mock.patch.dict("os.environ", AWS_DEFAULT_REGION="us-east-1"):
            self.stack = transform(template, {}, mock.Mock(load=lambda: {}))["Resources"]

    def test_it_may_do_what_cloudformation_does_for_each_resource(self):
        requests = [request for kind in sorted(self._kinds()) for request in _requests(kind)]
        for boundary in ("", BOUNDARY, NAMED_AS_THE_STACK):
            context = {"iam:PermissionsBoundary": boundary} if boundary else {}
            requests = [Request(one.action, one.resource, {**one.context, **context}) for one in requests]
            results = evaluate(self._policies(boundary), requests)
            refused = {
                f"{request.action} on {request.resource}: {result}"
                for request, result in zip(requests, results)
                if result != ALLOWED
            }
            self.assertEqual(set(), refused)

    def test_it_may_create_what_calls_urls_under_the_names_in_the_template(self):
        rendering = Rendering({}, {"AWS::StackName": NAME})
        requests = []
        for logical, resource in self.stack.items():
            kind = resource["Type"].removeprefix("AWS::Events::")
            if kind in ("Connection", "ApiDestination"):
                # CloudFormation's own name of one without a name does not have the stack's in it.
                name = rendering.value(resource["Properties"].get("Name", f"{logical}-1A2B3C4D5E6F"))
                folder = {"Connection": "connection", "ApiDestination": "api-destination"}[kind]
                arn = f"arn:aws:events:us-east-1:{ACCOUNT}:{folder}/{name}/5e6f"
                requests.append(Request(f"events:Create{kind}", arn, CONTEXT))
                if kind == "Connection":
                    secret = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:events!connection/{name}/5e6f-q"
                    requests.append(Request("secretsmanager:CreateSecret", secret, CONTEXT))

        results = evaluate(self._policies(""), requests)

        self.assertEqual(6, len(requests))
        self.assertEqual([], [one.resource for one, result in zip(requests, results) if result != ALLOWED])

    def test_it_may_not_change_what_bounds_it_whatever_that_is_called(self):
        changes = ("Create", "Delete", "Tag", "Untag")
        actions = [f"iam:{change}Policy" for change in changes]
        actions += ["iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:SetDefaultPolicyVersion"]
        context = {**CONTEXT, "iam:PermissionsBoundary": NAMED_AS_THE_STACK}
        requests = [Request(action, NAMED_AS_THE_STACK, context) for action in actions]

        self.assertEqual({"ExplicitlyDenied"}, set(evaluate(self._policies(NAMED_AS_THE_STACK), requests)))

    def test_it_reads_no_records_in_quarantine_and_no_bucket_but_the_state_bucket(self):
        state, folder = f"arn:aws:s3:::{NAME}-statebucket-1a2b3c", "analytics-flights-20261120T101221-746"
        answers = {
            f"{state}/tables/analytics/flights/state.json": ALLOWED,
            f"{state}/runs/{folder}/report.json": ALLOWED,
            f"{state}/runs/{folder}/pass-0/results/7.json": ALLOWED,
            f"{state}/runs/{folder}/quarantine/dt=2013-02-08/hour=17/bad-records.jsonl": "ExplicitlyDenied",
            f"arn:aws:s3:::{NAME}-lake/flights/part.json": "ImplicitlyDenied",
        }
        results = evaluate(self._policies(""), [Request("s3:GetObject", one, CONTEXT) for one in answers])

        self.assertEqual(list(answers.values()), results)

    def test_it_reads_specs_as_fanin_doctor_does_and_nothing_beside_them(self):
        answers = {
            ("s3:ListBucket", "arn:aws:s3:::lake-dev"): ALLOWED,
            ("s3:GetObject", "arn:aws:s3:::lake-dev/specs/analytics/flights.json"): ALLOWED,
            ("s3:PutObject", "arn:aws:s3:::lake-dev/specs/analytics/flights.json"): "ImplicitlyDenied",
            ("s3:GetObject", "arn:aws:s3:::lake-dev/flights/part.json"): "ImplicitlyDenied",
            ("s3:GetObject", "arn:aws:s3:::lake-dev/specs-of-others/orders.json"): "ImplicitlyDenied",
            ("s3:ListBucket", "arn:aws:s3:::lake-dev-raw"): "ImplicitlyDenied",
        }
        # The bucket may be another account's.
        context = {"aws:ResourceAccount": "210987654321"}
        requests = [Request(action, resource, context) for action, resource in answers]
        policies = self._policies("", SpecsLocation="s3://lake-dev/specs/")

        self.assertEqual(list(answers.values()), evaluate(policies, requests))
        self.assertEqual({"ImplicitlyDenied"}, set(evaluate(self._policies(""), requests)))

    def test_it_decrypts_specs_by_way_of_s3_alone(self):
        everyone = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
        delegating = {"Statement": [{"Effect": "Allow", "Principal": everyone, "Action": "kms:*", "Resource": "*"}]}
        requests = [Request("kms:Decrypt", KEY, {"kms:ViaService": "s3.us-east-1.amazonaws.com"})]
        requests.append(Request("kms:Decrypt", KEY, CONTEXT))
        policies = (self._policies("", SpecsKey=KEY), self._policies(""))
        answers = evaluate_all(Case(one, requests, bucket=delegating) for one in policies)

        self.assertEqual([[ALLOWED, "ImplicitlyDenied"], ["ImplicitlyDenied"] * 2], answers)

    def test_it_lists_the_tables_that_need_no_spec(self):
        catalog = f"arn:aws:glue:us-east-1:{ACCOUNT}"
        requests = [
            Request(action, f"{catalog}:{resource}", CONTEXT)
            for action, resources in {
                "glue:GetDatabases": ("catalog", "database/raw_orders"),
                "glue:GetTables": ("catalog", "database/raw_orders", "table/raw_orders/orders"),
            }.items()
            for resource in resources
        ]

        self.assertEqual({ALLOWED}, set(evaluate(self._policies(""), requests)))

    def test_specs_lie_where_the_stack_may_have_them(self):
        stack = yaml_parse((ROOT / "template.yaml").read_text())["Parameters"]["SpecsLocation"]
        own = self.template["Parameters"]["SpecsLocation"]

        for field in ("AllowedPattern", "MaxLength"):
            self.assertEqual(stack[field], own[field])

    def test_it_may_look_for_provisioned_concurrency_of_its_functions(self):
        (functions,) = [one for one in self._statements() if one["Sid"] == "Functions"]

        self.assertIn(AMBIGUOUS, functions["Action"])
        self.assertTrue(functions["Resource"]["Fn::Sub"].endswith(":function:${StackPrefix}-${Environment}-*"))

    def test_it_may_do_nothing_to_other_stacks(self):
        requests = [
            Request(one.action, one.resource.replace(NAME, "payments"), one.context)
            for kind in sorted(self._kinds())
            for one in _requests(kind)
            if NAME in one.resource
        ]
        results = evaluate(self._policies(""), requests)

        self.assertEqual(
            set(),
            {
                request.action
                for request, result in zip(requests, results)
                if result == ALLOWED and not request.action.startswith(("lambda:GetEventSource", "lambda:GetLayer"))
            },
        )

    def test_what_is_evaluated_on_all_resources_is_allowed_on_all(self):
        allowed = {
            action
            for statement in self._statements()
            if statement["Resource"] == "*"
            for action in _listed(statement["Action"])
        }

        self.assertLessEqual(EVERYWHERE, allowed)

    def test_each_reason_for_leaving_out_a_permission_is_needed(self):
        asked = {
            permission
            for kind in self._kinds()
            for permissions in HANDLERS[kind].values()
            for permission in permissions
        }

        for pattern in UNUSED:
            with self.subTest(pattern):
                self.assertTrue(any(re.fullmatch(pattern, permission) for permission in asked))

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

    def test_repository_may_have_both_forms_of_tokens(self):
        pattern = self.template["Parameters"]["Repository"]["AllowedPattern"]

        for repository in ("example/pipeline", "example@41/pipeline.v2@4711"):
            with self.subTest(repository):
                self.assertRegex(repository, f"^(?:{pattern})$")
        for other in ("example", "example/*", "example@x/pipeline", "example/pipeline:environment:prod"):
            with self.subTest(other):
                self.assertNotRegex(other, f"^(?:{pattern})$")

    def test_what_it_may_do_everywhere_changes_nothing(self):
        for statement in self._statements():
            if statement["Resource"] == "*" and "Condition" not in statement:
                for action in _listed(statement["Action"]):
                    self.assertRegex(action, r":(Get|List|Describe|Validate)")

    def _kinds(self):
        return {resource["Type"] for resource in self.stack.values()}

    def _policies(self, boundary, **others):
        parameters = {"Repository": "o/r", "Environment": "dev", "PermissionsBoundary": boundary, **others}
        rendering = Rendering(self.template, parameters)
        policies = [one for one in self.role.values() if one["Type"] == "AWS::IAM::ManagedPolicy"]
        return [rendering.value(one["Properties"]["PolicyDocument"]) for one in policies]

    def _statements(self):
        policies = [one for one in self.role.values() if one["Type"] == "AWS::IAM::ManagedPolicy"]
        statements = [one for policy in policies for one in policy["Properties"]["PolicyDocument"]["Statement"]]
        return [one["Fn::If"][1] if "Fn::If" in one else one for one in statements]


def _requests(kind):
    """What CloudFormation asks for in order to create, read, update and delete a resource of the stack."""
    permissions = {one for permissions in HANDLERS[kind].values() for one in permissions}
    for action in sorted(permissions):
        if action == AMBIGUOUS or any(re.fullmatch(pattern, action) for pattern in UNUSED):
            continue
        if action in EVERYWHERE:
            resources = ["*"]
        elif action.startswith("secretsmanager:"):
            resources = [f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:events!connection/{NAME}-webhook/5e6f-q"]
        else:
            resources = OTHERS.get(action, RESOURCES[kind])
        yield from (Request(action[0].lower() + action[1:], resource, CONTEXT) for resource in resources)


def _listed(value):
    return value if isinstance(value, list) else [value]


if __name__ == "__main__":
    unittest.main()
