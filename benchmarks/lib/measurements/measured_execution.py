"""Executions of the deployed state machine, which a benchmark starts and measures."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
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
        arn = self._sfn.start_execution(stateMachineArn=self._arn, input=json.dumps(spec))["executionArn"]
        try:
            execution = self._ended(arn)
        except BaseException:
            self._sfn.stop_execution(executionArn=arn)
            raise
        output = json.loads(execution.get("output") or "{}")
        registered = output.get("registered")
        if execution["status"] != "SUCCEEDED" or registered != partitions:
            raise CliError(
                f"{partitions} partitions were to be registered, and the execution ended {execution['status']}"
                f" with {registered}: {execution.get('cause', output)}"
            )
        seconds = (execution["stopDate"] - execution["startDate"]).total_seconds()
        return Execution(arn, seconds, self._document(output["report"]))

    def batches(self, execution: Execution) -> int:
        (run,) = self._sfn.list_map_runs(executionArn=execution.arn)["mapRuns"]
        return self._sfn.describe_map_run(mapRunArn=run["mapRunArn"])["itemCounts"]["total"]

    def _ended(self, arn: str) -> Mapping[str, Any]:
        limit = time.monotonic() + GIVEN_UP_SECONDS
        while (execution := self._sfn.describe_execution(executionArn=arn))["status"] == "RUNNING":
            if time.monotonic() > limit:
                raise CliError(f"{arn} has not ended within {GIVEN_UP_SECONDS} seconds")
            time.sleep(POLL_SECONDS)
        return execution

    def _document(self, uri: str) -> Any:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return json.load(self._s3.get_object(Bucket=bucket, Key=key)["Body"])
