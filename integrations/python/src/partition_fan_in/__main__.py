"""The package's command: `python -m partition_fan_in dbt-freshness`, installed as `fanin-dbt-freshness`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError

from partition_fan_in import dbt
from partition_fan_in.aws import GlueClient
from partition_fan_in.state import UTC, TableState, zone_named

PROGRAM = "fanin-dbt-freshness"
STALE, UNUSABLE = 1, 2
"""Exit codes: a source is too old or cannot be read, as of `dbt source freshness`; the command cannot be done."""


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] != ["dbt-freshness"]:
        print("usage: python -m partition_fan_in dbt-freshness [OPTION]...", file=sys.stderr)
        return UNUSABLE
    return dbt_freshness(words[1:])


def _glue(options: argparse.Namespace) -> GlueClient:
    client: GlueClient = boto3.Session(profile_name=options.profile, region_name=options.region).client("glue")
    return client


def dbt_freshness(
    arguments: list[str] | None = None, connect: Callable[[argparse.Namespace], GlueClient] = _glue
) -> int:
    """Reads the manifest and the tables, and writes the artifact."""
    options = _parser().parse_args(arguments)
    manifest_file = options.target_path / "manifest.json"
    try:
        manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
        known = dbt.Source.all(manifest)
    except FileNotFoundError:
        print(f"error: there is no {manifest_file}: run dbt parse first", file=sys.stderr)
        return UNUSABLE
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        print(f"error: cannot read {manifest_file}, run dbt parse again: {error!r}", file=sys.stderr)
        return UNUSABLE
    unmatched = [one for one in options.select if not any(source.is_selected([one]) for source in known)]
    if unmatched or not known:
        which = f" that --select {', '.join(unmatched)} selects" if unmatched else ""
        print(f"error: {manifest_file} has no source with a freshness{which}", file=sys.stderr)
        return UNUSABLE
    sources = [source for source in known if source.is_selected(options.select)]
    try:
        glue = connect(options)
    except BotoCoreError as error:
        print(f"error: {error}", file=sys.stderr)
        return UNUSABLE
    started = _now()
    results = [
        dbt.check(source, lambda *table: TableState.read(glue, *table, zone=options.zone), _now) for source in sources
    ]
    version = str(manifest.get("metadata", {}).get("dbt_version", ""))
    output = options.output or options.target_path / "sources.json"
    try:
        output.write_text(json.dumps(dbt.artifact(results, version, started, _now())), encoding="utf-8")
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return UNUSABLE
    for result in results:
        print(f"{result.status.upper():13} {result.source.name}: {result.line}")
    return STALE if any(result.status in (dbt.ERROR, dbt.RUNTIME_ERROR) for result in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Writes what dbt source freshness writes, target/sources.json, from the fanin.complete_through of"
        " each source's table. Reads target/manifest.json, which dbt parse makes, and Glue: one GetTable a source, no"
        " query.",
    )
    parser.add_argument(
        "--target-path",
        type=Path,
        default=Path(os.environ.get("DBT_TARGET_PATH", "target")),
        help="the folder with the manifest (default: $DBT_TARGET_PATH or target)",
    )
    parser.add_argument("--output", type=Path, help="the file to write (default: sources.json in that folder)")
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="SOURCE[.TABLE]",
        help="only these sources (default: all with a freshness), each of which has to be there; may be repeated",
    )
    parser.add_argument(
        "--zone",
        type=_zone,
        help="the time zone in which the tables' keys are written, such as Europe/Berlin (default: each table's"
        " own, else UTC)",
    )
    parser.add_argument("--profile", help="the AWS profile")
    parser.add_argument("--region", help="the AWS region")
    return parser


def _zone(name: str) -> tzinfo:
    try:
        return zone_named(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"there is no time zone {name!r}") from error


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
