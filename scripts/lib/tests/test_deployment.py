"""The notes about the deployments of a stack."""

import io
import unittest
from dataclasses import replace

from botocore.exceptions import ClientError

from devtools.deployment import Deployment, DeploymentNotes, RollbackNotes

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
        self.notes = DeploymentNotes(self.objects, _place)
        self.rollback = RollbackNotes(self.objects, _place)

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
        self._go_back()

        self.assertEqual((FIRST, SECOND), (self.notes.last(), self.notes.previous()))

        self._go_back()

        self.assertEqual((SECOND, FIRST), (self.notes.last(), self.notes.previous()))

    def test_interrupted_rollback_goes_back_to_the_same_one_when_it_is_repeated(self):
        self._deploy(FIRST)
        self._deploy(SECOND)
        for _ in range(2):
            self.rollback.begin()

            self.assertEqual((None, FIRST), (self.notes.last(), self.notes.previous()))

        self.rollback.end(FIRST)

        self.assertEqual((FIRST, SECOND), (self.notes.last(), self.notes.previous()))

    def test_what_an_interrupted_rollback_has_left_is_not_gone_back_to(self):
        self._deploy(FIRST)
        self._deploy(SECOND)
        self.rollback.begin()
        self._deploy(THIRD)

        self.assertEqual((THIRD, FIRST), (self.notes.last(), self.notes.previous()))

    def test_rollback_after_an_interrupted_deployment_leads_to_the_one_before_it(self):
        self._deploy(FIRST)
        self._deploy(SECOND)
        self.notes.begin()

        self.assertEqual(SECOND, self.rollback.replaced())

        self.notes.end(SECOND)

        self.assertEqual((SECOND, FIRST), (self.notes.last(), self.notes.previous()))

    def test_rollback_after_a_deployment_that_failed_leads_to_the_one_before_the_last(self):
        self._deploy(FIRST)
        self._deploy(SECOND)
        self.notes.begin()
        self._go_back()

        self.assertEqual((FIRST, SECOND), (self.notes.last(), self.notes.previous()))

    def test_commit_of_a_stack_is_that_of_what_went_through(self):
        for begin in (self.notes.begin, self.rollback.begin):
            for status, changed, commit in (
                ("UPDATE_COMPLETE", "then", "a"),
                ("UPDATE_ROLLBACK_COMPLETE", "later", "a"),
                ("UPDATE_COMPLETE", "later", "b"),
            ):
                with self.subTest(begin=begin, status=status, changed=changed):
                    self.notes.end(replace(FIRST, changed="then", commit="a"))
                    begin("b")

                    self.assertEqual(commit, self.notes.commit_of(_stack(status, changed)))

    def test_commit_of_the_last_attempt_replaces_those_of_the_others(self):
        self.notes.end(replace(FIRST, changed="then", commit="a"))
        for commit in ("b", "c"):
            self.notes.begin(commit)

        self.assertEqual("c", self.notes.commit_of(_stack("UPDATE_COMPLETE", "later")))
        self.assertEqual("a", self.notes.commit_of(_stack("UPDATE_ROLLBACK_COMPLETE", "later")))

    def test_commit_of_a_deployment_that_ended_stays_when_somebody_else_changes_the_stack(self):
        self.notes.end(replace(FIRST, changed="then", commit="a"))

        self.assertEqual("a", self.notes.commit_of(_stack("UPDATE_COMPLETE", "later")))

    def test_commit_of_another_stack_is_not_known(self):
        self.assertIsNone(self.notes.commit_of(_stack("UPDATE_COMPLETE", "then")))

        self.notes.end(replace(FIRST, stack_id="stack/0", commit="a"))

        self.assertIsNone(self.notes.commit_of(_stack("UPDATE_COMPLETE", "then")))

    def test_what_an_attempt_was_built_from_is_forgotten_when_it_ends(self):
        self.notes.end(FIRST)
        self.notes.begin("b")
        self.assertEqual(FIRST, self.notes.replaced())
        self.notes.end(SECOND)
        self.rollback.begin("a")
        self.rollback.end(FIRST)

        self.assertEqual((FIRST, SECOND), (self.notes.last(), self.notes.previous()))
        self.assertNotIn(b"successor", b"".join(self.objects.values()))

    def test_note_of_another_form_counts_as_none(self):
        self.objects["deployed.json"] = b'{"stack_id": "stack/1", "digest": "a"}'

        self.assertIsNone(self.notes.last())

    def _deploy(self, deployment):
        self.notes.begin()
        self.notes.end(deployment)

    def _go_back(self):
        previous = self.rollback.previous()
        self.rollback.begin()
        self.rollback.end(previous)


def _stack(status, changed):
    return {"StackId": FIRST.stack_id, "StackStatus": status, "LastUpdatedTime": changed}


def _place(key):
    return {"Bucket": "artifacts", "Key": key}


if __name__ == "__main__":
    unittest.main()
