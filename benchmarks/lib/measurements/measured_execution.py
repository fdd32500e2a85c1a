"""Executions of the deployed state machine, which a benchmark starts and measures."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from devtools.endpoint import Endpoint
from devtools.errors import CliError

GIVEN_UP_SECONDS = 1200
POLL_SECONDS = 1


@dataclass(frozen=True)
class Execution:
    """An execution that has registered partitions: its seconds as Step Functions counts them, and its run's report."""

    arn: str
    seconds: float
    report: Mapping[str, Any]


class StateMachine:
    """The deployed one."""

    def __init__(self, endpoint: Endpoint, outputs: dict[str, str]) -> None:
        self._s3 = endpoint.client("s3")
        self._sfn = endpoint.client("stepfunctions")
        self._arn = outputs["StateMachineArn"]

    def run(self, spec: Mapping[str, Any], partitions: int) -> Execution:
        """Throws unless the execution registers this number of partitions; it never leaves one running."""
        execution = self.ended(spec)
        output = json.loads(execution.get("output") or "{}")
        registered = output.get("registered")
        if execution["status"] != "SUCCEEDED" or registered != partitions:
            raise CliError(
                f"{partitions} partitions were to be registered, and the execution ended {execution['status']}"
                f" with {registered}: {execution.get('cause', output)}"
            )
        seconds = (execution["stopDate"] - execution["startDate"]).total_seconds()
        return Execution(execution["executionArn"], seconds, self._document(output["report"]))

    def ended(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Describes an execution with this input that has ended, in whatever way; it never leaves one running."""
        arn = self._sfn.start_execution(stateMachineArn=self._arn, input=json.dumps(given))["executionArn"]
        try:
            return self._await(arn)
        except BaseException:
            self._sfn.stop_execution(executionArn=arn)
            raise

    def state_transitions(self, execution: Mapping[str, Any]) -> int:
        """Those of an execution that has ended, with two for each item of its Map: its child's start, and its state."""
        arn = execution["executionArn"]
        pages = self._sfn.get_paginator("get_execution_history").paginate(executionArn=arn)
        entered = sum(event["type"].endswith("StateEntered") for page in pages for event in page["events"])
        return entered + 2 * sum(self._items(run) for run in self._map_runs(arn))

    def batches(self, execution: Execution) -> int:
        (run,) = self._map_runs(execution.arn)
        return self._items(run)

    def _map_runs(self, arn: str) -> Sequence[Mapping[str, Any]]:
        return self._sfn.list_map_runs(executionArn=arn)["mapRuns"]

    def _items(self, run: Mapping[str, Any]) -> int:
        return self._sfn.describe_map_run(mapRunArn=run["mapRunArn"])["itemCounts"]["total"]

    def _await(self, arn: str) -> Mapping[str, Any]:
        limit = time.monotonic() + GIVEN_UP_SECONDS
        while (execution := self._sfn.describe_execution(executionArn=arn))["status"] == "RUNNING":
            if time.monotonic() > limit:
                raise CliError(f"{arn} has not ended within {GIVEN_UP_SECONDS} seconds")
            time.sleep(POLL_SECONDS)
        return execution

    def _document(self, uri: str) -> Any:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return json.load(self._s3.get_object(Bucket=bucket, Key=key)["Body"])
