"""How long a run with many partitions takes through the whole state machine, and how many requests it makes."""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from devtools import removal
from devtools.endpoint import Endpoint
from devtools.project import say
from measurements.measured_execution import StateMachine

PARTITIONS = 10_000
MOST_SECONDS = 120
FIRST_HOUR = datetime(2025, 1, 1)
RECORDS = 20
BUCKET = "lake-fan-out"
"""By a name that is among the DataBuckets of a stack on LocalStack."""
DATABASE = "fanin_fan_out"
WRITERS = 8


@dataclass(frozen=True)
class Run:
    """One run: its seconds as Step Functions counts them, and its pass's `usage` in the run's report."""

    seconds: float
    batches: int
    usage: Mapping[str, Any]


class FanOut:
    """The deployed state machine, which validates and registers a table whose partitions are all new."""

    def __init__(self, endpoint: Endpoint, outputs: dict[str, str]) -> None:
        self._s3 = endpoint.client("s3")
        self._glue = endpoint.client("glue")
        self._machine = StateMachine(endpoint, outputs)
        self._table = f"many_{uuid.uuid4().hex[:12]}"

    def measure(self) -> int:
        """The exit code: 1 when the bound is broken."""
        self._s3.create_bucket(Bucket=BUCKET)
        try:
            say(f"  writing {PARTITIONS:,} objects")
            with ThreadPoolExecutor(WRITERS) as writers:
                list(writers.map(self._put, keys(self._table)))
            say("  running")
            return show(self._run())
        finally:
            # The bucket, the database and the run's folder stay.
            removal.delete_table_and_data(self._glue, DATABASE, self._table, self._s3, BUCKET)

    def _put(self, key: str) -> None:
        lines = "".join(f'{{"id":{number},"name":"row {number}"}}\n' for number in range(RECORDS))
        self._s3.put_object(Bucket=BUCKET, Key=key, Body=gzip.compress(lines.encode()))

    def _run(self) -> Run:
        execution = self._machine.run(spec(self._table), PARTITIONS)
        return Run(execution.seconds, self._machine.batches(execution), execution.report["usage"])


def keys(table: str) -> Iterator[str]:
    """An object for each hour."""
    for hour in range(PARTITIONS):
        yield (FIRST_HOUR + timedelta(hours=hour)).strftime(f"{table}/dt=%Y-%m-%d/hour=%H/a.json.gz")


def spec(table: str) -> dict[str, Any]:
    return {
        "database": DATABASE,
        "table": table,
        "location": f"s3://{BUCKET}/{table}/",
        "format": "json",
        "columns": [{"name": "id", "type": "int"}, {"name": "name", "type": "string"}],
        "partitionKeys": [{"name": "dt", "type": "date"}, {"name": "hour", "type": "int"}],
        "layout": "hive",
        "processor": {"type": "validate"},
    }


def show(run: Run) -> int:
    """Prints a table in Markdown; the exit code."""
    fast = run.seconds <= MOST_SECONDS
    asked = ", ".join(f"{count:,} {name}" for name, count in sorted(run.usage["requests"].items()))
    say("## fan-out\n")
    say("| work | bound | measured | ok |\n|---|---|---|---|")
    say(
        f"| {PARTITIONS:,} partitions validated and registered, from the start of the execution to its end"
        f" | ≤ {MOST_SECONDS} s | {run.seconds:.0f} s, in {run.batches:,} batches | {'yes' if fast else 'NO'} |"
    )
    say(f"| requests of its functions until its report was written | none | {asked} | yes |")
    say(f"| state transitions, estimated | none | {run.usage['stateTransitions']:,} | yes |")
    return 0 if fast else 1
