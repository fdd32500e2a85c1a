"""Addresses of pages and executions for people, made of what a run leaves; None where AWS's console is not known."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from partition_fan_in import contract

EXECUTION_PARTS = 8
"""arn:<partition>:states:<region>:<account>:execution:<state machine>:<name>"""
CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}
"""Hosts of the console, by the partition in an ARN; in that of ``aws``, services and regions have their own."""


def partition_of(arn: str) -> str:
    """That of an ARN, such as ``aws-cn``; empty if it is none."""
    return f"{arn}:".split(":")[1]


def run_page(folder: str, *, partition: str | None, console: str | None = None) -> str | None:
    """The page of a run.

    Args:
        folder: the run's, as ``fanin.run`` has it: ``s3://<state bucket>/runs/<run>/``
        partition: of AWS, in which the state bucket is: that of an ARN, or ``meta.partition`` of a client
        console: where ``fanin console`` is served, if it is; otherwise the page is an object in the console of S3

    Returns:
        None also for the folder of a run of all tables, which has no page
    """
    if not urlsplit(folder).path.startswith(f"/{contract.RUNS}"):
        return None
    return _page(folder, f"{urlsplit(folder).path.strip('/')}/", contract.REPORT_PAGE, partition, console)


def table_page(
    folder: str, database: str, table: str, *, partition: str | None, console: str | None = None
) -> str | None:
    """The page of a table, in the state bucket of the run whose folder is given."""
    return _page(folder, f"{contract.TABLES}{database}/{table}/", contract.TABLE_PAGE, partition, console)


def execution_page(arn: str) -> str | None:
    """An execution in the console of Step Functions; None also if this is no ARN of an execution."""
    parts = arn.split(":")
    if len(parts) != EXECUTION_PARTS or parts[2] != "states" or parts[1] not in CONSOLES:
        return None
    region = parts[3]
    return (
        f"https://{_host(parts[1], region)}/states/home?region={region}#/v2/executions/details/{quote(arn, safe=':')}"
    )


def _host(partition: str, part: str) -> str:
    host = CONSOLES[partition]
    return f"{part}.{host}" if partition == "aws" else host


def _page(folder: str, key: str, page: str, partition: str | None, console: str | None) -> str | None:
    if console:
        return f"{console.rstrip('/')}/{quote(key)}"
    if partition not in CONSOLES:
        return None
    return f"https://{_host(partition, 's3')}/s3/object/{urlsplit(folder).netloc}?{urlencode({'prefix': key + page})}"
