import types
import unittest

from support import PLUGINS  # noqa: F401  (makes the plug-ins importable)

from fanin_localstack.cloudformation_outputs import give_outputs

OLD = [{"OutputKey": "Bucket", "OutputValue": "old"}]
NEW = [{"OutputKey": "Bucket", "OutputValue": "new"}]


def outputs(status, failure_message=None):
    """The outputs of a stack that stands at ``status`` once its change set has been executed."""

    class Executor:
        def __init__(self, stack):
            self._change_set = types.SimpleNamespace(stack=stack)

        def execute(self):
            return types.SimpleNamespace(outputs=NEW, failure_message=failure_message)

    give_outputs(Executor)
    give_outputs(Executor)
    stack = types.SimpleNamespace(status=status, resolved_outputs=OLD)
    Executor(stack).execute()
    return stack.resolved_outputs


class CloudFormationOutputsTest(unittest.TestCase):
    def test_a_deployed_stack_has_its_outputs_before_its_status_is_set(self):
        self.assertEqual(NEW, outputs("CREATE_IN_PROGRESS"))
        self.assertEqual(NEW, outputs("UPDATE_IN_PROGRESS"))

    def test_a_stack_that_failed_or_is_deleted_keeps_its_outputs(self):
        self.assertEqual(OLD, outputs("UPDATE_IN_PROGRESS", "no such bucket"))
        self.assertEqual(OLD, outputs("DELETE_IN_PROGRESS"))


if __name__ == "__main__":
    unittest.main()
