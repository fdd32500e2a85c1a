"""How long ``fanin init`` takes for hundreds of tables of other tools, and how many requests it sends for each."""

from __future__ import annotations

import json
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from devtools import removal
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import ROOT, say

TABLES = 400
DATABASES = 4
MOST_SECONDS = 120
MOST_REQUESTS = 6
"""Of a table, on average."""
PARTITIONS = 12
REGISTERED = 8
BUCKET = "lake-adoption"
WRITERS = 8
FANIN = ROOT / "scripts" / "fanin"
DAYS = [f"2025-01-{day:02}" for day in range(1, PARTITIONS + 1)]


@dataclass(frozen=True)
class Kind:
    """Tables as one tool makes them: ``folders`` and ``values`` of their partitions, ``verdict`` as init gives it."""

    name: str
    serde: str
    keys: Mapping[str, str]
    folders: Sequence[str]
    values: Sequence[Sequence[str]]
    verdict: str
    input_format: str = "org.apache.hadoop.mapred.TextInputFormat"
    parameters: Mapping[str, str] = field(default_factory=dict)


def _split(day: str) -> list[str]:
    return day.split("-")


JSON_SERDE = "org.openx.data.jsonserde.JsonSerDe"
PARQUET_SERDE = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
PARQUET_INPUT = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
HIVE_DAYS = [f"dt={day}" for day in DAYS]
PATHS = ["/".join(_split(day)) for day in DAYS]
NUMBERS = [[str(int(part)) for part in _split(day)] for day in DAYS]
VALUES = [[day] for day in DAYS]

KINDS = (
    Kind("awswrangler", PARQUET_SERDE, {"dt": "date"}, HIVE_DAYS, VALUES, "READY", PARQUET_INPUT),
    Kind("msck", JSON_SERDE, {"dt": "string"}, HIVE_DAYS, VALUES, "CHECK"),
    Kind(
        "spark",
        PARQUET_SERDE,
        {"year": "int", "month": "int", "day": "int"},
        [f"year={y}/month={m}/day={d}" for y, m, d in NUMBERS],
        NUMBERS,
        "READY",
        PARQUET_INPUT,
    ),
    Kind(
        "crawler",
        "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
        {"partition_0": "string", "partition_1": "string", "partition_2": "string"},
        PATHS,
        [_split(day) for day in DAYS],
        "CHECK",
        parameters={"field.delim": ",", "UPDATED_BY_CRAWLER": "nightly"},
    ),
    Kind("firehose", JSON_SERDE, {"inserted_at": "string"}, PATHS, [[path] for path in PATHS], "CHECK"),
    Kind(
        "projection",
        JSON_SERDE,
        {"day": "string"},
        PATHS,
        [],
        "DECIDE",
        parameters={
            "projection.enabled": "true",
            "projection.day.type": "date",
            "projection.day.format": "yyyy/MM/dd",
            "projection.day.range": "2025/01/01,NOW",
        },
    ),
    Kind("orc", "org.apache.hadoop.hive.ql.io.orc.OrcSerde", {"dt": "date"}, HIVE_DAYS, VALUES, "READY"),
    Kind("iceberg", PARQUET_SERDE, {"dt": "date"}, [], [], "LEFT_OUT", parameters={"table_type": "ICEBERG"}),
)


@dataclass(frozen=True)
class Assessment:
    """What init answered, and the seconds until it had."""

    seconds: float
    answer: Mapping[str, Any]

    @property
    def requests(self) -> int:
        return sum(self.answer["requests"].values())


