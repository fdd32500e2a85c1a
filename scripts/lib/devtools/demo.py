"""The whole way on sample data: a run that fails for one partition, its redrive, a conversion, a query, all tables."""

from __future__ import annotations

import itertools
import shlex
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from devtools import removal
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import BIN, DEFAULT_PORT, GIVEN, SAMPLES, command, say, script, shown

SPEC_FILE = SAMPLES / "flights.json"
CONVERTING_SPEC_FILE = SAMPLES / "flights_parquet.json"
SQL_SPEC_FILE = SAMPLES / "flights_delays.json"
WEATHER_SPEC_FILE = SAMPLES / "weather.json"
SQL_FILE = SAMPLES / "flights_delays.sql"
SQL_KEY = "queries/flights_delays.sql"
FLIGHTS = SAMPLES / "flights"
WEATHER = SAMPLES / "weather"
DATABASE = "analytics"
TABLES = tuple(file.stem for file in (SPEC_FILE, CONVERTING_SPEC_FILE, SQL_SPEC_FILE, WEATHER_SPEC_FILE))
BUCKET = "lake"
SPECS = f"specs/{DATABASE}/"
"""Where fanin apply puts them: below the SpecsLocation of a stack on LocalStack."""
BROKEN = "dt=2013-02-08/hour=17/flights.json.gz"
KEPT_SHARE = 0.6
"""The part of the broken object that is kept: enough for a valid beginning."""
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
PARTITIONS_A_LINE = 6
EXECUTION = "Execution "
"""How the line begins on which fanin says what the execution is called."""
DONE, PARTIAL = 0, 1
"""Exit codes of fanin."""
HOURS = 24
"""Of flights, each a partition."""


