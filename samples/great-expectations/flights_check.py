"""Checks the flights of an hour once the table is complete through it: `python flights_check.py 2013-02-08T16:00`."""

import sys
from datetime import datetime

import boto3
import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe
from partition_fan_in import wait_until

FLIGHTS = {"DatabaseName": "analytics", "TableName": "flights"}
EXPECTED = [
    gxe.ExpectColumnValuesToNotBeNull(column="carrier"),
    gxe.ExpectColumnValuesToBeBetween(column="distance", min_value=1, max_value=6000),
]

hour = datetime.fromisoformat(sys.argv[1])
glue = boto3.client("glue")
state = wait_until(glue, "analytics", "flights", complete_through=hour, timeout=3600)
hour = state.moment(hour).astimezone(state.zone)  # as the table's keys have it

(partition,) = glue.get_partitions(**FLIGHTS, Expression=f"dt = '{hour:%Y-%m-%d}' AND hour = {hour.hour}")["Partitions"]
bucket, _, prefix = partition["StorageDescriptor"]["Location"].removeprefix("s3://").partition("/")
objects = boto3.resource("s3").Bucket(bucket).objects.filter(Prefix=prefix.rstrip("/") + "/")
names = [(one, one.key.removeprefix(prefix).lstrip("/").split("/")) for one in objects if one.size]
data = [one for one, name in names if not any(part.startswith(("_", ".")) for part in name)]  # as readers do
if not data:
    sys.exit(f"{hour} has no data")
rows = pd.concat(pd.read_json(one.get()["Body"], lines=True, compression="gzip") for one in data)

asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("lake").add_dataframe_asset("flights")
batch = asset.add_batch_definition_whole_dataframe("hour").get_batch({"dataframe": rows})
result = batch.validate(gx.ExpectationSuite(name="flights", expectations=EXPECTED))
print(result.describe())
sys.exit(0 if result.success else 1)
