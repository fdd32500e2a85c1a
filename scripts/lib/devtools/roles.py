"""The policies of the roles of ``template.yaml``, statement by statement, with the parameters of a stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from devtools.policies import Rendering
from devtools.project import TEMPLATE

ACCOUNT = "123456789012"
REGION = "us-east-1"
OF_AWS = "AWS"
"""The owner of policies that AWS manages."""

MANAGED_BY_AWS = {
    "AWSLambdaBasicExecutionRole": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    "AWSXRayDaemonWriteAccess": [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    ],
}
"""What these policies allow, on all resources: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/."""
MANAGED_BY_AWS["AWSXrayWriteOnlyAccess"] = MANAGED_BY_AWS["AWSXRayDaemonWriteAccess"]

Template = Mapping[str, Any]

ARNS = {
    "AWS::IAM::Role": f"arn:aws:iam::{ACCOUNT}:role/{{}}",
    "AWS::SQS::Queue": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{{}}",
    "AWS::Events::ApiDestination": f"arn:aws:events:{REGION}:{ACCOUNT}:api-destination/{{}}",
}


@dataclass(frozen=True)
class Statement:
    """One that allows something, of a role's own policy or of a managed one, which is then the owner."""

    owner: str
    sid: str
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.owner} {self.sid}"

    def mutants(self) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
        """The statement taken away, each of several actions, and each of several resources, by what is missing."""
        yield self.name, None
        for element in ("Action", "Resource"):
            values = _listed(self.content[element])
            for value in values if len(values) > 1 else ():
                rest = [one for one in values if one != value]
                yield f"{self.name} {value}", {**self.content, element: rest}


class Stack:
    """The policies of a stack, rendered with its parameters."""

    def __init__(self, template: Template, name: str, parameters: Mapping[str, str]) -> None:
        self._resources = template["Resources"]
        known = {**parameters, "AWS::StackName": name, "AWS::AccountId": ACCOUNT}
        self._rendering = Rendering(template, {**known, **self._made(name)})

    def roles(self) -> dict[str, list[Statement]]:
        """The statements of each role that exists, by its logical ID."""
        return {f"made-{name}": list(self._statements(name, one)) for name, one in self._existing("AWS::IAM::Role")}

    def is_state(self, resource: str) -> bool:
        return resource.partition("/")[0] == "arn:aws:s3:::made-statebucket"

    @property
    def bucket_policy(self) -> Any:
        return self._rendering.value(self._resources["StateBucketPolicy"]["Properties"]["PolicyDocument"])

    def _existing(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, one in self._resources.items():
            if one["Type"] == kind and ("Condition" not in one or self._rendering.holds(one["Condition"])):
                yield name, one["Properties"]

    def _statements(self, name: str, role: Mapping[str, Any]) -> Iterator[Statement]:
        for policy in self._rendering.value(role.get("Policies", [])):
            for one in policy["PolicyDocument"]["Statement"]:
                yield Statement(name, one.get("Sid", policy["PolicyName"]), one)
        for arn in self._rendering.value(role.get("ManagedPolicyArns", [])):
            if arn.startswith("made-"):
                managed = arn.removeprefix("made-")
                document = self._rendering.value(self._resources[managed]["Properties"]["PolicyDocument"])
                yield from (Statement(managed, one["Sid"], one) for one in document["Statement"])
            else:
                actions = MANAGED_BY_AWS[arn.rpartition("/")[2]]
                yield Statement(OF_AWS, "", {"Effect": "Allow", "Action": actions, "Resource": "*"})

    def _made(self, stack: str) -> dict[str, str]:
        """What ``Ref`` and ``Fn::GetAtt`` give where a policy needs an ARN."""
        made = {}
        for name, one in self._resources.items():
            kind = one["Type"]
            if kind == "AWS::S3::Bucket":
                made |= {name: f"made-{name.lower()}", f"{name}.Arn": f"arn:aws:s3:::made-{name.lower()}"}
            elif kind == "AWS::Lambda::Alias":
                function = one["Properties"]["FunctionName"]["Ref"]
                alias = one["Properties"]["Name"]
                made[name] = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:made-{function}:{alias}"
            elif kind == "AWS::StepFunctions::StateMachine":
                machine = Rendering({}, {"AWS::StackName": stack}).value(one["Properties"]["StateMachineName"])
                made[name] = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{machine}"
            elif kind in ARNS:
                made[f"{name}.Arn"] = ARNS[kind].format(f"made-{name}")
        return made


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def transformed() -> Template:
    """The template as CloudFormation gets it."""
    from unittest import mock

    from samcli.yamlhelper import yaml_parse
    from samtranslator.translator.transform import transform

    template = yaml_parse(TEMPLATE.read_text())
    for resource in template["Resources"].values():
        for name in ("CodeUri", "DefinitionUri"):
            if name in resource.get("Properties", {}):
                resource["Properties"][name] = "s3://artifacts/code"
    with mock.patch.dict("os.environ", AWS_DEFAULT_REGION=REGION):
        result: Template = transform(template, {}, mock.Mock(load=lambda: {}))
        return result
