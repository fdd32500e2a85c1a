"""What tasks hand on, as XComs and in events of assets: values that JSON has."""

from __future__ import annotations

from typing import Any

from airflow.sdk import Asset, Context

from partition_fan_in import TableState

Facts = dict[str, Any]

GROUP = "partition-fan-in"
"""Of the assets, by which Airflow's UI filters."""


def table_asset(database: str, table: str, **arguments: Any) -> Asset:
    """A table as an asset; `arguments` are those of Airflow's Asset, such as `watchers`."""
    return Asset(name=f"{database}.{table}", uri=f"partition-fan-in://{database}/{table}", group=GROUP, **arguments)


def facts_of(state: TableState) -> Facts:
    """A table's state. Times are in ISO format: how far it is complete as the keys have it, in the table's zone."""
    return {
        "database": state.database,
        "table": state.table,
        "status": state.status.value,
        "complete_through": state.shown(state.complete_through) if state.complete_through else None,
        "registered": state.registered,
        "outstanding": state.outstanding,
        "waived": state.waived,
        "missing": state.missing,
        "run": state.run,
    }


def emit(context: Context, outlets: list[Any], facts: Facts) -> None:
    """Adds the facts to the event of each asset that a task has as an outlet."""
    for outlet in outlets:
        if isinstance(outlet, Asset):
            context["outlet_events"][outlet].extra.update(facts)
