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
CASES = ROOT / "integrations" / "python" / "tests" / "complete_through.json"
SOURCE = "source.flights.analytics.flights"
PARTIAL = {
    "fanin.status": "PARTIAL",
    "fanin.failed": "1",
    "fanin.failed.sample": "dt=2013-02-08/hour=17",
    "fanin.complete_through": "2013-02-08T16:00",
    "fanin.run": "s3://state/runs/nightly-1/",
}


JUDGE = """
{% macro judge(through, period, require_verified=false) %}
  {% set flights = api.Relation.create(database='awsdatacatalog', schema='analytics', identifier='flights') %}
  {% do partition_fan_in.require_complete(flights, through, period, require_verified) %}
{% endmacro %}
"""
"""A pre-hook without its model."""


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
        (cls.project / "macros").mkdir()
        (cls.project / "macros" / "judge.sql").write_text(JUDGE)
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
        variables = () if through is None else ("--vars", f"through: {value}")
        done = runner.invoke([*words, *options, *variables])
        return Done(done.success, "\n".join([*said, str(done.exception or "")]), done.result)

    def judged(self, reached, through, period=None, require_verified=False, **parameters):
        """What `require_complete` says of a table that is complete through a time; nothing if it is content."""
        self.aws.tables["analytics", "flights"].update({"fanin.complete_through": reached, **parameters})
        arguments = {"through": through, "period": period, "require_verified": require_verified}
        done = self.dbt("run-operation", "judge", "--args", json.dumps(arguments))
        return "" if done.succeeded else done.said

    def freshness_by_us(self):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            code = main(["dbt-freshness", "--target-path", str(self.project / "target")])
        return Done(code == 0, said.getvalue())

    def test_sample_is_parsed(self):
        for done in self.ran:
            self.assertTrue(done.succeeded, done.said)

    def test_only_a_model_that_is_run_needs_to_be_told_through_when(self):
        self.aws.tables["analytics", "flights"]["fanin.complete_through"] = f"{self._ago(hours=1):%Y-%m-%dT%H:00}"
        for words in (("parse",), ("ls",), ("source", "freshness")):
            with self.subTest(words):
                done = self.dbt(*words, through=None)
                self.assertTrue(done.succeeded, done.said)

        done = self.dbt("run", through=None)

        self.assertFalse(done.succeeded)
        self.assertIn("Required var 'through' not found", done.said)

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

    def test_date_is_the_whole_day_also_as_yaml_reads_it(self):
        for reached, through, complete in (
            ("2013-02-08T16:00", date(2013, 2, 8), False),
            ("2013-02-08T22:00", "2013-02-08", False),
            ("2013-02-08T23:00", date(2013, 2, 8), True),
            ("2013-02-09T05:00", "2013-02-08", True),
        ):
            with self.subTest(reached):
                self.aws.tables["analytics", "flights"]["fanin.complete_through"] = reached
                self.aws.statements.clear()

                done = self.dbt("run", through=through)

                self.assertEqual(done.succeeded, complete, done.said[-1000:])
                whole = [one for one in self.aws.statements if "where dt = date '2013-02-08' and hour <= 23" in one]
                self.assertEqual(bool(whole), complete)

    def test_model_reads_up_to_the_period_that_is_complete(self):
        zoned = {**PARTIAL, "fanin.timeZone": "Europe/Berlin", "fanin.complete_through": "2013-02-09T10:00"}
        for table, through, rows in (
            (PARTIAL, "2013-02-08T16:00", "where dt = date '2013-02-08' and hour <= 16"),
            (PARTIAL, "2013-02-08T15:30", "where dt = date '2013-02-08' and hour <= 15"),
            (PARTIAL, datetime(2013, 2, 8, 9), "where dt = date '2013-02-08' and hour <= 9"),
            (zoned, "2013-02-08T23:00:00Z", "where dt = date '2013-02-09' and hour <= 0"),
        ):
            with self.subTest(through):
                self.aws.tables["analytics", "flights"] = dict(table)
                self.aws.statements.clear()

                done = self.dbt("run", through=through)

                self.assertTrue(done.succeeded, done.said[-1000:])
                self.assertTrue(any(rows in statement for statement in self.aws.statements), self.aws.statements)

    def test_date_needs_the_period_of_a_table_by_the_hour(self):
        within = "complete through 2013-02-08 16:00:00, which is no beginning of the period 'day'"
        self.assertIn(within, self.judged("2013-02-08T16:00", "2013-02-08", "day"))
        self.assertIn(within, self.judged("2013-02-08T16:00", "2013-02-01", "day"), "whatever day is asked for")
        self.assertIn("not complete through 2013-02-08:", self.judged("2013-02-08T16:00", "2013-02-08", "hour"))
        self.assertEqual("", self.judged("2013-02-08T23:00", "2013-02-08", "hour"))
        self.assertEqual("", self.judged("2013-02-08T16:00", "2013-02-07", "hour"))

    def test_date_is_a_period_of_a_table_by_the_day(self):
        for through in ("2013-02-08", "2013-02-07"):
            self.assertEqual("", self.judged("2013-02-08T00:00", through, "day"))
        self.assertIn("not complete through 2013-02-09:", self.judged("2013-02-08T00:00", "2013-02-09", "day"))

    def test_date_without_a_period_may_be_a_day_or_its_first_hour(self):
        for through in ("2013-02-08", "2013-02-07"):
            self.assertIn(f"{through} is a date: state the period", self.judged("2013-02-08T00:00", through))

    def test_unverified_partitions_stop_a_model_that_requires_it(self):
        reached = ("2013-02-08T16:00", "2013-02-08T16:00")
        unverified = {"fanin.unverified": "7"}
        self.assertEqual("", self.judged(*reached, **unverified))
        self.assertIn("has unverified partitions: 7", self.judged(*reached, require_verified=True, **unverified))
        self.assertEqual("", self.judged(*reached, require_verified=True, **{"fanin.unverified": "0"}))
        del self.aws.tables["analytics", "flights"]["fanin.unverified"]
        self.assertEqual("", self.judged(*reached, require_verified=True))

    def test_time_is_rounded_down_to_the_period_that_is_stated(self):
        for reached, through, period in (
            ("2013-02-08T16:00", "2013-02-08T16:59", "hour"),
            ("2013-02-08T00:00", "2013-02-08T16:00", "day"),
            ("2013-02-01T00:00", "2013-02-08", "month"),
            ("2013-01-01T00:00", "2013-02-08T16:00", "year"),
            ("2013-02-08T16:01", "2013-02-08T16:01:30", "minute"),
            ("2013-02-08T16:00", "2013-02-08T16:00", None),
        ):
            with self.subTest(period):
                self.assertEqual("", self.judged(reached, through, period))
        self.assertIn("not complete through", self.judged("2013-02-08T16:00", "2013-02-08T16:01"))
        self.assertIn(
            "no beginning of the period 'month'", self.judged("2013-02-08T00:00", "2013-02-01T00:00", "month")
        )

    def test_period_that_is_none_is_refused(self):
        done = self.dbt("run-operation", "judge", "--args", json.dumps({"through": "2013-02-08", "period": "hours"}))

        self.assertIn("'hours' is no period, expected minute, hour, day, month or year", done.said)

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

    def test_moments_are_those_of_the_other_ways_to_wait(self):
        for case in json.loads(CASES.read_text()):
            with self.subTest(case):
                stated = {"fanin.timeZone": case["zone"]}
                said = self.judged(case["reached"], case["through"], case["period"], **stated)
                if case["complete"]:
                    self.assertEqual("", said)
                else:
                    self.assertIn(f"is not complete through {case['through']}: it is", said)

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
