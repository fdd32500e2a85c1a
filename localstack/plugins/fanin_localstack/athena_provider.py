"""Athena: work groups are moto's, which LocalStack carries without offering them, and queries run."""

from __future__ import annotations

import os
import threading
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.connect import connect_to
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.athena.models import AthenaBackend, athena_backends

from fanin_localstack.athena_queries import QueryRun, by_command_line
from fanin_localstack.athena_repair import repair
from fanin_localstack.client_environment import client_environment

Request = dict[str, Any]
Response = dict[str, Any]

DEFAULT_WORK_GROUP = "primary"
_lock = threading.Lock()


@aws_provider()
def athena() -> Service:
    service = load_service("athena")
    operations: dict[str, Any] = {name: lambda context, request: call_moto(context) for name in service.operation_names}
    own = {"StartQueryExecution": start_query_execution, "GetQueryExecution": get_query_execution}
    return Service("athena", skeleton=Skeleton(service, operations | own))


def start_query_execution(context: RequestContext, request: Request) -> Response:
    """The same token starts a query once, as on AWS."""
    backend = _backend(context)
    sql, token = request["QueryString"], request.get("ClientRequestToken")
    work_group = request.get("WorkGroup") or DEFAULT_WORK_GROUP
    with _lock:
        if work_group not in backend.work_groups:
            raise _invalid(f"WorkGroup {work_group} is not found.")
        runs = _runs(backend)
        same = runs.get(token) if token else None
        if same is None:
            clients = connect_to(aws_access_key_id=context.account_id, region_name=context.region)
            database = (request.get("QueryExecutionContext") or {}).get("Database", "")
            environment = os.environ | client_environment(context.account_id, context.region)
            same = QueryRun(
                sql,
                database,
                work_group,
                clients.s3,
                by_command_line(environment),
                lambda database, table: repair(database, table, clients.glue, clients.s3),
            )
            runs[same.id] = same
            if token:
                runs[token] = same
        elif same.sql != sql:
            raise _invalid("Idempotent parameters do not match")
    return {"QueryExecutionId": same.id}


def get_query_execution(context: RequestContext, request: Request) -> Response:
    with _lock:
        run = _runs(_backend(context)).get(request["QueryExecutionId"])
    if run is None:
        raise _invalid(f"QueryExecution {request['QueryExecutionId']} was not found")
    return {"QueryExecution": run.described()}


def _backend(context: RequestContext) -> AthenaBackend:
    return athena_backends[context.account_id][context.region]


def _runs(backend: AthenaBackend) -> dict[str, QueryRun]:
    """By their ids, and by the tokens that they were started with."""
    if not hasattr(backend, "fanin_runs"):
        backend.fanin_runs = {}
    runs: dict[str, QueryRun] = backend.fanin_runs
    return runs


def _invalid(message: str) -> CommonServiceException:
    return CommonServiceException("InvalidRequestException", message, status_code=400, sender_fault=True)
