"""Glue's operations on partitions, on moto's model.

The batch operations answer 200 with an ``Errors`` list whatever happened to single partitions; AWS sends that list also
when it is empty, and refuses the whole request where a rule of the request itself is broken.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.core.exceptions import RESTError
from moto.glue.exceptions import PartitionAlreadyExistsException
from moto.glue.models import FakePartition, FakeTable, GlueBackend
from moto.glue.utils import PartitionFilter

from fanin_localstack.glue_rules import (
    MAX_BATCH_CREATE,
    MAX_BATCH_DELETE,
    MAX_BATCH_GET,
    MAX_BATCH_UPDATE,
    MAX_PARTITION_PAGE,
    check_batch_size,
    check_expression,
    check_names,
    check_segment,
    check_value_count,
    check_values,
    in_segment,
    page,
    partition_order,
)

Request = dict[str, Any]
Response = dict[str, Any]

SAMPLE_VALUES = {"date": "1970-01-01", "timestamp": "1970-01-01 00:00:00"}
"""A value that each type can hold; the others can hold 0."""


def create_partition(backend: GlueBackend, request: Request) -> Response:
    partition = copy.deepcopy(request["PartitionInput"])
    check_values("partitionInput.values", partition.get("Values", []))
    table = _table(backend, request)
    check_value_count(partition.get("Values", []), _key_count(table))
    table.create_partition(partition)
    return {}


def batch_create_partition(backend: GlueBackend, request: Request) -> Response:
    partitions = copy.deepcopy(request["PartitionInputList"])
    check_batch_size("partitionInputList", partitions, MAX_BATCH_CREATE)
    for number, partition in enumerate(partitions, start=1):
        check_values(f"partitionInputList.{number}.member.values", partition.get("Values", []))
    key_count = _key_count(_table(backend, request))
    for partition in partitions:
        check_value_count(partition.get("Values", []), key_count)
    errors = backend.batch_create_partition(request["DatabaseName"], request["TableName"], partitions)
    return {"Errors": errors or []}


def get_partition(backend: GlueBackend, request: Request) -> Response:
    check_values("partitionValues", request["PartitionValues"])
    partition = _table(backend, request).get_partition(request["PartitionValues"])
    return {"Partition": _described(partition, backend)}


def batch_get_partition(backend: GlueBackend, request: Request) -> Response:
    """Partitions that do not exist are left out: neither an error nor unprocessed."""
    wanted = request["PartitionsToGet"]
    check_batch_size("partitionsToGet", wanted, MAX_BATCH_GET)
    for number, key in enumerate(wanted, start=1):
        check_values(f"partitionsToGet.{number}.member.values", key["Values"])
    existing = _table(backend, request).partitions
    found = [existing[str(key["Values"])] for key in wanted if str(key["Values"]) in existing]
    return {"Partitions": [_described(partition, backend) for partition in found], "UnprocessedKeys": []}


def get_partitions(backend: GlueBackend, request: Request) -> Response:
    expression = check_expression(request.get("Expression"))
    check_segment(request.get("Segment"))
    table = _table(backend, request)
    _check_understood(table, expression)
    matching = table.get_partitions(expression)
    segment = [partition for partition in matching if in_segment(partition.values, request.get("Segment"))]
    found, token = page(segment, lambda partition: partition_order(partition.values), request, MAX_PARTITION_PAGE)
    described = [_described(partition, backend) for partition in found]
    if request.get("ExcludeColumnSchema"):
        for partition in described:
            partition.get("StorageDescriptor", {}).pop("Columns", None)
    response: Response = {"Partitions": described}
    return {**response, "NextToken": token} if token else response


def update_partition(backend: GlueBackend, request: Request) -> Response:
    table = _table(backend, request)
    _check_update(table, request["PartitionValueList"], request["PartitionInput"])
    _update(table, request["PartitionValueList"], request["PartitionInput"])
    return {}


def batch_update_partition(backend: GlueBackend, request: Request) -> Response:
    entries = request["Entries"]
    check_batch_size("entries", entries, MAX_BATCH_UPDATE)
    table = _table(backend, request)
    for entry in entries:
        _check_update(table, entry["PartitionValueList"], entry["PartitionInput"])
    errors = []
    for entry in entries:
        try:
            _update(table, entry["PartitionValueList"], entry["PartitionInput"])
        except RESTError as e:
            detail = {"ErrorCode": e.error_type, "ErrorMessage": e.message}
            errors.append({"PartitionValueList": entry["PartitionValueList"], "ErrorDetail": detail})
    return {"Errors": errors}


def delete_partition(backend: GlueBackend, request: Request) -> Response:
    check_values("partitionValues", request["PartitionValues"])
    _table(backend, request).delete_partition(request["PartitionValues"])
    return {}


def batch_delete_partition(backend: GlueBackend, request: Request) -> Response:
    partitions = request["PartitionsToDelete"]
    check_batch_size("partitionsToDelete", partitions, MAX_BATCH_DELETE)
    for number, key in enumerate(partitions, start=1):
        check_values(f"partitionsToDelete.{number}.member.values", key["Values"])
    errors = backend.batch_delete_partition(request["DatabaseName"], request["TableName"], partitions)
    return {"Errors": errors or []}


OPERATIONS = {
    "CreatePartition": create_partition,
    "BatchCreatePartition": batch_create_partition,
    "GetPartition": get_partition,
    "BatchGetPartition": batch_get_partition,
    "GetPartitions": get_partitions,
    "UpdatePartition": update_partition,
    "BatchUpdatePartition": batch_update_partition,
    "DeletePartition": delete_partition,
    "BatchDeletePartition": batch_delete_partition,
}


def _table(backend: GlueBackend, request: Request) -> FakeTable:
    return backend.get_table(request["DatabaseName"], request["TableName"])


def _keys(table: FakeTable) -> list[dict[str, str]]:
    return table.as_dict().get("PartitionKeys") or []


def _key_count(table: FakeTable) -> int:
    return len(_keys(table))


def _check_understood(table: FakeTable, expression: str | None) -> None:
    """Refuses what cannot be read also where there is no partition to try it on: moto reads an expression only then."""
    keys = _keys(table)
    check_names(expression, [key["Name"] for key in keys])
    values = [SAMPLE_VALUES.get(key["Type"], "0") for key in keys]
    PartitionFilter(expression, table)(FakePartition(table.database_name, table.name, {"Values": values}))


def _check_update(table: FakeTable, old_values: list[str], partition: dict[str, Any]) -> None:
    check_values("partitionValueList", old_values)
    check_values("partitionInput.values", partition.get("Values", []))
    check_value_count(partition.get("Values", []), _key_count(table))


def _update(table: FakeTable, old_values: list[str], partition: dict[str, Any]) -> None:
    moves = partition["Values"] != old_values
    if moves and str(partition["Values"]) in table.partitions:
        # moto finds out only after it has removed the old partition.
        raise PartitionAlreadyExistsException()
    table.update_partition(old_values, copy.deepcopy(partition))


def _described(partition: FakePartition, backend: GlueBackend) -> dict[str, Any]:
    return {**copy.deepcopy(partition.as_dict()), "CatalogId": backend.account_id}
