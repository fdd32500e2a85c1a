"""Which period a sensor waits for, and whether it is in vain."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from partition_fan_in import Decision, Outstanding, TableState, Waiting, decide

Period = Literal["minute", "hour", "day", "month", "year"]
LENGTHS: dict[Period, int] = {"year": 1, "month": 2, "day": 3, "hour": 4, "minute": 5}
"""How many fields of a time say in which period it is."""
FIRST = (1, 1, 1, 0, 0)
"""Year, month, day, hour and minute with which periods begin."""


def wanted_period(when: datetime | str, period: Period | None, zone: str) -> datetime:
    """The start of the period that has to be complete.

    Args:
        when: a time within it, as a template renders it; without a zone it is one in `zone`
        period: that of the table's partitions, to whose start the time is rounded down; None leaves it as it is
        zone: in which the table's keys are written

    Raises:
        ValueError: this is no time, which a run without a logical date has none of
    """
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when.strip().replace("Z", "+00:00"))
        except ValueError:
            raise ValueError(
                f"complete_through is {when!r}, which is no time in ISO format; a run that an asset or a person has"
                " started may have no logical date"
            ) from None
    local = when.astimezone(ZoneInfo(zone)) if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))
    if period is None:
        return local
    length = LENGTHS[period]
    year, month, day, hour, minute = (*local.timetuple()[:length], *FIRST[length:])
    return datetime(year, month, day, hour, minute, tzinfo=local.tzinfo)


class Settling:
    """Judges a table poll by poll: a period counts as outstanding only when the table was left unchanged for a while.

    A run that begins to register publishes at once what has failed in it, and how far the table is complete at its end.
    In between, a period that the run is about to register looks outstanding if a later one has failed.

    Where the catalog does not say when the table was changed, it counts from when this object saw the state first.
    """

    def __init__(self, wanted: datetime, settle: timedelta) -> None:
        self._wanted = wanted
        self._settle = settle
        self._seen: tuple[TableState, datetime] | None = None

    def decide(self, state: TableState, now: datetime) -> Decision:
        """The decision about the state that was read at this time."""
        decision = decide(state, self._wanted)
        if not isinstance(decision, Outstanding):
            return decision
        if self._seen is None or self._seen[0] != state:
            self._seen = (state, now)
        unchanged = now - (state.updated or self._seen[1])
        return decision if unchanged >= self._settle else Waiting(state)
