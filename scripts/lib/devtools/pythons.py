"""Finds the Python that an emulator's version runs on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devtools.project import in_home

Version = tuple[int, int]
VERSION_PROGRAM = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"


def find(version: Version) -> Path | None:
    """A Python of just this version that can make virtual environments, or None."""
    wanted = f"{version[0]}.{version[1]}"
    return next((path for path in candidates(version) if _answer(path) == wanted), None)


def own() -> Path:
    """The Python that runs this, outside of a virtual environment: that may be the one that is made again."""
    if sys.prefix == sys.base_prefix:
        return Path(sys.executable)
    return Path(sys.base_prefix) / "bin" / name_of(sys.version_info[:2])


def candidates(version: Version) -> Iterator[Path]:
    name = name_of(version)
    if sys.version_info[:2] == version:
        yield own()
    # A version manager's own folders before the PATH: its shims are slow, and answer only for versions switched on.
    for folder in installed_folders():
        yield from sorted(folder.glob(f"{wanted_prefix(version)}*/bin/{name}"), reverse=True)
    for command in (name, "python3", "python"):
        found = shutil.which(command)
        if found:
            yield Path(found)


def name_of(version: Version) -> str:
    return f"python{version[0]}.{version[1]}"


def wanted_prefix(version: Version) -> str:
    return f"*{version[0]}.{version[1]}."


def installed_folders() -> list[Path]:
    pyenv = os.environ.get("PYENV_ROOT") or "~/.pyenv"
    uv = os.environ.get("UV_PYTHON_INSTALL_DIR") or "~/.local/share/uv/python"
    return [in_home(folder) for folder in (f"{pyenv}/versions", uv)]


def looked_at(version: Version) -> str:
    folders = ", ".join(str(folder / wanted_prefix(version)) for folder in installed_folders())
    return f"{name_of(version)} and python3 on the PATH, {folders}"


def _answer(python: Path) -> str:
    """The version of a Python, or nothing where it lacks what a virtual environment needs (as Debian's does)."""
    try:
        answer = subprocess.run(
            [str(python), "-I", "-c", VERSION_PROGRAM], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip()
