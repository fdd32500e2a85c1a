"""SQL over what the catalog has registered, and over nothing else."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table as Grid

from fanin_cli.errors import CliError
from fanin_cli.hive_types import identifier, literal
from fanin_cli.project import command, say, warn
from fanin_cli.registered import RegisteredTable
from fanin_cli.report import printable
from fanin_cli.tables import FILE_WIDTH, STATUS, Catalog, TableName

MEBIBYTE = 1024 * 1024
SHOWN_ROWS = 100


@dataclass(frozen=True)
class Query:
    """One statement, and what it may cost.

    `partitions` is an expression of Glue that chooses among the partitions, None for all of them.
    """

    sql: str
    partitions: str | None
    max_mib: int

    def run(self, glue: Any, s3: Any) -> Answer:
        with tempfile.TemporaryDirectory(prefix="fanin-query-") as scratch:
            connection = duckdb.connect(":memory:")
            attached = {}
            for number, name in enumerate(self._tables(connection)):
                # With what stands for the folder resolved: the view compares the names of files with it.
                folder = (Path(scratch) / str(number)).resolve()
                attached[folder] = self._attach(connection, name, glue, s3, folder)
            _lock(connection, Path(scratch).resolve())
            try:
                result = connection.execute(self.sql)
                return Answer([column[0] for column in result.description or []], result.fetchall())
            except duckdb.Error as error:
                message = str(error)
                for folder, registered in attached.items():
                    message = registered.named(message, folder)
                raise CliError(f"the query failed: {message}") from error

    def _tables(self, connection: duckdb.DuckDBPyConnection) -> list[TableName]:
        """The tables that the statement names with their database; any other name is one of the statement's own."""
        parsed = json.loads(connection.execute("SELECT json_serialize_sql(?::VARCHAR)", [self.sql]).fetchone()[0])
        if parsed["error"] or len(parsed["statements"]) != 1:
            raise CliError(f"the query cannot be read: {_why(parsed)}", "write one SELECT statement")
        names = {
            TableName(node["schema_name"].lower(), node["table_name"].lower())
            for node in _nodes(parsed["statements"])
            if node.get("type") == "BASE_TABLE" and node.get("schema_name")
        }
        if not names:
            raise CliError(
                "the query names no table with its database", "name one as DATABASE.TABLE, such as analytics.flights"
            )
        return sorted(names, key=str)

    def _attach(
        self, connection: duckdb.DuckDBPyConnection, name: TableName, glue: Any, s3: Any, folder: Path
    ) -> RegisteredTable:
        catalog = Catalog(glue, name)
        table = catalog.table()
        if table is None:
            raise CliError(f"there is no table {name} in the catalog", f"create it: {command('run')} SPEC")
        registered = RegisteredTable.of(table, self._partitions_of(table, catalog), s3)
        if registered.bytes > self.max_mib * MEBIBYTE:
            raise CliError(
                f"{name} has {registered.bytes / MEBIBYTE:,.0f} MiB in {len(registered.objects)} objects of"
                f" {len(registered.partitions)} partitions, and {self.max_mib} MiB may be read",
                "choose partitions with --partitions, or raise --max-mib",
            )
        _warn_of_gaps(name, table.get("Parameters", {}))
        folder.mkdir()
        registered.fetch(s3, folder)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(name.database)}")
        try:
            connection.execute(
                f"CREATE VIEW {identifier(name.database)}.{identifier(name.table)} AS {registered.view(folder)}"
            )
        except duckdb.Error as error:
            raise CliError(f"{name} cannot be read: {registered.named(str(error), folder)}") from error
        return registered

    def _partitions_of(self, table: dict[str, Any], catalog: Catalog) -> list[dict[str, Any]]:
        """A table without keys is one partition, at its own location."""
        if table.get("PartitionKeys"):
            return catalog.partitions_in_full(self.partitions)
        return [{"Values": [], "StorageDescriptor": table["StorageDescriptor"]}]


@dataclass(frozen=True)
class Answer:
    """The rows of a query."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def show(self) -> None:
        grid = Grid()
        for column in self.columns:
            grid.add_column(printable(column), overflow="fold")
        for row in self.rows[:SHOWN_ROWS]:
            grid.add_row(*("NULL" if value is None else printable(_text(value)) for value in row))
        Console(markup=False, width=None if sys.stdout.isatty() else FILE_WIDTH).print(grid)
        rows = f"{len(self.rows)} row{'' if len(self.rows) == 1 else 's'}"
        say(rows if len(self.rows) <= SHOWN_ROWS else f"{rows}, of which {SHOWN_ROWS} are shown: --csv prints them all")

    def write_csv(self) -> None:
        """Nothing at all is null, `""` an empty text."""
        for row in (self.columns, *self.rows):
            print(*("" if value is None else _quoted(_text(value)) for value in row), sep=",")


def _why(parsed: dict[str, Any]) -> str:
    """What keeps a statement from being run: DuckDB's message, but for the one about the form that it is asked for."""
    if not parsed["error"]:
        return f"it has {len(parsed['statements'])} statements"
    return "it is no SELECT statement" if parsed["error_type"] == "not implemented" else parsed["error_message"]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON document."""
    if isinstance(tree, dict):
        yield tree
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for child in children:
        yield from _nodes(child)


def _text(value: Any) -> str:
    """A value as SQL and JSON write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(_json(value), ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {_text(key): _json(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_json(child) for child in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if not text or any(c in text for c in ',"\r\n') else text


def _lock(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
    """From here on the statement sees the views, and no other file, address or setting."""
    connection.execute(f"SET allowed_directories = [{literal(str(scratch) + '/')}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _warn_of_gaps(name: TableName, parameters: dict[str, str]) -> None:
    """An answer from a table that is not whole says so."""
    if parameters.get(STATUS) != "PARTIAL":
        return
    failed, missing = parameters.get("fanin.failed", "0"), parameters.get("fanin.missing", "0")
    lacking = [
        f"{count} {text}{'' if count == '1' else 's'}"
        for count, text in ((failed, "failed partition"), (missing, "missing period"))
        if count != "0"
    ]
    warn(f"{name} is PARTIAL: the answer is without {' and '.join(lacking) or 'what is being registered'}.")
