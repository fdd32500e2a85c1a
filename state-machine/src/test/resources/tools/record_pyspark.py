"""Records the tables that PySpark makes: the metastore's entries in the form of Glue's, and the names of the files.

Run with PySpark 4.3.0 and Java 17; the metastore is Spark's own, the files are written into a folder that is removed:
    python record_pyspark.py > pyspark.json
"""

import json
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

from pyspark.sql import SparkSession, functions

BUCKET = "s3://spark"

folder = Path(tempfile.mkdtemp(prefix="pyspark"))
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.sql.warehouse.dir", f"{folder}/warehouse")
    .config(
        "spark.hadoop.javax.jdo.option.ConnectionURL",
        f"jdbc:derby:{folder}/metastore;create=true",
    )
    .config("spark.driver.extraJavaOptions", f"-Dderby.system.home={folder}")
    .config("spark.ui.enabled", "false")
    .enableHiveSupport()
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")

frame = spark.sql(
    """SELECT * FROM VALUES
    ('UA', date'2013-02-08', timestamp'2013-02-08 07:00:00', 'a b', 2013, 2),
    ('B6', date'2013-02-09', timestamp'2013-02-08 17:00:00', '50%/x=1:\\'é"?', 2013, 11),
    ('DL', date'2013-02-10', timestamp'2013-02-08 18:00:00', NULL, NULL, 3)
    AS rows(carrier, day, at, place, year, month)"""
).coalesce(1)


def path(name):
    return f"{folder}/{name}"


def saved(name, *keys, form="parquet", data=frame):
    """A table of Spark's own kind, over files that Spark writes."""
    data.write.partitionBy(*keys).format(form).option("path", path(name)).saveAsTable(name)


def declared(name, keys, storage="STORED AS PARQUET"):
    """A table in Hive's way, over files that were there before."""
    frame.write.partitionBy(*keys).parquet(path(name))
    kinds = dict(frame.dtypes)
    columns = ", ".join(f"{column} {kind}" for column, kind in kinds.items() if column not in keys)
    partitions = ", ".join(f"{key} {kinds[key]}" for key in keys)
    spark.sql(
        f"CREATE EXTERNAL TABLE {name} ({columns}) PARTITIONED BY ({partitions}) {storage} LOCATION '{path(name)}'"
    )
    spark.sql(f"MSCK REPAIR TABLE {name}")


saved("dates", "day")
saved("numbers", "year", "month")
saved("texts", "place")
saved("timestamps", "at")
saved("mixed", "day", "place")
saved(
    "hours",
    "dt",
    "hour",
    data=frame.select("carrier", frame.day.alias("dt"), functions.hour("at").alias("hour")),
)
saved("json", "day", form="json")
saved("csv", "day", form="csv")
saved("orc", "day", form="orc")
declared("hive", ["day", "place"])
frame.write.option("path", path("unpartitioned")).saveAsTable("unpartitioned")

client = spark._jsparkSession.sharedState().externalCatalog().unwrapped().client()


def moved(text):
    return text.replace(f"file:{folder}", BUCKET).replace(str(folder), BUCKET)


def fields(columns):
    return [{"Name": one.getName(), "Type": one.getType()} for one in columns]


def parameters(of):
    return {name: moved(value) for name, value in of.items() if name != "transient_lastDdlTime"}


def glue(name):
    """The metastore's own table and partitions: a client of Hive's would send them to Glue."""
    raw = client.getRawHiveTable("default", name)
    table = raw.rawTable().getTTable()
    storage = table.getSd()
    found = {
        "Name": name,
        "TableType": table.getTableType(),
        "Parameters": parameters(table.getParameters()),
        "PartitionKeys": fields(table.getPartitionKeys()),
        "StorageDescriptor": {
            "Columns": fields(storage.getCols()),
            "Location": moved(storage.getLocation()),
            "InputFormat": storage.getInputFormat(),
            "OutputFormat": storage.getOutputFormat(),
            "SerdeInfo": {
                "SerializationLibrary": storage.getSerdeInfo().getSerializationLib(),
                "Parameters": parameters(storage.getSerdeInfo().getParameters()),
            },
        },
    }
    keys = [one["Name"] for one in found["PartitionKeys"]]
    partitions = []
    if keys:
        identifier = spark._jvm.org.apache.spark.sql.catalyst.TableIdentifier
        shown = (
            spark._jsparkSession.sessionState()
            .catalog()
            .listPartitions(identifier(name), spark._jvm.scala.Option.empty())
        )
        for i in range(shown.size()):
            one = shown.apply(i)
            values = [one.spec().apply(key) for key in keys]
            location = moved(unquote(one.storage().locationUri().get().toString()))
            partitions.append({"Values": values, "Location": location})
    return found, sorted(partitions, key=lambda one: one["Values"])


recorded = {}
for row in spark.sql("SHOW TABLES").collect():
    name = row["tableName"]
    table, partitions = glue(name)
    keys = [str(file.relative_to(folder)) for file in sorted(Path(path(name)).rglob("*")) if file.is_file()]
    recorded[name] = {
        "table": table,
        "partitions": partitions,
        "keys": [key for key in keys if not key.endswith(".crc")],
    }
json.dump(
    {"made by": f"PySpark {spark.version}", **recorded},
    sys.stdout,
    indent=1,
    sort_keys=True,
)
print()
