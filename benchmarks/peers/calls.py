"""What all peers do around their conversion: each call is the next hour, and is timed.

A peer is started with the run, the number of calls, and the columns as DuckDB writes them. It finds S3 and its
credentials in the environment, as every client of AWS does.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

BUCKET = "lake"


def main(convert: Callable[[str, str, str], None]) -> None:
    """Prints what each call took: seconds, and seconds of CPU of all threads.

    `convert` is given the columns, and the keys of a raw folder and of the Parquet object to make.
    """
    run, calls, columns = sys.argv[1:]
    for hour in range(int(calls)):
        began, ran = time.perf_counter(), time.process_time()
        convert(columns, f"raw/{run}/hour={hour}/", f"flights/{run}/hour={hour}/flights.parquet")
        print("call", time.perf_counter() - began, time.process_time() - ran, flush=True)
