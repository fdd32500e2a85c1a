"""The tables of `benchmarks/run fresh`, and what its figures are held against."""

from __future__ import annotations

import os
from dataclasses import dataclass
from statistics import median

from devtools.project import say
from measurements.fresh import FRESH, FUNCTION, LATER, OVER_TLS, PEER, ROUNDS, WORKS, Figure, Measured, Process


@dataclass(frozen=True)
class Ratio:
    """The function's CPU time against the peer's on one CPU, the median of the rounds, with a goal and a bound."""

    figure: Figure
    goal: float
    kept: dict[str, float]
    """By work."""


RATIOS = (
    Ratio(FRESH, 1.5, {"fresh_large": 3.0, "fresh_small": 3.5, "fresh_large over TLS": 3.5}),
    Ratio(LATER, 1.1, {"fresh_large": 1.8, "fresh_small": 3.5, "fresh_large over TLS": 1.3}),
)
_HELD = {**WORKS, **OVER_TLS}


def show(measured: Measured) -> int:
    """Prints tables in Markdown; the exit code is 1 when a bound that is kept is broken, not when a goal is missed."""
    say("\n## fresh\n")
    say("| work on one CPU, CPU time against DuckDB in Python | kept | goal | measured | ok |\n|---|---|---|---|---|")
    kept = [_ratio(measured, work, ratio) for work in _HELD for ratio in RATIOS]
    for work, objects in WORKS.items():
        for one_cpu in (True, False):
            cpus = "one CPU" if one_cpu else f"all {os.cpu_count()} CPUs"
            say(f"\n{objects}, {cpus}; seconds, the median of {ROUNDS} (the best):\n")
            say("| program | fresh: CPU | fresh: time | 2nd call: CPU | 3rd call on: CPU | 3rd call on: time |")
            say("|---|---|---|---|---|---|")
            for program, processes in measured.of(work, one_cpu).items():
                say(f"| {program} | {' | '.join(_cells(processes))} |")
            for peer, why in measured.skipped.items():
                say(f"| {peer} in Python | SKIPPED: {why} | | | | |")
    return 0 if all(kept) else 1


def _ratio(measured: Measured, work: str, ratio: Ratio) -> bool:
    """Prints the line; whether the bound that is kept is kept."""
    programs = measured.of(work, True)
    bound, goal = ratio.kept[work], ratio.goal
    line = f"| {_HELD[work]}: {ratio.figure.name} | ≤ {bound:.1f} | ≤ {goal:.1f} |"
    if PEER not in programs:
        say(f"{line} not measured: {PEER} was skipped | - |")
        return True
    ours, theirs = programs[FUNCTION], programs[PEER]
    figure = ratio.figure
    times = figure.ratio(ours, theirs)
    best = min(figure.of(process).cpu for process in ours) / min(figure.of(process).cpu for process in theirs)
    ok = "NO" if times > bound else "goal NOT met" if times > goal else "yes"
    seconds = f"{figure.seconds(ours):.2f} s, {figure.seconds(theirs):.2f} s"
    say(f"{line} {times:.2f} times ({seconds}); of the best: {best:.2f} times | {ok} |")
    return times <= bound


def _cells(processes: list[Process]) -> list[str]:
    columns = (
        [process.fresh.cpu for process in processes],
        [process.fresh.seconds for process in processes],
        [process.second.cpu for process in processes],
        [process.later.cpu for process in processes],
        [process.later.seconds for process in processes],
    )
    return [f"{median(column):.2f} ({min(column):.2f})" for column in columns]
