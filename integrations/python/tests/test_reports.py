"""Reports of runs."""

import unittest

from fakes import FakeS3
from partition_fan_in import FaninError, Run, Status, UnknownContract, report
from test_runs import ALL_TABLES, COMPLETE, EXECUTION, HELD, of_all_tables
from test_state import state

REPORT = {
    "version": 1,
    "run": "nightly-1",
    "pass": 0,
    "table": "analytics.flights",
    "location": "s3://lake/flights/",
    "status": "PARTIAL",
    "registered": 23,
    "failed": 1,
    "outstanding": 1,
    "failures": [
        {
            "partition": "dt=2013-02-08/hour=17",
            "values": ["2013-02-08", "17"],
            "prefix": "flights/dt=2013-02-08/hour=17/",
            "error": "Truncated",
            "message": "ended in the middle",
            "attempts": 1,
            "setAside": False,
        }
    ],
    "skipped": {"count": 0, "sample": []},
    "healed": False,
    "completeThrough": "2013-02-08T16:00",
    "usage": {"requests": {"s3:GetObject": 24}, "gigabyteSeconds": 12.5, "stateTransitions": 30},
}


class ReportTest(unittest.TestCase):
    def setUp(self):
        self.s3 = FakeS3()
        self.s3.put("s3://state/runs/nightly-1/report.json", REPORT)

    def test_report_is_found_by_run_state_and_uri(self):
        run = Run.of({"executionArn": EXECUTION, **COMPLETE})
        for where in (run, state(), "s3://state/runs/nightly-1/", "s3://state/runs/nightly-1/report.json"):
            with self.subTest(where):
                self.assertEqual(report(self.s3, where).registered, 23)

    def test_fields_are_typed(self):
        read = report(self.s3, state())

        self.assertIs(read.status, Status.PARTIAL)
        self.assertEqual(read.complete_through.isoformat(), "2013-02-08T16:00:00")
        self.assertEqual(read.failures[0].values, ("2013-02-08", "17"))
        self.assertEqual(read.requests, {"s3:GetObject": 24})
        self.assertIsNone(read.waived)

    def test_held_run_does_not_say_where_its_report_is(self):
        with self.assertRaisesRegex(FaninError, "use the state of its table"):
            report(self.s3, Run.of({"executionArn": EXECUTION, **HELD}))

    def test_report_of_all_tables_is_refused_as_what_it_is(self):
        for version in ({"version": 1}, {}):
            self.s3.put(ALL_TABLES, {**version, "run": "night", "status": "COMPLETE", "totals": {"COMPLETE": 2}})
            run = Run.of({"executionArn": EXECUTION, **of_all_tables(totals={"COMPLETE": 2})})
            with self.subTest(version), self.assertRaisesRegex(FaninError, f"{ALL_TABLES} is the report of a run of a"):
                report(self.s3, run)

    def test_what_cannot_be_read_is_refused_by_name(self):
        uri = "s3://state/runs/nightly-1/report.json"
        without = {name: value for name, value in REPORT.items() if name != "failures"}
        for document in ({**REPORT, "version": 2}, without, {**REPORT, "status": "MOSTLY"}, [], b"{"):
            with self.subTest(document), self.assertRaisesRegex(UnknownContract, uri):
                self.s3.put(uri, document)
                report(self.s3, uri)


if __name__ == "__main__":
    unittest.main()
