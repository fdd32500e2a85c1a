"""Shows what a run would do, from the plan that a dry run leaves in the state bucket."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from fanin_cli.report import notes, printable

SHOWN_PARTITIONS = 10
"""Of each reason."""
FILE_WIDTH = 200
"""Of output that is no terminal: nothing is folded in a file."""
REASONS = {
    "NEW": "new",
    "LATE": "registered, changed since",
    "RETRIED": "failed before",
    "AGAIN": "registered, named to be processed again",
}
OUTCOMES = {
    "PROCESS": "would be processed",
    "PROCESS_BY_JOB": "would be processed by a Glue job",
    "REGISTER": "nothing to process; what the table says of itself would be set right",
    "NOTHING_NEW": "nothing new: nothing would be processed",
    "PARTIAL": "nothing new, and the table stays partial: nothing would be processed",
}


def dry(content: Mapping[str, Any]) -> dict[str, Any]:
    """The input of an execution that ends after detection."""
    return {**content, "dryRun": True}


def show(plan: Mapping[str, Any], console: Console | None = None) -> None:
    """Prints the plan: what would run and why, what is skipped, and what it costs."""
    console = console or Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else FILE_WIDTH)
    console.print(headline(plan))
    detection = plan.get("detection", {})
    if detection.get("sample"):
        console.print(_partitions(detection))
    for line in notes(_answer(detection)):
        console.print(line)
    console.print(_costs(plan))


def headline(plan: Mapping[str, Any]) -> str:
    outcome = OUTCOMES.get(plan.get("next", ""), printable(plan.get("next")))
    if plan.get("next") in ("PROCESS", "PROCESS_BY_JOB"):
        outcome = f"{_counted(plan['partitions'], 'partition')} in {_counted(plan['batches'], 'batch')} {outcome}"
    detection = plan.get("detection", {})
    since = f" from {printable(detection['from'])} on" if detection.get("from") else ""
    seen = f"{detection.get('found')} found{since}, {detection.get('registered', 0)} of them registered"
    seen = f" ({seen})" if detection.get("found") else ""
    return f"{printable(plan.get('table'))}: {outcome}{seen}."


def rows(detection: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Reason, partition and prefix of the first partitions of each reason, and how many more there are."""
    shown = []
    for reason, count in detection.get("reasons", {}).items():
        named = [one for one in detection.get("sample", []) if one.get("reason") == reason][:SHOWN_PARTITIONS]
        title = f"{REASONS.get(reason, printable(reason))} ({count})"
        for number, one in enumerate(named):
            shown.append(("" if number else title, printable(one.get("partition")), printable(one.get("prefix"))))
        if count > len(named):
            shown.append(("" if named else title, f"and {count - len(named)} more", ""))
    return shown


def _partitions(detection: Mapping[str, Any]) -> Grid:
    grid = Grid("why", "partition", "prefix")
    for row in rows(detection):
        grid.add_row(*row)
    return grid


def _answer(detection: Mapping[str, Any]) -> dict[str, Any]:
    """The detection in the shape of the detector's answer, which has counts and names side by side."""
    answer = {key: detection[key] for key in ("skipped", "skippedSample") if detection.get(key)}
    for kind in ("waiting", "setAside"):
        tally = detection.get(kind, {})
        answer[kind] = tally.get("count", 0)
        answer[f"{kind}Sample"] = [f"{one['partition']}: {one.get('detail', '')}" for one in tally.get("sample", [])]
    missing = detection.get("missing", {})
    answer["missing"] = missing.get("count", 0)
    answer["missingSample"] = [_gap(one["first"], one["last"]) for one in missing.get("sample", [])]
    return answer


def _gap(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _costs(plan: Mapping[str, Any]) -> Grid:
    grid = Grid("cost", "")
    for operation, count in sorted(plan.get("requests", {}).items()):
        grid.add_row(f"{printable(operation)} requests, made by this plan", str(count))
    grid.add_row("state transitions of the run, estimated", str(plan.get("stateTransitions")))
    if plan.get("processorMillis") is not None:
        grid.add_row("time of the processors, at the last run's pace", f"{plan['processorMillis'] / 1000:.1f} s")
    return grid


def _counted(count: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{count} {noun if count == 1 else plural}"
