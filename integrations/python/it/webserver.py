"""Dagster's UI, over an instance in a folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from pages import free_port, photograph

SECONDS = 120


class Webserver:
    """Shows the definitions of a file, and what the instance in the folder knows of them."""

    def __init__(self, home: Path, definitions: Path) -> None:
        self.home = home
        self.log = home / "webserver.log"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.command = [
            sys.executable,
            "-m",
            "dagster_webserver",
            "-f",
            definitions,
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
        ]
        self.environment = {**os.environ, "DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "yes"}

    def __enter__(self) -> Webserver:
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        deadline = time.monotonic() + SECONDS
        while not self._is_up():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(self.log.read_text(errors="replace")[-5000:])
            time.sleep(0.5)
        return self

    def __exit__(self, *_: object) -> None:
        """Ends it with the processes that it has started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(self, query: str) -> Any:
        """The data of an answer to a GraphQL query, as the UI asks for it."""
        request = urllib.request.Request(
            f"{self.url}/graphql", json.dumps({"query": query}).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["data"]

    def photograph(self, path: str, name: str) -> None:
        """Takes the picture of a page for the docs."""
        photograph(f"{self.url}{path}", name, self.home)

    def _is_up(self) -> bool:
        try:
            return bool(self.ask("{version}"))
        except (urllib.error.URLError, ConnectionError):
            return False
