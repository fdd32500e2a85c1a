"""How the operators of Airflow end, without an emulator."""

from __future__ import annotations

import asyncio
import contextlib
import unittest
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from airflow.providers.common.compat.sdk import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
    TaskDeferred,
)
from botocore.exceptions import ClientError, ReadTimeoutError

from fake_airflow import ARN, PASSING, AirflowCase, States, TaskInstance
from partition_fan_in.airflow import FaninRedriveOperator, table_asset
from partition_fan_in.airflow.connection import AwsConnection
from partition_fan_in.airflow.operators import name_of_try
from partition_fan_in.airflow.triggers import ExecutionTrigger

FLIGHTS = table_asset("analytics", "flights")
PARTIAL_ERROR = "io.fanin.tablecreator.TablePartialException"


class Redriven(States):
    """Refuses another redrive."""

    def redrive_execution(self, **request: Any) -> Any:
        raise ClientError({"Error": {"Code": "ExecutionNotRedrivable"}}, "RedriveExecution")


class Taken(States):
    """Has an execution of any name, which has ended."""

    def start_execution(self, **request: Any) -> Any:
        raise ClientError({"Error": {"Code": "ExecutionAlreadyExists"}}, "StartExecution")


class Machine(States):
    """Knows its executions by name; the answers of as many starts as are lost do not come."""

    def __init__(self, lost: int = 0, ends: str | None = None) -> None:
        """`ends` is the output of what is started, if it ends at once."""
        super().__init__()
        self.lost = lost
        self.ends = {"status": "SUCCEEDED", "output": ends} if ends else {}
        self.executions: dict[str, dict[str, Any]] = {}
        self.described_names: list[str] = []

    def start_execution(self, **request: Any) -> Any:
        if request["name"] in self.executions:
            raise ClientError({"Error": {"Code": "ExecutionAlreadyExists"}}, "StartExecution")
        self.executions[request["name"]] = {
            "executionArn": f"arn:{request['name']}",
            "status": "RUNNING",
            "input": request["input"],
            "startDate": datetime.now(timezone.utc),
            **self.ends,
        }
        if self.lost:
            self.lost -= 1
            raise ReadTimeoutError(endpoint_url="https://aws")
        return self.executions[request["name"]]

    def describe_execution(self, **request: Any) -> Any:
        name = request["executionArn"].rpartition(":")[2]
        self.described_names.append(name)
        if name not in self.executions:
            raise ClientError({"Error": {"Code": "ExecutionDoesNotExist"}}, "DescribeExecution")
        return self.executions[name]