class Adoption:
    """Databases on LocalStack, which no stack works on."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._s3 = endpoint.client("s3")
        self._glue = endpoint.client("glue")
        self._prefix = f"adoption_{uuid.uuid4().hex[:8]}"

    def measure(self) -> int:
        """The exit code: 1 when a bound is broken."""
        databases = [f"{self._prefix}_{number}" for number in range(DATABASES)]
        self._s3.create_bucket(Bucket=BUCKET)
        try:
            say(f"  creating {TABLES} tables of {len(KINDS)} kinds")
            for database in databases:
                self._glue.create_database(DatabaseInput={"Name": database})
            with ThreadPoolExecutor(WRITERS) as writers:
                list(writers.map(self._create, range(TABLES)))
            say("  assessing them")
            assessment = self._assess()
            check(assessment.answer["tables"])
            return show(assessment)
        finally:
            # The bucket stays.
            for database in databases:
                removal.delete_database(self._glue, database)
                removal.delete_objects(self._s3, BUCKET, f"{database}/")

    def _create(self, number: int) -> None:
        kind, database = KINDS[number % len(KINDS)], f"{self._prefix}_{number % DATABASES}"
        name = f"{kind.name}_{number}"
        prefix = f"{database}/{name}/"
        parameters = dict(kind.parameters)
        delimiter = parameters.pop("field.delim", None)
        if kind.name == "projection":
            parameters["storage.location.template"] = f"s3://{BUCKET}/{prefix}${{day}}/"
        storage: dict[str, Any] = {
            "Location": f"s3://{BUCKET}/{prefix}",
            "Columns": [{"Name": "v", "Type": "string"}],
            "InputFormat": kind.input_format,
            "SerdeInfo": {
                "SerializationLibrary": kind.serde,
                "Parameters": {"field.delim": delimiter} if delimiter else {},
            },
        }
        self._glue.create_table(
            DatabaseName=database,
            TableInput={
                "Name": name,
                "TableType": "EXTERNAL_TABLE",
                "PartitionKeys": [{"Name": key, "Type": value} for key, value in kind.keys.items()],
                "Parameters": parameters,
                "StorageDescriptor": storage,
            },
        )
        for folder in kind.folders:
            self._s3.put_object(Bucket=BUCKET, Key=f"{prefix}{folder}/part-0", Body=b"x")
        registered = [
            {"Values": list(values), "StorageDescriptor": {**storage, "Location": f"s3://{BUCKET}/{prefix}{folder}/"}}
            for folder, values in list(zip(kind.folders, kind.values, strict=False))[:REGISTERED]
        ]
        if registered:
            self._glue.batch_create_partition(DatabaseName=database, TableName=name, PartitionInputList=registered)

    def _assess(self) -> Assessment:
        command = [str(FANIN), "init", "--database", f"{self._prefix}_*", "--output", "json"]
        environment = self._endpoint.environment()
        subprocess.run([str(FANIN), "--version"], env=environment, check=True, stdout=subprocess.DEVNULL)
        begin = time.monotonic()
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        seconds = time.monotonic() - begin
        if not done.stdout:
            raise CliError(f"fanin init ended with {done.returncode}", "its error is above")
        return Assessment(seconds, json.loads(done.stdout))


def check(tables: Sequence[Mapping[str, Any]]) -> None:
    """Throws unless each table has the verdict of its kind, and the number of partitions that are not registered."""
    kinds = {kind.name: kind for kind in KINDS}
    if len(tables) != TABLES:
        raise CliError(f"{TABLES} tables were to be assessed, and {len(tables)} were")
    for table in tables:
        kind = kinds[table["table"].rpartition(".")[2].partition("_")[0]]
        unregistered = table.get("firstRun", {}).get("unregistered", {}).get("count")
        expected = len(kind.folders) - min(REGISTERED, len(kind.values)) if kind.folders else None
        if (table["verdict"], unregistered) != (kind.verdict, expected):
            raise CliError(f"{table['table']} was to be {kind.verdict} with {expected} new partitions, and is {table}")


def show(assessment: Assessment) -> int:
    """Prints a table in Markdown; the exit code."""
    requests = assessment.requests / TABLES
    verdicts = Counter(table["verdict"] for table in assessment.answer["tables"])
    found = ", ".join(f"{count} {verdict.lower().replace('_', ' ')}" for verdict, count in sorted(verdicts.items()))
    fast, few = assessment.seconds <= MOST_SECONDS, requests <= MOST_REQUESTS
    asked = ", ".join(f"{count:,} {name}" for name, count in sorted(assessment.answer["requests"].items()))
    say("## adopt\n")
    say("| work | bound | measured | ok |\n|---|---|---|---|")
    say(
        f"| {TABLES} tables of {len(KINDS)} kinds assessed by fanin init --database"
        f" | ≤ {MOST_SECONDS} s | {assessment.seconds:.1f} s: {found} | {'yes' if fast else 'NO'} |"
    )
    say(f"| requests a table | ≤ {MOST_REQUESTS} | {requests:.1f}: {asked} | {'yes' if few else 'NO'} |")
    return 0 if fast and few else 1
