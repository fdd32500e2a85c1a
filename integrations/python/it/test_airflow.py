"""The samples of Airflow, run by ``airflow dags test`` against the emulator."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from partition_fan_in import RunPartial, Status
from scenario import BROKEN, SAMPLES, Scenario

POLLS = 'period="hour", poke_interval=1, settle=3'
"""In the place of minutes between polls."""
SECONDS = 120


class AirflowTest(unittest.TestCase):
    """One story: each step goes on from what the one before has left."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.home = home = Path(folder.name)
        dags = home / "dags"
        dags.mkdir()
        for sample in (SAMPLES / "airflow").glob("*.py"):
            (dags / sample.name).write_text(sample.read_text().replace('period="hour"', POLLS))
        cls.scenario = Scenario()
        cls.environment = {
            **os.environ,
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
            "AIRFLOW_VAR_FANIN_STATE_MACHINE": cls.scenario.state_machine,
            "AIRFLOW_CONN_AWS_DEFAULT": json.dumps(
                {
                    "conn_type": "aws",
                    "login": "test",
                    "password": "test",
                    "extra": {"region_name": "us-east-1", "endpoint_url": os.environ["AWS_ENDPOINT_URL"]},
                }
            ),
        }
        cls.airflow("db", "migrate")
        cls.scenario.begin()

    def test_hour_is_waited_for_refused_while_outstanding_and_reached_by_a_redrive(self) -> None:
        waiting = self.start("dags", "test", "flights_report", "2013-02-08T16:00:00+00:00")
        printed = self.read_until(waiting, "running trigger in line")
        held = self.scenario.load_the_rest()
        printed += waiting.communicate(timeout=SECONDS)[0]
        reached = self.tasks("flights_report", "2013-02-08T16")
        self.assertEqual({"complete": "success", "report": "success"}, reached, printed)
        self.assertIn("analytics.flights is complete through 2013-02-08T16:00", printed)
        with self.assertRaises(RunPartial):
            held.wait(poll=0.5)

        refused = self.airflow("dags", "test", "flights_report", "2013-02-08T17:00:00+00:00")
        outstanding = self.tasks("flights_report", "2013-02-08T17")
        self.assertEqual({"complete": "failed", "report": "upstream_failed"}, outstanding, refused)
        self.assertIn(f"while 1 partition is outstanding: {BROKEN}. See s3://", refused)

        self.scenario.repair()
        conf = json.dumps({"execution": held.execution_arn})
        redriven = self.airflow("dags", "test", "flights_redrive", "--conf", conf)
        self.assertEqual({"redrive": "success"}, self.tasks("flights_redrive", ""), redriven)
        self.assertEqual(Status.COMPLETE, self.scenario.state().status)

        after = self.airflow("dags", "test", "flights_report", "2013-02-08T17:00:00+00:00")
        reached = self.tasks("flights_report", "2013-02-08T17")
        self.assertEqual({"complete": "success", "report": "success"}, reached, after)

    @classmethod
    def start(cls, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [Path(sys.executable).with_name("airflow"), *words],
            env=cls.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @classmethod
    def airflow(cls, *words: str) -> str:
        """What a command prints, whatever its exit code."""
        return cls.start(*words).communicate(timeout=SECONDS)[0]

    def read_until(self, process: subprocess.Popen[str], words: str) -> str:
        """What a process prints up to the line with these words."""
        printed = ""
        for line in process.stdout or ():
            printed += line
            if words in line:
                return printed
        raise AssertionError(f"it has ended without '{words}':\n{printed}")

    def tasks(self, dag: str, logical_date: str) -> dict[str, str]:
        """The states of the tasks of the DAG's run at a logical date, given by its beginning."""
        statement = (
            "select t.task_id, t.state from task_instance t join dag_run r using (dag_id, run_id)"
            " where dag_id = ? and r.logical_date like ?"
        )
        with sqlite3.connect(self.home / "airflow.db") as database:
            return dict(database.execute(statement, (dag, f"{logical_date.replace('T', ' ')}%")).fetchall())


if __name__ == "__main__":
    unittest.main()
