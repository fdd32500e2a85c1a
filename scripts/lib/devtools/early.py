"""The commands that need no virtual environment: it would be odd to install one in order to stop things."""

from __future__ import annotations

import argparse
import os
import shutil

from devtools import build, distribution, notification, prerequisites, site, verification
from devtools import emulator as emulators
from devtools.arguments import ALONE, BUILD_FANIN, FIND_JAVA, ON_LOCALSTACK
from devtools.emulator import Emulator
from devtools.errors import CliError
from devtools.project import LOCAL, say, shown


def run(options: argparse.Namespace) -> int | None:
    """The exit code, or None where the command is none of these."""
    if options.command == "down":
        return down(options)
    if options.command == BUILD_FANIN:
        build.build_fanin()
        return 0
    if options.command == FIND_JAVA:
        build.note_java(prerequisites.find_java_home())
        return 0
    if options.command == "test" and options.unit:
        return verification.verify_units()
    if options.command == "build":
        return distribution.make(options.output)
    if options.command == "docs":
        return site.make()
    if options.command == "notify":
        return notification.notify(os.environ, options.slack)
    if options.command == "benchmarks" and not (len(options.names) == 1 and options.names[0] in ON_LOCALSTACK):
        return _benchmarks(options.names)
    return None


def _benchmarks(names: list[str]) -> int:
    # Beside the benchmarks; the other commands do without.
    from measurements import runner

    alone = next((name for name in names if name in ALONE), None)
    if alone and len(names) > 1:
        raise CliError(f"{alone} is measured alone", f"benchmarks/run {alone}")
    return runner.run_processes(alone) if alone in runner.PROCESSES else runner.run(names)


def down(options: argparse.Namespace) -> int:
    candidates = [Emulator(options.port)] if options.port else emulators.all_started()
    outcomes = list(map(_stopped, candidates))
    failures = [str(outcome) for outcome in outcomes if isinstance(outcome, CliError)]
    if failures:
        raise CliError("\n".join(failures).removeprefix("error: "))
    if not any(outcomes):
        say("Nothing is running that scripts/up started")
    if options.purge and LOCAL.exists():
        # The interpreter that does this may lie in there; it has been loaded by now.
        shutil.rmtree(LOCAL)
        say(f"Removed {shown(LOCAL)}")
    return 0


def _stopped(emulator: Emulator) -> bool | CliError:
    """A failure is of one emulator alone: the others are stopped all the same."""
    try:
        was_running = emulator.stop()
    except CliError as error:
        return error
    if was_running:
        say(f"Stopped LocalStack at {emulator.url}: its buckets, tables and stacks are gone")
    return was_running
