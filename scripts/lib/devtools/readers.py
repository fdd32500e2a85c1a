"""The tests that read with Trino what has been registered: its archives are large, and not downloaded by default."""

from __future__ import annotations

import re
from pathlib import Path

from devtools.errors import CliError
from devtools.project import ROOT, in_home, is_continuous_integration, say

ARCHIVES = ("trino-server-core", "trino-hive", "trino-jdbc")
MINIMUM_JAVA = 24
REPOSITORY = in_home("~/.m2/repository")


def maven_options(java_home: Path, repository: Path = REPOSITORY) -> list[str]:
    """The Maven options that run them; none, and a line with the reason, where they cannot run.

    In continuous integration Maven fetches the archives, and what cannot run has failed.
    """
    old = too_old(java_home)
    if is_continuous_integration():
        if old:
            raise CliError(f"the tests with Trino cannot run: {old}")
        return ["-Preaders"]
    why = _missing(repository) or old
    if why:
        say(f"The tests with Trino do not run: {why}. mvn -Preaders verify fetches what they need.")
        return []
    return ["-Preaders"]


def _missing(repository: Path) -> str | None:
    version = _declared("trino.version", (ROOT / "pom.xml").read_text())
    missing = [name for name in ARCHIVES if not _archives(repository / "io" / "trino" / name / version)]
    if missing:
        return f"{', '.join(missing)} {version} {'is' if len(missing) == 1 else 'are'} not in {repository}"
    return None


def too_old(java_home: Path) -> str | None:
    java = _java_version(java_home)
    if java < MINIMUM_JAVA:
        return f"Trino needs Java {MINIMUM_JAVA} or later, and {java_home} is Java {java}"
    return None


def _archives(folder: Path) -> list[Path]:
    return [path for suffix in ("tar.gz", "zip", "jar") for path in folder.glob(f"*.{suffix}")]


def _declared(name: str, pom: str) -> str:
    return re.findall(rf"<{re.escape(name)}>([^<]+)</", pom)[0]


def _java_version(home: Path) -> int:
    release = home / "release"
    match = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE) if release.is_file() else None
    return int(match[1]) if match else 0
