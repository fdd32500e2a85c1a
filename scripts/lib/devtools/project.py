"""Where things lie in the repository, and what the deployed stack is called."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools.terminal import harmless

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "scripts"
BENCHMARKS = ROOT / "benchmarks"
SAMPLES = ROOT / "samples"
INTEGRATIONS = ROOT / "integrations"
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
WITH_PORT = frozenset({"up", "down", "demo", "fanin", "deploy"})
"""The commands that take the emulator's port; the others talk to an endpoint."""
WITH_AWS = frozenset({"fanin", "deploy"})
WITH_STACK = frozenset({"up", "demo", "fanin", "deploy"})


def is_release() -> bool:
    """Whether this is the unpacked archive of a release: everything is built, and there are no sources."""
    return not (ROOT / "pom.xml").is_file()


def shown(path: Path) -> str:
    """The path as one would type it: relative to the current folder where it lies below, else to the project."""
    for folder in (Path.cwd(), ROOT):
        if path.is_relative_to(folder):
            return os.path.relpath(path, folder)
    return str(path)


def in_home(path: str) -> Path:
    """A path that begins with ~; as it is where nobody knows of a home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


@dataclass
class Given:
    """The options for stack and endpoint on the command line; hints repeat them."""

    stack: str = STACK_NAME
    port: int = DEFAULT_PORT
    aws: bool = False


GIVEN = Given()


def command(name: str, *words: str) -> str:
    """A command of ``scripts/`` as one would type it from the current folder, for the same stack and endpoint."""
    typed = shlex.join([script(name), *words])
    stack = f" --stack {shlex.quote(GIVEN.stack)}" if GIVEN.stack != STACK_NAME and name in WITH_STACK else ""
    if name not in WITH_PORT:
        url = f"AWS_ENDPOINT_URL=http://localhost:{GIVEN.port} " if GIVEN.port != DEFAULT_PORT else ""
        return f"{url}{typed}{stack}"
    if GIVEN.aws and name in WITH_AWS:
        return f"{typed} --aws{stack}"
    by_default = GIVEN.port == DEFAULT_PORT and os.environ.get("FANIN_AWS") != "1"
    port = "" if by_default else f" --port {GIVEN.port}"
    return f"{typed}{port}{stack}"


def script(name: str) -> str:
    """A script as one would type it from the current folder; a release has its fanin where that is unpacked."""
    if name == "fanin" and is_release():
        return name
    if Path.cwd() == ROOT:
        return f"scripts/{name}"
    relative = os.path.relpath(SCRIPTS / name)
    return relative if len(relative) < len(str(SCRIPTS / name)) else str(SCRIPTS / name)


def is_continuous_integration() -> bool:
    """Whether CI=true: there, tests that cannot run count as failed, since the omission would go unnoticed."""
    return os.environ.get("CI") == "true"


def say(line: str = "") -> None:
    """Prints a line at once, so that it stands before what a child process prints."""
    print(harmless(line), flush=True)


def warn(line: str) -> None:
    print(harmless(line), file=sys.stderr, flush=True)
