"""What a fresh process takes to its first answer, and for the calls after it: the processor, and its peers in Python.

Each process is newly started, converts one hour per call, and is measured from outside: the CPU time that Linux counts
for it until it has ended. S3 is another process on the loopback interface, which also counts the rows that each has
left in it.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

from devtools import environment, prerequisites
from devtools.environment import Venv
from devtools.errors import CliError
from devtools.jobs import last_lines
from devtools.project import BENCHMARKS, ROOT, say, warn
from measurements import jvm
from measurements.tls import Certificate, certificate

CALLS = 7
ROUNDS = 3
"""Each in turn as often as this, so that the machine's other load meets all of them."""
WORKS = {"fresh_large": "60 MB of JSON in 4 gzip objects", "fresh_small": "1 MB of JSON in 1 gzip object"}
"""As FreshServer.Work has them."""
OVER_TLS = {"fresh_large over TLS": "the same 60 MB over TLS"}
"""As AWS serves it: the others are served in the clear."""
MEMORY_MEGABYTES = 1769
"""The default of the stack parameter ProcessorMemory; Lambda gives a function of this size one vCPU."""
LAMBDA = "flags of Lambda"
DEFAULT = "default flags"
FUNCTION = f"function, {LAMBDA}, class archive"
PEER = "duckdb in Python"
"""What the function is held against."""
MEMORY_LIMIT = "memory-limit"
"""The function's start script, which sets the heap; it lies in the function's zip."""
FUNCTION_ZIP = ROOT / "processor" / "target" / "processor.zip"
PEERS = BENCHMARKS / "peers"
SCRIPTS = {"awswrangler": "aws_wrangler", "pyarrow": "py_arrow", "duckdb": "duckdb_boto3"}
"""The peer that the function is held against is measured just before it: they meet the same load."""
CALL = re.compile(r"^call (\S+) (\S+)$", re.MULTILINE)
"""Seconds on the clock, and of CPU; the function's log is around it."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and seconds of CPU, of the user and the system, of all threads."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class Program:
    """What can be started to convert hours; the run, the number of calls and the raw data follow the command."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Process:
    """What one process took: to start, answer once and end; for its second call; for one later call, on average."""

    fresh: Cost
    second: Cost
    later: Cost


@dataclass(frozen=True)
class Figure:
    """CPU seconds of one part of a process's work."""

    name: str
    of: Callable[[Process], Cost]

    def seconds(self, processes: Iterable[Process]) -> float:
        """The median."""
        return median(self.of(process).cpu for process in processes)

    def ratio(self, ours: Iterable[Process], theirs: Iterable[Process]) -> float:
        """Ours against theirs, the median of the rounds."""
        return median(self.of(own).cpu / self.of(other).cpu for own, other in zip(ours, theirs))


FRESH = Figure("fresh", lambda process: process.fresh)
LATER = Figure("third call on", lambda process: process.later)


class RowsError(CliError):
    """A program has written other rows than it was to write."""

    def __init__(self, program: str, expected: Mapping[str, int], found: Mapping[str, int]) -> None:
        super().__init__(f"{program} was to write the rows {dict(expected)}, and has written {dict(found)}")
        self.expected = sum(expected.values())
        self.found = sum(found.values())


