"""What a table's parameters say."""

import json
import sys
import unittest
import zoneinfo
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from fakes import FakeClock, FakeGlue
from partition_fan_in import NotManaged, Status, TableNotFound, TableState, Throttled, UnknownContract, WrongZone
from partition_fan_in.state import zone_named

UTC = timezone.utc
CASES = Path(__file__).with_name("complete_through.json")
"""Tables, what is asked of them, and whether they are complete for it: dbt's macros are held to them, too."""
PARTIAL = {
    "fanin.status": "PARTIAL",
    "fanin.registered": "23",
    "fanin.failed": "1",
    "fanin.failed.sample": "dt=2013-02-08/hour=17",
    "fanin.complete_through": "2013-02-08T16:00",
    "fanin.run": "s3://state/runs/nightly-1/",
    "fanin.layout": "hive",
    "classification": "json",
}


def state(**changed):
    parameters = {**PARTIAL, **{f"fanin.{name}": value for name, value in changed.items()}}
    present = {name: value for name, value in parameters.items() if value is not None}
    return TableState.of(present, database="analytics", table="flights")


class TableStateTest(unittest.TestCase):
    def test_all_parameters_are_read(self):
        read = state(waived="2", unverified="7", missing="3")

        self.assertIs(read.status, Status.PARTIAL)
        self.assertEqual(read.complete_through, datetime(2013, 2, 8, 16, tzinfo=UTC))
        self.assertEqual((read.outstanding, read.waived, read.unverified, read.missing), (1, 2, 7, 3))
        self.assertEqual(read.registered, 23)
        self.assertEqual(read.outstanding_sample, ("dt=2013-02-08/hour=17",))
        self.assertEqual(read.run, "s3://state/runs/nightly-1/")

    def test_zone_is_told_as_a_table_states_it(self):
        for zone in ("UTC", "Europe/Berlin", "+05:30", "-03:00"):
            with self.subTest(zone):
                self.assertEqual(state(timeZone=zone).zone_text, zone)
        self.assertEqual(state().zone_text, "UTC")

    def test_absent_parameters_are_no_values(self):
        read = TableState.of({"fanin.status": "COMPLETE"}, database="analytics", table="flights")

        self.assertEqual((read.outstanding, read.waived, read.missing), (0, 0, 0))
        for value in (read.complete_through, read.unverified, read.run, read.registered, read.page, read.updated):
            self.assertIsNone(value)

    def test_page_and_report_lie_in_the_run_folder(self):
        self.assertEqual(state().page, "s3://state/runs/nightly-1/report.html")
        self.assertEqual(state().report_uri, "s3://state/runs/nightly-1/report.json")

    def test_parameters_of_newer_versions_are_ignored(self):
        self.assertEqual(state(**{"something.new": "x"}), state())

    def test_values_of_newer_versions_are_refused_by_name(self):
        for name, value in {
            "status": "MOSTLY",
            "failed": "many",
            "waived": "-1",
            "unverified": "1+",
            "missing": "9" * 5000,
            "complete_through": "2013-02-08T16:00Z",
            "run": "nightly-1",
        }.items():
            with (
                self.subTest(name),
                self.assertRaisesRegex(UnknownContract, f"fanin.{name} of table analytics.flights"),
            ):
                state(**{name: value})

    def test_time_that_is_none_in_utc_is_refused_by_name(self):
        for through, zone in (
            ("0001-01-01T00:00", "Europe/Berlin"),
            ("0001-01-01T00:00", "+05:30"),
            ("9999-12-31T23:59", "America/New_York"),
            ("0000-01-01T00:00", "UTC"),
        ):
            words = f"fanin.complete_through of table analytics.flights is '{through}'"
            with self.subTest(through, zone=zone), self.assertRaisesRegex(UnknownContract, words):
                state(complete_through=through, timeZone=zone)

    def test_table_without_status_is_not_managed(self):
        with self.assertRaisesRegex(NotManaged, "analytics.flights"):
            TableState.of({"fanin.layout": "hive"}, database="analytics", table="flights")

    def test_names_with_commas_are_kept_whole(self):
        sample = "r=a,b/dt=2013-02-08,r=c/dt=2013-02-09,r=x,y,z/dt=1"

        self.assertEqual(
            state(**{"failed.sample": sample}).outstanding_sample,
            ("r=a,b/dt=2013-02-08", "r=c/dt=2013-02-09", "r=x,y,z/dt=1"),
        )


