"""Which permissions IAM would ask for, for a request: its actions, the resources of each, and condition keys.

By the service authorization reference, https://docs.aws.amazon.com/service-authorization/latest/reference/. Names that
differ from test to test are made alike, so that few distinct permissions come of many requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

Context = Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """A request that the emulator has served.

    ``service`` is the one that signatures are made for, ``account`` the caller's, ``bucket_owner`` the account of the
    S3 bucket, ``status`` the answer's.
    """

    service: str
    operation: str
    parameters: Mapping[str, Any]
    region: str
    account: str
    bucket_owner: str = ""
    status: int = 200

    def arn(self, resource: str, service: str = "") -> str:
        return f"arn:aws:{service or self.service}:{self.region}:{self.account}:{resource}"


@dataclass(frozen=True)
class Permission:
    action: str
    resource: str
    context: Context = field(default_factory=dict)


def needed(call: Call) -> list[Permission]:
    """Nothing where the operation asks for none. What is not known here needs its own name on all resources."""
    if (call.service, call.operation) in FREE:
        return []
    if call.service in OF_SERVICE:
        return list(OF_SERVICE[call.service](call))
    action = ACTIONS.get((call.service, call.operation), call.operation)
    return [Permission(f"{call.service}:{action}", _resource(call))]


def alike(name: str) -> str:
    """The name with a zero for each digit, and for each letter of a hexadecimal number."""
    return re.sub(r"\d", "0", HEXADECIMAL.sub(lambda number: re.sub("[a-f]", "0", number[0]), name))


ANY = "any"
"""Stands for the databases, or the tables of one, that an operation lists: it has to be allowed for all names."""

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
HEXADECIMAL = re.compile(rf"{UUID}|(?<![A-Za-z0-9])(?=[a-f]*[0-9])[0-9a-f]{{4,}}(?![A-Za-z0-9])")

FREE = {("sts", "GetCallerIdentity"), ("sts", "AssumeRole")}
"""Needs no permission, or that of a role's trust policy."""

ACTIONS = {
    ("lambda", "Invoke"): "InvokeFunction",
    ("lambda", "InvokeAsync"): "InvokeFunction",
    ("sns", "PublishBatch"): "Publish",
    ("sqs", "ChangeMessageVisibilityBatch"): "ChangeMessageVisibility",
    ("sqs", "DeleteMessageBatch"): "DeleteMessage",
    ("sqs", "SendMessageBatch"): "SendMessage",
}
"""Actions that are not called as their operations are."""


def _resource(call: Call) -> str:
    given = call.parameters
    if call.service == "lambda" and given.get("FunctionName"):
        name = given["FunctionName"]
        function = alike_arn(name) if name.startswith("arn:") else call.arn(f"function:{alike(name)}")
        return f"{function}:{given['Qualifier']}" if given.get("Qualifier") else function
    if call.service == "sqs" and given.get("QueueUrl"):
        return call.arn(alike(given["QueueUrl"].rstrip("/").rpartition("/")[2]))
    if call.service == "logs" and given.get("logGroupName"):
        stream = f":log-stream:{alike(given['logStreamName'])}" if given.get("logStreamName") else ""
        return call.arn(f"log-group:{alike(given['logGroupName'])}{stream}")
    for name in ("executionArn", "stateMachineArn", "TopicArn", "TargetArn"):
        if given.get(name):
            return alike_arn(given[name])
    return "*"


def alike_arn(arn: str) -> str:
    """Partition, service, region and account stay."""
    *place, resource = arn.split(":", 5)
    return ":".join([*place, alike(resource)])


