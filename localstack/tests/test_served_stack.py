from __future__ import annotations

import json
import time
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


class ServedStateMachineTest(unittest.TestCase):
    def setUp(self) -> None:
        self.step_functions = client("stepfunctions")

    def run_machine(self, definition: dict[str, Any], given: Any, seconds: float = 60) -> dict[str, Any]:
        machine = self.step_functions.create_state_machine(
            name=f"m{uuid4().hex}", definition=json.dumps(definition), roleArn=ROLE
        )["stateMachineArn"]
        execution = self.step_functions.start_execution(stateMachineArn=machine, input=json.dumps(given))
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = self.step_functions.describe_execution(executionArn=execution["executionArn"])
            if state["status"] != "RUNNING":
                return state
            time.sleep(0.05)
        raise AssertionError(f"still running after {seconds} seconds")

    def test_a_map_of_500_items_takes_seconds(self) -> None:
        """It takes minutes when every path is parsed again for every item."""
        item = {"Type": "Pass", "Parameters": {"n.$": "$.n", "run.$": "$.run"}, "ResultPath": "$.result", "End": True}
        fan_out = {
            "Type": "Map",
            "ItemsPath": "$.items",
            "ItemSelector": {"n.$": "$$.Map.Item.Value", "run.$": "$$.Execution.Name"},
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "Item",
                "States": {"Item": item},
            },
            "End": True,
        }
        started = time.monotonic()
        state = self.run_machine({"StartAt": "Fan", "States": {"Fan": fan_out}}, {"items": list(range(500))})

        self.assertEqual("SUCCEEDED", state["status"])
        self.assertEqual(500, len(json.loads(state["output"])))
        self.assertLess(time.monotonic() - started, 30)

    def test_a_loop_of_many_rounds_does_not_exhaust_the_stack(self) -> None:
        count = {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "Again"}
        again = {
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericLessThan": 60, "Next": "Count"}],
            "Default": "Done",
        }
        states = {"Count": count, "Again": again, "Done": {"Type": "Succeed"}}

        state = self.run_machine({"StartAt": "Count", "States": states}, {"n": 0})

        self.assertEqual("SUCCEEDED", state["status"])

    @unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
    def test_errors_of_java_functions_have_the_names_that_retry_and_catch_match(self) -> None:
        function = create_probe("java21", Timeout=2)
        task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}
        task["Parameters"] = {"FunctionName": f"{function}:live", "Payload.$": "$"}
        for event, error in (
            ("throw", "ProbeException"),
            ("exit", "Runtime.ExitError"),
            ("sleep", "Sandbox.Timedout"),
            ("memory", "java.lang.OutOfMemoryError"),
        ):
            with self.subTest(event):
                state = self.run_machine({"StartAt": "Task", "States": {"Task": task}}, event)
                self.assertEqual(("FAILED", error), (state["status"], state.get("error")))


@unittest.skipIf(JAVA_MISSING, JAVA_MISSING)
class ServedFunctionTest(unittest.TestCase):
    def test_published_versions_answer_through_their_alias(self) -> None:
        for runtime in ("java21", "java25"):
            with self.subTest(runtime):
                function = create_probe(runtime)
                started = time.monotonic()
                answer = client("lambda").invoke(FunctionName=function, Qualifier="live", Payload=b"{}")
                seconds = time.monotonic() - started

                content = json.loads(answer["Payload"].read())
                self.assertEqual(("1", "1"), (answer["ExecutedVersion"], content["version"]))
                self.assertEqual("hello", content["greeting"])
                self.assertTrue(content["endpoint"].startswith("http://127.0.0.1:"), content["endpoint"])
                self.assertLess(seconds, 10)

    def test_a_changed_function_and_its_older_version_both_answer(self) -> None:
        function = create_probe("java21")
        functions = client("lambda")
        functions.update_function_configuration(
            FunctionName=function, Environment={"Variables": {"GREETING": "changed"}}
        )
        functions.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig={"Delay": 1})
        time.sleep(1)  # What belonged to the version before is removed in the background.

        for qualifier, greeting in (("$LATEST", "changed"), ("live", "hello")):
            answer = functions.invoke(FunctionName=function, Qualifier=qualifier, Payload=b"{}")
            self.assertEqual(greeting, json.loads(answer["Payload"].read()).get("greeting"))

    def test_what_a_function_writes_is_in_its_log_group(self) -> None:
        function = create_probe("java21")
        client("lambda").invoke(FunctionName=function, Qualifier="live", Payload=b'"throw"')
        deadline = time.monotonic() + 10
        messages = ""
        while "REPORT" not in messages and time.monotonic() < deadline:
            time.sleep(0.2)
            events = client("logs").filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
            messages = "".join(event["message"] for event in events)

        for expected in ('Got "throw"', "ProbeException: thrown as asked", "START RequestId", "REPORT RequestId"):
            self.assertIn(expected, messages)

    def test_a_handler_that_does_not_exist_is_reported_by_name(self) -> None:
        function = create_probe("java21", Handler="Nope::handleRequest")

        answer = client("lambda").invoke(FunctionName=function, Qualifier="live", Payload=b"{}")

        self.assertEqual("java.lang.ClassNotFoundException", json.loads(answer["Payload"].read())["errorType"])


def create_probe(runtime: str, **settings: Any) -> str:
    """A published version of the probe function, with the alias ``live`` as SAM's AutoPublishAlias makes it."""
    functions = client("lambda")
    name = f"probe-{uuid4().hex}"
    functions.create_function(
        **{
            "FunctionName": name,
            "Runtime": runtime,
            "Handler": "Probe::handleRequest",
            "Role": ROLE,
            "Code": {"ZipFile": probe_zip()},
            "Timeout": 20,
            "MemorySize": 256,
            "Environment": {"Variables": {"GREETING": "hello"}},
            "SnapStart": {"ApplyOn": "None"},
            **settings,
        }
    )
    functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    version = functions.publish_version(FunctionName=name)["Version"]
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    functions.get_waiter("published_version_active").wait(
        FunctionName=name, Qualifier=version, WaiterConfig={"Delay": 1}
    )
    return name


if __name__ == "__main__":
    unittest.main()
