"""What materializations and checks tell of a table."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from dagster import MetadataValue, UrlMetadataValue

from partition_fan_in import FaninError, Report, TableState, report
from partition_fan_in.facts import facts_of
from partition_fan_in.links import execution_page, run_page, table_page

Metadata = dict[str, Any]


def of_state(state: TableState, console: str | None, partition: str | None) -> Metadata:
    """What the table's parameters say, and the pages."""
    known = {name: value for name, value in facts_of(state).items() if value not in (None, [])}
    told = {"complete_through": "", "registered": 0, **known}
    return {
        **{f"fanin/{name}": value for name, value in told.items()},
        **(_pages(state, state.run, console, partition) if state.run else {}),
    }


def of_report(read: Report) -> Metadata:
    """What the run's last pass has done and used."""
    return {
        "fanin/pass": read.pass_number,
        "fanin/failed": read.failed,
        "fanin/requests": sum(read.requests.values()),
        **({"fanin/gigabyte_seconds": read.gigabyte_seconds} if read.gigabyte_seconds is not None else {}),
        **({"fanin/state_transitions": read.state_transitions} if read.state_transitions is not None else {}),
        **({"fanin/bad_records": read.bad_records} if read.bad_records else {}),
        **_links({"fanin/execution": execution_page(read.execution or "")}),
    }


def report_if_readable(s3: Any, state: TableState) -> Report | None:
    """The last run's report; None if there is none yet, it has expired, or it may not be read."""
    try:
        return report(s3, state) if state.run else None
    except (BotoCoreError, ClientError, FaninError):
        return None


def _pages(state: TableState, run: str, console: str | None, partition: str | None) -> dict[str, UrlMetadataValue]:
    where: Any = {"partition": partition, "console": console}
    return _links(
        {"fanin/run": run_page(run, **where), "fanin/table": table_page(run, state.database, state.table, **where)}
    )


def _links(pages: dict[str, str | None]) -> dict[str, UrlMetadataValue]:
    return {name: MetadataValue.url(address) for name, address in pages.items() if address}
