"""Starts runs and redrives them."""

from __future__ import annotations

import hashlib
import json
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Literal

from airflow.providers.common.compat.sdk import AirflowException, AirflowFailException, AirflowSkipException, conf
from airflow.sdk import BaseOperator, Context

from partition_fan_in import FaninError, Outcome, Run, RunExists, contract, redrive, start_run
from partition_fan_in.airflow.assets import emit
from partition_fan_in.airflow.connection import AwsConnection
from partition_fan_in.airflow.facts import Facts
from partition_fan_in.airflow.links import ExecutionLink, RunPageLink
from partition_fan_in.airflow.triggers import ExecutionTrigger
from partition_fan_in.errors import RunError
from partition_fan_in.links import execution_page, partition_of, run_page
from partition_fan_in.patience import Patience
from partition_fan_in.runs import Named, find_run
from partition_fan_in.waiting import Seconds, interval, require_choice, seconds

OnPartial = Literal["fail", "skip", "succeed"]
OnNothingNew = Literal["succeed", "skip"]
PARTIAL = frozenset({Outcome.HELD, Outcome.PARTIAL, Outcome.STILL_PARTIAL})
EXECUTION = "execution"
"""The XCom that has the ARN of the execution, also where the task fails."""
NAME_LENGTH = 80
"""Of an execution's name, at most."""
NO_NAME = re.compile("[^A-Za-z0-9_]+")
"""What the names that are made up here do not have: CloudWatch takes less than Step Functions."""


