"""Raw JSON to Parquet with pyarrow alone: its own client of S3, its JSON reader, its Parquet writer."""

from __future__ import annotations

import os
import re

import pyarrow as arrow
from calls import BUCKET, main
from pyarrow import fs, json, parquet

TYPES = {"INTEGER": arrow.int32(), "VARCHAR": arrow.string(), "TIMESTAMP": arrow.timestamp("us")}
"""By DuckDB's name."""
S3 = fs.S3FileSystem(endpoint_override=os.environ["AWS_ENDPOINT_URL"])


def convert(columns: str, source: str, target: str) -> None:
    schema = arrow.schema([(name, TYPES[kind]) for name, kind in re.findall(r"(\w+): '(\w+)'", columns)])
    options = json.ParseOptions(explicit_schema=schema)
    with parquet.ParquetWriter(f"{BUCKET}/{target}", schema, filesystem=S3, compression="zstd") as writer:
        for found in S3.get_file_info(fs.FileSelector(f"{BUCKET}/{source}")):
            with S3.open_input_stream(found.path, compression="gzip") as raw:
                writer.write_table(json.read_json(raw, parse_options=options))


if __name__ == "__main__":
    main(convert)
