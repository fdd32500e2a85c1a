"""Whether a table has changed since it was told: for an asset without partitions."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from partition_fan_in import SETTLE, Status, TableState


def token(state: TableState) -> str:
    """What is told of a table, as the cursor of its sensor."""
    return json.dumps([state.run, state.registered, *_counts(state)])


def is_news(state: TableState, cursor: str | None, now: datetime) -> bool:
    """Whether there is something to tell, and no run is known to register.

    A run that begins to register publishes PARTIAL, its name and what has failed in it. It has registered nothing yet,
    or as much as before it was redriven. Where that was all it did, it may still register: failures that are new count
    once the table was left unchanged for SETTLE.
    """
    if token(state) == cursor:
        return False
    if state.status is not Status.PARTIAL:
        return True
    if not state.outstanding and not state.missing:
        return False
    run, registered, *counts = _told(cursor)
    before = registered if state.run == run else 0
    if (state.registered or 0) != (before or 0):
        return True
    return counts != _counts(state) and (state.updated is None or now - state.updated >= SETTLE)


def _counts(state: TableState) -> list[Any]:
    through = state.reached and state.reached.isoformat()
    return [state.status.value, through, state.outstanding, state.waived, state.missing]


def _told(cursor: str | None) -> list[Any]:
    """What a cursor says; nothing if another version has written it, or it is the key of a partition."""
    nothing: list[Any] = [None] * 7
    try:
        told = json.loads(cursor or "null")
    except ValueError:
        return nothing
    return told if isinstance(told, list) and len(told) == len(nothing) else nothing
