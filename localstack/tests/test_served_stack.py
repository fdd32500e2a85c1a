from __future__ import annotations

import json
import unittest
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError
from served import ROLE, cannot_run_java, client, probe_zip, zipped

JAVA_MISSING = cannot_run_java()
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


def template(database: str, table: str, parameters: dict[str, str]) -> str:
    storage = {
        "Location": "s3://lake/flights/",
        "Columns": [{"Name": "carrier", "Type": "string"}],
        "Compressed": False,
    }
    table_input = {
        "Name": table,
        "TableType": "EXTERNAL_TABLE",
        "Parameters": parameters,
        "PartitionKeys": [{"Name": "dt", "Type": "string"}],
        "StorageDescriptor": storage,
    }
    catalog = {"Ref": "AWS::AccountId"}
    database_properties = {"CatalogId": catalog, "DatabaseInput": {"Name": database, "Description": "made by a stack"}}
    table_properties = {"CatalogId": catalog, "DatabaseName": {"Ref": "Database"}, "TableInput": table_input}
    return json.dumps(
        {
            "Resources": {
                "Database": {"Type": "AWS::Glue::Database", "Properties": database_properties},
                "Table": {"Type": "AWS::Glue::Table", "Properties": table_properties},
            },
            "Outputs": {"Table": {"Value": {"Ref": "Table"}}},
        }
    )


def rule_template(targets: list[str], **properties: str) -> str:
    rule = {
        "ScheduleExpression": "rate(1 hour)",
        "State": {"Ref": "State"},
        "Targets": [{"Id": target, "Arn": f"arn:aws:sqs:us-east-1:000000000000:{target}"} for target in targets],
        **properties,
    }
    return json.dumps(
        {
            "Parameters": {"State": {"Type": "String", "AllowedValues": ["ENABLED", "DISABLED"]}},
            "Resources": {"Rule": {"Type": "AWS::Events::Rule", "Properties": rule}},
        }
    )


def names_what_the_transform_makes(function: str) -> dict[str, Any]:
    """A queue whose tags name a function's alias and role, of which the template itself has none."""
    alias = {"Key": "alias", "Value": {"Ref": f"{function}.Alias"}}
    role = {"Key": "role", "Value": {"Fn::GetAtt": [f"{function}Role", "Arn"]}}
    name = {"Fn::Sub": "${AWS::StackName}-generated"}
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name, "Tags": [alias, role]}}


def parameter(key: str, value: str) -> dict[str, str]:
    return {"ParameterKey": key, "ParameterValue": value}


