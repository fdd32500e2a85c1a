"""The freshness of sources by `fanin.complete_through`; it/test_dbt.py holds what is written to dbt itself."""

import contextlib
import io
import json
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from botocore.exceptions import ProfileNotFound

from fakes import FakeGlue, client_error
from partition_fan_in import TableState, __main__, dbt
from partition_fan_in.facts import FACTS
from test_state import PARTIAL

UTC = timezone.utc
NOW = datetime(2013, 2, 8, 20, tzinfo=UTC)
FRESHNESS = {"warn_after": {"count": 2, "period": "hour"}, "error_after": {"count": 1, "period": "day"}, "filter": None}


def node(name="flights", freshness=FRESHNESS):
    return {
        "unique_id": f"source.project.raw.{name}",
        "source_name": "raw",
        "name": name,
        "schema": "analytics",
        "identifier": name,
        "freshness": freshness,
    }


def manifest(*nodes):
    return {"metadata": {"dbt_version": "1.11.16"}, "sources": {one["unique_id"]: one for one in nodes}}


class FreshnessTest(unittest.TestCase):
    def check(self, parameters=PARTIAL, now=NOW, zone=UTC, **freshness):
        [source] = dbt.Source.all(manifest(node(freshness={**FRESHNESS, **freshness})))
        glue = FakeGlue(flights=parameters)
        return dbt.check(source, lambda *table: TableState.read(glue, *table, zone=zone), lambda: now)

    def test_age_is_that_of_the_newest_complete_period(self):
        found = self.check()

        self.assertEqual(found.entry["max_loaded_at"], "2013-02-08T16:00:00+00:00")
        self.assertEqual(found.entry["max_loaded_at_time_ago_in_s"], 4 * 3600)
        self.assertEqual(found.line, "complete through 2013-02-08T16:00, 1 outstanding: dt=2013-02-08/hour=17")

    def test_every_fact_of_the_table_is_handed_on(self):
        told = self.check(parameters={**PARTIAL, "fanin.unverified": "7"}).entry["adapter_response"]

        self.assertEqual({f"fanin_{name}" for name, _ in FACTS.values()}, set(told))
        self.assertEqual(told["fanin_unverified"], 7)
        self.assertEqual(json.loads(json.dumps(told)), told)

    def test_status_is_judged_by_both_thresholds(self):
        for hours, status in ((2, "pass"), (3, "warn"), (24, "warn"), (25, "error")):
            with self.subTest(hours):
                now = datetime(2013, 2, 8, 16, tzinfo=UTC) + timedelta(hours=hours)
                self.assertEqual(self.check(now=now).status, status)

    def test_a_threshold_may_be_absent(self):
        for absent in (None, {"count": None, "period": None}):
            with self.subTest(absent):
                self.assertEqual(self.check(error_after=absent, now=NOW + timedelta(days=9)).status, "warn")
                self.assertEqual(self.check(warn_after=absent).status, "pass")

    def test_table_of_another_catalog_is_not_taken_for_that_of_the_account(self):
        for catalog, status in (("AwsDataCatalog", "warn"), (None, "warn"), ("partner", "runtime error")):
            [source] = dbt.Source.all(manifest({**node(), "database": catalog}))
            read = FakeGlue(flights=PARTIAL)
            found = dbt.check(source, lambda *table, read=read: TableState.read(read, *table), lambda: NOW)
            with self.subTest(catalog):
                self.assertEqual(found.status, status)
                self.assertEqual(len(read.requests), 0 if catalog == "partner" else 1)

    def test_threshold_of_nothing_is_one(self):
        self.assertEqual(self.check(error_after=None, warn_after={"count": 0, "period": "hour"}).status, "warn")

    def test_keys_may_be_in_another_zone(self):
        self.assertEqual(self.check(zone=ZoneInfo("Europe/Berlin")).entry["max_loaded_at"], "2013-02-08T15:00:00+00:00")

    def test_table_of_which_no_period_is_complete_is_a_runtime_error(self):
        found = self.check(parameters={"fanin.status": "PARTIAL", "fanin.failed": "2"})

        self.assertEqual(found.status, "runtime error")
        self.assertIn("no period is known to be complete; 2 partitions are outstanding", found.entry["error"])

    def test_error_of_aws_is_a_runtime_error_of_one_source(self):
        def refused(*_):
            raise client_error("AccessDeniedException")

        [source] = dbt.Source.all(manifest(node()))

        self.assertIn("AccessDeniedException", dbt.check(source, refused, lambda: NOW).entry["error"])

    def test_sources_without_a_freshness_are_left_out(self):
        empty = {"warn_after": {"count": None, "period": None}, "error_after": None, "filter": None}

        self.assertEqual(dbt.Source.all(manifest(node(freshness=None), node("other", freshness=empty))), [])


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.target = Path(folder.name)
        self.glue = FakeGlue(flights=PARTIAL)

    def run_command(self, *options, connect=None):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
            code = __main__.dbt_freshness(
                ["--target-path", str(self.target), *options], connect or (lambda _: self.glue)
            )
        return code, said.getvalue()

    def test_selected_sources_are_written(self):
        (self.target / "manifest.json").write_text(json.dumps(manifest(node(), node("weather"))))

        code, _ = self.run_command("--select", "source:raw.flights")

        written = json.loads((self.target / "sources.json").read_text())
        self.assertEqual([entry["unique_id"] for entry in written["results"]], ["source.project.raw.flights"])
        self.assertEqual(written["metadata"]["dbt_schema_version"], dbt.SCHEMA)
        self.assertEqual(code, 1, "the sample is of 2013")
        self.assertEqual(len(self.glue.requests), 1)

    def test_source_s_name_selects_all_of_its_tables(self):
        (self.target / "manifest.json").write_text(json.dumps(manifest(node(), node("weather"))))

        self.run_command("--select", "raw", "--output", str(self.target / "other.json"))

        written = json.loads((self.target / "other.json").read_text())
        self.assertEqual([entry["status"] for entry in written["results"]], ["error", "runtime error"])

    def test_selection_that_no_source_has_is_named(self):
        (self.target / "manifest.json").write_text(json.dumps(manifest(node(), node("weather", freshness=None))))
        where = f"error: {self.target / 'manifest.json'} has no source with a freshness"
        for selected, unmatched in (
            (("raw.flights", "raw.fligths"), "raw.fligths"),
            (("raw.flights", "raw.weather", "source:other"), "raw.weather, source:other"),
            (("raw.flights raw.weather",), "raw.flights raw.weather"),
        ):
            with self.subTest(selected):
                code, said = self.run_command(*(word for one in selected for word in ("--select", one)))

                self.assertEqual((code, said), (2, f"{where} that --select {unmatched} selects\n"))
        self.assertEqual((self.glue.requests, list(self.target.glob("sources.json"))), ([], []))

    def test_manifest_without_a_freshness_is_said(self):
        (self.target / "manifest.json").write_text(json.dumps(manifest(node(freshness=None))))

        code, said = self.run_command()

        self.assertEqual((code, said[-32:]), (2, " has no source with a freshness\n"))

    def test_what_boto_lacks_is_said(self):
        def unknown(_):
            raise ProfileNotFound(profile="other")

        (self.target / "manifest.json").write_text(json.dumps(manifest(node())))

        self.assertEqual(
            self.run_command(connect=unknown), (2, "error: The config profile (other) could not be found\n")
        )

    def test_unknown_zone_is_refused(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as said:
            __main__.dbt_freshness(["--zone", "Europe/Nowhere"])

        self.assertIn("there is no time zone 'Europe/Nowhere'", said.getvalue())

    def test_what_is_missing_is_said(self):
        self.assertEqual(
            self.run_command(), (2, f"error: there is no {self.target / 'manifest.json'}: run dbt parse first\n")
        )
        (self.target / "manifest.json").write_text(json.dumps(manifest(node())))
        self.assertEqual(self.run_command("--select", "other")[0], 2)

    def test_manifest_that_cannot_be_read_is_no_stale_source(self):
        lacking = json.dumps({"sources": {"source.project.raw.flights": {"freshness": {}, "name": "flights"}}})
        for text in ("", "[]", "{}", lacking.replace("{}", '{"warn_after": null}')):
            with self.subTest(text):
                (self.target / "manifest.json").write_text(text)

                code, said = self.run_command()

                self.assertEqual((code, said[:16]), (2, "error: cannot re"), said)

    def test_file_that_cannot_be_written_is_no_stale_source(self):
        (self.target / "manifest.json").write_text(json.dumps(manifest(node())))

        code, said = self.run_command("--output", str(self.target / "none" / "sources.json"))

        self.assertEqual(code, 2)
        self.assertIn("No such file or directory", said)


if __name__ == "__main__":
    unittest.main()
