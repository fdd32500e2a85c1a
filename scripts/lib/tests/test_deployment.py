"""The notes about the deployments of a stack."""

import io
import unittest
from dataclasses import replace

from botocore.exceptions import ClientError

from devtools.deployment import Deployment, DeploymentNotes

FIRST = Deployment("stack/1", "a", "templates/a.yaml", {"MaxConcurrency": "4"})
SECOND = replace(FIRST, digest="b", template="templates/b.yaml")
THIRD = replace(FIRST, digest="c", template="templates/c.yaml")


class Objects(dict):
    """A bucket in memory."""

    def put_object(self, Bucket, Key, Body):
        self[Key] = Body

    def get_object(self, Bucket, Key):
        if Key not in self:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        return {"Body": io.BytesIO(self[Key])}

    def delete_object(self, Bucket, Key):
        self.pop(Key, None)


class DeploymentNotesTest(unittest.TestCase):
    def setUp(self):
        self.objects = Objects()
        self.notes = DeploymentNotes(self.objects, lambda key: {"Bucket": "artifacts", "Key": key})

    def test_nothing_is_known_of_a_first_deployment(self):
        self.assertEqual((None, None), (self.notes.last(), self.notes.previous()))

    def test_deployment_that_is_replaced_becomes_the_previous_one(self):
        self._deploy(FIRST)
        self._deploy(SECOND)

        self.assertEqual((SECOND, FIRST), (self.notes.last(), self.notes.previous()))

    def test_interrupted_deployment_is_not_gone_back_to(self):
        self._deploy(FIRST)
        self.notes.begin()
        self._deploy(THIRD)

        self.assertEqual((THIRD, FIRST), (self.notes.last(), self.notes.previous()))

    def test_going_back_twice_leads_where_it_began(self):
        self._deploy(FIRST)
        self._deploy(SECOND)
        self._deploy(self.notes.previous())

        self.assertEqual((FIRST, SECOND), (self.notes.last(), self.notes.previous()))

    def test_note_of_another_form_counts_as_none(self):
        self.objects["deployed.json"] = b'{"stack_id": "stack/1", "digest": "a"}'

        self.assertIsNone(self.notes.last())

    def _deploy(self, deployment):
        self.notes.begin()
        self.notes.end(deployment)


if __name__ == "__main__":
    unittest.main()
