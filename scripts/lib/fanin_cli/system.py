"""The deployed system as the commands see it: its stack's outputs, and the clients to talk to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from fanin_cli import plan, progress, report, spec
from fanin_cli.endpoint import Endpoint
from fanin_cli.errors import CliError
from fanin_cli.executions import Executions
from fanin_cli.project import say
from fanin_cli.report import Outcome, Reports
from fanin_cli.stack import Stack

LOCAL_POLL_SECONDS = 0.3
AWS_POLL_SECONDS = 2.0


@dataclass(frozen=True)
class System:
    """One deployed stack."""

    endpoint: Endpoint
    machine_arn: str
    executions: Executions
    reports: Reports

    @staticmethod
    def of(endpoint: Endpoint, stack_name: str) -> System:
        outputs = Stack(endpoint, stack_name).outputs()
        poll_seconds = AWS_POLL_SECONDS if endpoint.is_aws else LOCAL_POLL_SECONDS
        machine_arn = outputs["StateMachineArn"]
        return System(
            endpoint,
            machine_arn,
            Executions(endpoint.client("stepfunctions"), machine_arn, poll_seconds),
            Reports(endpoint.client("s3"), outputs["StateBucketName"]),
        )

    def run(self, content: dict[str, Any]) -> Outcome:
        """Starts an execution and follows it to its end."""
        name = spec.execution_name(content, datetime.now(timezone.utc))
        return self.follow(self._started(name, content))

    def plan(self, content: dict[str, Any]) -> Outcome:
        """Finds out what an execution would do, and shows it; nothing is shown of one that would fail at once."""
        name = spec.execution_name(content, datetime.now(timezone.utc))
        outcome = self.follow(self._started(name, plan.dry(content)))
        made = self.reports.plan_of(name) if outcome.verdict is report.Verdict.DONE else None
        if made is not None:
            plan.show(made)
        return outcome

    def redrive(self, execution: str) -> Outcome:
        """Redrives an execution; where the endpoint cannot, starts one that takes up what the other has left."""
        arn = self.executions.arn(execution)
        described = self.executions.describe(arn)
        if described["status"] == "RUNNING":
            raise CliError(f"{described['name']} is running", "wait for its end")
        if self.executions.redrive(arn):
            say(f"Redriven: {described['name']}")
            return self.follow(arn)
        say("This endpoint has no RedriveExecution: a new execution takes up the failed partitions instead")
        name = spec.execution_name({"table": _origin(described["name"])}, datetime.now(timezone.utc))
        return self.follow(self._started(name, {"redriveOf": described["name"]}))

    def follow(self, arn: str) -> Outcome:
        """Shows the execution until its end, and says what came of it."""
        with progress.view() as view:
            moment = self.executions.follow(arn, view.show)
        outcome = report.outcome(arn.rpartition(":")[2], moment, self.reports)
        for line in outcome.lines:
            say(line)
        return outcome

    def _started(self, name: str, content: dict[str, Any]) -> str:
        arn = self.executions.start(name, content)
        say(f"Execution {name}")
        return arn


def _origin(execution_name: str) -> str:
    """The table in an execution's name, as `spec.execution_name` puts it there."""
    return spec.TIME_SUFFIX.sub("", execution_name)
