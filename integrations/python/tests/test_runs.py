"""Starting, redriving and waiting for executions, and their reports."""

import json
import re
import unittest
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from botocore.exceptions import ClientError

from fakes import PASSING, RUNNING, FakeClock, FakeStepFunctions, client_error, failed, succeeded
from partition_fan_in import (
    ConnectionNotReadable,
    FaninError,
    Outcome,
    Run,
    RunExists,
    RunFailed,
    RunPartial,
    TableBusy,
    UnknownContract,
    WaitTimeout,
    contract,
    redrive,
    start_run,
)

BEGAN = datetime(2013, 2, 9, 14, tzinfo=timezone.utc)
MACHINE, EXECUTION = FakeStepFunctions.MACHINE, FakeStepFunctions.EXECUTION
COMPLETE = succeeded(
    run="nightly-1", table="analytics.flights", status="COMPLETE", report="s3://state/runs/nightly-1/report.json"
)
ALL_TABLES = "s3://state/all-tables/night/report.json"
HELD = failed(
    "io.fanin.tablecreator.TablePartialException", "analytics.flights is PARTIAL: 23 registered, 1 outstanding."
)


def of_all_tables(**fields):
    return succeeded(run="night", status="COMPLETE", leftOut=3, report=ALL_TABLES, **fields)


