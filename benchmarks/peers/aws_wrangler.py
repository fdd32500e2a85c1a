"""Raw JSON to Parquet with awswrangler: a data frame is read from S3, and written to it."""

from __future__ import annotations

import awswrangler
from calls import BUCKET, main


def convert(_columns: str, source: str, target: str) -> None:
    frame = awswrangler.s3.read_json(f"s3://{BUCKET}/{source}", lines=True)
    awswrangler.s3.to_parquet(frame, f"s3://{BUCKET}/{target}", compression="zstd")


if __name__ == "__main__":
    main(convert)