class ServedStackTest(unittest.TestCase):
    def setUp(self) -> None:
        self.cloudformation = client("cloudformation")
        self.glue = client("glue")
        self.name = f"s{uuid4().hex}"

    def wait(self, waiter: str) -> None:
        delay = {"Delay": 1, "MaxAttempts": 60}
        self.cloudformation.get_waiter(waiter).wait(StackName=self.name, WaiterConfig=delay)

    def table(self, name: str) -> dict[str, Any]:
        return self.glue.get_table(DatabaseName=self.name, Name=name)["Table"]

    @unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
    def test_a_function_of_a_sam_template_answers_through_its_alias(self) -> None:
        client("s3").create_bucket(Bucket=self.name)
        client("s3").put_object(Bucket=self.name, Key="probe.zip", Body=probe_zip())
        sam = self.sam_template("probe.zip")
        self.cloudformation.create_stack(StackName=self.name, TemplateBody=sam, Capabilities=CAPABILITIES)
        self.wait("stack_create_complete")
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]

        alias = stack["Outputs"][0]["OutputValue"]
        answer = client("lambda").invoke(FunctionName=alias, Payload=b"{}")
        role = client("lambda").get_function(FunctionName=alias)["Configuration"]["Role"]
        queue = client("sqs").get_queue_url(QueueName=f"{self.name}-generated")["QueueUrl"]

        self.assertEqual("1", json.loads(answer["Payload"].read())["version"])
        self.assertEqual({"alias": alias, "role": role}, client("sqs").list_queue_tags(QueueUrl=queue)["Tags"])

    @unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
    def test_an_update_moves_an_alias_to_the_version_of_the_new_code(self) -> None:
        client("s3").create_bucket(Bucket=self.name)
        for key in ("old.zip", "new.zip"):
            client("s3").put_object(Bucket=self.name, Key=key, Body=probe_zip())
        old, new = self.sam_template("old.zip"), self.sam_template("new.zip")
        self.cloudformation.create_stack(StackName=self.name, TemplateBody=old, Capabilities=CAPABILITIES)
        self.wait("stack_create_complete")
        self.cloudformation.update_stack(StackName=self.name, TemplateBody=new, Capabilities=CAPABILITIES)
        self.wait("stack_update_complete")

        alias = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["Outputs"][0]["OutputValue"]
        answer = client("lambda").invoke(FunctionName=alias, Payload=b"{}")

        self.assertEqual("2", json.loads(answer["Payload"].read())["version"])

    def sam_template(self, key: str) -> str:
        """A function of this code behind an alias."""
        function = {
            "Type": "AWS::Serverless::Function",
            "Properties": {
                "CodeUri": f"s3://{self.name}/{key}",
                "Handler": "Probe::handleRequest",
                "Runtime": "java21",
                "MemorySize": 256,
                "AutoPublishAlias": "live",
                "SnapStart": {"ApplyOn": "None"},
            },
        }
        return json.dumps(
            {
                "Transform": "AWS::Serverless-2016-10-31",
                "Resources": {"Probe": function, "Generated": names_what_the_transform_makes("Probe")},
                "Outputs": {"Alias": {"Value": {"Ref": "ProbeAliaslive"}}},
            }
        )

    @unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
    def test_a_function_finds_its_classes_in_a_layer(self) -> None:
        content = {"ZipFile": zipped({"java/lib/probe.jar": probe_zip()})}
        layer = client("lambda").publish_layer_version(LayerName=self.name, Content=content)["LayerVersionArn"]
        client("lambda").create_function(
            FunctionName=self.name,
            Code={"ZipFile": zipped({"README": b"the classes are in the layer"})},
            Handler="Probe::handleRequest",
            Runtime="java21",
            Role=ROLE,
            Layers=[layer],
        )
        client("lambda").get_waiter("function_active_v2").wait(FunctionName=self.name)

        answer = client("lambda").invoke(FunctionName=self.name, Payload=b"{}")

        self.assertEqual("$LATEST", json.loads(answer["Payload"].read())["version"])

    def test_an_update_reaches_a_rule_and_its_targets(self) -> None:
        events = client("events")
        self.cloudformation.create_stack(
            StackName=self.name, TemplateBody=rule_template(["a", "b"]), Parameters=[parameter("State", "DISABLED")]
        )
        self.wait("stack_create_complete")
        resources = self.cloudformation.describe_stack_resources(StackName=self.name)["StackResources"]
        rule = resources[0]["PhysicalResourceId"]
        self.assertEqual("DISABLED", events.describe_rule(Name=rule)["State"])

        self.cloudformation.update_stack(
            StackName=self.name, TemplateBody=rule_template(["b", "c"]), Parameters=[parameter("State", "ENABLED")]
        )
        self.wait("stack_update_complete")

        self.assertEqual("ENABLED", events.describe_rule(Name=rule)["State"])
        targets = events.list_targets_by_rule(Rule=rule)["Targets"]
        self.assertEqual(["b", "c"], sorted(target["Id"] for target in targets))

        self.cloudformation.update_stack(
            StackName=self.name,
            TemplateBody=rule_template(["c"], Name=f"{self.name}-renamed"),
            Parameters=[parameter("State", "ENABLED")],
        )
        self.wait("stack_update_complete")
        names = [found["Name"] for found in events.list_rules()["Rules"] if found["Name"].startswith(self.name)]
        self.assertEqual([f"{self.name}-renamed"], names)

        self.cloudformation.delete_stack(StackName=self.name)
        self.wait("stack_delete_complete")

    def test_a_stack_is_refused_a_value_that_its_template_does_not_allow(self) -> None:
        create = {"StackName": self.name, "TemplateBody": rule_template(["a"])}

        with self.assertRaisesRegex(ClientError, "Parameter 'State' must be one of AllowedValues"):
            self.cloudformation.create_stack(**create, Parameters=[parameter("State", "enabled")])

    def test_a_stack_creates_changes_and_deletes_its_database_and_table(self) -> None:
        self.cloudformation.create_stack(StackName=self.name, TemplateBody=template(self.name, "flights", {"a": "1"}))
        self.wait("stack_create_complete")
        self.assertEqual("made by a stack", self.glue.get_database(Name=self.name)["Database"]["Description"])
        self.assertEqual([{"Name": "dt", "Type": "string"}], self.table("flights")["PartitionKeys"])
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        self.assertEqual("flights", stack["Outputs"][0]["OutputValue"])

        self.cloudformation.update_stack(StackName=self.name, TemplateBody=template(self.name, "flights", {"b": "2"}))
        self.wait("stack_update_complete")
        self.assertEqual({"b": "2"}, self.table("flights")["Parameters"])

        self.cloudformation.update_stack(StackName=self.name, TemplateBody=template(self.name, "delays", {"b": "2"}))
        self.wait("stack_update_complete")
        tables = self.glue.get_tables(DatabaseName=self.name)["TableList"]
        self.assertEqual(["delays"], [table["Name"] for table in tables])

        self.cloudformation.delete_stack(StackName=self.name)
        self.wait("stack_delete_complete")
        with self.assertRaises(self.glue.exceptions.EntityNotFoundException):
            self.glue.get_database(Name=self.name)


if __name__ == "__main__":
    unittest.main()
