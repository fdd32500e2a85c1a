"""Starting runs, redriving them, and waiting for their end."""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from partition_fan_in import contract
from partition_fan_in.aws import StepFunctionsClient, code, retrying
from partition_fan_in.errors import (
    FaninError,
    RunExists,
    RunFailed,
    RunPartial,
    TableBusy,
    UnknownContract,
    WaitTimeout,
)
from partition_fan_in.outcomes import AFTER_DETECTION, OF_ERRORS, OF_TABLES, Outcome
from partition_fan_in.patience import Patience
from partition_fan_in.state import UTC
from partition_fan_in.waiting import Seconds, interval, seconds

DAY = 24 * 60 * 60.0
POLL = 15.0

VISIBLE_POLL = 0.5
VISIBLE_POLLS = 30
"""How often it is asked whether a start or a redrive is visible: until then, an execution is described as before."""
CLOCKS = timedelta(seconds=5)
"""By how much the clock of AWS may be behind that of this machine."""

_LOG = logging.getLogger(__name__)

_ENDED = ("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED")
PENDING_REDRIVE = "PENDING_REDRIVE"


@dataclass(frozen=True)
class Run:
    """An execution of a table's or of all tables' state machine, as it was last described.

    status: in Step Functions' words, `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`, `PENDING_REDRIVE`.
    output: the execution's, if it succeeded; error and cause: if it did not.
    """

    execution_arn: str
    status: str
    output: Mapping[str, Any] | None = None
    error: str | None = None
    cause: str | None = None
    redrives: int = 0
    sfn: StepFunctionsClient | None = field(default=None, repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without its client, which belongs to one process."""
        return Run, (self.execution_arn, self.status, self.output, self.error, self.cause, self.redrives)

    @staticmethod
    def read(sfn: StepFunctionsClient, execution_arn: str, sleep: Callable[[float], None] = time.sleep) -> Run:
        """The execution as it is now; one DescribeExecution."""
        return Run.of(described(sfn, execution_arn, sleep), sfn)

    @staticmethod
    def of(answer: Mapping[str, Any], sfn: StepFunctionsClient | None = None) -> Run:
        """The run in an answer of DescribeExecution."""
        output = answer.get("output")
        return Run(
            execution_arn=answer["executionArn"],
            status=answer["status"],
            output=json.loads(output) if output else None,
            error=answer.get("error"),
            cause=answer.get("cause"),
            redrives=answer.get("redriveCount", 0),
            sfn=sfn,
        )

    @property
    def name(self) -> str:
        return self.execution_arn.rpartition(":")[2]

    @property
    def is_over(self) -> bool:
        return self.status in _ENDED

    @property
    def known_redrives(self) -> int:
        """How many redrives it has had: a description with fewer is older than this one."""
        return self.redrives + 1 if self.status == PENDING_REDRIVE else self.redrives

    @property
    def outcome(self) -> Outcome | None:
        """How it has ended; None while it runs.

        Raises UnknownContract for an output that this package cannot read.
        """
        if not self.is_over:
            return None
        if self.status != "SUCCEEDED":
            return OF_ERRORS.get(self.error or "", Outcome.FAILED)
        if self.output is not None and not isinstance(self.output, Mapping):
            raise self._unknown(type(self.output).__name__, "an object")
        output = self._fields
        word = output.get("next", output.get("status"))
        outcomes = AFTER_DETECTION if "next" in output else OF_TABLES
        if not isinstance(word, str) or word not in outcomes:
            raise self._unknown(word, f"one of {', '.join(outcomes)}")
        if self._left_out_by_mistake:
            return Outcome.FAILED
        if self._busy_tables:
            return Outcome.BUSY
        return Outcome.NOTHING_NEW if self._are_up_to_date else outcomes[word]

    @property
    def has_no_tables(self) -> bool:
        """Whether it was to run those of all tables that its input selects, and there are none."""
        return self._fields.get("next") == contract.NEXT_NO_TABLES

    @property
    def table(self) -> str | None:
        """`database.table`, if the output has it."""
        return self._fields.get("table")

    @property
    def report_uri(self) -> str | None:
        """The S3 URI of the report, if the output has it: for that of a held run, take its table's `fanin.run`."""
        return self._fields.get("report")

    @property
    def message(self) -> str:
        """What it has failed with: the function's message, or the cause as it is."""
        try:
            return str(json.loads(self.cause or "")["errorMessage"])
        except (ValueError, KeyError, TypeError):
            return self.cause or self.error or self.status

    def refreshed(self, sleep: Callable[[float], None] = time.sleep) -> Run:
        """The same run as it is now."""
        return Run.read(self._client(), self.execution_arn, sleep)

    def wait(
        self,
        timeout: Seconds = DAY,
        *,
        poll: Seconds = POLL,
        connect: Callable[[], StepFunctionsClient] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> Run:
        """Waits for the execution's end, and returns it if it succeeded: `outcome` says how.

        `connect` makes another client after an error, where credentials are not renewed by the client itself; it raises
        ConnectionNotReadable where that may be possible later.

        Polls that fail for what passes by itself are repeated: see Patience. Raises RunPartial if the run is held,
        TableBusy, RunFailed, and WaitTimeout, which leaves the execution running.
        """
        pause = interval("poll", poll)
        deadline = clock() + seconds(timeout)
        patience = Patience(clock)
        run = self
        has_failed = False
        while not run.is_over or run.redrives < self.known_redrives:
            left = deadline - clock()
            if left <= 0:
                raise WaitTimeout(f"{self.execution_arn} is {run.status} after {seconds(timeout):g} s", run=run)
            sleep(min(pause, left))
            answer = patience.ask(partial(_asked, run, sleep, connect if has_failed else None))
            has_failed = answer is None
            run = answer or run
        return run.checked()

    def checked(self) -> Run:
        """This run, unless its end is an error: see `wait`."""
        if self.outcome is Outcome.HELD:
            raise RunPartial(self, self.message)
        if self._left_out_by_mistake:
            raise RunFailed(self, self._passed_over)
        if self._busy_tables:
            raise TableBusy(self, self._passed_over)
        if self.outcome is Outcome.BUSY:
            holder = self._fields.get("holder")
            raise TableBusy(self, f"{holder} is working on table {self.table}" if holder else self.message)
        if self.outcome is Outcome.FAILED:
            raise RunFailed(self, f"{self.execution_arn} is {self.status}: {self.error or 'no error'}: {self.message}")
        return self

    @property
    def _fields(self) -> Mapping[str, Any]:
        """Those of the output; none if it is no object, as that of another state machine may be."""
        return self.output if isinstance(self.output, Mapping) else {}

    @property
    def _left_out_by_mistake(self) -> int:
        """How many tables a run of all tables has left out though somebody meant them to be run."""
        return int(self._fields.get(contract.LEFT_OUT_BY_MISTAKE, 0))

    @property
    def _are_up_to_date(self) -> bool:
        """Whether a run of all tables has found nothing new in any of them."""
        totals = self._fields.get(contract.TOTALS)
        found = {word for word, count in totals.items() if count} if isinstance(totals, Mapping) else set()
        return found == {contract.TOTAL_NOTHING_NEW}

    @property
    def _busy_tables(self) -> int:
        """On how many tables of a run of all tables another execution was working."""
        totals = self._fields.get(contract.TOTALS)
        return int(totals.get(contract.TOTAL_BUSY, 0)) if isinstance(totals, Mapping) else 0

    @property
    def _passed_over(self) -> str:
        counts = ((self._left_out_by_mistake, "left out by mistake"), (self._busy_tables, "busy"))
        found = ", ".join(f"{count} {words}" for count, words in counts if count)
        return f"{self.execution_arn} has not run all tables ({found}): see {self.report_uri or 'its output'}"

    def _unknown(self, found: object, expected: str) -> UnknownContract:
        advice = "it may come from a newer version than this package, or from another state machine"
        return UnknownContract(f"the output of {self.execution_arn}", found, expected, advice)

    def _client(self) -> StepFunctionsClient:
        if self.sfn is None:
            raise FaninError(f"{self.execution_arn} was read without a client: use Run.read")
        return self.sfn


def start_run(
    sfn: StepFunctionsClient,
    state_machine_arn: str,
    spec: Mapping[str, Any] | str | None,
    *,
    name: str | None = None,
    wait: bool = False,
    timeout: Seconds = DAY,
    poll: Seconds = POLL,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Run:
    """Starts an execution, and returns it as it runs, or with `wait` as it has ended: see Run.wait.

    spec: the execution's input, which is a table spec or names one in its field `spec`; or the S3 URI of a table spec;
    or None for the state machine of all tables. name: the execution's, unique for 90 days; made up if it is None, so
    that a request that is repeated starts nothing twice. The log has it before the request is sent.

    Raises RunExists for a name that is taken: by an execution with another input, or one that has ended and that this
    call has not started.
    """
    execution = name or uuid.uuid4().hex
    request = {"stateMachineArn": state_machine_arn, "name": execution, "input": _json(_input(spec))}
    began = now()
    _LOG.info("starting execution %s", execution)
    try:
        arn = retrying("states:StartExecution", lambda: sfn.start_execution(**request), sleep)["executionArn"]
    except ClientError as error:
        if code(error) != "ExecutionAlreadyExists":
            raise
        # botocore has repeated a request whose answer was lost, and the execution has ended; or the name is taken. One
        # that was made up is nobody else's.
        if name and not _is_of(sfn, state_machine_arn, spec, name, began, sleep):
            raise RunExists(execution) from error
        arn = _execution_arn(state_machine_arn, execution)
    run = Run(arn, "RUNNING", sfn=sfn)
    return run.wait(timeout, poll=poll, sleep=sleep, clock=clock) if wait else run


@dataclass(frozen=True)
class Named:
    """An execution that was found by its name; `started` is None if the endpoint does not say when."""

    run: Run
    has_input: bool
    """Whether its input is the one that was asked for."""
    started: datetime | None


def find_run(
    sfn: StepFunctionsClient,
    state_machine_arn: str,
    spec: Mapping[str, Any] | str | None,
    name: str,
    sleep: Callable[[float], None] = time.sleep,
) -> Named | None:
    """The execution of a name, if there is one; one DescribeExecution."""
    try:
        found = described(sfn, _execution_arn(state_machine_arn, name), sleep)
    except ClientError as error:
        if code(error) != "ExecutionDoesNotExist":
            raise
        return None
    has_input = json.loads(found.get("input") or "null") == json.loads(_json(_input(spec)))
    return Named(Run.of(found, sfn), has_input, found.get("startDate"))


def _is_of(
    sfn: StepFunctionsClient,
    state_machine_arn: str,
    spec: Mapping[str, Any] | str | None,
    name: str,
    began: datetime,
    sleep: Callable[[float], None],
) -> bool:
    """Whether the execution of this name is that of a start which began at this time."""
    patience = Patience()
    for _ in range(VISIBLE_POLLS):
        found = patience.ask(partial(find_run, sfn, state_machine_arn, spec, name, sleep))
        if found:
            return found.has_input and found.started is not None and found.started >= began - CLOCKS
        sleep(VISIBLE_POLL)
    return False


def _asked(run: Run, sleep: Callable[[float], None], connect: Callable[[], StepFunctionsClient] | None) -> Run:
    return Run.read(connect(), run.execution_arn, sleep) if connect else run.refreshed(sleep)


def described(sfn: StepFunctionsClient, execution_arn: str, sleep: Callable[[float], None]) -> Mapping[str, Any]:
    """The answer of DescribeExecution, repeated while it is throttled."""
    answer: Mapping[str, Any] = retrying(
        "states:DescribeExecution", lambda: sfn.describe_execution(executionArn=execution_arn), sleep
    )
    return answer


def _execution_arn(state_machine_arn: str, name: str) -> str:
    """The ARN may name an alias or a version of the state machine."""
    machine = state_machine_arn.replace(":stateMachine:", ":execution:").split(":")[:7]
    return ":".join([*machine, name])


def _json(fields: Mapping[str, Any]) -> str:
    """As an execution's input, with times such as a template of Airflow may render."""

    def text(value: object) -> str:
        if isinstance(value, datetime) and value.tzinfo:
            return value.isoformat()
        raise FaninError(f"{value!r} in the input of an execution is nothing that JSON has, nor a time with a zone")

    return json.dumps(fields, default=text)


def _input(spec: Mapping[str, Any] | str | None) -> Mapping[str, Any]:
    if spec is None:
        return {}
    if not isinstance(spec, str):
        return spec
    if not spec.startswith("s3://"):
        raise FaninError(f"{spec!r} is no table spec: expected the S3 URI of one, or its fields")
    return {contract.SPEC: spec}
