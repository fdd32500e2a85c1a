"""The sample of Great Expectations, run as the script that it is, against the emulator."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import runpy
import unittest
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import partition_fan_in
from partition_fan_in import PeriodOutstanding, RunPartial, redrive, wait_until
from scenario import BROKEN, BUCKET, SAMPLES, TABLE, Scenario

SAMPLE = SAMPLES / "great-expectations" / "flights_check.py"
WAIT_AT_ONCE_IN_VAIN = partial(wait_until, settle=timedelta(0), poll=0.5)
"""A partial run that has ended does not change the table any more."""
WRONG = "dt=2013-02-09/hour=15"
NO_DISTANCE = gzip.compress(b'{"carrier":"AA","distance":1089}\n{"carrier":"AA","distance":0}\n')


class GreatExpectationsTest(unittest.TestCase):
    def test_hour_is_judged_once_it_is_complete(self) -> None:
        scenario = Scenario()
        scenario.begin()
        scenario.client("s3").put_object(Bucket=BUCKET, Key=f"{TABLE}/{WRONG}/flights.json.gz", Body=NO_DISTANCE)
        scenario.client("s3").put_object(Bucket=BUCKET, Key=f"{TABLE}/{WRONG}/_SUCCESS", Body=b"")
        held = scenario.load_the_rest()
        with self.assertRaises(RunPartial):
            held.wait(poll=0.5)
        self.assertEqual((0, 2), self.judge("2013-02-08T16:00"))
        with self.assertRaisesRegex(PeriodOutstanding, BROKEN):
            self.judge("2013-02-08T17:00")

        scenario.repair()
        redrive(scenario.client("stepfunctions"), held.execution_arn, wait=True, poll=0.5)
        self.assertEqual((0, 2), self.judge("2013-02-08T17:00"))
        self.assertEqual((1, 1), self.judge("2013-02-09T15:00"))

    def judge(self, hour: str) -> tuple[int, int]:
        """The script's exit code, and how many expectations the hour's rows have met."""
        output = io.StringIO()
        with (
            patch("sys.argv", [str(SAMPLE), hour]),
            patch.object(partition_fan_in, "wait_until", WAIT_AT_ONCE_IN_VAIN),
            contextlib.redirect_stdout(output),
            self.assertRaises(SystemExit) as ended,
        ):
            runpy.run_path(str(SAMPLE), run_name="__main__")
        return ended.exception.code, json.loads(output.getvalue())["statistics"]["successful_expectations"]


if __name__ == "__main__":
    unittest.main()
