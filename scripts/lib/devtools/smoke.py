"""Checks that a deployed stack works: the result of `fanin` for it, and a run that writes nothing but its plan."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Set
from pathlib import Path

from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.project import SCRIPTS, say

PARTIAL = 1
"""The exit code of a plan for a table that is partial: the data's fault, not the deployment's."""
PROBLEM = 4
"""The exit code of `fanin doctor` where a check has failed."""
OF_TABLES = frozenset({"specs", "crawlers", "tables"})
"""The checks that fail for what those have done who own the tables, or for what Lake Formation hides from the caller,
whatever is deployed."""
VERSIONS = "versions"
"""The check that fails where functions and `fanin` are of two versions, as they are after a rollback to another one."""


def check(source: Path) -> None:
    """Fails before anything is deployed where `test` could not run what is deployed from `source`, as without Java."""
    with tempfile.TemporaryDirectory() as folder:
        fanin = _installed(source, Path(folder))
        if fanin == SCRIPTS / "fanin":
            return
        if subprocess.run([fanin, "--version"], stdout=subprocess.DEVNULL, check=False).returncode != 0:
            raise CliError("fanin does not start, which would try the stack out; nothing was deployed")


def test(endpoint: Endpoint, stack: str, spec: str | None, source: Path, is_rollback: bool = False) -> None:
    """`spec` is the URI of a table's spec, `source` the folder that was deployed from.

    After a rollback `fanin` is that of the version which was left: versions may differ then.
    """
    with tempfile.TemporaryDirectory() as folder:
        fanin = _installed(source, Path(folder))
        _check(fanin, endpoint, stack, OF_TABLES | {VERSIONS} if is_rollback else OF_TABLES)
        if spec:
            _plan(fanin, endpoint, stack, spec)
        else:
            say("No dry run: samconfig.toml names no spec for it")


def _installed(source: Path, folder: Path) -> Path:
    """The one that scripts/build has made beside the functions, unpacked; else the repository's own."""
    for archive in source.glob("fanin-*.tar.gz"):
        shutil.unpack_archive(archive, folder)
        return next(folder.glob("fanin-*/bin/fanin"))
    return SCRIPTS / "fanin"


def _check(fanin: Path, endpoint: Endpoint, stack: str, noted: Set[str]) -> None:
    """The checks that are `noted` may fail."""
    command = _command(endpoint, stack, "doctor", "--output", "json")
    done = subprocess.run([fanin, *command], env=endpoint.environment(), stdout=subprocess.PIPE, check=False)
    checks = json.loads(done.stdout)["checks"] if done.returncode in (0, PROBLEM) else []
    for check in checks:
        judged = "ok     " if check["ok"] else "note   " if check["name"] in noted else "PROBLEM"
        say(f"{judged}  {check['name']}: {check['found']}")
    if not checks or not all(check["ok"] or check["name"] in noted for check in checks):
        raise _failed("doctor", done.returncode, stack)


def _plan(fanin: Path, endpoint: Endpoint, stack: str, spec: str) -> None:
    command = _command(endpoint, stack, "plan", json.dumps({"spec": spec}))
    # To where this program's own words go: not to standard output where that is to be JSON.
    code = subprocess.run([fanin, *command], env=endpoint.environment(), stdout=sys.stdout, check=False).returncode
    if code not in (0, PARTIAL):
        raise _failed("plan", code, stack)


def _command(endpoint: Endpoint, stack: str, *words: str) -> list[str]:
    """The words after `fanin`, which are said, too."""
    command = [*words, "--stack", stack, *(["--aws"] if endpoint.is_aws else ["--endpoint-url", endpoint.url])]
    say(f"$ fanin {shlex.join(command)}")
    return command


def _failed(word: str, code: int, stack: str) -> CliError:
    return CliError(f"fanin {word} ended with {code}: the stack {stack} is deployed and does not work", exit_code=1)
