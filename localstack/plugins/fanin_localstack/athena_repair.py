"""``MSCK REPAIR TABLE``: registers the partitions whose folders are named as Hive names them.

Athena passes over names with capital letters: https://repost.aws/knowledge-center/athena-aws-glue-msck-repair-table
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

REPAIR = re.compile(r"\s*MSCK\s+REPAIR\s+TABLE\s+(?:`?(?P<database>\w+)`?\.)?`?(?P<table>\w+)`?\s*;?\s*", re.IGNORECASE)
BATCH = 100
REGISTERED = "AlreadyExistsException"


class RepairError(Exception):
    """Glue has refused partitions."""


def repair(database: str, name: str, glue: Any, s3: Any) -> int:
    """The number of partitions that were registered; those that are registered stay as they are."""
    table = glue.get_table(DatabaseName=database, Name=name)["Table"]
    storage, keys = table["StorageDescriptor"], [key["Name"] for key in table["PartitionKeys"]]
    bucket, _, prefix = storage["Location"].removeprefix("s3://").rstrip("/").partition("/")
    folders = _folders(s3, bucket, f"{prefix}/", keys)
    pages = glue.get_paginator("get_partitions").paginate(DatabaseName=database, TableName=name)
    known = {tuple(partition["Values"]) for page in pages for partition in page["Partitions"]}
    new = [
        {"Values": list(values), "StorageDescriptor": {**storage, "Location": f"s3://{bucket}/{folder}"}}
        for folder, values in folders.items()
        if values not in known
    ]
    errors: list[dict[str, Any]] = []
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        answer = glue.batch_create_partition(DatabaseName=database, TableName=name, PartitionInputList=batch)
        errors += answer.get("Errors", [])
    refused = [error for error in errors if error["ErrorDetail"]["ErrorCode"] != REGISTERED]
    if refused:
        values, detail = refused[0]["PartitionValues"], refused[0]["ErrorDetail"]
        reason = f"{detail['ErrorCode']}: {detail.get('ErrorMessage', '')}"
        raise RepairError(f"{len(refused)} partitions were not registered, the first {values}: {reason}")
    return len(new) - len(errors)


def _folders(s3: Any, bucket: str, prefix: str, keys: list[str]) -> dict[str, tuple[str, ...]]:
    level: dict[str, tuple[str, ...]] = {prefix: ()}
    for key in keys:
        below = {}
        for folder, values in level.items():
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder, Delimiter="/"):
                for found in page.get("CommonPrefixes", []):
                    name, separator, value = found["Prefix"][len(folder) :].rstrip("/").partition("=")
                    if separator and name == key:
                        below[found["Prefix"]] = (*values, unquote(value))
        level = below
    return level
