"""The input of third-party validators."""

import json
import unittest
from pathlib import Path
from unittest import mock

from devtools import validators
from devtools.errors import NotAtHandError


class RenderedTest(unittest.TestCase):
    def test_numbers_arns_and_text_stand_where_the_stack_puts_them(self):
        definition = """{"MaxConcurrency": ${MaxConcurrency}, "Resource": "${DetectorArn}",
            "Reader": "arn:${AwsPartition}:states:::s3:getObject", "Bucket": "${StateBucket}"}"""

        self.assertEqual(
            {
                "MaxConcurrency": 4,
                "Resource": "arn:aws:lambda:us-east-1:123456789012:function:Detector:live",
                "Reader": "arn:aws:states:::s3:getObject",
                "Bucket": "statebucket",
            },
            json.loads(validators.rendered(definition)),
        )

    def test_every_definition_is_json_without_placeholders(self):
        definitions = list(validators.DEFINITIONS.glob("*.asl.json"))

        self.assertTrue(definitions)
        for definition in definitions:
            text = validators.rendered(definition.read_text())
            self.assertIn("States", json.loads(text))
            self.assertNotIn("${", text)

    def test_the_lock_names_no_place_to_download_from(self):
        lock = json.loads(validators.DECLARED[1].read_text())

        for name, package in lock["packages"].items():
            self.assertNotIn("resolved", package, name)


class MissingToolTest(unittest.TestCase):
    def test_suites_without_their_tool_are_told_apart_from_failed_ones(self):
        for suite in (validators.links(), validators.workflows(Path("shellcheck"))):
            with self.subTest(suite.title), mock.patch.object(validators.shutil, "which", return_value=None):
                self.assertRaises(NotAtHandError, suite.check)


if __name__ == "__main__":
    unittest.main()
