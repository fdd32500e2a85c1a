"""Each resource of the stack is what CloudFormation's registry takes, with the least and the fullest parameters.

cfn-lint has the schemas of the registry: types, required and unknown properties, enumerations, patterns. Here they
judge the values that functions make of parameters, also of those that differ from the defaults.
"""

import copy
import json
import unittest

from cfnlint.api import lint
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from devtools.policies import Rendering
from devtools.roles import ACCOUNT, REGION, transformed

REQUIRED = {"DataBuckets": "lake", "Databases": "analytics"}
LEAST = {**REQUIRED, "EventBus": ""}

KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0a1b2c3d-0000-4000-8000-000000000000"
FULLEST = {
    "DataBuckets": "landing,raw-*",
    "TargetBuckets": "lake,mart-*",
    "SpecBuckets": "config",
    "SpecsLocation": "s3://config/specs/",
    "RawDatabases": "raw_*",
    "DataAccounts": "111111111111,222222222222",
    "Databases": "analytics,raw_*",
    "DataKeys": KEY,
    "StateKey": KEY,
    "SampleRows": "false",
    "EventBus": "tables",
    "NotificationTopic": f"arn:aws:sns:{REGION}:{ACCOUNT}:people",
    "NotificationFormat": "chat",
    "WebhookUrl": "https://hooks.slack.com/services/a",
    "OpenLineageUrl": "https://lineage.example.com/api/v1/lineage",
    "OpenLineageKey": "a-key",
    "AlarmTopic": f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms",
    "FreshnessMinutes": "60",
    "FreshnessPeriod": "86400",
    "TableMetrics": "all",
    "MaxConcurrency": "1000",
    "TableConcurrency": "1000",
    "AllowDeregister": "true",
    "JobConcurrency": "1000",
    "TableCreatorConcurrency": "1000",
    "GlueJobs": "etl-*",
    "ProcessorMemory": "10240",
    "ProcessorStorage": "10240",
    "ProcessorLayers": f"arn:aws:lambda:{REGION}:{ACCOUNT}:layer:pairs:1",
    "ScheduleExpression": "cron(0 * * * ? *)",
    "EventsInterval": "rate(1 hour)",
    "LogLevel": "DEBUG",
    "LogRetentionDays": "3653",
    "PermissionsBoundary": f"arn:aws:iam::{ACCOUNT}:policy/boundary",
    "LambdaRuntime": "java21",
    "LambdaArchitecture": "x86_64",
    "SnapStart": "None",
}

BUS = FULLEST["EventBus"]
SETS = {"least": LEAST, "by default": REQUIRED, "fullest": FULLEST}

REFERENCES = {
    "AWS::IAM::ManagedPolicy": {"": "arn:aws:iam::{account}:policy/{name}"},
    "AWS::IAM::Role": {".Arn": "arn:aws:iam::{account}:role/{name}"},
    "AWS::Lambda::Version": {"": "arn:aws:lambda:{region}:{account}:function:{name}:1", ".Version": "1"},
    "AWS::Lambda::Alias": {"": "arn:aws:lambda:{region}:{account}:function:{name}:live"},
    "AWS::Events::Rule": {".Arn": "arn:aws:events:{region}:{account}:rule/{name}"},
    "AWS::Events::Connection": {".Arn": "arn:aws:events:{region}:{account}:connection/{name}/1a2b3c4d"},
    "AWS::Events::ApiDestination": {".Arn": "arn:aws:events:{region}:{account}:api-destination/{name}/1a2b3c4d"},
    "AWS::Logs::LogGroup": {".Arn": "arn:aws:logs:{region}:{account}:log-group:{name}:*"},
    "AWS::S3::Bucket": {".Arn": "arn:aws:s3:::{name}"},
    "AWS::SQS::Queue": {
        "": "https://sqs.{region}.amazonaws.com/{account}/{name}",
        ".Arn": "arn:aws:sqs:{region}:{account}:{name}",
        ".QueueName": "{name}",
    },
    "AWS::StepFunctions::StateMachine": {"": "arn:aws:states:{region}:{account}:stateMachine:{name}"},
}
"""What ``Ref`` and, by its attribute, ``Fn::GetAtt`` give; the resource's name where nothing is said."""


def references(template):
    made = {}
    for name, resource in template["Resources"].items():
        physical = f"made-{name}".lower()
        for attribute, pattern in {"": "{name}", **REFERENCES.get(resource["Type"], {})}.items():
            made[name + attribute] = pattern.format(name=physical, account=ACCOUNT, region=REGION)
        if "EventBusName" in resource.get("Properties", {}):
            made[name] = f"{BUS}|{physical}"
    return made


def rendering(template, parameters):
    pseudo = {"AWS::StackName": "partition-fan-in", "AWS::StackId": "made", "AWS::AccountId": ACCOUNT}
    return Rendering(template, {**references(template), **parameters, **pseudo})


