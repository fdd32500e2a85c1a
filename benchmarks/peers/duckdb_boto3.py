"""Raw JSON to Parquet as one does it by hand: boto3 downloads, DuckDB converts on the local disk, boto3 uploads."""

from __future__ import annotations

import tempfile
from pathlib import Path

import boto3
import duckdb
from calls import BUCKET, main

S3 = boto3.client("s3")


def convert(columns: str, source: str, target: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for page in S3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=source):
            for found in page["Contents"]:
                S3.download_file(BUCKET, found["Key"], str(Path(folder, Path(found["Key"]).name)))
        made = Path(folder, "made.parquet")
        with duckdb.connect() as database:
            database.execute("SET preserve_insertion_order = false")
            database.execute("SET TimeZone = 'UTC'")
            database.execute(
                f"COPY (SELECT * FROM read_json('{folder}/*.json.gz', format = 'newline_delimited',"
                f" columns = {columns})) TO '{made}' (FORMAT parquet, COMPRESSION zstd)"
            )
        S3.upload_file(str(made), BUCKET, target)


if __name__ == "__main__":
    main(convert)