class RunTest(unittest.TestCase):
    def setUp(self):
        self.clock = FakeClock()

    def started(self, *ends, spec="s3://lake/specs/flights.json", **options):
        self.sfn = FakeStepFunctions(*ends)
        return start_run(self.sfn, MACHINE, spec, sleep=self.clock.sleep, clock=self.clock, **options)

    def test_run_of_all_tables_that_were_up_to_date_has_found_nothing_new(self):
        for totals, outcome in (
            ({"NOTHING_NEW": 5, "COMPLETE": 0}, Outcome.NOTHING_NEW),
            ({"NOTHING_NEW": 5, "COMPLETE": 1}, Outcome.COMPLETE),
            ({}, Outcome.COMPLETE),
        ):
            with self.subTest(totals):
                self.assertIs(self.started(of_all_tables(totals=totals), wait=True).outcome, outcome)

    def test_spec_in_s3_is_named_in_the_input(self):
        self.started(RUNNING)

        self.assertEqual(self.input(), {"spec": "s3://lake/specs/flights.json"})

    def test_fields_are_the_input_as_they_are(self):
        spec = {"database": "analytics", "table": "flights"}
        self.started(RUNNING, spec=spec, name="nightly-1")

        self.assertEqual(self.input(), spec)
        self.assertEqual(self.sfn.started[0]["name"], "nightly-1")

    def test_name_is_made_up_so_that_nothing_starts_twice(self):
        names = {self.started(RUNNING).name for _ in range(2)}

        self.assertEqual(len(names), 2)

    def test_request_whose_answer_was_lost_is_found_again_under_its_own_name(self):
        for machine in (MACHINE, f"{MACHINE}:live"):
            sfn = FakeStepFunctions(COMPLETE)
            sfn.loses_answers = True

            run = start_run(sfn, machine, None, wait=True, sleep=self.clock.sleep, clock=self.clock)

            with self.subTest(machine):
                self.assertEqual(run.execution_arn, EXECUTION.replace("nightly-1", sfn.started[0]["name"]))
                self.assertIs(run.outcome, Outcome.COMPLETE)

    def test_all_tables_need_no_input(self):
        self.started(RUNNING, spec=None)

        self.assertEqual(self.input(), {})

    def test_time_of_the_input_is_written_as_the_stack_reads_it(self):
        hour = datetime(2013, 2, 8, 17, tzinfo=timezone(timedelta(hours=1)))
        self.started(RUNNING, spec={"spec": "s3://lake/specs/flights.json", "time": hour})

        self.assertEqual("2013-02-08T17:00:00+01:00", self.input()["time"])

    def test_input_that_is_no_json_is_refused_by_value(self):
        for value in (datetime(2013, 2, 8, 17), {"a set"}):
            with self.subTest(value), self.assertRaisesRegex(FaninError, f"{re.escape(repr(value))} in the input"):
                self.started(RUNNING, spec={"time": value})

    def test_text_that_is_no_uri_is_refused(self):
        with self.assertRaisesRegex(FaninError, "flights.json"):
            self.started(RUNNING, spec="flights.json")

    def test_name_that_is_taken_is_an_error_by_name(self):
        sfn = FakeStepFunctions(RUNNING)
        sfn.taken.add("nightly-1")

        with self.assertRaisesRegex(RunExists, "nightly-1"):
            start_run(sfn, MACHINE, None, name="nightly-1")

    def test_named_request_whose_answer_was_lost_is_this_run(self):
        for ends in ([self.ended()], [client_error("ExecutionDoesNotExist"), self.ended()]):
            sfn = FakeStepFunctions(*ends)
            sfn.loses_answers = True

            run = self.named(sfn, wait=True)

            with self.subTest(len(ends)):
                self.assertEqual((run.execution_arn, run.outcome), (EXECUTION, Outcome.COMPLETE))
                self.assertEqual(len(sfn.started), 1)

    def test_other_run_of_the_name_is_an_error(self):
        for what, changed in {
            "another input": {"input": '{"spec": "s3://lake/specs/weather.json"}'},
            "started before": {"startDate": BEGAN - timedelta(minutes=1)},
            "the endpoint does not say when": {"startDate": None},
            "nor with what": {"input": None},
        }.items():
            sfn = FakeStepFunctions({**self.ended(), **changed})
            sfn.taken.add("nightly-1")
            with self.subTest(what), self.assertRaisesRegex(RunExists, "nightly-1"):
                self.named(sfn)

    def test_name_is_in_the_log_before_it_is_known_whether_the_run_started(self):
        sfn = FakeStepFunctions(RUNNING)
        for name in ("nightly-1", None):
            with (
                self.subTest(name),
                patch.object(sfn, "start_execution", side_effect=PASSING[1]) as asked,
                self.assertLogs("partition_fan_in.runs", "INFO") as log,
                self.assertRaises(type(PASSING[1])),
            ):
                start_run(sfn, MACHINE, None, name=name)
            self.assertIn(f"starting execution {asked.call_args.kwargs['name']}", log.output[0])

    @staticmethod
    def ended():
        return {**COMPLETE, "input": '{"spec": "s3://lake/specs/flights.json"}', "startDate": BEGAN}

    def named(self, sfn, **options):
        """The start of a run with a name of its own."""
        return start_run(
            sfn,
            MACHINE,
            "s3://lake/specs/flights.json",
            name="nightly-1",
            sleep=self.clock.sleep,
            clock=self.clock,
            now=lambda: BEGAN,
            **options,
        )

    def test_run_is_waited_for(self):
        run = self.started(RUNNING, RUNNING, COMPLETE, wait=True)

        self.assertIs(run.outcome, Outcome.COMPLETE)
        self.assertEqual(run.table, "analytics.flights")
        self.assertEqual(self.clock.pauses, [15, 15, 15])

    def test_error_that_passes_ends_no_wait_for_a_run(self):
        not_yet = client_error("ExecutionDoesNotExist")

        run = self.started(not_yet, *PASSING, RUNNING, COMPLETE, wait=True)

        self.assertIs(run.outcome, Outcome.COMPLETE)

    def test_another_client_asks_after_an_error(self):
        made = []
        unreadable = [ConnectionNotReadable("aws_default", RuntimeError("no"))]

        def connect():
            if unreadable:
                raise unreadable.pop()
            made.append(FakeStepFunctions(RUNNING, COMPLETE))
            return made[-1]

        run = self.started(RUNNING, client_error("ExpiredTokenException"))

        ended = run.wait(connect=connect, sleep=self.clock.sleep, clock=self.clock)

        self.assertIs(ended.outcome, Outcome.COMPLETE)
        self.assertEqual(len(made), 1)

    def test_error_that_lasts_ends_the_wait_for_a_run(self):
        for error, seconds in ((PASSING[0], 615), (client_error("AccessDeniedException"), 15)):
            self.setUp()
            with self.subTest(error), self.assertRaises(type(error)):
                self.started(error, wait=True)
            self.assertEqual(self.clock.now, seconds)

    def test_run_that_takes_too_long_goes_on(self):
        with self.assertRaisesRegex(WaitTimeout, "is RUNNING after 60 s") as raised:
            self.started(RUNNING, wait=True, timeout=60)

        self.assertIs(raised.exception.run.outcome, None)

    def test_held_run_is_partial_and_says_why(self):
        with self.assertRaisesRegex(
            RunPartial, "^analytics.flights is PARTIAL: 23 registered, 1 outstanding"
        ) as raised:
            self.started(RUNNING, HELD, wait=True)

        self.assertIs(raised.exception.run.outcome, Outcome.HELD)

    def test_failed_run_says_with_what(self):
        for end in (failed("io.fanin.model.spec.SpecException", "no table"), {"status": "ABORTED"}):
            with self.subTest(end["status"]), self.assertRaisesRegex(RunFailed, end.get("error", "is ABORTED")):
                self.started(end, wait=True)

    def test_run_of_all_tables_with_failed_ones_is_not_held(self):
        for error, kind in ((contract.TABLES_PARTIAL, RunPartial), (contract.TABLES_FAILED, RunFailed)):
            message = "2 tables: 1 partial, 1 failed: raw.a (failed, SpecException)"
            with self.subTest(error), self.assertRaisesRegex(kind, re.escape(message)):
                self.started(failed(error, message), wait=True)

    def test_busy_table_is_an_error_that_names_the_other(self):
        busy = succeeded(run="nightly-1", table="analytics.flights", next="BUSY", holder="arn:other")
        with self.assertRaisesRegex(TableBusy, "arn:other is working on table analytics.flights"):
            self.started(busy, wait=True)

    def test_run_of_all_tables_that_passes_one_over_is_an_error(self):
        for left_out, busy, kind, words in (
            (2, 0, RunFailed, "2 left out by mistake"),
            (0, 1, TableBusy, "1 busy"),
            (2, 1, RunFailed, "2 left out by mistake, 1 busy"),
        ):
            end = of_all_tables(leftOutByMistake=left_out, totals={"COMPLETE": 3, "BUSY": busy})
            message = f"^{EXECUTION.rpartition(':')[0]}:.* has not run all tables \\({words}\\): see {ALL_TABLES}$"
            with self.subTest(words), self.assertRaisesRegex(kind, message):
                self.started(end, wait=True)

    def test_run_of_all_tables_that_passes_none_over_is_complete(self):
        for end in (
            of_all_tables(leftOutByMistake=0, totals={"COMPLETE": 3, "BUSY": 0}),
            of_all_tables(totals={"COMPLETE": 3}),
        ):
            self.assertIs(self.started(end, wait=True).outcome, Outcome.COMPLETE)

    def test_redriven_run_that_found_its_table_busy_says_so(self):
        for error in (contract.TABLE_BUSY, contract.REDRIVEN_WHILE_BUSY):
            with self.subTest(error), self.assertRaisesRegex(TableBusy, "arn:other is working on it"):
                self.started(failed(error, "arn:other is working on it"), wait=True)

    def test_every_success_has_an_outcome(self):
        for output, outcome in (
            ({"next": "NOTHING_NEW"}, Outcome.NOTHING_NEW),
            ({"next": "NOTHING"}, Outcome.NOTHING_NEW),
            ({"next": "PLANNED"}, Outcome.PLANNED),
            ({"next": "PARTIAL"}, Outcome.STILL_PARTIAL),
            ({"status": "PARTIAL"}, Outcome.PARTIAL),
            ({"status": "COMPLETE"}, Outcome.COMPLETE),
        ):
            with self.subTest(output):
                self.assertIs(self.started(succeeded(**output), wait=True).outcome, outcome)

    def test_output_of_a_newer_version_is_refused_by_name(self):
        with self.assertRaisesRegex(UnknownContract, "'LATER'"):
            self.started(succeeded(next="LATER"), wait=True)

    def test_output_of_another_state_machine_is_refused_by_name(self):
        for output in ('["done"]', '"done"', "7", '{"status": {"code": 200}}', "{}"):
            with self.subTest(output):
                run = Run.of({"executionArn": EXECUTION, "status": "SUCCEEDED", "output": output})
                with self.assertRaisesRegex(UnknownContract, f"the output of {EXECUTION} is .* another state machine"):
                    run.checked()
                self.assertIsNone(run.table)
                self.assertIsNone(run.report_uri)

    def input(self):
        return json.loads(self.sfn.started[0]["input"])


