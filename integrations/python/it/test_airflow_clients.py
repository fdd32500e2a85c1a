"""The clients that triggers of a process share."""

from __future__ import annotations

import asyncio
import unittest
from threading import Event
from typing import Any
from unittest.mock import patch

from partition_fan_in.airflow.connection import AwsConnection, SharedClients


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

    async def _refused(self, connection: str) -> None:
        with self.assertRaisesRegex(Exception, "denied"):
            await self.clients.get(AwsConnection(connection), "glue")


if __name__ == "__main__":
    unittest.main()
