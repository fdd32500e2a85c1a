"""AWS Glue's rules for partitions and pages that moto does not know. Nothing here depends on LocalStack.

The limits are those of the tests' Glue in memory, from the same file; the messages are those that AWS sends.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

_HERE = Path(__file__).resolve()
IN_DOCKER = _HERE.parents[1] / "glue-limits.json"
"""Where it is put into LocalStack's container, beside this package."""
IN_REPOSITORY = _HERE.parents[3] / "core/src/test/resources/io/fanin/fakes/glue-limits.json"
_LIMITS: dict[str, Any] = json.loads((IN_DOCKER if IN_DOCKER.exists() else IN_REPOSITORY).read_text())

MAX_BATCH_CREATE: int = _LIMITS["batchCreate"]
MAX_BATCH_UPDATE: int = _LIMITS["batchUpdate"]
MAX_BATCH_GET: int = _LIMITS["batchGet"]
MAX_BATCH_DELETE: int = _LIMITS["batchDelete"]
MAX_VALUE_LENGTH: int = _LIMITS["valueLength"]
MAX_LOCATION_LENGTH: int = _LIMITS["locationLength"]
MAX_EXPRESSION_LENGTH: int = _LIMITS["expressionLength"]
MAX_SEGMENTS: int = _LIMITS["segments"]
MAX_PARTITION_PAGE: int = _LIMITS["partitionPage"]
MAX_TABLE_PAGE: int = _LIMITS["tablePage"]
MAX_DATABASE_PAGE: int = _LIMITS["databasePage"]
MAX_PARTITION_INDEXES: int = _LIMITS["partitionIndexes"]

RESERVED_WORDS = frozenset(_LIMITS["reservedWords"])
"""Keys of these names cannot be compared: Glue reads expressions with JSqlParser."""

_LITERAL = re.compile(r"('(?:[^']|'')*')")
_COMPARED = re.compile(r"(\w+)\)*\s*(?:[=<>!]|(?:not\s+)?(?:in|like|between)\b|is\b)", re.IGNORECASE)

Item = TypeVar("Item")
Values = Sequence[str]


class GlueRuleError(Exception):
    """A request that AWS refuses, with the code that the SDKs turn into a typed exception."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def partition_indexes(asked: Sequence[dict[str, Any]], keys: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Glue's response for the indexes with which a table with these keys is created: at most three, of its keys."""
    if len(asked) > MAX_PARTITION_INDEXES:
        raise _validation_error(
            f"[{len(asked)} members]",
            "partitionIndexes",
            f"Member must have length less than or equal to {MAX_PARTITION_INDEXES}",
        )
    types = {key["Name"]: key.get("Type", "string") for key in keys}
    for index in asked:
        unknown = [key for key in index["Keys"] if key not in types]
        if unknown:
            raise GlueRuleError("InvalidInputException", f"Keys {unknown} of the index are not partition keys.")
    return [
        {
            "IndexName": index["IndexName"],
            "Keys": [{"Name": key, "Type": types[key]} for key in index["Keys"]],
            "IndexStatus": "ACTIVE",
        }
        for index in asked
    ]


def check_batch_size(member: str, items: Sequence[Any], limit: int) -> None:
    if len(items) > limit:
        raise _validation_error(
            f"[{len(items)} members]", member, f"Member must have length less than or equal to {limit}"
        )


def check_values(member: str, values: Values) -> None:
    """Each value has 1 to 1024 characters; any other length fails the whole request, not just its partition."""
    if any(not 1 <= len(value) <= MAX_VALUE_LENGTH for value in values):
        raise _validation_error(
            f"[{', '.join(values)}]",
            member,
            f"Member must satisfy constraint: [Member must have length less than or equal to {MAX_VALUE_LENGTH}, "
            "Member must have length greater than or equal to 1]",
        )


def check_partition(member: str, partition: dict[str, Any]) -> None:
    """Values and location have to be of a length that Glue takes."""
    check_values(f"{member}.values", partition.get("Values", []))
    location = (partition.get("StorageDescriptor") or {}).get("Location") or ""
    if len(location) > MAX_LOCATION_LENGTH:
        raise _validation_error(
            location,
            f"{member}.storageDescriptor.location",
            f"Member must have length less than or equal to {MAX_LOCATION_LENGTH}",
        )


