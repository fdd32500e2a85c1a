"""Which partitions of an asset a table is complete for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from dagster import TimeWindow, TimeWindowPartitionsDefinition

from partition_fan_in import FaninError, TableState
from partition_fan_in.state import zone_named

MOMENT = timedelta(seconds=1)
"""Less than any partition, so that a window that ends so much after a start includes what begins there."""
DAY = timedelta(days=1)
SHORTEST_DAY = timedelta(hours=22)
"""When clocks are set; one that is shorter is no day."""
AROUND = 366
"""Days before and after a partition, in which zones that set clocks at other times have other days."""


def last_period(window: TimeWindow, period: timedelta | None) -> TimeWindow:
    """The newest of a table's periods within a window, or the window itself if its periods are those of the asset."""
    if period is None:
        return window
    # Days begin by the clock, which may be set within them; shorter periods follow each other.
    zone = window.end.tzinfo if period >= DAY else timezone.utc
    return TimeWindow(max(window.start.astimezone(zone), window.end.astimezone(zone) - period), window.end)


def complete_after(
    partitions: TimeWindowPartitionsDefinition, state: TableState, period: timedelta | None, after: str | None
) -> list[str]:
    """The keys of the partitions that are complete, in order of time, behind one that is known to be.

    Args:
        period: that of the table's partitions, if the asset's are longer
        after: the key behind which they begin; None, or what is no key of these partitions, begins with the first
    """
    newest = partitions.get_last_partition_window()
    if state.complete_through is None or newest is None:
        return []
    require_start(partitions, state, period)
    begin = _end(partitions, after) or partitions.start
    end = min(state.complete_through, newest.start) + MOMENT
    if begin >= end:
        return []
    keys = partitions.get_partition_keys_in_time_window(TimeWindow(begin, end))
    return [key for key in keys if is_complete(state, partitions.time_window_for_partition_key(key), period)]


def is_complete(state: TableState, window: TimeWindow, period: timedelta | None) -> bool:
    """Whether the table is complete through a window's end."""
    by_day = _is_by_the_day(window, period)
    return state.is_complete_through(last_period(window, period).start, by_day=by_day)


def require_start(partitions: TimeWindowPartitionsDefinition, state: TableState, period: timedelta | None) -> None:
    """Refuses a table that is complete through a time within a partition, and whose period is not stated.

    It has shorter periods, and only begins to fill the partition. Refuses a table whose days are not the asset's, too:
    one of 23 hours that begins with the asset's ends before that.
    """
    through, newest = state.complete_through, partitions.get_last_partition_window()
    zone = partitions.timezone
    if newest and _is_by_the_day(newest, period) and not _has_the_days_of(state.zone, zone_named(zone), newest.end):
        raise FaninError(
            f"the days of {state.name} are those of {state.zone_text}, and those of its asset of {zone}: state the"
            " period of the table's partitions, such as period=timedelta(hours=1), or the zone of its keys; or give the"
            f" asset's partitions timezone={state.zone_text!r}"
        )
    if period is not None or through is None or newest is None or through < partitions.start:
        return
    (key, *_) = partitions.get_partition_keys_in_time_window(TimeWindow(through, through + MOMENT)) or (None,)
    is_start = _is_excluded_start(partitions, through)
    if key is None and not is_start and through < newest.end:
        raise FaninError(
            f"{state.name} is complete through {state.shown(through)}, within a partition of its asset: state the"
            " period of the table's partitions, such as period=timedelta(hours=1), or the zone of its keys"
        )


def _is_by_the_day(window: TimeWindow, period: timedelta | None) -> bool:
    return window.end - window.start >= SHORTEST_DAY if period is None else period >= DAY


def _has_the_days_of(zone: tzinfo, other: tzinfo, around: datetime) -> bool:
    moments = (around.astimezone(timezone.utc) + DAY * days for days in range(-AROUND, AROUND + 1))
    return all(one.astimezone(zone).utcoffset() == one.astimezone(other).utcoffset() for one in moments)


def _is_excluded_start(partitions: TimeWindowPartitionsDefinition, moment: datetime) -> bool:
    """Whether a window that the definition leaves out begins there, as a Saturday of a week without weekends."""
    # Before 1.11.8, no window could be left out.
    is_excluded = getattr(partitions, "is_window_start_excluded", lambda _: False)
    return bool(is_excluded(moment.astimezone(zone_named(partitions.timezone))))


def _end(partitions: TimeWindowPartitionsDefinition, key: str | None) -> datetime | None:
    """When a partition ends; None if there is no such key, as after a change of the asset's partitions."""
    if key is None:
        return None
    try:
        window = partitions.time_window_for_partition_key(key)
    except ValueError:
        return None
    # Keys are read leniently: an hour as the day after it.
    return window.end if key in partitions.get_partition_keys_in_time_window(window) else None
