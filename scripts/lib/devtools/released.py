"""Installs and deploys what was built as somebody does who has nothing but the release, and runs a table with it."""

from __future__ import annotations

import json
import os
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools.clone import Clone
from devtools.errors import CliError
from devtools.integrations import LOCAL
from devtools.jobs import run_logged
from devtools.project import SAMPLES
from devtools.suites import Suite, log_of

TITLE = "Release"
STACK = "released"
BUCKET = "lake-released"
DATABASE = "released"
SPEC = SAMPLES / "flights.json"
DATA = SAMPLES / "flights"
HOURS = "dt=2013-02-09/hour=0*"
LEFT_OUT = frozenset({"mvn", "java", "javac"})
"""What a machine lacks on which the release is deployed. `JAVA_HOME` names the Java of `fanin`."""


def suite(clone: Clone, dist: Path, variables: dict[str, str]) -> Suite:
    """`dist` is what `scripts/build` has made, `variables` those of Maven."""

    def check() -> str:
        if not (dist / "install.sh").is_file():
            raise CliError("there is no release to try out", "see the suite Reproducible build")
        clone.run("up", "up-release.log", "--no-deploy")
        with tempfile.TemporaryDirectory() as folder:
            return _Machine(Path(folder), dist, clone.url, variables).deployed_and_run()

    return Suite(TITLE, check)


@dataclass(frozen=True)
class _Machine:
    """An empty folder, and a system without Maven."""

    folder: Path
    dist: Path
    url: str
    variables: dict[str, str]

    def deployed_and_run(self) -> str:
        (archive,) = self.dist.glob("partition-fan-in-stack-*.tar")
        with tarfile.open(archive) as content:
            content.extractall(self.folder, filter="data")
        stack = self.folder / archive.stem
        self._run("deploy", [stack / "scripts" / "deploy", "--stack", STACK, "--json"])
        self._run("install", ["sh", self.dist / "install.sh"])
        hours = self._load()
        spec = json.loads(SPEC.read_text())
        spec.update(database=DATABASE, location=f"s3://{BUCKET}/{DATA.name}/")
        (self.folder / SPEC.name).write_text(json.dumps(spec))
        fanin = self.folder / ".local" / "bin" / "fanin"
        self._run("run", [fanin, "run", self.folder / SPEC.name, "--stack", STACK])
        registered = self._registered(spec["table"])
        if registered != hours:
            raise CliError(f"the release has registered {registered} of {hours} partitions")
        return f"{registered} partitions registered by what was unpacked"

    def _run(self, name: str, command: list[str | Path]) -> None:
        run_logged(command, log_of(f"{TITLE} {name}"), f"{command[0]} of the release", self._environment(), self.folder)

    def _environment(self) -> dict[str, str]:
        given = {name: value for name, value in self.variables.items() if not name.startswith(("AWS_", "FANIN_"))}
        home = {"FANIN_PREFIX": str(self.folder / ".local"), "PATH": str(self._path())}
        return {**given, **home, **LOCAL, "AWS_ENDPOINT_URL": self.url}

    def _path(self) -> Path:
        """A folder with the programs of this machine, but those that a bare one has not."""
        folder = self.folder / "path"
        if not folder.exists():
            folder.mkdir()
            for place in os.environ["PATH"].split(os.pathsep):
                for program in sorted(Path(place).glob("*")):
                    link = folder / program.name
                    if program.name not in LEFT_OUT and not link.exists():
                        link.symlink_to(program)
        return folder

    def _load(self) -> int:
        """The number of hours that are put into a bucket of the release's own."""
        s3 = self._client("s3")
        s3.create_bucket(Bucket=BUCKET)
        hours = sorted(DATA.glob(HOURS))
        for hour in hours:
            for file in hour.iterdir():
                s3.put_object(Bucket=BUCKET, Key=file.relative_to(SAMPLES).as_posix(), Body=file.read_bytes())
        return len(hours)

    def _registered(self, table: str) -> int:
        return len(self._client("glue").get_partitions(DatabaseName=DATABASE, TableName=table)["Partitions"])

    def _client(self, service: str) -> Any:
        # Of the virtual environment, which there is when this runs.
        from devtools import endpoint

        return endpoint.local(self.url, dict(os.environ)).client(service)
