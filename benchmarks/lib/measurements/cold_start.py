"""How long the processor takes from nothing to its first answer, DuckDB included, and what it unpacks for that."""

from __future__ import annotations

import base64
import json
import re
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from devtools import removal
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import say
from measurements.measured_execution import StateMachine

STARTS = 5
MOST_SECONDS = 2.0
BUCKET = "lake-start"
"""By a name that is among the DataBuckets of a stack on LocalStack."""
DATABASE = "fanin_start"
PARTITION = "hour=0/"
LIBRARY = re.compile(r"(?P<name>lib[\w-]+?)(-[\d.]+-\d+|\d{5,}|-[0-9a-f]{8,})*\.so\w*")
"""Unpacked ones have a number of their own in their names."""


@dataclass(frozen=True)
class Start:
    """One start: seconds as the caller sees them, as the function's log reports them, and the next invocation's."""

    seconds: float
    reported: float
    warm: float
    libraries: dict[str, int]
    """How often each native library lies among the environment's temporary files after both."""


class ColdStart:
    """The deployed processor, which is started again for each measurement and converts one record."""

    def __init__(self, endpoint: Endpoint, outputs: dict[str, str], environments: Path) -> None:
        self._lambda = endpoint.client("lambda")
        self._s3 = endpoint.client("s3")
        self._glue = endpoint.client("glue")
        self._function = outputs["ProcessorFunctionName"]
        self._machine = StateMachine(endpoint, outputs)
        self._environments = environments
        self._table = f"start_{uuid.uuid4().hex[:12]}"
        self._run = ""

    def measure(self) -> int:
        """The exit code: 1 when a bound is broken."""
        before = self._lambda.get_function_configuration(FunctionName=self._function).get("Description", "")
        try:
            self._prepare()
            starts = [self._start() for _ in range(STARTS)]
        finally:
            self._describe(before)
            # The bucket, the database and the run's folder stay.
            removal.delete_table_and_data(self._glue, DATABASE, self._table, self._s3, BUCKET)
        return show(starts)

    def _prepare(self) -> None:
        """A run that has ended: what it has converted is converted again."""
        self._s3.create_bucket(Bucket=BUCKET)
        self._s3.put_object(Bucket=BUCKET, Key=f"{self._table}/raw/{PARTITION}a.json", Body=b'{"id":1}\n')
        self._run = self._machine.run(spec(self._table), 1).report["run"]

    def _start(self) -> Start:
        self._describe(uuid.uuid4().hex)  # a function that was changed has no environment that could go on
        seconds, reported = self._invoke()
        warm, _ = self._invoke()
        return Start(seconds, reported, warm, unpacked(self._environments))

    def _describe(self, text: str) -> None:
        self._lambda.update_function_configuration(FunctionName=self._function, Description=text)
        self._lambda.get_waiter("function_updated_v2").wait(
            FunctionName=self._function, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )

    def _invoke(self) -> tuple[float, float]:
        prefix = f"{self._table}/data/{PARTITION}"
        partition = {"values": ["0"], "prefix": prefix, "source": f"{self._table}/raw/{PARTITION}"}
        event = {"run": self._run, "pass": 0, "batch": {"id": 0, "partitions": [partition]}}
        began = time.monotonic()
        answer = self._lambda.invoke(FunctionName=self._function, Payload=json.dumps(event), LogType="Tail")
        payload = answer["Payload"].read().decode()
        seconds = time.monotonic() - began
        if json.loads(payload).get("ok") != 1:
            raise CliError(f"the processor was expected to convert one partition, and answered {payload}")
        return seconds, reported(base64.b64decode(answer.get("LogResult", "")).decode())


def spec(table: str) -> dict[str, Any]:
    """A table that is converted from JSON."""
    keyed = {"partitionKeys": [{"name": "hour", "type": "int"}], "layout": "hive"}
    return {
        "database": DATABASE,
        "table": table,
        "location": f"s3://{BUCKET}/{table}/data/",
        "format": "parquet",
        "columns": [{"name": "id", "type": "bigint"}],
        **keyed,
        "source": {"location": f"s3://{BUCKET}/{table}/raw/", "format": "json", **keyed},
        "processor": {"type": "convert"},
    }


def reported(log: str) -> float:
    """The seconds of the report's `Init Duration` and `Duration`; 0 where the log has no report."""
    found = re.findall(r"(?:^|\t)(?:Init )?Duration: ([\d.]+) ms", log, re.MULTILINE)
    return sum(float(milliseconds) for milliseconds in found) / 1000


def unpacked(environments: Path) -> dict[str, int]:
    """How often each native library lies in one execution environment's temporary files, the most of them all."""
    folders = environments.iterdir() if environments.is_dir() else ()
    return most(Counter(libraries(environment.rglob("*.so*"))) for environment in folders)


def most(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The largest count of each name."""
    largest: dict[str, int] = {}
    for each in counts:
        for name, count in each.items():
            largest[name] = max(count, largest.get(name, 0))
    return largest


def libraries(files: Iterable[Path]) -> list[str]:
    """The names of the libraries, without what makes each unpacked file's name its own."""
    return [match["name"] for match in (LIBRARY.fullmatch(path.name) for path in files) if match]


def show(starts: list[Start]) -> int:
    """Prints a table in Markdown; the exit code."""
    libraries = most(start.libraries for start in starts)
    seconds = [start.seconds for start in starts]
    best = min(seconds)
    fast = best <= MOST_SECONDS
    once = all(count == 1 for count in libraries.values())
    names = ", ".join(f"{name} {count}" for name, count in sorted(libraries.items())) or "none"
    say("## start\n")
    say("| work | bound | measured | ok |\n|---|---|---|---|")
    say(
        f"| start of the processor to its first answer, the best of {len(starts)} | ≤ {MOST_SECONDS:.0f} s"
        f" | {best:.2f} s, median {median(seconds):.2f} s ({', '.join(f'{each:.2f}' for each in seconds)})"
        f" | {'yes' if fast else 'NO'} |"
    )
    reports = min(start.reported for start in starts)
    say(f"| the same as the function's log reports it | none | {reports:.2f} s | yes |")
    say(f"| its second answer | none | {min(start.warm for start in starts):.2f} s | yes |")
    say(f"| native libraries unpacked in an environment | once each | {names} | {'yes' if once else 'NO'} |")
    return 0 if fast and once else 1
