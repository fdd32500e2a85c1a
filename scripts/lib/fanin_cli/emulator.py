"""Starts and stops LocalStack, in Docker or as a Python process; one folder in ``.local`` for each port."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fanin_cli import environment
from fanin_cli.endpoint import Endpoint
from fanin_cli.errors import CliError
from fanin_cli.jobs import run_logged
from fanin_cli.project import LOCAL, LOCALSTACK, RIC_JARS, say

COMPOSE_FILE = LOCALSTACK / "compose.yaml"
PROCESS = LOCALSTACK / "emulator"
START_SECONDS = 120


@dataclass(frozen=True)
class Emulator:
    """The LocalStack of one port, as this project starts it."""

    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def state(self) -> Path:
        return LOCAL / f"emulator-{self.port}"

    def start(self, engine: str) -> None:
        if Endpoint(self.url).localstack_version():
            say(f"LocalStack is running at {self.url}")
            return
        self.state.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        say(f"Starting LocalStack ({'in Docker' if engine == 'docker' else 'as a Python process'}) ...")
        if engine == "docker":
            self._start_container()
        else:
            self._start_process()
        (self.state / "engine").write_text(engine)
        self._wait(started)
        say(f"LocalStack is running at {self.url}, started in {time.monotonic() - started:.0f} s")

    def stop(self) -> bool:
        """Stops what was started here; False where nothing was."""
        engine = self._engine()
        if engine == "docker":
            run_logged(self._compose("down"), "docker.log", "Stopping the container", self._compose_environment())
        elif engine == "python":
            _run([sys.executable, PROCESS, "stop", "--state", self.state])
        (self.state / "engine").unlink(missing_ok=True)
        return engine is not None

    def _engine(self) -> str | None:
        note = self.state / "engine"
        return note.read_text() if note.is_file() else None

    def _start_process(self) -> None:
        venv = environment.for_emulator()
        _run(
            [
                sys.executable,
                PROCESS,
                "start",
                "--venv",
                venv.folder,
                "--port",
                str(self.port),
                "--state",
                self.state,
                "--ric",
                RIC_JARS,
                "--timeout",
                str(START_SECONDS),
            ]
        )

    def _start_container(self) -> None:
        run_logged(self._compose("up", "--detach"), "docker.log", "Starting the container", self._compose_environment())

    def _compose(self, *arguments: str) -> list[str]:
        return ["docker", "compose", "--file", str(COMPOSE_FILE), "--project-name", f"fanin-{self.port}", *arguments]

    def _compose_environment(self) -> dict[str, str]:
        return {**os.environ, "FANIN_PORT": str(self.port)}

    def _wait(self, started: float) -> None:
        deadline = started + START_SECONDS
        while Endpoint(self.url).localstack_version() is None:
            if time.monotonic() > deadline:
                raise CliError(f"LocalStack does not answer at {self.url} after {START_SECONDS} s", "see .local/log/")
            time.sleep(0.2)


def all_started() -> list[Emulator]:
    """What this project has started and not stopped."""
    notes = LOCAL.glob("emulator-*/engine")
    return [Emulator(int(note.parent.name.rpartition("-")[2])) for note in sorted(notes)]


def _run(arguments: Sequence) -> None:
    done = subprocess.run([str(part) for part in arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CliError((done.stderr or done.stdout).strip() or f"{arguments[1]} failed")
