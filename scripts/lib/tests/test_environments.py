"""The environments of samconfig.toml."""

import fnmatch
import itertools
import tempfile
import unittest
from pathlib import Path

from devtools import environments
from devtools.errors import CliError

NAMES = ("dev", "beta", "prod")
OWN = ("DataBuckets", "TargetBuckets", "SpecBuckets", "Databases")
QUOTED = """
[dev.deploy.parameters]
stack_name = "dev"
parameter_overrides = ['ScheduleExpression="rate(1 hour)"', 'EventBus=""', "DataBuckets=raw-*"]
"""


class EnvironmentsTest(unittest.TestCase):
    def test_no_two_environments_share_a_stack_a_bucket_or_a_database(self):
        for first, second in itertools.combinations(map(environments.read, NAMES), 2):
            self.assertNotEqual(first.stack, second.stack)
            for parameter in OWN:
                with self.subTest(f"{parameter} of {first.stack} and {second.stack}"):
                    for one in first.parameters[parameter].split(","):
                        for other in second.parameters[parameter].split(","):
                            self.assertFalse(fnmatch.fnmatch(one, other) or fnmatch.fnmatch(other, one))

    def test_value_in_double_quotes_is_read_without_them(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samconfig.toml"
            file.write_text(QUOTED)

            read = environments.read("dev", file).parameters

        self.assertEqual({"ScheduleExpression": "rate(1 hour)", "EventBus": "", "DataBuckets": "raw-*"}, read)

    def test_tags_are_read_in_both_forms_of_sams(self):
        for written in ("""'team=data "cost center=a b"'""", '["team=data", "cost center=a b"]'):
            with self.subTest(written):
                self.assertEqual({"team": "data", "cost center": "a b"}, self._tags(f"tags = {written}"))
        self.assertIsNone(self._tags(""), "a stack keeps its tags where none are named")
        self.assertEqual({}, self._tags("tags = []"))

    def test_what_is_no_tag_is_refused(self):
        with self.assertRaisesRegex(CliError, "(?s)'team' is not a tag of a stack.*team=data"):
            self._tags('tags = ["team"]')
        with self.assertRaisesRegex(CliError, "'team=data project=lake' is not a tag"):
            self._tags('tags = ["team=data project=lake"]')

    def _tags(self, line):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samconfig.toml"
            file.write_text(f'[dev.deploy.parameters]\nstack_name = "dev"\n{line}\n')
            return environments.read("dev", file).tags

    def test_unknown_environment_is_refused_with_those_there_are(self):
        with self.assertRaisesRegex(CliError, "(?s)no environment production.*dev, beta, prod"):
            environments.read("production")

    def test_environment_without_a_stack_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samconfig.toml"
            file.write_text("[dev.deploy.parameters]\nresolve_s3 = true\n")

            with self.assertRaisesRegex(CliError, r"no stack_name in \[dev.deploy.parameters\]"):
                environments.read("dev", file)

    def test_file_that_is_no_toml_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samconfig.toml"
            file.write_text("dev:\n")

            with self.assertRaisesRegex(CliError, "cannot be read"):
                environments.read("dev", file)


if __name__ == "__main__":
    unittest.main()
