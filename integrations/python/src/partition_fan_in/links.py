"""Addresses of pages and executions for people, made of what a run leaves."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

EXECUTION_PARTS = 8
"""arn:aws:states:<region>:<account>:execution:<state machine>:<name>"""
DOMAINS = {"aws": "aws.amazon.com", "aws-cn": "amazonaws.cn", "aws-us-gov": "amazonaws-us-gov.com"}
"""Of the console, by the partition in an ARN."""


def run_page(folder: str, *, console: str | None = None) -> str:
    """The page of a run.

    Args:
        folder: the run's, as ``fanin.run`` has it: ``s3://<state bucket>/runs/<run>/``
        console: where ``fanin console`` is served, if it is; otherwise the page is an object in the console of S3
    """
    return _page(folder, f"{urlsplit(folder).path.strip('/')}/", "report.html", console)


def table_page(folder: str, database: str, table: str, *, console: str | None = None) -> str:
    """The page of a table, in the state bucket of the run whose folder is given."""
    return _page(folder, f"tables/{database}/{table}/", "index.html", console)


def execution_page(arn: str) -> str:
    """An execution in the console of Step Functions.

    Raises:
        ValueError: this is no ARN of an execution
    """
    parts = arn.split(":")
    if len(parts) != EXECUTION_PARTS or parts[2] != "states" or parts[1] not in DOMAINS:
        raise ValueError(f"'{arn}' is not the ARN of an execution")
    region = parts[3]
    return (
        f"https://{region}.console.{DOMAINS[parts[1]]}/states/home?region={region}"
        f"#/v2/executions/details/{quote(arn, safe='')}"
    )


def _page(folder: str, key: str, page: str, console: str | None) -> str:
    if console:
        return f"{console.rstrip('/')}/{quote(key)}"
    bucket = urlsplit(folder).netloc
    return f"https://s3.console.{DOMAINS['aws']}/s3/object/{bucket}?{urlencode({'prefix': key + page})}"
