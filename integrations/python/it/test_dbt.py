"""The sample project with dbt-core and dbt-athena: parsed, its sources' freshness, and a model that waits."""

import contextlib
import io
import json
import os
import shutil
import tempfile
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
from dbt.cli.main import dbtRunner

from fake_athena import FakeAws
from partition_fan_in.__main__ import main

ROOT = Path(__file__).resolve().parents[3]
SOURCE = "source.flights.analytics.flights"
PARTIAL = {
    "fanin.status": "PARTIAL",
    "fanin.failed": "1",
    "fanin.failed.sample": "dt=2013-02-08/hour=17",
    "fanin.complete_through": "2013-02-08T16:00",
    "fanin.run": "s3://state/runs/nightly-1/",
}


class Done(NamedTuple):
    succeeded: bool
    said: str
    answer: object = None


class WithDbtTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = FakeAws()
        cls.addClassCleanup(cls.aws.close)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        for copied in ("samples/dbt", "integrations/dbt"):
            shutil.copytree(ROOT / copied, Path(folder.name) / copied)
        cls.project = Path(folder.name) / "samples" / "dbt"
        cls.aws.tables["analytics", "flights"] = PARTIAL
        variables = {
            "AWS_ENDPOINT_URL": cls.aws.url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_QUIET": "true",
        }
        cls.enterClassContext(mock.patch.dict(os.environ, variables))
        cls.ran = cls.dbt("deps"), cls.dbt("parse")

    def setUp(self):
        self.aws.tables["analytics", "flights"] = dict(PARTIAL)
        self.aws.statements.clear()
        (self.project / "target" / "sources.json").unlink(missing_ok=True)

    @classmethod
    def dbt(cls, *words, through="2013-02-08T17:00"):
        """Runs a command of dbt in this process; what it says."""
        said = []
        runner = dbtRunner(callbacks=[lambda event: said.append(event.info.msg)])
        options = ["--project-dir", str(cls.project), "--profiles-dir", str(cls.project)]
        value = f"'{through}'" if isinstance(through, str) else through
        done = runner.invoke([*words, *options, "--vars", f"through: {value}"])
        return Done(done.success, "\n".join([*said, str(done.exception or "")]), done.result)

    def freshness_by_us(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            code = main(["dbt-freshness", "--target-path", str(self.project / "target")])
        return Done(code == 0, said.getvalue())

    def test_sample_is_parsed(self):
        for done in self.ran:
            self.assertTrue(done.succeeded, done.said)

    def test_dbt_takes_the_freshness_from_complete_through(self):
        hours = self._ago(hours=3)
        self.aws.tables["analytics", "flights"]["fanin.complete_through"] = f"{hours:%Y-%m-%dT%H:00}"

        done = self.dbt("source", "freshness")

        self.assertTrue(done.succeeded, done.said)
        entry = self._entry()
        self.assertEqual(entry["status"], "warn")
        self.assertEqual(entry["max_loaded_at"][:16], f"{hours:%Y-%m-%dT%H:00}")
        self.assertEqual(len(self.aws.statements), 1)

    def test_dbt_fails_for_a_source_that_is_too_old(self):
        self.assertFalse(self.dbt("source", "freshness").succeeded)
        self.assertEqual(self._entry()["status"], "error")

    def test_the_command_writes_what_dbt_writes(self):
        by_dbt = self._written(lambda: self.dbt("source", "freshness"))

        by_us = self._written(self.freshness_by_us)

        self.assertEqual(len(self.aws.statements), 1, "the command sends no query")
        FreshnessExecutionResultArtifact.validate(by_us)
        self.assertEqual(by_us.keys(), by_dbt.keys())
        self.assertEqual(by_us["metadata"].keys(), by_dbt["metadata"].keys())
        self.assertEqual(by_us["metadata"]["dbt_schema_version"], by_dbt["metadata"]["dbt_schema_version"])
        one, other = by_us["results"][0], by_dbt["results"][0]
        self.assertEqual(one.keys(), other.keys())
        for field in ("unique_id", "max_loaded_at", "status", "criteria"):
            self.assertEqual(one[field], other[field], field)

    def test_dbt_selects_models_whose_source_became_fresher(self):
        target = self.project / "target"
        self.freshness_by_us()
        with tempfile.TemporaryDirectory() as before:
            for name in ("manifest.json", "sources.json"):
                shutil.copy(target / name, before)
            selection = ("ls", "--select", "source_status:fresher+", "--resource-type", "model", "--state", before)
            self.freshness_by_us()
            self.assertEqual(self.dbt(*selection).answer, [])

            self.aws.tables["analytics", "flights"]["fanin.complete_through"] = "2013-02-08T17:00"
            self.freshness_by_us()

            self.assertEqual(self.dbt(*selection).answer, ["flights.departures"])

    def test_unreadable_table_is_a_runtime_error_of_its_source(self):
        del self.aws.tables["analytics", "flights"]

        written = self._written(self.freshness_by_us)

        FreshnessExecutionResultArtifact.validate(written)
        self.assertEqual(written["results"][0]["status"], "runtime error")
        self.assertIn("no table analytics.flights", written["results"][0]["error"])

    def test_model_over_a_partial_period_is_stopped(self):
        done = self.dbt("run")

        self.assertFalse(done.succeeded, done.said)
        self.assertIn("is not complete through 2013-02-08T17:00: it is PARTIAL", done.said)
        self.assertIn("1 outstanding: dt=2013-02-08/hour=17. See s3://state/runs/nightly-1/report.html", done.said)
        self.assertFalse(any("create or replace view" in statement for statement in self.aws.statements))

    def test_model_over_a_complete_period_is_made(self):
        done = self.dbt("run", through="2013-02-08T16:00")

        self.assertTrue(done.succeeded, done.said)
        self.assertTrue(any("create or replace view" in statement for statement in self.aws.statements))

    def test_date_that_yaml_reads_as_one_is_a_period(self):
        done = self.dbt("run", through=date(2013, 2, 8))

        self.assertTrue(done.succeeded, done.said[-1000:])
        self.assertTrue(any("where dt = date '2013-02-08'" in statement for statement in self.aws.statements))

    def test_time_with_an_offset_is_one_in_the_zone_of_the_table(self):
        for zone, through, complete in (
            ("UTC", "2013-02-08T16:00:00+00:00", True),
            ("Europe/Berlin", "2013-02-08T16:00:00+00:00", False),
            ("+05:30", "2013-02-08T10:30:00Z", True),
            ("-03:30", "2013-02-08T20:30:00+00:00", False),
        ):
            with self.subTest(zone):
                stated = {} if zone == "UTC" else {"fanin.timeZone": zone}
                self.aws.tables["analytics", "flights"] = {**PARTIAL, **stated}

                done = self.dbt("run", through=through)

                self.assertEqual(done.succeeded, complete, done.said[-1000:])
                self.assertEqual(f"is not complete through {through}: it is" in done.said, not complete)

    def test_text_that_is_no_time_reaches_no_query(self):
        self.aws.tables["analytics", "flights"]["fanin.complete_through"] = "2013' or '1'='1"

        self.assertFalse(self.dbt("source", "freshness").succeeded)
        self.assertEqual(self.aws.statements, [])

    def _written(self, write):
        write()
        file = self.project / "target" / "sources.json"
        self.assertTrue(file.is_file())
        return json.loads(file.read_text())

    def _entry(self):
        written = json.loads((self.project / "target" / "sources.json").read_text())
        return next(entry for entry in written["results"] if entry["unique_id"] == SOURCE)

    @staticmethod
    def _ago(**duration):
        return datetime.now(timezone.utc) - timedelta(**duration)


if __name__ == "__main__":
    unittest.main()
