"""Starting, redriving and following executions, against answers that are written down here."""

import json
import unittest
from datetime import datetime, timezone

import boto3
from botocore.stub import Stubber

from fanin_cli import history
from fanin_cli.errors import CliError
from fanin_cli.executions import Executions, MapProgress

MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:partition-fan-in"
EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:flights-1"
THEN = datetime(2013, 2, 9, tzinfo=timezone.utc)


class ExecutionsTest(unittest.TestCase):
    def setUp(self):
        client = boto3.client(
            "stepfunctions", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        self.stub = Stubber(client)
        self.stub.activate()
        self.addCleanup(self.stub.deactivate)
        self.executions = Executions(client, MACHINE, poll_seconds=0)

    def test_an_execution_is_named_by_its_name_or_its_arn(self):
        self.assertEqual(EXECUTION, self.executions.arn("flights-1"))
        self.assertEqual(EXECUTION, self.executions.arn(EXECUTION))

    def test_redrive_waits_until_the_redrive_can_be_seen(self):
        self._describes(redriveCount=0)
        self._redrives()
        self._describes(redriveCount=1)

        self.assertTrue(self.executions.redrive(EXECUTION))
        self.stub.assert_no_pending_responses()

    def test_redrive_says_where_the_endpoint_has_none(self):
        for code, status in (("InternalFailure", 501), ("UnknownOperationException", 404), ("NotImplemented", 501)):
            with self.subTest(code):
                self._describes()
                self.stub.add_client_error("redrive_execution", code, http_status_code=status)

                self.assertFalse(self.executions.redrive(EXECUTION))

    def test_a_refused_redrive_is_an_error_with_its_reason(self):
        self._describes()
        self.stub.add_client_error("redrive_execution", "ExecutionNotRedrivable", "it has SUCCEEDED", 400)

        with self.assertRaisesRegex(CliError, "it has SUCCEEDED"):
            self.executions.redrive(EXECUTION)

    def test_an_unknown_execution_is_named(self):
        self.stub.add_client_error("describe_execution", "ExecutionDoesNotExist", http_status_code=400)

        with self.assertRaisesRegex(CliError, "there is no execution .*:flights-1"):
            self.executions.redrive(EXECUTION)

    def test_the_map_shows_how_many_batches_of_the_manifest_are_done(self):
        self._describes()
        self._tells(
            _exited(1, {"next": "PROCESS", "partitions": 24, "batches": 24}),
            _entered(2, "Fan out over partitions", "Map"),
        )
        self.stub.add_response("list_map_runs", {"mapRuns": [_map_run()]}, {"executionArn": EXECUTION})
        self.stub.add_response("describe_map_run", _map_counts(succeeded=5, failed=1, running=4, total=10))

        self.assertEqual(MapProgress(6, 24), self.executions.moment(EXECUTION).items)

    def test_an_endpoint_without_map_runs_only_lacks_the_count(self):
        self._describes()
        self._tells(_entered(1, "Fan out over partitions", "Map"))
        self.stub.add_client_error("list_map_runs", "InternalFailure", http_status_code=501)

        moment = self.executions.moment(EXECUTION)

        self.assertIsNone(moment.items)
        self.assertFalse(moment.is_over)

    def _describes(self, **more):
        answer = {"executionArn": EXECUTION, "stateMachineArn": MACHINE, "startDate": THEN, "status": "RUNNING", **more}
        self.stub.add_response("describe_execution", answer, {"executionArn": EXECUTION})

    def _redrives(self):
        self.stub.add_response("redrive_execution", {"redriveDate": THEN}, {"executionArn": EXECUTION})

    def _tells(self, *events):
        self.stub.add_response("get_execution_history", {"events": list(events)})


class HistoryTest(unittest.TestCase):
    def test_states_and_outputs_are_read_in_the_order_of_the_events(self):
        told = history.read(
            [
                _exited(4, {"report": "s3://state/runs/1/report.json", "status": "PARTIAL"}),
                _entered(1, "Detect new partitions", "Task"),
                _exited(2, {"next": "PROCESS", "batches": 2, "skipped": 3}),
                _entered(3, "Create table", "Task"),
            ]
        )

        self.assertEqual(["Detect new partitions", "Create table"], [step.name for step in told.steps])
        self.assertEqual(2, told.detection["batches"])
        self.assertEqual("PARTIAL", told.result["status"])

    def test_what_was_skipped_is_kept_through_the_gate(self):
        told = history.read(
            [_exited(1, {"next": "PROCESS", "skipped": 3}), _exited(2, {"next": "PROCESS", "batches": 1})]
        )

        self.assertEqual({"next": "PROCESS", "batches": 1, "skipped": 3}, told.detection)

    def test_outputs_that_are_no_objects_are_passed_over(self):
        event = {**_exited(1, {}), "stateExitedEventDetails": {"name": "x", "output": "[1]"}}

        self.assertIsNone(history.read([event]).result)


def _entered(number, name, kind):
    return {"id": number, "timestamp": THEN, "type": f"{kind}StateEntered", "stateEnteredEventDetails": {"name": name}}


def _exited(number, output):
    details = {"name": "x", "output": json.dumps(output)}
    return {"id": number, "timestamp": THEN, "type": "TaskStateExited", "stateExitedEventDetails": details}


def _map_run():
    arn = MACHINE.replace("stateMachine", "mapRun")
    return {"executionArn": EXECUTION, "mapRunArn": arn, "stateMachineArn": MACHINE, "startDate": THEN}


def _map_counts(**given):
    kinds = ("pending", "running", "succeeded", "failed", "timedOut", "aborted", "total", "resultsWritten")
    counts = {kind: given.get(kind, 0) for kind in kinds}
    return {
        "mapRunArn": _map_run()["mapRunArn"],
        "executionArn": EXECUTION,
        "status": "RUNNING",
        "startDate": THEN,
        "maxConcurrency": 4,
        "toleratedFailurePercentage": 0.0,
        "toleratedFailureCount": 0,
        "itemCounts": counts,
        "executionCounts": counts,
    }


if __name__ == "__main__":
    unittest.main()