class CompleteThroughTest(unittest.TestCase):
    def test_the_period_that_it_names_is_included(self):
        for hour, is_complete in ((15, True), (16, True), (17, False)):
            with self.subTest(hour):
                self.assertEqual(state().is_complete_through(datetime(2013, 2, 8, hour)), is_complete)

    def test_aware_times_are_compared_as_moments(self):
        berlin = ZoneInfo("Europe/Berlin")

        self.assertTrue(state().is_complete_through(datetime(2013, 2, 8, 17, tzinfo=berlin)))
        self.assertFalse(state().is_complete_through(datetime(2013, 2, 8, 18, tzinfo=berlin)))

    def test_keys_may_be_in_another_zone(self):
        local = TableState.of(PARTIAL, database="a", table="b", zone=ZoneInfo("Europe/Berlin"))

        self.assertEqual(local.complete_through, datetime(2013, 2, 8, 15, tzinfo=UTC))
        self.assertTrue(local.is_complete_through(datetime(2013, 2, 8, 16)))
        self.assertFalse(local.is_complete_through(datetime(2013, 2, 8, 16, tzinfo=UTC)))

    def test_an_hour_that_comes_twice_is_the_earlier_one(self):
        twice = {**PARTIAL, "fanin.complete_through": "2013-10-27T02:00"}
        local = TableState.of(twice, database="a", table="b", zone=ZoneInfo("Europe/Berlin"))

        self.assertEqual(local.complete_through, datetime(2013, 10, 27, 0, tzinfo=UTC))
        self.assertFalse(local.is_complete_through(datetime(2013, 10, 27, 1, tzinfo=UTC)))

    def test_moments_are_those_of_the_other_ways_to_wait(self):
        whole = [case for case in json.loads(CASES.read_text()) if case["period"] is None]
        self.assertTrue(whole)
        for case in whole:
            with self.subTest(case):
                stated = state(complete_through=case["reached"], timeZone=case["zone"])
                when = datetime.fromisoformat(case["through"].replace("Z", "+00:00"))
                self.assertEqual(stated.is_complete_through(when), case["complete"])

    def test_the_zone_that_the_table_states_is_that_of_its_keys(self):
        for zone, hour in (("Europe/Berlin", 15), ("UTC", 16), ("-03:00", 19)):
            with self.subTest(zone):
                stated = state(timeZone=zone)
                self.assertEqual(stated.complete_through, datetime(2013, 2, 8, hour, tzinfo=UTC))
                self.assertEqual(stated.shown(stated.complete_through), "2013-02-08T16:00")
                self.assertTrue(stated.is_complete_through(datetime(2013, 2, 8, 16)))
                self.assertFalse(stated.is_complete_through(datetime(2013, 2, 8, 17)))

        half = state(timeZone="+05:30")
        self.assertEqual(half.complete_through, datetime(2013, 2, 8, 10, 30, tzinfo=UTC))

    def test_days_on_which_clocks_change(self):
        for text, utc in (
            ("2013-03-31T01:00", datetime(2013, 3, 31, 0, tzinfo=UTC)),
            ("2013-03-31T02:00", datetime(2013, 3, 31, 1, tzinfo=UTC)),
            ("2013-03-31T02:45", datetime(2013, 3, 31, 1, tzinfo=UTC)),
            ("2013-03-31T03:00", datetime(2013, 3, 31, 1, tzinfo=UTC)),
            ("2013-03-31T03:15", datetime(2013, 3, 31, 1, 15, tzinfo=UTC)),
            ("2013-10-27T02:00", datetime(2013, 10, 27, 0, tzinfo=UTC)),
            ("2013-10-27T03:00", datetime(2013, 10, 27, 2, tzinfo=UTC)),
        ):
            with self.subTest(text):
                self.assertEqual(state(timeZone="Europe/Berlin", complete_through=text).complete_through, utc)

    def test_a_period_that_clocks_skip_does_not_reach_the_one_behind_it(self):
        """A producer may fill both, and the second may have failed."""
        skipped_hour = state(timeZone="Europe/Berlin", complete_through="2013-03-31T02:00")
        self.assertTrue(skipped_hour.is_complete_through(datetime(2013, 3, 31, 1)))
        self.assertFalse(skipped_hour.is_complete_through(datetime(2013, 3, 31, 3)))

        self.assertEqual(skipped_hour.through_text, "2013-03-31T02:00")

    def test_a_day_whose_midnight_clocks_skip_is_complete(self):
        for zone, day in (
            ("Africa/Cairo", "2025-04-25"),
            ("America/Santiago", "2025-09-07"),
            ("Asia/Beirut", "2025-03-30"),
        ):
            with self.subTest(zone):
                through = state(timeZone=zone, complete_through=f"{day}T00:00")
                self.assertTrue(through.is_complete_through(datetime.fromisoformat(day)))
                self.assertFalse(through.is_complete_through(datetime.fromisoformat(day) + timedelta(days=1)))
                self.assertEqual(through.through_text, f"{day}T00:00")

    def test_a_zone_may_be_named_or_of_a_class_that_has_a_name(self):
        class Other(tzinfo):
            """Like pytz's, whose offset is another when a time is given it as its zone."""

            def utcoffset(self, when):
                return when and timedelta(minutes=53)

            def __str__(self):
                return "Europe/Berlin"

        for zone in ("Europe/Berlin", Other()):
            local = TableState.of(PARTIAL, database="a", table="b", zone=zone)
            self.assertEqual(local.complete_through, datetime(2013, 2, 8, 15, tzinfo=UTC))
            stated = {**PARTIAL, "fanin.timeZone": "Europe/Berlin"}
            self.assertEqual(TableState.of(stated, database="a", table="b", zone=zone).zone, ZoneInfo("Europe/Berlin"))

        class OfPytz(Other):
            def __str__(self):
                return "local"

            def localize(self, _):
                raise NotImplementedError

            def utcoffset(self, when):
                return when and timedelta(minutes=53)

        with self.assertRaisesRegex(ValueError, "name one, such as Europe/Berlin"):
            TableState.of(PARTIAL, database="a", table="b", zone=OfPytz())

        class Fixed(tzinfo):
            def utcoffset(self, _):
                return timedelta(hours=1)

        fixed = TableState.of(PARTIAL, database="a", table="b", zone=Fixed())
        self.assertEqual(fixed.complete_through, datetime(2013, 2, 8, 15, tzinfo=UTC))

    def test_another_zone_than_the_table_states_is_refused(self):
        stated = {**PARTIAL, "fanin.timeZone": "Europe/Berlin"}
        for zone in (UTC, ZoneInfo("UTC"), ZoneInfo("Europe/Paris")):
            with self.subTest(str(zone)), self.assertRaisesRegex(WrongZone, "analytics.flights .*'Europe/Berlin'"):
                TableState.of(stated, database="analytics", table="flights", zone=zone)

        for stated, zone in (
            ("Europe/Berlin", ZoneInfo("Europe/Berlin")),
            ("UTC", UTC),
            ("UTC", ZoneInfo("UTC")),
            ("+05:30", timezone(timedelta(hours=5, minutes=30))),
        ):
            parameters = {**PARTIAL, "fanin.timeZone": stated}
            TableState.of(parameters, database="analytics", table="flights", zone=zone)

    def test_a_zone_that_nobody_knows_is_refused_by_name(self):
        for zone in ("Mars", "", "../etc/passwd", "+5"):
            with (
                self.subTest(zone),
                self.assertRaisesRegex(UnknownContract, "fanin.timeZone of table analytics.flights"),
            ):
                state(timeZone=zone)

    def test_without_a_zone_database_the_message_says_what_to_install(self):
        zoneinfo.reset_tzpath(to=[])
        self.addCleanup(ZoneInfo.clear_cache)
        self.addCleanup(zoneinfo.reset_tzpath)
        ZoneInfo.clear_cache()
        with patch.dict(sys.modules, {"tzdata": None}):
            with self.assertRaises(UnknownContract) as stated:
                state(timeZone="Asia/Tokyo")
            with self.assertRaises(ValueError) as given:
                zone_named("America/Argentina/Buenos_Aires")
            for known in ("UTC", "+05:30"):
                self.assertEqual(
                    state(timeZone=known).shown(state(timeZone=known).complete_through), "2013-02-08T16:00"
                )

        advice = "is known here: install the package tzdata, or a newer one"
        self.assertEqual(
            str(stated.exception),
            f"parameter fanin.timeZone of table analytics.flights is 'Asia/Tokyo', expected a time zone that {advice}",
        )
        self.assertEqual(str(given.exception), f"'America/Argentina/Buenos_Aires' is no time zone that {advice}")

    def test_nothing_is_complete_where_it_is_absent(self):
        self.assertFalse(state(complete_through=None).is_complete_through(datetime(1970, 1, 1)))

    def test_seconds_may_be_written(self):
        self.assertEqual(
            state(complete_through="2013-02-08T16:00:30").complete_through,
            datetime(2013, 2, 8, 16, tzinfo=UTC) + timedelta(seconds=30),
        )


