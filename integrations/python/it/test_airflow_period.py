"""The period that a task waits for, tables whose periods are shorter, and the interval of a watched table."""

from __future__ import annotations

import asyncio
import json
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from airflow.providers.common.compat.sdk import AirflowException, TaskDeferred

from fake_airflow import AirflowCase
from partition_fan_in import FaninError, TableState
from partition_fan_in.airflow import FaninCompleteThroughSensor, table_asset, watched_table
from partition_fan_in.airflow.wanted import require_start, wanted_period
from test_airflow_waiting import HOUR_16, Glue, events, parameters

CASES = Path(__file__).resolve().parents[1] / "tests" / "complete_through.json"


def state(through: str, zone: str = "UTC") -> TableState:
    return TableState.of({**parameters(through), "fanin.timeZone": zone}, database="analytics", table="flights")


class PeriodTest(AirflowCase):
    def sensor(self, **arguments: Any) -> FaninCompleteThroughSensor:
        given = {"complete_through": "2013-02-08", "period": "day", **arguments}
        return FaninCompleteThroughSensor(task_id="complete", database="analytics", table="flights", **given)

    def test_times_are_rounded_down_in_the_zone_of_the_keys(self) -> None:
        for when, period, zone, expected in (
            ("2013-02-08 16:31:07.5+00:00", "hour", "UTC", "2013-02-08T16:00:00+00:00"),
            ("2013-02-08T23:31:00Z", "day", "Europe/Berlin", "2013-02-09T00:00:00+01:00"),
            ("2013-02-08T16:31", None, "America/New_York", "2013-02-08T16:31:00-05:00"),
            (HOUR_16, "month", "UTC", "2013-02-01T00:00:00+00:00"),
            (HOUR_16, "year", "UTC", "2013-01-01T00:00:00+00:00"),
            ("2013-02-08", "hour", "Europe/Berlin", "2013-02-08T23:00:00+01:00"),
            ("2013-02-08", "day", "UTC", "2013-02-08T00:00:00+00:00"),
            ("2026-10-25T00:30Z", "hour", "Europe/Berlin", "2026-10-25T02:00:00+02:00"),
            ("2026-10-25T01:30Z", "hour", "Europe/Berlin", "2026-10-25T02:00:00+01:00"),
            ("2026-10-25T01:30Z", "minute", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
            ("2026-10-25T01:30Z", "day", "Europe/Berlin", "2026-10-25T00:00:00+02:00"),
            ("2013-02-08T00:00", None, "UTC", "2013-02-08T00:00:00+00:00"),
        ):
            with self.subTest(when):
                self.assertEqual(expected, wanted_period(when, period, ZoneInfo(zone)).isoformat())  # type: ignore[arg-type]

    def test_moments_are_those_of_the_other_ways_to_wait(self) -> None:
        for case in json.loads(CASES.read_text()):
            with self.subTest(case):
                found = state(case["reached"], case["zone"])
                require_start(found, case["period"])
                wanted = wanted_period(case["through"], case["period"], found.zone)
                self.assertEqual(case["complete"], found.is_complete_through(wanted))

    def test_run_without_a_logical_date_has_to_say_the_time(self) -> None:
        with self.assertRaisesRegex(ValueError, "complete_through is 'None', which is no time"):
            wanted_period("None", "hour", timezone.utc)

    def test_only_what_has_no_time_is_a_date(self) -> None:
        hour_17 = datetime(2013, 2, 8, 17, tzinfo=timezone.utc)
        for text in ("2013-02-08T17:20", "2013-02-08 17:20", "2013-02-08_17:20"):
            with self.subTest(text):
                self.assertEqual(hour_17, wanted_period(text, "hour", timezone.utc))
        for day in ("2013-02-08", date(2013, 2, 8)):
            with self.subTest(day):
                self.assertEqual(hour_17.replace(hour=23), wanted_period(day, "hour", timezone.utc))

    def test_date_is_no_period(self) -> None:
        with self.assertRaisesRegex(ValueError, "complete_through is 2013-02-08, a date: state the period"):
            wanted_period("2013-02-08", None, timezone.utc)

    def test_day_is_not_complete_with_its_first_hours(self) -> None:
        self.client(Glue(parameters("2013-02-08T05:00")))
        for deferrable in (True, False):
            with self.subTest(deferrable), self.assertRaisesRegex(FaninError, "through 2013-02-08T05:00, within a day"):
                self.sensor(deferrable=deferrable).execute(self.context)

    def test_day_is_not_complete_with_its_first_hours_when_the_triggerer_looks(self) -> None:
        self.client(Glue(parameters("2013-02-07T00:00"), parameters("2013-02-08T05:00")))
        sensor = self.sensor(deferrable=True, poke_interval=0)
        with self.assertRaises(TaskDeferred) as deferred:
            sensor.execute(self.context)
        (payload,) = asyncio.run(events(deferred.exception.trigger, 1))
        with self.assertRaisesRegex(AirflowException, "within a day"):
            sensor.resume(self.context, payload)

    def test_period_that_begins_with_the_stated_one_is_taken(self) -> None:
        for through, zone, period in (
            ("2013-02-08T05:00", "UTC", None),
            ("2013-02-08T05:00", "UTC", "hour"),
            ("2013-02-08T00:00", "Europe/Berlin", "day"),
            ("2013-02-01T00:00", "UTC", "month"),
            # Clocks skip midnight of this day.
            ("2012-10-21T00:00", "America/Sao_Paulo", "day"),
        ):
            with self.subTest(through):
                require_start(state(through, zone), period)  # type: ignore[arg-type]

    def test_watched_table_is_asked_at_an_interval(self) -> None:
        for interval in (90, timedelta(minutes=1.5)):
            (watcher,) = watched_table("analytics", "flights", poll_interval=interval).watchers
            self.assertEqual(90.0, watcher.trigger.serialize()[1]["poll_interval"])

    def test_tables_of_one_name_in_two_regions_are_two_assets(self) -> None:
        regions = [watched_table("analytics", "flights", connection={"region_name": one}) for one in ("a-1", "b-1")]
        names = {(one.name, one.uri) for one in (watched_table("analytics", "flights"), *regions)}
        self.assertEqual(3, len(names))
        self.assertEqual(
            "elsewhere", table_asset("analytics", "flights", name="elsewhere", uri="partition-fan-in://b/flights").name
        )

    def test_watched_table_is_asked_at_intervals_that_pass(self) -> None:
        with self.assertRaisesRegex(ValueError, "poll_interval of analytics.flights is 0, expected"):
            watched_table("analytics", "flights", poll_interval=0)


if __name__ == "__main__":
    unittest.main()
