"""Asks the server at an endpoint whether it is LocalStack."""

from __future__ import annotations

import http.client
import json
import urllib.request

ANSWER_SECONDS = 15
"""LocalStack answers its first question late."""


def localstack_version(url: str) -> tuple[int, ...] | None:
    """The version of the LocalStack that is there, or None where it is something else or nothing."""
    try:
        version = json.loads(ask(url))["version"]
        return tuple(int(number) for number in version.split(".")[:3])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def ask(url: str) -> bytes:
    """Raises an OSError without a response; an HTTPError, its subclass, if another server responds."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_localstack/health", timeout=ANSWER_SECONDS) as answer:
            return answer.read()
    except http.client.HTTPException as error:
        raise ConnectionError(f"no HTTP: {error!r}") from error
