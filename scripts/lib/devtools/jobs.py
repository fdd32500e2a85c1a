"""Long jobs before the work itself: each writes its log, several run at once, and one sees that they are alive."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from devtools.errors import CliError
from devtools.project import LOCAL, LOGS, ROOT, say, shown

T = TypeVar("T")

LAST_LINES = 15
QUIET_SECONDS = 20
"""Where the output is no terminal, a sign of life as often as this."""


class _Group:
    """Jobs of which the first failure ends the others, and the processes that they run."""

    def __init__(self) -> None:
        self.running: set[subprocess.Popen] = set()
        self.cancelled = threading.Event()

    def cancel(self) -> None:
        self.cancelled.set()
        for process in list(self.running):
            process.terminate()


class _OfThread(threading.local):
    """The group of the job that a thread runs; one of its own outside of jobs."""

    def __init__(self) -> None:
        self.group = _Group()


_of_thread = _OfThread()
_groups: weakref.WeakSet[_Group] = weakref.WeakSet()
_given_up = threading.Event()


@dataclass(frozen=True)
class Job:
    """Something that takes a while, and what to call it while it does."""

    title: str
    work: Callable[[], None]


@contextmanager
def alone() -> Iterator[None]:
    """Of commands started together, one prepares and the others wait; they look again once it is their turn."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "preparing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another command that prepares the project ...", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def run_all(jobs: Sequence[Job]) -> None:
    """Runs the jobs side by side; the first failure ends the others."""
    if not jobs:
        return
    group = _Group()
    _groups.add(group)
    started = time.monotonic()
    for job in jobs:
        say(f"{job.title} ...")
    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        titles = {pool.submit(_run_in, group, job.work): job.title for job in jobs}
        try:
            _watch(titles, started)
        except BaseException:
            group.cancel()
            raise


def _run_in(group: _Group, work: Callable[[], None]) -> None:
    _of_thread.group = group
    work()


def run_lanes(lanes: Sequence[Callable[[], T]]) -> list[T]:
    """Runs lanes of jobs side by side, which end each other only where this one is interrupted."""
    with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
        running = [pool.submit(lane) for lane in lanes]
        try:
            return [lane.result() for lane in running]
        except BaseException:
            _given_up.set()
            for group in list(_groups):
                group.cancel()
            raise


def run_logged(
    command: Sequence[str | Path],
    log_name: str,
    what: str,
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    excerpt: Callable[[Sequence[str]], Sequence[str]] = lambda lines: lines[-LAST_LINES:],
    *,
    cleans_up: bool = False,
) -> None:
    """Runs a command in a folder, with its output in a log; a failure shows what `excerpt` takes of its lines.

    One that cleans up runs also where the others were given up.
    """
    group = _of_thread.group
    if not cleans_up and (group.cancelled.is_set() or _given_up.is_set()):
        raise CliError(f"{what} was given up")
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / log_name
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        group.running.add(process)
        try:
            code = process.wait()
        finally:
            group.running.discard(process)
    if code != 0:
        raise CliError(f"{what} failed:\n{_quoted(excerpt(_lines(log)))}", f"the whole log is in {shown(log)}")


def last_lines(log: Path, count: int = LAST_LINES) -> str:
    return _quoted(_lines(log)[-count:])


def _lines(log: Path) -> list[str]:
    return [line for line in log.read_text(errors="replace").splitlines() if line.strip()]


def _quoted(lines: Sequence[str]) -> str:
    return "\n".join(f"  | {line}" for line in lines) or "  | (no output)"


def _watch(titles: dict[Future[None], str], started: float) -> None:
    waiting = set(titles)
    next_sign = started + QUIET_SECONDS
    while waiting:
        done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
        seconds = time.monotonic() - started
        for future in done:
            future.result()
            _clear_ticker()
            say(f"{titles[future]}: done in {seconds:.0f} s")
        if waiting and sys.stdout.isatty():
            print(f"\r  {seconds:.0f} s", end="", flush=True)
        elif waiting and time.monotonic() > next_sign:
            next_sign += QUIET_SECONDS
            say(f"  {seconds:.0f} s: still {' and '.join(titles[future] for future in waiting)}")


def _clear_ticker() -> None:
    if sys.stdout.isatty():
        print("\r          \r", end="", flush=True)
