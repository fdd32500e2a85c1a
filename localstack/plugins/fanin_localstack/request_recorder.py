"""Writes down what each role asks for, so that its policies can be held to it: LocalStack itself refuses nothing.

Functions, state machines, rules and event source mappings act with the credentials of a role that LocalStack has
assumed for them; by the access key of these, a request's role is known. Nothing is written unless ``FANIN_REQUESTS``
names a file. Each of its lines is a JSON object, of a permission that a role needed for the first time

    {"role": NAME, "action": ..., "resource": ARN, "context": {KEY: VALUE}}

or of the parameters that a stack is created or updated with, and of its name as it is written in resources

    {"stack": NAME, "alike": NAME, "parameters": {KEY: VALUE}}
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from localstack.runtime import hooks
from localstack.utils.aws.request_context import extract_access_key_id_from_auth_header

from fanin_localstack.needed_permissions import Call, alike, needed

LOG = logging.getLogger(__name__)

VARIABLE = "FANIN_REQUESTS"
DEPLOYMENTS = frozenset({"CreateStack", "UpdateStack", "CreateChangeSet"})


@hooks.on_infra_start()
def record_requests() -> None:
    file = os.environ.get(VARIABLE)
    if not file:
        return
    from localstack.aws import handlers

    handlers.run_custom_response_handlers.append(RequestRecorder(Path(file)))


class RequestRecorder:
    """A response handler: whether there was an object is known only then."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._roles: dict[str, str] = {}
        self._lines: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self, chain: Any, context: Any, response: Any) -> None:
        if not context.service or not context.operation:
            return
        try:
            self._record(context, response.status_code)
        except Exception:
            # Those who judge find what is written in place of the request.
            LOG.exception("A request was not understood")
            self._write({"failed": f"{context.service.service_name}.{context.operation.name}"})

    def _record(self, context: Any, status: int) -> None:
        service, operation = context.service.signing_name, context.operation.name
        given = context.service_request or {}
        if (service, operation) == ("sts", "AssumeRole"):
            self._remember(given, context.service_response)
        if service == "cloudformation" and operation in DEPLOYMENTS:
            name = _stack_name(given["StackName"])
            self._write({"stack": name, "alike": alike(name), "parameters": _values(given)})
        role = self._roles.get(extract_access_key_id_from_auth_header(context.request.headers) or "")
        if not role:
            return
        owner = _owner(given["Bucket"], context) if service == "s3" and given.get("Bucket") else ""
        for one in needed(Call(service, operation, given, context.region, context.account_id, owner, status)):
            self._write({"role": role, "action": one.action, "resource": one.resource, "context": dict(one.context)})

    def _remember(self, given: Mapping[str, Any], answer: Mapping[str, Any] | None) -> None:
        if answer and answer.get("Credentials"):
            self._roles[answer["Credentials"]["AccessKeyId"]] = given["RoleArn"].rpartition("/")[2]

    def _write(self, content: Mapping[str, Any]) -> None:
        line = json.dumps(content) + "\n"
        with self._lock:
            # Parameters that come back after others apply again.
            if line in self._lines and "stack" not in content:
                return
            self._lines.add(line)
            with self._file.open("a") as file:
                file.write(line)


def _stack_name(given: str) -> str:
    """A request names a stack by its name or by its ARN, in which the name is followed by an id."""
    return given.split("/")[1] if given.startswith("arn:") else given


def _values(given: Mapping[str, Any]) -> dict[str, str]:
    """Without those that stay as they are."""
    parameters = given.get("Parameters") or []
    return {one["ParameterKey"]: one["ParameterValue"] for one in parameters if "ParameterValue" in one}


def _owner(bucket: str, context: Any) -> str:
    """The bucket's account; the caller's where there is no such bucket."""
    from localstack.services.s3.models import s3_stores

    owners = s3_stores[context.account_id][context.region].global_bucket_map
    return str(owners.get(bucket, context.account_id))
