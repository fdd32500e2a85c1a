"""What tasks and triggers hand on, as XComs and in events of assets: values that JSON has."""

from __future__ import annotations

from typing import Any

from partition_fan_in import TableState, facts

Facts = dict[str, Any]


def facts_of(state: TableState) -> Facts:
    """A table's state. Times are in ISO format: how far it is complete as the keys have it, in the table's zone."""
    return {"database": state.database, "table": state.table, **facts.facts_of(state)}
