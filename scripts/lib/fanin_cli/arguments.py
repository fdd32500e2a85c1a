"""The command lines of the scripts.

argparse rather than a library of the virtual environment: ``--help`` and a misspelt option answer at once, in a fresh
clone too.
"""

from __future__ import annotations

import argparse
import os

from fanin_cli.project import DEFAULT_PORT, STACK_NAME

ENGINES = ("docker", "python")
EMULATOR_COMMANDS = frozenset({"up", "demo", "benchmarks"})
"""The commands that start the emulator."""
BENCHMARKS = ("convert", "detection", "registration", "validate")
START = "start"
"""The benchmark that is measured on LocalStack, alone."""


def parse(argv: list[str]) -> argparse.Namespace:
    """The options of ``COMMAND [ARGUMENT]...``; usage errors and ``--help`` end the process here."""
    if not argv or argv[0] not in PARSERS:
        raise SystemExit(f"usage: launch {{{','.join(PARSERS)}}} ...")
    command, *rest = argv
    options = PARSERS[command]().parse_args(rest)
    options.command = command
    return options


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
    parser.add_argument("--port", type=int, help="stop the emulator of this port only")
    parser.add_argument(
        "--purge", action="store_true", help="remove the folder .local too: the virtual environment, logs, downloads"
    )
    return parser


def _demo() -> argparse.ArgumentParser:
    parser = _parser(
        "demo",
        "Loads 24 hours of flights, one of them cut short: the run fails for that one alone, is mended and\n"
        "redriven; then converts them into Parquet, and sums them up by a query.",
        "scripts/demo\n  scripts/demo --fresh",
        notes="Run again, it finds nothing new and says so; --fresh starts over.",
    )
    _engine(parser)
    _port(parser)
    _stack(parser)
    parser.add_argument("--fresh", action="store_true", help="delete the demo's tables and data first")
    return parser


def _run() -> argparse.ArgumentParser:
    parser = _parser(
        "run",
        "Starts an execution for a table, shows its progress, and ends with what came of it.",
        "scripts/run samples/flights.json\n"
        '  scripts/run \'{"database": "analytics", "table": "flights"}\'\n'
        "  jq '.onPartial = \"succeed\"' samples/flights.json | scripts/run -",
        notes="Exit code: 0 complete, or nothing new; 1 partial; 2 failed, or the spec was refused;\n"
        "3 nothing was done, because another execution is working on the table.",
    )
    parser.add_argument("spec", metavar="SPEC", help="table spec: a file, - for standard input, or JSON")
    _where(parser)
    return parser


def _plan() -> argparse.ArgumentParser:
    parser = _parser(
        "plan",
        "Shows what a run would do: which partitions and why, what is skipped, and what it costs.",
        "scripts/plan samples/flights.json\n"
        '  scripts/plan \'{"database": "analytics", "table": "flights", "detection":\n'
        '    {"mode": "range", "from": "2013-02-08T12:00", "to": "2013-02-09"}}\'',
        notes="It starts an execution that ends after detection; nothing is written but plan.json in its run folder.\n"
        "Exit code: 0 planned; 2 failed, or the spec was refused.",
    )
    parser.add_argument("spec", metavar="SPEC", help="table spec: a file, - for standard input, or JSON")
    _where(parser)
    return parser


def _redrive() -> argparse.ArgumentParser:
    parser = _parser(
        "redrive",
        "Runs the failed partitions of a partial execution again.",
        "scripts/redrive analytics-flights-20130209T150000-000",
        notes='On AWS it redrives the execution; where the endpoint cannot, it starts {"redriveOf": EXECUTION}.\n'
        "Exit code: 0 complete; 1 still partial; 2 failed; 3 nothing was done, because another execution is\n"
        "working on the table.",
    )
    parser.add_argument("execution", metavar="EXECUTION", help="name or ARN of the execution")
    _where(parser)
    return parser


def _status() -> argparse.ArgumentParser:
    parser = _parser(
        "status",
        "Shows what readers see of a table, what is outstanding, and what came of its last run.",
        "scripts/status analytics.flights",
        notes="Exit code: 0 complete, or never run; 1 partial; 2 there is no such table; 3 the table's parameters do\n"
        "not say what its record says, which the next run mends.",
    )
    parser.add_argument("table", metavar="DATABASE.TABLE", help="the table's name in the Glue Data Catalog")
    _where(parser)
    return parser


