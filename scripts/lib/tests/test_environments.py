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
        read = self._written(QUOTED.encode()).parameters

        self.assertEqual({"ScheduleExpression": "rate(1 hour)", "EventBus": "", "DataBuckets": "raw-*"}, read)

    def test_parameters_are_read_in_both_forms_of_sams(self):
        for written in (r'"A=1 B=\"rate(1 hour)\" C=\"\" D=x=y"', """["A=1", 'B="rate(1 hour)"', 'C=""', "D=x=y"]"""):
            with self.subTest(written):
                read = self._read(f"parameter_overrides = {written}").parameters
                self.assertEqual({"A": "1", "B": "rate(1 hour)", "C": "", "D": "x=y"}, read)

    def test_what_is_no_parameter_is_refused(self):
        for written, why in (
            ('["DataBuckets"]', "'DataBuckets' is not of the form KEY=VALUE"),
            ('"DataBuckets raw"', "'DataBuckets' is not of the form KEY=VALUE"),
            ('["A=1 B=2"]', "the value of A has spaces and no double quotes"),
            ("""'A="1'""", "No closing quotation"),
            ("[1]", r"\[1\] is neither a text nor a list of texts"),
        ):
            with (
                self.subTest(written),
                self.assertRaisesRegex(CliError, f"(?s)samconfig.toml.* dev: {why}.*hint: write"),
            ):
                self._read(f"parameter_overrides = {written}")

    def test_what_sam_calls_global_is_for_all_its_commands(self):
        read = self._read('[dev.global.parameters]\ntags = ["team=data"]\nstack_name = "other"')

        self.assertEqual(("dev", {"team": "data"}), (read.stack, read.tags))

    def test_sections_of_another_form_are_refused(self):
        for content in ('[dev]\ndeploy = "x"', '[dev.deploy]\nparameters = "x"'):
            with self.subTest(content), self.assertRaisesRegex(CliError, "deploy.parameters is no table"):
                self._written(content.encode())

    def test_file_in_another_encoding_is_refused(self):
        with self.assertRaisesRegex(CliError, "(?s)cannot be read.*UTF-8"):
            self._written("# für".encode("latin-1"))

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
        return self._read(line).tags

    def _read(self, line):
        return self._written(f'[dev.deploy.parameters]\nstack_name = "dev"\n{line}\n'.encode())

    def _written(self, content):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "samconfig.toml"
            file.write_bytes(content)
            return environments.read("dev", file)

    def test_where_sam_would_deploy_has_to_be_where_the_caller_does(self):
        read = self._read('region = "eu-west-1"\nprofile = "prod"')

        read.check_place("eu-west-1", "prod")
        for region, profile, hint in (
            (None, "prod", "set AWS_REGION=eu-west-1"),
            ("eu-west-1", "dev", "set AWS_PROFILE=prod"),
            ("eu-west-1", None, "unset the variables with credentials"),
        ):
            with self.subTest(hint), self.assertRaisesRegex(CliError, f"(?s)stack dev.*hint: {hint}"):
                read.check_place(region, profile)
        self._read("").check_place(None, None)

    def test_what_only_sam_uses_is_refused_on_aws(self):
        read = self._read('role_arn = "arn:aws:iam::123456789012:role/deploy"')

        with self.assertRaisesRegex(CliError, "role_arn arn:aws:iam::123456789012:role/deploy, which only sam deploy"):
            read.check_place("eu-west-1", "prod")

    def test_unknown_environment_is_refused_with_those_there_are(self):
        with self.assertRaisesRegex(CliError, "(?s)no environment production.*dev, beta, prod"):
            environments.read("production")

    def test_environment_without_a_stack_is_refused(self):
        with self.assertRaisesRegex(CliError, r"no stack_name in \[dev.deploy.parameters\]"):
            self._written(b"[dev.deploy.parameters]\nresolve_s3 = true\n")

    def test_file_that_is_no_toml_is_refused(self):
        with self.assertRaisesRegex(CliError, "cannot be read"):
            self._written(b"dev:\n")


if __name__ == "__main__":
    unittest.main()
