"""LocalStack in Docker, by ``localstack/compose.yaml``; one Compose project for each clone and port."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from devtools import docker
from devtools.errors import CliError
from devtools.jobs import run_logged
from devtools.project import ROOT, STACK_NAME

LAST_LINES = "15"


@dataclass(frozen=True)
class Container:
    """The one whose port 4566 is this port of 127.0.0.1."""

    port: int

    @property
    def project(self) -> str:
        """Another clone's has another name: its containers are not to be taken for those of this one."""
        clone = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        return f"{STACK_NAME}-{clone}-{self.port}"

    def exists(self) -> bool:
        """Whether it runs: one that has ended keeps no other from its port."""
        return bool((docker.ask(*self._compose("ps", "--quiet")) or "").split())

    def start(self) -> None:
        """Waits until it is healthy; how long that may take stands in the Compose file."""
        try:
            self._run("Starting LocalStack in Docker", "up", "--detach", "--wait")
        except CliError as error:
            log = docker.ask(*self._compose("logs", "--no-log-prefix", "--tail", LAST_LINES))
            ending = f"\nLocalStack's log ends with:\n{log}" if log else ""
            raise CliError(error.message + ending, f"for another port --port; or {docker.INSTEAD}") from error

    def stop(self) -> None:
        self._run("Stopping LocalStack in Docker", "stop")
        # One that was killed had no time to remove its functions, and they keep its network in use.
        left = (docker.ask("ps", "--all", "--quiet", "--filter", f"network={self.project}_default") or "").split()
        functions = [container for container in left if container not in self._own()]
        if functions:
            docker.ask("rm", "--force", "--volumes", *functions)
        self._run("Removing LocalStack from Docker", "down", "--volumes")

    def log(self) -> str:
        """Empty where docker does not answer."""
        return docker.ask(*self._compose("logs", "--no-log-prefix")) or ""

    def _own(self) -> list[str]:
        return (docker.ask(*self._compose("ps", "--all", "--quiet")) or "").split()

    def _run(self, what: str, *arguments: str) -> None:
        run_logged(["docker", *self._compose(*arguments)], "docker.log", what, self._environment())

    def _compose(self, *arguments: str) -> list[str]:
        return ["compose", "--file", str(docker.COMPOSE_FILE), "--project-name", self.project, *arguments]

    def _environment(self) -> dict[str, str]:
        """What the Compose file asks for; a caller's own DOCKER_SOCK is left as it is."""
        socket = docker.socket()
        found = {"DOCKER_SOCK": socket} if socket else {}
        return {**found, **os.environ, "FANIN_PORT": str(self.port)}
