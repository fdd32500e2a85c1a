"""What has to be on the machine before a command starts, and how to get what is missing."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from devtools.errors import CliError
from devtools.project import PLUGINS

MINIMUM_MAVEN = (3, 8, 1)


def build_environment() -> dict[str, str]:
    """The environment for Maven: JAVA_HOME names a JDK that is new enough.

    Raises a CliError that names everything that is missing, not just the first thing.
    """
    problems = []
    environment = dict(os.environ)
    try:
        environment["JAVA_HOME"] = str(find_java_home())
    except CliError as error:
        problems.append(error)
    try:
        check_maven(environment)
    except CliError as error:
        problems.append(error)
    if len(problems) > 1:
        listed = "".join(f"\n  - {problem.message}\n    {problem.hint}" for problem in problems)
        raise CliError(f"{len(problems)} things are missing:{listed}")
    if problems:
        raise problems[0]
    return environment


def find_java_home() -> Path:
    """The JDK that the functions are built with, found the way the emulator finds the one they run on."""
    jdks = _jdks_of_emulator()
    hint = "get one from https://adoptium.net or with the system's package manager, and set JAVA_HOME to it"
    try:
        home = jdks.find_jdk().home
    except jdks.JdkNotFoundError as error:
        raise CliError(str(error), hint) from error
    if not (home / "bin" / "javac").exists():
        raise CliError(f"{home} is a Java runtime without a compiler, and building needs a JDK 21 or newer", hint)
    return home


def jdk(home: Path) -> Any:
    """The JDK there, as the emulator describes it."""
    return _jdks_of_emulator().read_jdk(home)


def _jdks_of_emulator() -> ModuleType:
    sys.path.insert(0, str(PLUGINS))
    try:
        return importlib.import_module("fanin_localstack.jdk")
    finally:
        sys.path.remove(str(PLUGINS))


def check_maven(environment: dict[str, str]) -> None:
    needed = ".".join(map(str, MINIMUM_MAVEN))
    hint = "get it from https://maven.apache.org/download.cgi or with the system's package manager"
    maven = shutil.which("mvn")
    if not maven:
        raise CliError(f"there is no Maven {needed} or newer: no mvn on the PATH", hint)
    found = maven_version(maven, environment)
    if found < MINIMUM_MAVEN:
        raise CliError(f"{maven} is Maven {'.'.join(map(str, found))}, and {needed} or newer is needed", hint)


def maven_version(maven: str, environment: dict[str, str]) -> tuple[int, ...]:
    """Read from the name of Maven's own jar where that is at hand: starting a JVM to ask takes half a second."""
    for jar in (Path(maven).resolve().parent.parent / "lib").glob("maven-core*.jar"):
        match = re.fullmatch(r"maven-core-(\d+)\.(\d+)\.(\d+).*\.jar", jar.name)
        if match:
            return tuple(int(number) for number in match.groups())
    answer = subprocess.run([maven, "-version"], env=environment, capture_output=True, text=True, check=False)
    match = re.search(r"Apache Maven (\d+)\.(\d+)\.(\d+)", answer.stdout)
    if not match:
        raise CliError(f"{maven} does not start: {(answer.stderr or answer.stdout).strip()[:200]}", "run mvn -version")
    return tuple(int(number) for number in match.groups())
