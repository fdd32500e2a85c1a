"""AWS Glue's rules for partitions and pages that moto does not know. Nothing here depends on LocalStack.

The numbers are those of https://docs.aws.amazon.com/glue/latest/webapi/, the messages those that AWS sends.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

MAX_BATCH_CREATE = 100
MAX_BATCH_UPDATE = 100
MAX_BATCH_GET = 1000
MAX_BATCH_DELETE = 25
MAX_VALUE_LENGTH = 1024
MAX_EXPRESSION_LENGTH = 2048
MAX_SEGMENTS = 10
MAX_PARTITION_PAGE = 1000
MAX_TABLE_PAGE = 100
MAX_DATABASE_PAGE = 100

Item = TypeVar("Item")
Values = Sequence[str]


class GlueRuleError(Exception):
    """A request that AWS refuses, with the code that the SDKs turn into a typed exception."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def check_batch_size(member: str, items: Sequence[Any], limit: int) -> None:
    if len(items) > limit:
        raise _validation_error(
            f"[{len(items)} members]", member, f"Member must have length less than or equal to {limit}"
        )


def check_values(member: str, values: Values) -> None:
    """Each value has 1 to 1024 characters; one that has not fails the whole request, not just its partition."""
    if any(not 1 <= len(value) <= MAX_VALUE_LENGTH for value in values):
        raise _validation_error(
            f"[{', '.join(values)}]",
            member,
            f"Member must satisfy constraint: [Member must have length less than or equal to {MAX_VALUE_LENGTH}, "
            "Member must have length greater than or equal to 1]",
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


def check_version(expected: str | None, current: str) -> None:
    """An update that names a version other than the current one has read a table that somebody changed since."""
    if expected is not None and expected != current:
        raise GlueRuleError("ConcurrentModificationException", "Update table failed due to concurrent modifications.")


def partition_order(values: Values) -> tuple[int, list[str]]:
    """A stable order that is nobody's alphabetical order, for AWS promises none either."""
    return zlib.crc32("\0".join(values).encode()), list(values)


def in_segment(values: Values, segment: dict[str, int] | None) -> bool:
    """Whether a partition belongs to the segment; every partition is in exactly one."""
    if not segment:
        return True
    number, total = segment["SegmentNumber"], segment["TotalSegments"]
    if not 1 <= total <= MAX_SEGMENTS:
        raise _validation_error(
            str(total), "segment.totalSegments", f"Member must have value less than or equal to {MAX_SEGMENTS}"
        )
    if not 0 <= number < total:
        raise GlueRuleError("InvalidInputException", f"Segment number {number} is not below total segments {total}")
    return partition_order(values)[0] % total == number


def page(
    items: Sequence[Item], sort_key: Callable[[Item], Any], request: dict[str, Any], limit: int
) -> tuple[list[Item], str | None]:
    """One page and the token for the next one.

    The token holds the last item's place in the order, not its number: what is created or deleted between two pages
    makes no other item appear twice or go missing.
    """
    size = request.get("MaxResults") or limit
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
