"""Shows an execution while it runs: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from fanin_cli.executions import MapProgress, Moment
from fanin_cli.history import Step
from fanin_cli.project import say

LINE_SECONDS = 2.0


class View(Protocol):
    """Something that is shown the execution's moments, one after the other."""

    def __enter__(self) -> View: ...

    def __exit__(self, *exception: object) -> None: ...

    def show(self, moment: Moment) -> None: ...


def view() -> View:
    return Bars() if Console().is_terminal else Lines()


class Lines:
    """A line for each state, and for the Map one every few seconds."""

    def __init__(self) -> None:
        self._shown = 0
        self._next_line = 0.0
        self._told: MapProgress | None = None

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def show(self, moment: Moment) -> None:
        for step in moment.history.steps:
            if step.event > self._shown:
                say(f"  {step.name}{_amount(step, moment)}")
                self._shown = step.event
        if moment.items == self._told:
            return
        if moment.items and moment.items.done and time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + LINE_SECONDS
            self._told = moment.items
            say(f"    {moment.items.done} of {moment.items.total}")


class Bars:
    """A row for each state that was entered, with a bar for the Map's items."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[items]}"),
            TimeElapsedColumn(),
        )
        self._shown = 0
        self._row: TaskID | None = None
        self._total: int | None = None
        """Of the current row's items; None where the state has none."""

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def show(self, moment: Moment) -> None:
        for step in moment.history.steps:
            if step.event > self._shown:
                self._finish_row()
                self._shown, self._total = step.event, None
                self._row = self._progress.add_task(step.name, total=None, items=_amount(step, moment))
        if moment.items and self._row is not None:
            self._total = moment.items.total
            self._show_items(moment.items.done, self._total)
        if moment.status == "SUCCEEDED":
            self._finish_row()

    def _finish_row(self) -> None:
        if self._row is None:
            return
        if self._total is None:
            self._progress.update(self._row, total=1, completed=1)
        else:
            self._show_items(self._total, self._total)

    def _show_items(self, done: int, total: int) -> None:
        self._progress.update(self._row, completed=done, total=total, items=f"{done} of {total}")


def _amount(step: Step, moment: Moment) -> str:
    detection = moment.history.detection
    if not step.is_map or not detection:
        return ""
    partitions, batches = detection.get("partitions", 0), detection.get("batches", 0)
    return f" ({_count(partitions, 'partition')} in {_count(batches, 'batch', 'batches')})"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
