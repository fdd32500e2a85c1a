"""The endpoint of the scripts that start the emulator and deploy the stack: AWS only if that was requested.

They run before the command line is built, which chooses by the same rule in Java (``Endpoint.inRepository``), but does
not ask for endpoints of single services. The tests of both read the rule's cases from
``cli/src/test/resources/endpoints.json``.
"""

from __future__ import annotations

import os
import urllib.error
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from devtools import health
from devtools.errors import CliError
from devtools.project import DEFAULT_PORT, is_release

SERVICES = ("cloudformation", "s3", "sts", "lambda", "glue")
"""What deployments, and the trial of what was deployed, talk to."""
DOMAINS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazonaws.eu")
LOCAL_REGION = "us-east-1"
LOCAL_CREDENTIALS = "test"


@dataclass(frozen=True)
class Endpoint:
    """AWS itself (no URL), or something that stands in for it."""

    url: str | None
    region: str | None = None
    access_key: str = LOCAL_CREDENTIALS
    secret_key: str = LOCAL_CREDENTIALS
    token: str | None = None

    @property
    def is_aws(self) -> bool:
        return self.url is None

    @cached_property
    def session(self) -> boto3.Session:
        if self.is_aws:
            # boto3 reads AWS_DEFAULT_REGION alone; the AWS CLI and the SDK of fanin read AWS_REGION first.
            return boto3.Session(region_name=os.environ.get("AWS_REGION") or None)
        return boto3.Session(
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            aws_session_token=self.token,
            region_name=self.region,
        )

    @property
    def profile(self) -> str | None:
        """The caller's; none where the environment has credentials, which win over any."""
        others = ("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE")
        return None if any(map(os.environ.get, others)) else self.session.profile_name

    def _require_aws(self) -> None:
        """A profile, or a variable for one service, may name something that stands in for AWS."""
        for service in SERVICES:
            url = self.client(service).meta.endpoint_url
            if not (urlsplit(url).hostname or "").endswith(DOMAINS):
                raise CliError(
                    f"AWS was asked for, and the endpoint of {service} is {url}",
                    f"unset AWS_ENDPOINT_URL_{service.upper()}, or use a profile without endpoint_url",
                )

    def client(self, service: str) -> Any:
        config = Config(retries={"mode": "standard", "max_attempts": 5})
        if not self.is_aws:
            config = config.merge(Config(s3={"addressing_style": "path"}, connect_timeout=5))
        return self.session.client(service, endpoint_url=self.url, config=config)

    def environment(self) -> dict[str, str]:
        """For a child process, such as the AWS CLI: that it talks to the same place as the same caller."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        if self.is_aws:
            environment = dict(os.environ)
        credentials = self.session.get_credentials().get_frozen_credentials()
        environment["AWS_ACCESS_KEY_ID"] = credentials.access_key
        environment["AWS_SECRET_ACCESS_KEY"] = credentials.secret_key
        environment["AWS_DEFAULT_REGION"] = self.session.region_name
        if credentials.token:
            environment["AWS_SESSION_TOKEN"] = credentials.token
        if self.url:
            environment["AWS_ENDPOINT_URL"] = self.url
        return environment

    def check(self) -> None:
        """Fails at once if nothing answers; a client would retry for a while first."""
        if self.is_aws:
            if self.session.get_credentials() is None:
                raise CliError("there are no AWS credentials", "run aws configure, or set AWS_PROFILE")
            if self.session.region_name is None:
                raise CliError("there is no AWS region", "set AWS_REGION")
            self._require_aws()
            return
        try:
            health.ask(self.url)
        except urllib.error.HTTPError:
            pass  # it answers, and is no LocalStack
        except OSError as error:
            reason = getattr(error, "reason", error)
            hint = "deploy to AWS with --aws" if is_release() else f"start LocalStack: {_start(self.url)}"
            raise CliError(f"nothing answers at {self.url} ({reason})", hint) from error

    def localstack_version(self) -> tuple[int, ...] | None:
        """The version of the LocalStack that is there, or None where it is something else."""
        return None if self.url is None else health.localstack_version(self.url)


def _start(url: str) -> str:
    port = urlsplit(url).port
    return "scripts/up" if port in (None, DEFAULT_PORT) else f"scripts/up --port {port}"


def choose(environment: MutableMapping[str, str], aws: bool) -> Endpoint:
    """`AWS_ENDPOINT_URL` if set; else AWS where that was asked for; else LocalStack at its usual port."""
    url = environment.get("AWS_ENDPOINT_URL")
    if url and aws:
        raise CliError(f"AWS was asked for, and AWS_ENDPOINT_URL is {url}", "unset one of the two")
    if aws:
        return Endpoint(None)
    if not url:
        return local(f"http://localhost:{DEFAULT_PORT}", environment)
    if not _is_url(url):
        raise CliError(
            f"'{url}' is not the URL of an endpoint such as http://localhost:{DEFAULT_PORT}", "see AWS_ENDPOINT_URL"
        )
    named = local(url, environment)
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or LOCAL_REGION
    key = environment.get("AWS_ACCESS_KEY_ID")
    if not key:
        return replace(named, region=region)
    return replace(
        named,
        region=region,
        access_key=key,
        secret_key=environment.get("AWS_SECRET_ACCESS_KEY") or LOCAL_CREDENTIALS,
        token=environment.get("AWS_SESSION_TOKEN"),
    )


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none, half an address
        return False


def local(url: str, environment: MutableMapping[str, str]) -> Endpoint:
    """LocalStack as it is there: its region, and no credentials of the caller's.

    What is set up for AWS is taken out of the environment: a profile that does not exist here, or a proxy that would
    carry the calls away.
    """
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
        environment.pop(name, None)
    host = urlsplit(url).hostname or "localhost"
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [kept for kept in environment.get(name, "").split(",") if kept]
        environment[name] = ",".join(dict.fromkeys([*hosts, host]))
    return Endpoint(url.rstrip("/"), LOCAL_REGION)
