"""What the check of Dagster decides, without an emulator."""

from __future__ import annotations

import unittest
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

import dagster as dg
from test_dagster_table import DAYS, HOUR, Aws, DagsterCase, parameters

from partition_fan_in import FaninError
from partition_fan_in.dagster import FaninResource, FaninTable


class CheckTest(DagsterCase):
    def test_check_may_require_that_all_is_verified(self) -> None:
        table = FaninTable("analytics", "flights", DAYS, HOUR)
        for unverified, passed in (("7", False), ("0", True), (None, True)):
            stated = {**parameters(), **({"fanin.unverified": unverified} if unverified else {})}
            with self.subTest(unverified):
                self.assertTrue(self.passes(table.complete_through(), stated))
                self.assertEqual(passed, self.passes(table.complete_through(require_verified=True), stated))
                check = table.complete_through(by_partition=True, require_verified=True)
                self.assertEqual(passed, self.passes(check, stated, partition="2013-02-08"))
        (evaluation,) = self.executed(
            table.complete_through(), {**parameters(), "fanin.unverified": "7"}
        ).get_asset_check_evaluations()
        self.assertIn("0 outstanding, 7 unverified", evaluation.description or "")

    def test_check_compares_with_the_lag(self) -> None:
        now = datetime.now(timezone.utc)
        recent = parameters(through=(now - 2 * HOUR).strftime("%Y-%m-%dT%H:%M"), failed=1, status="PARTIAL")
        for lag, passed in ((3 * HOUR, True), (HOUR, False), (None, False)):
            with self.subTest(lag):
                self.assertEqual(passed, self.passes(FaninTable("analytics", "flights").complete_through(lag), recent))

    def test_check_without_a_lag_waits_for_a_run_that_registers(self) -> None:
        check = FaninTable("analytics", "flights").complete_through()
        missing = {"fanin.missing": "2"}
        for table, passed, said in (
            (parameters(), True, "analytics.flights is COMPLETE, complete through 2013-02-08T23:00, 0 outstanding"),
            (parameters("PARTIAL"), False, "0 outstanding: a run is registering partitions, or has ended before"),
            (parameters("PARTIAL", failed=1), False, "is PARTIAL, complete through 2013-02-08T23:00, 1 outstanding"),
            ({**parameters("PARTIAL"), **missing}, False, "0 outstanding, 2 missing"),
        ):
            with self.subTest(said):
                (evaluation,) = self.executed(check, table).get_asset_check_evaluations()
                self.assertEqual(passed, evaluation.passed)
                self.assertIn(said, evaluation.description or "")
                self.assertEqual("a run" in said, "a run" in (evaluation.description or ""))
                self.assertEqual(passed, self.passes(check, table))

    def test_check_of_a_partition_looks_at_all_of_it(self) -> None:
        check = FaninTable("analytics", "flights", DAYS, HOUR).complete_through(by_partition=True)
        for through, passed in (("2013-02-09T22:00", False), ("2013-02-09T23:00", True)):
            with self.subTest(through):
                outstanding = parameters("PARTIAL", through, failed=1)
                self.assertEqual(passed, self.passes(check, outstanding, partition="2013-02-09"))

    def test_check_of_a_day_needs_the_period_of_hours(self) -> None:
        check = FaninTable("analytics", "flights", DAYS).complete_through(by_partition=True)
        result = self.executed(check, parameters(through="2013-02-09T05:00"), partition="2013-02-09")
        (failure,) = (event for event in result.all_events if event.is_step_failure)
        self.assertIn("within a partition of its asset", str(failure.step_failure_data.error))
        self.assertEqual([], result.get_asset_check_evaluations())

    def test_check_of_a_backfill_in_one_run_looks_through_its_last_partition(self) -> None:
        check = FaninTable("analytics", "flights", DAYS, HOUR).complete_through(by_partition=True)
        days = {"dagster/asset_partition_range_start": "2013-02-08", "dagster/asset_partition_range_end": "2013-02-10"}
        for through, passed in (("2013-02-10T22:00", False), ("2013-02-10T23:00", True)):
            with self.subTest(through):
                self.assertEqual(passed, self.passes(check, parameters(through=through), tags=days))

    def test_check_by_partition_needs_partitions(self) -> None:
        with self.assertRaisesRegex(ValueError, "analytics.flights has no partitions_def"):
            FaninTable("analytics", "flights").complete_through(by_partition=True)

    def passes(
        self,
        check: dg.AssetChecksDefinition,
        table: dict[str, str],
        partition: str | None = None,
        tags: dict[str, str] | None = None,
        days: dg.TimeWindowPartitionsDefinition = DAYS,
    ) -> bool:
        """Whether the check passes, and the asset downstream is made, which it is only then."""
        result = self.executed(check, table, partition, tags, days)
        (evaluation,) = result.get_asset_check_evaluations()
        self.assertEqual(evaluation.passed, bool(result.asset_materializations_for_node("downstream")))
        return bool(evaluation.passed)

    def executed(
        self,
        check: dg.AssetChecksDefinition,
        table: dict[str, str],
        partition: str | None = None,
        tags: dict[str, str] | None = None,
        days: dg.TimeWindowPartitionsDefinition = DAYS,
    ) -> dg.ExecuteInProcessResult:
        """A run of a job with the check and an asset downstream."""
        partitions = days if partition or tags else None
        source = FaninTable("analytics", "flights", partitions).asset()
        policy = dg.BackfillPolicy.single_run() if tags else None

        @dg.asset(deps=[source], partitions_def=partitions, backfill_policy=policy)
        def downstream() -> None:
            """What is made of the table."""

        selection = dg.AssetSelection.assets("downstream") | dg.AssetSelection.all_asset_checks()
        defs = dg.Definitions(
            assets=[source, downstream],
            asset_checks=[check],
            jobs=[dg.define_asset_job("all", selection)],
            resources={"fanin": FaninResource()},
        )
        with patch.object(FaninResource, "client", lambda resource, service: Aws(table)):
            job = defs.resolve_job_def("all")
            return job.execute_in_process(raise_on_error=False, partition_key=partition, tags=tags)

    def test_keys_are_read_in_the_zone_of_the_table(self) -> None:
        for name, stated, given, through, days in (
            ("Berlin, table in UTC", None, None, "2013-02-08T21:00", []),
            ("Berlin, table in UTC", None, None, "2013-02-08T22:00", ["2013-02-08"]),
            ("Berlin, table states it", "Europe/Berlin", None, "2013-02-08T22:00", []),
            ("Berlin, table states it", "Europe/Berlin", None, "2013-02-08T23:00", ["2013-02-08"]),
            ("Berlin, zone given", None, "Europe/Berlin", "2013-02-08T23:00", ["2013-02-08"]),
            ("New_York, table in UTC", None, None, "2013-02-08T23:00", []),
            ("New_York, table in UTC", None, None, "2013-02-09T03:00", []),
            ("New_York, table in UTC", None, None, "2013-02-09T04:00", ["2013-02-08"]),
        ):
            zone = {"Berlin": "Europe/Berlin", "New_York": "America/New_York"}[name.partition(",")[0]]
            partitions = dg.DailyPartitionsDefinition("2013-02-08", timezone=zone)
            table = FaninTable("analytics", "flights", partitions, HOUR, zone=given)
            aws = Aws({**parameters(through=through), **({"fanin.timeZone": stated} if stated else {})})
            with self.subTest(name, through=through):
                told = self.tick(table, aws).asset_events or []
                self.assertEqual(days, [event.partition for event in told])
                check = table.complete_through(by_partition=True)
                self.assertEqual(bool(days), self.passes(check, aws.table, "2013-02-08", days=partitions))

    def test_days_of_another_zone_are_refused_before_one_of_them_is_shorter(self) -> None:
        weeks = dg.WeeklyPartitionsDefinition("2013-02-04")
        for zone, partitions, period, words in (
            ("Europe/London", DAYS, None, "are those of Europe/London, and those of its asset of UTC: .*timezone='Eur"),
            ("Europe/London", weeks, timedelta(days=1), "are those of Europe/London"),
            ("+01:00", DAYS, None, "are those of .01:00"),
            ("+00:00", DAYS, None, None),
            ("Etc/UTC", DAYS, None, None),
            ("Europe/London", DAYS, HOUR, None),
            ("Europe/Paris", dg.DailyPartitionsDefinition("2013-02-08", timezone="Europe/Berlin"), None, None),
        ):
            # Of all of these a day has just begun, in winter.
            table = {**parameters(through="2013-02-11T00:00"), "fanin.timeZone": zone}
            of_asset = FaninTable("analytics", "flights", partitions, period)
            with self.subTest(zone, period=period):
                if words is None:
                    self.assertTrue(self.tick(of_asset, Aws(table)).asset_events)
                    continue
                with self.assertRaisesRegex(FaninError, words):
                    self.tick(of_asset, Aws(table))
                if partitions is DAYS:
                    check = of_asset.complete_through(by_partition=True)
                    result = self.executed(check, table, partition="2013-02-08")
                    self.assertEqual([], result.get_asset_check_evaluations())


if __name__ == "__main__":
    unittest.main()
