"""How operators, sensors and triggers reach AWS: through a connection of the amazon provider."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook


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
        """A boto3 client. Reads the connection, which a trigger must not do on its event loop."""
        return self._hook(service).get_conn()

    def region(self) -> str:
        """Where the connection leads; empty if neither it nor the environment says."""
        return self._hook("glue").conn_region_name or ""

    def fields(self) -> dict[str, Any]:
        """As arguments of a trigger."""
        return asdict(self)

    def _hook(self, service: str) -> AwsBaseHook[Any]:
        return AwsBaseHook(
            aws_conn_id=self.aws_conn_id,
            client_type=service,
            region_name=self.region_name,
            verify=self.verify,
            config=self.botocore_config,
        )
