"""Checks that a deployed stack works: the result of `fanin` for it, and a run that writes nothing but its plan."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import SCRIPTS, say

PARTIAL = 1
"""The exit code of a plan for a table that is partial: the data's fault, not the deployment's."""


def check(source: Path) -> None:
    """Fails before anything is deployed where `test` could not run what is deployed from `source`, as without Java."""
    with tempfile.TemporaryDirectory() as folder:
        fanin = _installed(source, Path(folder))
        if fanin == SCRIPTS / "fanin":
            return
        if subprocess.run([fanin, "--version"], stdout=subprocess.DEVNULL, check=False).returncode != 0:
            raise CliError("fanin does not start, which would try the stack out; nothing was deployed")


def test(endpoint: Endpoint, stack: str, spec: str | None, source: Path) -> None:
    """`spec` is the URI of a table's spec, `source` the folder that was deployed from."""
    with tempfile.TemporaryDirectory() as folder:
        fanin = _installed(source, Path(folder))
        _run(fanin, endpoint, stack, "doctor")
        if spec:
            _run(fanin, endpoint, stack, "plan", json.dumps({"spec": spec}))
        else:
            say("No dry run: samconfig.toml names no spec for it")


def _installed(source: Path, folder: Path) -> Path:
    """The one that scripts/build has made beside the functions, unpacked; else the repository's own."""
    for archive in source.glob("fanin-*.tar.gz"):
        shutil.unpack_archive(archive, folder)
        return next(folder.glob("fanin-*/bin/fanin"))
    return SCRIPTS / "fanin"


def _run(fanin: Path, endpoint: Endpoint, stack: str, *words: str) -> None:
    where = ["--aws"] if endpoint.is_aws else ["--endpoint-url", endpoint.url]
    command = [*words, "--stack", stack, *where]
    say(f"$ fanin {shlex.join(command)}")
    # To where this program's own words go: not to standard output where that is to be JSON.
    code = subprocess.run([fanin, *command], env=endpoint.environment(), stdout=sys.stdout, check=False).returncode
    if code not in (0, PARTIAL if words[0] == "plan" else 0):
        raise CliError(
            f"fanin {words[0]} ended with {code}: the stack {stack} is deployed and does not work", exit_code=1
        )
