"""The Glue Data Catalog and Glue's jobs: moto's, which LocalStack carries without offering it, held to AWS's rules.

Databases, tables, partitions, runs of jobs and schedules of crawlers are served here; every other operation goes to
moto as it is. One lock serialises them all: LocalStack serves requests concurrently, and moto checks and changes its
dictionaries in separate steps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.core.exceptions import RESTError
from moto.glue.models import GlueBackend, glue_backends

from fanin_localstack import glue_crawlers, glue_jobs, glue_partitions, glue_tables
from fanin_localstack.glue_rules import GlueRuleError

Request = dict[str, Any]
Operation = Callable[[GlueBackend, Request], dict[str, Any]]
Handler = Callable[[RequestContext, Request], Any]

FOLDED_MEMBERS = ("DatabaseName", "TableName")
"""Glue keeps the names of databases and tables in lower case and takes them in any."""

_lock = threading.RLock()


@aws_provider()
def glue() -> Service:
    return Service("glue", skeleton=Skeleton(load_service("glue"), dispatch_table()))


def dispatch_table() -> dict[str, Handler]:
    operations: dict[str, Handler] = {name: _from_moto for name in load_service("glue").operation_names}
    for module in (glue_tables, glue_partitions, glue_jobs, glue_crawlers):
        operations.update({name: _with_rules(operation) for name, operation in module.OPERATIONS.items()})
    return operations


def _from_moto(context: RequestContext, request: Request) -> Any:
    with _lock:
        return call_moto(context)


def _with_rules(operation: Operation) -> Handler:
    def handle(context: RequestContext, request: Request) -> dict[str, Any]:
        backend = glue_backends[context.account_id][context.region]
        folded = {
            member: value.lower() if member in FOLDED_MEMBERS else value for member, value in (request or {}).items()
        }
        try:
            with _lock:
                return operation(backend, folded)
        except GlueRuleError as e:
            raise CommonServiceException(e.code, e.message, status_code=400, sender_fault=True) from e
        except RESTError as e:
            raise CommonServiceException(e.error_type, e.message, status_code=e.code, sender_fault=True) from e

    return handle
