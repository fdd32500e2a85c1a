"""What the triggerer polls, so that waiting takes no worker: a table, or an execution."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from typing import Any

from airflow.triggers.base import BaseEventTrigger, BaseTrigger, TriggerEvent
from botocore.exceptions import BotoCoreError, ClientError

from partition_fan_in import (
    FaninError,
    NotManaged,
    Outstanding,
    Run,
    Settling,
    TableNotFound,
    TableState,
    Throttled,
    Waiting,
)
from partition_fan_in.airflow.connection import PollingConnection, SharedClients
from partition_fan_in.airflow.facts import Facts, facts_of
from partition_fan_in.airflow.wanted import Period, require_start, wanted_period
from partition_fan_in.errors import ConnectionNotReadable
from partition_fan_in.patience import Patience
from partition_fan_in.state import zone_named

CLIENTS = SharedClients()
OF_CLIENT = (BotoCoreError, ClientError)
"""Errors after which another client may succeed: its connection may have been changed."""


def _path(trigger: BaseTrigger) -> str:
    return f"{type(trigger).__module__}.{type(trigger).__qualname__}"


class TableCompleteTrigger(BaseTrigger):
    """Fires once: when a table is complete through a period, when that is outstanding, or when it cannot be asked.

    The payload has `outcome` (`done`, `outstanding`, or the name of an error), `message`, and the table's `facts` and
    the `partition` of AWS where they are known. The first poll comes after `poll_interval` seconds, since the task has
    just looked.

    Args:
        wanted: a time within the newest period that has to be complete, as wanted_period reads it; without a zone it is
            one in that of the table's keys, which the table may state only later
        settle: seconds for which something has to be outstanding (see Settling); None goes on waiting
        connection: the fields of AwsConnection
        period: that of the table's partitions, if it is known: see wanted_period and require_start
        require_verified: whether a table with unverified partitions is waited for, too
    """

    def __init__(
        self,
        *,
        database: str,
        table: str,
        wanted: str,
        settle: float | None,
        poll_interval: float,
        catalog_id: str | None,
        zone: str | None,
        connection: dict[str, Any],
        period: Period | None = None,
        require_verified: bool = False,
    ) -> None:
        super().__init__()
        self.database = database
        self.table = table
        self.wanted = wanted
        self.settle = settle
        self.poll_interval = poll_interval
        self.catalog_id = catalog_id
        self.zone = zone
        self.connection = connection
        self.period = period
        self.require_verified = require_verified

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class, and the arguments above."""
        return _path(self), {
            "database": self.database,
            "table": self.table,
            "wanted": self.wanted,
            "settle": self.settle,
            "poll_interval": self.poll_interval,
            "catalog_id": self.catalog_id,
            "zone": self.zone,
            "connection": self.connection,
            "period": self.period,
            "require_verified": self.require_verified,
        }

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """One GetTable a poll, repeated while it is throttled; what passes by itself is borne, with a new client."""
        connection = PollingConnection(**self.connection)
        settle = timedelta(seconds=self.settle or 0)
        settling = Settling(self._wanted, settle, require_verified=self.require_verified)
        patience = Patience()
        payload: Facts | None = None
        while payload is None:
            await asyncio.sleep(self.poll_interval)
            glue = None
            try:
                glue = await CLIENTS.get(connection, "glue")
                payload = await CLIENTS.ask(connection, self._look, glue, settling)
                patience.answered()
            except (FaninError, BotoCoreError, ClientError) as error:
                if isinstance(error, OF_CLIENT):
                    CLIENTS.drop(glue)
                if not patience.bears(error):
                    payload = {"outcome": type(error).__name__, "message": str(error)}
        yield TriggerEvent(payload)

    def _wanted(self, state: TableState) -> datetime:
        return wanted_period(self.wanted, self.period, state.zone)

    def _look(self, glue: Any, settling: Settling) -> Facts | None:
        zone = zone_named(self.zone) if self.zone else None
        state = TableState.read(glue, self.database, self.table, catalog_id=self.catalog_id, zone=zone)
        require_start(state, self.period)
        decision = settling.decide(state, datetime.now(timezone.utc))
        if isinstance(decision, Waiting):
            return None
        known = {"facts": facts_of(state), "partition": glue.meta.partition}
        if not isinstance(decision, Outstanding):
            return {"outcome": "done", "message": "", **known}
        if self.settle is None:
            return None
        return {"outcome": "outstanding", "message": str(decision.error), **known}


