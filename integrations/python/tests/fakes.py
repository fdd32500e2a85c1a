"""AWS in memory, as far as this package uses it: the services that answer, and a clock that only sleeping advances."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from botocore.exceptions import (
    ClientError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
    UnauthorizedSSOTokenError,
)


def client_error(code: str, status: int = 400, operation: str = "Operation") -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, operation)


class FakeClock:
    """Time as this package uses it: `sleep` and `clock`."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


class FakeGlue:
    """Glue with the tables that a test gives it; `fails` are errors for the next requests."""

    def __init__(self, **tables: Mapping[str, str]) -> None:
        self.tables = dict(tables)
        self.fails: list[str | Exception] = []
        self.requests: list[Mapping[str, Any]] = []
        self.before_answer: Callable[[int], None] = lambda number: None
        self.updated = datetime(2013, 2, 9, 14, tzinfo=timezone.utc)

    def get_table(self, **request: Any) -> Any:
        self.requests.append(request)
        self.before_answer(len(self.requests))
        if self.fails:
            fails = self.fails.pop(0)
            raise fails if isinstance(fails, Exception) else client_error(fails)
        name = request["Name"]
        if name not in self.tables:
            raise client_error("EntityNotFoundException")
        return {
            "Table": {
                "Name": name,
                "DatabaseName": request["DatabaseName"],
                "Parameters": self.tables[name],
                "UpdateTime": self.updated,
            }
        }


class FakeStepFunctions:
    """Step Functions whose executions end as a test says: `ends` are the answers of DescribeExecution, in turn."""

    MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:partition-fan-in"
    EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:partition-fan-in:nightly-1"

    def __init__(
        self,
        *ends: Mapping[str, Any] | Exception,
        has_redrives: bool = True,
        is_redrivable: bool = True,
        refused: Exception | None = None,
    ) -> None:
        self.refused = refused
        self.ends = list(ends)
        self.has_redrives = has_redrives
        self.is_redrivable = is_redrivable
        self.started: list[Mapping[str, Any]] = []
        self.redriven: list[str] = []
        self.taken: set[str] = set()
        self.loses_answers = False

    def start_execution(self, **request: Any) -> Any:
        name = request["name"]
        if name in self.taken:
            raise client_error("ExecutionAlreadyExists")
        self.started.append(request)
        if self.loses_answers:
            raise client_error("ExecutionAlreadyExists")
        return {"executionArn": self.EXECUTION.replace("nightly-1", name)}

    def describe_execution(self, **request: Any) -> Any:
        end = self.ends.pop(0) if len(self.ends) > 1 else self.ends[0]
        if isinstance(end, Exception):
            raise end
        return {"executionArn": request["executionArn"], "stateMachineArn": self.MACHINE, **end}

    def redrive_execution(self, **request: Any) -> Any:
        if self.refused:
            raise self.refused
        if not self.has_redrives:
            raise client_error("InternalFailure", 501)
        if not self.is_redrivable:
            raise client_error("ExecutionNotRedrivable")
        self.redriven.append(request["executionArn"])
        return {}


class FakeS3:
    """S3 with the objects that a test gives it, by URI."""

    def __init__(self, **objects: Any) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, uri: str, document: Any) -> None:
        self.objects[uri] = document if isinstance(document, bytes) else json.dumps(document).encode()

    def get_object(self, **request: Any) -> Any:
        uri = f"s3://{request['Bucket']}/{request['Key']}"
        if uri not in self.objects:
            raise client_error("NoSuchKey", 404)
        return {"Body": io.BytesIO(self.objects[uri])}


RUNNING = {"status": "RUNNING"}
PASSING = (
    EndpointConnectionError(endpoint_url="https://aws"),
    ReadTimeoutError(endpoint_url="https://aws"),
    client_error("InternalServiceException", 500),
    client_error("ExpiredTokenException"),
    client_error("OperationTimeoutException"),
    client_error("ResourceNotReadyException"),
    client_error("FederationSourceRetryableException"),
    client_error("IDPCommunicationError"),
    client_error("KmsThrottlingException"),
    CredentialRetrievalError(provider="container-role", error_msg="503"),
    UnauthorizedSSOTokenError(),
    NoCredentialsError(),
)
"""Errors of a request after which the next one may be answered."""


def succeeded(**output: Any) -> Mapping[str, Any]:
    return {"status": "SUCCEEDED", "output": json.dumps(output)}


def failed(error: str, message: str) -> Mapping[str, Any]:
    """As a function's failure is described."""
    return {"status": "FAILED", "error": error, "cause": json.dumps({"errorMessage": message, "errorType": error})}
