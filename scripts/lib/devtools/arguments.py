"""The command lines of the scripts.

argparse rather than a library of the virtual environment: ``--help`` and a misspelt option answer at once, in a fresh
clone too.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from devtools.project import DEFAULT_PORT, ROOT, STACK_NAME, is_release

ENGINES = ("docker", "python")
EMULATOR_COMMANDS = frozenset({"up", "demo", "benchmarks"})
"""The commands that start the emulator in any case."""
BENCHMARKS = ("convert", "detection", "registration", "validate")
BUILD_FANIN = "build-fanin"
"""What scripts/fanin calls where its sources are newer than what it runs."""
FIND_JAVA = "find-java"
"""What scripts/fanin calls where somebody else, such as scripts/test, has built what it runs."""
FRESH = "fresh"
SHAPES = "shapes"
"""The benchmarks that start processes, some of which they install with pip."""
FIRST_CALL = "first-call"
"""The benchmark that starts processes of the table-creator alone."""
START = "start"
FAN_OUT = "fan-out"
ADOPT = "adopt"
PEERS = "peers"
ON_LOCALSTACK = (START, FAN_OUT, ADOPT, PEERS)
"""The benchmarks of what is deployed, and of what reads what others have made."""
ALONE = (FIRST_CALL, FRESH, SHAPES, *ON_LOCALSTACK)


def _port_number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and 0 < int(word) < 1 << 16):
        raise argparse.ArgumentTypeError(f"'{word}' is no port: a number from 1 to 65535")
    return int(word)


def parse(argv: list[str]) -> argparse.Namespace:
    """The options of ``COMMAND [ARGUMENT]...``; usage errors and ``--help`` end the process here."""
    if argv in ([BUILD_FANIN], [FIND_JAVA]):
        return argparse.Namespace(command=argv[0])
    if not argv or argv[0] not in PARSERS:
        raise SystemExit(f"usage: launch {{{','.join(PARSERS)}}} ...")
    command, *rest = argv
    parser = PARSERS[command]()
    options = parser.parse_args(rest)
    if command == "deploy":
        contradiction = _contradiction(options)
        if contradiction:
            parser.error(contradiction)
        options.stack = options.stack or STACK_NAME
        options.aws |= options.port is None and os.environ.get("FANIN_AWS") == "1"
    options.command = command
    return options


def _contradiction(options: argparse.Namespace) -> str | None:
    """What of a deployment's options would be passed over in silence."""
    if options.aws and options.port is not None:
        return "--port and --aws exclude each other"
    if options.environment and options.stack:
        return f"--stack and {options.environment} exclude each other: samconfig.toml names the environment's stack"
    if options.config_file and not options.environment:
        return "--config-file is where an ENV stands, and none is named"
    if options.parameters and (options.rollback or options.delete):
        return "--parameter is for a deployment: --rollback and --delete take none"
    if options.commit and (options.rollback or options.delete):
        return "--commit is for a deployment: --rollback and --delete take none"
    if options.older and not options.commit:
        return "--older is for a --commit, and none is named"
    return None


def _up() -> argparse.ArgumentParser:
    parser = _parser(
        "up",
        "Starts LocalStack, builds the functions where their sources have changed, and deploys the stack.",
        "scripts/up\n  scripts/up --no-deploy --port 4599 --engine python",
        notes="Run again, it does only what is left to do.",
    )
    _engine(parser)
    _port(parser)
    _stack(parser)
    parser.add_argument("--no-deploy", action="store_true", help="start LocalStack and nothing else")
    return parser


def _down() -> argparse.ArgumentParser:
    parser = _parser(
        "down", "Stops what scripts/up started, on every port.", "scripts/down\n  scripts/down --port 4599"
    )
    # The emulators of all ports lie in .local.
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--port", type=_port_number, help="stop the emulator of this port only")
    what.add_argument(
        "--purge", action="store_true", help="remove the folder .local too: the virtual environment, logs, downloads"
    )
    return parser


def _demo() -> argparse.ArgumentParser:
    parser = _parser(
        "demo",
        "Loads 24 hours of flights, one object of them truncated: the run fails for that one alone, and is redriven\n"
        "once it is replaced. Then converts them into Parquet, sums them up by a query, and runs all tables.",
        "scripts/demo\n  scripts/demo --fresh\n  scripts/demo --partial",
        notes="Run again, it finds nothing new and says so; --fresh starts over.",
    )
    _engine(parser)
    _port(parser)
    _stack(parser)
    parser.add_argument("--fresh", action="store_true", help="delete the demo's tables and data first")
    parser.add_argument("--partial", action="store_true", help="stop when the table is partial, to redrive it by hand")
    return parser


