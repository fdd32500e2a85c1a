"""What roles asked for is judged by their policies, and each statement has to be needed."""

import json
import re
import unittest
from fnmatch import fnmatchcase
from unittest import mock

from devtools import permissions
from devtools.errors import CliError
from devtools.permissions import judged, unexplained
from devtools.policies import ALLOWED
from devtools.recording import Names, Recording
from devtools.roles import Stack

STATE = "${StateBucket.Arn}"

TEMPLATE = {
    "Parameters": {"Data": {"Type": "String"}, "Topic": {"Type": "String", "Default": ""}},
    "Conditions": {"HasTopic": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Topic"}, ""]}]}},
    "Resources": {
        "StateBucket": {"Type": "AWS::S3::Bucket"},
        "StateBucketPolicy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"PolicyDocument": {"Statement": []}}},
        "Detector": {"Type": "AWS::Lambda::Function"},
        "DetectorAliaslive": {
            "Type": "AWS::Lambda::Alias",
            "Properties": {"Name": "live", "FunctionName": {"Ref": "Detector"}},
        },
        "ReadPolicy": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "PolicyDocument": {
                    "Statement": [
                        {
                            "Sid": "ReadData",
                            "Effect": "Allow",
                            "Action": ["s3:GetObject", "s3:ListBucket"],
                            "Resource": {
                                "Fn::Split": [",", {"Fn::Sub": "arn:aws:s3:::${Data},arn:aws:s3:::${Data}/*"}]
                            },
                        }
                    ]
                }
            },
        },
        "DetectorRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "ManagedPolicyArns": [
                    {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"},
                    {"Ref": "ReadPolicy"},
                ],
                "Policies": [
                    {
                        "PolicyName": "P0",
                        "PolicyDocument": {
                            "Statement": [
                                {
                                    "Sid": "KeepState",
                                    "Effect": "Allow",
                                    "Action": ["s3:PutObject"],
                                    "Resource": [{"Fn::Sub": f"{STATE}/runs/*"}, {"Fn::Sub": f"{STATE}/tables/*"}],
                                }
                            ]
                        },
                    },
                    {
                        "Fn::If": [
                            "HasTopic",
                            {
                                "PolicyName": "P1",
                                "PolicyDocument": {
                                    "Statement": [
                                        {
                                            "Sid": "Notify",
                                            "Effect": "Allow",
                                            "Action": "sns:Publish",
                                            "Resource": {"Ref": "Topic"},
                                        }
                                    ]
                                },
                            },
                            {"Ref": "AWS::NoValue"},
                        ]
                    },
                ],
            },
        },
        "MachineRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "Policies": [
                    {
                        "PolicyName": "CallFunctions",
                        "PolicyDocument": {
                            "Statement": [
                                {
                                    "Effect": "Allow",
                                    "Action": "lambda:InvokeFunction",
                                    "Resource": {"Ref": "DetectorAliaslive"},
                                }
                            ]
                        },
                    }
                ]
            },
        },
    },
}

EMULATOR = "000000000000"


def deployed(stack="it", **parameters):
    return json.dumps(
        {"stack": stack, "alike": re.sub(r"\d", "0", stack), "parameters": {"Data": "lake", **parameters}}
    )


def asked(action, resource, role="it-DetectorRole-1a2b3c4d"):
    return json.dumps({"role": role, "action": action, "resource": resource, "context": {}})


STATE_OF_EMULATOR = "arn:aws:s3:::it-statebucket-00c0ffee"

ALL = [
    deployed(),
    asked("s3:GetObject", "arn:aws:s3:::lake/a"),
    asked("s3:ListBucket", "arn:aws:s3:::lake"),
    asked("s3:PutObject", f"{STATE_OF_EMULATOR}/runs/a"),
    asked("s3:PutObject", f"{STATE_OF_EMULATOR}/tables/a"),
    asked("logs:PutLogEvents", f"arn:aws:logs:us-east-1:{EMULATOR}:log-group:x"),
    asked(
        "lambda:InvokeFunction",
        f"arn:aws:lambda:us-east-1:{EMULATOR}:function:it-Detector-00000000:live",
        "it-MachineRole-12345678",
    ),
]


def evaluator(cases):
    """Stands in for the one in JavaScript."""

    def listed(value):
        return value if isinstance(value, list) else [value]

    def allows(statement, request):
        return request.action in listed(statement["Action"]) and any(
            fnmatchcase(request.resource, pattern) for pattern in listed(statement["Resource"])
        )

    return [
        [
            ALLOWED
            if any(allows(one, request) for policy in case.policies for one in policy["Statement"])
            else "ImplicitlyDenied"
            for request in case.requests
        ]
        for case in cases
    ]


def judge(lines, unneeded=None, template=TEMPLATE):
    with mock.patch.multiple(permissions, UNNEEDED=unneeded or {}, SOMETIMES={}):
        return judged(lines, template, evaluator)


