from __future__ import annotations

import unittest
from typing import Any

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.needed_permissions import Call, alike, needed

ACCOUNT = "000000000000"
LAKE = "arn:aws:s3:::lake"
GLUE = f"arn:aws:glue:us-east-1:{ACCOUNT}"


def asked(service: str, operation: str, status: int = 200, **parameters: Any) -> list[tuple[str, str]]:
    call = Call(service, operation, parameters, "us-east-1", ACCOUNT, "", status)
    return [(one.action, one.resource) for one in needed(call)]


class S3PermissionsTest(unittest.TestCase):
    def test_operations_have_the_actions_of_the_reference(self) -> None:
        for operation, action in (
            ("GetObject", "s3:GetObject"),
            ("HeadObject", "s3:GetObject"),
            ("PutObject", "s3:PutObject"),
            ("CreateMultipartUpload", "s3:PutObject"),
            ("UploadPart", "s3:PutObject"),
            ("CompleteMultipartUpload", "s3:PutObject"),
            ("AbortMultipartUpload", "s3:AbortMultipartUpload"),
            ("ListParts", "s3:ListMultipartUploadParts"),
            ("DeleteObject", "s3:DeleteObject"),
        ):
            with self.subTest(operation):
                self.assertEqual([(action, f"{LAKE}/a/b")], asked("s3", operation, Bucket="lake", Key="a/b"))
        for operation in ("HeadBucket", "ListObjects", "ListObjectsV2"):
            with self.subTest(operation):
                self.assertEqual([("s3:ListBucket", LAKE)], asked("s3", operation, Bucket="lake", Prefix="a/"))

    def test_each_key_of_a_deletion_is_asked_for(self) -> None:
        keys = {"Objects": [{"Key": "a"}, {"Key": "b"}]}

        self.assertEqual(
            [("s3:DeleteObject", f"{LAKE}/a"), ("s3:DeleteObject", f"{LAKE}/b")],
            asked("s3", "DeleteObjects", Bucket="lake", Delete=keys),
        )

    def test_who_names_an_etag_may_read(self) -> None:
        keys = {"Objects": [{"Key": "a", "ETag": "0"}, {"Key": "b"}]}

        self.assertEqual(
            [("s3:DeleteObject", f"{LAKE}/a"), ("s3:GetObject", f"{LAKE}/a"), ("s3:DeleteObject", f"{LAKE}/b")],
            asked("s3", "DeleteObjects", Bucket="lake", Delete=keys),
        )
        for operation in ("PutObject", "CompleteMultipartUpload", "DeleteObject"):
            with self.subTest(operation):
                _, read = asked("s3", operation, Bucket="lake", Key="a", IfMatch="0")
                self.assertEqual(("s3:GetObject", f"{LAKE}/a"), read)
        self.assertEqual(
            [("s3:PutObject", f"{LAKE}/a")], asked("s3", "PutObject", Bucket="lake", Key="a", IfNoneMatch="*")
        )

    def test_who_is_told_that_an_object_is_absent_may_list(self) -> None:
        for operation in ("GetObject", "HeadObject"):
            with self.subTest(operation):
                self.assertEqual(
                    [("s3:GetObject", f"{LAKE}/a"), ("s3:ListBucket", LAKE)],
                    asked("s3", operation, 404, Bucket="lake", Key="a"),
                )

    def test_a_copy_reads_its_source(self) -> None:
        self.assertEqual(
            [("s3:PutObject", f"{LAKE}/a"), ("s3:GetObject", "arn:aws:s3:::raw/x y")],
            asked("s3", "CopyObject", Bucket="lake", Key="a", CopySource="raw/x%20y?versionId=1"),
        )

    def test_tags_and_versions_have_permissions_of_their_own(self) -> None:
        self.assertIn(
            ("s3:PutObjectTagging", f"{LAKE}/a"), asked("s3", "PutObject", Bucket="lake", Key="a", Tagging="a=b")
        )
        self.assertEqual(
            [("s3:GetObjectVersion", f"{LAKE}/a")], asked("s3", "GetObject", Bucket="lake", Key="a", VersionId="v")
        )

    def test_conditions_are_what_the_request_says(self) -> None:
        given = {"Bucket": "lake", "Key": "a", "ServerSideEncryption": "aws:kms"}
        (put,) = needed(Call("s3", "PutObject", given, "us-east-1", ACCOUNT, "111111111111"))
        (listing,) = needed(Call("s3", "ListObjectsV2", {"Bucket": "lake", "Prefix": "dt=2013/"}, "", ACCOUNT, ""))

        self.assertEqual(
            {"aws:ResourceAccount": "111111111111", "s3:x-amz-server-side-encryption": "aws:kms"}, put.context
        )
        self.assertEqual({"s3:prefix": "dt=0000/"}, listing.context)


