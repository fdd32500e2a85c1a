"""Errors that pass by themselves, while something is waited for that takes hours."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    CredentialRetrievalError,
    HTTPClientError,
    MetadataRetrievalError,
    NoCredentialsError,
    SSOError,
    TokenRetrievalError,
)

from partition_fan_in.aws import code, status
from partition_fan_in.errors import ConnectionNotReadable, NotManaged, Throttled

T = TypeVar("T")

PATIENCE = 10 * 60.0
"""Seconds."""

_PASSING = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "RequestExpired",
        "IDPCommunicationError",
        "ExecutionDoesNotExist",
        "OperationTimeoutException",
        "ResourceNotReadyException",
        "FederationSourceRetryableException",
    }
)
"""Credentials are renewed, and an execution is described only some time after its start. Glue's own have status 400."""

_PASSING_KINDS = (
    Throttled,
    ConnectionNotReadable,
    ConnectionError,
    HTTPClientError,
    CredentialRetrievalError,
    MetadataRetrievalError,
    NoCredentialsError,
    SSOError,
    TokenRetrievalError,
)
"""Where credentials come from may be out of reach for a while, and a person may log in again."""

_LOG = logging.getLogger(__name__)


class Patience:
    """Bears what passes by itself, poll by poll, until it has lasted for PATIENCE: at least once.

    That is throttling, an endpoint that cannot be reached, an error of the service, and credentials that have expired.
    A table that was read, and has lost its parameters to a deployment, is waited for: its next run restores them.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, failing_since: float | None = None) -> None:
        """`failing_since` is that of another process that has polled before, by the same clock."""
        self._clock = clock
        self._failing_since = failing_since

    @property
    def failing_since(self) -> float | None:
        """When the first of the polls failed that were not answered since; None if the last one was."""
        return self._failing_since

    def ask(self, request: Callable[[], T]) -> T | None:
        """The answer to a poll; None if its error is borne, which is raised otherwise."""
        try:
            answer = request()
        except (Throttled, ConnectionNotReadable, NotManaged, BotoCoreError, ClientError) as error:
            if not self.bears(error):
                raise
            return None
        self.answered()
        return answer

    def answered(self) -> None:
        """A poll was answered now."""
        self._failing_since = None

    def bears(self, error: Exception) -> bool:
        """Whether the next poll may be answered; says so in the log."""
        if isinstance(error, NotManaged):
            self.answered()
        elif not (_passes(error) and self._is_borne_now()):
            return False
        _LOG.warning("asking again with the next poll: %s", error)
        return True

    def _is_borne_now(self) -> bool:
        now = self._clock()
        if self._failing_since is None:
            self._failing_since = now
            return True
        return now - self._failing_since < PATIENCE


def _passes(error: Exception) -> bool:
    if isinstance(error, ClientError):
        return status(error) >= 500 or code(error) in _PASSING
    return isinstance(error, _PASSING_KINDS)