def _of_s3(call: Call) -> Iterator[Permission]:
    given, operation = call.parameters, call.operation
    bucket, key = given.get("Bucket", ""), given.get("Key")
    context = {"aws:ResourceAccount": call.bucket_owner} if call.bucket_owner else {}
    if operation in LISTINGS:
        prefix = {"s3:prefix": alike(given["Prefix"])} if given.get("Prefix") else {}
        yield Permission(LISTINGS[operation], _s3_arn(bucket), {**context, **prefix})
        return
    if operation == "DeleteObjects":
        for one in given["Delete"]["Objects"]:
            yield Permission("s3:DeleteObject", _s3_arn(bucket, one["Key"]), context)
            if one.get("ETag"):
                # Who deletes an object with a certain ETag learns what its ETag is.
                yield Permission("s3:GetObject", _s3_arn(bucket, one["Key"]), context)
        return
    for parameter, condition in S3_CONDITIONS.items():
        if given.get(parameter):
            context[condition] = str(given[parameter])
    action = "s3:" + S3_ACTIONS.get(operation, operation)
    if given.get("VersionId") and action in ("s3:GetObject", "s3:DeleteObject"):
        action += "Version"
    yield Permission(action, _s3_arn(bucket, key), context)
    if operation in CONDITIONAL and given.get("IfMatch"):
        yield Permission("s3:GetObject", _s3_arn(bucket, key), context)
    if given.get("Tagging") and action == "s3:PutObject":
        yield Permission("s3:PutObjectTagging", _s3_arn(bucket, key), context)
    if given.get("CopySource"):
        source = unquote(given["CopySource"]).lstrip("/").partition("?")[0]
        yield Permission("s3:GetObject", _s3_arn(*source.split("/", 1)), context)
    if call.status == 404 and action == "s3:GetObject":
        # S3 says 403 instead of 404 to those who may not list the bucket.
        yield Permission("s3:ListBucket", _s3_arn(bucket), context)


def _s3_arn(bucket: str, key: str | None = None) -> str:
    return f"arn:aws:s3:::{bucket}" if key is None else f"arn:aws:s3:::{bucket}/{alike(key)}"


CONDITIONAL = ("PutObject", "CompleteMultipartUpload", "DeleteObject")
"""What needs the permission to read, too, where it names the ETag that an object must have."""

LISTINGS = {
    "HeadBucket": "s3:ListBucket",
    "ListObjects": "s3:ListBucket",
    "ListObjectsV2": "s3:ListBucket",
    "ListObjectVersions": "s3:ListBucketVersions",
    "ListMultipartUploads": "s3:ListBucketMultipartUploads",
}

S3_ACTIONS = {
    "HeadObject": "GetObject",
    "GetObjectAttributes": "GetObject",
    "SelectObjectContent": "GetObject",
    "CopyObject": "PutObject",
    "CreateMultipartUpload": "PutObject",
    "UploadPart": "PutObject",
    "UploadPartCopy": "PutObject",
    "CompleteMultipartUpload": "PutObject",
    "ListParts": "ListMultipartUploadParts",
}

S3_CONDITIONS = {
    "ACL": "s3:x-amz-acl",
    "ServerSideEncryption": "s3:x-amz-server-side-encryption",
    "SSEKMSKeyId": "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "StorageClass": "s3:x-amz-storage-class",
}


def _of_glue(call: Call) -> Iterator[Permission]:
    """On tables, Glue asks for the catalog, the database and the table at once."""
    given = call.parameters
    action = f"glue:{call.operation}"
    job = given.get("JobName")
    if job:
        yield Permission(action, call.arn(f"job/{alike(job)}"))
        return
    if "Database" not in call.operation and "Table" not in call.operation and "Partition" not in call.operation:
        yield Permission(action, "*")
        return
    database = given.get("DatabaseName") or (given.get("Name") if "Database" in call.operation else None)
    database = alike(database or given.get("DatabaseInput", {}).get("Name") or ANY)
    yield Permission(action, call.arn("catalog"))
    yield Permission(action, call.arn(f"database/{database}"))
    if "Database" not in call.operation:
        table = given.get("TableName") or given.get("Name") or given.get("TableInput", {}).get("Name") or ANY
        yield Permission(action, call.arn(f"table/{database}/{alike(table)}"))


def _of_events(call: Call) -> Iterator[Permission]:
    entries = call.parameters.get("Entries") if call.operation == "PutEvents" else None
    if not entries:
        yield Permission(f"events:{call.operation}", "*")
    for entry in entries or ():
        bus = entry.get("EventBusName") or "default"
        yield Permission("events:PutEvents", bus if bus.startswith("arn:") else call.arn(f"event-bus/{bus}"))


OF_SERVICE = {"s3": _of_s3, "glue": _of_glue, "events": _of_events}
