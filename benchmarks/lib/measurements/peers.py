"""Programs that register partitions, side by side on one LocalStack: their requests, and a partition that is cut short.

The tables of all have the same data, and in the beginning the same partitions, which partition-fan-in has registered.
"""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from devtools import environment, removal
from devtools.emulator import Emulator
from devtools.endpoint import Endpoint
from devtools.environment import Venv
from devtools.errors import CliError
from devtools.project import say, warn
from measurements import peers_report, trino
from measurements.fresh import PEERS
from measurements.peer_programs import BUCKET, DATABASE, FAN_IN, AwsWrangler, FanIn, Program, Table, TrinoSync, tables
from measurements.peers_report import AGAIN, HEAL, NEW, Measured, Row, Work
from measurements.request_log import RequestLog
from measurements.trino import CATALOG, Trino, TrinoError

REGISTERED = (1_000, 2_000)
"""Partitions that the tables have before."""
NEW_PARTITIONS = 500
CUT = NEW_PARTITIONS // 2
"""The new partition whose object is cut short."""
FIRST_HOUR = datetime(2025, 1, 1)
RECORDS = 20
WRITERS = 8
BATCH = 100
"""The most partitions of a BatchCreatePartition."""
KEPT_OF_TABLE = ("StorageDescriptor", "PartitionKeys", "TableType")
KEPT_OF_PARTITION = ("Values", "StorageDescriptor")


@dataclass(frozen=True)
class Hour:
    """A partition, by its number from the first."""

    number: int

    @property
    def values(self) -> list[str]:
        moment = FIRST_HOUR + timedelta(hours=self.number)
        return [f"{moment:%Y-%m-%d}", f"{moment:%H}"]

    @property
    def name(self) -> str:
        day, hour = self.values
        return f"dt={day}/hour={hour}"