def _deploy() -> argparse.ArgumentParser:
    parser = _parser(
        "deploy",
        "Deploys a stack: creates it, updates it, or says that it is unchanged. With an environment of samconfig.toml\n"
        "it shows what would change, asks, and tries the stack out when it is deployed.",
        "scripts/deploy dev\n  scripts/deploy prod --aws\n  scripts/deploy prod --aws --rollback\n"
        "  scripts/deploy --stack it-1 --parameter ProcessorMemory=3008 --json",
        notes="On LocalStack some parameters have other values: the machine's architecture, SnapStart=None and\n"
        "MaxConcurrency=4; by default DataBuckets=lake*,landing*, TargetBuckets=lake*, SpecBuckets=lake*,\n"
        "Databases=*, and without ENV also SpecsLocation=s3://lake/specs/.\n"
        "With ENV a parameter that samconfig.toml does not name gets its default. Without ENV, where no file says\n"
        "what the stack is to be, one that --parameter does not name keeps the value that it has in the stack.",
    )
    parser.add_argument("environment", nargs="?", metavar="ENV", help="a section of samconfig.toml: dev, beta, prod")
    parser.add_argument("--yes", action="store_true", help="do not ask: for continuous deployment")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--from",
        type=_folder,
        default=ROOT,
        metavar="FOLDER",
        dest="source",
        help="deploy what scripts/build has made there (default: build what has changed; in a release, itself)",
    )
    parser.add_argument(
        "--prepare",
        action="store_true",
        help="only install and build what deploying needs: before there are credentials",
    )
    what.add_argument("--rollback", action="store_true", help="deploy what was deployed before: code and parameters")
    what.add_argument("--delete", action="store_true", help="delete the stack; its state bucket is kept")
    parser.add_argument("--config-file", type=Path, metavar="FILE", help="another samconfig.toml")
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        type=_parameter,
        metavar="KEY=VALUE",
        dest="parameters",
        help="a parameter of template.yaml; may be repeated",
    )
    parser.add_argument(
        "--commit",
        type=_commit,
        metavar="SHA",
        help="what is deployed was built from this commit: skip it if the stack has a later one",
    )
    parser.add_argument("--older", action="store_true", help="deploy a --commit that is older, too")
    parser.add_argument("--json", action="store_true", help="print nothing but the stack's outputs, as a JSON object")
    _engine(parser)
    _stack(parser, None)
    _where(parser)
    return parser


def starts_emulator(options: argparse.Namespace) -> bool:
    """Whether a command starts the emulator: one that deploys an environment does where no other place is named.

    A release has no emulator: it deploys to one that is running.
    """
    if options.command != "deploy":
        return options.command in EMULATOR_COMMANDS
    elsewhere = options.aws or (options.port is None and os.environ.get("AWS_ENDPOINT_URL"))
    return bool(options.environment) and not elsewhere and not is_release()


def builds(options: argparse.Namespace) -> bool:
    """Whether a command deploys what is built here."""
    if options.command == "deploy":
        return options.source == ROOT and not options.rollback and not options.delete and not is_release()
    return options.command in ("demo", "benchmarks") or (options.command == "up" and not options.no_deploy)


def _folder(text: str) -> Path:
    folder = Path(text).resolve()
    if not (folder / "template.yaml").is_file():
        raise argparse.ArgumentTypeError(f"there is no template.yaml in '{text}'")
    return folder


def _test() -> argparse.ArgumentParser:
    parser = _parser(
        "test",
        "Runs all checks and tests, as continuous integration does. A suite that did not run counts as failed.",
        "scripts/test\n  scripts/test --unit",
        notes="Integration tests run at AWS_ENDPOINT_URL if set, else in Docker, else with LocalStack as a process.",
    )
    parser.add_argument("--unit", action="store_true", help="the unit tests of Maven alone; they need no emulator")
    return parser