def check_value_count(values: Values, key_count: int) -> None:
    if len(values) != key_count:
        raise GlueRuleError(
            "InvalidInputException", "The number of partition keys do not match the number of partition values"
        )


def check_expression(expression: str | None) -> str | None:
    """The expression to filter by; an empty one, as Trino sends it, filters nothing."""
    if expression and len(expression) > MAX_EXPRESSION_LENGTH:
        raise _validation_error(
            expression, "expression", f"Member must have length less than or equal to {MAX_EXPRESSION_LENGTH}"
        )
    return expression or None


def check_names(expression: str | None, keys: Sequence[str]) -> None:
    """An expression compares keys of the table, whether or not there are partitions to compare."""
    without_literals = _LITERAL.sub("''", expression or "")
    for name in _COMPARED.findall(without_literals):
        if name.lower() in RESERVED_WORDS:
            raise GlueRuleError("InvalidInputException", f"Unsupported expression '{expression}'")
        if name.lower() not in (key.lower() for key in keys):
            raise GlueRuleError("InvalidInputException", "Invalid partition expression!")


def in_case_of_keys(expression: str | None, keys: Sequence[str]) -> str | None:
    """The expression with its names as the table writes them: Glue takes them in any case, moto does not."""
    if expression is None:
        return None
    names = {key.lower(): key for key in keys}
    parts = _LITERAL.split(expression)
    parts[::2] = [re.sub(r"\w+", lambda word: names.get(word[0].lower(), word[0]), part) for part in parts[::2]]
    return "".join(parts)


def check_version(expected: str | None, current: str) -> None:
    """An update that names a version other than the current one has read a table that was changed since."""
    if expected is not None and expected != current:
        raise GlueRuleError("ConcurrentModificationException", "Update table failed due to concurrent modifications.")


def partition_order(values: Values) -> tuple[int, list[str]]:
    """A stable order that is deliberately not alphabetical, since AWS does not promise one."""
    return zlib.crc32("\0".join(values).encode()), list(values)


def check_segment(segment: dict[str, int] | None) -> None:
    """A segment is one of at most 10, whether or not there are partitions in it."""
    if not segment:
        return
    number, total = segment["SegmentNumber"], segment["TotalSegments"]
    if not 1 <= total <= MAX_SEGMENTS:
        raise _validation_error(
            str(total), "segment.totalSegments", f"Member must have value less than or equal to {MAX_SEGMENTS}"
        )
    if number < 0:
        raise _validation_error(
            str(number), "segment.segmentNumber", "Member must have value greater than or equal to 0"
        )
    if number >= total:
        raise GlueRuleError("InvalidInputException", f"Segment number {number} is not below total segments {total}")


def in_segment(values: Values, segment: dict[str, int] | None) -> bool:
    """Whether a partition belongs to the segment; every partition is in exactly one."""
    return not segment or partition_order(values)[0] % segment["TotalSegments"] == segment["SegmentNumber"]


def page(
    items: Sequence[Item], sort_key: Callable[[Item], Any], request: dict[str, Any], limit: int
) -> tuple[list[Item], str | None]:
    """One page and the token for the next one.

    The token holds the last item's place in the order, not its number: what is created or deleted between two pages
    makes no other item appear twice or go missing.
    """
    size = request.get("MaxResults", limit)
    if not 1 <= size <= limit:
        raise _validation_error(str(size), "maxResults", f"Member must have value less than or equal to {limit}")
    ordered = sorted(items, key=sort_key)
    token = request.get("NextToken")
    if token:
        last = _decode(token)
        ordered = [item for item in ordered if _comparable(sort_key(item)) > _comparable(last)]
    rest = ordered[size:]
    return list(ordered[:size]), _encode(sort_key(ordered[size - 1])) if rest else None


def _validation_error(value: str, member: str, constraint: str) -> GlueRuleError:
    return GlueRuleError(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}",
    )


def _encode(place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _decode(token: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(token.encode()))
    except ValueError as e:
        raise GlueRuleError("InvalidInputException", "Invalid pagination token provided.") from e


def _comparable(place: Any) -> Any:
    return tuple(place) if isinstance(place, (list, tuple)) else place
