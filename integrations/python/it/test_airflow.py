"""The samples of Airflow, run by its scheduler and triggerer against the emulator."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from partition_fan_in import RunPartial, Status
from scenario import BROKEN, SAMPLES, Scenario
from standalone import Standalone, quoted

FASTER = {
    'period="hour"': 'period="hour", poke_interval=5, settle=6',
    'watched_table("analytics", "flights")': 'watched_table("analytics", "flights", poll_interval=1)',
    "deferrable=True, outlets": "deferrable=True, poll_interval=5, outlets",
    'schedule="@hourly"': "schedule=None",
    'schedule="@daily"': "schedule=None",
}
"""Seconds in the place of minutes, and no runs but those that the test starts.

Five: Airflow fails a task whose trigger fires before the executor has reported that it was deferred (issue 72716).
"""
REACHED = {"complete": "success", "report": "success"}
AFTER_HOUR_16, AFTER_HOUR_17 = "2013-02-08T17:00:00Z", "2013-02-08T18:00:00Z"


class AirflowTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        home = Path(folder.name)
        (home / "dags").mkdir()
        for sample in (SAMPLES / "airflow").glob("*.py"):
            text = sample.read_text()
            for slow, fast in FASTER.items():
                text = text.replace(slow, fast)
            (home / "dags" / sample.name).write_text(text)
        self.scenario = Scenario()
        variables = {"fanin_state_machine": self.scenario.state_machine}
        self.airflow = Standalone(home, os.environ["AWS_ENDPOINT_URL"], variables)
        self.addCleanup(self.airflow.stop)
        self.airflow.start()

    def test_hour_is_waited_for_refused_while_outstanding_and_reached_by_a_redrive(self) -> None:
        self.scenario.begin()
        self.airflow.until(lambda: "2013-02-08T10:00" in self.followed())
        waiting = self.airflow.trigger("flights_report", AFTER_HOUR_16)
        self.airflow.until(lambda: self.airflow.tasks("flights_report", waiting)["complete"] == "deferred")
        held = self.scenario.load_the_rest()
        self.assert_reached(waiting)
        state = self.airflow.task("flights_report", waiting, "complete", "xcomEntries/return_value")["value"]
        self.assertIn("2013-02-08T16:00", str(state))
        with self.assertRaises(RunPartial):
            held.wait(poll=0.5)

        refused = self.airflow.trigger("flights_report", AFTER_HOUR_17)
        self.assertEqual(
            {"complete": "failed", "report": "upstream_failed"}, self.airflow.ended("flights_report", refused)
        )
        log = str(self.airflow.task("flights_report", refused, "complete", "logs/1"))
        self.assertIn(f"while 1 partition is outstanding: {BROKEN}. See s3://", log)
        links = self.airflow.task("flights_report", refused, "complete", "links")["extra_links"]
        self.assertIn("report.html", links["Run (partition-fan-in)"])

        self.airflow.photograph(f"/dags/flights_report/runs/{quoted(refused)}/tasks/complete", "airflow.png")

        self.scenario.repair()
        redrive = self.airflow.trigger("flights_redrive", execution=held.execution_arn)
        states = self.airflow.ended("flights_redrive", redrive)
        self.assertEqual({"redrive": "success"}, states, self.airflow.errors("flights_redrive", redrive, "redrive"))
        self.assertEqual(Status.COMPLETE, self.scenario.state().status)
        after = self.airflow.trigger("flights_report", "2013-02-08T18:30:00Z")
        self.assert_reached(after)

        self.airflow.until(lambda: "2013-02-09T14:00" in self.followed())
        self.assertIn("2013-02-08T16:00", self.followed())
        again = self.airflow.trigger("flights_run")
        states = self.airflow.ended("flights_run", again)
        self.assertEqual({"run": "success"}, states, self.airflow.errors("flights_run", again, "run"))
        facts = self.airflow.task("flights_run", again, "run", "xcomEntries/return_value")["value"]
        self.assertIn("NOTHING_NEW", str(facts))

    def assert_reached(self, run: str) -> None:
        states = self.airflow.ended("flights_report", run)
        self.assertEqual(REACHED, states, self.airflow.errors("flights_report", run, "complete"))

    def followed(self) -> str:
        """What the runs that the table itself has started were told."""
        runs = self.airflow.get("/dags/flights_follow/dagRuns")["dag_runs"]
        done = [run["dag_run_id"] for run in runs if run["state"] == "success"]
        return str([self.airflow.task("flights_follow", run, "follow", "xcomEntries/return_value") for run in done])


if __name__ == "__main__":
    unittest.main()
