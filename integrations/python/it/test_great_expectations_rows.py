"""Which rows the sample of Great Expectations judges, without an emulator."""

from __future__ import annotations

import contextlib
import gzip
import io
import runpy
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "great-expectations" / "flights_check.py"
GOOD, BAD = b'{"carrier":"AA","distance":1089}\n', b'{"carrier":null,"distance":0}\n'


class Aws:
    """A table that is complete, one partition of it, and objects."""

    def __init__(self, location: str, **objects: bytes) -> None:
        self.location = location
        self.zone: dict[str, str] = {}
        self.asked = ""
        self.keys = {f"flights/dt=2013-02-08/{key}/part.json.gz": gzip.compress(rows) for key, rows in objects.items()}
        self.objects = self

    def get_table(self, **request: Any) -> Any:
        told = {"fanin.status": "COMPLETE", "fanin.complete_through": "2013-02-09T00:00"}
        return {"Table": {"Parameters": {**told, **self.zone}}}

    def get_partitions(self, **request: Any) -> Any:
        self.asked = request["Expression"]
        return {"Partitions": [{"StorageDescriptor": {"Location": self.location}}]}

    def Bucket(self, name: str) -> Aws:
        return self

    def filter(self, Prefix: str) -> list[Any]:
        return [
            SimpleNamespace(key=key, size=len(rows), get=lambda rows=rows: {"Body": io.BytesIO(rows)})
            for key, rows in self.keys.items()
            if key.startswith(Prefix)
        ]


class RowsTest(unittest.TestCase):
    def code(self, aws: Aws, hour: str) -> int | str | None:
        """With which the sample exits."""
        with (
            patch("sys.argv", [str(SAMPLE), hour]),
            patch.object(boto3, "client", lambda service: aws),
            patch.object(boto3, "resource", lambda service: aws),
            contextlib.redirect_stdout(io.StringIO()),
            self.assertRaises(SystemExit) as ended,
        ):
            runpy.run_path(str(SAMPLE), run_name="__main__")
        return ended.exception.code

    def test_rows_of_another_hour_are_not_judged(self) -> None:
        for end in ("", "/"):
            with self.subTest(end):
                aws = Aws(f"s3://lake/flights/dt=2013-02-08/hour=1{end}", **{"hour=1": GOOD, "hour=17": BAD})
                self.assertEqual(0, self.code(aws, "2013-02-08T01:00"))

    def test_objects_that_no_reader_reads_are_not_judged(self) -> None:
        aws = Aws("s3://lake/flights/dt=2013-02-08/hour=17", **{"hour=17": GOOD})
        for name in ("_SUCCESS", "", ".part.json.gz.crc"):
            aws.keys[f"flights/dt=2013-02-08/hour=17/{name}"] = b"no gzip" if name.endswith("crc") else b""
        self.assertEqual(0, self.code(aws, "2013-02-08T17:00"))

    def test_hour_that_is_judged_is_the_one_that_is_waited_for(self) -> None:
        for zone, hour in (
            ("UTC", "2013-02-08T17:00"),
            ("UTC", "2013-02-08T18:00+01:00"),
            ("Europe/Berlin", "2013-02-08T16:00+00:00"),
            ("Europe/Berlin", "2013-02-08T17:00"),
        ):
            with self.subTest(zone, hour=hour):
                aws = Aws("s3://lake/flights/dt=2013-02-08/hour=17", **{"hour=17": GOOD})
                aws.zone = {"fanin.timeZone": zone}
                self.assertEqual(0, self.code(aws, hour))
                self.assertEqual("dt = '2013-02-08' AND hour = 17", aws.asked)


if __name__ == "__main__":
    unittest.main()
