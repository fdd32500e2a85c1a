"""The deletion of objects, tested with canned responses."""

import unittest

import boto3
from botocore.stub import Stubber

from devtools import removal
from devtools.errors import CliError

BUCKET = "lake"


class DeleteObjectsTest(unittest.TestCase):
    def setUp(self):
        keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
        self.s3 = boto3.client("s3", region_name="us-east-1", **keys)
        self.stub = Stubber(self.s3)
        self.stub.activate()

    def test_objects_of_each_page_are_deleted(self):
        self._lists(["flights/a", "flights/b"], following="flights/c")
        self._deletes(["flights/a", "flights/b"])
        self._lists(["flights/c"], since="flights/c")
        self._deletes(["flights/c"])

        removal.delete_objects(self.s3, BUCKET, "flights/")

        self.stub.assert_no_pending_responses()

    def test_nothing_is_asked_for_where_there_is_nothing(self):
        self._lists([])

        removal.delete_objects(self.s3, BUCKET, "flights/")

        self.stub.assert_no_pending_responses()

    def test_a_bucket_that_is_not_there_has_no_objects(self):
        self.stub.add_client_error("list_objects_v2", "NoSuchBucket")

        removal.delete_objects(self.s3, BUCKET, "flights/")

    def test_objects_that_are_not_deleted_are_told(self):
        self._lists(["flights/a", "flights/b", "flights/c"])
        refused = [{"Key": f"flights/{name}", "Code": "AccessDenied", "Message": "Access Denied"} for name in "bc"]
        self._deletes(["flights/a", "flights/b", "flights/c"], refused)

        told = "2 objects of s3://lake/flights/ were not deleted, the first flights/b: AccessDenied: Access Denied"
        with self.assertRaisesRegex(CliError, told):
            removal.delete_objects(self.s3, BUCKET, "flights/")

    def _lists(self, keys, following=None, since=None):
        answer = {"Contents": [{"Key": key} for key in keys]} if keys else {}
        if following:
            answer |= {"IsTruncated": True, "NextContinuationToken": following}
        asked = {"Bucket": BUCKET, "Prefix": "flights/", **({"ContinuationToken": since} if since else {})}
        self.stub.add_response("list_objects_v2", answer, asked)

    def _deletes(self, keys, errors=()):
        asked = {"Bucket": BUCKET, "Delete": {"Objects": [{"Key": key} for key in keys]}}
        self.stub.add_response("delete_objects", {"Errors": list(errors)} if errors else {}, asked)


if __name__ == "__main__":
    unittest.main()
