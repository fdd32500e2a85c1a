"""What sensors, triggers and operators of Airflow decide, without an emulator."""

from __future__ import annotations

import asyncio
import json
import unittest
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from unittest.mock import patch

from airflow.providers.common.compat.sdk import AirflowException, AirflowSkipException, TaskDeferred
from airflow.triggers.base import TriggerEvent
from botocore.exceptions import ClientError

from fake_airflow import ARN, PASSING, AirflowCase, Client, States
from partition_fan_in import SETTLE, Done, FaninError, Outstanding, Settling, TableState, Waiting
from partition_fan_in.airflow import (
    FaninCompleteThroughSensor,
    TableAdvancedTrigger,
    table_asset,
    triggers,
    watched_table,
)
from partition_fan_in.airflow.connection import AwsConnection, SharedClients
from partition_fan_in.airflow.triggers import ExecutionTrigger, TableCompleteTrigger
from partition_fan_in.facts import FACTS

HOUR_16 = datetime(2013, 2, 8, 16, tzinfo=timezone.utc)
NOON = datetime(2013, 2, 9, 12, tzinfo=timezone.utc)


class Glue(Client):
    """Answers with one table after the other, and with the last from then on."""

    def __init__(self, *tables: dict[str, str], updated: datetime | None = None, partition: str = "aws") -> None:
        super().__init__(partition)
        self.tables = list(tables)
        self.updated = updated
        self.requests = 0

    def get_table(self, **request: Any) -> Any:
        self.requests += 1
        parameters = self.tables.pop(0) if len(self.tables) > 1 else self.tables[0]
        return {"Table": {"Parameters": parameters, **({"UpdateTime": self.updated} if self.updated else {})}}


class Retried(Glue):
    """A table that a run has just changed, whenever it is read: its failed partition has failed once more."""

    def __init__(self) -> None:
        super().__init__(parameters("2013-02-08T15:00", 1))

    def get_table(self, **request: Any) -> Any:
        self.updated = datetime.now(timezone.utc)
        return super().get_table(**request)


class CreatedAnew(Glue):
    """Another table of the name with each answer."""

    def get_table(self, **request: Any) -> Any:
        answer = super().get_table(**request)
        answer["Table"]["CreateTime"] = datetime.fromtimestamp(self.requests, timezone.utc)
        return answer


class Refusing(Glue):
    """Answers once, refuses, and goes on."""

    def __init__(self, *tables: dict[str, str], errors: Sequence[Exception] = PASSING, **known: Any) -> None:
        super().__init__(*tables, **known)
        self.errors = list(errors)

    def get_table(self, **request: Any) -> Any:
        if self.requests and self.errors:
            raise self.errors.pop(0)
        return super().get_table(**request)


def parameters(through: str, failed: int = 0) -> dict[str, str]:
    return {
        "fanin.status": "PARTIAL" if failed else "COMPLETE",
        "fanin.complete_through": through,
        "fanin.failed": str(failed),
        "fanin.run": "s3://state/runs/nightly/",
        **({"fanin.failed.sample": "dt=2013-02-08/hour=17"} if failed else {}),
    }


def state(through: str, failed: int = 0, updated: datetime | None = None) -> TableState:
    return TableState.of(parameters(through, failed), database="analytics", table="flights", updated=updated)


async def events(trigger: Any, count: int) -> list[Any]:
    found: list[Any] = []
    async for event in trigger.run():
        assert isinstance(event, TriggerEvent)
        found.append(event.payload)
        if len(found) == count:
            break
    return found