class GluePermissionsTest(unittest.TestCase):
    def test_catalog_database_and_table_are_asked_for_at_once(self) -> None:
        table = {"DatabaseName": "flights", "TableName": "raw"}
        for operation, given in (
            ("BatchCreatePartition", table),
            ("GetPartitions", table),
            ("GetTable", {"DatabaseName": "flights", "Name": "raw"}),
            ("CreateTable", {"DatabaseName": "flights", "TableInput": {"Name": "raw"}}),
        ):
            with self.subTest(operation):
                action = f"glue:{operation}"
                self.assertEqual(
                    [
                        (action, f"{GLUE}:catalog"),
                        (action, f"{GLUE}:database/flights"),
                        (action, f"{GLUE}:table/flights/raw"),
                    ],
                    asked("glue", operation, **given),
                )

    def test_what_lists_all_is_asked_for_any(self) -> None:
        self.assertEqual(
            [("glue:GetDatabases", f"{GLUE}:catalog"), ("glue:GetDatabases", f"{GLUE}:database/any")],
            asked("glue", "GetDatabases"),
        )
        self.assertIn(
            ("glue:GetTables", f"{GLUE}:table/flights/any"), asked("glue", "GetTables", DatabaseName="flights")
        )

    def test_databases_have_no_table(self) -> None:
        for operation, given in (
            ("GetDatabase", {"Name": "flights"}),
            ("CreateDatabase", {"DatabaseInput": {"Name": "flights"}}),
        ):
            with self.subTest(operation):
                resources = [resource for _, resource in asked("glue", operation, **given)]
                self.assertEqual([f"{GLUE}:catalog", f"{GLUE}:database/flights"], resources)

    def test_jobs_are_asked_for_by_name(self) -> None:
        for operation in ("GetJob", "StartJobRun", "GetJobRun", "BatchStopJobRun"):
            with self.subTest(operation):
                self.assertEqual(
                    [(f"glue:{operation}", f"{GLUE}:job/delays")], asked("glue", operation, JobName="delays")
                )


class OtherPermissionsTest(unittest.TestCase):
    def test_resources_are_those_that_the_request_names(self) -> None:
        function = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:detector:live"
        machine = f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:fanin"
        topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:people"
        queue = f"arn:aws:sqs:us-east-1:{ACCOUNT}:events"
        logs = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/x"
        bus = f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/default"
        for service, operation, given, expected in (
            ("lambda", "Invoke", {"FunctionName": function}, ("lambda:InvokeFunction", function)),
            (
                "lambda",
                "Invoke",
                {"FunctionName": "detector", "Qualifier": "live"},
                ("lambda:InvokeFunction", function),
            ),
            ("states", "StartExecution", {"stateMachineArn": machine}, ("states:StartExecution", machine)),
            ("sns", "Publish", {"TopicArn": topic}, ("sns:Publish", topic)),
            (
                "sqs",
                "DeleteMessageBatch",
                {"QueueUrl": "http://localhost/000000000000/events"},
                ("sqs:DeleteMessage", queue),
            ),
            ("logs", "CreateLogGroup", {"logGroupName": "/aws/lambda/x"}, ("logs:CreateLogGroup", logs)),
            ("events", "PutEvents", {"Entries": [{"Source": "x"}]}, ("events:PutEvents", bus)),
        ):
            with self.subTest(operation):
                self.assertEqual([expected], asked(service, operation, **given))

    def test_what_is_not_known_is_asked_for_everywhere(self) -> None:
        self.assertEqual([("kms:Decrypt", "*")], asked("kms", "Decrypt", KeyId="x"))
        self.assertEqual([("glue:StartTrigger", "*")], asked("glue", "StartTrigger", Name="x"))
        self.assertEqual([("events:PutRule", "*")], asked("events", "PutRule", Name="x"))

    def test_what_needs_no_permission_is_not_asked_for(self) -> None:
        self.assertEqual([], asked("sts", "GetCallerIdentity"))


class AlikeTest(unittest.TestCase):
    def test_numbers_are_zeros_of_the_same_length(self) -> None:
        for name, expected in (
            (
                "it_1a2b3c4d/flights/dt=2013-02-08/part-00017.parquet",
                "it_00000000/flights/dt=0000-00-00/part-00000.parquet",
            ),
            (
                "runs/0f8fad5b-d9cb-cafe-a165-70867728950e/spec.json",
                "runs/00000000-0000-0000-0000-000000000000/spec.json",
            ),
            ("added/face/beef", "added/face/beef"),
        ):
            self.assertEqual(expected, alike(name))


if __name__ == "__main__":
    unittest.main()
