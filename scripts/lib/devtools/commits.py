"""The order of commits, by which an older one is not deployed after a newer one."""

from __future__ import annotations

import subprocess
from pathlib import Path

from devtools.project import ROOT


def is_older(commit: str, deployed: str | None, root: Path = ROOT) -> bool:
    """Whether the deployed commit has the other in its history; False where the clone does not know both."""
    if deployed is None or commit == deployed:
        return False
    asked = ["git", "merge-base", "--is-ancestor", commit, deployed]
    return subprocess.run(asked, cwd=root, capture_output=True, check=False).returncode == 0
