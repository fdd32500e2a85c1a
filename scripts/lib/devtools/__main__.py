"""Reads the command line, sees to the virtual environment, and goes on in there."""

from __future__ import annotations

import os
import signal
import sys

from devtools import early, environment, preparation
from devtools.arguments import parse
from devtools.errors import CliError, of_system
from devtools.project import warn

RUN = (
    "import sys; sys.path[:] = filter(None, sys.path); "
    'import runpy; runpy.run_module("devtools", None, "__main__", True)'
)
"""As scripts/lib/launch does: `-m` would take modules from the caller's folder."""


def main(argv: list[str]) -> int:
    options = parse(argv)
    try:
        # To be terminated is to be interrupted: what was started for this command alone is stopped.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        code = early.run(options)
        if code is not None:
            return code
        venv = preparation.prepare(options)
        if getattr(options, "prepare", False):
            return 0
        if environment.is_running_in(venv):
            from devtools import commands

            return commands.run(options)
        sys.stdout.flush()
        os.execv(venv.python, [str(venv.python), "-c", RUN, *argv, *preparation.decided(options)])
    except CliError as error:
        warn(str(error))
        return error.exit_code
    except BrokenPipeError:
        # The reader of the output has closed it; the interpreter must not fail on that again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        known = of_system(error)
        if known is None:
            raise
        warn(str(known))
        return known.exit_code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
