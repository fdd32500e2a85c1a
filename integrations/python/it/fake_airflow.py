"""What a task of Airflow is given, and what it asks, in memory."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

ARN = "arn:aws:states:eu-west-1:123456789012:execution:partition-fan-in:nightly"


class Client:
    """One of boto3, in a partition of AWS."""

    def __init__(self, partition: str = "aws") -> None:
        self.meta = SimpleNamespace(partition=partition)


class States:
    """Starts one execution, which has ended when it is described."""

    def __init__(self, arn: str = ARN, **described: Any) -> None:
        self.described = {"executionArn": arn, "stateMachineArn": "arn", **described}

    def start_execution(self, **request: Any) -> Any:
        return {"executionArn": self.described["executionArn"]}

    def describe_execution(self, **request: Any) -> Any:
        return self.described


class TaskInstance:
    """Keeps what is pushed."""

    def __init__(self) -> None:
        self.pushed: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value
