"""Where things lie in the repository, and what the deployed stack is called."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "scripts"
BENCHMARKS = ROOT / "benchmarks"
SAMPLES = ROOT / "samples"
LOCALSTACK = ROOT / "localstack"
PLUGINS = LOCALSTACK / "plugins"
TEMPLATE = ROOT / "template.yaml"

LOCAL = ROOT / ".local"
"""Everything that the commands make and that is not committed; ``scripts/down --purge`` removes it."""
LOGS = LOCAL / "log"
BIN = LOCAL / "bin"
RIC_JARS = LOCAL / "ric"

STACK_NAME = "partition-fan-in"
DEFAULT_PORT = 4566


def shown(path: Path) -> str:
    """The path as one would type it: relative to the current folder where it lies below, else to the project."""
    for folder in (Path.cwd(), ROOT):
        if path.is_relative_to(folder):
            return os.path.relpath(path, folder)
    return str(path)


def command(name: str) -> str:
    """A command of ``scripts/`` as one would type it from the current folder."""
    if Path.cwd() == ROOT:
        return f"scripts/{name}"
    relative = os.path.relpath(SCRIPTS / name)
    return relative if len(relative) < len(str(SCRIPTS / name)) else str(SCRIPTS / name)


def say(line: str = "") -> None:
    """Prints a line at once, so that it stands before what a child process prints."""
    print(line, flush=True)


def warn(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
