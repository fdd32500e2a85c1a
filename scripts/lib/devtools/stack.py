"""Deploys the stack, takes a deployment back, deletes the stack, and reads its outputs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from devtools import packaging, versions
from devtools.aws_errors import CALLS
from devtools.aws_errors import told as told_of
from devtools.changes import ChangeSet
from devtools.deployment import Deployment, DeploymentNotes, RollbackNotes, keeping_keys, noted
from devtools.described import DEAD, UNFINISHED, is_changing, is_missing, outputs_of, parameters_of
from devtools.endpoint import Endpoint
from devtools.errors import CliError
from devtools.local_parameters import LOCAL_DEFAULTS, LOCAL_LIMITS, LOCAL_SPECS, for_machine
from devtools.project import command, is_release, say, warn

DEPLOY_SECONDS = 900
LONGEST_NAME = 76
"""Of a stack: its state machine of all tables has four characters more, and Step Functions takes 80."""
LONGEST_NAME_WITH = {"WebhookUrl": 56, "OpenLineageUrl": 52}
"""Of a stack with a value of this parameter: EventBridge's connections and destinations have 64 characters."""
STATE_BUCKET = "StateBucketName"
"""The output that names the state bucket, which outlives the stack."""
FUNCTION_NAME = "FunctionName"
"""With which the outputs end that name the functions."""


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
            only_deploy = self._endpoint.is_aws or is_release()
            how = command("deploy") if only_deploy else f"{command('up')}, or {command('deploy')}"
            raise self._missing(f"deploy it: {how}")
        return outputs_of(stack)

    def commit(self) -> str | None:
        """What the stack was built from, once nobody changes it; None where that is not known."""
        stack = self._settled(self._describe())
        return self._notes(packaging.Artifacts(self._endpoint, self._name)).commit_of(stack) if stack else None

    def _missing(self, hint: str) -> CliError:
        return CliError(f"there is no stack {self._name} at {self._endpoint.url or 'AWS'}", hint)

    def deploy(
        self,
        given: dict[str, str],
        template: Path,
        declared: dict[str, str] | None,
        approve: Callable[[], bool],
        tags: dict[str, str] | None = None,
        commit: str | None = None,
    ) -> bool:
        """Creates or updates the stack; does nothing if it would not change.

        Parameters that are not given have the value that is declared for the stack's environment, else their default.
        Without such a declaration they keep the value that the stack has; secrets do so in any case. Without
        `tags` the stack keeps its tags. False where the changes were not approved.
        """
        self._check_name({**(declared or {}), **given})
        found = self._usable()
        stack = None if self._is_dead(found) else found
        known = self._known_parameters(template, [*given, *(declared or {})])
        secrets = packaging.secrets(template)
        if declared is None:
            kept = {key: value for key, value in parameters_of(stack).items() if key in known - secrets}
            wanted = {**self._local(LOCAL_DEFAULTS, LOCAL_SPECS, LOCAL_LIMITS), **kept, **given}
        else:
            wanted = {**self._local(LOCAL_DEFAULTS), **declared, **self._local(LOCAL_LIMITS), **given}
        missing = sorted(packaging.required(template) - wanted.keys())
        if missing:
            raise CliError(
                f"{template.name} has no default for {', '.join(missing)}",
                "give a value with --parameter KEY=VALUE, or deploy an ENV whose section of samconfig.toml names one",
            )
        artifacts = packaging.Artifacts(self._endpoint, self._name)
        if found is not stack and not self._may_remove(found, artifacts, approve):
            return False
        digest = packaging.digest(template, wanted, tags)
        notes = self._notes(artifacts)
        last = notes.last()
        if stack and last and last.is_of(stack) and last.digest == digest:
            if commit and commit != last.commit:
                notes.end(replace(last, commit=commit))
            say(f"Stack {self._name} is unchanged")
            return True
        artifacts.make_bucket()
        key = artifacts.package(template)
        shown = {key: value for key, value in wanted.items() if key not in secrets}
        told = {key: value for key, value in wanted.items() if key in secrets}
        kept_empty = secrets if stack is None else last.empty if last and last.is_of(stack) else ()
        empty = sorted(key for key in secrets if not told.get(key, "" if key in kept_empty else "kept"))
        deployment = Deployment("", digest, key, shown, sorted(secrets), tags, commit=commit, empty=empty)
        return self._become(stack, artifacts, notes, deployment, approve, told)

    def _check_name(self, parameters: dict[str, str]) -> None:
        has = f"the stack's name {self._name} has {len(self._name)} characters"
        if len(self._name) > LONGEST_NAME:
            raise CliError(
                f"{has}, of {LONGEST_NAME} at most", "give it a shorter one: its state machines are called after it"
            )
        for parameter, longest in LONGEST_NAME_WITH.items():
            if len(self._name) > longest and parameters.get(parameter):
                raise CliError(
                    f"{has}, of {longest} at most with {parameter}",
                    f"give it a shorter one, or no {parameter}: the connection to it is called after the stack",
                )

    def roll_back(self, approve: Callable[[], bool]) -> bool:
        """Restores the stack from before the last deployment; called again, it restores the newer one.

        Called again after it failed or was interrupted, it restores the same one. A deployment that was rolled back
        is none; of one that was interrupted, it restores what that was about to replace, and of a stack that something
        else has changed since, the last deployment.
        """
        artifacts = packaging.Artifacts(self._endpoint, self._name)
        notes = self._notes(artifacts, RollbackNotes)
        found = self._usable()
        stack = None if self._is_dead(found) else found
        replaced, previous = (keeping_keys(one, stack) for one in (notes.replaced(), notes.previous()))
        if stack and replaced and replaced.stack_id == stack["StackId"] and self._differs(stack, artifacts, replaced):
            return self._become(stack, artifacts, self._notes(artifacts), replaced, approve, replaced.known_secrets)
        last = keeping_keys(notes.last(), stack)
        is_changed = stack and last and last.stack_id == stack["StackId"] and last.changed and not last.is_of(stack)
        if is_changed and self._differs(stack, artifacts, last):
            say(f"Something else has changed stack {self._name} since its last deployment, which would come back:")
            return self._become(stack, artifacts, self._notes(artifacts), last, approve, last.known_secrets)
        if stack is None or previous is None or previous.stack_id != stack["StackId"]:
            raise CliError(
                f"of stack {self._name} no deployment before the last is known", "deploy the version you want"
            )
        return self._become(stack, artifacts, notes, previous, approve, previous.known_secrets)

    def _differs(self, stack: dict[str, Any], artifacts: packaging.Artifacts, wanted: Deployment) -> bool:
        changes, lines = self._changes(stack, artifacts, wanted, wanted.known_secrets)
        if lines:
            changes.delete()
        return bool(lines)

    def delete(self, approve: Callable[[], bool]) -> bool:
        """Deletes it; its state bucket is kept, with what is outstanding of each table."""
        stack = self._settled(self._describe())
        if stack is None:
            raise self._missing("see --stack and ENV, --aws and AWS_REGION: which stack, and where")
        bucket, status = outputs_of(stack).get(STATE_BUCKET), stack["StackStatus"]
        if bucket is None and status not in UNFINISHED:
            raise CliError(
                f"the stack {self._name} has no output {STATE_BUCKET}: it is not one of partition-fan-in",
                "name yours with --stack, or ENV; aws cloudformation delete-stack deletes any",
            )
        artifacts = packaging.Artifacts(self._endpoint, self._name)
        left = f"s3://{bucket} kept" if bucket else f"is {status}"
        say(f"Stack {self._name}{artifacts.where} would be deleted, and {left}")
        if not approve():
            return False
        self._remove()
        self._notes(artifacts).remove()
        say(f"Stack {self._name} is deleted ({stack['StackId']}).")
        if bucket:
            say(f"Its state bucket is kept: s3://{bucket}")
        return True

    def _remove(self) -> None:
        self._seen = self._event_ids()
        self._client.delete_stack(StackName=self._name)
        self._wait("DELETE_COMPLETE")

    def _notes(self, artifacts: packaging.Artifacts, kind: type[DeploymentNotes] = DeploymentNotes) -> DeploymentNotes:
        return kind(self._endpoint.client("s3"), artifacts.place)

    def _is_dead(self, stack: dict[str, Any] | None) -> bool:
        return stack is not None and stack["StackStatus"] in (UNFINISHED if self._localstack else DEAD)

    def _may_remove(self, dead: dict[str, Any], artifacts: packaging.Artifacts, approve: Callable[[], bool]) -> bool:
        """Deletes a stack that holds nothing; one in review may wait for somebody to approve it."""
        say(f"Stack {self._name}{artifacts.where} is {dead['StackStatus']}, and holds nothing: it is deleted first")
        if self._endpoint.is_aws and not approve():
            return False
        now = self._describe()
        if now and (now["StackId"] != dead["StackId"] or not self._is_dead(now)):
            raise CliError(f"the stack {self._name} is {now['StackStatus']} now", "run the same command again")
        self._remove()
        return True

    def _usable(self) -> dict[str, Any] | None:
        """The stack, once nobody changes it, in a state in which it can be updated, or only deleted."""
        stack = self._settled(self._describe())
        status = stack["StackStatus"] if stack else None
        if self._is_dead(stack):
            return stack
        if status in ("ROLLBACK_FAILED", "DELETE_FAILED"):
            hint = "mend what its events name, then delete the stack: the same command with --delete"
        elif status == "UPDATE_ROLLBACK_FAILED":
            going_on = f"aws cloudformation continue-update-rollback --stack-name {self._name}"
            hint = f"mend what its events name, then: {going_on}"
        else:
            return stack
        raise CliError(f"the stack {self._name} is {status}, and CloudFormation does not update it", hint)

    def _settled(self, stack: dict[str, Any] | None) -> dict[str, Any] | None:
        """The stack once nobody changes it: an interrupted command has left its deployment to go on by itself."""
        if not is_changing(stack):
            return stack
        say(f"Waiting for stack {self._name}, which is {stack['StackStatus']} ...")
        deadline = time.monotonic() + DEPLOY_SECONDS
        while is_changing(stack):
            if time.monotonic() > deadline:
                raise CliError(f"the stack {self._name} is still {stack['StackStatus']}", "look at its events")
            time.sleep(self._pause)
            stack = self._describe()
        return stack

    def _known_parameters(self, template: Path, given: Iterable[str]) -> frozenset[str]:
        """The template's parameters; one that it has not is refused here, as LocalStack would pass over it."""
        known = packaging.parameters(template)
        unknown = sorted(set(given) - known)
        if unknown:
            raise CliError(
                f"{template.name} has no parameter {', '.join(unknown)}", f"it has {', '.join(sorted(known))}"
            )
        return known

    def _local(self, *parameters: dict[str, str]) -> dict[str, str]:
        """The parameters for LocalStack; none elsewhere."""
        return {} if self._localstack is None else for_machine(self._localstack, *parameters)

    def _become(
        self,
        stack: dict[str, Any] | None,
        artifacts: packaging.Artifacts,
        notes: DeploymentNotes,
        wanted: Deployment,
        approve: Callable[[], bool],
        told: dict[str, str],
    ) -> bool:
        """Shows the changes and, once approved, executes them; notes the deployment when it is complete."""
        started = time.monotonic()
        changes, lines = self._changes(stack, artifacts, wanted, told)
        if lines:
            say(f"Stack {self._name} would be {'updated' if stack else 'created'}{artifacts.where}:")
            for line in lines:
                say(f"  {line}")
            if not _approved(changes, approve):
                return False
            notes.begin(wanted.commit)
            self._execute(changes, "UPDATE_COMPLETE" if stack else "CREATE_COMPLETE")
        described = self._describe()
        stack_id, changed = noted(described)
        notes.end(replace(wanted, stack_id=stack_id, changed=changed))
        if lines and self._endpoint.is_aws:
            names = [name for key, name in outputs_of(described).items() if key.endswith(FUNCTION_NAME)]
            versions.delete_old(self._endpoint.client("lambda"), names)
        if lines:
            say(f"Stack {self._name} is deployed, in {time.monotonic() - started:.0f} s")
        else:
            say(f"Nothing would change: stack {self._name} already is that deployment")
        return True

    def _changes(
        self,
        stack: dict[str, Any] | None,
        artifacts: packaging.Artifacts,
        wanted: Deployment,
        told: dict[str, str],
    ) -> tuple[ChangeSet, list[str]]:
        """What would change, a line each."""
        changes = ChangeSet(self._client, self._name, stack is None)
        kept = (set(wanted.secrets) & set(parameters_of(stack))) - set(told)
        return changes, changes.create(self._request(artifacts.bucket, wanted, told, kept), self._pause)

    def _request(self, bucket: str, wanted: Deployment, told: dict[str, str], kept: set[str]) -> dict[str, Any]:
        """Secrets have the given values, or keep those that they have."""
        return {
            "TemplateURL": f"{self._endpoint.client('s3').meta.endpoint_url}/{bucket}/{wanted.template}",
            "Parameters": [
                *(
                    {"ParameterKey": key, "ParameterValue": value}
                    for key, value in {**wanted.parameters, **told}.items()
                ),
                *({"ParameterKey": key, "UsePreviousValue": True} for key in sorted(kept)),
            ],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
            **(
                {}
                if wanted.tags is None
                else {"Tags": [{"Key": key, "Value": value} for key, value in wanted.tags.items()]}
            ),
        }

    def _execute(self, changes: ChangeSet, wanted: str) -> None:
        self._seen = self._event_ids()
        try:
            changes.execute()
        except ClientError as error:
            reason = error.response["Error"]["Message"]
            raise CliError(f"the stack {self._name} was not deployed: {reason}") from error
        try:
            self._wait(wanted)
        except CALLS as error:
            known = told_of(error)
            raise CliError(
                f"the stack {self._name} is being deployed, and can no longer be watched: {known.message}",
                "run the same command again, which waits for its end" + (f"; {known.hint}" if known.hint else ""),
            ) from error

    @property
    def _pause(self) -> float:
        """Asks often: the CLI's own waiting asks every 30 seconds."""
        return 5.0 if self._endpoint.is_aws else 0.5

    def _wait(self, wanted: str) -> None:
        deadline = time.monotonic() + DEPLOY_SECONDS
        while time.monotonic() < deadline:
            stack = self._describe()
            status = stack["StackStatus"] if stack else "DELETE_COMPLETE"
            # Before the request is taken up, the stack still has the state that the last one left.
            if status.endswith("_IN_PROGRESS") or (stack and status not in self._new_states()):
                time.sleep(self._pause)
                continue
            failures = self._failures() if stack else []
            reasons = "\n".join(failures[:5]) or "  no event says why"
            # LocalStack calls an update complete that it has rolled back: what failed stands in the events only.
            if status != wanted or (failures and self._localstack):
                raise CliError(f"the stack {self._name} is {status}, and this failed:\n{reasons}")
            if failures:
                warn(f"The stack {self._name} is {status}. What it had replaced could not all be deleted:\n{reasons}")
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
            pages = self._client.get_paginator("describe_stack_events").paginate(StackName=self._name)
            return [event for page in pages for event in page["StackEvents"]]
        except ClientError as error:
            if is_missing(error):
                return []
            raise

    def _describe(self) -> dict[str, Any] | None:
        try:
            return self._client.describe_stacks(StackName=self._name)["Stacks"][0]
        except ClientError as error:
            if is_missing(error):
                return None
            raise


def _approved(changes: ChangeSet, approve: Callable[[], bool]) -> bool:
    """Nothing is left of changes that are not, also where nobody can be asked or the question is interrupted."""
    approved = False
    try:
        approved = approve()
    finally:
        if not approved:
            changes.delete()
    return approved
