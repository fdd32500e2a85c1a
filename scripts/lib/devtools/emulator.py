"""Starts and stops LocalStack, in Docker or as a Python process; one folder in ``.local`` for each port."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools import docker, environment, health
from devtools.container import Container
from devtools.errors import CliError
from devtools.jobs import Job, run_all
from devtools.project import LOCAL, LOCALSTACK, RIC_JARS, command, say, warn

PROCESS = LOCALSTACK / "emulator"
START_SECONDS = 120
NOT_RUNNING = 3
"""The exit code with which it says so."""


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
        if health.localstack_version(self.url):
            self.check_port(engine)
            say(f"LocalStack is running at {self.url}")
            return
        before = self._engine()
        if before not in (None, engine):
            self.stop()  # what the other engine has left
        self.state.mkdir(parents=True, exist_ok=True)
        # Noted before it is tried: what got only halfway has to be stopped, too.
        self._note.write_text(engine)
        if engine == "docker":
            run_all([Job("Starting LocalStack in Docker", self._start_container)])
        else:
            run_all([Job("Starting LocalStack as a Python process", self._start_process)])
        say(f"LocalStack is running at {self.url}")
        if before:
            warn(f"It had ended without {command('down')}: it is empty now, without the buckets and tables of before")

    def stop(self) -> bool:
        """Stops what was started here; False where nothing was, it has ended already, or Docker does not answer."""
        engine = self._engine()
        in_docker = engine == "docker" and docker.answers()
        is_running = (in_docker and Container(self.port).exists()) or (engine == "python" and self._has_process())
        if in_docker:
            Container(self.port).stop()
        elif engine == "docker":
            warn(
                f"Docker does not answer, and may have containers of the LocalStack at {self.url} left. To remove"
                f" them once it answers: docker compose --project-name {Container(self.port).project} down --volumes"
            )
        elif engine == "python":
            # Of one that was killed there may be functions left.
            _run([sys.executable, PROCESS, "stop", "--state", self.state])
        self._note.unlink(missing_ok=True)
        return is_running

    def log(self) -> str:
        """What it has written since its start."""
        if self._engine() == "docker":
            return Container(self.port).log()
        return (self.state / "emulator.log").read_text(encoding="utf-8", errors="replace")

    def running_engine(self) -> str | None:
        """What it runs in already; None where it does not, or was not started from this folder."""
        engine = self._engine()
        if engine is None or not health.localstack_version(self.url):
            return None
        # One that was killed has left its note, and another clone's may have its port by now.
        is_ours = Container(self.port).exists() if engine == "docker" else self._has_process()
        return engine if is_ours else None

    def check_port(self, wanted: str | None = None) -> str | None:
        """Returns what it runs in already. Raises a CliError where that is not the engine that is wanted, or somebody
        else has the port: before anything is installed and built for minutes.
        """
        running = self.running_engine()
        if running:
            if wanted not in (None, running):
                raise CliError(
                    f"the LocalStack at {self.url} runs with --engine {running}, and --engine {wanted} was asked for",
                    f"stop it first: scripts/down --port {self.port}",
                )
        elif health.localstack_version(self.url):
            # It may lack the plug-ins: it is not deployed to by default.
            raise CliError(
                f"the LocalStack at {self.url} was not started from this folder",
                f"use --port, or stop it; to deploy to it all the same: AWS_ENDPOINT_URL={self.url} scripts/deploy",
            )
        elif not _is_free(self.port):
            raise CliError(
                f"port {self.port} of 127.0.0.1 is in use, and what listens there does not answer as LocalStack does",
                f"name another one with --port, or see what it is: ss -ltnp 'sport = :{self.port}'"
                if sys.platform.startswith("linux")
                else f"name another one with --port, or see what it is: lsof -nP -iTCP:{self.port} -sTCP:LISTEN",
            )
        return running

    @property
    def _note(self) -> Path:
        return self.state / "engine"

    def _engine(self) -> str | None:
        return self._note.read_text() if self._note.is_file() else None

    def _has_process(self) -> bool:
        asked = [sys.executable, str(PROCESS), "status", "--state", str(self.state)]
        return subprocess.run(asked, capture_output=True, check=False).returncode != NOT_RUNNING

    def _start_process(self) -> None:
        venv = environment.for_emulator()
        start = ["start", "--venv", venv.folder, "--port", self.port, "--state", self.state, "--ric", RIC_JARS]
        _run([sys.executable, PROCESS, *start, "--archives", LOCAL / "archives", "--timeout", START_SECONDS])

    def _start_container(self) -> None:
        Container(self.port).start()
        if health.localstack_version(self.url) is None:
            raise CliError(f"LocalStack has started in Docker and does not answer at {self.url}", docker.INSTEAD)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def all_started() -> list[Emulator]:
    """What this project has started and not stopped."""
    notes = LOCAL.glob("emulator-*/engine")
    return [Emulator(int(note.parent.name.rpartition("-")[2])) for note in sorted(notes)]


def _run(arguments: Sequence) -> None:
    done = subprocess.run([str(part) for part in arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CliError((done.stderr or done.stdout).strip() or f"{arguments[1]} failed")
