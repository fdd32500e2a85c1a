"""What the triggers of a wait decide, without an emulator."""

from __future__ import annotations

import asyncio
import unittest
from typing import Any
from unittest.mock import patch

from airflow.providers.common.compat.sdk import AirflowException
from botocore.exceptions import ClientError

from fake_airflow import ARN, States
from partition_fan_in.airflow import TableAdvancedTrigger, triggers
from partition_fan_in.airflow.connection import AwsConnection, SharedClients
from partition_fan_in.airflow.triggers import ExecutionTrigger, TableCompleteTrigger
from test_airflow_waiting import HOUR_16, NOON, Glue, Refusing, Retried, WaitingCase, events, parameters


class Running(States):
    """An execution that ends only after it has been described so often."""

    def __init__(self, polls: int) -> None:
        super().__init__(status="RUNNING")
        self.polls = polls

    def describe_execution(self, **request: Any) -> Any:
        self.polls -= 1
        return {**self.described, "status": "RUNNING" if self.polls > 0 else "SUCCEEDED"}


class TriggerTest(WaitingCase):
    def test_table_that_is_changed_at_each_poll_is_given_up_by_the_trigger(self) -> None:
        glue = Retried()
        self.client(glue)
        (payload,) = asyncio.run(events(self.trigger(settle=0.2, poll_interval=0.05), 1))
        self.assertEqual("outstanding", payload["outcome"])
        self.assertGreater(glue.requests, 2)

    def test_links_lead_to_the_console_of_the_partition_or_nowhere(self) -> None:
        for partition, host in (("aws-cn", "console.amazonaws.cn"), ("aws-eusc", None)):
            with self.subTest(partition):
                self.instance.pushed.clear()
                self.client(Glue(parameters("2013-02-08T17:00"), partition=partition))
                self.sensor().execute(self.context)
                self.assert_links(host, "fanin_run_page", "fanin_table_page")
                (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
                self.instance.pushed.clear()
                self.sensor().resume(self.context, payload)
                self.assert_links(host, "fanin_run_page", "fanin_table_page")
                output = '{"status": "COMPLETE", "report": "s3://state/runs/nightly/report.json"}'
                self.client(States(ARN.replace(":aws:", f":{partition}:"), status="SUCCEEDED", output=output))
                self.instance.pushed.clear()
                self.operator(poll_interval=0.001).execute(self.context)
                self.assert_links(host, "fanin_execution_page", "fanin_run_page")

    def test_trigger_polls_once_at_a_time_until_the_period_is_there(self) -> None:
        glue = Glue(parameters("2013-02-08T15:00"), parameters("2013-02-08T15:00"), parameters("2013-02-08T16:00"))
        self.client(glue)
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual(
            ("done", "2013-02-08T16:00", 3), (payload["outcome"], payload["facts"]["complete_through"], glue.requests)
        )

    def test_trigger_asks_where_a_connection_leads_now(self) -> None:
        old, new = Glue(parameters("2013-02-08T15:00")), Glue(parameters("2013-02-08T16:00"))
        for one in (
            self.trigger(settle=300),
            TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0),
        ):
            made = [old, new, new]
            with (
                self.subTest(type(one).__name__),
                patch.object(AwsConnection, "_made", lambda connection, service, made=made: made.pop(0)),
                patch.object(triggers, "CLIENTS", SharedClients()),
                patch.object(SharedClients, "AGE", 0.0),
            ):
                found = asyncio.run(events(one, 1 if isinstance(one, TableCompleteTrigger) else 2))[-1]
                self.assertEqual("2013-02-08T16:00", found.get("facts", found)["complete_through"])

    def test_trigger_fires_for_a_table_that_is_outstanding(self) -> None:
        self.client(Glue(parameters("2013-02-08T15:00", 1), updated=NOON))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual("outstanding", payload["outcome"])
        self.assert_ends(AirflowException, lambda: self.sensor().resume(self.context, payload), "")

    def test_trigger_waits_for_a_table_whose_parameters_a_deployment_has_dropped(self) -> None:
        self.client(Glue({}, {}, parameters("2013-02-08T16:00"), updated=NOON))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual("done", payload["outcome"])

    def test_trigger_goes_on_after_errors_of_aws_with_a_new_client(self) -> None:
        made = self.client(Refusing(parameters("2013-02-08T15:00"), parameters("2013-02-08T16:00")))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual(("done", 3), (payload["outcome"], len(made)))

    def test_throttled_request_is_repeated_within_the_poll(self) -> None:
        throttled = ClientError({"Error": {"Code": "ThrottlingException"}}, "GetTable")
        glue = Refusing(parameters("2013-02-08T16:00"), errors=[throttled] * 4)
        glue.requests = 1
        self.client(glue)
        with patch("partition_fan_in.aws.FIRST_PAUSE", 0.0), patch("partition_fan_in.patience._LOG") as told:
            (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual(("done", [], []), (payload["outcome"], glue.errors, told.mock_calls))

    def test_triggers_of_a_process_share_a_client(self) -> None:
        glue = Glue(parameters("2013-02-08T16:00"))
        made = self.client(glue)

        async def many() -> None:
            await asyncio.gather(*(events(self.trigger(settle=300), 1) for _ in range(20)))

        asyncio.run(many())
        self.assertEqual((["glue"], 20), (made, glue.requests))

    def test_trigger_fires_for_an_error_that_waiting_does_not_change(self) -> None:
        denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "GetTable")
        self.client(Refusing(parameters("2013-02-08T15:00"), errors=[denied]))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assert_ends(AirflowException, lambda: self.sensor().resume(self.context, payload), "AccessDenied")

    def test_trigger_waits_on_where_it_is_told_to(self) -> None:
        self.client(Glue(parameters("2013-02-08T15:00", 1), parameters("2013-02-08T16:00", 1), updated=NOON))
        (payload,) = asyncio.run(events(self.trigger(settle=None), 1))
        self.assertEqual("done", payload["outcome"])

    def test_triggers_bear_a_connection_that_cannot_be_read_for_a_while(self) -> None:
        refused = [AirflowException("the API server is restarting"), PermissionError("denied"), RuntimeError("SAML")]
        for count, trigger in (
            (1, self.trigger(settle=300)),
            (1, TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0)),
            (1, ExecutionTrigger(execution_arn=ARN, poll_interval=0, connection=AwsConnection().fields())),
        ):
            errors = list(refused)

            def connect(connection: Any, service: str, errors: list[Exception] = errors) -> Any:
                if errors:
                    raise errors.pop(0)
                return Glue(parameters("2013-02-08T16:00")) if service == "glue" else States(status="SUCCEEDED")

            with (
                self.subTest(type(trigger).__name__),
                patch.object(AwsConnection, "_made", connect),
                patch.object(triggers, "CLIENTS", SharedClients()),
            ):
                self.assertEqual(count, len(asyncio.run(events(trigger, count))))

    def test_triggers_that_share_a_client_go_on_with_it_while_its_connection_cannot_be_read_again(self) -> None:
        fakes = {
            "glue": [Glue(*[parameters("2013-02-08T15:00")] * 50, parameters("2013-02-08T16:00"))],
            "stepfunctions": [Running(50)],
        }

        def connect(connection: Any, service: str) -> Any:
            if not fakes[service]:
                raise AirflowException("the API server is restarting")
            return fakes[service].pop()

        async def many() -> list[Any]:
            execution = {"execution_arn": ARN, "poll_interval": 0, "connection": AwsConnection().fields()}
            tables = (events(self.trigger(settle=300), 1) for _ in range(5))
            executions = (events(ExecutionTrigger(**execution), 1) for _ in range(5))
            return await asyncio.gather(*tables, *executions)

        with (
            patch.object(AwsConnection, "_made", connect),
            patch.object(triggers, "CLIENTS", SharedClients()),
            patch.object(SharedClients, "AGE", 0.0),
            patch("partition_fan_in.patience.PATIENCE", 0.0),
            self.assertLogs("partition_fan_in", "WARNING"),
        ):
            found = [payload for (payload,) in asyncio.run(many())]
        ends = [payload.get("outcome", payload.get("status")) for payload in found]
        self.assertEqual(["done"] * 5 + ["SUCCEEDED"] * 5, ends)

    def test_connection_that_stays_unreadable_ends_a_wait(self) -> None:
        def connect(connection: Any, service: str) -> Any:
            raise AirflowException("no such thing")

        with (
            patch.object(AwsConnection, "_made", connect),
            patch.object(triggers, "CLIENTS", SharedClients()),
            patch("partition_fan_in.patience.PATIENCE", 0.0),
        ):
            (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
            self.assertEqual("ConnectionNotReadable", payload["outcome"])
            self.assertIn("aws_default: AirflowException: no such thing", payload["message"])
            trigger = ExecutionTrigger(execution_arn=ARN, poll_interval=0, connection=AwsConnection().fields())
            (payload,) = asyncio.run(events(trigger, 1))
            self.assertRegex(payload["error"], "^ConnectionNotReadable: .*no such thing")

    def test_triggers_are_made_again_of_what_they_serialize(self) -> None:
        for trigger in (
            self.trigger(settle=300),
            ExecutionTrigger(execution_arn=ARN, poll_interval=1, connection=AwsConnection().fields()),
            TableAdvancedTrigger(database="analytics", table="flights"),
        ):
            path, arguments = trigger.serialize()
            self.assertEqual(f"partition_fan_in.airflow.triggers.{type(trigger).__name__}", path)
            self.assertEqual((path, arguments), type(trigger)(**arguments).serialize())  # type: ignore[arg-type]

    def trigger(self, settle: float | None, poll_interval: float = 0) -> TableCompleteTrigger:
        return TableCompleteTrigger(
            database="analytics",
            table="flights",
            wanted=HOUR_16.isoformat(),
            settle=settle,
            poll_interval=poll_interval,
            catalog_id=None,
            zone="UTC",
            connection=AwsConnection().fields(),
        )


if __name__ == "__main__":
    unittest.main()
