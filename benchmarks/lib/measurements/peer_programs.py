"""Programs that register new partitions, each as its users run it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from devtools.endpoint import Endpoint
from measurements.fresh import PEERS
from measurements.measured_execution import StateMachine
from measurements.trino import CATALOG, Trino, TrinoError

BUCKET = "lake-peers"
"""By a name that is among the DataBuckets of a stack on LocalStack."""
DATABASE = "fanin_peers"
FAN_IN = "partition-fan-in"


@dataclass(frozen=True)
class Table:
    """One of the tables with the same data; it is called after its program."""

    name: str
    prefix: str

    @property
    def location(self) -> str:
        return f"s3://{BUCKET}/{self.prefix}"


@dataclass(frozen=True)
class Told:
    """How a program has ended, and what it has said to whoever runs it."""

    failed: bool = False
    message: str = ""
    state_transitions: int = 0

    NAMED: ClassVar[str] = "which one, and why"

    def of(self, partition: str) -> str:
        """For a table: what is known of this partition without looking for it."""
        if partition in self.message:
            return self.NAMED if self.failed else "named in its output"
        return "it fails, without naming it" if self.failed else "nothing"


class Program(Protocol):
    name: str

    def register(self, table: Table) -> Told:
        """Registers what is new, once."""
        ...


class FanIn:
    """The deployed state machine."""

    name = FAN_IN

    def __init__(self, endpoint: Endpoint, outputs: Mapping[str, str]) -> None:
        self._machine = StateMachine(endpoint, outputs)

    def register(self, table: Table) -> Told:
        execution = self._machine.ended(spec(table))
        transitions = self._machine.state_transitions(execution)
        return Told(execution["status"] != "SUCCEEDED", execution.get("cause", ""), transitions)


class AwsWrangler:
    """A script, in a process and a virtual environment of its own."""

    name = "awswrangler"

    def __init__(self, python: Path, endpoint: Endpoint) -> None:
        self._python = python
        self._environment = endpoint.environment()

    def register(self, table: Table) -> Told:
        script = PEERS / "aws_wrangler_partitions.py"
        done = subprocess.run(
            [self._python, script, DATABASE, table.name, table.location],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Told(done.returncode != 0, done.stdout + done.stderr)


class TrinoSync:
    """The procedure of Trino's Hive connector that is the counterpart of MSCK REPAIR TABLE."""

    name = "Trino"

    def __init__(self, trino: Trino) -> None:
        self._trino = trino

    def register(self, table: Table) -> Told:
        call = f"CALL {CATALOG}.system.sync_partition_metadata('{DATABASE}', '{table.name}', 'ADD')"
        try:
            return Told(False, json.dumps(self._trino.rows(call)))
        except TrinoError as error:
            return Told(True, str(error))


def spec(table: Table) -> dict[str, Any]:
    return {
        "database": DATABASE,
        "table": table.name,
        "location": table.location,
        "format": "json",
        "columns": [{"name": "id", "type": "int"}, {"name": "name", "type": "string"}],
        "partitionKeys": [
            {"name": "dt", "type": "string", "format": "yyyy-MM-dd"},
            {"name": "hour", "type": "string", "format": "HH"},
        ],
        "layout": "hive",
        "processor": {"type": "validate"},
    }


def tables(names: Sequence[str], prefix: str) -> dict[str, Table]:
    """A table for each program."""
    return {name: Table(f"{prefix.strip('/')}_{name.replace('-', '_').lower()}", prefix) for name in names}
