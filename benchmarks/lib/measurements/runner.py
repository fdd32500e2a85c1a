"""Builds the benchmarks and runs them. They need a JDK and Maven, and neither AWS nor an emulator."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools import prerequisites
from devtools.arguments import FIRST_CALL, FRESH, SHAPES
from devtools.errors import CliError
from devtools.jobs import Job, run_all, run_logged
from devtools.project import BENCHMARKS, say, shown
from measurements import first_call, fresh, fresh_report, jvm, shapes

CLASSES = BENCHMARKS / "target" / "classes"
CLASS_PATH = BENCHMARKS / "target" / "class-path"
"""What the classes need beside themselves; Maven writes it."""
MAIN = "io.fanin.benchmarks.BenchmarkRun"
FLAGS = "benchmarks.jvm.flags"
"""The property that says how its measuring JVMs are started."""
PROCESSES = {
    FIRST_CALL: (first_call.measure, first_call.show, "a minute"),
    FRESH: (fresh.measure, fresh_report.show, "about ten minutes"),
    SHAPES: (shapes.measure, shapes.show, "about ten minutes"),
}
"""What measures, what prints it, and how long it takes."""


def run(names: Sequence[str]) -> int:
    """All of them where none is named. The exit code is 1 when a bound is broken."""
    java = _built()
    say("Measuring; this takes a few minutes ...")
    flags = f"-D{FLAGS}={' '.join(jvm.deployed())}"
    return subprocess.run([java, flags, "-cp", _class_path(), MAIN, *names], check=False).returncode


def run_processes(name: str) -> int:
    """One of those that start processes. The exit code is 1 when a bound that is kept is broken."""
    measure, show, duration = PROCESSES[name]
    _require_taskset(name)
    java = _built()
    say(f"Measuring; this takes {duration} ...")
    return show(measure(java, _jar(), _class_path()))


def _require_taskset(name: str) -> None:
    if not shutil.which("taskset"):
        raise CliError(f"{name} is measured on Linux, and there is no taskset on the PATH", "install util-linux")


def _jar() -> Path:
    (jar,) = (BENCHMARKS / "target").glob("benchmarks-*[!s].jar")
    return jar


def _built() -> Path:
    """The JVM to run what was built."""
    environment = prerequisites.build_environment()
    run_all([Job("Building the benchmarks with Maven", lambda: _build(environment))])
    return Path(environment["JAVA_HOME"]) / "bin" / "java"


def _build(environment: Mapping[str, str]) -> None:
    command = ["mvn", "-q", "-B", "-DskipTests", "--projects", BENCHMARKS.name, "--also-make", "package"]
    run_logged(command, "benchmarks.log", "Building the benchmarks with Maven", environment)
    if not CLASS_PATH.is_file():
        raise CliError(f"Maven succeeded and did not make {shown(CLASS_PATH)}", "see .local/log/benchmarks.log")


def _class_path() -> str:
    return os.pathsep.join([str(CLASSES), CLASS_PATH.read_text(encoding="utf-8").strip()])
