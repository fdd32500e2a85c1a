"""Deploys the stack and reads its outputs."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from fanin_cli import packaging
from fanin_cli.aliases import Aliases
from fanin_cli.deployment import Deployment, DeploymentNote
from fanin_cli.endpoint import Endpoint
from fanin_cli.errors import CliError
from fanin_cli.project import TEMPLATE, command, say

DEPLOY_SECONDS = 900
NEWEST_RUNTIME_SINCE = (4, 14)
"""The LocalStack that has java25; older ones get java21."""
LOCAL_DEFAULTS = {
    "SnapStart": "None",
    "MaxConcurrency": "4",
    "DataBuckets": "lake*,landing*",
    "TargetBuckets": "lake*",
    "SpecBuckets": "lake*",
    "Databases": "*",
}
"""Each concurrent invocation is a JVM on this machine, hence the low MaxConcurrency."""
DEAD = frozenset({"ROLLBACK_COMPLETE"})
"""A stack in this state holds nothing and cannot be updated, only deleted."""
DEAD_ON_LOCALSTACK = DEAD | {"ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}


class Stack:
    """One CloudFormation stack at an endpoint."""

    def __init__(self, endpoint: Endpoint, name: str) -> None:
        self._endpoint = endpoint
        self._name = name
        self._client = endpoint.client("cloudformation")
        self._seen: frozenset[str] = frozenset()
        self._localstack = endpoint.localstack_version()

    def outputs(self) -> dict[str, str]:
        """The outputs of the deployed stack."""
        stack = self._describe()
        if stack is None:
            where = "AWS" if self._endpoint.is_aws else self._endpoint.url
            how = command("deploy") if self._endpoint.is_aws else f"{command('up')}, or {command('deploy')}"
            raise CliError(f"there is no stack {self._name} at {where}", f"deploy it: {how}")
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def deploy(self, parameters: dict[str, str]) -> None:
        """Creates or updates the stack; does nothing where it is what it would become.

        Parameters that are not given keep the value that the stack has, else get their default.
        """
        stack = self._living()
        known = self._known_parameters(parameters)
        kept = {key: value for key, value in _parameters(stack).items() if key in known}
        wanted = {**self._defaults(), **kept, **parameters}
        digest = packaging.digest(wanted)
        bucket = packaging.artifact_bucket(self._endpoint)
        note = DeploymentNote(self._endpoint.client("s3"), bucket, self._name)
        if stack and note.read() == Deployment(stack["StackId"], digest):
            say(f"Stack {self._name} is unchanged")
            return
        started = time.monotonic()
        say(f"{'Updating' if stack else 'Creating'} stack {self._name} ...")
        note.remove()
        stack_id = self._apply(stack, packaging.package(self._endpoint, bucket), wanted)
        note.write(Deployment(stack_id, digest))
        say(f"Stack {self._name} is deployed, in {time.monotonic() - started:.0f} s")

    def _living(self) -> dict[str, Any] | None:
        """The stack, unless what there is of it can only be deleted: then it is gone after this."""
        stack = self._describe()
        if stack is None or stack["StackStatus"] not in (DEAD_ON_LOCALSTACK if self._localstack else DEAD):
            return stack
        say(f"Deleting what is left of stack {self._name} ({stack['StackStatus']}) ...")
        self._seen = self._event_ids()
        self._client.delete_stack(StackName=self._name)
        self._wait("DELETE_COMPLETE")
        return None

    def _known_parameters(self, given: Iterable[str]) -> frozenset[str]:
        """The template's parameters; one that it has not is refused here, as LocalStack would pass over it."""
        summary = self._client.get_template_summary(TemplateURL=packaging.upload(self._endpoint, TEMPLATE))
        known = frozenset(parameter["ParameterKey"] for parameter in summary["Parameters"])
        unknown = sorted(set(given) - known)
        if unknown:
            raise CliError(f"template.yaml has no parameter {', '.join(unknown)}", f"it has {', '.join(sorted(known))}")
        return known

    def _defaults(self) -> dict[str, str]:
        if self._localstack is None:
            return {}
        return {
            **LOCAL_DEFAULTS,
            "LambdaRuntime": "java25" if self._localstack[:2] >= NEWEST_RUNTIME_SINCE else "java21",
            "LambdaArchitecture": "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64",
        }

    def _apply(self, stack: dict[str, Any] | None, template: str, parameters: dict[str, str]) -> str:
        """The stack's id, once it is what it should be."""
        request = {
            "StackName": self._name,
            "TemplateURL": template,
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        }
        self._seen = self._event_ids()
        try:
            if stack is None:
                return self._create(request)
            return self._update(stack, request)
        except ClientError as error:
            reason = error.response["Error"]["Message"]
            raise CliError(f"the stack {self._name} was not deployed: {reason}") from error

    def _create(self, request: dict[str, Any]) -> str:
        stack_id = self._client.create_stack(**request)["StackId"]
        self._wait("CREATE_COMPLETE")
        return stack_id

    def _update(self, stack: dict[str, Any], request: dict[str, Any]) -> str:
        aliases = Aliases(self._endpoint, self._name) if self._localstack else None
        if aliases:
            aliases.remove()
        try:
            self._client.update_stack(**request)
            self._wait("UPDATE_COMPLETE")
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise
        finally:
            if aliases:
                aliases.restore()
        return stack["StackId"]

    def _wait(self, wanted: str) -> None:
        """Asks often: the CLI's own waiting asks every 30 seconds."""
        pause = 5.0 if self._endpoint.is_aws else 0.5
        deadline = time.monotonic() + DEPLOY_SECONDS
        while time.monotonic() < deadline:
            stack = self._describe()
            status = stack["StackStatus"] if stack else "DELETE_COMPLETE"
            # Before the request is taken up, the stack still has the state that the last one left.
            if status.endswith("_IN_PROGRESS") or (stack and status not in self._new_states()):
                time.sleep(pause)
                continue
            # LocalStack calls an update complete that it has rolled back: what failed stands in the events only.
            failures = self._failures() if stack else []
            if status != wanted or failures:
                reasons = "\n".join(failures[:5]) or "  no event says why"
                raise CliError(f"the stack {self._name} is {status}, and this failed:\n{reasons}")
            return
        raise CliError(f"the stack {self._name} is not deployed after {DEPLOY_SECONDS} s", "look at its events")

    def _new_states(self) -> set[str]:
        return {event["ResourceStatus"] for event in self._new_events() if event["LogicalResourceId"] == self._name}

    def _failures(self) -> list[str]:
        failed = [event for event in self._new_events() if event.get("ResourceStatus", "").endswith("_FAILED")]
        reasons = [(event["LogicalResourceId"], event.get("ResourceStatusReason")) for event in failed]
        return [f"  {resource}: {reason}" for resource, reason in reasons if reason]

    def _new_events(self) -> list[dict[str, Any]]:
        """What has happened since the request, oldest first."""
        return [event for event in reversed(self._events()) if event["EventId"] not in self._seen]

    def _event_ids(self) -> frozenset[str]:
        return frozenset(event["EventId"] for event in self._events())

    def _events(self) -> list[dict[str, Any]]:
        try:
            return self._client.describe_stack_events(StackName=self._name)["StackEvents"]
        except ClientError:
            return []  # there is no such stack

    def _describe(self) -> dict[str, Any] | None:
        try:
            return self._client.describe_stacks(StackName=self._name)["Stacks"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ValidationError":
                return None
            raise


def _parameters(stack: dict[str, Any] | None) -> dict[str, str]:
    found = stack.get("Parameters", []) if stack else []
    return {parameter["ParameterKey"]: parameter["ParameterValue"] for parameter in found}
