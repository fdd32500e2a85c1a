"""Keeps the clients with which state machines call services.

For every Task LocalStack's Step Functions engine assumes the machine's role and builds a client for the new
credentials: between a tenth and a third of the processor time of a Task that invokes a function. With the assumed role
kept, its factory finds the client that it has built before. LocalStack lets no credentials expire.
"""

from __future__ import annotations

import functools
from types import SimpleNamespace

from localstack.runtime import hooks

CACHED_ROLES = 256


@hooks.on_infra_start()
def cache_task_clients() -> None:
    from localstack.services.stepfunctions.asl.utils import boto_client

    if isinstance(boto_client.connect_to, SimpleNamespace):
        return
    assume_role = functools.lru_cache(maxsize=CACHED_ROLES)(boto_client.connect_to.with_assumed_role)
    # Only this module sees the cache, and it calls nothing else of what it replaces.
    boto_client.connect_to = SimpleNamespace(with_assumed_role=assume_role)
