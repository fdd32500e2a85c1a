"""Starts, redrives and follows executions of the state machine."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from botocore.exceptions import ClientError

from fanin_cli import history
from fanin_cli.errors import CliError
from fanin_cli.history import History
from fanin_cli.project import command

UNKNOWN_OPERATION = frozenset(
    {"InternalFailure", "UnknownOperation", "UnknownOperationException", "NotImplemented", "501"}
)
"""How endpoints answer a call that they do not have."""

NO_EXECUTION = ("ExecutionDoesNotExist", "InvalidArn")


def name_of(run: str) -> str:
    """The execution's name in a run's id, in which `~` and two digits stand for what cannot be in a folder's name."""
    return unquote(run.replace("~", "%"))


@dataclass(frozen=True)
class MapProgress:
    """Items of the Map that is under way."""

    done: int
    total: int


@dataclass(frozen=True)
class Moment:
    """An execution at one moment; `error` and `cause` are those of Step Functions."""

    status: str
    history: History
    items: MapProgress | None = None
    output: str | None = None
    error: str | None = None
    cause: str | None = None

    @property
    def is_over(self) -> bool:
        return self.status != "RUNNING"


class Executions:
    """The executions of one state machine."""

    def __init__(self, client: Any, machine_arn: str, poll_seconds: float) -> None:
        self._client = client
        self._machine_arn = machine_arn
        self._poll_seconds = poll_seconds

    def arn(self, execution: str) -> str:
        """The ARN of an execution that is named by its name or its ARN."""
        if execution.startswith("arn:"):
            return execution
        return f"{self._machine_arn.replace(':stateMachine:', ':execution:')}:{execution}"

    def start(self, name: str, content: dict[str, Any]) -> str:
        try:
            request = {"stateMachineArn": self._machine_arn, "name": name, "input": json.dumps(content)}
            return self._client.start_execution(**request)["executionArn"]
        except ClientError as error:
            raise CliError(f"the execution {name} was not started: {_message(error)}") from error

    def describe(self, arn: str) -> dict[str, Any]:
        try:
            return self._client.describe_execution(executionArn=arn)
        except ClientError as error:
            if error.response["Error"]["Code"] in NO_EXECUTION:
                raise CliError(
                    f"there is no execution {arn}", f"{command('run')} prints the names of executions"
                ) from error
            raise

    def find(self, execution: str) -> dict[str, Any] | None:
        """What an execution is described as; None where it is not known, which it is for 90 days after its end."""
        try:
            return self._client.describe_execution(executionArn=self.arn(execution))
        except ClientError as error:
            if error.response["Error"]["Code"] in NO_EXECUTION:
                return None
            raise

    def redrive(self, arn: str) -> bool:
        """Redrives an execution; False where the endpoint has no such call."""
        before = self.describe(arn).get("redriveCount", 0)
        try:
            self._client.redrive_execution(executionArn=arn)
        except ClientError as error:
            if error.response["Error"]["Code"] in UNKNOWN_OPERATION or _status(error) == 501:
                return False
            raise CliError(f"{arn} was not redriven: {_message(error)}") from error
        for _ in range(30):  # until the redrive can be seen, what is seen is the failure before it
            if self.describe(arn).get("redriveCount", 0) > before:
                break
            time.sleep(0.5)
        return True

    def follow(self, arn: str, show: Callable[[Moment], None]) -> Moment:
        """Shows the execution again and again until it is over."""
        while True:
            moment = self.moment(arn)
            show(moment)
            if moment.is_over:
                return moment
            time.sleep(self._poll_seconds)

    def moment(self, arn: str) -> Moment:
        # Described before the history is read: what the history lacks then has not happened before the end.
        described = self.describe(arn)
        so_far = history.read(self._events(arn))
        is_in_map = bool(so_far.steps) and so_far.steps[-1].is_map and described["status"] == "RUNNING"
        return Moment(
            status=described["status"],
            history=so_far,
            items=self._map_progress(arn, so_far) if is_in_map else None,
            output=described.get("output"),
            error=described.get("error"),
            cause=described.get("cause"),
        )

    def _events(self, arn: str) -> Iterator[dict[str, Any]]:
        for page in self._client.get_paginator("get_execution_history").paginate(executionArn=arn):
            yield from page["events"]

    def _map_progress(self, arn: str, so_far: History) -> MapProgress | None:
        """None where the endpoint does not tell; the run goes on all the same.

        The total is what the manifest holds: the Map run counts only the items that it has read so far.
        """
        try:
            runs = self._client.list_map_runs(executionArn=arn)["mapRuns"]
            newest = max(runs, key=lambda run: run["startDate"], default=None)
            if newest is None:
                return None
            counts = self._client.describe_map_run(mapRunArn=newest["mapRunArn"])["itemCounts"]
        except (ClientError, KeyError):
            return None
        done = sum(counts.get(kind, 0) for kind in ("succeeded", "failed", "timedOut", "aborted"))
        total = max(counts.get("total", 0), (so_far.detection or {}).get("batches", 0))
        return MapProgress(done, total) if total else None


def _message(error: ClientError) -> str:
    return error.response["Error"].get("Message") or str(error)


def _status(error: ClientError) -> int | None:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
