"""Reading a table spec from the command line, and naming an execution after it."""

import io
import json
import tempfile
import unittest
from datetime import datetime
from pathlib import Path
from unittest import mock

from fanin_cli import spec
from fanin_cli.errors import CliError
from fanin_cli.project import SAMPLES

NOW = datetime(2013, 2, 9, 15, 0, 1, 234_000)


class ReadTest(unittest.TestCase):
    def test_the_samples_are_specs(self):
        for sample in SAMPLES.glob("*.json"):
            with self.subTest(sample.name):
                self.assertEqual(sample.stem, spec.read(str(sample))["table"])

    def test_json_on_the_command_line(self):
        self.assertEqual({"table": "flights"}, spec.read(' {"table": "flights"}'))

    def test_standard_input(self):
        with mock.patch("sys.stdin", io.StringIO('{"table": "flights"}')):
            self.assertEqual({"table": "flights"}, spec.read("-"))

    def test_a_missing_file_is_named(self):
        with self.assertRaisesRegex(CliError, "no file nowhere.json"):
            spec.read("nowhere.json")

    def test_what_is_no_json_is_refused_with_the_place(self):
        with self.assertRaisesRegex(CliError, "not JSON.*line 1"):
            spec.read('{"table": }')

    def test_what_is_no_object_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.json"
            path.write_text("[1]")
            with self.assertRaisesRegex(CliError, "not a JSON object"):
                spec.read(str(path))

    def test_what_is_no_text_is_refused(self):
        flights = next((SAMPLES / "flights").rglob("*.gz"))
        with self.assertRaisesRegex(CliError, "cannot be read"):
            spec.read(str(flights))


class ExecutionNameTest(unittest.TestCase):
    def test_table_and_time(self):
        name = spec.execution_name({"database": "analytics", "table": "flights"}, NOW)

        self.assertEqual("analytics-flights-20130209T150001-234", name)

    def test_a_spec_in_s3_is_named_after_its_object(self):
        name = spec.execution_name({"spec": "s3://lake/specs/flights.json"}, NOW)

        self.assertEqual("flights-20130209T150001-234", name)

    def test_what_step_functions_does_not_take_is_replaced(self):
        self.assertEqual("a-b-c-20130209T150001-234", spec.execution_name({"database": "a b", "table": "c"}, NOW))

    def test_long_names_are_cut_before_the_time(self):
        name = spec.execution_name({"table": "t" * 200}, NOW)

        self.assertEqual(80, len(name))
        self.assertTrue(name.endswith("-20130209T150001-234"))

    def test_a_spec_without_a_name_still_has_one(self):
        for content in ({}, {"table": 7}, {"redriveOf": "x"}, json.loads('{"spec": null}')):
            with self.subTest(content):
                self.assertEqual("run-20130209T150001-234", spec.execution_name(content, NOW))


if __name__ == "__main__":
    unittest.main()
