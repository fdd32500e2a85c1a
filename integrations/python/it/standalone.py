"""Airflow as ``airflow standalone`` runs it: scheduler, triggerer, DAG processor and API server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pages import free_port, photograph

T = TypeVar("T")

SECONDS = 120
ENDED = frozenset({"success", "failed"})


class Standalone:
    """No DAG is paused, and nobody has to log in."""

    def __init__(self, home: Path, endpoint: str, variables: dict[str, str]) -> None:
        self.home = home
        self.log = home / "standalone.log"
        self.url = f"http://127.0.0.1:{free_port()}"
        connection = {"region_name": "us-east-1", "endpoint_url": endpoint}
        self.environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(home / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__PARALLELISM": "2",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
            "AIRFLOW__API__BASE_URL": self.url,
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": self.url.rpartition(":")[2],
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW_CONN_AWS_DEFAULT": json.dumps(
                {"conn_type": "aws", "login": "test", "password": "test", "extra": connection}
            ),
            **{f"AIRFLOW_VAR_{name.upper()}": value for name, value in variables.items()},
        }
        self.token = ""

    def start(self) -> None:
        """Returns when the API answers and has all DAGs."""
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [*AIRFLOW, "standalone"], env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        self.until(self._is_up)
        samples = {file.stem for file in (self.home / "dags").glob("*.py")}
        self.until(lambda: samples <= {dag["dag_id"] for dag in self.get("/dags")["dags"]})

    def stop(self) -> None:
        """Ends it with the processes that it has started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def trigger(self, dag: str, logical_date: str | None = None, **conf: str) -> str:
        """Starts a run of a DAG, and says what it is called."""
        run: str = self.call("POST", f"/dags/{dag}/dagRuns", {"logical_date": logical_date, "conf": conf})["dag_run_id"]
        return run

    def ended(self, dag: str, run: str) -> dict[str, str]:
        """The states of a run's tasks when it has ended."""
        self.until(lambda: self.get(f"/dags/{dag}/dagRuns/{quoted(run)}")["state"] in ENDED)
        return self.tasks(dag, run)

    def tasks(self, dag: str, run: str) -> dict[str, str]:
        """The states of a run's tasks now."""
        found = self.get(f"/dags/{dag}/dagRuns/{quoted(run)}/taskInstances")["task_instances"]
        return {one["task_id"]: one["state"] for one in found}

    def task(self, dag: str, run: str, task: str, what: str) -> Any:
        """The logs of a task's first try (`logs/1`), its `links`, or a value that it has pushed (`xcomEntries/KEY`)."""
        return self.get(f"/dags/{dag}/dagRuns/{quoted(run)}/taskInstances/{task}/{what}")

    def photograph(self, path: str, name: str) -> None:
        """Takes the picture of a page for the docs."""
        photograph(f"{self.url}{path}", name, self.home)

    def errors(self, dag: str, run: str, task: str) -> str:
        """What a task's first try has logged as errors, and the end of what Airflow itself has."""
        lines = self.task(dag, run, task, "logs/1")["content"]
        errors = [str(line) for line in lines if line.get("level") in ("error", "critical", "warning")]
        return "\n".join([*errors, self.log.read_text(errors="replace")[-5000:]])

    def get(self, path: str) -> Any:
        """An answer of the API."""
        return self.call("GET", path)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """An answer of the API to a request with a body."""
        if not self.token:
            with urllib.request.urlopen(f"{self.url}/auth/token") as answer:
                self.token = json.load(answer)["access_token"]
        request = urllib.request.Request(
            f"{self.url}/api/v2{path}",
            json.dumps(body).encode() if body else None,
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Accept": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def until(self, found: Callable[[], T]) -> T:
        """What is found, as soon as it is."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            answer = found()
            if answer:
                return answer
            time.sleep(0.5)
        raise AssertionError(f"not within {SECONDS} s:\n{self.log.read_text(errors='replace')[-5000:]}")

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(self.log.read_text(errors="replace")[-5000:])
        try:
            health = self.get("/monitor/health")
        except (urllib.error.URLError, ConnectionError):
            return False
        return all(health[part]["status"] == "healthy" for part in ("scheduler", "triggerer", "dag_processor"))


AIRFLOW = (sys.executable, str(Path(sys.executable).with_name("airflow")))


def quoted(run: str) -> str:
    """A run's name as part of a path."""
    return urllib.request.quote(run, safe="")