class ExecutionOperator(BaseOperator):
    """What starts an execution, waits for its end, and ends as it did.

    Returns how the run has ended: `outcome`, `execution`, and the fields of the execution's output. The same is added
    to the events of assets that are outlets of the task, which Airflow sends only if the task succeeds.
    """

    operator_extra_links = (ExecutionLink(), RunPageLink())
    ui_color = "#dcfce7"

    def __init__(
        self,
        *,
        on_partial: OnPartial = "fail",
        on_nothing_new: OnNothingNew = "succeed",
        wait: bool = True,
        poll_interval: Seconds = 15,
        run_timeout: Seconds = timedelta(days=1),
        console: str | None = None,
        deferrable: bool = conf.getboolean("operators", "default_deferrable", fallback=False),
        aws_conn_id: str | None = "aws_default",
        region_name: str | None = None,
        verify: bool | str | None = None,
        botocore_config: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        require_choice("on_partial", on_partial, OnPartial)
        require_choice("on_nothing_new", on_nothing_new, OnNothingNew)
        super().__init__(**kwargs)
        self.on_partial = on_partial
        self.on_nothing_new = on_nothing_new
        self.wait = wait
        self.poll_interval = interval("poll_interval", poll_interval)
        self.run_timeout = timedelta(seconds=seconds(run_timeout))
        self.console = console
        self.deferrable = deferrable
        self.aws_conn_id = aws_conn_id
        self.region_name = region_name
        self.verify = verify
        self.botocore_config = botocore_config

    def start(self, sfn: Any, ti: Any) -> Run:
        """Starts the execution, of this try of the task instance."""
        raise NotImplementedError

    def execute(self, context: Context) -> Facts:
        """Starts the execution, and waits in the triggerer, or in the worker if the operator is not deferrable."""
        run = self.start(self._client(), context["ti"])
        self.log.info("%s is %s", run.execution_arn, run.status)
        context["ti"].xcom_push(key=EXECUTION, value=run.execution_arn)
        ExecutionLink.push(context, execution_page(run.execution_arn))
        if not self.wait:
            return {EXECUTION: run.execution_arn}
        if self.deferrable and not run.is_over:
            self._defer(run)
        try:
            ended = run.wait(self.run_timeout, poll=self.poll_interval, connect=self._client)
        except RunError as error:
            ended = error.run
        return self._ended(context, ended)

    def resume(self, context: Context, event: dict[str, Any]) -> Facts:
        """Goes on when the execution has ended; reads how. One that was redriven since is waited for again."""
        if event.get("error"):
            raise AirflowException(f"{event['execution_arn']} cannot be asked, and goes on: {event['error']}")
        run = self._described(event["execution_arn"])
        if not run.is_over:
            self.log.info("%s was %s, and is %s again", run.execution_arn, event["status"], run.status)
            self._defer(run)
        return self._ended(context, run)

    def _described(self, execution_arn: str) -> Run:
        """What passes by itself is borne, with a new client."""
        patience = Patience()
        while True:
            run = patience.ask(lambda: Run.read(self._client(), execution_arn))
            if run is not None:
                return run
            time.sleep(self.poll_interval)

    def _defer(self, run: Run) -> None:
        self.defer(
            trigger=ExecutionTrigger(
                execution_arn=run.execution_arn,
                poll_interval=self.poll_interval,
                connection=self._connection.fields(),
                redrives=run.known_redrives,
            ),
            method_name="resume",
            timeout=self.run_timeout,
        )

    def told_by(self, run: Run, ti: Any) -> Run:
        """The run that says what has become of the task's work: this one, or that of a try whose end nobody saw."""
        return run

    def _ended(self, context: Context, run: Run) -> Facts:
        run = self.told_by(run, context["ti"])
        if run.report_uri:
            folder = run.report_uri.rpartition("/")[0] + "/"
            partition = partition_of(run.execution_arn)
            RunPageLink.push(context, run_page(folder, partition=partition, console=self.console))
        if run.outcome not in PARTIAL or self.on_partial == "fail":
            run = self._checked(run)
        elif self.on_partial == "skip":
            raise AirflowSkipException(_partial(run))
        if run.outcome is Outcome.NOTHING_NEW and self.on_nothing_new == "skip":
            raise AirflowSkipException(f"{run.execution_arn} has found nothing new")
        if run.outcome is Outcome.PLANNED and self.outlets:
            raise AirflowFailException(
                f"{run.execution_arn} is a dry run, which has changed no table, but {self.task_id} would announce its"
                " outlets as updated: leave them out"
            )
        facts = {
            **(run.output or {}),
            "outcome": run.outcome.value if run.outcome else None,
            EXECUTION: run.execution_arn,
        }
        self.log.info("%s is %s", run.execution_arn, facts["outcome"])
        emit(context, self.outlets, facts)
        return facts

    def _checked(self, run: Run) -> Run:
        if run.outcome in PARTIAL:
            raise AirflowException(_partial(run))
        try:
            return run.checked()
        except FaninError as error:
            raise AirflowException(str(error)) from error

    @property
    def _connection(self) -> AwsConnection:
        return AwsConnection(self.aws_conn_id, self.region_name, self.verify, self.botocore_config)

    def _client(self) -> Any:
        return self._connection.client("stepfunctions")


class FaninRunOperator(ExecutionOperator):
    """Starts a run of one table, or of all tables.

    Args:
        state_machine_arn: the stack's output `StateMachineArn`, or `AllTablesStateMachineArn`
        spec: a table spec, or the input of an execution that names one; or the S3 URI of a table spec; or None for all
            tables
        name: the execution's, unique for 90 days. By default, it is made of the DAG, its run, the task, the mapped
            index and the try; a try then follows the execution of an earlier one that still runs, with the same input.
            A task that is repeated with a name of its own finds the execution of this name as long as that runs, and
            fails once it has ended, unless the name is another for each try
        on_partial: what happens where the run leaves a table partial: the task fails, is skipped, or succeeds
        on_nothing_new: what happens where the run finds nothing new: the task succeeds, and announces its outlets as
            updated, or is skipped
        wait: False ends the task as soon as the execution is started
        run_timeout: for how long the execution is waited for; it goes on after that
        console: where `fanin console` is served, for the links; without it they lead to the pages in S3
        aws_conn_id, region_name, verify, botocore_config: as for the operators of the amazon provider
    """

    template_fields: Sequence[str] = ("state_machine_arn", "spec", "name", "console", "aws_conn_id", "region_name")
    template_fields_renderers: ClassVar[dict[str, str]] = {"spec": "json"}

    def __init__(
        self,
        *,
        state_machine_arn: str,
        spec: dict[str, Any] | str | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.state_machine_arn = state_machine_arn
        self.spec = spec
        self.name = name
        self._require_no_outlets_of_a_dry_run()

    def start(self, sfn: Any, ti: Any) -> Run:
        """One StartExecution, and from the second try on a DescribeExecution before it."""
        # Once more, since the spec is a template until the task runs.
        self._require_no_outlets_of_a_dry_run()
        if not self.name:
            return self._left_running(sfn, ti) or self._started(sfn, ti)
        try:
            return self._start(sfn, self.name)
        except RunExists as error:
            raise AirflowException(
                f"{error}, which has ended or has another input: a name is taken for 90 days. Leave it out, or make it"
                " another for each run, mapped index and try"
            ) from error

    def _require_no_outlets_of_a_dry_run(self) -> None:
        if self.outlets and isinstance(self.spec, dict) and self.spec.get(contract.DRY_RUN) is True:
            raise ValueError(
                f"the spec of {self.task_id} is a dry run, which changes no table, but the task would announce its"
                " outlets as updated: leave them out"
            )

    def _started(self, sfn: Any, ti: Any) -> Run:
        name = name_of_try(ti, ti.try_number)
        try:
            return self._start(sfn, name)
        except RunExists:
            # Another Airflow has a run of this name, or this one had, before the run was deleted.
            return self._start(sfn, f"{name[: NAME_LENGTH - 33]}-{uuid.uuid4().hex}")

    def _start(self, sfn: Any, name: str) -> Run:
        self.log.info("starting execution %s", name)
        return start_run(sfn, self.state_machine_arn, self.spec, name=name)

    def _left_running(self, sfn: Any, ti: Any) -> Run | None:
        """The execution of an earlier try, whose worker may have been lost; the newest that there is."""
        found = next(self._earlier(sfn, ti), None)
        return found.run if found and found.has_input and not found.run.is_over else None

    def _earlier(self, sfn: Any, ti: Any) -> Iterator[Named]:
        """The executions of earlier tries, the newest first; one DescribeExecution each."""
        for number in range(ti.try_number - 1, 0, -1):
            found = find_run(sfn, self.state_machine_arn, self.spec, name_of_try(ti, number))
            if found:
                yield found

    def told_by(self, run: Run, ti: Any) -> Run:
        """A run that finds nothing new may follow the one of a try that lost its worker: that one says what came."""
        _require_tables(run, self.spec)
        if run.outcome is not Outcome.NOTHING_NEW or self.name:
            return run
        for found in self._earlier(self._client(), ti):
            if not found.has_input or found.run.status != "SUCCEEDED":
                break
            if found.run.outcome in (Outcome.COMPLETE, Outcome.PARTIAL):
                self.log.info("%s has found nothing new, after %s", run.execution_arn, found.run.execution_arn)
                return found.run
        return run


def _require_tables(run: Run, spec: dict[str, Any] | str | None) -> None:
    """Refuses a selection that matches no table: it may be mistyped, and would be found up to date for ever."""
    if run.has_no_tables and isinstance(spec, dict) and spec.get(contract.ONLY) != contract.ONLY_EVENTS:
        raise AirflowFailException(
            f"{run.execution_arn} has run no table: none that is enabled matches the spec's databases and tables; fanin"
            " tables lists those that there are"
        )


def name_of_try(ti: Any, number: int) -> str:
    """The name of the execution that a try of a task instance starts: the same whenever it is made."""
    index = -1 if ti.map_index is None else ti.map_index
    parts = [ti.dag_id, ti.task_id, ti.run_id, *([index] if index >= 0 else []), number]
    whole = json.dumps([ti.dag_id, ti.task_id, ti.run_id, index, number])
    told = "-".join(NO_NAME.sub("_", str(part)) for part in parts)
    digest = hashlib.sha256(whole.encode()).hexdigest()[:16]
    return f"{told[: NAME_LENGTH - len(digest) - 1]}-{digest}"


class FaninRedriveOperator(ExecutionOperator):
    """Redrives a run that is held: only what is outstanding is processed again. One that was redriven is waited for.

    A run of all tables only looks again at the ends of its tables: `fanin redrive --all` redrives those first.

    Args:
        execution_arn: of the held run: what FaninRunOperator has pushed as the XCom `execution`
        on_partial, on_nothing_new, wait, run_timeout, console, and the connection: as for FaninRunOperator
    """

    template_fields: Sequence[str] = ("execution_arn", "console", "aws_conn_id", "region_name")

    def __init__(self, *, execution_arn: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.execution_arn = execution_arn

    def start(self, sfn: Any, ti: Any) -> Run:
        """One RedriveExecution, between descriptions of the execution."""
        if not self.execution_arn:
            raise AirflowFailException(
                f"execution_arn of {self.task_id} is empty, expected the ARN of a held run: the XCom {EXECUTION!r} of"
                " the task that has started it, or a parameter of the DAG's run"
            )
        return redrive(sfn, self.execution_arn)


def _partial(run: Run) -> str:
    if run.outcome is Outcome.HELD:
        return run.message
    return f"{run.execution_arn} has left {run.table or 'tables'} partial: see {run.report_uri or 'its output'}"