def rendered(template, parameters):
    """The resources that exist, without any function left."""
    values = rendering(template, parameters)
    resources = {}
    for name, resource in template["Resources"].items():
        if "Condition" not in resource or values.holds(resource["Condition"]):
            resources[name] = {key: value for key, value in values.value(resource).items() if key != "Condition"}
    return resources


def errors(resources):
    """What the registry refuses: the rule, the place, and the message."""
    template = json.dumps({"Resources": resources})
    matches = lint(template, regions=[REGION])
    return [(one.rule.id, tuple(one.path[1:]), one.message) for one in matches if one.rule.id.startswith("E")]


WRONG = [
    ("DetectorFunction", "Runtime", "java8000"),
    ("DetectorFunction", "Architectures", 0, "sparc"),
    ("DetectorFunction", "TracingConfig", "Mode", "Sometimes"),
    ("DetectorFunction", "SnapStart", "ApplyOn", "Always"),
    ("DetectorFunction", "Role", "role"),
    ("ProcessorFunction", "MemorySize", 64),
    ("ProcessorFunction", "EphemeralStorage", "Size", 511),
    ("DetectorLogs", "RetentionInDays", 31),
    ("WebhookDestination", "HttpMethod", "SEND"),
    ("WebhookConnection", "AuthorizationType", "NONE"),
    ("FreshnessAlarm", "ComparisonOperator", "Above"),
    ("DetectorFunctionRole", "ManagedPolicyArns", 0, "policy"),
    ("ObjectEventsQueue", "VisibilityTimeout", 43_201),
    ("StateBucket", "LifecycleConfiguration", "Rules", 0, "Status", "On"),
    ("StateMachine", "LoggingConfiguration", "Level", "SOME"),
]
"""Places in the stack's resources, and values that the registry does not know there."""


def required(kind):
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema.get("required", [])


def mistyped(value):
    if isinstance(value, dict):
        return ["a", "list"]
    return "text" if isinstance(value, list) else {"an": "object"}


class RenderedTemplateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = transformed()
        cls.resources = {name: rendered(cls.template, parameters) for name, parameters in SETS.items()}

    def test_registry_takes_each_resource(self):
        for name, resources in self.resources.items():
            with self.subTest(name):
                self.assertEqual([], errors(resources))

    def test_nothing_is_left_to_fill_in(self):
        for name, resources in self.resources.items():
            with self.subTest(name):
                self.assertNotRegex(json.dumps(resources), r"\b(Ref|Fn::\w+)\b|made-[A-Z]")

    def test_sets_have_two_values_of_each_parameter_and_condition(self):
        sets = [rendering(self.template, parameters) for parameters in SETS.values()]
        self.assertEqual(set(self.template["Parameters"]), set(FULLEST))
        for name in self.template["Parameters"]:
            self.assertLess(1, len({values.value({"Ref": name}) for values in sets}), name)
        for name in self.template["Conditions"]:
            self.assertEqual({True, False}, {values.holds(name) for values in sets}, name)

    def test_unknown_properties_are_refused(self):
        for name, resources in self.resources.items():
            mutant = copy.deepcopy(resources)
            for resource in mutant.values():
                resource["Properties"]["Unheard"] = "of"
            refused = {path[0] for _, path, _ in errors(mutant)}
            self.assertEqual(set(resources), refused, name)

    def test_values_of_another_type_are_refused(self):
        for name, resources in self.resources.items():
            mutant = copy.deepcopy(resources)
            for resource in mutant.values():
                resource["Properties"] = {key: mistyped(value) for key, value in resource["Properties"].items()}
            refused = {(path[0], path[2]) for _, path, _ in errors(mutant) if len(path) > 2}
            given = {(one, key) for one, resource in resources.items() for key in resource["Properties"]}
            self.assertEqual(set(), given - refused, name)

    def test_resources_without_what_they_require_are_refused(self):
        for name, resources in self.resources.items():
            bare = {key: {**one, "Properties": {}} for key, one in resources.items()}
            refused = {path[0] for _, path, _ in errors(bare)}
            requiring = {key for key, one in resources.items() if required(one["Type"])}
            self.assertLess(20, len(requiring))
            self.assertEqual(set(), requiring - refused, name)

    def test_values_outside_of_enumerations_patterns_and_bounds_are_refused(self):
        mutant = copy.deepcopy(self.resources["fullest"])
        places = set()
        for resource, *path, value in WRONG:
            *parents, last = path
            target = mutant[resource]["Properties"]
            for key in parents:
                target = target[key]
            self.assertIn(last, target if isinstance(target, dict) else range(len(target)))
            target[last] = value
            places.add((resource, "Properties", *path))

        self.assertEqual(set(), places - {path for _, path, _ in errors(mutant)})


if __name__ == "__main__":
    unittest.main()
