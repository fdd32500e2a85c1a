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
from moto.glue.utils import _PARTITION_FILTER_EXPRESSION_CACHE as EXPRESSIONS

from fanin_localstack.glue_rules import (
    MAX_BATCH_CREATE,
    MAX_BATCH_DELETE,
    MAX_BATCH_GET,
    MAX_BATCH_UPDATE,
    MAX_PARTITION_PAGE,
    check_batch_size,
    check_expression,
    check_names,
    check_partition,
    check_segment,
    check_value_count,
    check_values,
    in_case_of_keys,
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
    check_partition("partitionInput", partition)
    table = _table(backend, request)
    check_value_count(partition.get("Values", []), _key_count(table))
    table.create_partition(partition)
    return {}


def batch_create_partition(backend: GlueBackend, request: Request) -> Response:
    partitions = copy.deepcopy(request["PartitionInputList"])
    check_batch_size("partitionInputList", partitions, MAX_BATCH_CREATE)
    for number, partition in enumerate(partitions, start=1):
        check_partition(f"partitionInputList.{number}.member", partition)
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
    matching = table.get_partitions(_understood(table, expression))
    segment = [partition for partition in matching if in_segment(partition.values, request.get("Segment"))]
    found, token = page(segment, lambda partition: partition_order(partition.values), request, MAX_PARTITION_PAGE)
    described = [_described(partition, backend) for partition in found]
    if request.get("ExcludeColumnSchema"):
        for partition in described:
            partition.get("StorageDescriptor", {}).pop("Columns", None)
    response: Response = {"Partitions": described}
    return {**response, "NextToken": token} if token else response


def update_partition(backend: GlueBackend, request: Request) -> Response:
    _check_update(request)
    table = _table(backend, request)
    check_value_count(request["PartitionInput"].get("Values", []), _key_count(table))
    _update(table, request["PartitionValueList"], request["PartitionInput"])
    return {}


def batch_update_partition(backend: GlueBackend, request: Request) -> Response:
    entries = request["Entries"]
    check_batch_size("entries", entries, MAX_BATCH_UPDATE)
    for entry in entries:
        _check_update(entry)
    table = _table(backend, request)
    for entry in entries:
        check_value_count(entry["PartitionInput"].get("Values", []), _key_count(table))
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


def _understood(table: FakeTable, expression: str | None) -> str | None:
    """The expression as moto takes it. What cannot be read is refused here: moto reads it only where there is a
    partition to try it on, and of its comparisons only those that decide.
    """
    keys = _keys(table)
    names = [key["Name"] for key in keys]
    check_names(expression, names)
    expression = in_case_of_keys(expression, names)
    sample = {"Values": [SAMPLE_VALUES.get(key["Type"], "0") for key in keys]}
    for comparison in _comparisons(EXPRESSIONS.get(expression)):
        comparison.eval(keys, sample)
    return expression


def _comparisons(parsed: Any) -> list[Any]:
    if parsed is None:
        return []
    if not hasattr(parsed, "operands"):
        return [parsed]
    return [comparison for operand in parsed.operands for comparison in _comparisons(operand)]


def _check_update(entry: dict[str, Any]) -> None:
    check_values("partitionValueList", entry["PartitionValueList"])
    check_partition("partitionInput", entry["PartitionInput"])


def _update(table: FakeTable, old_values: list[str], partition: dict[str, Any]) -> None:
    moves = partition["Values"] != old_values
    if moves and str(partition["Values"]) in table.partitions:
        # moto finds out only after it has removed the old partition.
        raise PartitionAlreadyExistsException()
    created = table.get_partition(old_values).creation_time
    table.update_partition(old_values, copy.deepcopy(partition))
    table.get_partition(partition["Values"]).creation_time = created


def _described(partition: FakePartition, backend: GlueBackend) -> dict[str, Any]:
    return {**copy.deepcopy(partition.as_dict()), "CatalogId": backend.account_id}
