"""Builds what is released in two places that have nothing in common, and holds the bytes against each other."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from devtools.distribution import CHECKSUMS, MADE
from devtools.errors import CliError, NotAtHandError
from devtools.project import ROOT, is_continuous_integration
from devtools.suites import Suite

TITLE = "Reproducible build"
PLACES = (("a", 0o022, "UTC", 1_000_000_000), ("another folder", 0o077, "Pacific/Auckland", 1_500_000_000))
"""A folder's name, the umask, the time zone, and the time of each file."""


def suite(maven: dict[str, str], kept: Path) -> Suite:
    """What was built first is left in the folder `kept`. The second build is left to continuous integration."""

    def check() -> str:
        with tempfile.TemporaryDirectory() as folder:
            first = _built(Path(folder), maven, *PLACES[0])
            shutil.copytree(Path(folder) / PLACES[0][0] / "dist", kept)
            if not is_continuous_integration():
                raise NotAtHandError("what was built was compared with no second build", "set CI=true for that")
            second = _built(Path(folder), maven, *PLACES[1])
        differing = sorted(name for name, _ in set(first.items()) ^ set(second.items()))
        if differing or not first:
            raise CliError(f"built in another place, these differ: {', '.join(dict.fromkeys(differing))}")
        return f"{len(first)} files are the same"

    return Suite(TITLE, check)


def _built(parent: Path, maven: dict[str, str], name: str, umask: int, zone: str, time: int) -> dict[str, str]:
    """The checksums by file."""
    root = parent / name
    shutil.copytree(ROOT, root, ignore=MADE, symlinks=True)
    for path in (root, *root.rglob("*")):
        path.chmod(path.stat().st_mode & ~umask)
        os.utime(path, (time, time))
    # It runs beside tests, which come first.
    script = f'umask {umask:03o} && exec nice "$0"'
    command = ["bash", "-c", script, root / "scripts" / "build"]
    done = subprocess.run(command, env={**maven, "TZ": zone}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CliError(f"scripts/build failed in '{name}': {(done.stderr or done.stdout).strip()}")
    lines = (root / "dist" / CHECKSUMS).read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
