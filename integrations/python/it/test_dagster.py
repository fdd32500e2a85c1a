"""The sample of Dagster, run by the API of its instances against the emulator."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import dagster as dg

from partition_fan_in import RunPartial, redrive
from scenario import BROKEN, SAMPLES, Scenario
from webserver import Webserver

sys.path.insert(0, str(SAMPLES / "dagster"))
from flights import defs, flights

SENSOR = "analytics_flights_complete_through"
HOURS_TO_16 = [f"2013-02-08-{hour}:00" for hour in range(10, 17)]


class DagsterTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.instance = dg.DagsterInstance.local_temp(folder.name)
        self.addCleanup(self.instance.dispose)
        self.scenario = Scenario()
        self.cursor: str | None = None

    def test_partitions_follow_the_table_and_stop_while_one_is_outstanding(self) -> None:
        self.scenario.clear()
        self.assertIn("TableNotFound", self.tick().skip_message)
        self.scenario.begin()
        self.assertEqual(HOURS_TO_16[:1], self.partitions(self.tick()))

        held = self.scenario.load_the_rest()
        with self.assertRaises(RunPartial):
            held.wait(poll=0.5)
        up_to_it = self.tick()
        self.assertEqual(HOURS_TO_16[1:], self.partitions(up_to_it))
        self.assertEqual([], self.partitions(self.tick()))
        self.assertEqual(set(HOURS_TO_16), self.instance.get_materialized_partitions(flights.asset_key))
        self.assertEqual(HOURS_TO_16[1:], [request.partition_key for request in up_to_it.run_requests])
        self.assert_told("PARTIAL", outstanding=1)
        self.assertFalse(self.check().passed)
        self.look()

        self.scenario.repair()
        redrive(self.scenario.client("stepfunctions"), held.execution_arn, wait=True, poll=0.5)
        after = self.tick()
        self.assertEqual("2013-02-08-17:00", self.partitions(after)[0])
        self.assertEqual("2013-02-09-14:00", self.partitions(after)[-1])
        self.assert_told("COMPLETE", outstanding=0)
        self.assertTrue(self.check().passed)
        self.report("2013-02-08-17:00")

    def tick(self) -> Any:
        """What Dagster's daemon does with a sensor, but for the launch of runs."""
        repository = defs.get_repository_def()
        with dg.build_sensor_context(
            instance=self.instance,
            cursor=self.cursor,
            repository_def=repository,
            sensor_name=SENSOR,
            resources=repository.get_top_level_resources(),
        ) as context:
            result = repository.get_sensor_def(SENSOR).evaluate_tick(context)
        self.cursor = result.cursor
        for event in result.asset_events:
            self.instance.report_runless_asset_event(event)
        return result

    def partitions(self, result: Any) -> list[str]:
        return [event.partition for event in result.asset_events]

    def assert_told(self, status: str, outstanding: int) -> None:
        metadata = self.instance.get_latest_materialization_event(flights.asset_key).asset_materialization.metadata
        self.assertEqual(status, metadata["fanin/status"].value)
        self.assertEqual(outstanding, metadata["fanin/outstanding"].value)
        self.assertIn("report.html", metadata["fanin/run"].url)
        self.assertGreater(metadata["fanin/requests"].value, 0)
        if outstanding:
            self.assertEqual([BROKEN], metadata["fanin/outstanding_sample"].data)

    def check(self) -> dg.AssetCheckEvaluation:
        checks = dg.define_asset_job("checks", dg.AssetSelection.checks_for_assets(flights.asset_key))
        job = dg.Definitions.merge(defs, dg.Definitions(jobs=[checks])).resolve_job_def("checks")
        (evaluation,) = job.execute_in_process(
            instance=self.instance, raise_on_error=False
        ).get_asset_check_evaluations()
        return evaluation

    def look(self) -> None:
        """What the UI shows of the asset, whose partitions end with the sample's data."""
        sample = self.home / "flights.py"
        first = '"2013-02-08-10:00"'
        text = (SAMPLES / "dagster" / "flights.py").read_text()
        sample.write_text(text.replace(first, f'{first}, end_date="2013-02-09-10:00"'))
        with Webserver(self.home, sample) as webserver:
            (asset,) = webserver.ask(
                '{assetNodes(assetKeys: [{path: ["analytics", "flights"]}])'
                " {partitionStats {numMaterialized numPartitions}"
                "  assetChecksOrError {... on AssetChecks {checks"
                "   {name executionForLatestMaterialization {status}}}}}}"
            )["assetNodes"]
            self.assertEqual({"numMaterialized": len(HOURS_TO_16), "numPartitions": 24}, asset["partitionStats"])
            (check,) = asset["assetChecksOrError"]["checks"]
            self.assertEqual("FAILED", check["executionForLatestMaterialization"]["status"])
            webserver.ask("mutation {setNuxSeen}")  # no dialog for newcomers in front of the page
            webserver.photograph("/assets/analytics/flights?view=checks", "dagster.png")

    def report(self, partition: str) -> None:
        """What is downstream of the table."""
        done = defs.resolve_job_def("report").execute_in_process(instance=self.instance, partition_key=partition)
        self.assertTrue(done.success)


if __name__ == "__main__":
    unittest.main()
