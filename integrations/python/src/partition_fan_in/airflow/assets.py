"""Tables as assets: those that tasks change, and those that are watched whoever changes them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from airflow.sdk import Asset, AssetWatcher, Context

from partition_fan_in.airflow.connection import AwsConnection
from partition_fan_in.airflow.facts import Facts
from partition_fan_in.airflow.triggers import TableAdvancedTrigger
from partition_fan_in.state import zone_named
from partition_fan_in.waiting import interval

GROUP = "partition-fan-in"
"""Of the assets, by which Airflow's UI filters."""
SCHEME = "partition-fan-in://"


def table_asset(database: str, table: str, **arguments: Any) -> Asset:
    """A table that tasks have among their outlets; `arguments` are those of Airflow's Asset, such as `extra`, or `name`
    and `uri` where tables of several regions or accounts have the same names.
    """
    own = {"name": f"{database}.{table}", "uri": f"{SCHEME}{database}/{table}", "group": GROUP}
    return Asset(**{**own, **arguments})


def watched_table(database: str, table: str, **arguments: Any) -> Asset:
    """A table that the triggerer asks, to start DAGs whenever it is complete further than before.

    It is another asset than the one that tasks change: Airflow takes an asset's watchers away where another file
    defines it without them, or with others. So all files have to give the same arguments for a table; another catalog,
    region or connection makes another asset.

    Args:
        arguments: those of TableAdvancedTrigger, such as `poll_interval`, which may be a timedelta, too

    Raises:
        ValueError: the zone or the interval given is none, which the trigger could only log
        TypeError: the connection has a field that AwsConnection has not
    """
    if arguments.get("zone"):
        zone_named(arguments["zone"])
    if "poll_interval" in arguments:
        arguments["poll_interval"] = interval(f"poll_interval of {database}.{table}", arguments["poll_interval"])
    place = _place(AwsConnection(**(arguments.get("connection") or {})), arguments.get("catalog_id"))
    trigger = TableAdvancedTrigger(database=database, table=table, **arguments)
    name = f"{database}.{table} complete through" + "".join(f", {one}" for one in place)
    uri = "/".join([f"{SCHEME}{database}/{table}/complete_through", *(quote(one, safe="") for one in place)])
    return Asset(name=name, uri=uri, group=GROUP, watchers=[AssetWatcher(name=name, trigger=trigger)])


def _place(connection: AwsConnection, catalog_id: str | None) -> list[str]:
    """What tells tables of one name apart; nothing for the usual connection."""
    named = connection.aws_conn_id if connection.aws_conn_id != AwsConnection.aws_conn_id else None
    return [one for one in (named, connection.region_name, catalog_id) if one]


def emit(context: Context, outlets: list[Any], facts: Facts) -> None:
    """Adds the facts to the event of each asset that a task has as an outlet."""
    for outlet in outlets:
        if isinstance(outlet, Asset):
            context["outlet_events"][outlet].extra.update(facts)