class ReadTest(unittest.TestCase):
    def test_one_request_reads_a_table(self):
        glue = FakeGlue(flights=PARTIAL)

        read = TableState.read(glue, "analytics", "flights", catalog_id="123456789012")

        self.assertEqual(replace(read, updated=None), state())
        self.assertEqual(read.updated, glue.updated)
        self.assertEqual(glue.requests, [{"DatabaseName": "analytics", "Name": "flights", "CatalogId": "123456789012"}])

    def test_missing_table_is_an_error_by_name(self):
        with self.assertRaisesRegex(TableNotFound, "analytics.flights"):
            TableState.read(FakeGlue(), "analytics", "flights")

    def test_throttled_request_is_repeated(self):
        glue, clock = FakeGlue(flights=PARTIAL), FakeClock()
        glue.fails = ["ThrottlingException"] * 4

        TableState.read(glue, "analytics", "flights", sleep=clock.sleep)

        self.assertEqual(len(glue.requests), 5)
        self.assertLess(clock.now, 30)

    def test_throttling_ends_as_an_error_by_name(self):
        glue, clock = FakeGlue(flights=PARTIAL), FakeClock()
        glue.fails = ["ThrottlingException"] * 5

        with self.assertRaisesRegex(Throttled, "glue:GetTable"):
            TableState.read(glue, "analytics", "flights", sleep=clock.sleep)

    def test_other_errors_are_unchanged(self):
        glue = FakeGlue(flights=PARTIAL)
        glue.fails = ["AccessDeniedException"]

        with self.assertRaisesRegex(Exception, "AccessDeniedException"):
            TableState.read(glue, "analytics", "flights")
        self.assertEqual(len(glue.requests), 1)


if __name__ == "__main__":
    unittest.main()
