"""Waiting for a table."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any, Literal, get_args

from partition_fan_in.aws import GlueClient
from partition_fan_in.decision import SETTLE, Done, Outstanding, Settling
from partition_fan_in.errors import WaitTimeout
from partition_fan_in.patience import Patience
from partition_fan_in.state import UTC, TableState

Seconds = float | timedelta
WhenOutstanding = Literal["fail", "wait"]


def wait_until(
    glue: GlueClient,
    database: str,
    table: str,
    *,
    complete_through: datetime,
    timeout: Seconds,
    poll: Seconds = 60,
    when_outstanding: WhenOutstanding = "fail",
    settle: Seconds = SETTLE,
    catalog_id: str | None = None,
    zone: tzinfo | str | None = None,
    require_verified: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> TableState:
    """Waits until the table is complete through the period that begins at `complete_through`, and returns its state.

    One GetTable a poll, beside retries of throttled ones; timeout, poll and settle in seconds or as timedelta.
    A time without a zone is one in the table's, which is that of `fanin.timeZone`, else `zone`, else UTC.
    With `require_verified` it waits, too, until no partition of the table is known to be unverified.

    Raises PeriodOutstanding once partitions were outstanding for `settle` and the table got no further (see Settling),
    unless `when_outstanding` is "wait"; WaitTimeout; and what TableState.read raises: a missing table is not waited
    for. Once the table was read, polls that fail for what passes by itself are repeated: see Patience.
    """
    require_choice("when_outstanding", when_outstanding, WhenOutstanding)
    pause = interval("poll", poll)
    deadline = clock() + seconds(timeout)
    settling = Settling(complete_through, timedelta(seconds=seconds(settle)), require_verified=require_verified)
    patience = Patience(clock)

    def read() -> TableState:
        return TableState.read(glue, database, table, catalog_id=catalog_id, zone=zone, sleep=sleep)

    state = read()
    found: TableState | None = state
    while True:
        if found:
            state = found
            decision = settling.decide(state, now())
            if isinstance(decision, Done):
                return state
            if isinstance(decision, Outstanding) and when_outstanding == "fail":
                raise decision.error
        left = deadline - clock()
        if left <= 0:
            raise WaitTimeout(timed_out(state, complete_through, seconds(timeout)), state=state)
        sleep(min(pause, left))
        found = patience.ask(read)


def timed_out(state: TableState, wanted: datetime, waited: float) -> str:
    """The message for a wait that is given up after so many seconds."""
    through = f"complete through {state.through_text or 'no known period'}"
    if state.is_complete_through(wanted):
        return f"{state.name} is {through}, and {state.unverified_text} after {waited:g} s"
    why = f"{state.outstanding_text}; " if state.outstanding else ""
    if state.missing:
        why += f"{state.missing_text}; "
    keys = "" if why or state.complete_through else ": its keys may be no times, or no run has looked at all of it"
    return (
        f"{state.name} is not complete through {state.shown(wanted)} after {waited:g} s: {why}it is"
        f" {state.status.value}, {through}{keys}"
    )


def require_choice(name: str, word: object, choices: Any) -> None:
    """Raises ValueError for a word that is none of a Literal's: a typo would be taken for the last of them."""
    *others, last = get_args(choices)
    if word not in (*others, last):
        raise ValueError(f"{name} is {word!r}, expected {', '.join(others)} or {last}")


def seconds(duration: Seconds) -> float:
    return duration.total_seconds() if isinstance(duration, timedelta) else float(duration)


def interval(name: str, duration: Seconds) -> float:
    """Between polls, in seconds. Raises ValueError for one that is not positive: AWS would be asked without a pause."""
    length = seconds(duration)
    if not length > 0:
        raise ValueError(f"{name} is {duration!r}, expected more than 0 seconds")
    return length
