import unittest

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.cloudformation_retention import retain


class Resource:
    def __init__(self, deletion_policy=None):
        self.deletion_policy = deletion_policy


class CloudFormationRetentionTest(unittest.TestCase):
    def test_what_is_retained_except_on_creation_is_retained(self):
        retain(Resource, "Retain")
        retain(Resource, "another, since it is there twice")

        policies = ["RetainExceptOnCreate", "Retain", "Delete", None]
        self.assertEqual(
            ["Retain", "Retain", "Delete", None], [Resource(deletion_policy=one).deletion_policy for one in policies]
        )


if __name__ == "__main__":
    unittest.main()
