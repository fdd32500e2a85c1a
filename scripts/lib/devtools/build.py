"""Builds the function zips with Maven, when their sources are newer."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from devtools import prerequisites
from devtools.errors import CliError
from devtools.jobs import Job, alone, run_all, run_logged
from devtools.project import LOCAL, LOCALSTACK, RIC_JARS, ROOT, shown

FUNCTIONS = ("detector", "processor", "table-creator")
MODULES = ("model", "core", "records", "processor/api", "pages", *FUNCTIONS)
PACKAGING = "scripts/lib/packaging"
"""How Maven makes zips of the modules."""
JAVA_HOME = LOCAL / "java-home"
"""The JDK that scripts/fanin runs on."""
UNCHECKED = "target/without-error-prone"
"""A file: there are classes that Error Prone has not checked."""
SKIP_PROGRAM = ("-DskipProgram=true", *([] if sys.platform == "darwin" else ["-DwithoutMacOs"]))
"""Maven then makes no archives of the command line, which is run from where it is built."""
SKIP_BILLS = "-Dcyclonedx.skip=true"
"""Nor lists of what is in the zips."""
BUILDING = "Building the functions and fanin with Maven"
RIC_POM = LOCALSTACK / "ric" / "pom.xml"


def function_zip(function: str, root: Path = ROOT) -> Path:
    return root / function / "target" / f"{function}.zip"


def is_stale(root: Path = ROOT) -> bool:
    """Whether a zip is missing, or older than something that it is made of."""
    zips = [function_zip(function, root) for function in FUNCTIONS]
    if not all(path.is_file() for path in zips):
        return True
    return newest(sources(root)) > min(path.stat().st_mtime for path in zips)


def sources(root: Path) -> Iterator[Path]:
    yield root / "pom.xml"
    yield from (root / PACKAGING).glob("*")
    for module in MODULES:
        yield root / module / "pom.xml"
        yield from (root / module / "src" / "main").rglob("*")


def newest(paths: Iterable[Path]) -> float:
    """Folders count too: their time changes when a file is removed."""
    return max((path.stat().st_mtime for path in paths if path.exists()), default=0.0)


def has_ric_jars(folder: Path = RIC_JARS) -> bool:
    return newest([RIC_POM]) <= newest([folder / "ready"]) and any(folder.glob("*.jar"))


def function_steps() -> list[Job]:
    """The build of the functions, if it is needed. Looks for Maven and a JDK only then."""
    if not is_stale():
        return []
    environment = prerequisites.build_environment()
    return [Job(BUILDING, lambda: build_functions(environment))]


def without_tests(*modules: str) -> list[str]:
    """Maven's command that packages what is used of these modules, without Error Prone's checks."""
    return ["mvn", "-q", "-B", "-DwithoutTests", "--projects", ",".join(modules), "--also-make", "package"]


def _unchecked(*modules: str) -> list[str]:
    """The same for a build in the project's folder, for the emulator and scripts/fanin."""
    mark = ROOT / UNCHECKED
    mark.parent.mkdir(exist_ok=True)
    mark.touch()
    return [*without_tests(*modules), *SKIP_PROGRAM, SKIP_BILLS]


def forget_unchecked(root: Path = ROOT) -> None:
    """Maven compiles again, with Error Prone, what it does not know to be compiled."""
    mark = root / UNCHECKED
    if mark.exists():
        for module in ("*", "*/*"):
            for known in root.glob(f"{module}/target/maven-status/maven-compiler-plugin/compile"):
                shutil.rmtree(known)
        mark.unlink()


def build_fanin() -> None:
    """The command line, which scripts/fanin finds to be older than its sources."""
    environment = prerequisites.build_environment()
    command = _unchecked("cli")
    title = "Building fanin with Maven"
    with alone():
        run_all([Job(title, lambda: run_logged(command, "build-fanin.log", title, environment))])
    note_java(environment["JAVA_HOME"])


def note_java(home: Path | str) -> None:
    LOCAL.mkdir(exist_ok=True)
    JAVA_HOME.write_text(str(home))


def ric_steps() -> list[Job]:
    """The download of what runs Java functions outside AWS, if it is needed."""
    if has_ric_jars():
        return []
    environment = prerequisites.build_environment()
    return [Job("Fetching the Lambda runtime interface client", lambda: fetch_ric(environment))]


def build_functions(environment: dict[str, str]) -> None:
    """With the command line, which runs what is deployed: together they take less than one after the other."""
    command = _unchecked(*FUNCTIONS, "cli")
    started = time.time()
    run_logged(command, "build.log", BUILDING, environment)
    note_java(environment["JAVA_HOME"])
    missing = [shown(function_zip(function)) for function in FUNCTIONS if not function_zip(function).is_file()]
    if missing:
        raise CliError(f"Maven succeeded and did not make {', '.join(missing)}", "see .local/log/build.log")
    for function in FUNCTIONS:
        # Maven leaves one that would be the same; a source that was changed meanwhile may not be in it.
        os.utime(function_zip(function), (started, started))


def fetch_ric(environment: dict[str, str]) -> None:
    command = ["mvn", "-q", "-B", "-f", RIC_POM, "package", f"-DoutputDirectory={RIC_JARS}"]
    run_logged(command, "ric.log", "Fetching the Lambda runtime interface client", environment)
    (RIC_JARS / "ready").touch()
