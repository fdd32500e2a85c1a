"""A table as an asset that others make: its sensor, and its check."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import dagster as dg

from partition_fan_in import NotManaged, Status, TableNotFound, TableState, Throttled
from partition_fan_in.dagster.changes import is_news, token
from partition_fan_in.dagster.facts import Metadata, of_report, of_state, report_if_readable
from partition_fan_in.dagster.resource import FaninResource
from partition_fan_in.dagster.windows import complete_after, is_complete, require_start
from partition_fan_in.state import zone_named

PARTITIONS_A_TICK = 500
"""Materializations of one evaluation of a sensor, which Dagster ends after a minute."""

NO_NAME = re.compile("[^A-Za-z0-9_]")
"""What names of tables may have, and those of sensors may not."""


@dataclass(frozen=True)
class FaninTable:
    """A table that partition-fan-in registers partitions in, as an external asset.

    Args:
        partitions_def: of the asset; without it the asset has no partitions
        period: that of the table's partitions, if they are shorter than the asset's: an hour, for an asset by the day
        key: of the asset; database and table by default
        zone: in which the table's keys are written: that of `fanin.timeZone` by default, else UTC

    Raises:
        ValueError: the partitions are none of time, or the period or the zone is none, with which all evaluations fail
    """

    database: str
    table: str
    partitions_def: dg.TimeWindowPartitionsDefinition | None = None
    period: timedelta | None = None
    key: dg.AssetKey | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        name, partitions = f"{self.database}.{self.table}", self.partitions_def
        if partitions is not None and not isinstance(partitions, dg.TimeWindowPartitionsDefinition):
            raise ValueError(
                f"partitions_def of {name} is a {type(partitions).__name__}, expected one by time, such as"
                " HourlyPartitionsDefinition"
            )
        if self.period is not None and not (isinstance(self.period, timedelta) and self.period > timedelta(0)):
            raise ValueError(
                f"period of {name} is {self.period!r}, expected a length of time, such as timedelta(hours=1)"
            )
        if self.zone:
            zone_named(self.zone)

    @property
    def asset_key(self) -> dg.AssetKey:
        """The key of the asset."""
        return self.key or dg.AssetKey([self.database, self.table])

    def asset(self, **arguments: Any) -> dg.AssetSpec:
        """The external asset; `arguments` are those of Dagster's AssetSpec, such as `group_name`."""
        return dg.AssetSpec(
            self.asset_key,
            partitions_def=self.partitions_def,
            **{"kinds": {"glue"}, "metadata": {"dagster/table_name": f"{self.database}.{self.table}"}, **arguments},
        )

    def read(self, fanin: FaninResource) -> TableState:
        """The table's state; one GetTable.

        Raises:
            FaninError: as TableState.read
        """
        zone = zone_named(self.zone) if self.zone else None
        return TableState.read(fanin.client("glue"), self.database, self.table, catalog_id=fanin.catalog_id, zone=zone)

    def sensor(self, *, name: str | None = None, job: Any = None, **arguments: Any) -> dg.SensorDefinition:
        """Reports partitions as materialized when the table is complete for them, in order of time.

        An asset without partitions is materialized when a run has changed the table: see is_news. A table that does not
        exist yet, or that no run has registered anything in, is waited for; what waiting does not change fails the
        evaluation.

        Args:
            job: is requested for each partition that is complete, once
            arguments: those of Dagster's SensorDefinition, such as `default_status`; an evaluation sends one GetTable,
                and one GetObject for the run's report if there is something to tell
        """

        def evaluate(context: dg.SensorEvaluationContext, fanin: FaninResource) -> dg.SensorResult:
            try:
                state = self.read(fanin)
            except (TableNotFound, NotManaged, Throttled) as error:
                reason = dg.SkipReason(f"{type(error).__name__}: {error}")
                return dg.SensorResult(skip_reason=reason, cursor=context.cursor)
            if self.partitions_def is None:
                return self._whole(context.cursor, state, fanin, job)
            return self._partitions(self.partitions_def, context.cursor, state, fanin, job)

        return dg.SensorDefinition(
            name=name or NO_NAME.sub("_", f"{self.database}_{self.table}_complete_through"),
            evaluation_fn=evaluate,
            job=job,
            **{"minimum_interval_seconds": 60, **arguments},
        )

    def complete_through(
        self,
        lag: timedelta | None = None,
        *,
        by_partition: bool = False,
        require_verified: bool = False,
        name: str = "complete_through",
        blocking: bool = True,
        **arguments: Any,
    ) -> dg.AssetChecksDefinition:
        """A check of how far the table is complete. It fails with an error where there is no such table.

        Args:
            lag: how long ago the newest complete period may have begun; without it, nothing may be outstanding or
                missing, and no run may be registering
            by_partition: whether the table has to be complete for the partition of the run instead, or through the last
                one of a backfill in a single run; for Dagster 1.13 or newer
            require_verified: whether the table must have no partition that is known to be unverified, too
            blocking: whether assets downstream wait for the check and do not run if it fails
            arguments: those of Dagster's asset_check, such as `automation_condition`

        Raises:
            ValueError: the asset has no partitions to check by
        """
        partitions = self.partitions_def
        if by_partition:
            if partitions is None:
                raise ValueError(f"{self.database}.{self.table} has no partitions_def to check by")
            arguments["partitions_def"] = partitions

        @dg.asset_check(asset=self.asset_key, name=name, blocking=blocking, **arguments)
        def check(context: dg.AssetCheckExecutionContext, fanin: FaninResource) -> dg.AssetCheckResult:
            state = self.read(fanin)
            if by_partition and partitions is not None:
                require_start(partitions, state, self.period)
                window = partitions.time_window_for_partition_key(context.partition_key_range.end)
                passed = is_complete(state, window, self.period)
            elif lag is None:
                passed = state.status is Status.COMPLETE
            else:
                passed = state.is_complete_through(datetime.now(timezone.utc) - lag)
            passed = passed and not (require_verified and state.unverified)
            metadata = of_state(state, fanin.console, fanin.partition)
            return dg.AssetCheckResult(passed=passed, description=_standing(state), metadata=metadata)

        return check

    def _partitions(
        self,
        partitions: dg.TimeWindowPartitionsDefinition,
        cursor: str | None,
        state: TableState,
        fanin: FaninResource,
        job: Any,
    ) -> dg.SensorResult:
        keys = complete_after(partitions, state, self.period, cursor)[:PARTITIONS_A_TICK]
        if not keys:
            return dg.SensorResult(skip_reason=dg.SkipReason(_standing(state)), cursor=cursor)
        metadata = _metadata(state, fanin)
        return dg.SensorResult(
            asset_events=[dg.AssetMaterialization(self.asset_key, partition=key, metadata=metadata) for key in keys],
            run_requests=[
                dg.RunRequest(run_key=f"{self.database}.{self.table}/{key}", partition_key=key) for key in keys if job
            ],
            cursor=keys[-1],
        )

    def _whole(self, cursor: str | None, state: TableState, fanin: FaninResource, job: Any) -> dg.SensorResult:
        if not is_news(state, cursor, datetime.now(timezone.utc)):
            return dg.SensorResult(skip_reason=dg.SkipReason(_standing(state)), cursor=cursor)
        told = token(state)
        return dg.SensorResult(
            asset_events=[dg.AssetMaterialization(self.asset_key, metadata=_metadata(state, fanin))],
            run_requests=[dg.RunRequest(run_key=f"{self.database}.{self.table}/{told}")] if job else [],
            cursor=told,
        )


def _metadata(state: TableState, fanin: FaninResource) -> Metadata:
    read = report_if_readable(fanin.client("s3"), state)
    return {**of_state(state, fanin.console, fanin.partition), **(of_report(read) if read else {})}


def _standing(state: TableState) -> str:
    reached = (
        f"complete through {state.shown(state.complete_through)}" if state.complete_through else "not complete yet"
    )
    told = f"{state.name} is {state.status.value}, {reached}, {state.outstanding} outstanding"
    if state.unverified:
        told += f", {state.unverified} unverified"
    if state.missing:
        return f"{told}, {state.missing} missing"
    if state.status is Status.PARTIAL and not state.outstanding:
        return f"{told}: a run is registering partitions, or has ended before it was done"
    return told
