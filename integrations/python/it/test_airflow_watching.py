"""What the trigger of a watched table decides, without an emulator."""

from __future__ import annotations

import asyncio
import unittest
from unittest.mock import patch

from fake_airflow import AirflowCase
from partition_fan_in.airflow import TableAdvancedTrigger, watched_table
from test_airflow_waiting import CreatedAnew, Glue, Refusing, events, parameters


class WatchingTest(AirflowCase):
    def test_watcher_fires_whenever_the_table_has_advanced(self) -> None:
        tables = (parameters(f"2013-02-08T{hour}:00") for hour in (15, 15, 16, 16, 18))
        self.client(Glue({}, *tables))
        trigger = TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0)
        found = asyncio.run(events(trigger, 3))
        self.assertEqual(["15:00", "16:00", "18:00"], [one["complete_through"][-5:] for one in found])

    def test_watcher_is_silent_until_a_table_that_went_back_is_further_than_ever(self) -> None:
        tables = (parameters(f"2013-02-08T{hour}:00", failed) for hour, failed in ((16, 0), (10, 1), (16, 0), (17, 0)))
        self.client(Glue(*tables))
        found = asyncio.run(events(TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0), 2))
        self.assertEqual(["16:00", "17:00"], [one["complete_through"][-5:] for one in found])

    def test_watcher_begins_again_with_a_table_that_was_created_anew(self) -> None:
        self.client(CreatedAnew(*(parameters(f"2013-02-08T{hour}:00") for hour in (16, 10))))
        found = asyncio.run(events(TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0), 2))
        self.assertEqual(["16:00", "10:00"], [one["complete_through"][-5:] for one in found])

    def test_watcher_goes_on_after_errors_of_aws_with_a_new_client(self) -> None:
        made = self.client(Refusing(parameters("2013-02-08T16:00"), parameters("2013-02-08T17:00")))
        trigger = TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0)
        with patch.object(trigger.log, "warning") as warning:
            found = asyncio.run(events(trigger, 2))
        self.assertEqual(["16:00", "17:00"], [one["complete_through"][-5:] for one in found])
        self.assertEqual(3, len(made))
        told = [call.args[0] % call.args[1:] for call in warning.call_args_list]
        self.assertIn("analytics.flights is asked again in 0 s", told[0])
        self.assertIn("ExpiredTokenException", told[0])
        self.assertIn("glue:GetTable", told[0])
        self.assertIn("https://aws", told[1])

    def test_watched_table_with_fields_that_no_connection_has_is_no_dag(self) -> None:
        with self.assertRaisesRegex(TypeError, "conn_id"):
            watched_table("analytics", "flights", connection={"conn_id": "aws_default"})

    def test_watcher_logs_as_an_error_what_waiting_does_not_change(self) -> None:
        good, berlin = parameters("2013-02-08T16:00"), {"fanin.timeZone": "Europe/Berlin"}
        for zone, bad, words in (
            ("UTC", {**good, **berlin}, "are in the time zone Europe/Berlin, not in UTC"),
            (None, {**good, **berlin, "fanin.complete_through": "0001-01-01T00:00"}, "flights is '0001-01-01T00:00'"),
            ("UTC", {**good, "fanin.status": "MOSTLY"}, "fanin.status of table analytics.flights is 'MOSTLY'"),
        ):
            with self.subTest(words):
                self.client(Glue(bad, good))
                trigger = TableAdvancedTrigger(database="analytics", table="flights", zone=zone, poll_interval=0)
                with patch.object(trigger.log, "error") as told:
                    self.assertEqual(1, len(asyncio.run(events(trigger, 1))))
                told.assert_called_once()
                self.assertIn(words, told.call_args.args[0] % told.call_args.args[1:])

    def test_watched_table_with_a_zone_that_is_none_is_no_dag(self) -> None:
        self.assertEqual(1, len(watched_table("analytics", "flights", zone="Europe/Berlin").watchers))
        with self.assertRaisesRegex(ValueError, "'Mars' is no time zone"):
            watched_table("analytics", "flights", zone="Mars")


if __name__ == "__main__":
    unittest.main()
