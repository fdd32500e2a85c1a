"""What is deployed lies in a bucket of one's own and is what its name says."""

import base64
import hashlib
import io
import re
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from botocore.exceptions import ClientError

from devtools.deployment import Deployment, DeploymentNotes
from devtools.errors import CliError
from devtools.packaging import Artifacts, digest

ACCOUNT = "123456789012"
TEMPLATE = """Parameters: {}
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: function.zip
      Environment:
        Variables:
          BUILD: Function
"""


class FakeS3:
    """Buckets with their owners; refuses a request that says nothing of the owner, or names another."""

    def __init__(self, owners):
        self.owners = owners
        self.objects = {}

    def head_bucket(self, Bucket, ExpectedBucketOwner):
        self._require_owner(Bucket, ExpectedBucketOwner)

    def create_bucket(self, Bucket, **_):
        self.owners[Bucket] = ACCOUNT

    def head_object(self, Bucket, Key, ExpectedBucketOwner, ChecksumMode):
        self._require_owner(Bucket, ExpectedBucketOwner)
        return {"ChecksumSHA256": _checksum(self._object(Key))}

    def put_object(self, Bucket, Key, ExpectedBucketOwner, Body, ChecksumSHA256=None):
        self._require_owner(Bucket, ExpectedBucketOwner)
        if ChecksumSHA256 not in (None, _checksum(Body)):
            raise _error("BadDigest")
        self.objects[Key] = Body

    def get_object(self, Bucket, Key, ExpectedBucketOwner):
        self._require_owner(Bucket, ExpectedBucketOwner)
        return {"Body": io.BytesIO(self._object(Key))}

    def delete_object(self, Bucket, Key, ExpectedBucketOwner):
        self._require_owner(Bucket, ExpectedBucketOwner)
        self.objects.pop(Key, None)

    def _object(self, key):
        if key not in self.objects:
            raise _error("404")
        return self.objects[key]

    def _require_owner(self, bucket, expected):
        if bucket not in self.owners:
            raise _error("404")
        if self.owners[bucket] != expected:
            raise _error("403")


class ArtifactsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.template = Path(folder.name) / "template.yaml"
        self.template.write_text(TEMPLATE)
        (self.template.parent / "function.zip").write_bytes(b"code")
        self.s3 = FakeS3({})
        self.artifacts = self._artifacts("partition-fan-in-dev")

    def _artifacts(self, stack):
        sts = mock.Mock(get_caller_identity=lambda: {"Account": ACCOUNT})
        endpoint = mock.Mock(client=lambda service: {"s3": self.s3, "sts": sts}[service])
        endpoint.session.region_name = "us-east-1"
        return Artifacts(endpoint, stack)

    def test_a_bucket_of_another_account_is_refused(self):
        self.s3.owners[self.artifacts.bucket] = "999999999999"

        with self.assertRaisesRegex(CliError, f"cannot be used.*\n.*belongs to the account {ACCOUNT}"):
            self.artifacts.make_bucket()
        with self.assertRaises(ClientError):
            self.artifacts.package(self.template)
        self.assertEqual({}, self.s3.objects)

    def test_what_the_template_names_lies_beside_it_in_the_stacks_folder(self):
        self.artifacts.make_bucket()

        key = self.artifacts.package(self.template)

        code = f"partition-fan-in-dev/code/{hashlib.sha256(b'code').hexdigest()}.zip"
        self.assertEqual({key, code}, set(self.s3.objects))
        self.assertTrue(key.startswith("partition-fan-in-dev/templates/"))
        self.assertIn(f"CodeUri: s3://{self.artifacts.bucket}/{code}".encode(), self.s3.objects[key])

    def test_a_function_gets_a_new_version_whenever_lambda_would_be_asked_to_publish_one(self):
        self.artifacts.make_bucket()

        first = self._build(TEMPLATE)

        self.assertRegex(first, "^[0-9a-f]{16}$")
        self.assertEqual(first, self._build(TEMPLATE + "  Queue:\n    Type: AWS::SQS::Queue\n"))
        self.assertNotEqual(first, self._build(TEMPLATE + "      Tags: {team: data}\n"))
        self.assertNotEqual(first, self._build("Globals: {Function: {Timeout: 30}}\n" + TEMPLATE))
        (self.template.parent / "function.zip").write_bytes(b"other code")
        self.assertNotEqual(first, self._build(TEMPLATE))

    def test_a_deployment_is_another_one_with_other_tags_with_none_and_without_any_named(self):
        tags = (None, {}, {"team": "data"}, {"team": "lake"})

        self.assertEqual(len(tags), len({digest(self.template, {}, given) for given in tags}))
        self.assertEqual(digest(self.template, {}), digest(self.template, {}, None))

    def _build(self, template):
        self.template.write_text(template)
        key = self.artifacts.package(self.template)
        return re.search(rb"BUILD: (\w+)", self.s3.objects[key])[1].decode()

    def test_environments_share_nothing(self):
        self.artifacts.make_bucket()
        self.artifacts.package(self.template)
        before = set(self.s3.objects)

        self._artifacts("partition-fan-in-prod").package(self.template)

        self.assertTrue(all(key.startswith("partition-fan-in-prod/") for key in set(self.s3.objects) - before))
        self.assertEqual(4, len(self.s3.objects))

    def test_what_somebody_has_put_in_its_place_is_refused(self):
        self.artifacts.make_bucket()
        key = f"partition-fan-in-dev/code/{hashlib.sha256(b'code').hexdigest()}.zip"
        self.s3.objects[key] = b"another code"

        with self.assertRaisesRegex(CliError, "is not what its name says"):
            self.artifacts.package(self.template)

    def test_what_is_there_is_not_sent_again(self):
        self.artifacts.make_bucket()
        key = self.artifacts.package(self.template)

        with mock.patch.object(self.s3, "put_object", side_effect=AssertionError("sent again")):
            self.assertEqual(key, self.artifacts.package(self.template))

    def test_notes_lie_in_the_stacks_folder(self):
        self.artifacts.make_bucket()
        notes = DeploymentNotes(self.s3, self.artifacts.place)
        deployment = Deployment("id", "digest", "key", {})

        notes.end(deployment)

        self.assertEqual(deployment, notes.last())
        self.assertEqual({"partition-fan-in-dev/deployed.json"}, set(self.s3.objects))
        notes.begin()
        self.assertIsNone(notes.last())
        self.assertEqual(deployment, notes.replaced())


def _checksum(content):
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _error(code):
    return ClientError({"Error": {"Code": code, "Message": code}}, "operation")


if __name__ == "__main__":
    unittest.main()
