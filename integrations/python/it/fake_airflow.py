"""What a task of Airflow is given, and what it asks, in memory."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from botocore.exceptions import ClientError, EndpointConnectionError

from partition_fan_in.airflow import FaninRunOperator, triggers
from partition_fan_in.airflow.connection import AwsConnection, SharedClients

ARN = "arn:aws:states:eu-west-1:123456789012:execution:partition-fan-in:nightly"


PASSING: tuple[Exception, ...] = (
    ClientError({"Error": {"Code": "ExpiredTokenException", "Message": "expired"}}, "Operation"),
    EndpointConnectionError(endpoint_url="https://aws"),
)
"""Errors of a request after which the next one may be answered."""


class Client:
    """One of boto3, in a partition of AWS."""

    def __init__(self, partition: str = "aws") -> None:
        self.meta = SimpleNamespace(partition=partition)


class States:
    """Starts one execution, which has ended when it is described; `errors` are raised before that."""

    def __init__(self, arn: str = ARN, errors: Sequence[Exception] = (), **described: Any) -> None:
        self.errors = list(errors)
        self.described = {"executionArn": arn, "stateMachineArn": "arn", **described}

    def start_execution(self, **request: Any) -> Any:
        return {"executionArn": self.described["executionArn"]}

    def describe_execution(self, **request: Any) -> Any:
        if self.errors:
            raise self.errors.pop(0)
        return self.described


class TaskInstance:
    """The second of a mapped task, in its first try; keeps what is pushed."""

    dag_id, task_id, run_id, map_index = "flights", "run", "scheduled__2013-02-09T00:00:00+00:00", 1

    def __init__(self) -> None:
        self.try_number = 1
        self.pushed: dict[str, Any] = {}

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value


class AirflowCase(unittest.TestCase):
    """Has a task to execute, and clients that answer from memory."""

    def setUp(self) -> None:
        self.instance = TaskInstance()
        self.context: Any = {"ti": self.instance, "outlet_events": {}}

    def client(self, fake: Any) -> list[str]:
        """Has all clients be this one; the services for which one is made."""
        made: list[str] = []
        for patcher in (
            patch.object(AwsConnection, "_made", lambda connection, service: made.append(service) or fake),
            patch.object(triggers, "CLIENTS", SharedClients()),
        ):
            patcher.start()
            self.addCleanup(patcher.stop)
        return made

    def operator(self, **arguments: Any) -> FaninRunOperator:
        return FaninRunOperator(**{"task_id": "run", "state_machine_arn": "arn", "spec": "s3://b/s.json", **arguments})
