"""Deciding about a state, and waiting for one."""

import unittest
from datetime import datetime, timedelta

from botocore.exceptions import EndpointConnectionError

from fakes import PASSING, FakeClock, FakeGlue, client_error
from partition_fan_in import (
    Done,
    NotManaged,
    Outstanding,
    PeriodOutstanding,
    TableNotFound,
    Waiting,
    WaitTimeout,
    decide,
    wait_until,
)
from test_state import PARTIAL, state

SIXTEEN, SEVENTEEN = datetime(2013, 2, 8, 16), datetime(2013, 2, 8, 17)
COMPLETE = {"fanin.status": "COMPLETE", "fanin.failed": "0", "fanin.complete_through": "2013-02-08T16:00"}


class DecideTest(unittest.TestCase):
    def test_complete_period_of_partial_table_is_done(self):
        self.assertEqual(decide(state(), SIXTEEN), Done(state()))

    def test_period_behind_an_outstanding_one_is_outstanding(self):
        self.assertEqual(decide(state(), SEVENTEEN), Outstanding(state(), SEVENTEEN))

    def test_table_that_is_partial_while_a_run_registers_is_waited_for(self):
        registering = state(failed="0", **{"failed.sample": None})

        self.assertEqual(decide(registering, SEVENTEEN), Waiting(registering))

    def test_complete_table_that_is_behind_is_waited_for(self):
        behind = state(status="COMPLETE", failed="0", **{"failed.sample": None})

        self.assertEqual(decide(behind, SEVENTEEN), Waiting(behind))

    def test_missing_period_may_still_come(self):
        missing = state(failed="0", missing="1", **{"failed.sample": None})

        self.assertEqual(decide(missing, SEVENTEEN), Waiting(missing))

    def test_unverified_partitions_are_waited_for_where_that_is_required(self):
        for unverified, done in (("7", False), ("0", True), (None, True)):
            read = state(unverified=unverified)
            with self.subTest(unverified):
                self.assertEqual(decide(read, SIXTEEN), Done(read))
                self.assertEqual(decide(read, SIXTEEN, require_verified=True), Done(read) if done else Waiting(read))
                self.assertEqual(decide(read, SEVENTEEN, require_verified=True), Outstanding(read, SEVENTEEN))


