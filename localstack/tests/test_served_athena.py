from __future__ import annotations

import json
import unittest
from uuid import uuid4

from botocore.exceptions import ClientError
from served import client


class WorkGroupTest(unittest.TestCase):
    def setUp(self) -> None:
        self.name = f"group-{uuid4().hex[:8]}"

    def deploy(self) -> None:
        properties = {"Name": self.name, "WorkGroupConfiguration": {"EnforceWorkGroupConfiguration": True}}
        template = {"Resources": {"Group": {"Type": "AWS::Athena::WorkGroup", "Properties": properties}}}
        client("cloudformation").create_stack(StackName=self.name, TemplateBody=json.dumps(template))
        client("cloudformation").get_waiter("stack_create_complete").wait(
            StackName=self.name, WaiterConfig={"Delay": 1}
        )

    def delete(self) -> None:
        client("cloudformation").delete_stack(StackName=self.name)
        client("cloudformation").get_waiter("stack_delete_complete").wait(
            StackName=self.name, WaiterConfig={"Delay": 1}
        )

    def start(self, sql: str, token: str) -> str:
        answer = client("athena").start_query_execution(QueryString=sql, WorkGroup=self.name, ClientRequestToken=token)
        return str(answer["QueryExecutionId"])

    def test_a_stack_makes_a_work_group_and_takes_it_away(self) -> None:
        self.deploy()
        self.assertEqual(self.name, client("athena").get_work_group(WorkGroup=self.name)["WorkGroup"]["Name"])

        self.delete()
        with self.assertRaisesRegex(ClientError, "WorkGroup .* is not found"):
            self.start("SELECT 1", uuid4().hex)

    def test_a_token_starts_a_query_once(self) -> None:
        self.deploy()
        self.addCleanup(self.delete)
        token = uuid4().hex

        first = self.start("SELECT 1", token)

        self.assertEqual(first, self.start("SELECT 1", token))
        self.assertNotEqual(first, self.start("SELECT 1", uuid4().hex))
        with self.assertRaisesRegex(ClientError, "Idempotent parameters do not match"):
            self.start("SELECT 2", token)
        described = client("athena").get_query_execution(QueryExecutionId=first)["QueryExecution"]
        self.assertEqual(("SELECT 1", self.name), (described["Query"], described["WorkGroup"]))


if __name__ == "__main__":
    unittest.main()
