"""Deletes tables, databases and objects, also where they do not exist."""

from __future__ import annotations

import contextlib
from typing import Any

from devtools.errors import CliError


def delete_table_and_data(glue: Any, database: str, table: str, s3: Any, bucket: str) -> None:
    """A table whose objects all lie below its name."""
    delete_table(glue, database, table)
    delete_objects(s3, bucket, f"{table}/")


def delete_table(glue: Any, database: str, table: str) -> None:
    with contextlib.suppress(glue.exceptions.EntityNotFoundException):
        glue.delete_table(DatabaseName=database, Name=table)


def delete_database(glue: Any, database: str) -> None:
    with contextlib.suppress(glue.exceptions.EntityNotFoundException):
        glue.delete_database(Name=database)


def delete_objects(s3: Any, bucket: str, prefix: str) -> None:
    """All whose keys begin with the prefix."""
    with contextlib.suppress(s3.exceptions.NoSuchBucket):
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            keys = [{"Key": found["Key"]} for found in page.get("Contents", [])]
            if keys:
                _check(s3.delete_objects(Bucket=bucket, Delete={"Objects": keys}), f"s3://{bucket}/{prefix}")


def _check(answer: dict[str, Any], place: str) -> None:
    """S3 answers a request of which it has deleted some objects, or none, as it does any other."""
    errors = answer.get("Errors", [])
    if errors:
        first = f"{errors[0]['Key']}: {errors[0]['Code']}: {errors[0].get('Message', '')}"
        raise CliError(f"{len(errors)} objects of {place} were not deleted, the first {first}")