class RedriveTest(unittest.TestCase):
    def setUp(self):
        self.clock = FakeClock()

    def redriven(self, sfn, **options):
        return redrive(sfn, EXECUTION, sleep=self.clock.sleep, clock=self.clock, **options)

    def test_redrive_continues_the_same_execution(self):
        again = {**COMPLETE, "redriveCount": 1}
        sfn = FakeStepFunctions(HELD, HELD, {**RUNNING, "redriveCount": 1}, again)

        run = self.redriven(sfn, wait=True)

        self.assertEqual(sfn.redriven, [EXECUTION])
        self.assertEqual((run.execution_arn, run.outcome, run.redrives), (EXECUTION, Outcome.COMPLETE, 1))

    def test_end_before_a_redrive_is_not_its_end(self):
        ends = [HELD] * 33 + [{**COMPLETE, "redriveCount": 1}]

        run = self.redriven(FakeStepFunctions(*ends), wait=True)

        self.assertEqual((run.outcome, run.redrives), (Outcome.COMPLETE, 1))

    def test_redrive_has_begun_although_an_error_passes(self):
        sfn = FakeStepFunctions(HELD, *PASSING, {**RUNNING, "redriveCount": 1})

        self.assertEqual(self.redriven(sfn).redrives, 1)

    def test_run_that_was_redriven_before_is_followed(self):
        again, done = {**RUNNING, "redriveCount": 1}, {**COMPLETE, "redriveCount": 1}
        # Descriptions are eventually consistent.
        late = {**HELD, "redriveStatus": "REDRIVABLE"}
        for ends in (
            [again, again, done],
            [HELD, again, done],
            [HELD, COMPLETE],
            [COMPLETE],
            [late, late, late, again, late, done],
        ):
            with self.subTest(ends):
                run = self.redriven(FakeStepFunctions(*ends, is_redrivable=False), wait=True)

                self.assertEqual((run.execution_arn, run.outcome), (EXECUTION, Outcome.COMPLETE))

    def test_run_that_succeeded_when_it_was_redriven_is_judged_as_any_other(self):
        for end, outcome in (
            (succeeded(next="NOTHING_NEW", table="analytics.flights"), Outcome.NOTHING_NEW),
            (succeeded(status="PARTIAL", table="analytics.flights"), Outcome.PARTIAL),
            (succeeded(next="PARTIAL", table="analytics.flights"), Outcome.STILL_PARTIAL),
        ):
            with self.subTest(outcome):
                again = {**end, "redriveCount": 1}
                for ends in ([again], [HELD, again]):
                    run = self.redriven(FakeStepFunctions(*ends, is_redrivable=False), wait=True)

                    self.assertEqual((run.execution_arn, run.outcome), (EXECUTION, outcome))
        busy = {**succeeded(next="BUSY", table="analytics.flights", holder="other"), "redriveCount": 1}
        with self.assertRaisesRegex(TableBusy, "other is working on table analytics.flights"):
            self.redriven(FakeStepFunctions(busy, is_redrivable=False), wait=True)

    def test_run_that_can_no_longer_be_redriven_is_an_error(self):
        for end in (HELD, succeeded(status="PARTIAL", table="analytics.flights"), {"status": "ABORTED"}):
            with self.subTest(end["status"]), self.assertRaisesRegex(ClientError, "ExecutionNotRedrivable"):
                self.redriven(FakeStepFunctions(end, is_redrivable=False))

    def test_error_of_the_service_starts_no_new_execution(self):
        for code, status in (("InternalFailure", 500), ("InternalServerException", 500)):
            sfn = FakeStepFunctions(HELD, refused=client_error(code, status))
            with self.subTest(code), self.assertRaisesRegex(ClientError, code):
                self.redriven(sfn)
            self.assertEqual(sfn.started, [])

    def test_without_redrives_a_new_execution_takes_up_the_partitions(self):
        sfn = FakeStepFunctions(HELD, COMPLETE, has_redrives=False)

        run = self.redriven(sfn, wait=True)

        self.assertEqual(json.loads(sfn.started[0]["input"]), {"redriveOf": "nightly-1"})
        self.assertNotEqual(run.execution_arn, EXECUTION)
        self.assertIs(run.outcome, Outcome.COMPLETE)

    def test_without_redrives_the_command_redrives_a_run_of_all_tables(self):
        for error in (contract.TABLES_PARTIAL, contract.TABLES_FAILED):
            sfn = FakeStepFunctions({**HELD, "error": error}, has_redrives=False)
            with self.subTest(error), self.assertRaisesRegex(FaninError, "fanin redrive --all nightly-1"):
                self.redriven(sfn)
            self.assertEqual(sfn.started, [])


if __name__ == "__main__":
    unittest.main()
