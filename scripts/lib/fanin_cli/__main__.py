"""Reads the command line, sees to the virtual environment, and goes on in there."""

from __future__ import annotations

import os
import sys

from fanin_cli import environment, preparation, verification
from fanin_cli.arguments import parse
from fanin_cli.errors import CliError


def main(argv: list[str]) -> int:
    options = parse(argv)
    try:
        if options.command == "test" and options.unit:
            return verification.verify_units()
        venv = preparation.prepare(options)
        if environment.is_running_in(venv):
            from fanin_cli import commands

            return commands.run(options)
        sys.stdout.flush()
        os.execv(venv.python, [str(venv.python), "-m", "fanin_cli", *argv])
    except CliError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
