"""Which partitions of an asset a table is complete for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from dagster import TimeWindow, TimeWindowPartitionsDefinition

from partition_fan_in import FaninError, TableState
from partition_fan_in.state import zone_named

MOMENT = timedelta(seconds=1)
"""Less than any partition, so that a window that ends so much after a start includes what begins there."""


def last_period(window: TimeWindow, period: timedelta | None) -> TimeWindow:
    """The newest of a table's periods within a window, or the window itself if its periods are those of the asset."""
    if period is None:
        return window
    # Days begin by the clock, which may be set within them; shorter periods follow each other.
    zone = window.end.tzinfo if period >= timedelta(days=1) else timezone.utc
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
    return [
        key
        for key in keys
        if state.is_complete_through(last_period(partitions.time_window_for_partition_key(key), period).start)
    ]


def require_start(partitions: TimeWindowPartitionsDefinition, state: TableState, period: timedelta | None) -> None:
    """Refuses a table that is complete through a time within a partition, and whose period is not stated.

    It has shorter periods, and only begins to fill the partition; or its days begin at another time than the asset's.
    """
    through, newest = state.complete_through, partitions.get_last_partition_window()
    if period is not None or through is None or newest is None or through < partitions.start:
        return
    (key, *_) = partitions.get_partition_keys_in_time_window(TimeWindow(through, through + MOMENT)) or (None,)
    is_start = _is_excluded_start(partitions, through)
    if key is None and not is_start and through < newest.end:
        raise FaninError(
            f"{state.name} is complete through {state.shown(through)}, within a partition of its asset: state the"
            " period of the table's partitions, such as period=timedelta(hours=1), or the zone of its keys"
        )


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
