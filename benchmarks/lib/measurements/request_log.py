"""Counts the requests that LocalStack has served, whoever sent them, from the log that it keeps of them."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from devtools.errors import CliError

Requests = Mapping[str, int]
"""How many, by service and operation as in a run's report: ``S3 PutObject``, ``Glue GetPartitions``."""

SERVED = re.compile(r"localstack\.request\.aws +: AWS (\w+)\.(\w+) => (\d+)")
LACKING = "501"
"""LocalStack's answer to an operation that it does not have: clients try again, and what is counted is not AWS's."""
SERVICES = {"s3": "S3", "glue": "Glue"}
"""The services whose requests are counted, with their names in reports."""
SETTLED_SECONDS = 3
"""Without a request for as long as this, a program has ended its work: functions may go on after an execution."""


class RequestLog:
    """The log of one LocalStack, which serves nobody else meanwhile."""

    def __init__(self, read: Callable[[], str], settled_seconds: float = SETTLED_SECONDS) -> None:
        """`read` returns the whole log."""
        self._read = read
        self._settled_seconds = settled_seconds

    @contextmanager
    def counting(self) -> Iterator[Counter[str]]:
        """The counter is filled when the block has ended and the requests after it have, too."""
        counter: Counter[str] = Counter()
        before = self._end()
        yield counter
        end = self._end()
        counter.update(served(self._read()[before:end]))

    def _end(self) -> int:
        """Where the log ends when no more requests come."""
        log = self._read()
        while True:
            time.sleep(self._settled_seconds)
            later = self._read()
            if not _counted(later[len(log) :]):
                return len(later)
            log = later


def _counted(log: str) -> list[str]:
    return [service for service, _, _ in SERVED.findall(log) if service in SERVICES]


def served(log: str) -> Requests:
    """The requests to the counted services, also those that were refused."""
    counts: Counter[str] = Counter()
    for service, operation, status in SERVED.findall(log):
        if service in SERVICES:
            if status == LACKING:
                raise CliError(f"LocalStack lacks {SERVICES[service]}'s {operation}: it cannot be counted")
            counts[f"{SERVICES[service]} {operation}"] += 1
    return counts
