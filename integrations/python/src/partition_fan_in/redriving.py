"""Redriving runs that are held."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from botocore.exceptions import ClientError

from partition_fan_in import contract
from partition_fan_in.aws import StepFunctionsClient, code, retrying, status
from partition_fan_in.errors import FaninError
from partition_fan_in.outcomes import Outcome
from partition_fan_in.patience import Patience
from partition_fan_in.runs import DAY, PENDING_REDRIVE, POLL, VISIBLE_POLL, VISIBLE_POLLS, Run, described, start_run
from partition_fan_in.waiting import Seconds

_NOT_IMPLEMENTED = 501
_NO_REDRIVES = frozenset({"UnknownOperation", "UnknownOperationException", "NotImplemented", "501"})
"""What endpoints answer that have no RedriveExecution; LocalStack has the code that AWS has for errors of its own."""
_REDRIVABLE = "REDRIVABLE"
_NOT_REDRIVABLE = "ExecutionNotRedrivable"
"""What is answered for an execution that runs or succeeded, or failed too long ago."""


def redrive(
    sfn: StepFunctionsClient,
    execution_arn: str,
    *,
    wait: bool = False,
    timeout: Seconds = DAY,
    poll: Seconds = POLL,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Run:
    """Redrives an execution that has failed: only what is outstanding is processed again.

    An execution that is running, is complete, or has otherwise succeeded after a redrive has been redriven before, as
    by a repeated task: it is returned as it is.
    Where the endpoint has no redrives (LocalStack), a new execution takes up the failed partitions: the returned run
    has another ARN then.
    A run of all tables only looks again at the ends of its tables: ``fanin redrive --all`` redrives those first.
    """
    before = described(sfn, execution_arn, sleep)
    try:
        retrying("states:RedriveExecution", lambda: sfn.redrive_execution(executionArn=execution_arn), sleep)
    except ClientError as error:
        if code(error) == _NOT_REDRIVABLE:
            run = _not_redrivable(sfn, execution_arn, sleep)
            if run.is_over and not _is_redriven(run):
                raise
        elif status(error) == _NOT_IMPLEMENTED or code(error) in _NO_REDRIVES:
            if before.get("error") in (contract.TABLES_PARTIAL, contract.TABLES_FAILED):
                name = Run.of(before).name
                raise FaninError(
                    f"{name} is a run of all tables, and only fanin redrive --all {name} redrives those here"
                ) from error
            again = {contract.REDRIVE_OF: Run.of(before).name}
            run = start_run(sfn, before["stateMachineArn"], again, sleep=sleep)
        else:
            raise
    else:
        run = _redriven(sfn, Run.of(before, sfn), sleep)
    return run.wait(timeout, poll=poll, sleep=sleep, clock=clock) if wait else run


def _is_redriven(ended: Run) -> bool:
    """Whether a run that cannot be redriven has done what a redrive is asked for."""
    return ended.status == "SUCCEEDED" and (ended.redrives > 0 or ended.outcome is Outcome.COMPLETE)


def _not_redrivable(sfn: StepFunctionsClient, execution_arn: str, sleep: Callable[[float], None]) -> Run:
    """What cannot be redriven, as it is: for a while after a redrive, it may be described as one that can."""
    patience = Patience()
    for _ in range(VISIBLE_POLLS):
        answer = patience.ask(partial(described, sfn, execution_arn, sleep))
        if answer and answer.get("redriveStatus") != _REDRIVABLE:
            return Run.of(answer, sfn)
        sleep(VISIBLE_POLL)
    return Run.read(sfn, execution_arn, sleep)


def _redriven(sfn: StepFunctionsClient, before: Run, sleep: Callable[[float], None]) -> Run:
    patience = Patience()
    for _ in range(VISIBLE_POLLS):
        run = patience.ask(partial(Run.read, sfn, before.execution_arn, sleep))
        if run and run.redrives > before.redrives:
            return run
        sleep(VISIBLE_POLL)
    return Run(before.execution_arn, PENDING_REDRIVE, redrives=before.redrives, sfn=sfn)
