"""Reads what an execution has done so far from the events of its history."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

LEFT_OUT = ("skipped", "waiting", "setAside", "missing")
"""How the names of the counts begin, and of the samples beside them."""


@dataclass(frozen=True)
class Step:
    """A state that was entered; where the Map is under way, its items too."""

    event: int
    name: str
    is_map: bool = False


@dataclass
class History:
    """An execution so far. Outputs are told apart by what they hold, so that states may be renamed."""

    steps: list[Step] = field(default_factory=list)
    detection: dict[str, Any] | None = None
    """What the detector has found, or the gate has left to do: partitions, batches, skipped names."""
    result: dict[str, Any] | None = None
    """What the last pass came to: registered, failed, where the report lies."""


def read(events: Iterable[dict[str, Any]]) -> History:
    history = History()
    for event in sorted(events, key=lambda event: event["id"]):
        entered = event.get("stateEnteredEventDetails")
        exited = event.get("stateExitedEventDetails")
        if entered:
            history.steps.append(Step(event["id"], entered["name"], event["type"].startswith("MapState")))
        elif exited:
            _note_output(history, _object(exited.get("output")))
    return history


def _note_output(history: History, output: dict[str, Any]) -> None:
    if "report" in output:
        history.result = output
    elif "next" in output:
        # What detection left out is known once, and said at the end of every pass.
        left_out = {key: value for key, value in (history.detection or {}).items() if key.startswith(LEFT_OUT)}
        history.detection = {**left_out, **output}


def _object(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
