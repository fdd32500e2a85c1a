"""Archives of a function's classes (AOT caches, or AppCDS), which shorten the start of its environments.

On AWS a snapshot does that (SnapStart). Here a function's first environments do at their start what the function has
registered for before a snapshot, and the first of them that ends after it has answered leaves an archive of the
classes that it has used. Emulators that are started later use it, too.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from fanin_localstack.jdk import Jdk
from fanin_localstack.runtime_process import RuntimeProcess

LOG = logging.getLogger(__name__)

SNAPSHOT = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
"""By which the runtime interface client runs what a function has registered for before a snapshot."""
QUIET = ("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:aot=off")
DUMP_SECONDS = 30
KEPT_SECONDS = 3 * 24 * 3600

CommandLine = Callable[[Sequence[Path], Sequence[str]], list[str]]
"""From jars on the class path, besides the client's, and options of the JVM."""

_dumping: set[Path] = set()
"""The folders of the archives that are being written: each is left once, and several at the same time."""
_guard = threading.Lock()


@dataclass(frozen=True)
class ClassArchive:
    """The archive of one function's jars, which it identifies by path and time: they are copied beside it."""

    folder: Path
    jdk: Jdk

    @property
    def file(self) -> Path:
        return self.folder / "classes"

    def started(self, code: Path) -> ArchivedStart:
        """For an environment that is about to start."""
        with _locked(self.folder.parent):
            is_made = self.file.exists()
            if is_made:
                os.utime(self.folder)
            else:
                _remove_old(self.folder.parent)
                self._copy_jars(code)
        return ArchivedStart(self, is_made)

    def _copy_jars(self, code: Path) -> None:
        """Copies all or nothing: an emulator that is killed meanwhile leaves no folder with some of them."""
        target = self.folder / "lib"
        if target.exists():
            return
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(code / "lib", unfinished, copy_function=self._copy_once)
        unfinished.rename(target)

    def _copy_once(self, source: str, target: str) -> None:
        """Files that several builds share are stored once."""
        with Path(source).open("rb") as content:
            common = _common(self.folder.parent) / hashlib.file_digest(content, "sha256").hexdigest()
        if not common.exists():
            common.parent.mkdir(exist_ok=True)
            unfinished = common.with_name("unfinished")
            shutil.copyfile(source, unfinished)
            unfinished.replace(common)
        os.link(common, target)


@dataclass(frozen=True)
class ArchivedStart:
    """The start of one environment: ``is_made`` is whether it uses the archive, or else may create one."""

    archive: ClassArchive
    is_made: bool
    name: str = field(default_factory=lambda: uuid4().hex)

    @property
    def variables(self) -> dict[str, str]:
        return {} if self.is_made else SNAPSHOT

    def command(self, line: CommandLine) -> list[str]:
        jdk = self.archive.jdk
        options = (
            jdk.using_archive(self.archive.file, optimizing=False)
            if self.is_made
            else jdk.leaving_archive(self._unfinished)
        )
        return line(sorted((self.archive.folder / "lib").glob("*.jar")), [*options, *QUIET])

    def end(self, process: RuntimeProcess) -> None:
        """Makes the process write the archive, unless one exists or is being written."""
        if self.is_made or not process.is_alive:
            return
        with _guard:
            if self.archive.file.exists() or self.archive.folder in _dumping:
                return
            _dumping.add(self.archive.folder)
        try:
            if process.end(DUMP_SECONDS) and self._unfinished.exists():
                self._unfinished.replace(self.archive.file)
            else:
                LOG.warning("No archive of classes was left: %r", process.whole_log()[-2000:])
        finally:
            _dumping.discard(self.archive.folder)
            self._unfinished.unlink(missing_ok=True)

    @property
    def _unfinished(self) -> Path:
        return self.archive.folder / self.name


def archive_of(root: Path, code: Path, sha256: str, handler: str, jdk: Jdk) -> ClassArchive | None:
    """None where the function is not made of jars alone."""
    if not (code / "lib").is_dir() or any(code.rglob("*.class")):
        return None
    identity = "\n".join((sha256, handler, (jdk.home / "release").read_text()))
    return ClassArchive(root / hashlib.sha256(identity.encode()).hexdigest()[:32], jdk)


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Lets one environment at a time, of all emulators, change what they share; who dies lets the next in."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_old(root: Path) -> None:
    """Removes archives unused for days: each build of the functions has its own."""
    for folder in root.glob("*/"):
        if folder != _common(root) and _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for file in _common(root).glob("*"):
        if file.stat().st_nlink == 1 and _is_old(file):
            file.unlink()


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > KEPT_SECONDS


def _common(root: Path) -> Path:
    return root / "common"
