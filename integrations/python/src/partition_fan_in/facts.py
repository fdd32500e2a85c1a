"""What a table's state is told as, to whoever it is handed on: a name and a value that JSON has for each parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partition_fan_in import contract
from partition_fan_in.state import TableState

FACTS: Mapping[str, tuple[str, Callable[[TableState], Any]]] = {
    contract.STATUS: ("status", lambda state: state.status.value),
    contract.COMPLETE_THROUGH: ("complete_through", lambda state: state.through_text),
    contract.TIME_ZONE: ("zone", lambda state: state.zone_text),
    contract.REGISTERED: ("registered", lambda state: state.registered),
    contract.FAILED: ("outstanding", lambda state: state.outstanding),
    contract.FAILED_SAMPLE: ("outstanding_sample", lambda state: list(state.outstanding_sample)),
    contract.WAIVED: ("waived", lambda state: state.waived),
    contract.UNVERIFIED: ("unverified", lambda state: state.unverified),
    contract.MISSING: ("missing", lambda state: state.missing),
    contract.RUN: ("run", lambda state: state.run),
}
"""By parameter. Times are in ISO format, as the keys have them, in the table's zone."""


def facts_of(state: TableState) -> dict[str, Any]:
    """All of them."""
    return {name: value(state) for name, value in FACTS.values()}
