"""Events of partition-fan-in as run events of OpenLineage (https://openlineage.io/spec/2-0-2/OpenLineage.json).

A pass of a run is a run of OpenLineage: it ends once, and a redrive is another pass. Its parent is the execution. The
mapping needs no client of OpenLineage, and sends nothing. The stack sends the same run events itself where it has
OpenLineageUrl.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partition_fan_in import contract
from partition_fan_in.errors import FaninError, UnknownContract

PRODUCER = "https://pypi.org/project/partition-fan-in/"
SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json"
FACETS = "https://openlineage.io/spec/facets"

_RUNS = uuid.uuid5(uuid.NAMESPACE_URL, PRODUCER)
"""The same execution and pass have the same run id, whoever maps the event."""

_TYPES = {"Table Complete": "COMPLETE", "Table Healed": "COMPLETE", "Table Partial": "FAIL", "Run Failed": "FAIL"}
_ABORTED = "ABORTED"
"""The error of an execution that somebody has stopped."""

_NO_COUNTS = ("schemaVersion", "pass")
"""Numbers of an event that count nothing."""


def run_event(
    event: Mapping[str, Any], *, sources: Sequence[str] = (), namespace: str | None = None, producer: str = PRODUCER
) -> dict[str, Any]:
    """The run event of OpenLineage, as JSON, for an event that EventBridge delivers about a run of a table.

    sources: S3 URIs of the folders that were read; the folder of the table's source, or else the table's own, if there
    are none. namespace: of the job;
    that of the state machine if it is None, `aws:states:<region>:<account>`.

    Raises FaninError for an event about anything else, and UnknownContract for one of a newer version.
    """
    kind, detail = event["detail-type"], event["detail"]
    if kind not in _TYPES or "table" not in detail:
        raise FaninError(f"an event '{kind}' that names no table is not about a run of a table")
    version = detail["schemaVersion"]
    if version != contract.EVENT_VERSION:
        raise UnknownContract(f"schemaVersion of event {detail['id']}", version, str(contract.EVENT_VERSION))
    execution = _Execution.of(detail["execution"])
    job_namespace = namespace or execution.namespace
    folders = sources or [uri for uri in (detail.get("source") or detail.get("location"),) if uri]
    return {
        "eventType": "ABORT" if detail.get("ended", detail.get("error")) == _ABORTED else _TYPES[kind],
        "eventTime": event["time"],
        "producer": producer,
        "schemaURL": f"{SPEC}#/$defs/RunEvent",
        "run": _run(detail, execution, job_namespace, producer),
        "job": {
            "namespace": job_namespace,
            "name": f"{detail['database']}.{detail['table']}",
            "facets": {"jobType": _job_type(producer)},
        },
        "inputs": [_folder(uri) for uri in folders],
        "outputs": [_glue_table(detail, execution)],
    }


@dataclass(frozen=True)
class _Execution:
    arn: str
    partition: str
    region: str
    account: str
    machine: str

    @staticmethod
    def of(arn: str) -> _Execution:
        parts = arn.split(":", 7)
        if len(parts) != 8 or parts[2] != "states" or parts[5] != "execution":
            raise UnknownContract("the event's execution", arn, "the ARN of an execution")
        return _Execution(arn, parts[1], parts[3], parts[4], parts[6])

    @property
    def namespace(self) -> str:
        return f"aws:states:{self.region}:{self.account}"

    @property
    def run_id(self) -> str:
        return str(uuid.uuid5(_RUNS, self.arn))

    def pass_id(self, number: int) -> str:
        return str(uuid.uuid5(_RUNS, f"{self.arn}/{number}"))


def _run(detail: Mapping[str, Any], execution: _Execution, namespace: str, producer: str) -> dict[str, Any]:
    """A pass, or the execution where it has failed: its numbers are then those of a pass that has ended before."""
    facets: dict[str, Any] = {"fanin_counts": _counts(detail, producer)}
    if detail["failures"]:
        facets["fanin_failures"] = {**_facet(producer, f"{SPEC}#/$defs/RunFacet"), "failures": list(detail["failures"])}
    message = _message(detail)
    if message:
        facets["errorMessage"] = {
            **_facet(producer, f"{FACETS}/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet"),
            "message": message,
            "programmingLanguage": "Java",
        }
    if "error" in detail:
        return {"runId": execution.run_id, "facets": facets}
    facets["parent"] = {
        **_facet(producer, f"{FACETS}/1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet"),
        "run": {"runId": execution.run_id},
        "job": {"namespace": namespace, "name": execution.machine},
    }
    return {"runId": execution.pass_id(detail["pass"]), "facets": facets}


def _message(detail: Mapping[str, Any]) -> str:
    if "error" in detail:
        return f"{detail['error']}: {detail['cause']}"
    return "\n".join(
        f"{failure['partition']}: {failure['error']}: {failure['message']}" for failure in detail["failures"]
    )


def _counts(detail: Mapping[str, Any], producer: str) -> dict[str, Any]:
    """All numbers of the event, those of later versions too, and where they come from."""
    names = ("run", "status", "completeThrough", "timeZone", "report")
    words = {name: detail[name] for name in names if name in detail}
    numbers = {name: value for name, value in detail.items() if isinstance(value, int) and name not in _NO_COUNTS}
    # OpenLineage's client for Python makes attributes of the names, and pass is none.
    number = {"passNumber": detail["pass"]} if "pass" in detail else {}
    return {**_facet(producer, f"{SPEC}#/$defs/RunFacet"), **words, **number, **numbers}


def _job_type(producer: str) -> dict[str, Any]:
    return {
        **_facet(producer, f"{FACETS}/2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet"),
        "processingType": "BATCH",
        "integration": "PARTITION_FAN_IN",
        "jobType": "RUN",
    }


def _folder(uri: str) -> dict[str, Any]:
    bucket, _, prefix = uri.removeprefix("s3://").partition("/")
    return {"namespace": f"s3://{bucket}", "name": prefix.rstrip("/") or "/", "facets": {}}


def _glue_table(detail: Mapping[str, Any], execution: _Execution) -> dict[str, Any]:
    return {
        "namespace": f"arn:{execution.partition}:glue:{execution.region}:{execution.account}",
        "name": f"table/{detail['database']}/{detail['table']}",
        "facets": {},
    }


def _facet(producer: str, schema: str) -> dict[str, Any]:
    return {"_producer": producer, "_schemaURL": schema}