def _query() -> argparse.ArgumentParser:
    parser = _parser(
        "query",
        "Answers a query over what the catalog has registered, and over nothing else, with DuckDB on this machine.",
        'scripts/query "select carrier, count(*) from analytics.flights group by carrier order by 2 desc"\n'
        '  scripts/query --partitions "dt = \'2013-02-08\'" "select max(dep_delay) from analytics.flights"',
        notes="It copies the objects of the registered partitions to a temporary folder. Where a table is PARTIAL, a\n"
        "line on the error stream says what the answer is without.",
    )
    parser.add_argument("sql", metavar="SQL", help="one statement; tables are named DATABASE.TABLE")
    parser.add_argument(
        "--partitions",
        metavar="EXPRESSION",
        help="read only these partitions: an expression as Glue's GetPartitions takes",
    )
    parser.add_argument(
        "--max-mib",
        type=int,
        default=1024,
        metavar="N",
        help="refuse to copy more than this (default: %(default)s MiB)",
    )
    parser.add_argument("--csv", action="store_true", help="print comma-separated values")
    _where(parser)
    return parser


def _deploy() -> argparse.ArgumentParser:
    parser = _parser(
        "deploy",
        "Deploys the stack to the endpoint: creates it, updates it, or says that it is unchanged.",
        "scripts/deploy\n  scripts/deploy --stack it-1 --parameter ProcessorTimeout=5 --json",
        notes="On LocalStack some parameters have other defaults: the machine's architecture, SnapStart=None,\n"
        "MaxConcurrency=4, DataBuckets=lake*,landing*, TargetBuckets=lake*, SpecBuckets=lake*, Databases=*.",
    )
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        type=_parameter,
        metavar="KEY=VALUE",
        dest="parameters",
        help="a parameter of template.yaml; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="print nothing but the stack's outputs, as a JSON object")
    _where(parser)
    return parser


def _test() -> argparse.ArgumentParser:
    parser = _parser(
        "test",
        "Runs all checks and tests, as continuous integration does. A suite that did not run counts as failed.",
        "scripts/test\n  scripts/test --unit",
        notes="Integration tests run at AWS_ENDPOINT_URL if set, else in Docker, else with LocalStack as a process.",
    )
    parser.add_argument("--unit", action="store_true", help="the unit tests of Maven alone; they need no emulator")
    return parser


def _benchmarks() -> argparse.ArgumentParser:
    parser = _parser(
        "benchmarks",
        "Measures requests, memory and time against their bounds, and prints a table in Markdown.",
        "benchmarks/run\n  benchmarks/run detection\n  benchmarks/run start",
        notes="Fails when a bound is broken. S3 and Glue are in memory: AWS is not needed, nor an emulator, but for\n"
        "start, which is measured on LocalStack, and alone.",
        prog="benchmarks/run",
    )
    parser.add_argument(
        "names",
        nargs="*",
        type=_benchmark,
        metavar="NAME",
        help=f"what to measure: {', '.join(BENCHMARKS)} (default: all of these), or {START}",
    )
    _engine(parser)
    _port(parser)
    _stack(parser)
    return parser


PARSERS = {
    "up": _up,
    "down": _down,
    "demo": _demo,
    "run": _run,
    "plan": _plan,
    "redrive": _redrive,
    "status": _status,
    "query": _query,
    "deploy": _deploy,
    "test": _test,
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
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port of LocalStack (default: %(default)s)")


def _stack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--stack",
        "--stack-name",
        default=STACK_NAME,
        metavar="NAME",
        help="CloudFormation stack (default: %(default)s)",
    )


def _where(parser: argparse.ArgumentParser) -> None:
    _stack(parser)
    parser.add_argument(
        "--aws",
        action="store_true",
        default=os.environ.get("FANIN_AWS") == "1",
        help="talk to AWS with your credentials (or FANIN_AWS=1); without it to AWS_ENDPOINT_URL, else to LocalStack "
        f"on port {DEFAULT_PORT}",
    )


def _benchmark(name: str) -> str:
    if name not in (*BENCHMARKS, START):
        raise argparse.ArgumentTypeError(f"there is no benchmark '{name}'")
    return name


def _parameter(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form KEY=VALUE")
    return key, value
