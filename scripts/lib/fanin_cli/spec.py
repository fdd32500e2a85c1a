"""Reads a table spec, as far as it has to be known before the detector checks it."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from fanin_cli.errors import CliError

MAXIMUM_NAME = 80
"""Of an execution."""
TIME_SUFFIX = re.compile(r"-\d{8}T\d{6}-\d{3}$")
EXAMPLE = "samples/flights.json"


def read(argument: str) -> dict[str, Any]:
    """The spec in a file, on standard input (`-`), or written out."""
    if argument.lstrip().startswith("{"):
        return _parse(argument, "the spec on the command line")
    if argument == "-":
        return _parse(sys.stdin.read(), "the spec on standard input")
    path = Path(argument)
    try:
        return _parse(path.read_text(encoding="utf-8"), argument)
    except FileNotFoundError as error:
        raise CliError(f"there is no file {argument}", f"a table spec is a JSON file such as {EXAMPLE}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CliError(f"{argument} cannot be read: {error}") from error


def execution_name(spec: dict[str, Any], now: datetime) -> str:
    """Table and time: readable in a list of executions, and sorted by time."""
    named = spec.get("spec") if isinstance(spec.get("spec"), dict) else spec
    parts = [part for part in (named.get("database"), named.get("table")) if isinstance(part, str) and part]
    if not parts and isinstance(spec.get("spec"), str):
        parts = [Path(spec["spec"]).stem]
    table = re.sub(r"[^A-Za-z0-9_-]+", "-", "-".join(parts)) or "run"
    suffix = now.strftime("-%Y%m%dT%H%M%S-") + f"{now.microsecond // 1000:03d}"
    return table[: MAXIMUM_NAME - len(suffix)] + suffix


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        spec = json.loads(text)
    except ValueError as error:
        raise CliError(f"{where} is not JSON: {error}", f"a table spec looks like {EXAMPLE}") from error
    if not isinstance(spec, dict):
        raise CliError(f"{where} is not a JSON object", f"a table spec looks like {EXAMPLE}")
    return spec
