"""Waits until a table is complete through a period."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any, Literal

from airflow.providers.common.compat.sdk import AirflowException, AirflowSensorTimeout, AirflowSkipException, conf
from airflow.sdk import BaseSensorOperator, Context, PokeReturnValue
from botocore.exceptions import BotoCoreError, ClientError

from partition_fan_in import SETTLE, Outstanding, Settling, TableState, Waiting
from partition_fan_in.airflow.assets import emit
from partition_fan_in.airflow.connection import AwsConnection
from partition_fan_in.airflow.facts import Facts, facts_of
from partition_fan_in.airflow.links import RunPageLink, TablePageLink
from partition_fan_in.airflow.triggers import TableCompleteTrigger
from partition_fan_in.airflow.wanted import Period, require_start, wanted_period
from partition_fan_in.errors import FaninError
from partition_fan_in.links import run_page, table_page
from partition_fan_in.patience import Patience
from partition_fan_in.state import zone_named
from partition_fan_in.waiting import require_choice

OnOutstanding = Literal["fail", "skip", "wait"]

ENDS = (AirflowException, FaninError, BotoCoreError, ClientError)
"""Of which a trigger makes the end of a task; other errors are those of the task's arguments."""


class FaninCompleteThroughSensor(BaseSensorOperator):
    """Waits until `fanin.complete_through` of a table reaches a period, and fails early where it cannot.

    Returns the table's state: `database`, `table`, and what partition_fan_in.facts names. The same is added to the
    events of assets that are outlets of the task.

    One GetTable a poll, so 1,440 a day with the default `poke_interval`. A table that does not exist, or that
    partition-fan-in does not manage, fails the task.

    Args:
        database: of the Glue Data Catalog
        complete_through: a time within the newest period that has to be complete, which is the logical date by default;
            without a zone it is one in `zone`
        period: that of the table's partitions, to whose start the time is rounded down; a table that is complete
            through a time within one fails the task
        on_outstanding: what happens where the period is outstanding: the task fails (and is retried if it has
            `retries`), is skipped, or waits on
        settle: for how long something has to be outstanding, and the table to get no further, before that counts, since
            a run that is registering may still complete the period; with mode="reschedule", the table to be unchanged
        require_verified: whether it waits, too, until no partition of the table is known to be unverified
        zone: in which the table's keys are written: that of `fanin.timeZone` by default, else UTC
        catalog_id: of another account's catalog
        console: where `fanin console` is served, for the links; without it they lead to the pages in S3
        aws_conn_id, region_name, verify, botocore_config: as for the operators of the amazon provider
    """

    template_fields: Sequence[str] = (
        "database",
        "table",
        "complete_through",
        "catalog_id",
        "console",
        "aws_conn_id",
        "region_name",
    )
    operator_extra_links = (RunPageLink(), TablePageLink())
    ui_color = "#dbeafe"

    def __init__(
        self,
        *,
        database: str,
        table: str,
        complete_through: datetime | date | str = "{{ logical_date }}",
        period: Period | None = None,
        on_outstanding: OnOutstanding = "fail",
        settle: timedelta | float = SETTLE,
        require_verified: bool = False,
        zone: str | None = None,
        catalog_id: str | None = None,
        console: str | None = None,
        deferrable: bool = conf.getboolean("operators", "default_deferrable", fallback=False),
        aws_conn_id: str | None = "aws_default",
        region_name: str | None = None,
        verify: bool | str | None = None,
        botocore_config: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        require_choice("on_outstanding", on_outstanding, OnOutstanding)
        if period is not None:
            require_choice("period", period, Period)
        if zone:
            zone_named(zone)
        super().__init__(**kwargs)
        self.database = database
        self.table = table
        self.complete_through = complete_through
        self.period = period
        self.on_outstanding = on_outstanding
        self.settle = settle
        self.require_verified = require_verified
        self.zone = zone
        self.catalog_id = catalog_id
        self.console = console
        self.deferrable = deferrable
        self.aws_conn_id = aws_conn_id
        self.region_name = region_name
        self.verify = verify
        self.botocore_config = botocore_config
        self._wanted: datetime | None = None
        self._settling: Settling | None = None
        self._patience: Patience | None = None
        self._told: str | None = None
        self._linked: str | None = None

    def execute(self, context: Context) -> Facts | None:
        """Looks once; then waits in the triggerer, or in the worker if the sensor is not deferrable."""
        if not self.deferrable:
            found: Facts | None = super().execute(context)
            return found
        looked = self._first_look(context)
        return self._facts_or_defer(looked)

    def _facts_or_defer(
        self, looked: PokeReturnValue, deadline: float | None = None, failing_since: float | None = None
    ) -> Facts:
        if not looked.is_done:
            now = time.time()
            if deadline is None:
                deadline = now + self.timeout
            elif deadline <= now:
                raise AirflowSensorTimeout(f"{self.database}.{self.table} is not complete after {self.timeout:g} s")
            trigger = self._trigger()
            self.defer(
                trigger=trigger,
                method_name="resume",
                kwargs={"wanted": trigger.wanted, "deadline": deadline, "failing_since": failing_since},
                timeout=timedelta(seconds=deadline - now),
            )
        facts: Facts = looked.xcom_value
        return facts

    def _first_look(self, context: Context) -> PokeReturnValue:
        """Fails as later looks do, of which Airflow makes what `soft_fail`, `never_fail` and `silent_fail` say."""
        try:
            return self.poke(context)
        except AirflowSkipException:
            raise
        except Exception as error:
            if self.never_fail or (self.soft_fail and isinstance(error, ENDS)):
                raise AirflowSkipException(str(error)) from error
            if self.silent_fail and self._wanted is not None:
                self.log.exception("the first look has failed")
                return PokeReturnValue(is_done=False)
            raise

    def poke(self, context: Context) -> PokeReturnValue:
        """One GetTable. An error that passes by itself is borne, once this process has had an answer."""
        if self._patience is None:
            glue, state = self._read()
            self._patience = Patience()
        else:
            answer = self._patience.ask(self._read)
            if answer is None:
                return PokeReturnValue(is_done=False)
            glue, state = answer
        return self._judged(context, glue, state)

    def _judged(self, context: Context, glue: Any, state: TableState) -> PokeReturnValue:
        require_start(state, self.period)
        # Made here, since the arguments are templates until the task runs.
        if self._settling is None:
            self._settling = Settling(self._wanted_of, self._settle, require_verified=self.require_verified)
        decision = self._settling.decide(state, datetime.now(timezone.utc))
        self._link(context, facts_of(state), glue.meta.partition)
        if not isinstance(decision, Outstanding | Waiting):
            return PokeReturnValue(is_done=True, xcom_value=self._done(context, facts_of(state)))
        if isinstance(decision, Outstanding) and self.on_outstanding != "wait":
            self._outstanding(str(decision.error))
        self._tell(state)
        return PokeReturnValue(is_done=False)

    def _tell(self, state: TableState) -> None:
        """Says in the log for what the task waits, and again when the table has changed: it may time out."""
        wanted = state.shown(self._wanted) if self._wanted else self.complete_through
        reached = state.through_text or "no period"
        told = (
            f"waiting until {state.name} is complete through {wanted} ({state.zone}): it is {state.status.value},"
            f" complete through {reached}, {state.outstanding} outstanding"
            + (f", {state.unverified} unverified" if state.unverified else "")
        )
        if told != self._told:
            self.log.info("%s", told)
            self._told = told

    def _read(self) -> tuple[Any, TableState]:
        glue = self._connection.client("glue")
        return glue, TableState.read(glue, self.database, self.table, catalog_id=self.catalog_id, zone=self._zone)

    def resume(
        self,
        context: Context,
        event: dict[str, Any],
        wanted: str | None = None,
        deadline: float | None = None,
        failing_since: float | None = None,
    ) -> Facts:
        """Goes on with what the trigger has found: one GetTable before the task ends, which may wait on then.

        Args:
            wanted: what the trigger has waited for, since the template may be rendered otherwise now
            deadline: at which the task has waited for `timeout`, in seconds since 1970
            failing_since: when the first of these looks failed that were not answered since, in seconds since 1970
        """
        self._link(context, event.get("facts") or {}, event.get("partition"))
        if event["outcome"] not in ("done", "outstanding"):
            raise AirflowException(f"{event['outcome']}: {event['message']}")
        self.complete_through = wanted or self.complete_through
        patience = Patience(time.time, failing_since)
        looked = self._look_again(context, event, patience)
        return self._facts_or_defer(looked, deadline, patience.failing_since)

    def _look_again(self, context: Context, event: dict[str, Any], patience: Patience) -> PokeReturnValue:
        """The table may have changed since, and the triggerer have read the connection before it led elsewhere."""
        try:
            answer = patience.ask(self._read)
            if answer is None:
                return PokeReturnValue(is_done=False)
            known = event.get("facts") or {}
            if event["outcome"] == "outstanding" and answer[1].through_text == known.get("complete_through"):
                # The trigger has seen for as long as that takes that the table got no further.
                self._settling = Settling(self._wanted_of, timedelta(), require_verified=self.require_verified)
            looked = self._judged(context, *answer)
        except (FaninError, BotoCoreError, ClientError) as error:
            raise AirflowException(f"{type(error).__name__}: {error}") from error
        if event["outcome"] == "done" and not looked.is_done:
            self.log.warning(
                "the triggerer has found %s.%s complete, this worker has not: unless it has gone back since, their"
                " connections lead to different tables",
                self.database,
                self.table,
            )
        return looked

    def _done(self, context: Context, facts: Facts) -> Facts:
        self.log.info("%s.%s is complete through %s", self.database, self.table, facts["complete_through"])
        emit(context, self.outlets, facts)
        return facts

    def _outstanding(self, message: str) -> None:
        if self.on_outstanding == "skip":
            raise AirflowSkipException(message)
        raise AirflowException(message)

    def _link(self, context: Context, facts: Facts, partition: str | None) -> None:
        folder = facts.get("run")
        if folder and folder != self._linked:
            self._linked = folder
            where: Any = {"partition": partition, "console": self.console}
            RunPageLink.push(context, run_page(folder, **where))
            TablePageLink.push(context, table_page(folder, self.database, self.table, **where))

    def _trigger(self) -> TableCompleteTrigger:
        when = self.complete_through
        return TableCompleteTrigger(
            database=self.database,
            table=self.table,
            wanted=when if isinstance(when, str) else when.isoformat(),
            settle=None if self.on_outstanding == "wait" else self._settle.total_seconds(),
            poll_interval=self.poke_interval,
            catalog_id=self.catalog_id,
            zone=self.zone,
            connection=self._connection.fields(),
            period=self.period,
            require_verified=self.require_verified,
        )

    @property
    def _zone(self) -> tzinfo | None:
        return zone_named(self.zone) if self.zone else None

    @property
    def _settle(self) -> timedelta:
        return self.settle if isinstance(self.settle, timedelta) else timedelta(seconds=self.settle)

    def _wanted_of(self, state: TableState) -> datetime:
        """Found at each look: a table may state the zone of its keys only when its first run has ended."""
        self._wanted = wanted_period(self.complete_through, self.period, state.zone)
        return self._wanted

    @property
    def _connection(self) -> AwsConnection:
        return AwsConnection(self.aws_conn_id, self.region_name, self.verify, self.botocore_config)
