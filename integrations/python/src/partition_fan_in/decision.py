"""Whether a table is complete enough for a consumer: a pure decision, the same for each way of waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partition_fan_in.errors import PeriodOutstanding
from partition_fan_in.state import TableState


@dataclass(frozen=True)
class Done:
    """The table is complete through the wanted period."""

    state: TableState


@dataclass(frozen=True)
class Waiting:
    """The wanted period is not complete yet, and nothing that failed is known to be in its way."""

    state: TableState


@dataclass(frozen=True)
class Outstanding:
    """Partitions that failed are outstanding, and the table is not complete through the wanted period."""

    state: TableState
    wanted: datetime

    @property
    def error(self) -> PeriodOutstanding:
        return PeriodOutstanding(self.state, self.wanted)


Decision = Done | Waiting | Outstanding


def decide(state: TableState, wanted: datetime) -> Decision:
    """Judges a state.

    `fanin.complete_through` never passes an outstanding period. While partitions are outstanding, waiting for a later
    period is in vain until somebody acts: redrives the run, corrects the data for the next one, or waives partitions.
    """
    if state.is_complete_through(wanted):
        return Done(state)
    return Outstanding(state, wanted) if state.outstanding else Waiting(state)
