"""What sensors, triggers and operators of Airflow decide, without an emulator."""

from __future__ import annotations

import asyncio
import json
import time
import unittest
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any
from unittest.mock import patch

from airflow.providers.common.compat.sdk import (
    AirflowException,
    AirflowSensorTimeout,
    AirflowSkipException,
    TaskDeferred,
)
from airflow.triggers.base import TriggerEvent
from botocore.exceptions import ClientError

from fake_airflow import PASSING, AirflowCase, Client
from partition_fan_in import SETTLE, Done, FaninError, Outstanding, Settling, TableState, Waiting
from partition_fan_in.airflow import (
    FaninCompleteThroughSensor,
    table_asset,
)
from partition_fan_in.airflow.triggers import TableCompleteTrigger
from partition_fan_in.facts import FACTS
from partition_fan_in.patience import PATIENCE

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


class WaitingCase(AirflowCase):
    def sensor(self, **arguments: Any) -> FaninCompleteThroughSensor:
        given = {"complete_through": "2013-02-08 17:20:00+00:00", "period": "hour", "deferrable": True, **arguments}
        return FaninCompleteThroughSensor(task_id="complete", database="analytics", table="flights", **given)

    def assert_ends(self, kind: type[Exception], run: Callable[[], Any], words: str) -> None:
        with self.assertRaises(kind) as ended:
            run()
        self.assertIs(kind, type(ended.exception))
        self.assertIn(words, str(ended.exception))

    def assert_links(self, host: str | None, *keys: str) -> None:
        pushed = {key: value for key, value in self.instance.pushed.items() if key.endswith("_page")}
        self.assertEqual(set(keys) if host else set(), set(pushed))
        for address in pushed.values():
            self.assertIn(f"{host}/", address)


class WaitingTest(WaitingCase):
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
        self.assertEqual("2013-02-08T17:20Z", deferred.exception.kwargs["wanted"])
        self.client(Glue(parameters("2013-02-08T18:00")))
        self.assertEqual("2013-02-08T18:00", self.sensor().resume(self.context, event)["complete_through"])
        refused = ClientError({"Error": {"Code": "EntityNotFoundException"}}, "GetTable")
        gone = Refusing(parameters("2013-02-08T18:00"), errors=[refused])
        gone.requests = 1
        self.client(gone)
        self.assert_ends(AirflowException, lambda: self.sensor().resume(self.context, event), "TableNotFound: there is")

    def test_sensor_that_looks_elsewhere_than_the_triggerer_waits_no_longer_than_its_timeout(self) -> None:
        self.client(Glue(parameters("2013-02-08T15:00")))
        clock = [1000.0]
        with patch("partition_fan_in.airflow.sensors.time.time", lambda: clock[0]):
            given: dict[str, Any] = {}
            for left in (600, 400, 200):
                sensor = self.sensor(timeout=600)
                with patch.object(sensor.log, "warning") as told, self.assertRaises(TaskDeferred) as deferred:
                    if given:
                        sensor.resume_execution("resume", given, self.context)
                    else:
                        sensor.execute(self.context)
                self.assertEqual(timedelta(seconds=left), deferred.exception.timeout)
                self.assertEqual(bool(given), "lead to different tables" in str(told.mock_calls))
                given = {**(deferred.exception.kwargs or {}), "event": {"outcome": "done", "message": ""}}
                clock[0] += 200
            for option, kind in ((None, AirflowSensorTimeout), ("soft_fail", AirflowSkipException)):
                sensor = self.sensor(timeout=600, **({option: True} if option else {}))
                self.assert_ends(
                    kind,
                    lambda one=sensor: one.resume_execution("resume", given, self.context),
                    "" if option else "600 s",
                )

    def test_worker_looks_once_and_the_triggerer_waits_on(self) -> None:
        event = {"outcome": "done", "message": ""}
        wanted = {"wanted": "2013-02-08T17:20Z"}
        for error in (None, *PASSING):
            with self.subTest(error), patch("time.sleep", side_effect=AssertionError("sleeps in the worker")):
                glue = Refusing({}, errors=[error] if error else [])
                glue.requests = 1 if error else 0
                self.client(glue)
                with self.assertRaises(TaskDeferred) as deferred:
                    self.sensor().resume(self.context, event, deadline=time.time() + 600, **wanted)
                self.assertEqual(error is not None, (deferred.exception.kwargs or {})["failing_since"] is not None)
                self.client(Glue({}))
                self.assert_ends(
                    AirflowSensorTimeout,
                    lambda: self.sensor().resume(self.context, event, deadline=time.time() - 1, **wanted),
                    "is not complete",
                )
        lasting = Refusing({}, errors=list(PASSING))
        lasting.requests = 1
        self.client(lasting)
        self.assert_ends(
            AirflowException,
            lambda: self.sensor().resume(self.context, event, failing_since=time.time() - PATIENCE, **wanted),
            "Expired",
        )

    def test_what_the_trigger_found_outstanding_may_be_complete_by_now(self) -> None:
        event = {"outcome": "outstanding", "message": "", "facts": {"complete_through": "2013-02-08T16:00"}}
        wanted = {"wanted": "2013-02-08T17:20Z"}
        for choice, kind in (("fail", AirflowException), ("skip", AirflowSkipException)):
            with self.subTest(choice):
                self.client(Glue(parameters("2013-02-08T18:00")))
                found = self.sensor(on_outstanding=choice).resume(self.context, event, **wanted)
                self.assertEqual("2013-02-08T18:00", found["complete_through"])
                self.client(Glue(parameters("2013-02-08T16:00", 1), updated=datetime.now(timezone.utc)))
                self.assert_ends(
                    kind,
                    lambda one=choice: self.sensor(on_outstanding=one).resume(self.context, event, **wanted),
                    "hour=17",
                )
                self.client(Glue(parameters("2013-02-08T17:00", 1), updated=datetime.now(timezone.utc)))
                with self.assertRaises(TaskDeferred):
                    self.sensor(on_outstanding=choice).resume(self.context, event, wanted="2013-02-08T18:20Z")

    def test_sensor_that_was_deferred_without_a_deadline_waits_for_its_timeout(self) -> None:
        self.client(Glue(parameters("2013-02-08T15:00")))
        with self.assertRaises(TaskDeferred) as deferred:
            self.sensor(timeout=600).resume(
                self.context, {"outcome": "done", "message": ""}, wanted="2013-02-08T17:20Z"
            )
        self.assertEqual(timedelta(seconds=600), deferred.exception.timeout)

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

    def test_assets_are_named_by_their_tables(self) -> None:
        asset = table_asset("analytics", "flights")
        self.assertEqual(("analytics.flights", "partition-fan-in://analytics/flights"), (asset.name, asset.uri))


if __name__ == "__main__":
    unittest.main()
