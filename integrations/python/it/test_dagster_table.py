"""What the sensor and the check of Dagster decide, without an emulator."""

from __future__ import annotations

import io
import json
import unittest
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import dagster as dg
from botocore.exceptions import ClientError

from partition_fan_in import SETTLE, FaninError, TableState, UnknownContract, WrongZone
from partition_fan_in.dagster import FaninResource, FaninTable
from partition_fan_in.dagster import table as tables
from partition_fan_in.dagster.windows import complete_after, last_period
from partition_fan_in.facts import FACTS

HOUR = timedelta(hours=1)
DAYS = dg.DailyPartitionsDefinition("2013-02-08")
JOB = dg.define_asset_job("follow", "*")
REPORT = {
    "version": 1,
    "run": "nightly",
    "pass": 1,
    "execution": "arn:aws:states:eu-west-1:123456789012:execution:partition-fan-in:nightly",
    "table": "analytics.flights",
    "location": "s3://lake/flights/",
    "status": "COMPLETE",
    "registered": 24,
    "failed": 0,
    "outstanding": 0,
    "failures": [],
    "skipped": {"count": 0, "sample": []},
    "healed": True,
    "usage": {"requests": {"s3:GetObject": 20, "glue:GetTable": 3}, "gigabyteSeconds": 1.5, "stateTransitions": 30},
}


def parameters(
    status: str = "COMPLETE",
    through: str | None = "2013-02-08T23:00",
    failed: int = 0,
    registered: int | None = None,
    run: str = "nightly",
) -> dict[str, str]:
    return {
        "fanin.status": status,
        "fanin.failed": str(failed),
        "fanin.run": f"s3://state/runs/{run}/",
        **({"fanin.complete_through": through} if through else {}),
        **({} if registered is None else {"fanin.registered": str(registered)}),
    }


def state(through: str) -> TableState:
    return TableState.of(parameters(through=through), database="analytics", table="flights")


class Aws:
    """Answers for Glue and S3."""

    def __init__(
        self, table: dict[str, str], report: dict[str, Any] | None = None, updated: datetime | None = None
    ) -> None:
        self.table = table
        self.report = report
        self.updated = updated
        self.meta = SimpleNamespace(partition="aws")

    def get_table(self, **request: Any) -> Any:
        return {"Table": {"Parameters": self.table, **({"UpdateTime": self.updated} if self.updated else {})}}

    def get_object(self, **request: Any) -> Any:
        if self.report is None:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")
        return {"Body": io.BytesIO(json.dumps(self.report).encode())}


class DagsterCase(unittest.TestCase):
    def tick(self, table: FaninTable, aws: Aws, cursor: str | None = None, **arguments: Any) -> Any:
        with (
            patch.object(FaninResource, "client", lambda resource, service: aws),
            dg.build_sensor_context(cursor=cursor, resources={"fanin": FaninResource()}) as context,
        ):
            return table.sensor(**arguments)(context)


