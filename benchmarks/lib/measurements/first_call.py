"""What the table-creator's first call takes, from the start of its process to its end: it registers 24 partitions.

It runs from its zip with its own clients and the flags of functions, on one CPU. S3 and Glue are another process on the
loopback interface.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from devtools import prerequisites
from devtools.errors import CliError
from devtools.project import ROOT, say
from measurements import fresh, jvm
from measurements.fresh import Cost, Program

ROUNDS = 5
PARTITIONS = 24
"""As FirstCall.Server has them."""
FUNCTION_ZIP = ROOT / "table-creator" / "target" / "table-creator.zip"
MAIN = "io.fanin.benchmarks.FirstCall"
ARCHIVED = "with a class archive"
PLAIN = "without"


def measure(java: Path, jar: Path, class_path: str) -> Mapping[str, list[Cost]]:
    """Takes what `fresh.measure` takes."""
    measured = {ARCHIVED: [], PLAIN: []}
    with tempfile.TemporaryDirectory(prefix="fanin-first-call-") as top:
        folder = Path(top)
        programs = _programs(java, jar, class_path, folder)
        for number in range(ROUNDS):
            say(f"  round {number + 1} of {ROUNDS}")
            for program in programs:
                measured[program.name].append(_run(program, java, class_path, folder))
    return measured


def show(measured: Mapping[str, list[Cost]]) -> int:
    """Prints a table in Markdown."""
    say("\n## first-call\n")
    work = f"the table-creator's first call, {PARTITIONS} partitions, one CPU"
    say(f"| {work} | CPU: median (best) | time: median (best) |")
    say("|---|---|---|")
    for name, costs in measured.items():
        cpu, seconds = [cost.cpu for cost in costs], [cost.seconds for cost in costs]
        say(f"| {name} | {median(cpu):.2f} s ({min(cpu):.2f} s) | {median(seconds):.2f} s ({min(seconds):.2f} s) |")
    return 0


def _programs(java: Path, jar: Path, class_path: str, folder: Path) -> list[Program]:
    start, main = [str(java), *jvm.deployed()], [*fresh.extracted(FUNCTION_ZIP, jar, folder), MAIN]
    jdk = prerequisites.jdk(java.parent.parent)
    archive = folder / "archive"
    _run(Program("the archive's process", [*start, *jdk.leaving_archive(archive), *main]), java, class_path, folder)
    if not archive.is_file():
        raise CliError("the JVM has made no class archive")
    return [
        Program(ARCHIVED, [*start, *jdk.using_archive(archive, optimizing=False), *main]),
        Program(PLAIN, [*start, *main]),
    ]


def _run(program: Program, java: Path, class_path: str, folder: Path) -> Cost:
    with fresh.in_memory([java, "-cp", class_path, f"{MAIN}$Server"]) as (process, described):
        variables = {"AWS_ENDPOINT_URL_S3": described["s3"], "AWS_ENDPOINT_URL_GLUE": described["glue"]}
        cost, _ = fresh.whole(program, [described["event"]], variables, True, folder / "log")
        output, _ = process.communicate()
    registered = json.loads(output)["registered"]
    if registered != PARTITIONS:
        raise CliError(f"{program.name}: {PARTITIONS} partitions were to be registered, and {registered} were")
    return cost