@dataclass(frozen=True)
class Demo:
    """The demo's tables."""

    s3: Any
    glue: Any

    @staticmethod
    def of(endpoint: Endpoint) -> Demo:
        return Demo(endpoint.client("s3"), endpoint.client("glue"))

    def run(self, stops_partial: bool = False) -> int:
        """Runs all steps, or stops while the table is partial, to redrive it by hand."""
        status = self._status()
        if status == "COMPLETE":
            return self._again()
        if status == "PARTIAL":
            return self._still_partial()
        step("Create the bucket and load 24 hours of flights, one object cut short")
        self._load()
        step("Start an execution for the table")
        held = f"{DATABASE}.{SPEC_FILE.stem} is PARTIAL: {HOURS - 1} registered, 1 outstanding."
        first = self._expect(PARTIAL, "run", shown(SPEC_FILE), shows=held)
        step("What readers see: the table is flagged, and everything else is there")
        self._expect(PARTIAL, "status", f"{DATABASE}.{SPEC_FILE.stem}")
        self._expect(PARTIAL, "explain", f"{DATABASE}.{SPEC_FILE.stem}", BROKEN.rpartition("/")[0])
        if stops_partial:
            return self._left_partial()
        step(f"Replace s3://{BUCKET}/{FLIGHTS.name}/{BROKEN} with the whole object")
        self._put(FLIGHTS / BROKEN)
        step("Redrive: only the failed partition is processed again")
        self._expect(DONE, "redrive", execution(first), shows=complete(SPEC_FILE, 1))
        step("What readers see now")
        self._expect(DONE, "status", f"{DATABASE}.{SPEC_FILE.stem}")
        self._show_partitions()
        step("Ask what is registered, with DuckDB on this machine")
        self._expect(DONE, "query", QUESTION, shows="5 rows")
        step(f"Convert the same hours into Parquet, as the table {DATABASE}.{CONVERTING_SPEC_FILE.stem}")
        self._expect(DONE, "run", shown(CONVERTING_SPEC_FILE), shows=complete(CONVERTING_SPEC_FILE, HOURS))
        self._expect(DONE, "query", QUESTION_OF_CONVERTED, shows="3 rows")
        step(f"Sum up each hour with the query {shown(SQL_FILE)}, as the table {DATABASE}.{SQL_SPEC_FILE.stem}")
        self.s3.put_object(Bucket=BUCKET, Key=SQL_KEY, Body=SQL_FILE.read_bytes())
        self._expect(DONE, "run", shown(SQL_SPEC_FILE), shows=complete(SQL_SPEC_FILE, HOURS))
        self._expect(DONE, "query", QUESTION_OF_DELAYS, shows="3 rows")
        step("Load the weather of the same day, store the specs of two tables, and run all tables that have one")
        say(f"  {self._put_all(WEATHER)} objects in s3://{BUCKET}/{WEATHER.name}/")
        self._expect(DONE, "apply", shown(SPEC_FILE), shown(WEATHER_SPEC_FILE))
        self._expect(DONE, "run", "--all", shows="COMPLETE (1 COMPLETE, 1 NOTHING_NEW)")
        step("The state of all tables")
        self._expect(DONE, "status")
        say()
        say(f"See the pages, with buttons to run and redrive: {command('fanin', 'console', '--open')}")
        say(f"Run {command('demo')} again: it finds nothing new. Stop LocalStack: {command('down')}")
        return 0

    def reset(self) -> None:
        """Deletes the tables and their data; what is recorded of them does not count for new tables of these names."""
        step("Start over: delete the tables and their data")
        for table in TABLES:
            removal.delete_table_and_data(self.glue, DATABASE, table, self.s3, BUCKET)
            removal.delete_objects(self.s3, BUCKET, f"{SPECS}{table}.json")

    def _left_partial(self) -> int:
        copy = [shown(BIN / "awslocal"), "s3", "cp", shown(FLIGHTS / BROKEN), f"s3://{BUCKET}/{FLIGHTS.name}/{BROKEN}"]
        url = f"AWS_ENDPOINT_URL=http://localhost:{GIVEN.port} " if GIVEN.port != DEFAULT_PORT else ""
        say()
        say(f"Replace the object: {url}{shlex.join(copy)}")
        say(f"Then press Redrive on the page of {DATABASE}.{SPEC_FILE.stem}: {command('fanin', 'console', '--open')}")
        return 0

    def _still_partial(self) -> int:
        step(f"{DATABASE}.{SPEC_FILE.stem} is PARTIAL already, as --partial leaves it")
        self._expect(PARTIAL, "status", f"{DATABASE}.{SPEC_FILE.stem}")
        self._left_partial()
        say(f"Or start over: {command('demo')} --fresh")
        return 0

    def _again(self) -> int:
        step(f"{DATABASE}.{SPEC_FILE.stem} is COMPLETE already: start an execution, which finds nothing new")
        self._expect(DONE, "run", shown(SPEC_FILE))
        self._show_partitions()
        say(f"Start over: {command('demo')} --fresh")
        return 0

    def _expect(self, code: int, *words: str, shows: str = "") -> str:
        """Runs a command of fanin and shows what it prints, which is the answer.

        Another exit code, or no line that ends in what the demo promises, ends the demo.
        """
        say(f"$ {command('fanin', *words)}")
        # As one would type it: fanin's hints begin as it was started.
        arguments = [script("fanin"), *words, "--port", str(GIVEN.port), "--stack", GIVEN.stack]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        printed = []
        for line in process.stdout:
            say(line.removesuffix("\n"))
            printed.append(line)
        output = "".join(printed)
        is_shown = any(line.rstrip().endswith(shows) for line in printed) if shows else True
        if process.wait() != code or not is_shown:
            promised = f"exit code {code}" if is_shown else f"'{shows}'"
            ended = f"exit code {process.returncode}" if is_shown else ending(output, process.returncode)
            raise CliError(
                f"fanin {words[0]} was to end with {promised}, and ended with {ended}",
                f"start over: {command('demo')} --fresh",
                exit_code=1,
            )
        return output

    def _load(self) -> None:
        try:
            self.s3.create_bucket(Bucket=BUCKET)
        except ClientError as error:
            if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
                raise
        count = self._put_all(FLIGHTS)
        whole = (FLIGHTS / BROKEN).read_bytes()
        key = f"{FLIGHTS.name}/{BROKEN}"
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=whole[: int(len(whole) * KEPT_SHARE)])
        say(f"  {count} objects in s3://{BUCKET}/{FLIGHTS.name}/, {BROKEN} is cut short at {KEPT_SHARE:.0%}")

    def _put_all(self, folder: Path) -> int:
        """Copies a folder of samples/ into the bucket, and says how many objects these are."""
        files = list(folder.rglob("*.gz"))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(self._put, files))
        return len(files)

    def _put(self, file: Path) -> None:
        self.s3.put_object(Bucket=BUCKET, Key=file.relative_to(SAMPLES).as_posix(), Body=file.read_bytes())

    def _status(self) -> str | None:
        try:
            table = self.glue.get_table(DatabaseName=DATABASE, Name=SPEC_FILE.stem)["Table"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "EntityNotFoundException":
                return None
            raise
        return table.get("Parameters", {}).get("fanin.status")

    def _show_partitions(self) -> None:
        pages = self.glue.get_paginator("get_partitions").paginate(DatabaseName=DATABASE, TableName=SPEC_FILE.stem)
        partitions = sorted("/".join(partition["Values"]) for page in pages for partition in page["Partitions"])
        say(f"{len(partitions)} partitions:")
        for line in _lines(partitions):
            say(f"  {line}")
        if len(partitions) != HOURS:
            raise CliError(f"{len(partitions)} partitions are registered, and {HOURS} were to be", exit_code=1)


def complete(spec: Path, registered: int) -> str:
    """How fanin says that a run has registered everything."""
    return f"{DATABASE}.{spec.stem} is COMPLETE: {registered} registered, 0 outstanding."


def ending(printed: str, code: int) -> str:
    """What fanin said of the table, with what failed beside the object that is cut short; else its exit code."""
    lines = printed.splitlines()
    start = next((number for number, line in enumerate(lines) if " outstanding." in line), None)
    if start is None:
        return f"exit code {code}"
    reasons: dict[str, str] = {}
    for line in itertools.takewhile(lambda line: line.startswith("  "), lines[start + 1 :]):
        if line.startswith("    ") and reasons:
            reasons[next(reversed(reasons))] += f" {line.strip()}"
        else:
            reasons[line.strip()] = ""
    failed = [f"  {name}:{why}" for name, why in reasons.items() if name != BROKEN.rpartition("/")[0]]
    return "\n".join([f"'{lines[start]}'", *failed])


def execution(printed: str) -> str:
    """The name of the execution in what fanin has printed."""
    return next(line[len(EXECUTION) :].strip() for line in printed.splitlines() if line.startswith(EXECUTION))


def step(line: str) -> None:
    say()
    say(f"==> {line}")


def _lines(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words), PARTITIONS_A_LINE):
        yield "  ".join(words[start : start + PARTITIONS_A_LINE])
