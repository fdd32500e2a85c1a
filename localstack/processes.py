"""The command lines of this machine's processes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def command_lines() -> Iterator[tuple[int, str]]:
    """All processes: from /proc where there is one, since a slim container has no ``ps``."""
    if PROC.joinpath("self", "cmdline").exists():
        for folder in PROC.glob("[0-9]*"):
            yield int(folder.name), command_line(int(folder.name))
        return
    listing = subprocess.run(["ps", "-ww", "-eo", "pid=,command="], capture_output=True, text=True).stdout
    for line in listing.splitlines():
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command


def command_line(pid: int) -> str:
    """Empty for a process that does not exist, or has ended and waits for its parent."""
    if PROC.joinpath("self", "cmdline").exists():
        try:
            return PROC.joinpath(str(pid), "cmdline").read_text(errors="replace").replace("\0", " ")
        except OSError:
            return ""
    listing = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(listing, capture_output=True, text=True).stdout
