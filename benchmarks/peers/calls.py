"""What all peers do around their conversion: each call is the next hour, and is timed.

A peer is started with the run, the number of calls, and what it has to know of the raw data. It finds S3 and its
credentials in the environment, as every client of AWS does.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

BUCKET = "lake"


@dataclass(frozen=True)
class Raw:
    """Objects of JSON, or of CSV with a header, in gzip."""

    columns: Mapping[str, str]
    """With their types as DuckDB writes them."""
    delimiter: str | None = None
    """Of CSV."""
    damaged: bool = False
    """Whether some records cannot be read."""


def main(convert: Callable[[Raw, str, str], None]) -> None:
    """Prints what each call took: seconds, and seconds of CPU of all threads.

    `convert` is given the raw data, and the keys of a raw folder and of the Parquet object to make.
    """
    run, calls, described = sys.argv[1:]
    raw = Raw(**json.loads(described))
    for hour in range(int(calls)):
        began, ran = time.perf_counter(), time.process_time()
        convert(raw, f"raw/{run}/hour={hour}/", f"flights/{run}/hour={hour}/flights.parquet")
        print("call", time.perf_counter() - began, time.process_time() - ran, flush=True)
