"""Pages of the libraries' own servers, and pictures of them."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

IMAGES = Path(__file__).resolve().parents[3] / "docs" / "images"
SECONDS = 120


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def photograph(url: str, name: str, home: Path) -> None:
    """Takes the picture of a page for the docs, where ``FANIN_DOCS=write`` asks for it."""
    if os.environ.get("FANIN_DOCS") == "write":
        options = [
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            "--window-size=1280,720",
            f"--user-data-dir={home}/b",
        ]
        picture = [f"--screenshot={IMAGES / name}", "--virtual-time-budget=20000", url]
        subprocess.run(["chromium", *options, *picture], check=True, capture_output=True, timeout=SECONDS)
