"""A Trino server of one node over the emulator, from the archives that the tests with Trino take from Maven Central."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from devtools import prerequisites, readers
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.jobs import Job, last_lines, run_all, run_logged
from devtools.project import LOCAL, ROOT

HOME = ROOT / "state-machine" / "target" / "trino"
"""Where the profile `readers` unpacks it."""
UNPACK = ("mvn", "-q", "-B", "-Preaders", "--projects", "state-machine", "dependency:unpack@trino")
CATALOG = "lake"
HOST = "127.0.0.1"
START_SECONDS = 120
PAUSE_SECONDS = 0.2
NO_NODES = "NO_NODES_AVAILABLE"
"""A server that has just started takes a moment to know that it may work for itself."""


class TrinoError(Exception):
    """A statement failed; the message is Trino's."""


class Trino:
    """A server that has started."""

    def __init__(self, port: int) -> None:
        self._url = f"http://{HOST}:{port}"
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def rows(self, sql: str) -> list[list[Any]]:
        limit = time.monotonic() + START_SECONDS
        while True:
            try:
                return self._rows(sql)
            except TrinoError as error:
                if NO_NODES not in str(error) or time.monotonic() > limit:
                    raise
                time.sleep(PAUSE_SECONDS)

    def _rows(self, sql: str) -> list[list[Any]]:
        answer = self._ask(f"{self._url}/v1/statement", sql.encode())
        rows = list(answer.get("data", []))
        while "nextUri" in answer:
            answer = self._ask(answer["nextUri"])
            rows += answer.get("data", [])
        if "error" in answer:
            raise TrinoError(f"{answer['error']['errorName']}: {answer['error']['message']}")
        return rows

    def _ask(self, url: str, body: bytes | None = None) -> Mapping[str, Any]:
        request = urllib.request.Request(url, body, {"X-Trino-User": "benchmarks"})
        with self._opener.open(request, timeout=START_SECONDS) as answer:
            return json.load(answer)


@contextmanager
def started(endpoint: Endpoint) -> Iterator[Trino]:
    """Throws a CliError where it cannot be had, or does not start."""
    java_home = prerequisites.find_java_home()
    old = readers.too_old(java_home)
    if old:
        raise CliError(old)
    if not any(HOME.glob("plugin/*")):  # unpacked last
        environment = prerequisites.build_environment()
        title = "Fetching Trino with Maven (450 MB, once)"
        run_all([Job(title, lambda: run_logged(UNPACK, "trino.log", title, environment))])
    port = _free_port()
    folder = LOCAL / "trino" / str(port)
    catalogs = folder / "catalog"
    catalogs.mkdir(parents=True, exist_ok=True)
    _store(folder / "config.properties", server(port, catalogs))
    _store(catalogs / f"{CATALOG}.properties", catalog(endpoint))
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(_command(java_home), cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        _await(process, log)
        yield Trino(port)
    finally:
        process.terminate()
        process.wait()


def server(port: int, catalogs: Path) -> Mapping[str, str]:
    return {
        "coordinator": "true",
        "node-scheduler.include-coordinator": "true",
        "http-server.http.port": str(port),
        "discovery.uri": f"http://{HOST}:{port}",
        "plugin.dir": str(HOME / "plugin"),
        "catalog.config-dir": str(catalogs),
        "query.max-memory-per-node": "256MB",
        "memory.heap-headroom-per-node": "128MB",
    }


def catalog(endpoint: Endpoint) -> Mapping[str, str]:
    return {
        "connector.name": "hive",
        "hive.metastore": "glue",
        "hive.metastore.glue.region": endpoint.region,
        "hive.metastore.glue.endpoint-url": endpoint.url,
        "hive.metastore.glue.aws-access-key": endpoint.access_key,
        "hive.metastore.glue.aws-secret-key": endpoint.secret_key,
        "fs.native-s3.enabled": "true",
        "s3.endpoint": endpoint.url,
        "s3.region": endpoint.region,
        "s3.path-style-access": "true",
        "s3.aws-access-key": endpoint.access_key,
        "s3.aws-secret-key": endpoint.secret_key,
    }


def _command(java_home: Path) -> Sequence[str]:
    (unpacked,) = (HOME / "server").iterdir()
    return [
        str(java_home / "bin" / "java"),
        "-Xmx800m",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Djdk.attach.allowAttachSelf=true",
        "-Dconfig=config.properties",
        "-Dnode.environment=test",
        f"-Dnode.bind-ip={HOST}",
        f"-Dnode.internal-address={HOST}",
        "-Dnode.data-dir=data",
        "-cp",
        f"{unpacked / 'lib'}/*",
        "io.trino.server.TrinoServer",
    ]


def _store(file: Path, settings: Mapping[str, str]) -> None:
    file.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))


def _await(process: subprocess.Popen, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while "SERVER STARTED" not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > limit:
            raise CliError(f"Trino has not started:\n{last_lines(log)}")
        time.sleep(PAUSE_SECONDS)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return listening.getsockname()[1]
