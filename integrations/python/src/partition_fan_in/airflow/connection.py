"""How operators, sensors and triggers reach AWS: through a connection of the amazon provider."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from asgiref.sync import sync_to_async
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from partition_fan_in.errors import ConnectionNotReadable

T = TypeVar("T")

POLLING = Config(connect_timeout=5, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 1})
"""Of clients that poll: the next poll repeats a request that fails, and an endpoint that hangs keeps no thread for
minutes. Throttled requests are repeated within a poll: see aws.retrying.
"""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class AwsConnection:
    """A connection and what a task overrides of it; the fields are those of the provider's operators.

    Names of regions and connections may be Jinja templates until a task runs: an operator makes this then.
    """

    aws_conn_id: str | None = AwsBaseHook.default_conn_name
    region_name: str | None = None
    verify: bool | str | None = None
    botocore_config: dict[str, Any] | None = None

    def client(self, service: str) -> Any:
        """A boto3 client. Reads the connection, which a trigger must not do on its event loop.

        Raises ConnectionNotReadable for errors of others than botocore: Airflow, a secrets backend, a federation.
        """
        try:
            return self._made(service)
        except (BotoCoreError, ClientError):
            raise
        except Exception as error:
            raise ConnectionNotReadable(self.aws_conn_id, error) from error

    def region(self) -> str:
        """Where the connection leads; empty if neither it nor the environment says."""
        return self._hook("glue").conn_region_name or ""

    def fields(self) -> dict[str, Any]:
        """As arguments of a trigger."""
        return asdict(self)

    def _made(self, service: str) -> Any:
        return self._of(self._hook(service))

    def _of(self, hook: AwsBaseHook[Any]) -> Any:
        return hook.get_conn()

    def _hook(self, service: str) -> AwsBaseHook[Any]:
        return AwsBaseHook(
            aws_conn_id=self.aws_conn_id,
            client_type=service,
            region_name=self.region_name,
            verify=self.verify,
            config=self.botocore_config,
        )


@dataclass(frozen=True)
class PollingConnection(AwsConnection):
    """Has its clients wait for less and repeat nothing themselves, unless the connection or the task says otherwise."""

    def _of(self, hook: AwsBaseHook[Any]) -> Any:
        return hook.get_client_type(config=POLLING.merge(hook.config))


class SharedClients:
    """Clients for all triggers of a process: one of Glue takes 16 MB, and a triggerer runs a thousand triggers.

    For the event loop on which the triggers run.
    """

    POLLS = 8
    """At a time through one connection."""
    THREADS = 64
    """Fewer connections that do not answer keep nobody waiting who asks another one; of polls, an eighth of that.

    The threads of asyncio are few, and other triggers look up names of hosts in them.
    """

    MAKING = 30.0
    """Seconds after which a client that is still being made keeps nobody waiting."""
    AGE = 5 * 60.0
    """Seconds after which a client is made anew: its connection may have been changed to lead elsewhere."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._clients: dict[tuple[str, str], _Kept] = {}
        self._making: dict[tuple[str, str], _Making] = {}
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._threads = ThreadPoolExecutor(self.THREADS, thread_name_prefix="fanin-connection")
        self._polls = ThreadPoolExecutor(self.THREADS, thread_name_prefix="fanin-poll")

    async def get(self, connection: AwsConnection, service: str) -> Any:
        """The client of a connection, which is made once for all who ask meanwhile: see AwsConnection.client.

        Ask for it with each poll. One that is to be made anew is kept where that fails, or takes long.
        """
        key = (repr(connection), service)
        kept = self._clients.get(key)
        if kept and self._clock() - kept.made < self.AGE:
            return kept.client
        if key not in self._making:
            # In a thread that Airflow knows: what it answers about connections comes through the event loop.
            make = sync_to_async(connection.client, thread_sensitive=False, executor=self._threads)
            made = asyncio.ensure_future(self._keep(key, make(service)))
            # Where nobody waits any more, nobody else looks at its error.
            made.add_done_callback(lambda one: one.cancelled() or one.exception())
            self._making[key] = _Making(made, self._clock())
        making = self._making[key]
        left = making.began + self.MAKING - self._clock()
        try:
            # Who is cancelled leaves the others waiting.
            return await asyncio.wait_for(asyncio.shield(making.client), max(left, 0.0))
        except asyncio.TimeoutError as error:
            if kept is None:
                raise ConnectionNotReadable(connection.aws_conn_id, error) from error
            if left > 0:
                _LOG.warning("going on with the client as it was: another takes more than %g s to make", self.MAKING)
            return kept.client

    async def ask(self, connection: AwsConnection, call: Callable[..., T], *arguments: Any) -> T:
        """Calls what waits for AWS in a thread, after others who ask through this connection.

        A call that repeats a throttled request keeps its turn meanwhile, which slows down the polls of this connection.
        """
        turn = self._turns.setdefault(repr(connection), asyncio.Semaphore(self.POLLS))
        loop = asyncio.get_running_loop()

        def pass_on(_: Any) -> None:
            # A loop that is closed has nobody waiting.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(turn.release)

        await turn.acquire()
        answer = self._polls.submit(call, *arguments)
        # Not before the thread is free, which goes on where the one who asks is cancelled.
        answer.add_done_callback(pass_on)
        return await asyncio.wrap_future(answer)

    def drop(self, client: Any) -> None:
        """Has another one made for who asks next: the connection may have been changed. Waits for nobody."""
        for key, one in list(self._clients.items()):
            if one.client is client:
                self._clients.pop(key, None)

    async def _keep(self, key: tuple[str, str], make: Awaitable[Any]) -> Any:
        try:
            client = await make
        except Exception as error:
            kept = self._clients.get(key)
            if kept is None:
                raise
            _LOG.warning("going on with the client as it was: %s", error)
            client = kept.client
        finally:
            del self._making[key]
        self._clients[key] = _Kept(client, self._clock())
        return client


@dataclass(frozen=True)
class _Making:
    client: asyncio.Future[Any]
    began: float


@dataclass(frozen=True)
class _Kept:
    client: Any
    made: float
