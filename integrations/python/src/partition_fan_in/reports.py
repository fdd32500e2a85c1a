"""The report of a run, described by docs/schemas/run-report-1.schema.json."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partition_fan_in import contract
from partition_fan_in.aws import S3Client, retrying
from partition_fan_in.errors import FaninError, UnknownContract
from partition_fan_in.runs import Run
from partition_fan_in.state import Status, TableState, local_time


@dataclass(frozen=True)
class Failure:
    """A partition that is outstanding.

    partition: as Hive and Glue print it; values: as Glue has them; attempts: 0 if it caused none of its failures.
    """

    partition: str
    values: tuple[str, ...]
    prefix: str
    error: str
    message: str
    attempts: int
    set_aside: bool
    since: str | None = None


@dataclass(frozen=True)
class Report:
    """What a run's last pass reports; numbers are None where the report has none, which is none of them.

    complete_through: as `fanin.complete_through`, a local time without a zone. document: the whole report, for the
    fields that have no attribute here.
    """

    run: str
    execution: str | None
    pass_number: int
    table: str
    location: str
    status: Status
    registered: int
    failed: int
    outstanding: int
    set_aside: int
    waived: int | None
    unverified: int | None
    missing: int | None
    vanished: int | None
    deregistered: int | None
    bad_records: int | None
    complete_through: datetime | None
    failures: tuple[Failure, ...]
    healed: bool
    begun: str | None
    requests: Mapping[str, int]
    gigabyte_seconds: float | None
    state_transitions: int | None
    document: Mapping[str, Any]

    @staticmethod
    def of(document: Mapping[str, Any], where: str = "the report") -> Report:
        """The report in a JSON document.

        Raises UnknownContract for one that this package cannot read, and FaninError for that of a run of all tables.
        """
        if contract.TOTALS in document:
            raise FaninError(f"{where} is the report of a run of all tables: use the state of one of its tables")
        version = document.get("version")
        if version != contract.REPORT_VERSION:
            raise UnknownContract(f"version of {where}", version, str(contract.REPORT_VERSION))
        try:
            return _report(document)
        except (KeyError, TypeError, ValueError) as error:
            raise UnknownContract(where, repr(error), "a report of version 1") from error


def report(s3: S3Client, run: Run | TableState | str, *, sleep: Callable[[float], None] = time.sleep) -> Report:
    """Reads the report of a run: of one that has ended with an output, of the last run of a table, or by URI.

    A run that is held has no output: take its table's state, or `fanin.run`. The URI is that of the run folder or of
    the report itself. One GetObject.
    """
    uri = run if isinstance(run, str) else run.report_uri
    if not uri:
        raise FaninError(f"{run} does not say where its report is: use the state of its table")
    where = uri + contract.REPORT_DOCUMENT if uri.endswith("/") else uri
    bucket, _, key = where.removeprefix("s3://").partition("/")
    if not where.startswith("s3://") or not key:
        raise FaninError(f"{uri!r} is not the S3 URI of a run folder or a report")
    content = retrying("s3:GetObject", lambda: s3.get_object(Bucket=bucket, Key=key)["Body"].read(), sleep)
    try:
        document = json.loads(content)
    except ValueError as error:
        raise UnknownContract(where, str(error), "JSON") from error
    if not isinstance(document, dict):
        raise UnknownContract(where, type(document).__name__, "a JSON object")
    return Report.of(document, where)


def _report(document: Mapping[str, Any]) -> Report:
    usage = document.get("usage") or {}
    through = document.get("completeThrough")
    return Report(
        run=document["run"],
        execution=document.get("execution"),
        pass_number=document["pass"],
        table=document["table"],
        location=document["location"],
        status=Status(document["status"]),
        registered=document["registered"],
        failed=document["failed"],
        outstanding=document["outstanding"],
        set_aside=document.get("setAside", 0),
        waived=document.get("waived"),
        unverified=document.get("unverified"),
        missing=document.get("missing"),
        vanished=document.get("vanished"),
        deregistered=document.get("deregistered"),
        bad_records=document.get("badRecords"),
        complete_through=None if through is None else local_time(through),
        failures=tuple(_failure(failure) for failure in document["failures"]),
        healed=document["healed"],
        begun=document.get("begun"),
        requests=usage.get("requests", {}),
        gigabyte_seconds=usage.get("gigabyteSeconds"),
        state_transitions=usage.get("stateTransitions"),
        document=document,
    )


def _failure(failure: Mapping[str, Any]) -> Failure:
    return Failure(
        partition=failure["partition"],
        values=tuple(failure["values"]),
        prefix=failure["prefix"],
        error=failure["error"],
        message=failure["message"],
        attempts=failure["attempts"],
        set_aside=failure["setAside"],
        since=failure.get("since"),
    )
