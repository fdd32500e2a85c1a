"""Errors cross processes as they are: schedulers run tasks in other processes, and send back what was raised."""

import pickle
import unittest
from datetime import datetime

from fakes import FakeStepFunctions
from partition_fan_in import (
    ConnectionNotReadable,
    FaninError,
    NotManaged,
    PeriodOutstanding,
    Run,
    RunExists,
    RunFailed,
    RunPartial,
    TableBusy,
    TableNotFound,
    Throttled,
    UnknownContract,
    WaitTimeout,
    WrongZone,
)
from test_state import state

RUN = Run("arn:aws:states:eu-west-1:123456789012:execution:fan-in:nightly", "FAILED", sfn=FakeStepFunctions())
ERRORS = (
    FaninError("why"),
    NotManaged("analytics.flights"),
    PeriodOutstanding(state(), datetime(2013, 2, 8, 17)),
    RunExists("nightly"),
    RunFailed(RUN, "why"),
    RunPartial(RUN, "why"),
    TableBusy(RUN, "why"),
    TableNotFound("analytics.flights"),
    Throttled("glue:GetTable", 5),
    ConnectionNotReadable("aws_default", RuntimeError("no")),
    UnknownContract("where", "found", "expected"),
    WaitTimeout("why", state=state(), run=RUN),
    WrongZone("analytics.flights", "Europe/Berlin", "UTC"),
)


class PickleTest(unittest.TestCase):
    def test_errors_are_the_same_in_another_process(self):
        for error in ERRORS:
            with self.subTest(type(error).__name__):
                other = pickle.loads(pickle.dumps(error))

                self.assertIs(type(other), type(error))
                self.assertEqual(str(other), str(error))
                self.assertEqual(vars(other), vars(error))

    def test_run_leaves_its_client_behind(self):
        with self.assertRaisesRegex(FaninError, "without a client"):
            pickle.loads(pickle.dumps(RUN)).refreshed()

    def test_all_errors_are_tried(self):
        def below(kind):
            return {kind}.union(*(below(one) for one in kind.__subclasses__()))

        raised = {kind for kind in below(FaninError) if not kind.__subclasses__()}

        self.assertLessEqual(raised, {type(error) for error in ERRORS})


if __name__ == "__main__":
    unittest.main()
