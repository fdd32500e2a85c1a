"""What happens before a command's own work: checks, the virtual environment and, meanwhile, the build."""

from __future__ import annotations

import argparse
import functools
import sys
from contextlib import nullcontext, redirect_stdout

from devtools import build, docker, environment
from devtools.arguments import builds, starts_emulator
from devtools.emulator import Emulator
from devtools.environment import Venv
from devtools.errors import CliError
from devtools.jobs import Job, alone, run_all
from devtools.project import DEFAULT_PORT, warn


def prepare(options: argparse.Namespace) -> Venv:
    """The virtual environment for a command, ready; decides `options.engine` where the command leaves it open."""
    if starts_emulator(options):
        _decide_engine(options)
    venv = _venv(options)
    more = [environment.CHECKS, environment.PACKAGE] if options.command == "test" else []
    quiet = redirect_stdout(sys.stderr) if getattr(options, "json", False) else nullcontext()
    with quiet:
        if _jobs([venv, *more], options):
            with alone():
                run_all(_jobs([venv, *more], options))
        environment.link_tools(venv)
    return venv


def decided(options: argparse.Namespace) -> list[str]:
    """The decisions as options, so that they are not made and reported again in the virtual environment."""
    return ["--engine", options.engine] if starts_emulator(options) else []


def _decide_engine(options: argparse.Namespace) -> None:
    emulator = Emulator(options.port or DEFAULT_PORT)
    running = emulator.check_port(options.engine)
    if running:
        options.engine = running
        return
    if options.engine is None:
        options.engine = _engine_at_hand()
    elif options.engine == "docker":
        docker.check()
    if options.engine == "python" and not sys.platform.startswith("linux"):
        raise CliError("LocalStack runs Java functions without Docker on Linux only", "start Docker, then try again")


def _engine_at_hand() -> str:
    """Docker if it is usable; a warning says what it lacks, unless there is no Docker at all."""
    if not docker.answers():
        return "python"
    try:
        docker.check()
    except CliError as error:
        warn(f"Docker will not do, LocalStack runs as a Python process instead: {error.message}")
        return "python"
    return "docker"


def _venv(options: argparse.Namespace) -> Venv:
    if options.command == "test" or getattr(options, "engine", None) == "python":
        return environment.for_emulator()
    return environment.for_tools()


def _jobs(venvs: list[Venv], options: argparse.Namespace) -> list[Job]:
    jobs = [
        Job(f"Installing {venv.purpose} into .local (once)", functools.partial(environment.install, venv))
        for venv in venvs
        if not venv.is_ready
    ]
    steps = _maven_steps(options)
    if steps:
        # One after the other: Mavens that fill the same empty repository get into each other's way.
        jobs.append(Job(", ".join(step.title for step in steps), lambda: [step.work() for step in steps]))
    return jobs


def _maven_steps(options: argparse.Namespace) -> list[Job]:
    functions = build.function_steps() if builds(options) else []
    runs_functions = options.command == "test" or getattr(options, "engine", None) == "python"
    return functions + (build.ric_steps() if runs_functions else [])
