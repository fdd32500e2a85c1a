"""Raw data to Parquet as one does it by hand: boto3 downloads, DuckDB converts on the local disk, boto3 uploads."""

from __future__ import annotations

import tempfile
from pathlib import Path

import boto3
import duckdb
from calls import BUCKET, Raw, main

S3 = boto3.client("s3")


def reader(raw: Raw, objects: str) -> str:
    """The table function that reads them."""
    columns = f"columns = {dict(raw.columns)}"
    if raw.delimiter:
        return (
            f"read_csv('{objects}', header = true, delim = '{raw.delimiter}', quote = '\"', escape = '\"', {columns})"
        )
    return f"read_json('{objects}', format = 'newline_delimited', ignore_errors = {raw.damaged}, {columns})"


def convert(raw: Raw, source: str, target: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for page in S3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=source):
            for found in page["Contents"]:
                S3.download_file(BUCKET, found["Key"], str(Path(folder, Path(found["Key"]).name)))
        made = Path(folder, "made.parquet")
        with duckdb.connect() as database:
            database.execute("SET preserve_insertion_order = false")
            database.execute("SET TimeZone = 'UTC'")
            database.execute(
                f"COPY (SELECT * FROM {reader(raw, f'{folder}/*.gz')}) TO '{made}' (FORMAT parquet, COMPRESSION zstd)"
            )
        S3.upload_file(str(made), BUCKET, target)


if __name__ == "__main__":
    main(convert)
