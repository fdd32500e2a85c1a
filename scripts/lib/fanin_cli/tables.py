"""What readers see of a table, and what the system believes of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from rich.console import Console
from rich.table import Table as Grid

from fanin_cli.errors import CliError
from fanin_cli.executions import Executions, name_of
from fanin_cli.project import command, say
from fanin_cli.report import RERUN, Reports, failure_lines, printable, redrive_line
from fanin_cli.standing import Standing

PARAMETER_PREFIX = "fanin."
STATUS = "fanin.status"
MISSING = "fanin.missing"
ESCAPED = frozenset("\"#%'*/:=?\\{[]^\x7f") | frozenset(map(chr, range(0x20)))
HIVE_DEFAULT = "__HIVE_DEFAULT_PARTITION__"
FILE_WIDTH = 200
"""Of output that is no terminal: nothing is folded in a file."""


@dataclass(frozen=True)
class TableName:
    database: str
    table: str

    @staticmethod
    def parse(text: str) -> TableName:
        database, dot, table = text.partition(".")
        if not dot or not database or not table:
            raise CliError(f"'{text}' names no table", "write it as DATABASE.TABLE, such as analytics.flights")
        return TableName(database, table)

    def __str__(self) -> str:
        return f"{self.database}.{self.table}"


class Catalog:
    """A table in the Glue Data Catalog, as a reader finds it."""

    def __init__(self, glue: Any, name: TableName) -> None:
        self._glue = glue
        self._name = name
        self._place = {"DatabaseName": name.database}

    def table(self) -> dict[str, Any] | None:
        try:
            return self._glue.get_table(**self._place, Name=self._name.table)["Table"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "EntityNotFoundException":
                return None
            raise

    def status(self) -> str | None:
        table = self.table()
        return table.get("Parameters", {}).get(STATUS) if table else None

    def partitions(self) -> list[list[str]]:
        """The values of all registered partitions, sorted."""
        return sorted(partition["Values"] for partition in self.partitions_in_full())

    def partitions_in_full(self, expression: str | None = None) -> list[dict[str, Any]]:
        """The registered partitions, or those that an expression of Glue chooses."""
        chosen = {"Expression": expression} if expression else {}
        pages = self._glue.get_paginator("get_partitions").paginate(
            **self._place, TableName=self._name.table, ExcludeColumnSchema=True, **chosen
        )
        return [partition for page in pages for partition in page["Partitions"]]

    def delete(self) -> None:
        if self.table():
            self._glue.delete_table(**self._place, Name=self._name.table)


def show(name: TableName, catalog: Catalog, reports: Reports, executions: Executions) -> int:
    """Prints the table's state and what to do next; the command's exit code."""
    table = catalog.table()
    if table is None:
        raise CliError(f"there is no table {name} in the catalog", f"create it: {command('run')} SPEC")
    parameters = table.get("Parameters", {})
    ours = {key: value for key, value in sorted(parameters.items()) if key.startswith(PARAMETER_PREFIX)}
    if not ours:
        say(f"{name} has never been run: it has no {PARAMETER_PREFIX}* parameters.")
    grid = Grid(show_header=False)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("table", printable(name))
    for key, value in ours.items():
        grid.add_row(key, printable(value))
    grid.add_row("registered partitions", str(len(catalog.partitions())))
    Console(markup=False, width=None if sys.stdout.isatty() else FILE_WIDTH).print(grid)
    record = reports.document(f"tables/{name.database}/{name.table}/state.json") or {}
    run = record.get("lastRun", {}).get("run")
    execution = executions.find(name_of(run)) if run else None
    standing = Standing(ours, record, reports.of_run(run) if run else None, execution)
    if record or not ours:
        _show_outstanding(standing, [key["Name"] for key in table.get("PartitionKeys", [])], executions)
    for line in standing.lines():
        say(line)
    return standing.exit_code()


def _show_outstanding(standing: Standing, keys: list[str], executions: Executions) -> None:
    outstanding = standing.record.get("outstanding", [])
    missing = standing.record.get("missing")
    set_aside = standing.set_aside()
    if missing:
        say(f"Periods without any prefix, which count as outstanding: {printable(missing)}")
    elif not outstanding:
        say("Nothing is outstanding.")
    if not outstanding:
        return
    say(f"Outstanding: {len(outstanding)}")
    for line in failure_lines(_flat(failure, keys, set_aside) for failure in outstanding):
        say(line)
    say(next_step(outstanding[-1].get("run"), executions))


def next_step(run: str | None, executions: Executions) -> str:
    """Nothing redrives an execution that has succeeded, or that is not known any more."""
    execution = executions.find(name_of(run)) if run else None
    return redrive_line(execution["name"]) if execution and execution["status"] != "SUCCEEDED" else RERUN


def partition_name(keys: list[str], values: list[str]) -> str:
    """As the run's report has it: `dt=2013-02-08/hour=17`, escaped as Hive's FileUtils.escapePathName does."""
    return "/".join(f"{_escaped(key)}={_escaped(value)}" for key, value in zip(keys, values))


def _escaped(text: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in ESCAPED else c for c in text) or HIVE_DEFAULT


def _flat(failure: dict[str, Any], keys: list[str], set_aside: frozenset[str]) -> dict[str, Any]:
    """A failure of the table's record in the shape of the run report's."""
    partition, reason = failure["partition"], failure["failure"]
    named = partition_name(keys, partition["values"])
    is_set_aside = partition["prefix"] in set_aside
    return {"partition": named, "attempts": failure.get("attempts", 1), "setAside": is_set_aside, **reason}
