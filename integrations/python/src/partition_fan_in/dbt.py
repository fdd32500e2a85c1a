"""The freshness of dbt's sources by `fanin.complete_through`, as the artifact that `dbt source freshness` writes."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from partition_fan_in.errors import FaninError
from partition_fan_in.facts import facts_of
from partition_fan_in.state import UTC, TableState

SCHEMA = "https://schemas.getdbt.com/dbt/sources/v3.json"
"""Of what is written."""

OWN_CATALOG = "awsdatacatalog"
"""Athena's name for the Glue Data Catalog of the account: dbt's database, which dbt-athena reads in any case."""

PASS, WARN, ERROR, RUNTIME_ERROR = "pass", "warn", "error", "runtime error"

ReadState = Callable[[str, str], TableState]
"""Reads the state of a table, by database and table."""


@dataclass(frozen=True)
class Source:
    """A source of dbt with a freshness, as the manifest has it. `database` is Glue's, which dbt calls schema."""

    unique_id: str
    name: str
    database: str
    table: str
    warn_after: timedelta | None
    error_after: timedelta | None
    catalog: str | None
    criteria: Mapping[str, Any]

    @staticmethod
    def all(manifest: Mapping[str, Any]) -> list[Source]:
        """Those with a freshness to be held to, in the manifest's order."""
        sources = (Source._of(node) for node in manifest["sources"].values() if node.get("freshness"))
        return [source for source in sources if source.warn_after is not None or source.error_after is not None]

    @staticmethod
    def _of(node: Mapping[str, Any]) -> Source:
        freshness = node["freshness"]
        return Source(
            unique_id=node["unique_id"],
            name=f"{node['source_name']}.{node['name']}",
            database=node["schema"],
            table=node["identifier"],
            warn_after=_duration(freshness.get("warn_after")),
            error_after=_duration(freshness.get("error_after")),
            catalog=node.get("database"),
            criteria={name: freshness.get(name) for name in ("warn_after", "error_after", "filter")},
        )

    def is_selected(self, patterns: list[str]) -> bool:
        """Whether one of the patterns is the source's or the table's name, as in dbt: `raw`, `source:raw.flights`."""
        names = (self.name, self.name.partition(".")[0])
        return not patterns or any(pattern.removeprefix("source:") in names for pattern in patterns)

    def status(self, age: timedelta) -> str:
        if self.error_after is not None and age > self.error_after:
            return ERROR
        return WARN if self.warn_after is not None and age > self.warn_after else PASS


@dataclass(frozen=True)
class Freshness:
    """What was found of a source: dbt's entry for it, its status, and a line for people."""

    source: Source
    status: str
    entry: Mapping[str, Any]
    line: str


def check(source: Source, read: ReadState, clock: Callable[[], datetime]) -> Freshness:
    """The freshness of a source; a table that cannot be read is a runtime error of that source alone."""
    if source.catalog and source.catalog.lower() != OWN_CATALOG:
        return _failed(
            source,
            f"{source.name} is a table of the data catalog {source.catalog}, expected {OWN_CATALOG}: of another one the"
            " macro loaded_at asks for it",
        )
    started, begun = clock(), time.monotonic()
    try:
        state = read(source.database, source.table)
    except (FaninError, ClientError, BotoCoreError) as error:
        return _failed(source, str(error))
    if state.complete_through is None:
        why = f"; {state.outstanding_text}" if state.outstanding else ""
        return _failed(
            source, f"table {state.name} has no fanin.complete_through: no period is known to be complete{why}"
        )
    now = clock()
    age = now - state.complete_through
    status = source.status(age)
    entry = {
        "unique_id": source.unique_id,
        "max_loaded_at": state.complete_through.isoformat(),
        "snapshotted_at": now.isoformat(),
        "max_loaded_at_time_ago_in_s": age.total_seconds(),
        "status": status,
        "criteria": source.criteria,
        "adapter_response": {f"fanin_{name}": value for name, value in facts_of(state).items()},
        "timing": [{"name": "execute", "started_at": _zulu(started), "completed_at": _zulu(now)}],
        "thread_id": "MainThread",
        "execution_time": time.monotonic() - begun,
    }
    return Freshness(source, status, entry, f"complete through {state.through_text}, {_outstanding(state)}")


def artifact(results: list[Freshness], dbt_version: str, started: datetime, now: datetime) -> dict[str, Any]:
    """`sources.json`, version 3."""
    return {
        "metadata": {
            "dbt_schema_version": SCHEMA,
            "dbt_version": dbt_version,
            "generated_at": _zulu(now),
            "invocation_id": str(uuid.uuid4()),
            "invocation_started_at": _zulu(started),
            "env": {},
        },
        "results": [result.entry for result in results],
        "elapsed_time": (now - started).total_seconds(),
    }


def _failed(source: Source, why: str) -> Freshness:
    entry = {"unique_id": source.unique_id, "error": why, "status": RUNTIME_ERROR}
    return Freshness(source, RUNTIME_ERROR, entry, why)


def _outstanding(state: TableState) -> str:
    return f"{state.outstanding} outstanding" + (
        f": {', '.join(state.outstanding_sample)}" if state.outstanding else ""
    )


def _duration(threshold: Mapping[str, Any] | None) -> timedelta | None:
    """A number of minutes, hours or days; dbt writes a threshold without a number for none."""
    if not threshold or threshold.get("count") is None:
        return None
    return timedelta(**{f"{threshold['period']}s": threshold["count"]})


def _zulu(moment: datetime) -> str:
    """As dbt writes the times that are its own; those of sources have an offset."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
