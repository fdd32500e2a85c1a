"""Builds the benchmarks and runs them. They need a JDK and Maven, and neither AWS nor an emulator."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from fanin_cli import prerequisites
from fanin_cli.errors import CliError
from fanin_cli.jobs import Job, run_all, run_logged
from fanin_cli.project import BENCHMARKS, say, shown

CLASSES = BENCHMARKS / "target" / "classes"
CLASS_PATH = BENCHMARKS / "target" / "class-path"
"""What the classes need beside themselves; Maven writes it."""
MAIN = "io.fanin.benchmarks.BenchmarkRun"


def run(names: Sequence[str]) -> int:
    """All of them where none is named. The exit code is 1 when a bound is broken."""
    environment = prerequisites.build_environment()
    run_all([Job("Building the benchmarks with Maven", lambda: _build(environment))])
    say("Measuring; this takes a few minutes ...")
    java = Path(environment["JAVA_HOME"]) / "bin" / "java"
    return subprocess.run([java, "-cp", _class_path(), MAIN, *names], check=False).returncode


def _build(environment: Mapping[str, str]) -> None:
    command = ["mvn", "-q", "-B", "-DskipTests", "--projects", BENCHMARKS.name, "--also-make", "package"]
    run_logged(command, "benchmarks.log", "Building the benchmarks with Maven", environment)
    if not CLASS_PATH.is_file():
        raise CliError(f"Maven succeeded and did not make {shown(CLASS_PATH)}", "see .local/log/benchmarks.log")


def _class_path() -> str:
    return os.pathsep.join([str(CLASSES), CLASS_PATH.read_text(encoding="utf-8").strip()])
