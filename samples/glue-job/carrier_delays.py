"""A Glue job (Python shell) that makes one line for each carrier from an hour's flights: their number and mean delay.

`--fanin_batch` names the partitions that it has to make. It replaces what is in their folders, and may be run twice.
"""

import gzip
import json
import sys
from collections import defaultdict

import boto3

PART = "part-0.json.gz"

s3 = boto3.client("s3")


def main() -> None:
    arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
    batch = json.loads(read(*place(arguments["--fanin_batch"])))
    for partition in batch["partitions"]:
        make(partition)


def make(partition: dict) -> None:
    delays = defaultdict(list)
    bucket, folder = place(partition["source"])
    for key in keys(bucket, folder):
        if is_hidden(key.removeprefix(folder)):
            continue
        for line in gzip.decompress(read(bucket, key)).splitlines():
            flight = json.loads(line)
            delays[flight["carrier"]].append(flight.get("dep_delay"))
    lines = [json.dumps(summary(carrier, delays[carrier])) for carrier in sorted(delays)]
    replace(*place(partition["target"]), gzip.compress("\n".join(lines).encode(), mtime=0))


def summary(carrier: str, delays: list) -> dict:
    known = [delay for delay in delays if delay is not None]
    mean = round(sum(known) / len(known), 1) if known else None
    return {"carrier": carrier, "flights": len(delays), "mean_delay": mean}


def replace(bucket: str, folder: str, content: bytes) -> None:
    """The new object first, so that no reader finds the folder empty."""
    s3.put_object(Bucket=bucket, Key=folder + PART, Body=content)
    for key in keys(bucket, folder):
        if key != folder + PART:
            s3.delete_object(Bucket=bucket, Key=key)


def keys(bucket: str, folder: str) -> list:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=folder)
    return [found["Key"] for page in pages for found in page.get("Contents", [])]


def is_hidden(name: str) -> bool:
    """Whether readers pass over an object, such as `_temporary/0/part-0.json.gz` or a folder marker."""
    return name.endswith("/") or not name or any(part.startswith(("_", ".")) for part in name.split("/"))


def read(bucket: str, key: str) -> bytes:
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def place(uri: str) -> tuple:
    """Bucket and key of an S3 URI."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, key


if __name__ == "__main__":
    main()
