"""The processor and its peers on data of several shapes, in processes of their own on one CPU: see `fresh`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from devtools.errors import CliError
from devtools.project import say
from measurements import fresh
from measurements.fresh import CALLS, FRESH, FUNCTION, LATER, PEER, Process, Program, RowsError, Server

SHAPES = {
    "fresh_large": "flights: JSON, fields in order",
    "fresh_logs": "web logs: JSON, escapes, non-ASCII, optional fields in any order",
    "fresh_decimals": "JSON with decimals, and timestamps with offsets",
    "fresh_nested": "JSON with lists, maps and structs",
    "fresh_quoted": "CSV, all in quotes, line ends in fields",
    "fresh_tsv": "tabs between fields",
    "fresh_wide": "JSON with 300 columns",
    "fresh_objects": "flights in 1,000 objects",
    "fresh_damaged": "web logs, 0.5 % of the records cut",
    "fresh_small": "1 MB of flights",
}
"""60 MB in 4 gzip objects unless it says otherwise. The last one is what the class archive is made from."""
ROUNDS = 2
GOALS = {FRESH: 1.7, LATER: 1.35}
KEPT = 3.5
"""Above this the command fails; the machine's other work is in the figures."""


@dataclass
class Shape:
    """What was measured of one."""

    processes: dict[str, list[Process]] = field(default_factory=dict)
    digests: dict[str, Mapping[str, str]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    """Why a peer has made no partition."""
    wrong: dict[str, str] = field(default_factory=dict)
    """What is wrong with the partitions that a peer has made."""


def measure(java: Path, jar: Path, class_path: str) -> Mapping[str, Shape]:
    """Takes what `fresh.measure` takes."""
    measured = {work: Shape() for work in SHAPES}
    with (
        tempfile.TemporaryDirectory(prefix="fanin-shapes-") as folder,
        fresh.server_of(java, class_path, SHAPES) as server,
    ):
        function = next(iter(fresh.functions(java, jar, Path(folder), server)))
        programs = [*fresh.peers({}), function]
        for number in range(ROUNDS):
            for work, shape in measured.items():
                say(f"  round {number + 1} of {ROUNDS}, {SHAPES[work]}")
                for program in programs:
                    if program.name in shape.failures:
                        continue
                    try:
                        process = fresh.run(program, work, CALLS, True, server, Path(folder))
                        shape.processes.setdefault(program.name, []).append(process)
                    except CliError as error:
                        if program is function:
                            raise
                        shape.failures[program.name] = error.message.splitlines()[-1].strip(" |")
                        continue
                    _check(shape, server, work, program, program is function)
    return measured


def _check(shape: Shape, server: Server, work: str, program: Program, is_function: bool) -> None:
    try:
        shape.digests[program.name] = server.check(work, program.name)
    except RowsError as error:
        if is_function:
            raise
        shape.wrong[program.name] = f"{error.found:,} rows instead of {error.expected:,}"


def show(measured: Mapping[str, Shape]) -> int:
    """Prints a table in Markdown; the exit code is 1 when a bound is broken, not when a goal is missed."""
    say("\n## shapes\n")
    say(
        "| data | fresh | third call on | seconds: function | duckdb | pyarrow | awswrangler "
        "| other values than the function's |"
    )
    say("|---|---|---|---|---|---|---|---|")
    kept = True
    ratios = {figure: [] for figure in GOALS}
    for work, shape in measured.items():
        cells = []
        for figure, goal in GOALS.items():
            if PEER in shape.processes:
                times = figure.ratio(shape.processes[FUNCTION], shape.processes[PEER])
                ratios[figure].append(times)
                kept = kept and times <= KEPT
                cells.append(f"{times:.2f}{'' if times <= goal else ' (goal NOT met)'}")
            else:
                cells.append("not measured")
        for program in (FUNCTION, PEER, "pyarrow in Python", "awswrangler in Python"):
            cells.append(_seconds(shape.processes[program]) if program in shape.processes else "-")
        say(f"| {SHAPES[work]} | {' | '.join(cells)} | {'; '.join(_differing(shape)) or 'none'} |")
    if all(ratios.values()):
        worst = ", ".join(f"{figure.name} {max(found):.2f}" for figure, found in ratios.items())
        middle = ", ".join(f"{figure.name} {median(found):.2f}" for figure, found in ratios.items())
        say(f"\nCPU time against DuckDB in Python on one CPU: the worst {worst}; the median {middle}.")
    return 0 if kept else 1


def _seconds(processes: Sequence[Process]) -> str:
    return ", ".join(f"{figure.seconds(processes):.2f}" for figure in GOALS)


def _differing(shape: Shape) -> list[str]:
    """Each peer with the columns that do not hold the function's values, or with its failure."""
    told = [f"{program}: {why}" for program, why in {**shape.failures, **shape.wrong}.items()]
    for program, digests in shape.digests.items():
        columns = [name for name, digest in shape.digests[FUNCTION].items() if digests.get(name) != digest]
        if columns:
            more = f" and {len(columns) - 3} more" if len(columns) > 3 else ""
            told.append(f"{program}: {', '.join(columns[:3])}{more}")
    return told