class WaitUntilTest(unittest.TestCase):
    def setUp(self):
        self.glue, self.clock = FakeGlue(flights=COMPLETE), FakeClock()

    def test_interval_without_a_pause_is_refused(self):
        for poll in (0, -1):
            with self.subTest(poll), self.assertRaisesRegex(ValueError, f"poll is {poll}, expected more than 0 s"):
                self.wait(poll=poll)
        self.assertEqual(self.glue.requests, [])

    def wait(self, when=SEVENTEEN, timeout=3600, **options):
        return wait_until(
            self.glue,
            "analytics",
            "flights",
            complete_through=when,
            timeout=timeout,
            sleep=self.clock.sleep,
            clock=self.clock,
            **options,
        )

    def test_complete_period_is_not_waited_for(self):
        self.wait(SIXTEEN)

        self.assertEqual(self.clock.pauses, [])

    def test_each_poll_is_one_request(self):
        def arrive(number):
            if number == 4:
                self.glue.tables["flights"] = {**COMPLETE, "fanin.complete_through": "2013-02-08T17:00"}

        self.glue.before_answer = arrive

        self.wait()

        self.assertEqual(len(self.glue.requests), 4)
        self.assertEqual(self.clock.pauses, [60, 60, 60])

    def test_day_takes_no_more_than_a_request_each_minute(self):
        with self.assertRaises(WaitTimeout):
            self.wait(timeout=timedelta(days=1))

        self.assertEqual(len(self.glue.requests), 1441, "one each minute, and one at the end")

    def test_timeout_says_how_far_the_table_is(self):
        message = (
            r"analytics.flights is not complete through 2013-02-08T17:00 after 90 s:"
            r" it is COMPLETE, complete through 2013-02-08T16:00$"
        )
        with self.assertRaisesRegex(WaitTimeout, message) as raised:
            self.wait(timeout=90)

        self.assertEqual(raised.exception.state.complete_through.hour, 16)
        self.assertEqual(self.clock.now, 90)

    def test_timeout_names_missing_periods(self):
        for missing, named in (("1", "1 period is missing"), ("7", "7 periods are missing")):
            self.glue.tables["flights"] = {**COMPLETE, "fanin.status": "PARTIAL", "fanin.missing": missing}

            with (
                self.subTest(missing),
                self.assertRaisesRegex(
                    WaitTimeout, rf" after 90 s: {named}; it is PARTIAL, complete through 2013-02-08T16:00$"
                ),
            ):
                self.wait(timeout=90)

    def test_timeout_names_missing_periods_beside_outstanding_partitions(self):
        self.glue.tables["flights"] = {**PARTIAL, "fanin.missing": "2"}

        with self.assertRaisesRegex(
            WaitTimeout, r"1 partition is outstanding: dt=2013-02-08/hour=17; 2 periods are missing; it is PARTIAL"
        ):
            self.wait(timeout=90, when_outstanding="wait")

    def test_outstanding_period_fails_at_once_and_says_why(self):
        self.glue.tables["flights"] = PARTIAL
        message = (
            "analytics.flights is complete through 2013-02-08T16:00 and cannot be complete through 2013-02-08T17:00"
            " while 1 partition is outstanding: dt=2013-02-08/hour=17. See s3://state/runs/nightly-1/report.html"
        )

        with self.assertRaises(PeriodOutstanding) as raised:
            self.wait()

        self.assertEqual(str(raised.exception), message)
        self.assertEqual(raised.exception.partitions, ("dt=2013-02-08/hour=17",))
        self.assertEqual(self.clock.pauses, [])

    def test_period_that_a_run_may_be_about_to_register_is_waited_for(self):
        self.glue.tables["flights"] = PARTIAL
        begun = self.glue.updated

        with self.assertRaises(PeriodOutstanding):
            self.wait(now=lambda: begun + timedelta(seconds=self.clock.now))

        self.assertEqual(self.clock.now, 300, "the table was left unchanged for five minutes")

    def test_settle_may_be_seconds_as_the_other_durations(self):
        self.glue.tables["flights"] = PARTIAL
        begun = self.glue.updated

        with self.assertRaises(PeriodOutstanding):
            self.wait(settle=120, now=lambda: begun + timedelta(seconds=self.clock.now))

        self.assertEqual(self.clock.now, 120)

    def test_table_that_is_retried_without_success_is_given_up(self):
        self.glue.tables["flights"] = PARTIAL

        with self.assertRaises(PeriodOutstanding):
            self.wait(now=self.retried_every_two_minutes())

        self.assertEqual(self.clock.now, 300, "something was outstanding at every poll of five minutes")

    def test_retry_that_heals_in_time_goes_on(self):
        self.glue.tables["flights"] = PARTIAL

        def heal(number):
            if number == 5:
                self.glue.tables["flights"] = {**COMPLETE, "fanin.complete_through": "2013-02-08T17:00"}

        now = self.retried_every_two_minutes(heal)

        self.assertEqual(self.wait(now=now).outstanding, 0)
        self.assertEqual(self.clock.now, 240)

    def test_table_that_advances_is_waited_for_although_partitions_are_outstanding(self):
        def advance(number):
            hour = min(17, 12 + number // 4)
            self.glue.tables["flights"] = {**PARTIAL, "fanin.complete_through": f"2013-02-08T{hour}:00"}

        self.assertEqual(self.wait(now=self.retried_every_two_minutes(advance)).complete_through.hour, 17)
        self.assertEqual(self.clock.now, 19 * 60)

    def test_time_begins_again_once_nothing_is_outstanding(self):
        def fail(number):
            self.glue.tables["flights"] = COMPLETE if number == 4 else PARTIAL

        with self.assertRaises(PeriodOutstanding):
            self.wait(now=self.retried_every_two_minutes(fail))

        self.assertEqual(self.clock.now, 4 * 60 + 300)

    def retried_every_two_minutes(self, before_answer=lambda number: None):
        begun = self.glue.updated

        def retry(number):
            self.glue.updated = begun + timedelta(seconds=self.clock.now // 120 * 120)
            before_answer(number)

        self.glue.before_answer = retry
        return lambda: begun + timedelta(seconds=self.clock.now)

    def test_outstanding_period_can_be_waited_for(self):
        self.glue.tables["flights"] = PARTIAL

        def heal(number):
            if number == 3:
                self.glue.tables["flights"] = {**COMPLETE, "fanin.complete_through": "2013-02-09T14:00"}

        self.glue.before_answer = heal

        self.assertEqual(self.wait(when_outstanding="wait").outstanding, 0)

    def test_table_without_times_says_so_when_time_is_over(self):
        self.glue.tables["flights"] = {"fanin.status": "COMPLETE"}

        with self.assertRaisesRegex(WaitTimeout, "no known period: its keys may be no times"):
            self.wait()

    def test_timeout_names_what_is_outstanding_first(self):
        for through, reached in ((None, "no known period"), ("2013-02-08T16:00", "2013-02-08T16:00")):
            self.glue.tables["flights"] = {**PARTIAL, "fanin.complete_through": through}
            message = (
                "analytics.flights is not complete through 2013-02-08T17:00 after 90 s: 1 partition is outstanding:"
                f" dt=2013-02-08/hour=17; it is PARTIAL, complete through {reached}"
            )
            with self.subTest(reached), self.assertRaises(WaitTimeout) as raised:
                self.wait(timeout=90, when_outstanding="wait")
            self.assertEqual(str(raised.exception), message)

    def test_unverified_partitions_are_waited_for(self):
        self.glue.tables["flights"] = {**COMPLETE, "fanin.unverified": "2"}

        def verify(number):
            if number == 3:
                self.glue.tables["flights"] = COMPLETE

        self.assertEqual(self.wait(SIXTEEN).unverified, 2)
        self.glue.requests.clear()
        self.glue.before_answer = verify
        self.assertIsNone(self.wait(SIXTEEN, require_verified=True).unverified)
        self.assertEqual(len(self.glue.requests), 3)

    def test_timeout_names_unverified_partitions(self):
        for count, words in (("1", "1 partition is unverified"), ("2", "2 partitions are unverified")):
            self.glue.tables["flights"] = {**COMPLETE, "fanin.unverified": count}
            message = f"analytics.flights is complete through 2013-02-08T16:00, and {words} after 90 s$"
            with self.subTest(count), self.assertRaisesRegex(WaitTimeout, message):
                self.wait(SIXTEEN, timeout=90, require_verified=True)

    def test_missing_table_is_not_waited_for(self):
        self.glue.tables.clear()

        with self.assertRaises(TableNotFound):
            self.wait()

    def test_throttled_poll_is_repeated_within_its_minute(self):
        self.glue.fails = ["ThrottlingException"] * 3

        self.wait(SIXTEEN)

        self.assertLess(self.clock.now, 60)

    def test_error_that_passes_ends_no_wait(self):
        def arrive(number):
            self.glue.fails = [*PASSING[number - 2 : number - 1]] if number > 1 else []
            if number == len(PASSING) + 2:
                self.glue.tables["flights"] = {**COMPLETE, "fanin.complete_through": "2013-02-08T17:00"}

        self.glue.before_answer = arrive

        self.assertEqual(self.wait(poll=30).complete_through.hour, 17)
        self.assertEqual(self.glue.requests[-1], {"DatabaseName": "analytics", "Name": "flights"})

    def test_one_error_is_borne_however_rare_the_polls_are(self):
        def arrive(number):
            self.glue.fails = [PASSING[0]] if number == 3 else []
            if number == 4:
                self.glue.tables["flights"] = {**COMPLETE, "fanin.complete_through": "2013-02-08T17:00"}

        self.glue.before_answer = arrive

        self.wait(poll=900, timeout=7200)

        self.assertEqual(self.clock.pauses, [900, 900, 900])

    def deploy(self, number):
        """Takes the table's parameters at the second look, until a run gives them back."""
        if number == 2:
            self.glue.tables["flights"] = {"classification": "parquet"}
        if number == 40:
            self.glue.tables["flights"] = {**COMPLETE, "fanin.complete_through": "2013-02-08T17:00"}

    def test_table_that_a_deployment_has_replaced_is_waited_for(self):
        self.glue.before_answer = self.deploy

        self.assertEqual(self.wait().complete_through.hour, 17)

    def test_table_without_parameters_answers_between_errors(self):
        def deploy(number):
            self.glue.fails = [PASSING[0]] if number in (2, 20) else []
            self.deploy(number)

        self.glue.before_answer = deploy

        self.assertEqual(self.wait().complete_through.hour, 17)

    def test_table_that_nobody_manages_is_not_waited_for(self):
        self.glue.tables["flights"] = {"classification": "parquet"}

        with self.assertRaises(NotManaged):
            self.wait()

    def test_error_that_lasts_is_raised(self):
        for error, seconds in ((PASSING[0], 660), (client_error("AccessDeniedException"), 60)):
            self.setUp()

            def refuse(number, error=error):
                self.glue.fails = [error] if number > 1 else []

            self.glue.before_answer = refuse
            with self.subTest(error), self.assertRaises(type(error)):
                self.wait()
            self.assertEqual(self.clock.now, seconds)

    def test_word_that_is_no_choice_is_refused_before_the_wait(self):
        with self.assertRaisesRegex(ValueError, "when_outstanding is 'Fail', expected fail or wait"):
            self.wait(when_outstanding="Fail")

        self.assertEqual(self.glue.requests, [])

    def test_first_look_is_not_repeated(self):
        self.glue.fails = [PASSING[0]]

        with self.assertRaises(EndpointConnectionError):
            self.wait()

        self.assertEqual(self.clock.now, 0)


if __name__ == "__main__":
    unittest.main()