class TableTest(DagsterCase):
    def test_hours_of_an_asset_by_the_day_need_their_period(self) -> None:
        with self.assertRaisesRegex(FaninError, "complete through 2013-02-09T05:00, within a partition"):
            complete_after(DAYS, state("2013-02-09T05:00"), None, None)
        self.assertEqual(["2013-02-08"], complete_after(DAYS, state("2013-02-09T05:00"), HOUR, None))
        self.assertEqual(["2013-02-08"], complete_after(DAYS, state("2013-02-08T00:00"), None, None))

    def test_table_may_stand_on_a_day_that_the_asset_leaves_out(self) -> None:
        weekdays = dg.DailyPartitionsDefinition("2013-02-07", exclusions=["0 0 * * 6", "0 0 * * 0"])
        self.assertEqual(["2013-02-08"], complete_after(weekdays, state("2013-02-09T00:00"), None, "2013-02-07"))
        with self.assertRaisesRegex(FaninError, "within a partition"):
            complete_after(weekdays, state("2013-02-09T05:00"), None, None)

    def test_day_is_complete_when_its_last_hour_is(self) -> None:
        for through, keys in (
            ("2013-02-08T22:00", []),
            ("2013-02-08T23:00", ["2013-02-08"]),
            ("2013-02-09T22:00", ["2013-02-08"]),
        ):
            with self.subTest(through):
                self.assertEqual(keys, complete_after(DAYS, state(through), HOUR, None))
        self.assertEqual(["2013-02-09"], complete_after(DAYS, state("2013-02-09T23:00"), HOUR, "2013-02-08"))

    def test_last_period_is_found_where_clocks_are_set(self) -> None:
        quarter = timedelta(minutes=15)
        for zone, kind, key, period, wanted in (
            ("Europe/Berlin", dg.HourlyPartitionsDefinition, "2025-10-26-02:00", quarter, "2025-10-26T00:45"),
            ("Europe/Berlin", dg.HourlyPartitionsDefinition, "2025-10-26-02:00+0100", quarter, "2025-10-26T01:45"),
            ("Europe/Berlin", dg.HourlyPartitionsDefinition, "2025-03-30-01:00", quarter, "2025-03-30T00:45"),
            ("America/Santiago", dg.DailyPartitionsDefinition, "2025-04-05", HOUR, "2025-04-06T03:00"),
            ("Europe/Berlin", dg.DailyPartitionsDefinition, "2025-10-26", HOUR, "2025-10-26T22:00"),
        ):
            start = "2025-03-01-00:00" if kind is dg.HourlyPartitionsDefinition else "2025-03-01"
            partitions = kind(start, timezone=zone)
            window = partitions.time_window_for_partition_key(key)
            with self.subTest(f"{zone} {key}"):
                begin = last_period(window, period).start
                self.assertEqual(f"{wanted}:00+00:00", begin.astimezone(timezone.utc).isoformat())
                self.assertEqual(window, last_period(window, timedelta(days=1)))

    def test_period_of_the_table_may_be_that_of_the_asset(self) -> None:
        self.assertEqual(["2013-02-08", "2013-02-09"], complete_after(DAYS, state("2013-02-09T00:00"), None, None))

    def test_period_that_has_not_ended_yet_is_left(self) -> None:
        now = datetime.now(timezone.utc)
        days = dg.DailyPartitionsDefinition((now - timedelta(days=2)).strftime("%Y-%m-%d"))
        keys = complete_after(days, state((now + HOUR).strftime("%Y-%m-%dT%H:%M")), None, None)
        self.assertEqual([(now - timedelta(days=back)).strftime("%Y-%m-%d") for back in (2, 1)], keys)

    def test_days_in_another_zone_than_the_keys_need_the_zone_or_the_period(self) -> None:
        berlin = dg.DailyPartitionsDefinition("2013-02-08", timezone="Europe/Berlin")
        daily = Aws(parameters(through="2013-02-08T00:00"))
        with self.assertRaisesRegex(FaninError, "or the zone of its keys"):
            self.tick(FaninTable("analytics", "flights", berlin), daily)
        told = self.tick(FaninTable("analytics", "flights", berlin, zone="Europe/Berlin"), daily).asset_events
        self.assertEqual(["2013-02-08"], [event.partition for event in told])

    def test_many_partitions_are_told_in_several_evaluations(self) -> None:
        table = FaninTable("analytics", "flights", partitions_def=dg.HourlyPartitionsDefinition("2013-02-08-00:00"))
        with patch.object(tables, "PARTITIONS_A_TICK", 20):
            first = self.tick(table, Aws(parameters()))
            second = self.tick(table, Aws(parameters()), first.cursor)
        self.assertEqual((20, 4), (len(first.asset_events), len(second.asset_events)))

    def test_cursor_of_other_partitions_counts_as_none(self) -> None:
        whole = self.tick(FaninTable("analytics", "flights"), Aws(parameters())).cursor
        months = dg.MonthlyPartitionsDefinition("2013-01-01")
        for name, partitions, period, cursor, first in (
            ("none before", DAYS, HOUR, whole, "2013-02-08"),
            ("hours before", DAYS, HOUR, "2013-02-08-10:00", "2013-02-08"),
            (
                "minutes before",
                dg.HourlyPartitionsDefinition("2013-02-08-10:00"),
                None,
                "2013-02-08-10:30",
                "2013-02-08-10:00",
            ),
            ("days before", months, HOUR, "2013-01-08", "2013-01-01"),
        ):
            with self.subTest(name):
                table = FaninTable("analytics", "flights", partitions_def=partitions, period=period)
                found = self.tick(table, Aws(parameters()), cursor, job=JOB)
                self.assertEqual(first, found.asset_events[0].partition)
                self.assertEqual(f"analytics.flights/{first}", found.run_requests[0].run_key)
                self.assertFalse(self.tick(table, Aws(parameters()), found.cursor).asset_events)

    def test_report_adds_what_the_run_has_used(self) -> None:
        table = FaninTable("analytics", "flights", partitions_def=DAYS, period=HOUR)
        (event,) = self.tick(table, Aws(parameters(), REPORT)).asset_events
        told = {key: event.metadata[f"fanin/{key}"].value for key in ("pass", "requests", "gigabyte_seconds")}
        self.assertEqual({"pass": 1, "requests": 23, "gigabyte_seconds": 1.5}, told)
        self.assertIn("eu-west-1.console.aws.amazon.com", event.metadata["fanin/execution"].url)

    def test_every_fact_of_the_table_is_handed_on(self) -> None:
        stated = {"fanin.unverified": "7", "fanin.failed.sample": "dt=2013-02-08/hour=17", "fanin.waived": "1"}
        table = {**parameters("PARTIAL", failed=1, registered=23), **stated}
        (event,) = self.tick(FaninTable("analytics", "flights"), Aws(table)).asset_events
        self.assertLessEqual({f"fanin/{name}" for name, _ in FACTS.values()}, set(event.metadata))
        self.assertEqual(7, event.metadata["fanin/unverified"].value)

    def test_links_lead_to_the_console_of_the_partition_or_nowhere(self) -> None:
        for partition, links in (
            ("aws-cn", {"fanin/run", "fanin/table", "fanin/execution"}),
            ("aws-eusc", set()),
        ):
            with self.subTest(partition):
                arn = REPORT["execution"].replace(":aws:", f":{partition}:")
                aws = Aws(parameters(), {**REPORT, "execution": arn})
                aws.meta.partition = partition
                (event,) = self.tick(FaninTable("analytics", "flights"), aws).asset_events
                urls = {
                    key: value.url for key, value in event.metadata.items() if isinstance(value, dg.UrlMetadataValue)
                }
                self.assertEqual(links, set(urls))
                for url in urls.values():
                    self.assertIn("console.amazonaws.cn/", url)

    def test_asset_without_partitions_follows_what_changes(self) -> None:
        table = FaninTable("analytics", "flights")
        first = self.tick(table, Aws(parameters()))
        self.assertEqual((1, None), (len(first.asset_events), first.asset_events[0].partition))
        again = self.tick(table, Aws(parameters()), first.cursor)
        self.assertIn("complete through 2013-02-08T23:00", again.skip_reason.skip_message)
        registering = self.tick(table, Aws(parameters("PARTIAL")), first.cursor)
        self.assertEqual(first.cursor, registering.cursor)
        self.assertEqual(1, len(self.tick(table, Aws(parameters("PARTIAL", failed=1)), first.cursor).asset_events))

    def test_job_of_an_asset_without_partitions_starts_when_a_run_has_ended(self) -> None:
        for what, steps in {
            "a partition stays outstanding": [("2", 1, 0, 0), ("2", 1, 24, 1)],
            "a partition fails": [("2", 2, 0, 0), ("2", 2, 24, 1)],
            "a redrive registers a part": [("1", 3, 7, 1), ("1", 2, 7, 0), ("1", 1, 9, 1)],
            "nothing could be registered": [("2", 1, 0, 0), ("3", 1, 0, 0)],
        }.items():
            cursor = self.tick(FaninTable("analytics", "flights"), Aws(self.partial("1", 1, 5))).cursor
            for run, failed, registered, events in steps:
                with self.subTest(what, run=run, registered=registered):
                    now = datetime.now(timezone.utc)
                    aws = Aws(self.partial(run, failed, registered), updated=now)
                    found = self.tick(FaninTable("analytics", "flights"), aws, cursor, job=JOB)
                    self.assertEqual((events, events), (len(found.asset_events or []), len(found.run_requests or [])))
                    cursor = found.cursor

    def test_failures_alone_are_told_once_the_table_is_left_unchanged(self) -> None:
        table = FaninTable("analytics", "flights")
        first = self.tick(table, Aws(self.partial("1", 1, 5))).cursor
        for ago, events in ((SETTLE - HOUR / 60, 0), (SETTLE, 1)):
            with self.subTest(ago):
                aws = Aws(self.partial("2", 3, 0), updated=datetime.now(timezone.utc) - ago)
                self.assertEqual(events, len(self.tick(table, aws, first).asset_events or []))

    def test_cursor_of_another_version_or_of_partitions_is_told_once_more(self) -> None:
        table = FaninTable("analytics", "flights")
        older = json.dumps(["s3://state/runs/1/", "PARTIAL", "2013-02-08T23:00:00+00:00", 1, 0, 0])
        for cursor in (older, "2013-02-08", "2013", ""):
            with self.subTest(cursor):
                aws = Aws(self.partial("1", 1, 5))
                first = self.tick(table, aws, cursor)
                self.assertEqual(1, len(first.asset_events))
                self.assertFalse(self.tick(table, aws, first.cursor).asset_events)

    def partial(self, run: str, failed: int, registered: int) -> dict[str, str]:
        return parameters("PARTIAL", failed=failed, registered=registered, run=run)

    def test_table_without_times_completes_no_partition(self) -> None:
        table = FaninTable("analytics", "flights", partitions_def=DAYS)
        self.assertIn("not complete yet", self.tick(table, Aws(parameters(through=None))).skip_reason.skip_message)

    def test_table_that_is_not_managed_leaves_the_sensor_where_it_is(self) -> None:
        table = FaninTable("analytics", "flights", partitions_def=DAYS)
        found = self.tick(table, Aws({}), "2013-02-08")
        self.assertEqual("2013-02-08", found.cursor)
        self.assertIn("NotManaged: table analytics.flights", found.skip_reason.skip_message)

    def test_evaluation_fails_where_waiting_is_in_vain(self) -> None:
        for error, changed in (
            (WrongZone, {"fanin.timeZone": "Europe/Berlin"}),
            (UnknownContract, {"fanin.status": "MOSTLY"}),
        ):
            with self.subTest(error), self.assertRaises(error):
                self.tick(FaninTable("analytics", "flights", zone="UTC"), Aws({**parameters(), **changed}))

    def test_table_that_no_evaluation_could_read_is_no_definition(self) -> None:
        for words, arguments in (
            (
                "a StaticPartitionsDefinition, expected one by time",
                {"partitions_def": dg.StaticPartitionsDefinition(["a"])},
            ),
            ("period of analytics.flights is 'hour', expected", {"period": "hour"}),
            ("period of analytics.flights is .*, expected", {"period": timedelta(0)}),
            ("'Mars' is no time zone", {"zone": "Mars"}),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValueError, words):
                FaninTable("analytics", "flights", **arguments)  # type: ignore[arg-type]

    def test_sensor_is_named_by_a_table_whose_name_has_a_hyphen(self) -> None:
        self.assertEqual("raw_data_web_logs_complete_through", FaninTable("raw-data", "web-logs").sensor().name)


if __name__ == "__main__":
    unittest.main()
