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

    async def _refused(self, connection: str) -> None:
        with self.assertRaisesRegex(Exception, "denied"):
            await self.clients.get(AwsConnection(connection), "glue")


if __name__ == "__main__":
    unittest.main()
