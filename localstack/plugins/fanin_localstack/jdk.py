"""Finds the JDK that runs the functions.

A JDK states its version in its ``release`` file, so nothing has to be started to learn it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MINIMUM_FEATURE_VERSION = 21
"""The functions are compiled with ``--release 21``."""

AOT_FEATURE_VERSION = 25
"""The first that leaves an AOT cache in one step (https://openjdk.org/jeps/514)."""

DIAGNOSTIC = ("-XX:+UnlockDiagnosticVMOptions", "-XX:+IgnoreUnrecognizedVMOptions")
"""Options of this kind may be missing in another JDK."""

USUAL_PLACES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    # Homebrew puts the JDK that its Maven brings neither there nor on the path.
    "/opt/homebrew/opt/*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/*/libexec/openjdk.jdk/Contents/Home",
    "/home/linuxbrew/.linuxbrew/opt/*/libexec",
)


class JdkNotFoundError(Exception):
    """No JDK is new enough; the message names everything that was looked at."""


@dataclass(frozen=True)
class Jdk:
    """A JDK or JRE whose home is known to hold ``bin/java``."""

    home: Path
    version: tuple[int, ...]

    @property
    def feature_version(self) -> int:
        """21 for ``21.0.4``, and 8 for ``1.8.0_412``."""
        if self.version[0] == 1 and len(self.version) > 1:
            return self.version[1]
        return self.version[0]

    @property
    def java(self) -> Path:
        return self.home / "bin" / "java"

    def leaving_archive(self, file: Path) -> list[str]:
        """The option with which a JVM leaves an archive of its classes when it ends.

        An AOT cache has them linked, with their lambdas; an archive of an older JDK (AppCDS) has them only loaded.
        """
        option = "AOTCacheOutput" if self._has_aot_caches else "ArchiveClassesAtExit"
        return [f"-XX:{option}={file}"]

    def using_archive(self, file: Path, optimizing: bool) -> list[str]:
        """The options with which a JVM starts from such an archive; without C2 it does not optimize."""
        option = "AOTCache" if self._has_aot_caches else "SharedArchiveFile"
        # It stays at the address that it was made for: to move it costs more than to read it.
        options = [f"-XX:{option}={file}", *DIAGNOSTIC, "-XX:ArchiveRelocationMode=0"]
        # A cache holds profiles as well, which C1 alone has no use for.
        return [*options, "-XX:-AOTReplayTraining"] if self._has_aot_caches and not optimizing else options

    @property
    def _has_aot_caches(self) -> bool:
        return self.feature_version >= AOT_FEATURE_VERSION


def find_jdk(environment: Mapping[str, str] = os.environ, usual_places: Iterable[str] = USUAL_PLACES) -> Jdk:
    """The JDK named by ``FANIN_JAVA_HOME``; else the first of ``JAVA_HOME``, the ``java`` on the path and the newest of
    the usual places that is new enough.

    A ``FANIN_JAVA_HOME`` that cannot be used is an error and not skipped: setting it means that this JDK is wanted.
    """
    chosen = environment.get("FANIN_JAVA_HOME")
    if chosen:
        return _usable([("FANIN_JAVA_HOME", Path(chosen))])
    candidates = list(_named(environment))
    newest_first = sorted(_installed(usual_places), key=lambda place: _version_or_zero(place[1]), reverse=True)
    return _usable(candidates + newest_first)


def read_jdk(home: Path) -> Jdk | None:
    """The JDK in a folder, or None where there is none."""
    release = home / "release"
    if not release.is_file() or not os.access(home / "bin" / "java", os.X_OK):
        return None
    for line in release.read_text(encoding="utf-8", errors="replace").splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "JAVA_VERSION":
            return Jdk(home, _numbers(value.strip().strip('"')))
    return None


def _named(environment: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    if environment.get("JAVA_HOME"):
        yield "JAVA_HOME", Path(environment["JAVA_HOME"])
    on_path = shutil.which("java", path=environment.get("PATH", ""))
    if on_path:
        yield "PATH", Path(on_path).resolve().parent.parent


def _expanded(pattern: str) -> Path:
    try:
        return Path(pattern).expanduser()
    except RuntimeError:  # nobody knows of a home
        return Path(pattern)


def _installed(usual_places: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for pattern in usual_places:
        folder, _, rest = str(_expanded(pattern)).partition("*")
        for home in sorted(Path(folder).glob("*" + rest)):
            if read_jdk(home):
                yield pattern, home


def _usable(candidates: list[tuple[str, Path]]) -> Jdk:
    looked_at = []
    for source, home in candidates:
        jdk = read_jdk(home)
        if jdk and jdk.feature_version >= MINIMUM_FEATURE_VERSION:
            return jdk
        found = f"Java {jdk.feature_version}" if jdk else "no JDK there"
        looked_at.append(f"{home} ({source}: {found})")
    raise JdkNotFoundError(
        f"No JDK {MINIMUM_FEATURE_VERSION} or newer to run the functions. Set FANIN_JAVA_HOME to one. "
        f"Looked at: {', '.join(looked_at) or 'nothing is installed in the usual places'}."
    )


def _version_or_zero(home: Path) -> tuple[int, ...]:
    jdk = read_jdk(home)
    return jdk.version if jdk else (0,)


def _numbers(version: str) -> tuple[int, ...]:
    digits = "".join(character if character.isdigit() else " " for character in version)
    return tuple(int(number) for number in digits.split()) or (0,)
