"""What the commands say of an execution that is over."""

import json
import unittest

from fanin_cli import report
from fanin_cli.executions import Moment
from fanin_cli.history import History
from fanin_cli.report import Verdict

FAILURE = {"partition": "dt=2013-02-08/hour=17", "error": "Truncated", "message": "ended early", "attempts": 1}
REPORT = {"table": "analytics.flights", "registered": 23, "failed": 1, "outstanding": 1, "failures": [FAILURE]}

QUARANTINE = "s3://state/runs/flights-1/quarantine/"


class WrittenReports:
    """The reports of a test: all the same."""

    def __init__(self, report=REPORT):
        self._report = report

    def of_run(self, name):
        return self._report if name == "flights-1" else None

    def at(self, uri):
        return self._report


class OutcomeTest(unittest.TestCase):
    def test_a_complete_run(self):
        outcome = self._succeeded(table="analytics.flights", status="COMPLETE", registered=24, outstanding=0)

        self.assertEqual(Verdict.DONE, outcome.verdict)
        self.assertEqual(["analytics.flights is COMPLETE: 24 registered, 0 outstanding."], outcome.lines)

    def test_a_complete_run_says_what_it_has_left_out_and_where_that_lies(self):
        outcome = self._succeeded(
            table="analytics.flights",
            status="COMPLETE",
            registered=24,
            outstanding=0,
            badRecords=3,
            quarantine=QUARANTINE,
        )

        self.assertEqual(Verdict.DONE, outcome.verdict)
        self.assertEqual([f"3 raw records were left out as bad: {QUARANTINE}"], outcome.lines[1:])

    def test_a_run_that_keeps_no_bad_records_counts_them(self):
        outcome = self._succeeded(
            table="analytics.flights", status="COMPLETE", registered=24, outstanding=0, badRecords=1
        )

        self.assertEqual(["1 raw record was left out as bad."], outcome.lines[1:])

    def test_nothing_new(self):
        outcome = self._succeeded(table="analytics.flights", next="NOTHING_NEW", found=24)

        self.assertEqual(Verdict.DONE, outcome.verdict)
        self.assertEqual(["Nothing new: analytics.flights is up to date, 24 partitions found."], outcome.lines)

    def test_what_waits_is_set_aside_or_missing_is_told_even_when_nothing_is_new(self):
        outcome = self._succeeded(
            table="analytics.flights",
            next="NOTHING_NEW",
            found=24,
            waiting=1,
            waitingSample=["hour=13: has no _SUCCESS"],
            setAside=7,
            setAsideSample=[f"hour={hour}: failed 5 times" for hour in range(7)],
            missing=2,
            missingSample=["2013-02-07T03:00 to 2013-02-07T04:00"],
        )

        self.assertEqual(
            "Nothing is ready in analytics.flights: 24 partitions found, 1 of them not ready.", outcome.lines[0]
        )
        self.assertEqual(["Not ready yet (1):", "  hour=13: has no _SUCCESS"], outcome.lines[1:3])
        self.assertIn("Set aside, no longer tried unless named (7):", outcome.lines)
        self.assertIn("  and more", outcome.lines)
        self.assertEqual("  2013-02-07T03:00 to 2013-02-07T04:00", outcome.lines[-1])

    def test_a_table_with_partitions_set_aside_is_partial_when_nothing_is_new(self):
        outcome = self._succeeded(
            table="analytics.flights",
            next="PARTIAL",
            found=24,
            setAside=1,
            setAsideSample=["dt=2013-02-08/hour=17: failed 5 times, at last with Truncated"],
        )

        self.assertEqual(Verdict.PARTIAL, outcome.verdict)
        self.assertRegex(outcome.lines[0], "^analytics.flights is PARTIAL: nothing new")
        self.assertNotIn("up to date", "".join(outcome.lines))
        self.assertIn("  dt=2013-02-08/hour=17: failed 5 times, at last with Truncated", outcome.lines)
        self.assertRegex(outcome.lines[-1], "status analytics.flights")

    def test_a_dry_run(self):
        outcome = self._succeeded(table="analytics.flights", next="PLANNED", partitions=3)

        self.assertEqual(Verdict.DONE, outcome.verdict)
        self.assertEqual(["Planned: 3 partitions of analytics.flights."], outcome.lines)

    def test_a_run_that_found_its_table_busy_names_who_works_on_it_and_is_not_done(self):
        holder = "arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:flights-0"

        outcome = self._succeeded(table="analytics.flights", next="BUSY", holder=holder, found=0)

        self.assertEqual(3, outcome.verdict.value)
        self.assertRegex(outcome.lines[0], "^analytics.flights is busy: .* this one has done nothing")
        self.assertEqual(f"  {holder}", outcome.lines[1])

    def test_a_redrive_that_found_its_table_busy_says_so_and_has_failed_nothing(self):
        outcome = self._failed(
            "io.fanin.tablecreator.TableBusyException", {"errorMessage": "Table analytics.flights is busy: redrive it"}
        )

        self.assertEqual(Verdict.BUSY, outcome.verdict)
        self.assertEqual(["Table analytics.flights is busy: redrive it"], outcome.lines)

    def test_a_partial_run_that_was_allowed_to_succeed_is_partial_all_the_same(self):
        outcome = self._succeeded(
            table="analytics.flights", status="PARTIAL", registered=23, outstanding=1, report="s3://state/x"
        )

        self.assertEqual(Verdict.PARTIAL, outcome.verdict)
        self.assertIn("  dt=2013-02-08/hour=17", outcome.lines)

    def test_a_held_run_names_the_failed_partitions_and_the_next_command(self):
        outcome = self._failed("io.fanin.tablecreator.TablePartialException", {"errorMessage": "is partial"})

        self.assertEqual(Verdict.PARTIAL, outcome.verdict)
        self.assertEqual("analytics.flights is PARTIAL: 23 registered, 1 outstanding.", outcome.lines[0])
        self.assertIn("    Truncated: ended early", outcome.lines)
        self.assertRegex(outcome.lines[-1], r"redrive flights-1$")

    def test_a_held_run_with_any_name_finds_its_report(self):
        moment = Moment(
            "FAILED",
            History(detection={"run": "a~28b~29"}),
            error="io.fanin.tablecreator.TablePartialException",
            cause='{"errorMessage": "is partial"}',
        )

        class OneReport:
            def of_run(self, run):
                return REPORT if run == "a~28b~29" else None

        outcome = report.outcome("a(b)", moment, OneReport())

        self.assertEqual("analytics.flights is PARTIAL: 23 registered, 1 outstanding.", outcome.lines[0])
        self.assertRegex(outcome.lines[-1], r"redrive 'a\(b\)'$")

    def test_partial_runs_say_what_they_have_left_out_too(self):
        told = {**REPORT, "badRecords": 3, "quarantine": QUARANTINE}
        partial = {"errorMessage": "is partial"}

        succeeded = self._succeeded(**told, status="PARTIAL", report="s3://state/x")
        held = self._failed("io.fanin.tablecreator.TablePartialException", partial, reports=WrittenReports(told))

        for outcome in (succeeded, held):
            self.assertEqual(Verdict.PARTIAL, outcome.verdict)
            self.assertIn(f"3 raw records were left out as bad: {QUARANTINE}", outcome.lines)

    def test_a_held_run_whose_report_has_expired_says_what_the_execution_says(self):
        outcome = self._failed(
            "io.fanin.tablecreator.TablePartialException", {"errorMessage": "Table x is partial"}, name="flights-0"
        )

        self.assertEqual("Table x is partial", outcome.lines[0])

    def test_a_refused_spec_shows_the_message_without_the_stack_trace(self):
        outcome = self._failed(
            "io.fanin.core.spec.SpecException", {"errorMessage": "$.tabel: unknown field", "stackTrace": ["at x"]}
        )

        self.assertEqual(Verdict.FAILED, outcome.verdict)
        self.assertEqual(["Execution flights-1 failed: $.tabel: unknown field"], outcome.lines)

    def test_a_stopped_execution(self):
        outcome = report.outcome("flights-1", Moment("ABORTED", History()), WrittenReports())

        self.assertEqual(["Execution flights-1 was stopped: no reason is given"], outcome.lines)

    def _succeeded(self, **output):
        return report.outcome("flights-1", Moment("SUCCEEDED", History(), output=json.dumps(output)), WrittenReports())

    def _failed(self, error, cause, name="flights-1", reports=None):
        moment = Moment("FAILED", History(), error=error, cause=json.dumps(cause))
        return report.outcome(name, moment, reports or WrittenReports())