class ExecutionTrigger(BaseTrigger):
    """Fires once: when an execution has ended, or when it cannot be asked.

    The payload has its `execution_arn`, and its `status` or an `error`.

    Args:
        connection: the fields of AwsConnection
        redrives: how many it has had: an end with fewer is the one before
    """

    def __init__(
        self, *, execution_arn: str, poll_interval: float, connection: dict[str, Any], redrives: int = 0
    ) -> None:
        super().__init__()
        self.execution_arn = execution_arn
        self.poll_interval = poll_interval
        self.connection = connection
        self.redrives = redrives

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class, and the arguments above."""
        return _path(self), {
            "execution_arn": self.execution_arn,
            "poll_interval": self.poll_interval,
            "connection": self.connection,
            "redrives": self.redrives,
        }

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """As TableCompleteTrigger, with one DescribeExecution a poll."""
        connection = PollingConnection(**self.connection)
        patience = Patience()
        run = None
        while run is None or not run.is_over or run.redrives < self.redrives:
            await asyncio.sleep(self.poll_interval)
            sfn = None
            try:
                sfn = await CLIENTS.get(connection, "stepfunctions")
                run = await CLIENTS.ask(connection, Run.read, sfn, self.execution_arn)
                patience.answered()
            except (FaninError, BotoCoreError, ClientError) as error:
                if isinstance(error, OF_CLIENT):
                    CLIENTS.drop(sfn)
                if not patience.bears(error):
                    message = f"{type(error).__name__}: {error}"
                    yield TriggerEvent({"execution_arn": self.execution_arn, "status": None, "error": message})
                    return
        yield TriggerEvent({"execution_arn": run.execution_arn, "status": run.status})


class TableAdvancedTrigger(BaseEventTrigger):
    """Fires whenever a table is complete further than ever before: for an AssetWatcher, which starts DAGs by it.

    A table that goes back, since a complete period fails, has to get further than it was.

    The payload has the table's facts. It fires once at its start too, with what it finds: nothing that came while no
    triggerer was running is missed, and what has been seen may come again; so it does for a table that was created
    anew. A table that does not exist yet, or that no run has registered anything in, is waited for; so are errors of
    AWS, which the log of the triggerer tells.
    """

    def __init__(
        self,
        *,
        database: str,
        table: str,
        poll_interval: float = 60,
        catalog_id: str | None = None,
        zone: str | None = None,
        connection: dict[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.database = database
        self.table = table
        self.poll_interval = poll_interval
        self.catalog_id = catalog_id
        self.zone = zone
        self.connection = connection

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class, and the arguments above."""
        return _path(self), {
            "database": self.database,
            "table": self.table,
            "poll_interval": self.poll_interval,
            "catalog_id": self.catalog_id,
            "zone": self.zone,
            "connection": self.connection,
        }

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """One GetTable a poll, repeated while it is throttled, without an end."""
        reached: datetime | None = None
        created: datetime | None = None
        while True:
            state = await self._look()
            if state and state.created != created:
                reached, created = None, state.created
            through = state and state.reached
            if state and through and (reached is None or through > reached):
                reached = through
                yield TriggerEvent(facts_of(state))
            await asyncio.sleep(self.poll_interval)

    async def _look(self) -> TableState | None:
        """None if the table cannot be read: Airflow would make a trigger that fails again at once, every second."""
        glue = None
        connection = PollingConnection(**(self.connection or {}))
        try:
            glue = await CLIENTS.get(connection, "glue")
            return await CLIENTS.ask(connection, self._read, glue)
        except (TableNotFound, NotManaged, Throttled) as error:
            self.log.warning("%s.%s: %s", self.database, self.table, error)
        except (ConnectionNotReadable, *OF_CLIENT) as error:
            CLIENTS.drop(glue)
            self.log.warning(
                "%s.%s is asked again in %g s: %s. Where this goes on, the connection needs a region, and valid"
                " credentials that allow glue:GetTable",
                self.database,
                self.table,
                self.poll_interval,
                error,
            )
        except (FaninError, ValueError, ArithmeticError) as error:
            self.log.error("%s.%s starts no DAG until this is put right: %s", self.database, self.table, error)
        return None

    def _read(self, glue: Any) -> TableState:
        zone = zone_named(self.zone) if self.zone else None
        return TableState.read(glue, self.database, self.table, catalog_id=self.catalog_id, zone=zone)
