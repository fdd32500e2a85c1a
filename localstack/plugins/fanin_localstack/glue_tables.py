"""Glue's operations on databases and tables, on moto's model."""

from __future__ import annotations

import copy
from typing import Any

from moto.glue.models import FakeTable, GlueBackend

from fanin_localstack.glue_rules import (
    MAX_DATABASE_PAGE,
    MAX_TABLE_PAGE,
    GlueRuleError,
    check_version,
    page,
    partition_indexes,
)

Request = dict[str, Any]
Response = dict[str, Any]


def create_database(backend: GlueBackend, request: Request) -> Response:
    database = _named(request["DatabaseInput"])
    backend.create_database(database["Name"], database, request.get("Tags"))
    return {}


def get_database(backend: GlueBackend, request: Request) -> Response:
    return {"Database": backend.get_database(request["Name"].lower()).as_dict()}


def get_databases(backend: GlueBackend, request: Request) -> Response:
    found, token = page(backend.get_databases(), lambda database: database.name, request, MAX_DATABASE_PAGE)
    return _paged({"DatabaseList": [database.as_dict() for database in found]}, token)


def update_database(backend: GlueBackend, request: Request) -> Response:
    backend.update_database(request["Name"].lower(), _named(request["DatabaseInput"]))
    return {}


def delete_database(backend: GlueBackend, request: Request) -> Response:
    backend.delete_database(request["Name"].lower())
    return {}


def create_table(backend: GlueBackend, request: Request) -> Response:
    table_input = _named(request["TableInput"])
    indexes = partition_indexes(request.get("PartitionIndexes") or [], table_input.get("PartitionKeys") or [])
    table = backend.create_table(request["DatabaseName"], table_input["Name"], table_input)
    # AWS counts versions from 0, moto from 1.
    table._current_version = 0
    table.versions = {"0": table_input}
    table.fanin_indexes = indexes
    return {}


def get_partition_indexes(backend: GlueBackend, request: Request) -> Response:
    """Those that the table was created with: moto keeps none, and none are added later."""
    table = backend.get_table(request["DatabaseName"], request["TableName"])
    return {"PartitionIndexDescriptorList": copy.deepcopy(getattr(table, "fanin_indexes", []))}


def get_table(backend: GlueBackend, request: Request) -> Response:
    return {"Table": _described(backend.get_table(request["DatabaseName"], request["Name"].lower()))}


def get_tables(backend: GlueBackend, request: Request) -> Response:
    tables = backend.get_tables(request["DatabaseName"], request.get("Expression") or None)
    found, token = page(tables, lambda table: table.name, request, MAX_TABLE_PAGE)
    return _paged({"TableList": [_described(table) for table in found]}, token)


def update_table(backend: GlueBackend, request: Request) -> Response:
    """Replaces the table's whole input; with ``SkipArchive`` the version before is forgotten."""
    table_input = _named(request["TableInput"])
    table = backend.get_table(request["DatabaseName"], table_input["Name"])
    before = str(table._current_version)
    check_version(request.get("VersionId"), before)
    table.update(table_input)
    if request.get("SkipArchive"):
        table.versions.pop(before, None)
    return {}


def delete_table(backend: GlueBackend, request: Request) -> Response:
    backend.delete_table(request["DatabaseName"], request["Name"].lower())
    return {}


def get_table_version(backend: GlueBackend, request: Request) -> Response:
    table = backend.get_table(request["DatabaseName"], request["TableName"])
    version = request.get("VersionId") or str(table._current_version)
    return {"TableVersion": {"Table": _described(table, version), "VersionId": version}}


def get_table_versions(backend: GlueBackend, request: Request) -> Response:
    table = backend.get_table(request["DatabaseName"], request["TableName"])
    newest_first, token = page(list(table.versions), lambda version: -int(version), request, MAX_TABLE_PAGE)
    versions = [{"Table": _described(table, version), "VersionId": version} for version in newest_first]
    return _paged({"TableVersions": versions}, token)


def no_column_statistics(backend: GlueBackend, request: Request) -> Response:
    """moto keeps none; query engines ask for them before they plan."""
    return {"ColumnStatisticsList": [], "Errors": []}


def refuse_without_column_statistics(backend: GlueBackend, request: Request) -> Response:
    """Trino deletes those of each column of a partition that it adds, and takes this answer for done."""
    raise GlueRuleError("EntityNotFoundException", f"Column statistics of {request['ColumnName']} not found")


OPERATIONS = {
    "CreateDatabase": create_database,
    "GetDatabase": get_database,
    "GetDatabases": get_databases,
    "UpdateDatabase": update_database,
    "DeleteDatabase": delete_database,
    "CreateTable": create_table,
    "GetTable": get_table,
    "GetTables": get_tables,
    "UpdateTable": update_table,
    "DeleteTable": delete_table,
    "GetTableVersion": get_table_version,
    "GetTableVersions": get_table_versions,
    "GetPartitionIndexes": get_partition_indexes,
    "GetColumnStatisticsForTable": no_column_statistics,
    "GetColumnStatisticsForPartition": no_column_statistics,
    "DeleteColumnStatisticsForPartition": refuse_without_column_statistics,
}


def _named(resource_input: dict[str, Any]) -> dict[str, Any]:
    """A copy that moto may keep, its name in lower case as Glue stores it."""
    named = copy.deepcopy(resource_input)
    named["Name"] = named["Name"].lower()
    return named


def _described(table: FakeTable, version: str | None = None) -> dict[str, Any]:
    return copy.deepcopy(table.as_dict(version))


def _paged(response: Response, token: str | None) -> Response:
    return {**response, "NextToken": token} if token else response
