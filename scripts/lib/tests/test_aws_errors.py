"""What is said of calls that did not succeed."""

import unittest

from botocore import exceptions
from botocore.parsers import ResponseParserError

from devtools import aws_errors


class ToldTest(unittest.TestCase):
    def test_what_can_be_done_is_said_of_each(self):
        for error, hint in (
            (exceptions.ProfileNotFound(profile="none"), "aws configure list-profiles"),
            (exceptions.NoRegionError(), "AWS_REGION"),
            (exceptions.UnauthorizedSSOTokenError(), "aws sso login"),
            (exceptions.NoCredentialsError(), "aws configure"),
            (exceptions.EndpointConnectionError(endpoint_url="https://glue.mars-1.amazonaws.com"), "such a region"),
            (_refused("ExpiredToken"), "have expired"),
            (_refused("InvalidClientTokenId"), "get-caller-identity"),
            (_refused("AccessDenied"), "github-oidc.yaml"),
        ):
            with self.subTest(repr(error)):
                told = aws_errors.told(error)

                self.assertEqual(str(error), told.message)
                self.assertIn(hint, told.hint)

    def test_other_refusals_stand_as_they_are(self):
        told = aws_errors.told(_refused("ValidationError"))

        self.assertIn("ValidationError", told.message)
        self.assertIsNone(told.hint)

    def test_something_else_at_the_endpoint_is_named_in_one_line(self):
        told = aws_errors.told(
            ResponseParserError("Unable to parse response (mismatched tag: line 6, 7), invalid XML:\nb'<html>'")
        )

        self.assertEqual(
            "what answers is neither AWS nor an emulator of it: Unable to parse response (mismatched tag: line 6, 7)",
            told.message,
        )
        self.assertIn("AWS_ENDPOINT_URL", told.hint)


def _refused(code):
    return exceptions.ClientError({"Error": {"Code": code, "Message": "no"}}, "CreateChangeSet")


if __name__ == "__main__":
    unittest.main()
