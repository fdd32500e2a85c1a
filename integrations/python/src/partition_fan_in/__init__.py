"""Reads what partition-fan-in tells the readers of its tables, waits for it, and starts and redrives runs.

The only knowledge is the documented contract: table parameters, execution output and the report's schema.
"""

from partition_fan_in.decision import SETTLE, Decision, Done, Outstanding, Settling, Waiting, decide
from partition_fan_in.errors import (
    ConnectionNotReadable,
    FaninError,
    NotManaged,
    PeriodOutstanding,
    RunExists,
    RunFailed,
    RunPartial,
    TableBusy,
    TableNotFound,
    Throttled,
    UnknownContract,
    WaitTimeout,
    WrongZone,
)
from partition_fan_in.outcomes import Outcome
from partition_fan_in.redriving import redrive
from partition_fan_in.reports import Failure, Report, report
from partition_fan_in.runs import Run, start_run
from partition_fan_in.state import Status, TableState
from partition_fan_in.waiting import wait_until

__all__ = [
    "SETTLE",
    "ConnectionNotReadable",
    "Decision",
    "Done",
    "Failure",
    "FaninError",
    "NotManaged",
    "Outcome",
    "Outstanding",
    "PeriodOutstanding",
    "Report",
    "Run",
    "RunExists",
    "RunFailed",
    "RunPartial",
    "Settling",
    "Status",
    "TableBusy",
    "TableNotFound",
    "TableState",
    "Throttled",
    "UnknownContract",
    "WaitTimeout",
    "Waiting",
    "WrongZone",
    "decide",
    "redrive",
    "report",
    "start_run",
    "wait_until",
]