class WaitingTest(AirflowCase):
    def sensor(self, **arguments: Any) -> FaninCompleteThroughSensor:
        given = {"complete_through": "2013-02-08 17:20:00+00:00", "period": "hour", "deferrable": True, **arguments}
        return FaninCompleteThroughSensor(task_id="complete", database="analytics", table="flights", **given)

    def test_period_is_outstanding_once_the_table_was_left_unchanged(self) -> None:
        for updated, decision in ((NOON - SETTLE, Outstanding), (NOON - SETTLE + timedelta(seconds=1), Waiting)):
            with self.subTest(updated):
                found = Settling(HOUR_16, SETTLE).decide(state("2013-02-08T15:00", 1, updated), NOON)
                self.assertIsInstance(found, decision)

    def test_catalog_that_says_no_time_counts_from_the_first_look(self) -> None:
        settling = Settling(HOUR_16, SETTLE)
        self.assertIsInstance(settling.decide(state("2013-02-08T15:00", 1), NOON), Waiting)
        self.assertIsInstance(settling.decide(state("2013-02-08T14:00", 2), NOON + SETTLE), Waiting)
        self.assertIsInstance(settling.decide(state("2013-02-08T14:00", 1), NOON + 2 * SETTLE), Outstanding)
        self.assertIsInstance(settling.decide(state("2013-02-08T16:00", 2), NOON + 2 * SETTLE), Done)

    def test_table_that_is_changed_at_each_poll_is_given_up_by_the_trigger(self) -> None:
        glue = Retried()
        self.client(glue)
        (payload,) = asyncio.run(events(self.trigger(settle=0.2, poll_interval=0.05), 1))
        self.assertEqual("outstanding", payload["outcome"])
        self.assertGreater(glue.requests, 2)

    def test_table_that_is_changed_at_each_poll_is_given_up_by_the_sensor(self) -> None:
        glue = Retried()
        self.client(glue)
        sensor = self.sensor(deferrable=False, settle=0.2, poke_interval=0.05)
        self.assert_ends(AirflowException, lambda: sensor.execute(self.context), "hour=17")
        self.assertGreater(glue.requests, 2)

    def test_complete_table_is_not_waited_for(self) -> None:
        self.client(Glue(parameters("2013-02-08T17:00")))
        found = self.sensor().execute(self.context)
        self.assertEqual("2013-02-08T17:00", (found or {})["complete_through"])
        self.assertIn("runs%2Fnightly%2Freport.html", self.instance.pushed["fanin_run_page"])
        self.assertIn("tables%2Fanalytics%2Fflights%2Findex.html", self.instance.pushed["fanin_table_page"])

    def test_every_fact_of_the_table_is_handed_on(self) -> None:
        self.client(Glue({**parameters("2013-02-08T23:00", 1), "fanin.unverified": "7", "fanin.timeZone": "+05:30"}))
        found = self.sensor().execute(self.context) or {}
        self.assertEqual({"database", "table", *(name for name, _ in FACTS.values())}, set(found))
        self.assertEqual(
            (7, ["dt=2013-02-08/hour=17"], "+05:30"),
            tuple(found[name] for name in ("unverified", "outstanding_sample", "zone")),
        )
        self.assertEqual(json.loads(json.dumps(found)), found)

    def test_unverified_partitions_are_waited_for_where_that_is_required(self) -> None:
        unverified = {**parameters("2013-02-08T17:00"), "fanin.unverified": "7"}
        self.client(Glue(unverified))
        self.assertEqual(7, (self.sensor().execute(self.context) or {})["unverified"])
        tables = unverified, unverified, parameters("2013-02-08T17:00")
        self.client(Glue(*tables))
        found = self.sensor(require_verified=True, deferrable=False, poke_interval=0).execute(self.context) or {}
        self.assertIsNone(found["unverified"])
        glue = Glue(*tables)
        self.client(glue)
        with self.assertRaises(TaskDeferred) as deferred:
            self.sensor(require_verified=True, poke_interval=0).execute(self.context)
        _, arguments = deferred.exception.trigger.serialize()
        (payload,) = asyncio.run(events(TableCompleteTrigger(**arguments), 1))
        self.assertEqual(("done", 3), (payload["outcome"], glue.requests))

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
                self.operator(poll_interval=0).execute(self.context)
                self.assert_links(host, "fanin_execution_page", "fanin_run_page")

    def assert_links(self, host: str | None, *keys: str) -> None:
        pushed = {key: value for key, value in self.instance.pushed.items() if key.endswith("_page")}
        self.assertEqual(set(keys) if host else set(), set(pushed))
        for address in pushed.values():
            self.assertIn(f"{host}/", address)

    def test_period_is_one_of_the_zone_that_the_table_states(self) -> None:
        for zone, through, wanted in (
            (None, "2013-02-08T18:00", None),
            (None, "2013-02-08T17:00", "2013-02-08 17:20:00+00:00"),
            ("Europe/Berlin", "2013-02-08T18:00", None),
        ):
            with self.subTest(zone=zone, through=through):
                self.client(Glue({**parameters(through), "fanin.timeZone": "Europe/Berlin"}))
                sensor = self.sensor(zone=zone)
                if wanted is None:
                    self.assertEqual(through, (sensor.execute(self.context) or {})["complete_through"])
                else:
                    with self.assertRaises(TaskDeferred) as deferred:
                        sensor.execute(self.context)
                    self.assertEqual(wanted, deferred.exception.trigger.wanted)
        with self.assertRaisesRegex(FaninError, "Europe/Berlin, not in UTC"):
            self.sensor(zone="UTC").execute(self.context)

    def test_zone_that_the_table_states_only_later_is_that_of_the_period(self) -> None:
        first = {"fanin.status": "PARTIAL", "fanin.failed": "0"}
        york = {"fanin.timeZone": "America/New_York"}
        behind, reached = ({**parameters(f"2013-02-08T{hour}:00"), **york} for hour in ("11", "23"))
        for when, period in (
            ("2013-02-08T16:00", None),
            ("2013-02-08T16:20", "hour"),
            ("2013-02-08", "hour"),
            (datetime(2013, 2, 8, 16), "hour"),
        ):
            for deferrable in (True, False):
                with self.subTest(when, deferrable=deferrable):
                    glue = Glue(first, behind, behind, reached)
                    self.client(glue)
                    sensor = self.sensor(
                        complete_through=when, period=period, deferrable=deferrable, poke_interval=0, timeout=60
                    )
                    if deferrable:
                        with self.assertRaises(TaskDeferred) as deferred:
                            sensor.execute(self.context)
                        (payload,) = asyncio.run(events(deferred.exception.trigger, 1))
                        facts = payload["facts"]
                    else:
                        facts = sensor.execute(self.context) or {}
                    self.assertEqual(("2013-02-08T23:00", 4), (facts["complete_through"], glue.requests))

    def test_day_is_one_of_the_zone_that_the_table_states_only_later(self) -> None:
        stated = ({**parameters(f"2013-02-{day}T00:00"), "fanin.timeZone": "Asia/Tokyo"} for day in ("08", "09"))
        self.client(Glue({"fanin.status": "PARTIAL", "fanin.failed": "0"}, *stated))
        with self.assertRaises(TaskDeferred) as deferred:
            self.sensor(complete_through="2013-02-08T17:20Z", period="day").execute(self.context)
        trigger = deferred.exception.trigger
        trigger.poll_interval = 0
        (payload,) = asyncio.run(events(trigger, 1))
        self.assertEqual("2013-02-09T00:00", payload["facts"]["complete_through"])

    def test_word_that_is_no_choice_is_no_sensor(self) -> None:
        for argument, words in (("on_outstanding", "expected fail"), ("period", "expected m"), ("zone", "is no time")):
            with self.subTest(argument), self.assertRaisesRegex(ValueError, f"'weekly'.* {words}"):
                self.sensor(**{argument: "weekly"})

    def test_outstanding_period_fails_skips_or_waits(self) -> None:
        self.client(Glue(parameters("2013-02-08T16:00", 1), updated=NOON))
        self.assert_ends(AirflowException, lambda: self.sensor().execute(self.context), "hour=17")
        self.assert_ends(AirflowSkipException, lambda: self.sensor(on_outstanding="skip").execute(self.context), "hour")
        with self.assertRaises(TaskDeferred) as deferred:
            self.sensor(on_outstanding="wait").execute(self.context)
        self.assertIsNone(deferred.exception.trigger.settle)

    def assert_ends(self, kind: type[Exception], run: Callable[[], Any], words: str) -> None:
        with self.assertRaises(kind) as ended:
            run()
        self.assertIs(kind, type(ended.exception))
        self.assertIn(words, str(ended.exception))

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

    def test_sensor_looks_once_more_before_it_succeeds(self) -> None:
        event = {
            "outcome": "done",
            "message": "",
            "facts": {"complete_through": "2013-02-08T17:00"},
            "partition": "aws",
        }
        elsewhere = Refusing(parameters("2013-02-08T15:00"))
        elsewhere.requests, elsewhere.errors = 1, list(PASSING)
        self.client(elsewhere)
        sensor = self.sensor(complete_through="2013-02-09", poke_interval=0)
        with self.assertRaises(TaskDeferred) as deferred:
            sensor.resume(self.context, event, wanted="2013-02-08T17:20Z")
        self.assertEqual("2013-02-08T17:20Z", deferred.exception.trigger.wanted)
        self.assertEqual({"wanted": "2013-02-08T17:20Z"}, deferred.exception.kwargs)
        self.client(Glue(parameters("2013-02-08T18:00")))
        self.assertEqual("2013-02-08T18:00", self.sensor().resume(self.context, event)["complete_through"])
        refused = ClientError({"Error": {"Code": "EntityNotFoundException"}}, "GetTable")
        gone = Refusing(parameters("2013-02-08T18:00"), errors=[refused])
        gone.requests = 1
        self.client(gone)
        self.assert_ends(AirflowException, lambda: self.sensor().resume(self.context, event), "TableNotFound: there is")

    def test_trigger_fires_for_a_table_that_is_outstanding(self) -> None:
        self.client(Glue(parameters("2013-02-08T15:00", 1), updated=NOON))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual("outstanding", payload["outcome"])
        self.assert_ends(AirflowException, lambda: self.sensor().resume(self.context, payload), "")

    def test_trigger_waits_for_a_table_whose_parameters_a_deployment_has_dropped(self) -> None:
        self.client(Glue({}, {}, parameters("2013-02-08T16:00"), updated=NOON))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual("done", payload["outcome"])

    def test_first_look_ends_as_later_ones_do(self) -> None:
        outstanding, updated = parameters("2013-02-08T15:00", 1), NOON - timedelta(hours=1)
        for option, deferrable in (("never_fail", True), ("never_fail", False), ("soft_fail", True)):
            for error in ("", "AccessDeniedException", "EntityNotFoundException"):
                with self.subTest(option, deferrable=deferrable, error=error):
                    refused = ClientError({"Error": {"Code": error, "Message": "no"}}, "GetTable")
                    glue = Refusing(outstanding, errors=[refused], updated=updated)
                    glue.requests = 1 if error else 0
                    self.client(glue)
                    sensor = self.sensor(deferrable=deferrable, **{option: True})
                    self.assert_ends(AirflowSkipException, lambda one=sensor: one.execute(self.context), "")

    def test_trigger_goes_on_after_errors_of_aws_with_a_new_client(self) -> None:
        made = self.client(Refusing(parameters("2013-02-08T15:00"), parameters("2013-02-08T16:00")))
        (payload,) = asyncio.run(events(self.trigger(settle=300), 1))
        self.assertEqual(("done", 3), (payload["outcome"], len(made)))

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

    def test_watcher_fires_whenever_the_table_has_advanced(self) -> None:
        tables = (parameters(f"2013-02-08T{hour}:00") for hour in (15, 15, 16, 16, 18))
        self.client(Glue({}, *tables))
        trigger = TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0)
        found = asyncio.run(events(trigger, 3))
        self.assertEqual(["15:00", "16:00", "18:00"], [one["complete_through"][-5:] for one in found])

    def test_watcher_is_silent_until_a_table_that_went_back_is_further_than_ever(self) -> None:
        tables = (parameters(f"2013-02-08T{hour}:00", failed) for hour, failed in ((16, 0), (10, 1), (16, 0), (17, 0)))
        self.client(Glue(*tables))
        found = asyncio.run(events(TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0), 2))
        self.assertEqual(["16:00", "17:00"], [one["complete_through"][-5:] for one in found])

    def test_watcher_begins_again_with_a_table_that_was_created_anew(self) -> None:
        self.client(CreatedAnew(*(parameters(f"2013-02-08T{hour}:00") for hour in (16, 10))))
        found = asyncio.run(events(TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0), 2))
        self.assertEqual(["16:00", "10:00"], [one["complete_through"][-5:] for one in found])

    def test_watcher_goes_on_after_errors_of_aws_with_a_new_client(self) -> None:
        made = self.client(Refusing(parameters("2013-02-08T16:00"), parameters("2013-02-08T17:00")))
        trigger = TableAdvancedTrigger(database="analytics", table="flights", poll_interval=0)
        with patch.object(trigger.log, "warning") as warning:
            found = asyncio.run(events(trigger, 2))
        self.assertEqual(["16:00", "17:00"], [one["complete_through"][-5:] for one in found])
        self.assertEqual(3, len(made))
        told = [call.args[0] % call.args[1:] for call in warning.call_args_list]
        self.assertIn("analytics.flights is asked again in 0 s", told[0])
        self.assertIn("ExpiredTokenException", told[0])
        self.assertIn("glue:GetTable", told[0])
        self.assertIn("https://aws", told[1])

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

    def test_watched_table_with_fields_that_no_connection_has_is_no_dag(self) -> None:
        with self.assertRaisesRegex(TypeError, "conn_id"):
            watched_table("analytics", "flights", connection={"conn_id": "aws_default"})

    def test_sensor_that_pokes_bears_errors_after_its_first_look(self) -> None:
        glue = Refusing(parameters("2013-02-08T15:00"), parameters("2013-02-08T17:00"))
        self.client(glue)
        sensor = self.sensor(deferrable=False, poke_interval=0)
        self.assertEqual("2013-02-08T17:00", sensor.execute(self.context)["complete_through"])
        self.assertEqual((2, []), (glue.requests, glue.errors))
        first = Refusing(parameters("2013-02-08T15:00"))
        first.requests = 1
        self.client(first)
        with self.assertRaises(ClientError):
            self.sensor(deferrable=False).execute(self.context)

    def test_sensor_says_for_what_it_waits_once_for_each_change(self) -> None:
        sensor = self.sensor(deferrable=False, poke_interval=0)
        self.client(Glue(*[parameters("2013-02-08T15:00")] * 2, parameters("2013-02-08T17:00")))
        with patch.object(sensor.log, "info") as log:
            sensor.execute(self.context)
        self.assertEqual(1, str(log.mock_calls).count("is complete through 2013-02-08T17:00 (UTC): it is COMPLETE, "))

    def test_watcher_logs_as_an_error_what_waiting_does_not_change(self) -> None:
        good, berlin = parameters("2013-02-08T16:00"), {"fanin.timeZone": "Europe/Berlin"}
        for zone, bad, words in (
            ("UTC", {**good, **berlin}, "are in the time zone Europe/Berlin, not in UTC"),
            (None, {**good, **berlin, "fanin.complete_through": "0001-01-01T00:00"}, "flights is '0001-01-01T00:00'"),
            ("UTC", {**good, "fanin.status": "MOSTLY"}, "fanin.status of table analytics.flights is 'MOSTLY'"),
        ):
            with self.subTest(words):
                self.client(Glue(bad, good))
                trigger = TableAdvancedTrigger(database="analytics", table="flights", zone=zone, poll_interval=0)
                with patch.object(trigger.log, "error") as told:
                    self.assertEqual(1, len(asyncio.run(events(trigger, 1))))
                told.assert_called_once()
                self.assertIn(words, told.call_args.args[0] % told.call_args.args[1:])

    def test_watched_table_with_a_zone_that_is_none_is_no_dag(self) -> None:
        self.assertEqual(1, len(watched_table("analytics", "flights", zone="Europe/Berlin").watchers))
        with self.assertRaisesRegex(ValueError, "'Mars' is no time zone"):
            watched_table("analytics", "flights", zone="Mars")

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

    def test_assets_are_named_by_their_tables(self) -> None:
        asset = table_asset("analytics", "flights")
        self.assertEqual(("analytics.flights", "partition-fan-in://analytics/flights"), (asset.name, asset.uri))


if __name__ == "__main__":
    unittest.main()
