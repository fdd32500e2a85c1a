"""Which period a sensor waits for."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from typing import Literal

from partition_fan_in import FaninError, TableState
from partition_fan_in.state import first_shown

Period = Literal["minute", "hour", "day", "month", "year"]
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
LENGTHS: dict[Period, int] = {"year": 1, "month": 2, "day": 3, "hour": 4, "minute": 5}
"""How many fields of a time say in which period it is."""
FIRST = (1, 1, 1, 0, 0)
"""Year, month, day, hour and minute with which periods begin."""


def wanted_period(when: datetime | date | str, period: Period | None, zone: tzinfo) -> datetime:
    """The start of the period that has to be complete.

    Args:
        when: a time within it, as a template renders it; without a zone it is one in `zone`; a date is the last
            period of that day
        period: that of the table's partitions, to whose start the time is rounded down; None leaves it as it is
        zone: in which the table's keys are written

    Raises:
        ValueError: this is no time, which a run without a logical date has none of; or a date without a period, since a
            day's first hour is not the day
    """
    if not isinstance(when, datetime):
        when = str(when)
        is_date = bool(_DATE.fullmatch(when.strip()))
        try:
            when = datetime.fromisoformat(when.strip().replace("Z", "+00:00"))
        except ValueError:
            raise ValueError(
                f"complete_through is {when!r}, which is no time in ISO format; a run that an asset or a person has"
                " started may have no logical date"
            ) from None
        if is_date and period is None:
            raise ValueError(
                f"complete_through is {when:%Y-%m-%d}, a date: state the period of the table's partitions, such as"
                " period='day' or 'hour'"
            )
        if is_date:
            when = when.replace(hour=23, minute=59)
    local = (when if when.tzinfo else first_shown(when, zone)).astimezone(zone)
    if period is None:
        return local
    return _start(local, period)


def require_start(state: TableState, period: Period | None) -> None:
    """Refuses a table whose periods are shorter, which a day's first hour would make complete through the day.

    Raises:
        FaninError: the table is complete through a time within a period
    """
    through = state.complete_through
    if period is None or through is None:
        return
    # Without a zone, since clocks may skip the start.
    if state.moment(_start(through.astimezone(state.zone), period).replace(tzinfo=None)) != through:
        raise FaninError(
            f"{state.name} is complete through {state.shown(through)}, within a {period}: state the period of the"
            " table's partitions, and in complete_through the newest one that has to be complete"
        )


def _start(local: datetime, period: Period) -> datetime:
    length = LENGTHS[period]
    year, month, day, hour, minute = (*local.timetuple()[:length], *FIRST[length:])
    # Clocks repeat hours, and seldom the start of a day.
    fold = local.fold if period in ("hour", "minute") else 0
    return datetime(year, month, day, hour, minute, tzinfo=local.tzinfo, fold=fold)
