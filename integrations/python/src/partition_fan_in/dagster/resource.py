"""How definitions reach AWS."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from dagster_aws.utils import ResourceWithBoto3Configuration
from pydantic import Field


class FaninResource(ResourceWithBoto3Configuration):
    """A session of boto3, configured as the resources of dagster-aws are: region, profile, endpoint, retries."""

    catalog_id: str | None = Field(default=None, description="The account of the Glue Data Catalog, if it is another.")
    console: str | None = Field(
        default=None, description="Where fanin console is served, for links; without it they lead to the pages in S3."
    )

    @property
    def partition(self) -> str | None:
        """That of AWS in which the region is, such as `aws-cn`."""
        partition: str | None = self.client("glue").meta.partition
        return partition

    def client(self, service: str) -> Any:
        """A boto3 client."""
        session = boto3.Session(
            profile_name=self.profile_name,
            region_name=self.region_name,
            aws_access_key_id=self.aws_access_key_id,
            aws_secret_access_key=self.aws_secret_access_key,
            aws_session_token=self.aws_session_token,
        )
        return session.client(
            service,
            use_ssl=self.use_ssl,
            verify=self.verify,
            endpoint_url=self.endpoint_url,
            config=Config(retries={"max_attempts": self.max_attempts, "mode": "standard"}),
        )
