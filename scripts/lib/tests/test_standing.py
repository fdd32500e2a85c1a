"""What is said of a table's record, its copy in the catalog, and its last run."""

import unittest

from fanin_cli.standing import Standing

FOLDER = "s3://state/runs/flights-1/"
FAILURE = {
    "partition": {"values": ["17"], "prefix": "flights/hour=17/"},
    "failure": {"error": "Truncated", "message": ""},
}
RECORD = {
    "outstanding": [FAILURE],
    "completeThrough": "2013-02-08T16:00",
    "lastRun": {"run": "flights-1", "folder": FOLDER, "registered": 23},
}
PARAMETERS = {
    "fanin.status": "PARTIAL",
    "fanin.failed": "1",
    "fanin.complete_through": "2013-02-08T16:00",
    "fanin.registered": "23",
    "fanin.run": FOLDER,
}
REPORT = {"pass": 0, "registered": 23, "failed": 1, "outstanding": 1, "failures": []}
HELD = {"status": "FAILED", "error": "io.fanin.tablecreator.TablePartialException", "cause": "{}"}


class StandingTest(unittest.TestCase):
    def test_a_partial_table_whose_run_is_held(self):
        standing = Standing(PARAMETERS, RECORD, REPORT, HELD)

        self.assertEqual(1, standing.exit_code())
        self.assertEqual(
            [
                "Last run: flights-1, which is held until it is redriven",
                "  Its report, of pass 0: 23 registered, 1 failed, 1 outstanding.",
            ],
            standing.lines(),
        )

    def test_a_complete_table(self):
        record = {**RECORD, "outstanding": []}
        parameters = {**PARAMETERS, "fanin.status": "COMPLETE", "fanin.failed": "0"}

        standing = Standing(parameters, record, REPORT, {"status": "SUCCEEDED"})

        self.assertEqual(0, standing.exit_code())
        self.assertIn("which has succeeded", standing.lines()[0])

    def test_what_the_last_run_has_left_out_is_told_with_where_it_lies(self):
        report = {**REPORT, "badRecords": 3, "quarantine": f"{FOLDER}quarantine/"}

        lines = Standing(PARAMETERS, RECORD, report, HELD).lines()

        self.assertEqual(f"  3 raw records were left out as bad: {FOLDER}quarantine/", lines[2])

    def test_a_table_with_gaps_alone_is_partial(self):
        record = {**RECORD, "outstanding": [], "missing": 3}

        standing = Standing({**PARAMETERS, "fanin.failed": "0", "fanin.missing": "3"}, record)

        self.assertEqual(1, standing.exit_code())

    def test_a_table_that_was_never_run_has_nothing_to_tell(self):
        standing = Standing({}, {})

        self.assertEqual(0, standing.exit_code())
        self.assertEqual([], standing.lines())

    def test_a_table_that_is_partial_without_a_record_is_not_called_complete(self):
        standing = Standing({"fanin.status": "PARTIAL", "fanin.failed": "3"}, {})

        self.assertEqual(1, standing.exit_code())
        self.assertRegex(standing.lines()[0], "no record of the table.*run SPEC")

    def test_parameters_that_were_wiped_disagree_with_the_record(self):
        standing = Standing({}, RECORD, REPORT, HELD)

        self.assertEqual(3, standing.exit_code())
        self.assertIn("  fanin.status is absent, and should be PARTIAL", standing.lines())
        self.assertRegex(standing.lines()[-1], "The next run puts it right: .*run SPEC")

    def test_what_is_no_longer_so_disagrees_too(self):
        standing = Standing({**PARAMETERS, "fanin.missing": "2"}, RECORD, REPORT, HELD)

        self.assertEqual(["  fanin.missing is 2, and should be absent"], standing.differences())

    def test_a_run_that_is_at_work_puts_it_right_itself(self):
        standing = Standing({**PARAMETERS, "fanin.status": "COMPLETE"}, RECORD, None, {"status": "RUNNING"})

        self.assertEqual(3, standing.exit_code())
        self.assertEqual("The run that is at work will put it right.", standing.lines()[-1])

    def test_a_run_that_failed_otherwise_says_why(self):
        execution = {"status": "FAILED", "error": "x.CatalogException", "cause": '{"errorMessage": "Glue said no"}'}

        self.assertIn("which is FAILED: Glue said no", Standing(PARAMETERS, RECORD, REPORT, execution).lines()[0])

    def test_what_has_expired_is_said_to_have(self):
        lines = Standing(PARAMETERS, RECORD).lines()

        self.assertIn("no longer known", lines[0])
        self.assertIn("the report has expired", lines[1])

    def test_what_is_open_is_told(self):
        lines = Standing(PARAMETERS, {**RECORD, "open": "2013-02-08T17:00"}, REPORT, HELD).lines()

        self.assertRegex(lines[-1], "^Open since 2013-02-08T17:00")

    def test_what_is_set_aside_is_known_from_the_report(self):
        failures = [{"prefix": "flights/hour=17/", "setAside": True}, {"prefix": "flights/hour=18/", "setAside": False}]

        standing = Standing(PARAMETERS, RECORD, {**REPORT, "failures": failures}, HELD)

        self.assertEqual({"flights/hour=17/"}, standing.set_aside())