def _build() -> argparse.ArgumentParser:
    parser = _parser(
        "build",
        "Builds what is deployed and released into one folder: the functions' zips, the template that names them,\n"
        "fanin as it is installed, a bill of materials for each, and their checksums. The same sources give the\n"
        "same bytes.",
        "scripts/build\n  scripts/build && scripts/deploy dev --from dist",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=ROOT / "dist",
        metavar="FOLDER",
        help="new, empty, or with an earlier build, which is replaced (default: dist)",
    )
    return parser


def _docs() -> argparse.ArgumentParser:
    return _parser(
        "docs",
        "Builds the documentation as a site, with Zensical and with Material for MkDocs, and checks it: no link is\n"
        "broken, each page can be reached, and none loads anything from another host.",
        "scripts/docs",
        notes="The site is in .local/site/html.",
    )


def _notify() -> argparse.ArgumentParser:
    parser = _parser(
        "notify",
        "Tells a Teams or Slack channel that a pipeline has failed, with a link to its run.",
        "FANIN_WEBHOOK_URL=https://... scripts/notify",
        notes="What has failed is read from the variables that GitHub Actions sets.",
    )
    parser.add_argument("--slack", action="store_true", help="the webhook is Slack's (default: if its host is Slack's)")
    return parser


def _benchmarks() -> argparse.ArgumentParser:
    parser = _parser(
        "benchmarks",
        "Measures requests, memory and time against their bounds, and prints a table in Markdown.",
        "benchmarks/run\n  benchmarks/run detection\n  benchmarks/run fresh\n  benchmarks/run fan-out",
        notes="Fails when a bound is broken. S3 and Glue are in memory: AWS is not needed, nor an emulator, but for\n"
        "start, fan-out, adopt and peers, which are measured on LocalStack. fresh, shapes and peers install what\n"
        "they compare with from PyPI; peers fetches Trino with Maven. These six and first-call are measured alone.",
        prog="benchmarks/run",
    )
    parser.add_argument(
        "names",
        nargs="*",
        type=_benchmark,
        metavar="NAME",
        help=f"what to measure: {', '.join(BENCHMARKS)} (default: all of these), or {' or '.join(ALONE)}",
    )
    _engine(parser)
    _port(parser)
    _stack(parser)
    return parser


PARSERS = {
    "up": _up,
    "down": _down,
    "demo": _demo,
    "deploy": _deploy,
    "test": _test,
    "build": _build,
    "docs": _docs,
    "notify": _notify,
    "benchmarks": _benchmarks,
}


def _parser(
    command: str, description: str, example: str, notes: str = "", prog: str | None = None
) -> argparse.ArgumentParser:
    epilog = f"{notes}\n\nexample:\n  {example}" if notes else f"example:\n  {example}"
    return argparse.ArgumentParser(
        prog=prog or f"scripts/{command}",
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        help="how LocalStack runs: in Docker, or as a Python process (default: docker where an engine has or can pull "
        "the images)",
    )


def _port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=_port_number, default=DEFAULT_PORT, help="port of LocalStack (default: %(default)s)"
    )


def _stack(parser: argparse.ArgumentParser, default: str | None = STACK_NAME) -> None:
    """With no default, a command can tell whether it was given."""
    parser.add_argument(
        "--stack",
        "--stack-name",
        default=default,
        metavar="NAME",
        help=f"CloudFormation stack (default: {STACK_NAME})",
    )


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=_port_number,
        help=f"LocalStack on this port, whatever AWS_ENDPOINT_URL says (default: {DEFAULT_PORT})",
    )
    parser.add_argument(
        "--aws",
        action="store_true",
        help="talk to AWS with your credentials (or FANIN_AWS=1); without it to AWS_ENDPOINT_URL, else to LocalStack "
        f"on port {DEFAULT_PORT}",
    )


def _benchmark(name: str) -> str:
    if name not in (*BENCHMARKS, *ALONE):
        raise argparse.ArgumentTypeError(f"there is no benchmark '{name}'")
    return name


def _commit(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{40}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not the SHA of a commit, 40 hexadecimal digits")
    return text


def _parameter(text: str) -> tuple[str, str]:
    """Of what is none, only that is shown which may be its name: the rest may be a secret."""
    key, *rest = re.split("[^A-Za-z0-9]", text, maxsplit=1)
    if key and text.startswith(f"{key}="):
        return key, rest[0]
    shown = f"{key}..." if rest else key
    raise argparse.ArgumentTypeError(f"'{shown}' is not of the form KEY=VALUE")
