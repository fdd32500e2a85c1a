"""How runs end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from partition_fan_in import contract


class Outcome(Enum):
    """How a run has ended, in the words of `fanin run`."""

    COMPLETE = "COMPLETE"
    NOTHING_NEW = "NOTHING_NEW"
    PLANNED = "PLANNED"
    HELD = "HELD"
    """Partial, and failed: a redrive processes what is outstanding, for a run of all tables `fanin redrive --all`."""
    PARTIAL = "PARTIAL"
    """Partial, and succeeded, since the spec says so or there is nothing to redrive."""
    STILL_PARTIAL = "STILL_PARTIAL"
    """There was nothing to process, and the table is partial."""
    BUSY = "BUSY"
    """Another execution is working on the table, or on one of all tables; nothing was changed there."""
    FAILED = "FAILED"
    """It failed, or was to run all tables and has left some out by mistake."""


OF_ERRORS: Mapping[str, Outcome] = {
    contract.TABLE_PARTIAL: Outcome.HELD,
    contract.TABLES_PARTIAL: Outcome.HELD,
    contract.TABLES_FAILED: Outcome.FAILED,
    contract.TABLE_BUSY: Outcome.BUSY,
    contract.REDRIVEN_WHILE_BUSY: Outcome.BUSY,
}
AFTER_DETECTION: Mapping[str, Outcome] = {
    contract.NEXT_NOTHING_NEW: Outcome.NOTHING_NEW,
    contract.NEXT_NO_TABLES: Outcome.NOTHING_NEW,
    contract.NEXT_PARTIAL: Outcome.STILL_PARTIAL,
    contract.NEXT_PLANNED: Outcome.PLANNED,
    contract.NEXT_BUSY: Outcome.BUSY,
}
OF_TABLES: Mapping[str, Outcome] = {
    "COMPLETE": Outcome.COMPLETE,
    "PARTIAL": Outcome.PARTIAL,
}