@dataclass
class Data:
    """The objects of all tables of one size."""

    s3: Any
    prefix: str

    def write(self, hours: range, cut: int | None = None) -> None:
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(lambda number: self._put(Hour(number), number == cut), hours))

    def _put(self, hour: Hour, cut: bool) -> None:
        whole = content()
        body = whole[: len(whole) * 6 // 10] if cut else whole
        self.s3.put_object(Bucket=BUCKET, Key=f"{self.prefix}{hour.name}/a.json.gz", Body=body)


def content() -> bytes:
    """Of each object."""
    return gzip.compress("".join(f'{{"id":{row},"name":"row {row}"}}\n' for row in range(RECORDS)).encode())


@dataclass
class Peers:
    """The deployed state machine and its peers."""

    emulator: Emulator
    endpoint: Endpoint
    outputs: Mapping[str, str]
    skipped: dict[str, str] = field(default_factory=dict)

    def measure(self) -> int:
        """The exit code: 1 when partition-fan-in has registered anything else than what is whole."""
        # By its address: clients take a name for a domain of buckets.
        endpoint = replace(self.endpoint, url=f"http://127.0.0.1:{self.emulator.port}")
        endpoint.client("s3").create_bucket(Bucket=BUCKET)
        with ExitStack() as stack:
            fan_in = FanIn(endpoint, self.outputs)
            server = self._trino(stack, endpoint)
            found = [fan_in, *self._aws_wrangler(endpoint), *([TrinoSync(server)] if server else [])]
            log = RequestLog(self.emulator.log)
            rows = [row for size in REGISTERED for row in Size(endpoint, log, found, server, size).rows()]
        return peers_report.show(Measured(rows, self.skipped, NEW_PARTITIONS))

    def _aws_wrangler(self, endpoint: Endpoint) -> Iterator[AwsWrangler]:
        pinned = PEERS / "awswrangler-requirements.txt"
        venv = Venv("peer-awswrangler", ("-r", str(pinned)), pinned, compiled=True)
        try:
            if not venv.is_ready:
                say("Installing awswrangler with pip ...")
                environment.install(venv)
            yield AwsWrangler(venv.python, endpoint)
        except CliError as error:
            self._skip(AwsWrangler.name, error)

    def _trino(self, stack: ExitStack, endpoint: Endpoint) -> Trino | None:
        try:
            return stack.enter_context(trino.started(endpoint))
        except CliError as error:
            self._skip(TrinoSync.name, error)
            return None

    def _skip(self, name: str, error: CliError) -> None:
        warn(f"SKIPPED: {name}: {error.message}")
        self.skipped[name] = error.message.splitlines()[-1].strip(" |")


class Size:
    """Tables with one number of partitions, which all programs meet."""

    def __init__(
        self, endpoint: Endpoint, log: RequestLog, programs: list[Program], server: Trino | None, registered: int
    ) -> None:
        self._glue = endpoint.client("glue")
        self._s3 = endpoint.client("s3")
        self._log = log
        self._programs = programs
        self._server = server
        self._registered = registered
        self._data = Data(self._s3, f"peers_{uuid.uuid4().hex[:8]}_{registered}/")
        self._tables = tables([program.name for program in programs], self._data.prefix)

    def rows(self) -> list[Row]:
        cut = self._registered + CUT
        with self._removing():
            say(f"  {self._registered:,} partitions that are registered, {NEW_PARTITIONS} that are new")
            self._data.write(range(self._registered))
            self._expect(0, self._programs[0])
            self._copy()
            self._data.write(range(self._registered, self._registered + NEW_PARTITIONS), cut)
            rows = [self._row(program) for program in self._programs]
            self._data.write(range(cut, cut + 1))
            for program, row in zip(self._programs, rows):
                if program.name == FAN_IN:
                    row.works.append(self._measured(HEAL, program))
                    self._expect(NEW_PARTITIONS, program)
                row.works.append(self._measured(AGAIN, program))
            return rows

    def _expect(self, new: int, program: Program) -> None:
        """The program finds all there is, and registers it."""
        table = self._tables[program.name]
        if new == 0:
            program.register(table)
        found = len(self._values(table))
        if found != self._registered + new:
            raise CliError(f"{program.name} has registered {found} partitions of {self._registered + new}")

    def _row(self, program: Program) -> Row:
        say(f"  {program.name}")
        table, cut = self._tables[program.name], Hour(self._registered + CUT)
        work = self._measured(NEW, program)
        values = self._values(table)
        return Row(
            program.name,
            self._registered,
            len(values) - self._registered,
            tuple(cut.values) in values,
            work.told.of(cut.name),
            self._query(table, cut),
            [work],
        )

    def _measured(self, what: str, program: Program) -> Work:
        with self._log.counting() as requests:
            told = program.register(self._tables[program.name])
        return Work(what, requests, told)

    def _query(self, table: Table, cut: Hour) -> str:
        """What a reader gets for the day of the partition that is cut short."""
        if not self._server:
            return "not tried"
        day = cut.values[0]
        try:
            ((rows,),) = self._server.rows(f"SELECT count(*) FROM {CATALOG}.{DATABASE}.{table.name} WHERE dt = '{day}'")
        except TrinoError as error:
            return f"fails: {str(error).partition(':')[0]}"
        return f"{rows:,} rows"

    def _values(self, table: Table) -> set[tuple[str, ...]]:
        return {tuple(partition["Values"]) for partition in self._partitions(table)}

    def _partitions(self, table: Table) -> list[dict[str, Any]]:
        pages = self._glue.get_paginator("get_partitions").paginate(DatabaseName=DATABASE, TableName=table.name)
        return [partition for page in pages for partition in page["Partitions"]]

    def _copy(self) -> None:
        """The table of partition-fan-in to the other programs' tables, without what it notes of itself."""
        source, *others = self._tables.values()
        table = self._glue.get_table(DatabaseName=DATABASE, Name=source.name)["Table"]
        kept = {
            **{name: table[name] for name in KEPT_OF_TABLE},
            "Parameters": {key: value for key, value in table["Parameters"].items() if not key.startswith("fanin.")},
        }
        partitions = [{name: one[name] for name in KEPT_OF_PARTITION} for one in self._partitions(source)]
        for other in others:
            self._glue.create_table(DatabaseName=DATABASE, TableInput={"Name": other.name, **kept})
            for start in range(0, len(partitions), BATCH):
                self._glue.batch_create_partition(
                    DatabaseName=DATABASE, TableName=other.name, PartitionInputList=partitions[start : start + BATCH]
                )

    @contextmanager
    def _removing(self) -> Iterator[None]:
        """The bucket, the database and the runs' folders stay."""
        try:
            yield
        finally:
            for table in self._tables.values():
                removal.delete_table(self._glue, DATABASE, table.name)
            removal.delete_objects(self._s3, BUCKET, self._data.prefix)
