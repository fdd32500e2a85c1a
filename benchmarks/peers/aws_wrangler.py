"""Raw JSON or CSV to Parquet with awswrangler: a data frame is read from S3, and written to it."""

from __future__ import annotations

import awswrangler
from calls import BUCKET, Raw, main


def convert(raw: Raw, source: str, target: str) -> None:
    folder = f"s3://{BUCKET}/{source}"
    if raw.delimiter:
        frame = awswrangler.s3.read_csv(folder, sep=raw.delimiter)
    else:
        frame = awswrangler.s3.read_json(folder, lines=True)
    awswrangler.s3.to_parquet(frame, f"s3://{BUCKET}/{target}", compression="zstd")


if __name__ == "__main__":
    main(convert)
