"""The Docker engine that LocalStack may run in: whether it will do, its images, and its socket."""

from __future__ import annotations

import functools
import platform
import shutil
import subprocess
from collections.abc import Sequence
from urllib.parse import urlsplit

from devtools.errors import CliError
from devtools.jobs import Job, run_all, run_logged
from devtools.project import LOCALSTACK

COMPOSE_FILE = LOCALSTACK / "compose.yaml"
FUNCTIONS_IMAGE = "public.ecr.aws/lambda/java:25"
"""What LocalStack runs the functions in."""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
INSTEAD = "use --engine python (on Linux, with Python 3.13)"
PROBE_SECONDS = 20


def answers() -> bool:
    """Whether there is an engine, not just its command."""
    return shutil.which("docker") is not None and ask("info") is not None


def check() -> None:
    """Raises a CliError that says why LocalStack cannot run in Docker; pulls the images that are missing."""
    if not answers():
        raise CliError("no Docker engine answers (docker info failed)", f"start Docker, or {INSTEAD}")
    host = _host()
    if _is_elsewhere(host):
        raise CliError(
            f"the Docker engine is on another machine ({host}), which has neither this folder nor this machine's ports",
            f"use an engine of this machine, or {INSTEAD}",
        )
    if ask("compose", "version") is None:
        hint = f"get it: https://docs.docker.com/compose/install/, or {INSTEAD}"
        raise CliError("docker has no compose plug-in (docker compose version failed)", hint)
    missing = [image for image in _images() if ask("image", "inspect", image) is None]
    if missing:
        run_all([Job(f"Pulling {' and '.join(missing)} (once)", functools.partial(_pull, missing))])


def socket() -> str | None:
    """The engine's socket, which without root is not in the usual place; None if the engine runs in a virtual
    machine, whose own path applies then."""
    host = _host()
    if host.startswith("unix:") and ask("info", "--format", "{{.Name}}") == platform.node():
        return urlsplit(host).path
    return None


def _images() -> list[str]:
    return [*(ask("compose", "--file", str(COMPOSE_FILE), "config", "--images") or "").split(), FUNCTIONS_IMAGE]


def _pull(images: Sequence[str]) -> None:
    for image in images:
        try:
            run_logged(["docker", "pull", image], "docker-pull.log", f"Pulling {image}")
        except CliError as error:
            raise CliError(error.message, INSTEAD) from error


def _host() -> str:
    return ask("context", "inspect", "--format", "{{.Endpoints.docker.Host}}") or ""


def _is_elsewhere(host: str) -> bool:
    parts = urlsplit(host)
    return parts.scheme in ("tcp", "http", "https", "ssh") and parts.hostname not in HERE


def ask(*arguments: str) -> str | None:
    """What docker answers, or None where it fails."""
    try:
        answer = subprocess.run(
            ["docker", *arguments], capture_output=True, text=True, timeout=PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
