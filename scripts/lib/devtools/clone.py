"""The project as somebody has it who has just cloned it, with an emulator of its own: for suites that need both."""

from __future__ import annotations

import shutil
import socket
import tempfile
from functools import cached_property
from pathlib import Path
from types import TracebackType

from devtools.distribution import MADE
from devtools.errors import CliError
from devtools.jobs import run_logged
from devtools.project import ROOT
from devtools.suites import LATER


class Clone:
    """Made by the first suite that uses it, and stopped when the context ends."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._folder = tempfile.TemporaryDirectory()
        self._is_made = False

    @property
    def url(self) -> str:
        """Of the emulator, once it is started."""
        return f"http://127.0.0.1:{self._port}"

    def run(self, script: str, log: str, *words: str) -> None:
        """Runs one of the scripts that take the emulator's port, in the clone."""
        command = [*LATER, f"./scripts/{script}", *words, "--port", str(self._port)]
        run_logged(command, log, f"scripts/{script}", self._environment, self._root)

    def __enter__(self) -> Clone:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        command = ["./scripts/down"]
        try:
            if self._is_made:
                # Nobody else can find this emulator.
                run_logged(command, "down.log", "scripts/down", self._environment, self._root, cleans_up=True)
        except CliError:
            if error is None:
                raise
        finally:
            self._folder.cleanup()

    @cached_property
    def _root(self) -> Path:
        root = Path(self._folder.name) / ROOT.name
        shutil.copytree(ROOT, root, ignore=MADE, symlinks=True)
        self._is_made = True
        return root

    @cached_property
    def _port(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])
