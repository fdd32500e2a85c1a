"""How operators, sensors and triggers reach AWS: through a connection of the amazon provider."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from botocore.exceptions import BotoCoreError, ClientError

from partition_fan_in.errors import ConnectionNotReadable


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
        return self._hook(service).get_conn()

    def _hook(self, service: str) -> AwsBaseHook[Any]:
        return AwsBaseHook(
            aws_conn_id=self.aws_conn_id,
            client_type=service,
            region_name=self.region_name,
            verify=self.verify,
            config=self.botocore_config,
        )


class SharedClients:
    """Clients for all triggers of a process: one of Glue takes 16 MB, and a triggerer runs a thousand triggers."""

    def __init__(self) -> None:
        self._locks: defaultdict[tuple[str, str], Lock] = defaultdict(Lock)
        self._clients: dict[tuple[str, str], Any] = {}

    def get(self, connection: AwsConnection, service: str) -> Any:
        """The client of a connection, which is made by the first one who asks: see AwsConnection.client.

        A connection that does not answer keeps only those waiting who ask for the same one.
        """
        key = (repr(connection), service)
        with self._locks[key]:
            if key not in self._clients:
                self._clients[key] = connection.client(service)
            return self._clients[key]

    def drop(self, client: Any) -> None:
        """Has another one made for who asks next: the connection may have been changed. Waits for nobody."""
        for key, one in list(self._clients.items()):
            if one is client:
                self._clients.pop(key, None)
