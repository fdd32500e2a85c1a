"""Glue's operations on runs of jobs. The jobs are moto's; their runs are processes that do what the script says.

Only scripts in plain Python run here: there is no Spark, and no ``awsglue``.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.connect import connect_to
from moto.glue.models import FakeJob, GlueBackend

from fanin_localstack.client_environment import client_environment
from fanin_localstack.glue_job_run import JobRun
from fanin_localstack.glue_rules import GlueRuleError, check_batch_size, page

Request = dict[str, Any]
Response = dict[str, Any]

MAX_BATCH_STOP = 25
MAX_RUN_PAGE = 200
DEFAULT_TIMEOUT_MINUTES = 2880


def start_job_run(backend: GlueBackend, request: Request) -> Response:
    job = backend.get_job(request["JobName"])
    runs = _runs(job)
    limit = job.execution_property.get("MaxConcurrentRuns", 1)
    if sum(not run.has_ended for run in runs.values()) >= limit:
        raise GlueRuleError(
            "ConcurrentRunsExceededException", f"Concurrent runs exceeded for {job.name}: it may have {limit}"
        )
    arguments = {**job.default_arguments, **(request.get("Arguments") or {}), **(job.non_overridable_arguments or {})}
    bucket, _, key = job.command["ScriptLocation"].removeprefix("s3://").partition("/")
    clients = connect_to(aws_access_key_id=backend.account_id, region_name=backend.region_name)
    run = JobRun(
        job.name,
        arguments,
        lambda: clients.s3.get_object(Bucket=bucket, Key=key)["Body"].read(),
        client_environment(backend.account_id, backend.region_name),
        60 * (request.get("Timeout") or job.timeout or DEFAULT_TIMEOUT_MINUTES),
    )
    runs[run.id] = run
    return {"JobRunId": run.id}


def get_job_run(backend: GlueBackend, request: Request) -> Response:
    return {"JobRun": _run(backend.get_job(request["JobName"]), request["RunId"]).described()}


def get_job_runs(backend: GlueBackend, request: Request) -> Response:
    """Those that began last come first."""
    newest_first = list(enumerate(_runs(backend.get_job(request["JobName"])).values()))
    found, token = page(newest_first, lambda numbered: -numbered[0], request, MAX_RUN_PAGE)
    answer: Response = {"JobRuns": [run.described() for _, run in found]}
    return {**answer, "NextToken": token} if token else answer


def batch_stop_job_run(backend: GlueBackend, request: Request) -> Response:
    check_batch_size("jobRunIds", request["JobRunIds"], MAX_BATCH_STOP)
    job = backend.get_job(request["JobName"])
    stopped, errors = [], []
    for run_id in request["JobRunIds"]:
        named = {"JobName": job.name, "JobRunId": run_id}
        try:
            run = _run(job, run_id)
            if not run.stop():
                raise GlueRuleError("JobRunInTerminalStateException", f"The job run {run_id} has ended")
            stopped.append(named)
        except GlueRuleError as e:
            errors.append({**named, "ErrorDetail": {"ErrorCode": e.code, "ErrorMessage": e.message}})
    return {"SuccessfulSubmissions": stopped, "Errors": errors}


OPERATIONS = {
    "StartJobRun": start_job_run,
    "GetJobRun": get_job_run,
    "GetJobRuns": get_job_runs,
    "BatchStopJobRun": batch_stop_job_run,
}


def _runs(job: FakeJob) -> dict[str, JobRun]:
    if not hasattr(job, "fanin_runs"):
        job.fanin_runs = {}
    return job.fanin_runs


def _run(job: FakeJob, run_id: str) -> JobRun:
    run = _runs(job).get(run_id)
    if run is None:
        raise GlueRuleError("EntityNotFoundException", f"Job run {run_id} of {job.name} not found")
    return run
