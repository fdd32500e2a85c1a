"""The requests to AWS that this package sends, and what is done about throttling."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from botocore.exceptions import ClientError

from partition_fan_in.errors import Throttled

T = TypeVar("T")

ATTEMPTS = 5
"""Of one request, beside those that botocore makes by itself."""
FIRST_PAUSE = 1.0
"""Seconds; doubled after each attempt, so that all of them fit into half a minute."""

THROTTLING = frozenset(
    {
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "RequestLimitExceeded",
        "TooManyRequestsException",
        "SlowDown",
        "KmsThrottlingException",
    }
)
"""As in botocore.retries.standard, and that of a state machine whose key is refused for its rate."""


class GlueClient(Protocol):
    """What is used of `boto3.client("glue")`."""

    def get_table(self, *args: Any, **kwargs: Any) -> Any: ...


class StepFunctionsClient(Protocol):
    """What is used of `boto3.client("stepfunctions")`."""

    def start_execution(self, *args: Any, **kwargs: Any) -> Any: ...

    def describe_execution(self, *args: Any, **kwargs: Any) -> Any: ...

    def redrive_execution(self, *args: Any, **kwargs: Any) -> Any: ...


class S3Client(Protocol):
    """What is used of `boto3.client("s3")`."""

    def get_object(self, *args: Any, **kwargs: Any) -> Any: ...


def code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def status(error: ClientError) -> int:
    """The HTTP status; 0 where there is none."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def retrying(operation: str, request: Callable[[], T], sleep: Callable[[float], None] = time.sleep) -> T:
    """The answer to a request, which is repeated while it is throttled.

    Raises Throttled after the last attempt, and any other error of the client as it is.
    """
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1))
        try:
            return request()
        except ClientError as error:
            if code(error) not in THROTTLING:
                raise
    raise Throttled(operation, ATTEMPTS)
