"""Records the tables that awswrangler makes: Glue's answers and the keys in S3, without the data.

Run with awswrangler 3.17.1 (benchmarks/peers/awswrangler-requirements.txt) and the URL of a started emulator:
    python record_awswrangler.py http://localhost:4566 > awswrangler.json
"""

import datetime
import json
import os
import sys

os.environ.update(
    AWS_ENDPOINT_URL=sys.argv[1],
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="us-east-1",
)

import awswrangler as wr
import boto3
import pandas as pd

BUCKET = DATABASE = "wrangled"
DROPPED = {"CreateTime", "UpdateTime", "VersionId", "CatalogId", "CreationTime", "DatabaseName", "TableName"}

glue, s3 = boto3.client("glue"), boto3.client("s3")
days = [datetime.date(2013, 2, day) for day in (8, 9, 10)]
frame = pd.DataFrame({"carrier": ["UA", "B6", "DL"], "delay": [3, -1, 71], "day": days})
frame["region"] = ["eu", "us", "ap"]
frame["path"] = ["a/b", "c", "d"]
frame["year"], frame["month"] = 2013, 2
frame["text"] = [day.isoformat() for day in days]


def stored(name, write=wr.s3.to_parquet, **more):
    path = f"s3://{BUCKET}/{name}/"
    write(frame, path=path, dataset=True, database=DATABASE, table=name, index=False, **more)


s3.create_bucket(Bucket=BUCKET)
glue.create_database(DatabaseInput={"Name": DATABASE})
stored("dates", partition_cols=["day"])
stored("texts", partition_cols=["text", "region"])
stored("numbers", partition_cols=["year", "month"])
stored("csv", wr.s3.to_csv, partition_cols=["day"])
stored("json", wr.s3.to_json, partition_cols=["day"], orient="records", lines=True)
stored("overwritten", partition_cols=["day"], mode="overwrite")
stored(
    "projected",
    partition_cols=["text"],
    athena_partition_projection_settings={
        "projection_types": {"text": "date"},
        "projection_ranges": {"text": "2013-02-08,NOW"},
        "projection_formats": {"text": "yyyy-MM-dd"},
    },
)
stored("bucketed", partition_cols=["day"], bucketing_info=(["carrier"], 2))
stored("slashes", partition_cols=["path"])
stored("unpartitioned")
wr.s3.to_parquet(frame, path=f"s3://{BUCKET}/metadata/", dataset=True, partition_cols=["region"], index=False)
wr.s3.store_parquet_metadata(f"s3://{BUCKET}/metadata/", DATABASE, "metadata", dataset=True)


def kept(found):
    return {name: value for name, value in found.items() if name not in DROPPED and value not in ({}, [], "")}


recorded = {}
for table in glue.get_tables(DatabaseName=DATABASE)["TableList"]:
    name = table["Name"]
    partitions = glue.get_partitions(DatabaseName=DATABASE, TableName=name)["Partitions"]
    objects = s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{name}/").get("Contents", [])
    recorded[name] = {
        "table": kept(table),
        "partitions": [
            {"Values": one["Values"], "Location": one["StorageDescriptor"]["Location"]}
            for one in sorted(partitions, key=lambda one: one["Values"])
        ],
        "keys": [one["Key"] for one in objects],
    }
json.dump(recorded, sys.stdout, indent=1, sort_keys=True)
print()
