"""Raw JSON or CSV to Parquet with pyarrow alone: its own client of S3, its readers, its Parquet writer."""

from __future__ import annotations

import os
import re

import pyarrow as arrow
from calls import BUCKET, Raw, main
from pyarrow import csv, fs, json, parquet

TYPES = {
    "INTEGER": arrow.int32(),
    "BIGINT": arrow.int64(),
    "DOUBLE": arrow.float64(),
    "VARCHAR": arrow.string(),
    "TIMESTAMP": arrow.timestamp("us"),
    "DATE": arrow.date32(),
}
"""By DuckDB's name."""
DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
S3 = fs.S3FileSystem(endpoint_override=os.environ["AWS_ENDPOINT_URL"])


def types(raw: Raw) -> dict[str, arrow.DataType]:
    """The types of columns; nested ones are left for the reader to infer."""
    known = {}
    for name, kind in raw.columns.items():
        decimal = DECIMAL.fullmatch(kind)
        if decimal:
            known[name] = arrow.decimal128(int(decimal[1]), int(decimal[2]))
        elif kind in TYPES:
            known[name] = TYPES[kind]
    return known


def read(raw: Raw, stream: arrow.NativeFile) -> arrow.Table:
    if raw.delimiter:
        return csv.read_csv(
            stream,
            parse_options=csv.ParseOptions(delimiter=raw.delimiter, newlines_in_values=True),
            convert_options=csv.ConvertOptions(column_types=types(raw)),
        )
    return json.read_json(stream, parse_options=json.ParseOptions(explicit_schema=arrow.schema(types(raw))))


def convert(raw: Raw, source: str, target: str) -> None:
    writer = None
    for found in S3.get_file_info(fs.FileSelector(f"{BUCKET}/{source}")):
        with S3.open_input_stream(found.path, compression="gzip") as stream:
            table = read(raw, stream).select(list(raw.columns))
        writer = writer or parquet.ParquetWriter(f"{BUCKET}/{target}", table.schema, filesystem=S3, compression="zstd")
        writer.write_table(table)
    writer.close()


if __name__ == "__main__":
    main(convert)
