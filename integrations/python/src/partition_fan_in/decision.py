"""Whether a table is complete enough for a consumer: a pure decision, the same for each way of waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from partition_fan_in.errors import PeriodOutstanding
from partition_fan_in.state import TableState


@dataclass(frozen=True)
class Done:
    """The table is complete through the wanted period, and verified if that is required."""

    state: TableState


@dataclass(frozen=True)
class Waiting:
    """The wanted period is not complete yet, and nothing that failed is known to be in its way.

    Or the table is to be verified, and is not yet.
    """

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


def decide(state: TableState, wanted: datetime, *, require_verified: bool = False) -> Decision:
    """Judges a state; with `require_verified` a table with unverified partitions, of whatever period, is waited for.

    `fanin.complete_through` never passes an outstanding period. While partitions are outstanding, waiting for a later
    period is in vain until somebody acts: redrives the run, corrects the data for the next one, or waives partitions.
    """
    if state.is_complete_through(wanted):
        return Waiting(state) if require_verified and state.unverified else Done(state)
    return Outstanding(state, wanted) if state.outstanding else Waiting(state)


SETTLE = timedelta(minutes=5)
"""A run that registers ten thousand partitions takes less."""


class Settling:
    """Judges a table poll by poll: a period counts as outstanding when that was so for a while.

    A run that begins to register publishes at once what has failed in it, and how far the table is complete at its end.
    In between, a period that the run is about to register looks outstanding if a later one has failed. It counts once

    - something was outstanding at every poll for `settle`, and `fanin.complete_through` stayed where it was, however
      often the table was changed: failed partitions may be retried every few minutes, or
    - the catalog says that the table was changed before that, so that one look is enough.

    Keep one for as long as the same period is waited for. It may be given as what follows from the state, too: a table
    may state the zone of its keys only later.
    """

    def __init__(
        self,
        wanted: datetime | Callable[[TableState], datetime],
        settle: timedelta,
        *,
        require_verified: bool = False,
    ) -> None:
        self._wanted = wanted
        self._require_verified = require_verified
        self._settle = settle
        self._held: tuple[datetime | None, datetime] | None = None
        """`fanin.complete_through` while something is outstanding, and when it was first seen there."""

    def decide(self, state: TableState, now: datetime) -> Decision:
        """The decision about the state that was read at this time."""
        wanted = self._wanted if isinstance(self._wanted, datetime) else self._wanted(state)
        decision = decide(state, wanted, require_verified=self._require_verified)
        if not isinstance(decision, Outstanding):
            self._held = None
            return decision
        if self._held is None or self._held[0] != state.reached:
            self._held = (state.reached, now)
        since = self._held[1] if state.updated is None else min(self._held[1], state.updated)
        return decision if now - since >= self._settle else Waiting(state)
