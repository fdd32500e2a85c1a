"""The clients that triggers of a process share."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import unittest
from threading import Event
from typing import Any
from unittest.mock import patch

from partition_fan_in.airflow.connection import AwsConnection, PollingConnection, SharedClients
from partition_fan_in.errors import ConnectionNotReadable


class SharedClientsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clients = SharedClients()
        self.answers = Event()
        self.made: list[str | None] = []
        # Threads that wait would keep the process.
        self.addCleanup(self.answers.set)

    def test_connections_that_do_not_answer_keep_nobody_else_waiting(self) -> None:
        def make(connection: AwsConnection, service: str) -> Any:
            if connection.aws_conn_id != "sound":
                self.answers.wait()
            return object()

        async def ask() -> None:
            hung = [AwsConnection(f"hung_{i % 10}") for i in range(100)]
            waiting = [asyncio.ensure_future(self.clients.get(one, "glue")) for one in hung]
            await asyncio.wait_for(self.clients.get(AwsConnection("sound"), "glue"), 30)
            self.assertFalse(any(one.done() for one in waiting))
            self.answers.set()
            await asyncio.gather(*waiting)

        with patch.object(AwsConnection, "_made", make):
            asyncio.run(ask())

    def test_connection_is_asked_once_for_all_who_wait_for_it(self) -> None:
        def make(connection: AwsConnection, service: str) -> Any:
            self.made.append(connection.aws_conn_id)
            self.answers.wait()
            raise PermissionError("denied")

        async def ask() -> list[Any]:
            waiting = [asyncio.ensure_future(self.clients.get(AwsConnection("a"), "glue")) for _ in range(20)]
            await asyncio.sleep(0)
            waiting[0].cancel()
            self.answers.set()
            return await asyncio.gather(*waiting, return_exceptions=True)

        with patch.object(AwsConnection, "_made", make):
            cancelled, *refused = asyncio.run(ask())
            self.assertIsInstance(cancelled, asyncio.CancelledError)
            self.assertEqual({"ConnectionNotReadable"}, {type(one).__name__ for one in refused})
            self.assertEqual(["a"], self.made)
            asyncio.run(self._refused("a"))
            self.assertEqual(["a", "a"], self.made)

    def test_changed_connection_is_read_again_after_a_while(self) -> None:
        clock = [0.0]
        clients = SharedClients(lambda: clock[0])

        async def get() -> Any:
            return await clients.get(AwsConnection("a"), "glue")

        with patch.object(AwsConnection, "_made", lambda connection, service: object()):
            first = asyncio.run(get())
            clock[0] = clients.AGE - 1
            self.assertIs(first, asyncio.run(get()))
            clock[0] = clients.AGE
            second = asyncio.run(get())
            self.assertIsNot(first, second)
            self.assertIs(second, asyncio.run(get()))

    def test_client_is_kept_while_its_connection_cannot_be_read_again(self) -> None:
        clock = [0.0]
        clients = SharedClients(lambda: clock[0])
        answers: list[Any] = [object(), PermissionError("denied"), PermissionError("denied")]
        asked: list[str] = []

        def make(connection: AwsConnection, service: str) -> Any:
            asked.append(service)
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        async def get() -> Any:
            return await clients.get(AwsConnection("a"), "glue")

        with patch.object(AwsConnection, "_made", make), self.assertLogs("partition_fan_in", "WARNING"):
            first = asyncio.run(get())
            clock[0] = clients.AGE
            for _ in range(3):
                self.assertIs(first, asyncio.run(get()))
            self.assertEqual(2, len(asked), "once in a while")
            clients.drop(first)
            with self.assertRaisesRegex(Exception, "denied"):
                asyncio.run(get())

    def test_client_is_kept_for_all_who_wait_while_its_connection_cannot_be_read_again(self) -> None:
        clock = [0.0]
        clients = SharedClients(lambda: clock[0])
        answers: list[Any] = [object()]

        def make(connection: AwsConnection, service: str) -> Any:
            self.made.append(service)
            if not answers:
                raise PermissionError("denied")
            return answers.pop()

        async def get(count: int) -> list[Any]:
            return await asyncio.gather(*(clients.get(AwsConnection("a"), "glue") for _ in range(count)))

        with patch.object(AwsConnection, "_made", make):
            (first,) = asyncio.run(get(1))
            clock[0] = clients.AGE
            with self.assertLogs("partition_fan_in", "WARNING") as told:
                self.assertEqual([first] * 20, asyncio.run(get(20)))
        self.assertEqual((1, 2), (len(told.records), len(self.made)))

    def test_client_that_is_not_made_in_time_keeps_nobody_waiting(self) -> None:
        clock = [0.0]
        clients = SharedClients(lambda: clock[0])
        hung = Event()
        self.addCleanup(hung.set)
        made: list[Any] = []

        def make(connection: AwsConnection, service: str) -> Any:
            if made or connection.aws_conn_id == "b":
                hung.wait()
            made.append(object())
            return made[-1]

        async def get(connection: str) -> Any:
            return await clients.get(AwsConnection(connection), "glue")

        async def ask() -> None:
            first = await get("a")
            clock[0] = clients.AGE
            with self.assertLogs("partition_fan_in", "WARNING") as told:
                self.assertIs(first, await get("a"))
            self.assertIn("takes more than", told.output[0])
            clock[0] += 60
            self.assertIs(first, await get("a"))
            with self.assertRaises(ConnectionNotReadable):
                await get("b")
            hung.set()
            while (last := await get("a")) is first:
                await asyncio.sleep(0.01)
            self.assertIn(last, made)

        with patch.object(AwsConnection, "_made", make), patch.object(SharedClients, "MAKING", 0.05):
            asyncio.run(asyncio.wait_for(ask(), 30))

    def test_polls_that_hang_keep_nobody_waiting_who_asks_another_connection(self) -> None:
        running: list[int] = []

        def hang(number: int) -> None:
            running.append(number)
            self.answers.wait()

        async def ask() -> None:
            hung = [AwsConnection(f"hung_{i % 5}") for i in range(200)]
            waiting = [asyncio.ensure_future(self.clients.ask(one, hang, i)) for i, one in enumerate(hung)]
            await asyncio.sleep(0)
            self.assertEqual(
                "table", await asyncio.wait_for(self.clients.ask(AwsConnection("sound"), lambda: "table"), 30)
            )
            waiting[0].cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await waiting[0]
            await self.clients.ask(AwsConnection("sound"), lambda: None)
            self.assertEqual(5 * SharedClients.POLLS, len(running), "a thread that hangs is none for others")
            self.answers.set()
            await asyncio.gather(*waiting[1:])
            self.assertEqual(200, len(running))

        asyncio.run(ask())

    def test_clients_that_poll_wait_for_less_and_repeat_nothing(self) -> None:
        extra = {"region_name": "eu-west-1"}
        slow = {"config_kwargs": {"read_timeout": 99, "proxies": {"https": "http://proxy"}}}
        for given, stated, limits in (
            (None, {}, (5, 15, 1)),
            ({"connect_timeout": 33}, {}, (33, 15, 1)),
            ({"retries": {"total_max_attempts": 4}}, {}, (5, 15, 4)),
            (None, slow, (5, 99, 1)),
        ):
            connection = {"conn_type": "aws", "login": "a", "password": "b", "extra": {**extra, **stated}}
            with (
                self.subTest(given, **stated),
                patch.dict(os.environ, {"AIRFLOW_CONN_AWS_DEFAULT": json.dumps(connection)}),
            ):
                config = PollingConnection(botocore_config=given).client("glue").meta.config
                attempts = config.retries["total_max_attempts"]
                self.assertEqual(limits, (config.connect_timeout, config.read_timeout, attempts))
                self.assertEqual("http://proxy" if stated else None, (config.proxies or {}).get("https"))
                self.assertEqual(60, AwsConnection().client("glue").meta.config.connect_timeout)

    async def _refused(self, connection: str) -> None:
        with self.assertRaisesRegex(Exception, "denied"):
            await self.clients.get(AwsConnection(connection), "glue")


if __name__ == "__main__":
    unittest.main()