@dataclass(frozen=True)
class Server:
    """FreshServer, as it has described itself."""

    process: subprocess.Popen
    endpoint: str
    rows: Mapping[str, int]
    data: Mapping[str, Mapping[str, object]]
    """What a program is told of a work's raw data."""
    certificate: Certificate | None = None
    """With which it serves over TLS."""

    def check(self, run: str, program: str, calls: int = CALLS) -> Mapping[str, str]:
        """Each hour holds all rows; answers with digests of the first. The server deletes what it has counted."""
        self.process.stdin.write(f"{run}\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        expected = {f"hour={hour}": self.rows[run] for hour in range(calls)}
        if found["rows"] != expected:
            raise RowsError(program, expected, found["rows"])
        return found["digests"]


@dataclass
class Measured:
    """The processes of each program, by work and by whether they had one CPU, in the order of the first round."""

    processes: dict[tuple[str, bool, str], list[Process]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    """Why a peer was not measured."""

    def add(self, work: str, one_cpu: bool, program: str, process: Process) -> None:
        self.processes.setdefault((work, one_cpu, program), []).append(process)

    def of(self, work: str, one_cpu: bool) -> dict[str, list[Process]]:
        return {name: found for (of, one, name), found in self.processes.items() if (of, one) == (work, one_cpu)}


def measure(java: Path, jar: Path, class_path: str) -> Measured:
    """Takes the benchmarks' jar, since class archives hold no loose classes, and the class path of S3 in memory."""
    measured = Measured()
    with tempfile.TemporaryDirectory(prefix="fanin-fresh-") as folder, server_of(java, class_path, WORKS) as server:
        programs = [*peers(measured.skipped), *functions(java, jar, Path(folder), server)]
        for number in range(ROUNDS):
            for work in WORKS:
                for one_cpu in (True, False):
                    say(f"  round {number + 1} of {ROUNDS}, {WORKS[work]}, {'one CPU' if one_cpu else 'all CPUs'}")
                    for program in programs:
                        process = run(program, work, CALLS, one_cpu, server, Path(folder))
                        server.check(work, program.name)
                        measured.add(work, one_cpu, program.name, process)
        against = [program for program in programs if program.name == PEER]
    for key, label in OVER_TLS.items():
        say(f"  {label}")
        _measure_over_tls(java, jar, class_path, key, against, measured)
    return measured


def _measure_over_tls(
    java: Path, jar: Path, class_path: str, key: str, against: Sequence[Program], measured: Measured
) -> None:
    """The function and what it is held against, on one CPU."""
    work = key.split(" ", maxsplit=1)[0]
    with tempfile.TemporaryDirectory(prefix="fanin-fresh-") as name:
        folder = Path(name)
        made = certificate(java, folder)
        with server_of(java, class_path, WORKS, made) as server:
            programs = [*against, next(functions(java, jar, folder, server))]
            for _ in range(ROUNDS):
                for program in programs:
                    process = run(program, work, CALLS, True, server, folder)
                    server.check(work, program.name)
                    measured.add(key, True, program.name, process)


@contextmanager
def server_of(
    java: Path, class_path: str, works: Iterable[str], certified: Certificate | None = None
) -> Iterator[Server]:
    """S3 with the raw data of these works, over TLS if it has a certificate."""
    options = certified.of_server if certified else []
    command = [java, *options, "-cp", class_path, "io.fanin.benchmarks.FreshServer", str(CALLS), *works]
    with in_memory(command) as (process, described):
        yield Server(process, **described, certificate=certified)


@contextmanager
def in_memory(command: Sequence[str | Path]) -> Iterator[tuple[subprocess.Popen, Mapping[str, Any]]]:
    """Services in memory, in a process of their own, and the line of JSON in which they describe themselves."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        described = process.stdout.readline()
        if not described:
            raise CliError("the services in memory did not start", "their error stands above")
        yield process, json.loads(described)
    finally:
        process.kill()
        process.communicate()


def extracted(function: Path, jar: Path, folder: Path) -> list[str]:
    """The class path's options of a function from its zip, and of the benchmarks' jar that calls it."""
    with zipfile.ZipFile(function) as found:
        found.extractall(folder)
    jars = sorted(str(found) for found in (folder / "lib").glob("*.jar"))
    return ["-cp", os.pathsep.join([*jars, str(jar)])]


def functions(java: Path, jar: Path, folder: Path, server: Server) -> Iterator[Program]:
    """The processor from its zip: with and without an archive of the classes that two calls have loaded."""
    main = [*extracted(FUNCTION_ZIP, jar, folder), "io.fanin.benchmarks.FreshFunction"]
    jdk = prerequisites.jdk(java.parent.parent)
    for name, flags in {LAMBDA: jvm.deployed(), DEFAULT: jvm.apart_from_compiler_and_collector()}.items():
        script = ["sh", str(folder / MEMORY_LIMIT)] if name == LAMBDA else []
        start = [*script, str(java), *flags, *(server.certificate.of_java if server.certificate else [])]
        archive = folder / f"archive-{len(flags)}"
        recorded = Program(f"archive, {name}", [*start, *jdk.leaving_archive(archive), *main])
        run(recorded, "fresh_small", 2, False, server, folder)
        server.check("fresh_small", recorded.name, 2)
        if not archive.is_file():
            raise CliError(f"the JVM has made no class archive with {name}")
        yield Program(
            f"function, {name}, class archive", [*start, *jdk.using_archive(archive, optimizing=name != LAMBDA), *main]
        )
        yield Program(f"function, {name}", [*start, *main])


def peers(skipped: dict[str, str]) -> list[Program]:
    """Each has a virtual environment of its own, made when it is missing; one that cannot be made is left out."""
    found = []
    for name, script in SCRIPTS.items():
        pinned = PEERS / f"{name}-requirements.txt"
        venv = Venv(f"peer-{name}", ("-r", str(pinned)), pinned, compiled=True)
        try:
            if not venv.is_ready:
                say(f"Installing {name} with pip ...")
                environment.install(venv)
        except CliError as error:
            warn(f"SKIPPED: {name} cannot be installed: {error.message}")
            skipped[name] = error.message.splitlines()[-1].strip(" |")
            continue
        found.append(Program(f"{name} in Python", [str(venv.python), str(PEERS / f"{script}.py")]))
    return found


def run(program: Program, work: str, calls: int, one_cpu: bool, server: Server, folder: Path) -> Process:
    """Starts it, and waits for its end; throws with its last lines if it failed."""
    variables = {
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY_MEGABYTES),
        **(server.certificate.of_others if server.certificate else {}),
    }
    arguments = [work, str(calls), json.dumps(server.data[work])]
    return of_calls(*whole(program, arguments, variables, one_cpu, folder / "log"))


def whole(
    program: Program, arguments: Sequence[str], variables: Mapping[str, str], one_cpu: bool, log: Path
) -> tuple[Cost, str]:
    """What a process has taken from its start to its end, and its output; throws with its last lines if it failed."""
    settings = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "JAVA_", "_JAVA_"))},
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
        "STATE_BUCKET": "state",
        **variables,
    }
    pinned = ["taskset", "-c", str(max(os.sched_getaffinity(0)))] if one_cpu else []
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with log.open("wb") as errors:
        done = subprocess.run(
            [*pinned, *program.command, *arguments],
            env=settings,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            check=False,
        )
    seconds, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise CliError(f"{program.name} failed:\n{last_lines(log)}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu), done.stdout


def of_calls(whole: Cost, output: str) -> Process:
    """Of the whole process, and of what it has printed: among others a line for each call, with what that took."""
    calls = [Cost(float(seconds), float(cpu)) for seconds, cpu in CALL.findall(output)]
    fresh = Cost(whole.seconds - sum(c.seconds for c in calls[1:]), whole.cpu - sum(c.cpu for c in calls[1:]))
    later = calls[2:] or calls[1:]
    return Process(fresh, calls[1], Cost(mean(c.seconds for c in later), mean(c.cpu for c in later)))
