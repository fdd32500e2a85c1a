"""The whole way on sample data: a run that fails for one partition, is mended and redriven; a conversion; a query."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from fanin_cli import spec, tables
from fanin_cli.errors import CliError
from fanin_cli.project import BIN, SAMPLES, command, say, shown
from fanin_cli.query import Query
from fanin_cli.report import Verdict, error_message
from fanin_cli.system import System
from fanin_cli.tables import Catalog, TableName

SPEC_FILE = SAMPLES / "flights.json"
CONVERTING_SPEC_FILE = SAMPLES / "flights_parquet.json"
SQL_SPEC_FILE = SAMPLES / "flights_delays.json"
SQL_FILE = SAMPLES / "flights_delays.sql"
SQL_KEY = "queries/flights_delays.sql"
FLIGHTS = SAMPLES / "flights"
BUCKET = "lake"
PREFIX = "flights/"
BROKEN = "dt=2013-02-08/hour=17/flights.json.gz"
KEPT_SHARE = 0.6
"""Of the broken object: enough for a sound beginning."""
QUESTION = (
    "select carrier, count(*) as flights, round(avg(dep_delay)) as delay"
    " from analytics.flights group by carrier order by flights desc limit 5"
)
QUESTION_OF_CONVERTED = (
    "select inserted_at, min(time_hour) as utc, count(*) as flights, count(dep_time) as departed"
    " from analytics.flights_parquet group by inserted_at order by flights desc, inserted_at limit 3"
)
QUESTION_OF_DELAYS = (
    "select inserted_at, carrier, flights, round(mean_delay) as mean_delay, longest_delay"
    " from analytics.flights_delays order by longest_delay desc limit 3"
)
MOST_MIB = 10
COMMAND_SECONDS = 60
PARTITIONS_A_LINE = 6


@dataclass(frozen=True)
class Demo:
    """The demo's table in one deployed system."""

    system: System
    s3: Any
    catalog: Catalog
    name: TableName
    converted: TableName
    delays: TableName

    @staticmethod
    def of(system: System) -> Demo:
        name, converted, delays = (
            TableName("analytics", table) for table in ("flights", "flights_parquet", "flights_delays")
        )
        endpoint = system.endpoint
        return Demo(system, endpoint.client("s3"), Catalog(endpoint.client("glue"), name), name, converted, delays)

    def run(self) -> int:
        if self.catalog.status() == "COMPLETE":
            return self._again()
        step("Create the bucket and load 24 hours of flights, one object cut short")
        self._load()
        step("Start an execution for the table")
        first = self._start(SPEC_FILE)
        outcome = self.system.follow(first)
        if outcome.verdict is not Verdict.PARTIAL:
            raise CliError(
                f"the demo expected a partial run, and {first} was none", f"start over: {command('demo')} --fresh"
            )
        self._show_failure(first)
        step("What readers see: the table is flagged, and everything else is there")
        self._show_table()
        step(f"Put the sound object in the place of s3://{BUCKET}/{PREFIX}{BROKEN}")
        self._put(BROKEN, (FLIGHTS / BROKEN).read_bytes())
        step("Redrive: only the failed partition is processed again")
        outcome = self.system.redrive(first)
        if outcome.verdict is not Verdict.DONE:
            raise CliError("the redriven run is not complete", f"start over: {command('demo')} --fresh")
        step("What readers see now")
        self._show_table()
        self._show_partitions()
        step("Ask what is registered, with DuckDB on this machine")
        self._query(QUESTION)
        step(f"Convert the same hours into Parquet, as the table {self.converted}")
        if self.system.follow(self._start(CONVERTING_SPEC_FILE)).verdict is not Verdict.DONE:
            raise CliError("not all hours are converted", f"start over: {command('demo')} --fresh")
        self._query(QUESTION_OF_CONVERTED)
        step(f"Sum up each hour with the query samples/{SQL_FILE.name}, as the table {self.delays}")
        self.s3.put_object(Bucket=BUCKET, Key=SQL_KEY, Body=SQL_FILE.read_bytes())
        if self.system.follow(self._start(SQL_SPEC_FILE)).verdict is not Verdict.DONE:
            raise CliError("not all hours are summed up", f"start over: {command('demo')} --fresh")
        self._query(QUESTION_OF_DELAYS)
        say()
        say(f"Run {command('demo')} again: it finds nothing new. Stop LocalStack: {command('down')}")
        return 0

    def reset(self) -> None:
        """Deletes the table, its data and what the system believes of it."""
        step("Start over: delete the tables and their data")
        glue = self.system.endpoint.client("glue")
        for name in (self.name, self.converted, self.delays):
            Catalog(glue, name).delete()
            self._delete(BUCKET, f"{name.table}/")
            self._delete(self.system.reports.state_bucket, f"tables/{name.database}/{name.table}/")

    def _again(self) -> int:
        step(f"{self.name} is COMPLETE already: start an execution, which finds nothing new")
        outcome = self.system.follow(self._start(SPEC_FILE))
        self._show_partitions()
        say(f"Start over: {command('demo')} --fresh")
        return outcome.verdict.value

    def _load(self) -> None:
        try:
            self.s3.create_bucket(Bucket=BUCKET)
        except ClientError as error:
            if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
                raise
        names = [str(path.relative_to(FLIGHTS)) for path in FLIGHTS.rglob("*.gz")]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: self._put(name, (FLIGHTS / name).read_bytes()), names))
        whole = (FLIGHTS / BROKEN).read_bytes()
        self._put(BROKEN, whole[: int(len(whole) * KEPT_SHARE)])
        say(f"  {len(names)} objects in s3://{BUCKET}/{PREFIX}, {BROKEN} is cut short at {KEPT_SHARE:.0%}")

    def _start(self, spec_file: Path) -> str:
        """Starts it with awslocal, as one would by hand."""
        name = spec.execution_name(json.loads(spec_file.read_text()), datetime.now(timezone.utc))
        answer = self._awslocal(
            *("stepfunctions", "start-execution", "--state-machine-arn", self.system.machine_arn),
            *("--name", name, "--input", f"file://{shown(spec_file)}"),
        )
        return json.loads(answer)["executionArn"]

    def _show_failure(self, arn: str) -> None:
        query = "[status, error, cause]"
        answer = self._awslocal("stepfunctions", "describe-execution", "--execution-arn", arn, "--query", query)
        status, error, cause = json.loads(answer)
        say(f"  {status}: {error}")
        say(f"  {error_message(error, cause)}")

    def _show_table(self) -> None:
        tables.show(self.name, self.catalog, self.system.reports, self.system.executions)

    def _show_partitions(self) -> None:
        partitions = ["/".join(values) for values in self.catalog.partitions()]
        say(f"{len(partitions)} partitions:")
        for line in _lines(partitions):
            say(f"  {line}")

    def _query(self, question: str) -> None:
        say(f'$ {command("query")} "{question}"')
        Query(question, None, MOST_MIB).run(self.system.endpoint.client("glue"), self.s3).show()

    def _awslocal(self, *arguments: str) -> str:
        say(f"$ awslocal {shlex.join(arguments)}")
        done = subprocess.run(
            [str(BIN / "awslocal"), *arguments],
            env=self.system.endpoint.environment(),
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise CliError(f"awslocal failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _put(self, name: str, body: bytes) -> None:
        self.s3.put_object(Bucket=BUCKET, Key=PREFIX + name, Body=body)

    def _delete(self, bucket: str, prefix: str) -> None:
        try:
            for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
                keys = [{"Key": found["Key"]} for found in page.get("Contents", [])]
                if keys:
                    self.s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchBucket":
                raise


def step(line: str) -> None:
    say()
    say(f"==> {line}")


def _lines(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words), PARTITIONS_A_LINE):
        yield "  ".join(words[start : start + PARTITIONS_A_LINE])