class OperatorsTest(AirflowCase):
    def assert_ends(self, kind: type[Exception], run: Callable[[], Any], words: str) -> None:
        with self.assertRaises(kind) as ended:
            run()
        self.assertIs(kind, type(ended.exception))
        self.assertIn(words, str(ended.exception))

    def test_partial_run_fails_skips_or_succeeds(self) -> None:
        self.client(States(status="FAILED", error=PARTIAL_ERROR, cause='{"errorMessage": "1 of 24 failed"}'))
        failing = self.operator(poll_interval=0.001)
        self.assert_ends(AirflowException, lambda: failing.execute(self.context), "1 of 24 failed")
        skipping = self.operator(on_partial="skip", poll_interval=0.001)
        self.assert_ends(AirflowSkipException, lambda: skipping.execute(self.context), "1 of 24 failed")
        succeeding = self.operator(on_partial="succeed", poll_interval=0.001).execute(self.context)
        self.assertEqual({"outcome": "HELD", "execution": ARN}, succeeding)
        self.assertEqual(ARN, self.instance.pushed["execution"])

    def test_word_that_is_no_choice_is_no_operator(self) -> None:
        for on_partial in ("failed", "Fail", None):
            with self.subTest(on_partial), self.assertRaisesRegex(ValueError, "expected fail, skip or succeed"):
                self.operator(on_partial=on_partial)

    def test_run_that_finds_nothing_new_succeeds_or_is_skipped(self) -> None:
        event = SimpleNamespace(extra={})
        self.context["outlet_events"] = {FLIGHTS: event}
        self.client(States(status="SUCCEEDED", output='{"next": "NOTHING_NEW", "table": "a.b"}'))
        skipping = self.operator(on_nothing_new="skip", poll_interval=0.001, outlets=[FLIGHTS])
        self.assert_ends(AirflowSkipException, lambda: skipping.execute(self.context), f"{ARN} has found nothing new")
        self.assert_ends(
            AirflowSkipException, lambda: skipping.resume(self.context, {"execution_arn": ARN}), "nothing new"
        )
        self.assertEqual({}, event.extra)
        self.operator(poll_interval=0.001, outlets=[FLIGHTS]).execute(self.context)
        self.assertEqual("NOTHING_NEW", event.extra["outcome"])
        with self.assertRaisesRegex(ValueError, "on_nothing_new is 'fail', expected succeed or skip"):
            self.operator(on_nothing_new="fail")

    def test_dry_run_announces_no_asset(self) -> None:
        spec = {"spec": "s3://b/s.json", "dryRun": True}
        with self.assertRaisesRegex(ValueError, "the spec of run is a dry run"):
            self.operator(spec=spec, outlets=[FLIGHTS])
        rendered = self.operator(spec="{{ params.spec }}", outlets=[FLIGHTS])
        rendered.spec = spec
        machine = Machine()
        self.client(machine)
        with self.assertRaisesRegex(ValueError, "the spec of run is a dry run"):
            rendered.execute(self.context)
        self.assertEqual({}, machine.executions)
        self.client(States(status="SUCCEEDED", output='{"next": "PLANNED", "table": "a.b"}'))
        self.assertEqual("PLANNED", self.operator(spec=spec, poll_interval=0.001).execute(self.context)["outcome"])

    def test_dry_run_that_only_its_outcome_shows_announces_no_asset(self) -> None:
        event = SimpleNamespace(extra={})
        self.context["outlet_events"] = {FLIGHTS: event}
        self.client(States(status="SUCCEEDED", output='{"next": "PLANNED", "table": "a.b"}'))
        ended = {"execution_arn": ARN}
        for spec in ({"spec": "s3://b/s.json", "dryRun": "{{ params.dry }}"}, "s3://b/s.json"):
            with self.subTest(spec):
                run = self.operator(spec=spec, poll_interval=0.001, outlets=[FLIGHTS])
                self.assert_ends(AirflowFailException, lambda run=run: run.execute(self.context), f"{ARN} is a dry run")
                self.assert_ends(AirflowFailException, lambda run=run: run.resume(self.context, ended), "is a dry run")
        self.assertEqual({}, event.extra)

    def test_template_of_a_dry_run_is_a_dag_and_is_judged_when_it_is_rendered(self) -> None:
        for rendered, starts in ((True, 0), (False, 1)):
            machine = Machine()
            self.client(machine)
            run = self.operator(
                spec={"spec": "s3://b/s.json", "dryRun": "{{ params.dry }}"}, outlets=[FLIGHTS], wait=False
            )
            run.spec = {**run.spec, "dryRun": rendered}
            with self.subTest(rendered):
                with self.assertRaisesRegex(ValueError, "is a dry run") if rendered else contextlib.nullcontext():
                    run.execute(self.context)
                self.assertEqual(starts, len(machine.executions))

    def test_durations_may_be_seconds_or_of_datetime(self) -> None:
        self.client(States(status="RUNNING"))
        for poll, timeout in ((30, 600), (timedelta(seconds=30), timedelta(minutes=10))):
            operator = self.operator(poll_interval=poll, run_timeout=timeout, deferrable=True)
            with self.subTest(poll), self.assertRaises(TaskDeferred) as deferred:
                operator.execute(self.context)
            self.assertEqual(30.0, deferred.exception.trigger.poll_interval)
            self.assertEqual(timedelta(minutes=10), deferred.exception.timeout)

    def test_run_that_failed_otherwise_fails_in_any_case(self) -> None:
        self.client(States(status="TIMED_OUT"))
        run = self.operator(on_partial="succeed", poll_interval=0.001)
        self.assert_ends(AirflowException, lambda: run.execute(self.context), "TIMED_OUT")

    def test_failed_table_of_a_run_of_all_fails_the_task_in_any_case(self) -> None:
        error = "io.fanin.tablecreator.summary.TablesFailedException"
        self.client(States(status="FAILED", error=error, cause='{"errorMessage": "raw.a (failed, SpecException)"}'))
        for on_partial in ("fail", "skip", "succeed"):
            with self.subTest(on_partial):
                run = self.operator(on_partial=on_partial, poll_interval=0.001)
                self.assert_ends(AirflowException, lambda run=run: run.execute(self.context), "raw.a (failed")

    def test_run_of_all_tables_that_passes_one_over_fails_the_task(self) -> None:
        for field in ('"leftOutByMistake": 1', '"totals": {"BUSY": 1}'):
            output = f'{{"status": "COMPLETE", {field}, "report": "s3://state/all-tables/night/report.json"}}'
            self.client(States(status="SUCCEEDED", output=output))
            run = self.operator(on_partial="succeed", poll_interval=0.001)
            with self.subTest(field):
                self.assert_ends(
                    AirflowException, lambda run=run: run.execute(self.context), "all-tables/night/report.json"
                )

    def test_busy_table_fails_the_task(self) -> None:
        self.client(States(status="SUCCEEDED", output='{"next": "BUSY", "table": "a.b", "holder": "other"}'))
        run = self.operator(on_partial="succeed", poll_interval=0.001)
        self.assert_ends(AirflowException, lambda: run.execute(self.context), "other is working on table a.b")

    def test_name_of_an_earlier_try_is_refused_with_what_helps(self) -> None:
        self.client(Taken(status="SUCCEEDED"))
        again = self.operator(name="nightly")
        self.assert_ends(
            AirflowException, lambda: again.execute(self.context), "called nightly already, which has ended"
        )

    def test_name_is_made_of_the_task_instance_and_its_try(self) -> None:
        name = name_of_try(self.instance, 1)
        self.assertRegex(name, "^flights-run-scheduled__2013_02_09T00_00_00_00_00-1-1-[0-9a-f]{16}$")
        self.assertEqual(name, name_of_try(self.instance, 1))
        names = {name, name_of_try(self.instance, 2)}
        for field in ("dag_id", "task_id", "run_id"):
            with patch.object(self.instance, field, "ä" * 200, create=True):
                names.add(name_of_try(self.instance, 1))
        with patch.object(self.instance, "map_index", -1, create=True):
            names.add(name_of_try(self.instance, 1))
        self.assertEqual(6, len(names))
        for one in names:
            self.assertRegex(one, "^[A-Za-z0-9_-]{1,80}$")

    def test_start_without_an_answer_is_followed_by_the_next_try(self) -> None:
        machine = Machine(lost=1)
        self.client(machine)
        run = self.operator(deferrable=True)
        with patch.object(run.log, "info") as told, self.assertRaises(ReadTimeoutError):
            run.execute(self.context)
        (name,) = machine.executions
        self.assertIn(name, str(told.call_args_list), "the log has the name of what may run")
        for self.instance.try_number in (2, 3):
            with self.assertRaises(TaskDeferred) as deferred:
                self.operator(deferrable=True).execute(self.context)
            self.assertEqual(f"arn:{name}", deferred.exception.trigger.execution_arn)
        self.assertEqual([name], list(machine.executions))

    def test_try_starts_its_own_execution_where_the_earlier_one_has_ended_or_had_another_input(self) -> None:
        for changed in ({"status": "FAILED"}, {"input": '{"spec": "s3://b/other.json"}'}):
            machine = Machine()
            self.client(machine)
            self.instance.try_number = 1
            self.operator(wait=False).execute(self.context)
            (first,) = machine.executions.values()
            first.update(changed)
            self.instance.try_number = 2
            with self.subTest(changed):
                again = self.operator(wait=False).execute(self.context)
                self.assertEqual(f"arn:{name_of_try(self.instance, 2)}", again["execution"])

    def test_what_an_earlier_try_has_registered_is_told_by_the_next(self) -> None:
        for status, earlier, outcome in (
            ("SUCCEEDED", '{"status": "COMPLETE"}', "COMPLETE"),
            ("SUCCEEDED", '{"next": "NOTHING_NEW"}', None),
            ("FAILED", None, None),
        ):
            with self.subTest(status, earlier=earlier):
                self.instance = TaskInstance()
                self.context["ti"] = self.instance
                machine = Machine(ends='{"next": "NOTHING_NEW", "table": "a.b"}')
                self.client(machine)
                run = self.operator(on_nothing_new="skip", poll_interval=0.001)
                machine.start_execution(name=name_of_try(self.instance, 1), input='{"spec": "s3://b/s.json"}')
                machine.executions[name_of_try(self.instance, 1)].update(status=status, output=earlier)
                self.instance.try_number = 2
                if outcome:
                    self.assertEqual(outcome, run.execute(self.context)["outcome"])
                else:
                    self.assert_ends(AirflowSkipException, lambda one=run: one.execute(self.context), "nothing new")
                self.assertEqual(2, len(machine.executions))

    def test_argument_that_cannot_be_used_is_refused_by_its_name(self) -> None:
        for poll in (0, -5, timedelta(0)):
            with self.subTest(poll), self.assertRaisesRegex(ValueError, "poll_interval is .*, expected more than 0"):
                self.operator(poll_interval=poll)
        self.client(States())
        redrive = FaninRedriveOperator(task_id="redrive", execution_arn="")
        self.assert_ends(AirflowFailException, lambda: redrive.execute(self.context), "execution_arn of redrive is")

    def test_selection_without_a_table_fails_the_task(self) -> None:
        self.client(States(status="SUCCEEDED", output='{"next": "NOTHING"}'))
        run = self.operator(spec={"tables": ["analytics.fligths"]}, poll_interval=0.001)
        self.assert_ends(AirflowFailException, lambda: run.execute(self.context), "none that is enabled matches")
        events = self.operator(spec={"only": "events"}, poll_interval=0.001)
        self.assertEqual("NOTHING_NEW", events.execute(self.context)["outcome"])

    def test_first_try_starts_an_execution_though_another_airflow_had_one_of_its_name(self) -> None:
        machine = Machine()
        self.client(machine)
        self.operator(wait=False).execute(self.context)
        (earlier,) = machine.executions.values()
        earlier.update(status="SUCCEEDED", startDate=datetime(2013, 2, 9, tzinfo=timezone.utc))
        again = self.operator(wait=False).execute(self.context)
        self.assertEqual(2, len(machine.executions))
        self.assertRegex(again["execution"], "^arn:flights-run-[A-Za-z0-9_-]{1,70}$")

    def test_first_try_describes_no_earlier_one(self) -> None:
        machine = Machine()
        self.client(machine)
        self.operator(wait=False).execute(self.context)
        self.assertEqual([], machine.described_names)

    def test_run_that_was_redriven_before_the_task_goes_on_is_waited_for_again(self) -> None:
        self.client(States(status="RUNNING", redriveCount=1))
        for on_partial in ("fail", "skip", "succeed"):
            with self.subTest(on_partial):
                with self.assertRaises(TaskDeferred) as deferred:
                    event = {"execution_arn": ARN, "status": "FAILED"}
                    self.operator(on_partial=on_partial, poll_interval=7).resume(self.context, event)
                trigger = deferred.exception.trigger
                self.assertEqual((ARN, 7), (trigger.execution_arn, trigger.poll_interval))
                self.assertEqual("resume", deferred.exception.method_name)

    def test_errors_that_pass_fail_no_task_whose_run_has_ended(self) -> None:
        event = {"execution_arn": ARN, "status": "SUCCEEDED"}
        made = self.client(States(status="SUCCEEDED", output='{"status": "COMPLETE"}', errors=PASSING))
        self.assertEqual("COMPLETE", self.operator(poll_interval=0.001).resume(self.context, event)["outcome"])
        self.assertEqual(len(PASSING) + 1, len(made), "each time with a new client")
        self.client(States(errors=[ClientError({"Error": {"Code": "AccessDeniedException"}}, "DescribeExecution")]))
        with self.assertRaisesRegex(ClientError, "AccessDenied"):
            self.operator(poll_interval=0.001).resume(self.context, event)

    def test_run_that_is_complete_when_it_is_redriven_again_is_not_waited_for(self) -> None:
        self.client(Redriven(status="SUCCEEDED", output='{"status": "COMPLETE"}', redriveCount=1))
        again = FaninRedriveOperator(task_id="redrive", execution_arn=ARN, deferrable=True)
        self.assertEqual("COMPLETE", again.execute(self.context)["outcome"])

    def test_run_that_ended_otherwise_when_it_was_redriven_ends_the_task_as_it_did(self) -> None:
        def again(**arguments: Any) -> FaninRedriveOperator:
            return FaninRedriveOperator(task_id="redrive", execution_arn=ARN, deferrable=True, **arguments)

        self.client(Redriven(status="SUCCEEDED", output='{"next": "NOTHING_NEW"}', redriveCount=1))
        self.assertEqual("NOTHING_NEW", again().execute(self.context)["outcome"])
        self.client(Redriven(status="SUCCEEDED", output='{"status": "PARTIAL", "table": "a.b"}', redriveCount=1))
        self.assertEqual("PARTIAL", again(on_partial="succeed").execute(self.context)["outcome"])
        for kind, on_partial in ((AirflowException, "fail"), (AirflowSkipException, "skip")):
            with self.subTest(on_partial):
                task = again(on_partial=on_partial)
                self.assert_ends(kind, lambda task=task: task.execute(self.context), "has left a.b partial")

    def test_errors_that_pass_end_no_wait_for_a_run(self) -> None:
        connection = AwsConnection().fields()
        self.client(States(status="SUCCEEDED", errors=PASSING))
        trigger = ExecutionTrigger(execution_arn=ARN, poll_interval=0.001, connection=connection)
        (event,) = asyncio.run(fired(trigger))
        self.assertEqual({"execution_arn": ARN, "status": "SUCCEEDED"}, event.payload)
        self.client(States(errors=[ClientError({"Error": {"Code": "AccessDeniedException"}}, "DescribeExecution")]))
        trigger = ExecutionTrigger(execution_arn=ARN, poll_interval=0.001, connection=connection)
        (event,) = asyncio.run(fired(trigger))
        with self.assertRaisesRegex(
            AirflowException, f"^{ARN} cannot be asked, and goes on: ClientError: .*AccessDenied"
        ):
            self.operator(poll_interval=0.001).resume(self.context, event.payload)


async def fired(trigger: ExecutionTrigger) -> list[Any]:
    return [event async for event in trigger.run()]


if __name__ == "__main__":
    unittest.main()
