from __future__ import annotations

import json
import unittest
from typing import Any
from uuid import uuid4

import boto3
from botocore.exceptions import ClientError
from served import REGION, ROLE, client, endpoint, requests, run_machine


class ServedRequestsTest(unittest.TestCase):
    def test_what_a_role_asks_for_is_written(self) -> None:
        role = f"reader-{uuid4().hex}"
        bucket = f"lake-{uuid4().hex}"
        client("s3").create_bucket(Bucket=bucket)
        credentials = client("sts").assume_role(RoleArn=f"{ROLE}/{role}", RoleSessionName="test")["Credentials"]
        session = boto3.Session(
            credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"], REGION
        )

        with self.assertRaises(ClientError):
            session.client("s3", endpoint_url=endpoint()).get_object(Bucket=bucket, Key="absent")

        context = {"aws:ResourceAccount": "000000000000"}
        self.assertEqual(
            [
                {"action": "s3:GetObject", "resource": f"arn:aws:s3:::{bucket}/absent", "context": context},
                {"action": "s3:ListBucket", "resource": f"arn:aws:s3:::{bucket}", "context": context},
            ],
            _written(role),
        )

    def test_a_state_machine_asks_with_its_role(self) -> None:
        topic = client("sns").create_topic(Name=f"people-{uuid4().hex}")["TopicArn"]
        task = {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "End": True}
        task["Parameters"] = {"TopicArn": topic, "Message": "x"}

        state = run_machine({"StartAt": "Tell", "States": {"Tell": task}}, {})

        self.assertEqual("SUCCEEDED", state["status"])
        self.assertIn("sns:Publish", [one["action"] for one in _written(ROLE.rpartition("/")[2])])


def _written(role: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in requests().read_text().splitlines()]
    return [{name: value for name, value in one.items() if name != "role"} for one in lines if one.get("role") == role]


if __name__ == "__main__":
    unittest.main()
