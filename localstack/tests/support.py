"""What several tests need. Importing it makes the plug-ins importable from where they lie."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

LOCALSTACK = Path(__file__).resolve().parent.parent
PLUGINS = LOCALSTACK / "plugins"
EMULATOR = LOCALSTACK / "emulator"
FAKE_RUNTIME = Path(__file__).resolve().parent / "fake_runtime.py"

sys.path.insert(0, str(PLUGINS))
sys.dont_write_bytecode = True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fake_jdk(home: Path, version: str) -> Path:
    """A folder that looks like a JDK."""
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch(mode=0o755)
    (home / "release").write_text(f'IMPLEMENTOR="Test"\nJAVA_VERSION="{version}"\nOS_ARCH="x86_64"\n')
    return home


def emulator(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the emulator script as a person would."""
    command = [sys.executable, str(EMULATOR), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})})


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fanin-test-", ignore_cleanup_errors=True)