class JudgedTest(unittest.TestCase):
    def test_requests_that_the_policies_allow_are_counted(self):
        self.assertEqual("6 requests of 2 roles", judge(ALL))

    def test_a_request_that_is_refused_fails(self):
        with self.assertRaisesRegex(CliError, "made-DetectorRole of it: s3:PutObject on .*/owners/a: ImplicitlyDenied"):
            judge([*ALL, asked("s3:PutObject", f"{STATE_OF_EMULATOR}/owners/a")])

    def test_nothing_recorded_fails(self):
        others = asked("s3:GetObject", "arn:aws:s3:::lake/a", role="test")
        for lines in ([], [deployed()], [deployed(), others]):
            with self.subTest(lines), self.assertRaisesRegex(CliError, "no request"):
                judge(lines)

    def test_each_request_is_needed_by_what_allows_it(self):
        for line, missing in (
            (1, "ReadPolicy ReadData s3:GetObject"),
            (2, "ReadPolicy ReadData s3:ListBucket"),
            (3, "DetectorRole KeepState arn:aws:s3:::made-statebucket/runs/*"),
            (6, "MachineRole CallFunctions"),
        ):
            with self.subTest(missing), self.assertRaises(CliError) as raised:
                judge(ALL[:line] + ALL[line + 1 :])
            self.assertIn(f"no test needs {missing}\n", str(raised.exception) + "\n")

    def test_a_statement_that_is_not_needed_is_named_without_its_parts(self):
        with self.assertRaises(CliError) as raised:
            judge(ALL[:3] + ALL[5:])
        self.assertTrue(str(raised.exception).endswith("no test needs DetectorRole KeepState"))

    def test_a_reason_stands_for_what_no_test_needs(self):
        self.assertEqual("5 requests of 1 roles", judge(ALL[:6], {"MachineRole .*": "no machine runs"}))

    def test_a_reason_for_what_is_needed_fails(self):
        with self.assertRaisesRegex(CliError, "tests do need MachineRole"):
            judge(ALL, {"MachineRole .*": "no machine runs"})

    def test_what_a_parameter_brings_has_to_be_needed(self):
        topic = f"arn:aws:sns:us-east-1:{EMULATOR}:people"
        lines = [deployed(Topic=topic), *ALL[1:]]

        with self.assertRaisesRegex(CliError, "no test needs DetectorRole Notify"):
            judge(lines)
        self.assertEqual("7 requests of 2 roles", judge([*lines, asked("sns:Publish", topic)]))

    def test_a_stack_may_have_a_number(self):
        lines = [line.replace("it-", "it-2-").replace("function:it-2-", "function:it-0-") for line in ALL]

        self.assertEqual("6 requests of 2 roles", judge([deployed("it-2"), *lines[1:]]))

    def test_an_empty_parameter_is_the_default_as_on_the_emulator(self):
        template = {**TEMPLATE, "Parameters": {"Data": {"Type": "String", "Default": "lake"}, "Topic": {}}}

        self.assertEqual("6 requests of 2 roles", judge([deployed(Data=""), *ALL[1:]], template=template))

    def test_a_request_that_the_emulator_did_not_understand_fails(self):
        with self.assertRaisesRegex(CliError, "s3.PutObject"):
            judge([*ALL, json.dumps({"failed": "s3.PutObject"})])

    def test_requests_of_each_stack_are_judged_by_its_own_parameters(self):
        other = [
            deployed("it-two", Data="raw"),
            asked("s3:GetObject", "arn:aws:s3:::lake/a", "it-two-DetectorRole-00000000"),
        ]

        with self.assertRaisesRegex(CliError, "made-DetectorRole of it-two: s3:GetObject"):
            judge(ALL + other)


class RenderedTest(unittest.TestCase):
    def test_policies_are_those_of_the_role_and_those_it_shares(self):
        roles = Stack(TEMPLATE, "it", {"Data": "lake"}).roles()

        self.assertEqual(["KeepState", "", "ReadData"], [one.sid for one in roles["made-DetectorRole"]])
        self.assertEqual(
            ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"], roles["made-DetectorRole"][2].content["Resource"]
        )

    def test_names_are_those_that_the_emulator_makes(self):
        names = Names({"Resources": {"AllTablesStateMachineRole": {"Type": "AWS::IAM::Role"}}})

        self.assertEqual("made-AllTablesStateMachineRole", names.logical("it", "it-AllTablesStateMachineRol-0a1b2c3d"))
        self.assertEqual("it", names.stack_of("it-AllTablesStateMachineRol-0a1b2c3d", ["it", "it-two"]))
        self.assertIsNone(names.stack_of("another", ["it"]))
        long = "x" * 60
        self.assertEqual(long, names.stack_of(f"{'x' * 29}-AllTablesStateMachineRol-0a1b2c3d", ["it", long]))

    def test_a_request_is_judged_once(self):
        self.assertEqual(6, Recording.read([*ALL, *ALL], TEMPLATE).count)


class ReasonsTest(unittest.TestCase):
    def test_reasons_are_complete_and_none_is_stale(self):
        self.assertEqual([], unexplained(["A B"], {"A .*": "x"}, {}))
        self.assertEqual(["no test needs C"], unexplained(["A B", "C"], {"A .*": "x"}, {}))
        self.assertEqual(["tests do need D"], unexplained(["A B"], {"A .*": "x", "D": "y"}, {}))

    def test_what_is_needed_sometimes_is_neither(self):
        self.assertEqual([], unexplained(["A B"], {}, {"A B": "x"}))
        self.assertEqual([], unexplained([], {}, {"A B": "x"}))


if __name__ == "__main__":
    unittest.main()