class LinesTest(unittest.TestCase):
    def test_causes_that_are_no_json_are_shown_as_they_are(self):
        self.assertEqual("States.Timeout: too late", report.error_message("States.Timeout", "too late"))
        self.assertEqual("States.Timeout", report.error_message("States.Timeout", None))
        self.assertEqual("java.lang.Error", report.error_message("x", '{"errorType": "java.lang.Error"}'))
        self.assertEqual("x: [1]", report.error_message("x", "[1]"))

    def test_only_the_first_failures_are_listed(self):
        lines = report.failure_lines([{**FAILURE, "message": f"ended after {n} bytes"} for n in range(12)])

        self.assertEqual(21, len(lines))
        self.assertEqual("  and 2 more", lines[-1])

    def test_partitions_that_failed_for_one_reason_are_listed_with_it_once(self):
        broken = [{**FAILURE, "partition": f"hour={hour}", "error": "SqlError", "message": "x"} for hour in range(5)]

        lines = report.failure_lines([broken[0], FAILURE, *broken[1:]])

        self.assertEqual(
            [
                "  hour=0",
                "  hour=1",
                "  hour=2",
                "  and 2 more",
                "    SqlError: x",
                "  dt=2013-02-08/hour=17",
                "    Truncated: ended early",
            ],
            lines,
        )

    def test_attempts_are_told_from_the_second_on(self):
        self.assertIn("tried 3 times", report.failure_lines([{**FAILURE, "attempts": 3}])[0])

    def test_names_cannot_command_the_terminal(self):
        lines = report.skip_lines({"skipped": 1, "skippedSample": [{"prefix": "flights/\x1b[2J/", "reason": "HIDDEN"}]})

        self.assertEqual(r"  flights/\x1b[2J/ (HIDDEN)", lines[1])

    def test_skipped_names_are_counted_beyond_the_sample(self):
        sample = [{"prefix": f"flights/{n}/", "reason": "HIDDEN", "detail": "begins with _"} for n in range(10)]

        lines = report.skip_lines({"skipped": 40, "skippedSample": sample})

        self.assertEqual("Skipped 40 names that are no partition:", lines[0])
        self.assertEqual("  and 35 more", lines[-1])

    def test_nothing_skipped_is_not_mentioned(self):
        self.assertEqual([], report.skip_lines(None))
        self.assertEqual([], report.skip_lines({"skipped": 0}))


if __name__ == "__main__":
    unittest.main()
